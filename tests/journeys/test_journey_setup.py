"""An admin sets the company up through the front door: the whole way, and everything that may be wrong on it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.compose import now
from handlers import checklist, connecting, probing, setup
from handlers.desk import Desk
from sandbox.procountor import management, seed
from storage import audit, companies, rights
from tests.support.databases import fresh
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot, running
from tests.support.setting_up import KEY, OK, OPEN, SOUTH_KEY, TODO, WRONG, Admin, anew, later, waits

FOREIGN = "FI1410093000123458"


@pytest.fixture(scope="module")
def new_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(
        fresh("sqlite", tmp_path_factory.mktemp("setup")), locale="en-GB", beat=0.1, connected=False
    ) as bot:  # fmt: skip
        bot.slack.limits = "off"
        yield bot


@pytest.fixture
def bot(new_bot: Bot) -> Iterator[Bot]:
    """The module's bot before a company that nobody has connected."""
    anew(new_bot)
    yield new_bot
    for user in (ANNA, MIKAEL, EMMA):
        Admin(new_bot, user).closes()


@pytest.fixture
def anna(bot: Bot) -> Admin:
    return Admin(bot)


@pytest.fixture
def connected(anna: Admin) -> Admin:
    """The same, connected."""
    anna.connects()
    return anna


def trail(bot: Bot, what: str) -> list[audit.Entry]:
    with bot.house.store.read() as tx:
        return [entry for entry in audit.trail(tx, bot.company) if entry.what == what]


# The first admin


def test_a_workspaces_admin_becomes_the_companys_first(bot: Bot, anna: Admin) -> None:
    before = len(trail(bot, "rights.given"))
    told = anna.begins()
    assert "1 of 3 steps are done; 1 more is needed." in told
    bot.whispered("You are the first admin")
    with bot.house.store.read() as tx:
        given = rights.everybody(tx, bot.company)
    ((who, grants),) = given.items()
    assert who[1] == ANNA
    assert [(g.right.value, g.by) for g in grants] == [("admin", "slack workspace admin")]
    assert [e.who for e in trail(bot, "rights.given")[before:]] == ["slack workspace admin"]
    anna.begins()
    assert len(trail(bot, "rights.given")) == before + 1


def test_others_are_told_who_can(bot: Bot, anna: Admin) -> None:
    told = bot.answer("no admin in Kierto yet", lambda: bot.slack.command(EMMA, "setup"), EMMA)
    assert ANNA in told
    assert GUEST not in told
    anna.begins()
    told = bot.answer("do not have the right", lambda: bot.slack.command(EMMA, "setup"), EMMA)
    assert ANNA in told
    bot.answer("inte rätt", lambda: bot.slack.command(MIKAEL, "settings"), MIKAEL)
    bot.answer("Only members of this company's own workspace", lambda: bot.slack.command(GUEST, "setup"), GUEST)
    assert Admin(bot, EMMA).message() is None


def test_the_home_tab_leads_there(bot: Bot, anna: Admin) -> None:
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "waits to be set up" in bot.home())
    bot.slack.click(ANNA, "home", "setup.open")
    bot.wait(lambda: anna.ts() != "")
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "Next: API key" in bot.home())
    bot.slack.open_home(EMMA)
    bot.wait(lambda: "You have no rights in Kierto yet" in bot.home(EMMA))


# The whole way


def test_the_whole_way_to_ready(bot: Bot, anna: Admin) -> None:
    anna.connects()
    assert anna.company().business_id == "2077474-0"
    assert len(trail(bot, "company.connected")) >= 1
    for title in ("Chargeable interfaces", "Rights of the key’s user", "VAT percentages", "Products", "Cost centres"):
        assert anna.step(title)[0] == OK, title
    assert anna.step("Ledger accounts")[0] == TODO
    anna.presses("Ledger accounts")
    assert anna.saves(**{"settings.account.0": "3000", "settings.account.1": "3010"}).ok
    anna.until("Ledger accounts", OK, "25.5 % → 3000, 13.5 % → 3010")

    bot.allow(MIKAEL, "receive")
    bot.allow(ANNA, "admin", "finance")
    anna.presses("Bills that name nobody")
    assert anna.saves(default_recipient=MIKAEL).ok
    anna.until("Bills that name nobody", OK, MIKAEL)
    assert "Kierto is ready" in anna.text()
    assert "Drop the month’s invoice files here" in anna.text()

    anna.presses("Bank account")
    anna.until("Bank account", OK, "FI21 •••• 0785 NDEAFIHH")
    anna.presses("Channel for results")
    assert anna.saves(result_channel="C01TALOUS", channel_language="sv", reminder_hour="09:15").ok
    anna.until("Channel for results", OK, "C01TALOUS")
    anna.until("Languages", OK, "Swedish")
    anna.until("Reminder hour", OK, "09:15")
    bot.wait(lambda: any("berättar Kierto" in bot.shown(m) for m in bot.slack.messages("C01TALOUS")))
    anna.presses("Attachments")
    assert anna.saves(google_drive="yes").ok
    anna.until("Attachments", OK, "by hand")
    anna.presses("Invoice numbers")
    bot.whispered("Next free number")
    bot.slack.click(ANNA, bot.slack.whispers(ANNA)[-1], "numbering.use")
    anna.until("Invoice numbers", OK)
    open_ones = {title for title, (sign, _, _) in anna.steps().items() if sign != OK}
    assert open_ones <= {"People", "Projects", "Work types", "Payment types", "Rights"}, "what bills need goes on later"
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "The setup is in order." in bot.home())

    given = replace(bot.fresh(), attachments=())
    lines = tuple(replace(line, account="") for line in given.lines)
    bot.drop(replace(given, lines=lines))
    bot.slack.command(ANNA, f"send invoices {given.number}")
    bot.until("1 ready")
    bot.press("run.send")
    bot.wait(bot.drafts)
    assert [entry["account"] for entry in bot.entries(bot.draft(given.number))] == ["3000"]


def test_leaving_and_coming_back_goes_on(bot: Bot, anna: Admin) -> None:
    anna.connects()
    first = anna.message()
    assert first is not None
    bot.stop_worker()
    bot.start_worker()
    anna.begins()
    assert anna.ts() != first.ts
    assert anna.step("API key")[0] == OK
    bot.wait(lambda: "goes on further down" in str([m.blocks for m in bot.slack.messages(bot.slack.dm(ANNA))]))
    anna.presses("Ledger accounts")
    anna.saves(**{"settings.account.0": "3000"})
    anna.until("Ledger accounts", OK)
    bot.answer("in your direct messages", lambda: bot.slack.command(ANNA, "setup", "C01TALOUS"))


# Ten things wrong, each explained with the way out; mended, each turns to ✓


@pytest.mark.parametrize("wrong", ["practice-key-nobody", f"{KEY}x"])
def test_a_wrong_key(anna: Admin, wrong: str) -> None:
    anna.begins()
    anna.types(wrong)
    told = anna.until_form("key.typed", "does not accept this key")
    assert "Basics → API client keys" in told
    anna.types(KEY)
    assert "Pohjantuuli Konsultointi Oy" in anna.until_form("key.confirm")
    anna.confirms()
    anna.until("API key", OK)


@pytest.mark.parametrize("typed", ["short", "with ääkköset in it", "🔑🔑🔑🔑🔑🔑🔑🔑"])
def test_what_is_no_key_at_all_is_said_at_the_field(anna: Admin, typed: str) -> None:
    anna.begins()
    anna.types(typed)
    assert "does not look like an API key" in str(anna.view("key.typed").errors)


def test_a_revoked_key_pauses_and_a_new_one_takes_the_work_up(bot: Bot, connected: Admin) -> None:
    with bot.key_revoked():
        connected.looks()
        told = connected.until("API key", WRONG, "no longer accepts")
        assert "Basics → API client keys" in told
        assert connected.company().state == companies.PAUSED
        bot.until("no longer accepts the API key of Pohjantuuli")
        bot.books.keys["practice-key-new"] = dict(bot.books.keys[KEY], revoked=False)
        connected.types("practice-key-new")
        assert "takes the place of the key kept now" in connected.until_form("key.confirm")
        assert "new key" in connected.confirms()
        connected.until("API key", OK)
        assert connected.company().state == companies.READY
    assert trail(bot, "key.renewed")
    assert trail(bot, "connection.resumed")


def test_an_answer_about_an_older_key_pauses_nothing(
    bot: Bot, connected: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is renewed while the old one is being tried: its refusal comes too late to matter."""
    desk = bot.house.desk
    bot.books.keys["practice-key-new"] = dict(bot.books.keys[KEY])
    asked = probing._asked

    def renewed_meanwhile(desk: Desk, company: str, key: str, before: probing.Probe | None) -> probing.Probe:
        found = connecting.asked(desk.keyed("practice-key-new"))
        with desk.store.write() as tx:
            connecting.connect(desk, tx, company, found, "practice-key-new", "T1/U1")
        return asked(desk, company, key, before)

    monkeypatch.setattr(probing, "_asked", renewed_meanwhile)
    with bot.key_revoked():
        told = probing.look(desk, bot.company)
    assert told is not None
    assert told.outcome is probing.Outcome.REFUSED
    assert connected.company().state == companies.READY
    with desk.store.read() as tx:
        kept = probing.kept(tx, bot.company)
    assert kept is not None
    assert kept.outcome is probing.Outcome.OK


def test_the_key_of_another_company(bot: Bot, connected: Admin) -> None:
    connected.types(SOUTH_KEY)
    told = connected.until_form("key.failed")
    assert "opens the books of Etelätuuli Oy, but this is Pohjantuuli Konsultointi Oy" in told
    assert "Nothing was changed" in told
    connected.closes()
    with bot.house.store.read() as tx:
        assert companies.api_key(tx, bot.company) == KEY
    connected.types(KEY)
    connected.until_form("key.confirm")
    connected.confirms()
    connected.until("API key", OK)


def test_books_that_are_connected_elsewhere(bot: Bot, anna: Admin) -> None:
    with bot.house.store.write() as tx:
        companies.connect(tx, "Etelätuuli Oy", "0201256-6", seed.SOUTH, 1, SOUTH_KEY, bot.house.desk.clock())
    anna.begins()
    anna.types(SOUTH_KEY)
    told = anna.until_form("key.failed", "connected to Kierto from elsewhere")
    assert "Pohjantuuli" not in told
    assert anna.company().state == companies.NEW


@contextmanager
def lacking(bot: Bot, **changed: object) -> Iterator[None]:
    given = {name.replace("__", "."): level for name, level in changed.items()}
    before = {path: bot.books.users[501]["_rights"][path.split(".")[0]][path.split(".")[1]] for path in given}
    management.rights(bot.books, {"user": 501, "rights": given})
    yield
    management.rights(bot.books, {"user": 501, "rights": before})


def test_rights_missing(bot: Bot, anna: Admin) -> None:
    with lacking(
        bot,
        sales__salesOrGroupInvoices="VIEWING_RIGHTS",
        sales__customerRegister="NO_ACCESS",
        accounting__preventEditingAccountingPage=True,
    ):
        anna.begins()
        anna.types(KEY)
        assert "Sales invoices / group invoices: all rights" in anna.until_form("key.confirm")
        anna.confirms()
        anna.closes()
        told = anna.until("Rights of the key’s user", WRONG)
        for line in (
            "Sales invoices / group invoices: all rights",
            "Customer register: viewing rights",
            "take off the limitation Prevent editing accounting page",
            "Management → Users and user rights",
        ):
            assert line in told
    anna.looks()
    anna.until("Rights of the key’s user", OK)


def test_rights_that_only_bills_need_stop_nothing(bot: Bot, connected: Admin) -> None:
    with lacking(bot, purchases__purchaseInvoices="NO_ACCESS"):
        connected.looks()
        assert "Purchase invoices: all rights" in connected.until("Rights of the key’s user", OPEN)
    connected.looks()
    connected.until("Rights of the key’s user", OK)


def test_a_key_that_may_not_see_its_own_company(bot: Bot, anna: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    from procountor.errors import Forbidden, Problem

    def forbidden(_: object) -> None:
        raise Forbidden([Problem("HTTP_403", status=403)])

    anna.begins()
    with monkeypatch.context() as patched:
        patched.setattr("handlers.connecting.resource.get", forbidden)
        anna.types(KEY)
        assert "Basic company info: viewing rights" in anna.until_form("key.failed")
    bot.slack.click(ANNA, anna.view(), "key.again")
    anna.until_form("key.confirm", "Pohjantuuli")


def test_interfaces_not_allowed(bot: Bot, anna: Admin) -> None:
    management.interfaces(bot.books, {"allowed": False})
    anna.begins()
    anna.types(KEY)
    told = anna.until_form("key.failed", "does not allow chargeable interfaces")
    assert "Integration settings → Allow the usage of invoiceable API clients" in told
    management.interfaces(bot.books, {"allowed": True})
    bot.slack.click(ANNA, anna.view(), "key.again")  # without typing the key again
    anna.until_form("key.confirm", "Pohjantuuli")
    anna.confirms()
    anna.closes()
    anna.until("Chargeable interfaces", OK)
    management.interfaces(bot.books, {"allowed": False})
    anna.looks()
    assert "The main user allows them" in anna.until("Chargeable interfaces", WRONG)
    assert anna.company().state == companies.PAUSED
    management.interfaces(bot.books, {"allowed": True})
    anna.looks()
    anna.until("Chargeable interfaces", OK)
    assert anna.company().state == companies.READY


def test_another_bank_account(bot: Bot, connected: Admin) -> None:
    given = bot.fresh()
    waits(bot, replace(given, payment=replace(given.payment, iban=FOREIGN)))
    connected.looks()
    told = connected.until("Bank account", WRONG, "FI14 •••• 3458, which is not the company’s account")
    assert FOREIGN not in told
    assert "Management → Company info → Bank account information" in told
    waits(bot, given)  # corrected in the project system and brought again
    connected.looks()
    connected.until("Bank account", OK, "FI21 •••• 0785 on both sides")
    management.bank_accounts(bot.books, {"iban": given.payment.iban, "active": False})
    connected.looks()
    connected.until("Bank account", WRONG, "which is closed in Procountor")
    management.bank_accounts(bot.books, {"iban": given.payment.iban, "active": True})
    connected.looks()
    connected.until("Bank account", OK)


def test_a_vat_rate_missing(bot: Bot, connected: Admin) -> None:
    given = bot.fresh()
    waits(bot, replace(given, lines=(replace(given.lines[0], vat_percent=Decimal("13.5")),)))
    management.vats(bot.books, {"percent": 13.5, "sales": False})
    connected.looks()
    told = connected.until("VAT percentages", WRONG, "Waiting invoices have VAT 13.5 %, not in use for sales")
    assert "Used VAT percentages" in told
    connected.presses("VAT percentages")
    columns = connected.reads()
    assert "13.5 %: 1 document" in columns
    assert "13.5 % is not in use" in columns
    connected.closes()
    management.vats(bot.books, {"percent": 13.5})
    connected.looks()
    connected.until("VAT percentages", OK, "25.5 %, 13.5 %, 10 %, 0 %")


def test_a_work_type_unmapped(bot: Bot, connected: Admin) -> None:
    given = bot.fresh()
    waits(bot, replace(given, lines=(replace(given.lines[0], work_type="Konsultointi"),)))
    connected.looks()
    connected.until("Work types", TODO, "has no product: Konsultointi")
    connected.presses("Work types")
    offered = bot.slack.options(ANNA, connected.view(), "settings.product.0")
    assert "Konsultointi" in offered[0]["text"]["text"]
    assert connected.saves(**{"settings.product.0": "KONS-K"}).ok
    connected.until("Work types", OK, "1 work type has its product")
    assert connected.company().choices.work_types == {"Konsultointi": "KONS-K"}
    management.products(bot.books, {"code": "KONS-K", "active": False})
    connected.looks()
    connected.until("Work types", TODO)


def test_the_default_recipient_missing(bot: Bot, connected: Admin) -> None:
    connected.until("Bills that name nobody", TODO)
    connected.presses("Bills that name nobody")
    connected.saves(default_recipient=MIKAEL)
    assert "does not have the right to receive bills" in str(connected.view("settings.bills").errors)
    connected.saves(default_recipient=GUEST)
    assert "no guest" in str(connected.view("settings.bills").errors)
    bot.allow(MIKAEL, "receive")
    assert connected.saves(default_recipient=MIKAEL).ok
    connected.until("Bills that name nobody", OK)
    bot.allow(MIKAEL)
    connected.looks()
    connected.until("Bills that name nobody", WRONG, "does not have the right to receive bills")


def test_procountor_silent(bot: Bot, anna: Admin) -> None:
    anna.begins()
    bot.procountor.world.faults.add(route="*", what="500html")
    anna.types(KEY)
    assert "Procountor did not answer" in anna.until_form("key.failed")
    bot.procountor.world.faults.clear()
    bot.slack.click(ANNA, anna.view(), "key.again")
    anna.until_form("key.confirm", "Pohjantuuli")
    anna.confirms()
    anna.closes()
    anna.until("API key", OK)
    bot.procountor.world.faults.add(route="*", what="drop")
    anna.looks()
    assert "Nothing is lost" in anna.until("API key", WRONG, "did not answer")
    assert anna.company().state == companies.READY
    bot.procountor.world.faults.clear()
    anna.looks()
    anna.until("API key", OK)


# Pressing twice, too late, at the wrong time


def test_two_admins_confirm_and_one_of_them_twice(bot: Bot, anna: Admin) -> None:
    anna.begins()
    connected = len(trail(bot, "company.connected"))
    bot.allow(MIKAEL, "admin", language="en")
    mikael = Admin(bot, MIKAEL)
    mikael.begins()
    for one in (anna, mikael):
        one.types(KEY)
        one.until_form("key.confirm")
    confirm = anna.view("key.confirm")
    handle = confirm.body["private_metadata"]
    assert "is connected" in anna.confirms()
    assert "is in use" in mikael.confirms()
    assert anna.company().state == companies.READY
    assert len(trail(bot, "company.connected")) == connected + 1
    before = len(trail(bot, "key.renewed"))
    payload = {
        "type": "view_submission",
        **bot.slack.desk.common(ANNA),
        "trigger_id": bot.slack.desk.world.issue_trigger(ANNA),
        "view": {"id": "V1", "type": "modal", "callback_id": "key.confirm", "private_metadata": handle, "state": {}},
    }
    again = bot.slack.desk.deliver("view_submission", payload, "trouble")
    assert "There is nothing more to confirm" in str(again.ack.body)
    assert len(trail(bot, "key.renewed")) == before


def test_a_key_waits_ten_minutes_for_the_yes(bot: Bot, anna: Admin) -> None:
    anna.begins()
    anna.types(KEY)
    anna.until_form("key.confirm")
    later(bot, 11, lambda: None)
    assert "waited longer. Type it again" in anna.confirms()
    assert anna.company().state == companies.NEW
    anna.closes()
    anna.connects()


def test_a_form_that_was_closed_meanwhile_is_answered_by_message(bot: Bot, anna: Admin) -> None:
    anna.begins()
    bot.procountor.world.faults.add(route="GET /sessioninfo", what="slow", seconds=1.5)
    anna.types(KEY)
    anna.closes()
    bot.until("The key opens the books of")
    bot.press("key.confirm")
    bot.whispered("is connected")
    anna.until("API key", OK)


def test_where_there_is_an_admin_the_workspaces_admin_is_none_by_himself(bot: Bot, anna: Admin) -> None:
    bot.allow(EMMA, "admin")
    told = bot.answer("do not have the right", lambda: bot.slack.command(ANNA, "setup"))
    assert EMMA in told
    assert anna.message() is None


def test_an_open_list_is_redrawn_by_itself(bot: Bot, connected: Admin) -> None:
    connected.until("Bills that name nobody", TODO)
    bot.decide(default_recipient=MIKAEL)
    bot.allow(MIKAEL, "receive")
    setup.watch(minutes_on(bot, 1))
    connected.until("Bills that name nobody", OK)
    bot.allow(ANNA)  # no admin any more: the list is left alone
    bot.decide(default_recipient="")
    setup.watch(minutes_on(bot, 2))
    bot.wait(lambda: not readers(bot))
    assert connected.step("Bills that name nobody")[0] == OK


def minutes_on(bot: Bot, minutes: int) -> Desk:
    """The desk of a later minute: each asks for the lists once."""
    return replace(bot.house.desk, clock=lambda: now() + timedelta(minutes=minutes))


def readers(bot: Bot) -> list[tuple[str, str]]:
    with bot.house.store.read() as tx:
        return checklist.readers(tx, bot.company)


# Secrets


def test_the_key_stands_nowhere_in_clear(bot: Bot, anna: Admin, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = "practice-key-of-nobody-at-all"
    anna.begins()
    anna.types(wrong)
    anna.until_form("key.typed", "does not accept")
    anna.types(KEY)
    anna.until_form("key.confirm")
    anna.confirms()
    anna.until("API key", OK)
    bot.slack.command(ANNA, f"setup {KEY}")
    anna.settled()
    shown = (
        bot.text() + str([m.blocks for m in bot.slack.whispers(ANNA)]) + str([v.blocks for v in bot.slack.views(ANNA)])
    )
    path = Path(bot.house.store.url.removeprefix("sqlite:///"))
    kept = b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*") if one.is_file())
    for secret in (KEY, wrong):
        assert secret not in caplog.text
        assert secret not in shown
        assert secret.encode() not in kept
