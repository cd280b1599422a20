"""Two thousand strings that mean to be SQL, in every text that is kept or looked for (T7).

What was kept comes back letter for letter, what is looked for finds that and nothing else, and nothing is lost or added
elsewhere. ``KIERTO_HOSTILE_SQL`` strings on each database; `make hostile` does them all.
"""

from __future__ import annotations

import os
import random
from dataclasses import fields, replace

import pytest
from sqlalchemy import func, select

from finance.bill import Bill
from finance.invoice import Attachment, Invoice, Party
from finance.targeting import Aim, Lead, Reason, Sign
from storage import audit, bill_search, bills, companies, documents, members, references
from storage.database import Store
from storage.tables import metadata
from tests.support.invoices import invoice
from tests.support.kept_bills import bill
from tests.support.stores import NOON

pytestmark = pytest.mark.gate("G14")

COUNT = int(os.environ.get("KIERTO_HOSTILE_SQL", "25"))
PIECES = (
    *(
        "'",
        "''",
        '"',
        "`",
        ";",
        "--",
        "/*",
        "*/",
        "#",
        "\\",
        "\\'",
        "%",
        "_",
        "%%",
        "%s",
        "%(x)s",
        ":x",
        "?",
        "$1",
        "$$",
    ),
    *(
        "' OR '1'='1",
        "'; DROP TABLE bill; --",
        "' UNION SELECT * FROM company --",
        "1; DELETE FROM audit",
        "x' AND 1=1",
    ),
    *(
        "pg_sleep(9)",
        "||",
        "char(39)",
        "0x27",
        "\u2019",
        "\uff07",
        "\u02bc",
        "E'\\x27'",
        "\x1a",
        "\b",
        "\n",
        "\t",
        "ä",
        "😀",
    ),
    *(
        "NULL",
        "null",
        "true",
        "{}",
        "[]",
        "1",
        "a",
        " ",
        "\ufeff",
        "\u202e",
        "IN (1)",
        "ESCAPE '\\'",
        "); --",
        "ATTACH 'x'",
    ),
)


def strings() -> list[str]:
    dice = random.Random(7)
    return ["".join(dice.choices(PIECES, k=dice.randrange(1, 6))) for _ in range(COUNT)]


def counted(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.read() as tx:
        return {t.name: tx.execute(select(func.count()).select_from(t)).scalar_one() for t in metadata.sorted_tables}


def worded(given: Bill, text: str) -> Bill:
    """The bill with this text in each of its texts that others write."""
    names = {f.name for f in fields(given) if f.type == "str"} - {"status", "currency", "version"}
    return replace(given, **dict.fromkeys(names, text))


@pytest.fixture(autouse=True)
def _nothing_is_dropped(store: Store) -> None:
    assert "bill" in counted(store)


def test_bills_come_back_letter_for_letter_and_are_found_by_their_own_words(store: Store, company: str) -> None:
    before = counted(store)
    for id, text in enumerate(strings(), 1):
        aim = Aim(Reason.PROJECT, text, (Sign(text, "note", False, Lead(text, text)),), text)
        one = worded(bill(id), text)
        with store.write() as tx:
            bills.keep(tx, company, one, aim, (), NOON)
        with store.read() as tx:
            found = bills.get(tx, company, id)
            listed = bill_search.find(tx, company, text, most=10_000)
        assert found is not None
        assert (found.bill, found.aim) == (one, aim), ascii(text)
        assert {line.id for line in listed} <= set(range(1, id + 1))
    assert counted(store)["bill"] - before["bill"] == COUNT
    assert counted(store)["company"] == before["company"]


def written(number: str, text: str) -> Invoice:
    """An invoice of this number, with this text wherever there is one."""
    one = invoice(number, NOON.date())
    party = Party(**{f.name: text for f in fields(Party) if f.type == "str"})
    lines = tuple(replace(line, name=text) for line in one.lines)
    return replace(one, seller=party, buyer=party, lines=lines, note=text, attachments=(Attachment(text, 1, "a" * 64),))


def test_documents_files_and_corrections_come_back_letter_for_letter(store: Store, company: str) -> None:
    for place, text in enumerate(strings()):
        given = written(f"{place}{text}", text)
        with store.write() as tx:
            file, new = documents.keep_file(tx, company, text, f"{place}".encode(), text, NOON)
            kept = documents.keep(tx, company, given, "psa", file, NOON).document
            assert new
            assert documents.file_of(tx, company, file) == (text, f"{place}".encode())
            assert documents.get(tx, company, kept.id).source == given, ascii(text)
            assert [d.id for d in documents.by_number(tx, company, given.number)] == [kept.id], ascii(text)


def test_names_bookmarks_and_the_trail_come_back_letter_for_letter(store: Store, company: str, other: str) -> None:
    for place, text in enumerate(strings()):
        with store.write() as tx:
            references.mark(tx, company, f"{place}:{text}"[:40], text)
            audit.note(tx, company, text, text[:40], f"{place}:{text}", NOON, words=text)
            members.choose(tx, f"T{place}", text[:20], language="en")
            choices = replace(companies.get(tx, company).choices, default_cost_centre=text, work_types={text: text})
            companies.choose(tx, company, choices)
            assert references.marked(tx, company, f"{place}:{text}"[:40]) == text
            assert references.marked(tx, other, f"{place}:{text}"[:40]) is None
            (entry,) = audit.trail(tx, company, f"{place}:{text}")
            assert (entry.who, entry.what) == (text, text[:40])
            assert companies.get(tx, company).choices == choices
    with store.read() as tx:
        assert len(list(audit.trail(tx, company))) >= COUNT
