"""The month end, told once on each database: the files, the check, the mending, the sending, the refusals, the end.

The story is played once by a fixture; the sentences are about what then stands in Slack and in Procountor.
"""

from __future__ import annotations

import base64
import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot import practice
from finance.invoice import Channel, Invoice, Kind, LineKind
from sandbox.month.expected import told
from sandbox.month.files import files
from sandbox.slack.world import World
from tests.support.batches import Batch, ask, numbers
from tests.support.databases import KINDS, fresh
from tests.support.practice import FINANCE_CHANNEL, Bot, Doc, running

FIXES: dict[str, list[Any]] = {
    "1044": ["BAWCFI22"],  # the operator, found by typing
    "1048": [None],  # the operator's name becomes its code
    "1050": ["25.5"],  # a VAT percentage of the year before last
    "1053": [None],  # a rocket in the product's name
    "1061": ["FI", None],  # no country; a reference with a wrong check digit
    "1062": ["210"],  # a closed cost centre
    "1067": ["KOUL"],  # a work type without a product, in two invoices
    "1068": [None],  # a business id with a wrong check digit
    "1071": [None],  # too long a description
    "1072": [None],  # a Word file
    "1074": ["FI2112345600000785", "3000"],  # somebody else's bank account; an account that is not there
    "1079": [None],  # a closed period
    "1084": [None],  # due before it is billed
    "1092": [None],  # no exchange rate
    "1094": ["1"],  # 0 % without a reason
}
REFUSED = {"1059", "1076"}
LEFT = {"1057", "1080"}  # sums that do not add up; a cell that is no number
LANGUAGES = {"fi": "FINNISH", "sv": "SWEDISH", "en": "ENGLISH"}
COUNTRIES = {"FI": "FINLAND", "SE": "SWEDEN", "EE": "ESTONIA", "DE": "GERMANY", "NO": "NORWAY"}


@dataclass
class Month:
    """What was seen while the story was played."""

    bot: Bot
    batch: Batch
    imported: str = ""
    preview: str = ""
    mended: list[str] = field(default_factory=list)
    ready: str = ""
    first: str = ""
    troubled: list[str] = field(default_factory=list)
    last: str = ""
    refused_drafts: dict[str, int] = field(default_factory=dict)
    sent_first: set[str] = field(default_factory=set)
    edits: dict[str, list[float]] = field(default_factory=dict)


@pytest.fixture(scope="module", params=KINDS)
def month(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """Plays the story; the bot and the world stay for the tests to look at."""
    edits: dict[str, list[float]] = {}

    def noted(_: World, method: str, args: dict[str, Any], token: str = "") -> None:
        if method == "chat.update":
            edits.setdefault(f"{args['channel']}:{args['ts']}", []).append(time.monotonic())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(World, "hears", noted)
        with running(fresh(request.param, tmp_path_factory.mktemp("month")), locale="en-GB") as bot:
            bot.slack.limits = "off"
            bot.decide(result_channel=FINANCE_CHANNEL)
            yield played(bot, edits)


def played(bot: Bot, edits: dict[str, list[float]]) -> Month:
    imported = bot.drop(*((file.name, file.content) for file in files(practice.today())))
    batch = ask(bot, "send invoices")
    month = Month(bot, batch, imported, batch.text, edits=edits)
    for number, values in FIXES.items():
        for value in values:
            batch.mend(number, value)
    month.mended = numbers(bot.slack.views(batch.user)[-1])
    batch.close()
    month.ready = batch.until(r"55 ready")
    month.first = batch.send()
    month.troubled = numbers(batch.faults())
    month.sent_first = {d["originalInvoiceNumber"] for d in bot.drafts()} - REFUSED
    month.refused_drafts = {n: bot.draft(n)["id"] for n in REFUSED}
    for number in sorted(REFUSED):
        batch.mend(number, "3000")
    batch.close()
    assert batch.press("run.retry").ok
    month.last = batch.until(r"55 invoices are drafts") and batch.settled()
    bot.wait(lambda: "1059 →" in batch.thread)
    bot.wait(lambda: any("1059 →" in bot.shown(m) for m in bot.slack.messages(FINANCE_CHANNEL)))
    return month


SENTENCES: list[Callable[[Month], None]] = []


def sentence(holds: Callable[[Month], None]) -> Callable[[Month], None]:
    """One thing that holds at the end of the month."""
    SENTENCES.append(holds)
    return holds


def test_the_month_end(month: Month, subtests: pytest.Subtests) -> None:
    assert len(SENTENCES) > 15
    for holds in SENTENCES:
        with subtests.test(holds.__name__.replace("_", " ")):
            holds(month)


def sales() -> dict[str, Invoice]:
    return {t.invoice.number: t.invoice for t in told(practice.today()) if t.invoice.kind is Kind.SALES_INVOICE}


def plain() -> list[Invoice]:
    """Those that went as they came from the file."""
    return [t.invoice for t in told(practice.today()) if t.outcome == "ready"]


@sentence
def the_import_says_what_came_and_what_could_not_be_read(month: Month) -> None:
    assert "56 invoices are ready to be checked" in month.imported
    assert "4 bills are ready to be checked, too" in month.imported
    assert "silta-118.pdf goes with" in month.imported
    assert "1041-tuntierittely.pdf goes with 1041." in month.imported
    assert "12o,00" in month.imported
    assert "projektilaskut.csv" in month.imported


@sentence
def the_preview_counts_the_ready_and_groups_the_faulty_by_cause(month: Month) -> None:
    faulty = [t for t in told(practice.today()) if t.outcome == "faulty"]
    assert f"{len(faulty)} need a fix" in month.preview
    assert f"{56 - len(faulty)} ready" in month.preview
    assert re.search(r"2 · Work type “Tekoälyvalmennus”.*\(1067, 1084\)", month.preview)
    assert re.search(r"1 · There is no operator “BAWCF122”.*\(1044\)", month.preview)
    assert "become drafts in Procountor" in month.preview


@sentence
def what_nobody_can_mend_here_is_all_that_is_left_in_the_list(month: Month) -> None:
    assert month.mended == ["1057"]
    assert "55 ready" in month.ready


@sentence
def every_invoice_is_a_draft_in_procountor_once(month: Month) -> None:
    drafts = [d["originalInvoiceNumber"] for d in month.bot.drafts()]
    assert sorted(drafts) == sorted(set(sales()) - LEFT)
    assert {d["status"] for d in month.bot.drafts()} == {"UNFINISHED"}
    assert len(month.bot.created()) == len(drafts)


@sentence
def each_draft_carries_its_own_mark(month: Month) -> None:
    marks = [re.search(r"\[kierto:(KI1[A-Z2-7]{26})\]", d["notes"]) for d in month.bot.drafts()]
    assert all(marks)
    assert len({m.group(1) for m in marks if m}) == len(marks)


@sentence
def procountors_numbers_follow_the_project_systems(month: Month) -> None:
    """Several go at a time, so that neighbours may change places, but no one runs far ahead or falls far behind."""
    first = [month.bot.draft(n)["invoiceNumber"] for n in sorted(month.sent_first, key=int)]
    drift = [abs(place - sorted(first).index(number)) for place, number in enumerate(first)]
    assert max(drift) < 8
    assert sum(drift) < len(drift)


@sentence
def rows_stand_as_in_the_file_with_headings_as_rows_of_nothing(month: Month) -> None:
    for invoice in plain():
        rows = month.bot.draft(invoice.number)["invoiceRows"]
        assert len(rows) == len(invoice.lines), invoice.number
        for row, line in zip(rows, invoice.lines, strict=True):
            if line.kind is LineKind.HEADER:
                assert (row["product"], row["quantity"], row["unitPrice"]) == (line.name, 0, 0)
            else:
                assert (row["quantity"], row["unitPrice"]) == (line.quantity, line.unit_price), invoice.number


@sentence
def descriptions_are_the_rows_comment(month: Month) -> None:
    described = 0
    for invoice in plain():
        for row, line in zip(month.bot.draft(invoice.number)["invoiceRows"], invoice.lines, strict=True):
            assert row.get("comment", "") == "\\".join(line.descriptions), invoice.number
            described += len(line.descriptions) > 1
    assert described


@sentence
def language_and_country_go_along_as_they_are(month: Month) -> None:
    pairs = set()
    for invoice in plain():
        draft = month.bot.draft(invoice.number)
        language, country = draft["language"], draft["counterParty"]["counterPartyAddress"]["country"]
        assert language == LANGUAGES[invoice.language], invoice.number
        assert country == COUNTRIES[invoice.buyer.address.country], invoice.number
        pairs.add((language, country))
    assert {("ENGLISH", "SWEDEN"), ("FINNISH", "FINLAND"), ("SWEDISH", "FINLAND")} <= pairs


@sentence
def accounts_and_cost_centres_stand_on_the_entries_of_the_rows(month: Month) -> None:
    items = {i["codeName"]: (d["id"], i["id"]) for d in dimensions(month.bot) for i in d["items"]}
    seen = 0
    for invoice in plain():
        entries = month.bot.entries(month.bot.draft(invoice.number))
        valued = [line for line in invoice.lines if line.quantity and line.unit_price]
        spoken = [e for e in entries if e["accountingValue"]]
        for entry, line in zip(spoken, valued, strict=True):
            targets = {(v["dimensionId"], v["itemId"]): v["value"] for v in entry["dimensionItemValues"]}
            places = (line.cost_centre or invoice.cost_centre, line.project or invoice.project)
            wanted = [items[place.split()[0]] for place in places if place]
            assert set(targets) == set(wanted), invoice.number
            assert set(targets.values()) <= {entry["accountingValue"]}
            account = line.account or invoice.account
            assert entry["account"] == (account or entry["account"])
            seen += len(wanted)
    assert seen > 20


def dimensions(bot: Bot) -> list[Doc]:
    return list(bot.books.registers["dimensions"].values())


@sentence
def attachments_are_with_their_invoices_byte_for_byte(month: Month) -> None:
    given = {f.name: f.content for f in files(practice.today())}
    wanted = {"1041": "1041-tuntierittely.pdf", "1046": "lasku 1046 matkat.pdf", "1066": "Lasku_1066.pdf"}
    stored = month.bot.books.registers["attachments"].values()
    ours = [a for a in stored if a["referenceId"] in {d["id"] for d in month.bot.drafts()}]
    assert len(ours) == len(wanted)
    for number, name in wanted.items():
        found = next(a for a in ours if a["referenceId"] == month.bot.draft(number)["id"])
        assert found["name"] == name
        assert base64.b64decode(found["_content"]) == given[name]


@sentence
def each_goes_by_the_way_its_customer_wants(month: Month) -> None:
    words = {Channel.E_INVOICE: "ELECTRONIC_INVOICE", Channel.EMAIL: "EMAIL", Channel.MAIL: "MAIL"}
    ways = {i.number: words[i.channel] for i in plain() if i.channel in words}
    assert {n: month.bot.draft(n)["invoiceChannel"] for n in ways} == ways
    assert set(ways.values()) == {"EMAIL", "MAIL"}
    others = {i.number for i in plain()} - set(ways)
    assert {month.bot.draft(n)["invoiceChannel"] for n in others} == {"ELECTRONIC_INVOICE"}


@sentence
def a_fixed_invoice_says_in_procountor_what_was_chosen(month: Month) -> None:
    bot = month.bot
    assert bot.draft("1044")["counterParty"]["einvoiceAddress"]["operator"] == "BAWCFI22"
    assert {str(r["vatPercent"]) for r in bot.draft("1050")["invoiceRows"]} == {"25.5"}
    assert "🚀" not in str(bot.draft("1053"))
    assert bot.draft("1061")["counterParty"]["counterPartyAddress"]["country"] == "FINLAND"
    assert bot.draft("1068")["counterParty"]["identifier"] == "2254653-0"
    assert all(len(r.get("comment", "")) <= 512 for r in bot.draft("1071")["invoiceRows"])
    assert bot.draft("1074")["paymentInfo"]["bankAccount"]["accountNumber"] == "FI2112345600000785"
    assert bot.draft("1079")["date"] == practice.today().isoformat()


@sentence
def one_answer_about_a_work_type_serves_every_invoice_that_has_it(month: Month) -> None:
    for number in ("1067", "1084"):
        assert any(r.get("productCode") == "KOUL" for r in month.bot.draft(number)["invoiceRows"]), number


@sentence
def a_refusal_over_an_account_is_told_and_mended_on_the_same_draft(month: Month) -> None:
    assert set(month.troubled) == REFUSED | {"1057"}
    assert {n: month.bot.draft(n)["id"] for n in REFUSED} == month.refused_drafts
    for number in REFUSED:
        assert "3000" in {e["account"] for e in month.bot.entries(month.bot.draft(number))}


@sentence
def the_result_tells_both_numbers_and_the_thread_tells_them_all(month: Month) -> None:
    thread = month.batch.thread
    for draft in month.bot.drafts():
        assert f"{draft['originalInvoiceNumber']} → {draft['invoiceNumber']}" in thread
    assert "1057" in thread
    assert f"1041 → {month.bot.draft('1041')['invoiceNumber']}" in month.last


@sentence
def the_companys_channel_hears_of_the_result(month: Month) -> None:
    said = [month.bot.shown(m) for m in month.bot.slack.messages(FINANCE_CHANNEL)]
    assert sum("drafts in Procountor" in text for text in said) == 1
    assert any("1041 →" in text for text in said)


@sentence
def a_message_is_redrawn_no_more_than_once_a_second(month: Month) -> None:
    gaps = [later - one for edits in month.edits.values() for one, later in itertools.pairwise(edits)]
    assert len(gaps) > 3
    assert min(gaps) > 0.8
