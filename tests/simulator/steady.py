"""What does not change in a trial is read once: the registers' rows, and what pure functions make of them.

Nothing of the machines is left out by it. A read is taken from the shelf only while no statement of the trial has
written to its tables; a pure function's answer only for the very same values. Without it most of a trial would go
into reading the same company, document and rights again and again, and there would be fewer trials.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import handlers.claimants
import handlers.transfer
from finance import bill, case, claimants, customers
from finance import resolve as resolving
from handlers import dividing, gather, held, leads, sweep, unknown_codes
from procountor import invoice_body, invoices
from storage import (
    absences,
    bills,
    cards,
    companies,
    documents,
    own_keys,
    piles,
    references,
    registers,
    rights,
    runs,
    shares,
    staff,
    suppliers,
    transfers,
)
from tests.simulator import played
from tests.simulator.played import Tables

READS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (companies, "get", ("company",)),
    (documents, "get", ("document",)),
    (documents, "bytes_of", ("file",)),
    (documents, "of_claim", ("document",)),
    (runs, "place", ("run_item",)),
    (runs, "get", ("run",)),
    (references, "fetched_at", ("reference", "bookmark")),
    (references, "get", ("reference", "bookmark")),
    (registers, "stamp", ("register_entry", "reference", "bookmark")),
    (registers, "all", ("register_entry",)),
    (rights, "holder", ("given_right", "staff", "own_key")),
    (rights, "with_right", ("given_right",)),
    (own_keys, "get", ("own_key",)),
    (absences, "all", ("away",)),
    (absences, "of", ("away",)),
    (bills, "get", ("bill",)),
    (cards, "all", ("card",)),
    (piles, "told_of", ("pile", "pile_bill")),
    (shares, "of", ("share",)),
    (suppliers, "get", ("supplier_account",)),
    (transfers, "started_by", ("transfer", "run")),
    (transfers, "known", ("transfer", "document")),
    (staff, "all", ("staff",)),
    (handlers.claimants, "payees", ("staff", "register_entry", "supplier_account")),
)


class Shelf:
    """What has been read of one scene. ``dirty``: tables that the trial under way has written to."""

    def __init__(self) -> None:
        self.scene = ""
        self.dirty: set[str] = set()
        self._kept: dict[tuple[Any, ...], Any] = {}

    def begin(self, scene: str) -> None:
        self.scene = scene
        self.dirty = set()

    def forget(self) -> None:
        """Nothing has been read yet."""
        self._kept.clear()
        self.scene = ""

    def wrote(self, table: str) -> None:
        self.dirty.add(table)

    def read(self, tables: Iterable[str], key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        if not self.scene or not self.dirty.isdisjoint(tables):
            return make()
        key = (self.scene, *key)
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


SHELF = Shelf()
_AS_THEY_WERE: dict[Any, dict[str, Any]] = {}
"""What stood in the modules that are changed, while the shelf is up."""


def take_down() -> None:
    """Everything is as it was: other tests of the process have the real things."""
    for module, names in _AS_THEY_WERE.items():
        vars(module).update(names)
    _AS_THEY_WERE.clear()


def put_up() -> None:
    """Puts the shelf between the machines and what does not change; nothing when it is up."""
    if _AS_THEY_WERE:
        return
    changed = {module for module, *_ in (*READS, *played.PLAYED)} | {
        sweep,
        held,
        leads,
        dividing,
        gather,
        unknown_codes,
    }
    for module in changed | {unknown_codes, handlers.transfer, invoices, invoice_body, bill}:
        _AS_THEY_WERE[module] = dict(vars(module))
    for module, name, tables in READS:
        setattr(module, name, _shelved(getattr(module, name), tables))
    played.put_up()
    sweep.tell_admins = played.alarm
    held.seconds = played.at_once(held.seconds)
    leads.of = played.steadily(leads.of)
    dividing.again = played.beside(dividing.again)
    gather.rejudge = played.beside(gather.rejudge)
    unknown_codes.count = played.beside(unknown_codes.count)
    resolve, fill, complete = resolving.resolve, customers.filled, case.completed
    handlers.transfer.resolve = _same(resolve)
    handlers.transfer.filled = _same(fill)
    handlers.transfer.completed = _same(complete)
    handlers.transfer.with_payee = _same(claimants.with_payee)
    invoices.fingerprint = _same(invoices.fingerprint)
    invoices.body = invoice_body.body = _same(invoice_body.body)
    bill.content_hash = _same(bill.content_hash)  # equal bills have equal prints, `finance.canonical`


def _shelved(read: Callable[..., Any], tables: tuple[str, ...]) -> Callable[..., Any]:
    name = f"{read.__module__}.{read.__name__}"

    @wraps(read)
    def shelved(tx: Any, *args: Any, **named: Any) -> Any:
        try:
            key = (name, args, tuple(sorted(named.items())))
            hash(key)
        except TypeError:
            key = (name, repr(args), repr(named))

        def make() -> Any:
            if not isinstance(tx, Tables):
                return read(tx, *args, **named)
            with tx.steady.read() as real:
                return read(real, *args, **named)

        return SHELF.read(tables, key, make)

    return shelved


def _same(make: Callable[..., Any]) -> Callable[..., Any]:
    """Of a pure function: the answer again for the very same values (kept, so that no other gets their identity).

    Values made anew that are equal to some of lately get the answer of those.
    """
    kept: dict[tuple[int | str, ...], tuple[tuple[Any, ...], Any]] = {}
    lately: deque[tuple[tuple[Any, ...], Any]] = deque(maxlen=8)

    @wraps(make)
    def same(*args: Any, **named: Any) -> Any:
        given = (*args, *named.values())
        key = tuple(arg if isinstance(arg, str) else id(arg) for arg in given)
        found = kept.get(key)
        if found is None:
            found = next((one for one in lately if one[0] == given), None)
            if found is None:
                found = (given, make(*args, **named))
                lately.append(found)
            if len(kept) > 512:
                kept.clear()
            kept[key] = found = (given, found[1])
        return found[1]

    return same
