"""Commands in this process: what a person reads and the exit code, also where the answer is no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import update

from bot import cli_books, cli_check, cli_numbers, compose
from finance.paid import Sale, Told, What
from finance.reference import Operator
from finance.webhook import Reply
from storage import audit, companies, documents, runs, transfers, workspaces
from storage.database import Tx
from storage.sales import Kept
from storage.tables import audit as trail
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.stores import NOON
from tests.support.terminal import Terminal

CHOSEN: list[tuple[str, str, object]] = [
    ("google_drive=yes", "google_drive", True),
    ("google_drive=no", "google_drive", False),
    ("default_channel=email", "default_channel", "email"),
    ("largest_batch=500", "largest_batch", 500),
    ("default_account=3000", "default_account", {"": "3000"}),
    ("default_account.25.5= 3010 ", "default_account", {"": "3000", "25.5": "3010"}),
    ("default_account.25.5=", "default_account", {"": "3000"}),
    ("default_account=", "default_account", {}),
    ("vat_statuses.domestic_zero=7", "vat_statuses", {"domestic_zero": 7}),
    ("confirm_above.EUR=5000.50", "confirm_above", {"EUR": "5000.50"}),
    ("columns.Hinta [/e]=unit_price", "columns", {"Hinta [/e]": "unit_price"}),
    ("operators.TEST1=Testi", "operators", (Operator("TEST1", "Testi"),)),
    ("operators.TEST1=", "operators", ()),
    ("reminder_hour=9", "reminder_hour", "09:00"),
    ("free_days=", "free_days", ()),
]


def test_rules_are_changed_one_by_one(terminal: Terminal) -> None:
    for pair, name, value in CHOSEN:
        code, told = terminal.type("choose", pair)
        assert code == 0, told
        assert getattr(terminal.now.choices, name) == value, pair
    assert "Hinta [/e]" in terminal.type("choose")[1], "what somebody wrote is no markup"


UNFIT: list[tuple[str, str]] = [
    ("nonsense[/]=1", "There is no rule nonsense[/]"),
    ("bill_rules=everything", "bill_rules is set in Slack"),
    ("refused_pairs=3000", "here it can only be taken away: refused_pairs="),
    ("free_days", "Write free_days=VALUE, or free_days= to take it away."),
    ("work_types=K100", "Say which: work_types.NAME=VALUE"),
    ("operators=Testi", "Say which: operators.NAME=VALUE"),
    ("default_channel=pigeon", "'pigeon' does not fit default_channel."),
    ("largest_batch=many", "'many' does not fit largest_batch."),
    ("vat_statuses.domestic_zero=seven", "'seven' does not fit vat_statuses."),
    ("confirm_above.EUR=much", "'much' does not fit confirm_above."),
    ("confirm_above.EUR=NaN", "'NaN' does not fit confirm_above."),
    ("reminder_hour=perhaps", "'perhaps' does not fit reminder_hour."),
    ("reminder_hour=03:30", "'03:30' does not fit reminder_hour."),
]


def test_a_rule_that_does_not_fit_changes_nothing(terminal: Terminal) -> None:
    with terminal.store.write() as tx:
        held = replace(companies.get(tx, terminal.company).choices, free_days=("2026-12-24",))
        companies.choose(tx, terminal.company, held)
    for pair, words in UNFIT:
        code, told = terminal.type("choose", "google_drive=yes", pair)
        assert (code, words in told) == (2, True), told
        assert terminal.now.choices == held


def test_a_right_is_given_and_nobody_is_left_without_being_told(terminal: Terminal) -> None:
    with terminal.store.write() as tx:
        workspaces.join(tx, "T1", "Yhtiö", "U0BOT")
        companies.place(tx, terminal.company, "T1")
    code, told = terminal.type("allow", "U2", "finance")
    assert (code, "U2 now has: finance" in told, "Nobody is an admin now" in told) == (0, True, True)
    code, told = terminal.type("allow", "U1", "admin")
    assert (code, "U1 now has: admin" in told, "Nobody is an admin" in told) == (0, True, False)
    code, told = terminal.type("allow", "U1")
    assert (code, "U1 now has: none" in told, "Nobody is an admin now" in told) == (0, True, True)


def test_a_legal_hold_is_begun_shown_and_ended(terminal: Terminal) -> None:
    assert terminal.type("keep-all") == (0, "Yhtiö [/] Oy: no legal hold.")
    assert terminal.type("keep-all", "case [/26]") == (0, "Nothing of Yhtiö [/] Oy is forgotten: case [/26]")
    assert terminal.type("keep-all") == (0, "Nothing of Yhtiö [/] Oy is forgotten: case [/26]")
    assert terminal.type("keep-all", "--end") == (0, "Yhtiö [/] Oy: no legal hold.")
    with terminal.store.read() as tx:
        held = [entry.what for entry in audit.trail(tx, terminal.company) if entry.what.startswith("hold.")]
    assert held == ["hold.begun", "hold.ended"], "showing it is no event"
    assert "0 rows of the trail" in terminal.type("tidy")[1]


def test_a_hook_is_tried_and_taken_away(terminal: Terminal) -> None:
    answers = [Reply(204), Reply(500), Reply(problem="[/private]")]
    terminal.patch.setattr(compose, "Outgoing", lambda: lambda url, headers, content: answers.pop(0))
    assert terminal.type("webhook", "set", "https://psa.example.fi/kierto")[0] == 0
    assert terminal.type("webhook", "test") == (0, "✓ Taken: it answers 204")
    assert terminal.type("webhook", "test") == (1, "✗ Not taken: it answers 500")
    assert terminal.type("webhook", "test") == (1, "✗ Not taken: [/private]")
    for _ in range(2):
        assert terminal.type("webhook", "off")[0] == 0
    with terminal.store.read() as tx:
        removed = [entry for entry in audit.trail(tx, terminal.company) if entry.what == "webhook.removed"]
    assert len(removed) == 1, "the second time there was none"


def sent(tx: Tx, company: str) -> None:
    """A draft that stands in Procountor."""
    doc = documents.keep(tx, company, invoice("1042", NOON.date()), documents.PSA, None, NOON).document
    run = runs.start(tx, company, ("T1", "U1"), "key", NOON, kind="sales_invoice", selection="", dry=0)
    transfers.queue(tx, doc, run, "KI1A")
    queued = transfers.claim(tx, company, doc.id)
    assert queued is not None
    transfers.commit(tx, queued, remote_id=900, remote_number=300)


def test_the_trail_is_proven_against_a_head_and_exported(terminal: Terminal) -> None:
    with terminal.store.write() as tx:
        audit.note(tx, terminal.company, "T1/U1", "bill.decided", "bill:1", NOON, decision=7)
        audit.note(tx, terminal.company, "T1/U1", "run.sent", "run:1", NOON)
        head = audit.head(tx)
    assert terminal.type("audit", "verify", "--head", f"{head.seq}:{head.hash}")[0] == 0
    for wrong in ("812", "x:abc", "7:"):
        code, told = terminal.type("audit", "verify", "--head", wrong)
        assert (code, "A head is a row's number and its hash" in told) == (2, True)
    header, *lines = terminal.type("export", "audit", "--format", "csv")[1].split('" "')
    assert '"seq";"at";"who";"what";"subject";"decision"' in header
    decisions = [line.split('";"')[5] for line in lines if '";"bill.decided";"' in line or '";"run.sent";"' in line]
    assert decisions == ["7", ""]
    assert terminal.type("export", "links") == (0, "")
    with terminal.store.write() as tx:
        sent(tx, terminal.company)
    header, line = terminal.type("export", "links")[1].split(" ")
    assert header.startswith('"procountor_id";"procountor_number";"number"')
    assert line.startswith('"900";"300";"1042";"sales_invoice";"created"')
    with terminal.store.write() as tx:
        tx.execute(update(trail).where(trail.c.seq == head.seq).values(who="T1/U9"))
    code, told = terminal.type("audit", "verify")
    assert (code, f"altered: row {head.seq} " in told) == (1, True)
    with terminal.store.write() as tx:
        tx.execute(update(trail).where(trail.c.seq == head.seq).values(who="T1/U1"))


def test_numbers_of_what_was_paid_are_days_and_amounts(tmp_path: Path) -> None:
    sale = Sale(7, "PAID", due=date(2026, 11, 30), gross=Decimal("125.50"))
    paid = Kept(7, 1, sale, Told(What.PAID), date(2026, 11, 20), NOON)
    part = Kept(7, 1, replace(sale, status="PARTLY_PAID"), Told(What.PARTLY, Decimal(5)), None, NOON)
    assert cli_numbers._stands(paid) == ("PAID", date(2026, 11, 30), Decimal("125.50"), date(2026, 11, 20))
    assert cli_numbers._stands(part) == ("PARTLY_PAID", date(2026, 11, 30), Decimal(5), None)
    assert cli_numbers._stands(None) == cli_numbers._stands(replace(paid, sale=None)) == ("", None, None, None)
    file = tmp_path / "numbers.xlsx"
    cli_numbers._xlsx(file, iter([("1042", 30125, 7, "sales_invoice", "=Oy", Decimal("125.50"), "EUR",
                                   *cli_numbers._stands(paid))]))  # fmt: skip
    _, row = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert row == ["1042", 30125, 7, "sales_invoice", "=Oy", 125.5, "EUR", "PAID", date(2026, 11, 30), 125.5,
                   date(2026, 11, 20)]  # fmt: skip


def test_a_check_without_any_company_says_where_to_begin(terminal: Terminal, tmp_path: Path) -> None:
    set_ = {"DATABASE_URL": fresh("sqlite", tmp_path), "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s",
            "SLACK_SIGNING_SECRET": "s", "PROCOUNTOR_CLIENT_ID": "c", "PROCOUNTOR_CLIENT_SECRET": "s",
            "PROCOUNTOR_REDIRECT_URI": "https://x.example/p"}  # fmt: skip
    for name, value in set_.items():
        terminal.patch.setenv(name, value)
    terminal.patch.setattr(cli_check.skew, "look", lambda house: None)
    code, told = terminal.type("check")
    assert (code, "There is no company yet: install the app to a Slack workspace" in told) == (1, True)


def test_a_key_is_needed_to_seal_anew(terminal: Terminal) -> None:
    terminal.patch.setenv("KIERTO_SECRET_KEY", "")
    code, told = terminal.type("rotate")
    assert (code, "KIERTO_SECRET_KEY is not set" in told) == (2, True)


def test_expenses_are_sent_section_by_section_and_the_worst_decides(terminal: Terminal) -> None:
    codes, asked = iter((0, 1)), []

    def sends(kind: Any, words: list[str], company: str, language: str) -> None:
        asked.append((kind.value, words))
        raise cli_books.typer.Exit(next(codes))

    terminal.patch.setattr(cli_books, "_send_kind", sends)
    assert terminal.type("send", "expenses", "all", "dry")[0] == 1
    assert ([words for _, words in asked], len({kind for kind, _ in asked})) == ([["all", "dry"]] * 2, 2)
