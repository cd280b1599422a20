"""The accounting page of an invoice or a bill: accounts and cost centres on the entries that its rows made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from itertools import groupby
from typing import Any

from finance.dividing import amounts
from finance.posting import Posting, Row, Target
from procountor.api import Api
from procountor.errors import Problem, Refused, Unsendable
from procountor.invoice_body import is_zero
from procountor.wire import base
from procountor.wire import ledger as wire

CENT = Decimal("0.01")
_ENTRY = re.compile(r"transactions\[(\d{1,6})\]")

Entry = dict[str, Any]


def assign(api: Api, receipt_id: int, posting: Posting) -> bool:
    """Puts the posting's accounts and targets on the ledger receipt; False when everything already stands so.

    One write of the whole receipt, before the invoice is approved (Procountor API 26.04, ledger receipts). The
    receipt gets a new id when the invoice is replaced: then this raises NotFound. Raises Unsendable when the
    receipt's entries do not go with the posting's rows, Refused as Procountor says it (an account that does not
    take the VAT percentage, a closed cost centre; the field names the invoice's row), Unsure when nobody knows
    whether it was written.
    """
    receipt = api.get(f"ledgerreceipts/{receipt_id}")
    told = base.read(wire.Receipt, receipt)
    entries = [entry for entry, read in zip(_entries(receipt), told.transactions, strict=True) if read.is_entry]
    pairs = list(_matched(entries, posting.rows))
    changes = [_changed(entry, row) for entry, row in pairs]
    if not any(changes):
        return False
    try:
        api.put(f"ledgerreceipts/{receipt_id}", receipt)
    except Refused as no:
        raise type(no)([_of_row(problem, _entries(receipt), pairs, posting.rows) for problem in no.problems]) from no
    return True


def divide(api: Api, receipt_id: int, dimension: int, parts: Sequence[tuple[int, Decimal]]) -> bool:
    """Divides every entry of value between items of a dimension, by percentages that make a hundred; False when it
    stands so already. No parts take the dimension off. Other dimensions, and accounts, are left as they are.

    One write for each entry that differs (Procountor API 26.04, dimensions of a transaction), so that after a lost
    answer it can be called again. Raises as ``assign``; Unsendable for a receipt without such entries.
    """
    receipt = api.get(f"ledgerreceipts/{receipt_id}")
    told = base.read(wire.Receipt, receipt)
    pairs = [(entry, read) for entry, read in zip(_entries(receipt), told.transactions, strict=True) if read.is_entry]
    speaking = [(entry, read) for entry, read in pairs if read.accounting_value.quantize(CENT)]
    if not speaking:
        raise Unsendable([Problem("LEDGER_ROWS_MISSING", "transactions")])
    changed = False
    for entry, read in speaking:
        items = _divided(read, dimension, parts)
        if _sorted(items) == _sorted(read.dimension_item_values or []):
            continue
        path = f"ledgerreceipts/{receipt_id}/transactions/{int(entry['id'])}/dimensions"
        api.put(path, {"dimensionItemValues": _values(items)})
        changed = True
    return changed


def _divided(told: wire.Transaction, dimension: int, parts: Sequence[tuple[int, Decimal]]) -> list[wire.ItemValue]:
    """The entry's other dimensions, and its value in parts; an item is named once, and not for nothing."""
    items = [item for item in told.dimension_item_values or [] if item.dimension_id != dimension]
    shared: dict[int, Decimal] = {}
    for item, percent in parts:
        shared[item] = shared.get(item, Decimal(0)) + percent
    if shared:
        values = amounts(told.accounting_value.quantize(CENT), list(shared.values()))
        items += [
            wire.ItemValue.of(dimension, item, value) for item, value in zip(shared, values, strict=True) if value
        ]
    return items


def _of_row(
    problem: Problem, sent: Sequence[Entry], pairs: Sequence[tuple[Entry, Row]], rows: Sequence[Row]
) -> Problem:
    """The problem with the invoice's row in place of the entry's: people know their rows, and entries come mixed."""
    found = _ENTRY.match(problem.field)
    if not found or int(found.group(1)) >= len(sent):
        return problem
    entry = sent[int(found.group(1))]
    row = next((row for paired, row in pairs if paired is entry), None)
    place = next((k for k, one in enumerate(rows) if one is row), None)
    if place is None:
        return problem
    return replace(problem, field=f"invoiceRows[{place}]{problem.field[found.end() :]}")


def _entries(receipt: Any) -> list[Entry]:
    entries: list[Entry] = receipt["transactions"]
    return entries


def _matched(entries: Sequence[Entry], rows: Sequence[Row]) -> Iterator[tuple[Entry, Row]]:
    """Each entry with the row that made it, in order. Rows of zero value may have made one or none."""
    speaking = [row for row in rows if not is_zero(row)]
    valued = [entry for entry in entries if _value(entry)]
    for some_entries, some_rows in ((entries, rows), (valued, speaking), (entries, speaking)):
        if len(some_entries) == len(some_rows) and all(map(_fits, some_entries, some_rows)):
            return zip(some_entries, some_rows, strict=True)
    raise Unsendable([Problem("LEDGER_ROWS_DIFFER", "transactions", 0, f"{len(entries)} entries for {len(rows)} rows")])


def _fits(entry: Entry, row: Row) -> bool:
    """An entry may lack its VAT percentage; when it has one, it is its row's. Only rows of value make values."""
    percent = base.read(wire.Transaction, entry).vat_percent
    return (percent is None or percent == row.vat_percent) and not (is_zero(row) and _value(entry))


def _value(entry: Entry) -> Decimal:
    return base.read(wire.Transaction, entry).accounting_value.quantize(CENT)


def _changed(entry: Entry, row: Row) -> bool:
    """Writes the row's account and targets into the entry; whether that changed anything."""
    told = base.read(wire.Transaction, entry)
    account = row.account or told.account
    items = _items(row.targets, told)
    same = account == told.account and _sorted(items) == _sorted(told.dimension_item_values or [])
    if same:
        return False
    entry["account"] = account
    entry["dimensionItemValues"] = _values(items)
    return True


def _values(items: Sequence[wire.ItemValue]) -> list[dict[str, object]]:
    return [{"dimensionId": item.dimension_id, "itemId": item.item_id, "value": item.value} for item in items]


def _items(targets: Sequence[Target], told: wire.Transaction) -> list[wire.ItemValue]:
    """The row's targets, each dimension summing to the entry's value; dimensions we say nothing about stay."""
    ours = {target.dimension for target in targets}
    kept = [item for item in told.dimension_item_values or [] if item.dimension_id not in ours]
    value = told.accounting_value.quantize(CENT)
    wanted: list[wire.ItemValue] = []
    for _, group in groupby(sorted(targets, key=lambda t: t.dimension), key=lambda t: t.dimension):
        shared = list(dict.fromkeys(group))
        for target, part in zip(shared, _parts(value, len(shared)), strict=True):
            wanted.append(wire.ItemValue.of(target.dimension, target.item, part))
    return kept + wanted


def _parts(value: Decimal, count: int) -> list[Decimal]:
    """``value`` in ``count`` parts of whole cents; the last takes what is left over."""
    part = (value / count).quantize(CENT, ROUND_DOWN)
    return [part] * (count - 1) + [value - part * (count - 1)]


def _sorted(items: Sequence[wire.ItemValue]) -> list[tuple[int, int, Decimal]]:
    return sorted((item.dimension_id, item.item_id, item.value) for item in items)


def items(api: Api, receipt_id: int) -> frozenset[tuple[int, int]]:
    """The dimension items (dimension, item) that stand on the receipt's entries. Raises as any read."""
    told = base.read(wire.Receipt, api.get(f"ledgerreceipts/{receipt_id}"))
    values = (value for entry in told.transactions if entry.is_entry for value in entry.dimension_item_values or [])
    return frozenset((value.dimension_id, value.item_id) for value in values)
