"""A file of any kind into finance documents and faults: recognised by its content, never raising for any bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from finance.claim import Claim
from finance.faults import Fact, Fault
from finance.invoice import Invoice, Kind
from finance.reference import Operator
from intake.attachments import kind_of
from intake.finvoice import read_finvoice
from intake.ownership import Owner
from intake.tables import Listed, read_table

__all__ = ["Listed", "Owner", "Reading", "read"]

LARGEST = 20 * 1024 * 1024

# kinds that are no invoice lists, and the fault that says so
_PICTURES = frozenset({"pdf", "jpg", "gif", "png", "tif", "bmp", "webp", "heic"})
_REFUSED = {
    "empty": "intake.empty",
    "zip": "intake.archive",
    "gz": "intake.archive",
    "7z": "intake.archive",
    "rar": "intake.archive",
    "html": "intake.html",
    "xls": "intake.old_office",
    "docx": "intake.word",
    "rtf": "intake.word",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: invoices, claims, or entries of lists.

    ``columns``: header → field as understood (CSV and XLSX), so that it can be kept. ``private``: there are no invoices
    in it, but personal identity codes, so that the file itself must not be kept.
    """

    documents: tuple[Invoice, ...] = ()
    faults: tuple[Fault, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[Listed, ...] = ()
    private: bool = False
    claims: tuple[Claim, ...] = ()


def read(
    name: str,
    content: bytes,
    owner: Owner,
    *,
    columns: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    direction: Kind | None = None,
    operators: tuple[Operator, ...] = (),
) -> Reading:
    """The invoices (or the entries of lists) in a file, and everything that is wrong with it. Never raises.

    ``columns`` (header → our field; "" leaves a column out) and ``units`` (word → UN/ECE code) are the company's own
    and come first; ``operators`` are those it has added to the shipped list. ``direction`` is the user's word for
    documents where neither party is the company.
    A document with a fault that is no warning is not among ``documents``.
    """
    try:
        return _read(name, content, owner, columns or {}, units or {}, direction, operators)
    except Exception as unforeseen:  # noqa: BLE001 - a file from outside must never stop the bot; the fault names it
        facts = {"error": type(unforeseen).__name__}
        return Reading(faults=(Fault("intake.unforeseen", "", facts["error"], "", facts, file=name),))


def _read(
    name: str,
    content: bytes,
    owner: Owner,
    columns: Mapping[str, str],
    units: Mapping[str, str],
    direction: Kind | None,
    operators: tuple[Operator, ...],
) -> Reading:
    if len(content) > LARGEST:
        found, most = f"{len(content) / 1024 / 1024:.1f} MB", f"{LARGEST // 1024 // 1024} MB"
        return Reading(faults=(Fault("intake.too_large", "", found, most, file=name),))
    kind = kind_of(content)
    if kind == "xml":
        documents, faults = read_finvoice(name, content, owner, units, direction)
        return _once(name, documents, faults, {})
    if kind in {"txt", "xlsx"}:
        table = read_table(name, content, kind == "xlsx", owner, columns, units, direction, operators)
        read = _once(name, table.documents, table.faults, table.columns)
        return replace(read, lists=table.lists, private=table.private, claims=table.claims)
    code = "intake.attachment" if kind in _PICTURES else _REFUSED.get(kind, "intake.unknown")
    return Reading(faults=(Fault(code, "", kind, "Finvoice, CSV, XLSX", {"kind": kind}, file=name),))


def _once(name: str, documents: Sequence[Invoice], faults: Sequence[Fault], columns: Mapping[str, str]) -> Reading:
    """Every invoice once: the same again is left out with a word, two that differ under one number are both held."""
    by_source: dict[tuple[str, str], list[Invoice]] = {}
    for invoice in documents:
        by_source.setdefault((invoice.kind.value, invoice.source_id), []).append(invoice)
    kept, told = [], list(faults)
    for same in by_source.values():
        number = same[0].number
        if len(same) == 1:
            kept.append(same[0])
            continue
        alike = all(invoice == same[0] for invoice in same)
        kept.extend(same[:1] if alike else [])
        code = "intake.repeated" if alike else "intake.two_versions"
        facts: dict[str, Fact] = {"number": number, "count": len(same)}
        told.append(Fault(code, "number", number, "", facts, file=name, warning=alike))
    return Reading(tuple(kept), tuple(told), dict(columns))
