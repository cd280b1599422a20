"""Words that carry their own sum: each changed sign is met, and what an older program wrote is read as ever."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from sqlalchemy import Column, select, update

from finance.canonical import dump, load
from finance.claim import Claim, Claimant, Habits
from finance.reference import Reference
from storage import claims, proving, references, registers, runs
from storage.claim_tables import claim
from storage.damage import Damaged
from storage.database import Store, Tx
from storage.runs import Found, Summary
from storage.sums import proven, summed
from storage.tables import reference, register_entry
from tests.support.stores import NOON

SHOWN = Summary("1042", "Asiakas Oy", "EUR", Decimal(100), Decimal(24), Decimal(124))
CLAIM = Claim("K12", NOON.date(), claimant=Claimant("E7", "Emma"))
TEXTS = ("{}", '{"a":1}', '{"name":"Åäö “€”","rows":[{"b":"}"}]}', '{"_sum":"0123456789abcdef"}', '{"x":{}}')


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_summed_comes_back_and_reads_past_its_sum(text: str) -> None:
    kept = summed(text)
    assert proven(kept, "It") == text
    assert {name: value for name, value in json.loads(kept).items() if name != "_sum"} == {
        name: value for name, value in json.loads(text).items() if name != "_sum"
    }


@pytest.mark.parametrize("text", TEXTS[1:3])
def test_every_changed_sign_before_the_sum_and_in_it_is_met(text: str) -> None:
    kept, end = summed(text), len('"_sum":"') + 16 + 2
    sum_ = range(len(kept) - 18, len(kept) - 2)
    for place in (*range(len(kept) - end - 2), *sum_):
        with pytest.raises(Damaged, match="It is damaged"):
            proven(kept[:place] + chr(ord(kept[place]) ^ 1) + kept[place + 1 :], "It")


@pytest.mark.parametrize("text", ['{"a":1}', "[1,2]", '"a"', "null", ""])
def test_what_has_no_sum_is_read_as_ever(text: str) -> None:
    assert proven(text, "It") == text


def test_an_older_program_reads_past_it() -> None:
    assert load(Found, summed(dump(Found()))) == Found()
    assert load(Summary, summed(dump(SHOWN))) == SHOWN


def test_an_amount_that_is_shown_of_a_batch_is_the_one_that_was_kept() -> None:
    kept = summed(dump(SHOWN))
    assert runs._summary(kept) == SHOWN
    with pytest.raises(Damaged, match="What is shown of a batch"):
        runs._summary(kept.replace("124", "924"))


class Undone(Exception):
    """Ends a transaction without a trace: others look through the same database."""


def _kept(tx: Tx, company: str) -> None:
    references.keep(tx, company, Reference(company_id=1, name="Yhtiö Oy", business_id="2077474-0", fetched=NOON))
    registers.keep(tx, company, "words", {"k": Found()}, NOON)
    claims.keep(tx, company, CLAIM, "psa", Habits(per_date=True), None, NOON)


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (reference.c.content, references.get),
        (register_entry.c.content, lambda tx, company: registers.all(tx, company, "words", Found)),
        (claim.c.habits, lambda tx, company: claims.find(tx, company, "psa", CLAIM.source_id)),
    ],
    ids=["reference", "register_entry", "claim"],
)
def test_a_changed_word_is_met_when_read_and_at_night(
    store: Store, company: str, column: Column[str], read: Callable[[Tx, str], object]
) -> None:
    with suppress(Undone), store.write() as tx:
        _kept(tx, company)
        assert read(tx, company)
        proving.look(tx)
        there = column.table.c.company == company
        kept = str(tx.execute(select(column).where(there)).scalar_one())
        tx.execute(update(column.table).where(there).values({column: kept.replace("{", "{ ", 1)}))
        with pytest.raises(Damaged):
            read(tx, company)
        with pytest.raises(Damaged):
            proving.look(tx)
        raise Undone


def test_what_was_kept_without_a_sum_is_not_new(store: Store, company: str) -> None:
    with suppress(Undone), store.write() as tx:
        _kept(tx, company)
        tx.execute(update(register_entry).where(register_entry.c.company == company).values(content=dump(Found())))
        assert registers.keep(tx, company, "words", {"k": Found()}, NOON).same == 1
        raise Undone
