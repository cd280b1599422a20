"""Changing the key: everything sealed is sealed anew, nothing is lost on the way, and a wrong key is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import BigInteger, Integer, LargeBinary, String, Table, Text, delete, insert, select, update

from bot.installations import Installations
from storage import companies, inbox, installations, own_keys, resealing, workspaces
from storage.bill_tables import bill, decision, question, supplier_account
from storage.capture_tables import captured, captured_receipt
from storage.circle_tables import passing
from storage.columns import Instant
from storage.database import Store, Tx
from storage.resealing import PLACES, Count
from storage.sales_tables import webhook
from storage.sealing import KeyMissing, new_key, seal
from storage.tables import file, metadata
from storage.tables import inbox as inbox_table
from tests.support.databases import KINDS, fresh
from tests.support.stores import NOON

OLD, NEW = new_key(), new_key()
TEAM, CLIENT = "T0SEAL", "1.2"
BILLS = (bill, decision, supplier_account, question, passing, captured, webhook)
MANY = 450  # things people said: several pages


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database in which every kind of secret stands under the old key."""
    made = fresh(request.param, tmp_path)
    store = Store(made, (OLD,))
    store.upgrade()
    with store.write() as tx:
        workspaces.join(tx, TEAM, "Yksi", "U0")
        for number in range(3):
            id = companies.connect(tx, f"Yhtiö {number}", "2077474-0", 100 + number, 501, f"key-{number}", NOON)
            own_keys.keep(tx, id, TEAM, "U1", f"own-{number}", 7, "Anna", NOON)
            own_keys.offer(tx, id, TEAM, "U1", "own", f"offered-{number}", NOON)
        companies.found(tx, "Uusi", TEAM, NOON)
        for number in range(MANY):
            inbox.keep(tx, f"said:{number:04}", f"words {number}", NOON)
        inbox.done(tx, "said:0001", NOON)
        for table in BILLS:
            tx.execute(insert(table).values(_row(tx, table, id)))
    tokens = {"bot_token": "xoxb-1", "bot_refresh_token": "xoxe-1", "user_token": "xoxp-1"}
    given = Installation(app_id="A1", team_id=TEAM, user_id="U1", installed_at=NOON.timestamp(), **tokens)
    Installations(CLIENT, store).save(given)
    store.close()
    return made


def _row(tx: Tx, table: Table, company: str) -> dict[str, Any]:
    """A row in which every secret is sealed, and the rest is as short as can be."""
    plain = {Integer: 1, BigInteger: 1, String: "", Text: "", Instant: NOON}
    of_company = {column.name: company for column in table.c if column.foreign_keys}
    kinds = {column.name: type(column.type) for column in table.c if not column.foreign_keys}
    return {n: seal(tx, "a secret") if kind is LargeBinary else plain[kind] for n, kind in kinds.items()} | of_company


@pytest.fixture
def both(url: str) -> Iterator[Store]:
    store = Store(url, (NEW, OLD))
    yield store
    store.close()


def rotate(store: Store, size: int = 200) -> Count:
    return sum((count for place in PLACES for count in resealing.reseal(store, place, size)), Count())


def everything(url: str, key: str) -> list[str]:
    """Every secret, opened with one key alone."""
    store = Store(url, (key,))
    with store.read() as tx:
        ids = [c.id for c in companies.everyone(tx) if c.state != "new"]
        found = [companies.api_key(tx, id) for id in ids]
        found += [own_keys.opened(tx, id, TEAM, "U1") for id in ids]
        found += [inbox.take(tx, f"said:{number:04}")[0] for number in range(MANY)]
        found += [installations.bot_token(tx, CLIENT, TEAM)]
        resealing.check(tx)
    store.close()
    return [str(one) for one in found]


OF_BILLS = sum(isinstance(column.type, LargeBinary) for table in BILLS for column in table.c)
SECRETS = 3 + 3 + 3 + MANY + 2 + 3 + OF_BILLS  # of companies, own, offered, said, of the bot twice, the user's, bills'


def test_every_sealed_column_is_known(both: Store) -> None:
    """A new table with something sealed in it must be named among the places."""
    sealed = {c for t in metadata.tables.values() for c in t.columns if isinstance(c.type, LargeBinary)}
    assert sealed - {file.c.content, captured_receipt.c.content} == {
        place.column for place in PLACES if isinstance(place.column.type, LargeBinary)
    }


def test_after_it_the_old_key_opens_nothing_and_the_new_one_everything(url: str, both: Store) -> None:
    before = everything(url, OLD)
    assert rotate(both) == Count(renewed=SECRETS)
    assert everything(url, NEW) == before
    old = Store(url, (OLD,))
    assert rotate(old) == Count(closed=SECRETS)
    old.close()


def test_doing_it_again_finds_nothing_to_do(both: Store) -> None:
    rotate(both)
    assert rotate(both) == Count(already=SECRETS)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_interrupted_in_the_middle_everything_still_opens_and_it_goes_on(url: str, both: Store, after: int) -> None:
    before = everything(url, OLD)
    said = next(place for place in PLACES if place.what == "what people said")
    list(islice(resealing.reseal(both, said, 100), after))
    assert rotate(both) == Count(renewed=SECRETS - 100 * after, already=100 * after)
    assert everything(url, NEW) == before


@pytest.mark.parametrize("size", [1, 7, MANY, MANY + 1])
def test_the_size_of_a_page_does_not_matter(both: Store, size: int) -> None:
    assert rotate(both, size) == Count(renewed=SECRETS)


def test_what_somebody_changed_meanwhile_stays_as_he_changed_it(both: Store) -> None:
    place = next(place for place in PLACES if place.what == "company keys")
    with both.read() as tx:
        id, sealed = tx.execute(select(*place.key, place.column).where(place.column.is_not(None))).first() or (0, b"")
    with both.write() as tx:
        tx.execute(update(place.column.table).where(place.key[0] == id).values(api_key=b"something newer"))
        resealing._renew(tx, place, (id,), sealed)
        assert tx.execute(select(place.column).where(place.key[0] == id)).scalar_one() == b"something newer"


def test_what_no_key_opens_is_counted_and_keeps_nothing_else_back(url: str) -> None:
    store = Store(url, (NEW, OLD))
    with store.write() as tx:
        tx.execute(insert(inbox_table).values(key="said:lost", said=b"gAAAAAsealed-by-another", received_at=NOON))
    assert rotate(store) == Count(renewed=SECRETS, closed=1)
    store.close()


# at the start


@pytest.mark.parametrize("what", sorted({place.what for place in PLACES}))
def test_a_wrong_key_is_noticed_wherever_something_sealed_stands(url: str, both: Store, what: str) -> None:
    """Also when it is the only thing there is."""
    with both.write() as tx:
        kept = next(place.column.table for place in PLACES if place.what == what)
        for column in (place.column for place in PLACES if place.what != what):
            if column.nullable:
                tx.execute(update(column.table).values({column: None}))
            elif column.table is not kept:
                tx.execute(delete(column.table))
    with both.read() as tx:
        resealing.check(tx)
    wrong = Store(url, (new_key(),))
    with wrong.read() as tx, pytest.raises(KeyMissing, match="not the key"):
        resealing.check(tx)
    wrong.close()


def test_what_was_dealt_with_needs_no_key(url: str, both: Store) -> None:
    with both.write() as tx:
        tx.execute(update(inbox_table).values(said=b"of a key that is gone", done_at=NOON))
    with both.read() as tx:
        resealing.check(tx)
