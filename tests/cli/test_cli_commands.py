"""The command line as a person or a script meets it: real processes, a real database file, the practice Procountor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bot import practice
from bot.settings import Settings
from sandbox.month import lists
from sandbox.month.files import files
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from storage.sealing import new_key

HOUSE = Path(__file__).parents[2]


@dataclass
class Terminal:
    """Types commands; every one is a process of its own."""

    folder: Path
    environment: dict[str, str]
    books: PracticeProcountor

    def type(self, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=self.environment | changed,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("terminal")
    for file in files(practice.today()):
        (folder / file.name).write_bytes(file.content)
    with PracticeProcountor(seed.month()) as books:
        values = {
            "database_url": f"sqlite:///{folder}/kierto.db",
            "kierto_secret_key": new_key(),
            "procountor_url": books.url,
            "procountor_client_id": seed.CLIENT_ID,
            "procountor_client_secret": seed.CLIENT_SECRET,
            "procountor_redirect_uri": seed.REDIRECT_URI,
            "procountor_api_key": seed.API_KEY,
        }
        settings = Settings(_env_file=None, **values)  # type: ignore[call-arg, arg-type]
        yield Terminal(folder, practice.environment(settings) | {"COLUMNS": "200"}, books)


def xml(terminal: Terminal) -> str:
    return next(path.name for path in terminal.folder.glob("laskut-*.xml"))


def test_files_are_imported_and_sent_without_slack(terminal: Terminal) -> None:
    first = terminal.type("import", xml(terminal), "1041-tuntierittely.pdf", "--language", "fi")
    assert (first.returncode, first.stderr) == (0, "")
    assert "22 laskua on valmiina tarkistettavaksi" in first.stdout
    assert "[" not in first.stdout  # no buttons where nobody can press them
    again = terminal.type("import", xml(terminal))
    assert "22 were here already" in again.stdout
    sent = terminal.type("send", "invoices", "1041-1043", "--language", "sv")
    assert sent.returncode == 0, sent.stdout + sent.stderr
    assert "3 fakturor finns som utkast i Procountor" in sent.stdout
    numbers = terminal.type("export", "numbers").stdout.splitlines()
    assert [line.split(";")[:2] for line in numbers[1:]] == [["1041", "30125"], ["1042", "30126"], ["1043", "30127"]]
    made = terminal.books.world.companies[seed.NORTH].registers["invoices"].values()
    ours = [d["originalInvoiceNumber"] for d in made if "[kierto:" in (d.get("notes") or "")]
    assert ours == ["1041", "1042", "1043"]


def test_what_was_not_sent_is_said_by_the_exit_code(terminal: Terminal) -> None:
    terminal.type("import", xml(terminal))
    faulty = terminal.type("send", "invoices", "1044")
    assert faulty.returncode == 1
    assert "BAWCF122" in faulty.stdout
    dry = terminal.type("send", "invoices", "1045", "dry")
    assert (dry.returncode, "1 invoice checked" in dry.stdout) == (0, True)


def test_bills_are_sent_without_slack(terminal: Terminal) -> None:
    read = terminal.type("import", "ostolaskut.csv", "silta-118.pdf", "ostolasku-KU-20451.xml", "KU-20451.pdf")
    assert "4 bills are ready to be checked" in read.stdout, read.stdout + read.stderr
    sent = terminal.type("send", "bills", "--language", "fi")
    assert sent.returncode == 1, sent.stdout + sent.stderr
    assert "2 ostolaskua on luonnoksina Procountorissa" in sent.stdout
    assert "L-50117" in sent.stdout
    _exported(terminal)
    made = terminal.books.world.companies[seed.NORTH].registers["invoices"].values()
    ours = [d for d in made if "[kierto:" in (d.get("notes") or "") and d["type"] == "PURCHASE_INVOICE"]
    assert sorted(d["originalInvoiceNumber"].partition("-")[2] for d in ours) == ["118", "20451"]
    asked = terminal.type("import", "ostolaskut.csv", "--sales", "--bills")
    assert (asked.returncode, "--sales and --bills" in asked.stderr) == (2, True)


def _exported(terminal: Terminal) -> None:
    """Bills are in the list of numbers; the workbook says the same, and nothing in it is a formula."""
    header, *lines = (line.split(";") for line in terminal.type("export", "numbers").stdout.splitlines())
    numbers = [dict(zip(header, line, strict=True)) for line in lines]
    bills = [one for one in numbers if one["kind"] == "bill"]
    assert [(bill["number"], bill["kind"]) for bill in bills] == [("2026-118", "bill"), ("KU-20451", "bill")]
    assert all(bill["procountor_number"].isdigit() and float(bill["total"]) > 0 for bill in bills)
    assert terminal.type("export", "numbers", "numerot.xlsx").returncode == 0
    sheet = CalamineWorkbook.from_path(str(terminal.folder / "numerot.xlsx")).get_sheet_by_index(0).to_python()
    assert sheet[0] == header
    assert [(str(row[0]), row[3], row[6]) for row in sheet[1:] if row[3] == "bill"] == [
        (b["number"], "bill", b["currency"]) for b in bills
    ]
    assert terminal.type("export", "numbers", "numerot.csv").returncode == 0
    assert (terminal.folder / "numerot.csv").read_text("utf-8-sig").splitlines()[0] == ";".join(header)
    assert terminal.type("export", "numbers", "numerot.pdf").returncode == 2


def test_a_webhook_is_set_shown_and_taken_away(terminal: Terminal) -> None:
    refused = terminal.type("webhook", "set", "https://10.0.0.1/kierto")
    assert (refused.returncode, "reached from the internet" in refused.stderr) == (2, True)
    assert terminal.type("webhook", "show").returncode == 1
    made = terminal.type("webhook", "set", "https://psa.example.fi/kierto")
    assert made.returncode == 0, made.stderr
    assert "whsec_" in made.stdout
    shown = terminal.type("webhook", "show")
    assert shown.stdout.strip() == "https://psa.example.fi/kierto"
    tried = terminal.type("webhook", "test")  # the name leads nowhere
    assert (tried.returncode, "Not taken" in tried.stderr) == (1, True)
    assert terminal.type("webhook", "off").returncode == 0
    assert terminal.type("webhook", "test").returncode == 2


def test_the_trail_is_exported_and_proves_itself(terminal: Terminal) -> None:
    terminal.type("import", xml(terminal))
    rows = [json.loads(line) for line in terminal.type("export", "audit").stdout.splitlines()]
    assert {"company.connected", "file.read"} <= {row["what"] for row in rows}
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert terminal.type("audit", "verify").returncode == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("send", "invoices", "foo"), 2, "foo"),
        (("send", "bills", "foo"), 2, "numbers of bills"),
        (("import", "nowhere.xml"), 2, "No such file"),
        (("choose", "nonsense=1"), 2, "There is no rule nonsense"),
        (("choose", "google_drive=perhaps"), 2, "does not fit google_drive"),
        (("allow", "U123", "finance"), 2, "No Slack workspace"),
        (("check",), 1, "SLACK_BOT_TOKEN"),
        (("run",), 2, "SLACK_BOT_TOKEN is not set"),
        (("export", "numbers", "--company", "Nobody Oy"), 2, "Pohjantuuli"),
        (("manifest",), 0, "/procountor"),
        (("--help",), 0, "kierto try"),
        (("send", "invoices", "--help"), 0, "Example"),
    ],
)
def test_every_answer_is_a_sentence_and_an_exit_code(
    terminal: Terminal, words: tuple[str, ...], code: int, said: str
) -> None:
    done = terminal.type(*words)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"PROCOUNTOR_API_KEY": "revoked", "DATABASE_URL": "sqlite:///other.db"}, "does not accept PROCOUNTOR_API_KEY"),
        ({"PROCOUNTOR_URL": "http://127.0.0.1:9", "DATABASE_URL": "sqlite:///third.db"}, "does not answer"),
        ({"KIERTO_SECRET_KEY": "short"}, "KIERTO_SECRET_KEY"),
        ({"KIERTO_SECRET_KEY": ""}, "KIERTO_SECRET_KEY"),
        ({"PORT": "many"}, "PORT"),
    ],
)
def test_wrong_settings_are_said_by_name(terminal: Terminal, changed: dict[str, str], said: str) -> None:
    done = terminal.type("send", "invoices", **changed)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_rules_are_shown_and_changed(terminal: Terminal) -> None:
    changed = terminal.type("choose", "default_account.25.5=3000", "google_drive=yes", "operators.TEST1=Testi")
    assert changed.returncode == 0, changed.stderr
    shown = terminal.type("choose").stdout
    assert "'25.5': '3000'" in shown
    assert "TEST1" in shown
    terminal.type("choose", "google_drive=no", "operators.TEST1=")
    assert "TEST1" not in terminal.type("choose").stdout


def test_the_duties_are_printed_as_a_table_with_what_holds_now(terminal: Terminal) -> None:
    plain = terminal.type("export", "duties").stdout.splitlines()
    assert plain[0] == "first;second;may one human do both;now;why"
    assert "approve 1;approve 2;no;no;one human is one approval" in plain
    chosen = "verify;approve 1;as the company has chosen (verify_and_approve);"
    assert any(line.startswith(f"{chosen}no;") for line in plain)
    assert terminal.type("choose", "verify_and_approve=yes").returncode == 0
    loose = terminal.type("export", "duties").stdout.splitlines()
    assert any(
        line.startswith("verify;approve 1;as the company has chosen (verify_and_approve);yes;") for line in loose
    )
    terminal.type("choose", "verify_and_approve=no")


def test_approving_is_given_with_a_limit(terminal: Terminal) -> None:
    for words, said in (
        (("allow", "U1", "approve"), "Approving needs a limit"),
        (("allow", "U1", "approve", "--limits", "EUR 1.234"), "ambiguous"),
        (("allow", "U1", "approve", "--limits", "5000"), "currency"),
    ):
        refused = terminal.type(*words)
        assert (refused.returncode, said in refused.stdout + refused.stderr) == (2, True)


def test_lists_are_imported_without_slack(terminal: Terminal) -> None:
    """Whoever runs the bot may bring every list; who is known in Slack is looked at when Slack can be reached."""
    for name, content in (("henkilot.csv", lists.people()), ("projekt.xlsx", lists.projects())):
        (terminal.folder / name).write_bytes(content)
    told = terminal.type("import", "henkilot.csv", "projekt.xlsx")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "People (henkilot.csv): new: 60" in told.stdout
    assert "Projects (projekt.xlsx): new: 12" in told.stdout
    assert "P-1009 (Timo Tuntematon)" in told.stdout
    assert "1001" not in told.stdout
    again = terminal.type("import", "henkilot.csv", "projekt.xlsx")
    assert "Nothing has changed in the lists" in again.stdout
