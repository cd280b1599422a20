"""A person's corrections: a path into the invoice and the text typed or picked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import is_dataclass, replace
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from finance.faults import Fault
from finance.invoice import Attachment, Invoice, StatedTotals
from finance.options import options
from finance.typed import Fix, FixError, bare_type, parse

__all__ = ["Fix", "FixError", "apply", "options", "proposed", "standing"]

_STEP = re.compile(r"\.?(?P<name>[a-z_0-9]+)|\[(?P<place>\d+)\]")
_ATTACHMENT = re.compile(r"attachments\[(?P<name>.*)\]", re.DOTALL)

_AMOUNTS = frozenset(("quantity", "unit_price", "discount_percent", "vat_percent"))

_SURE = frozenset(
    (
        "buyer.business_id_form",
        "buyer.vat_number_form",
        "seller.business_id_form",
        "seller.vat_number_form",
        "buyer.language",
        "country.form",
        "operator.form",
        "payment.rate_own",
        "text.characters",
    )
)


def apply(invoice: Invoice, fixes: Iterable[Fix]) -> Invoice:
    """The invoice with the fixes made, in their order. Raises FixError for a path or a value that will not do."""
    fixes = tuple(fixes)
    term_chosen = any(fix.path == "payment.due" for fix in fixes)
    for fix in fixes:
        attachment = _ATTACHMENT.fullmatch(fix.path)
        if attachment:
            invoice = _attach(invoice, attachment["name"], fix)
        else:
            steps = _steps(fix.path)
            before, invoice = invoice, _put(invoice, steps, fix, Invoice)
            if fix.path == "issued" and not term_chosen:
                invoice = _same_term(before, invoice)
            if steps[-1] in _AMOUNTS:
                invoice = _unstated(invoice, steps)
    return invoice


def _unstated(invoice: Invoice, steps: tuple[str | int, ...]) -> Invoice:
    """A person has changed what the invoice comes to, so what the file claimed of it no longer binds."""
    changed = steps[1] if steps[0] == "lines" and len(steps) == 3 else None
    lines = tuple(
        replace(line, stated_net=None, stated_vat=None, stated_gross=None) if changed in (None, place) else line
        for place, line in enumerate(invoice.lines)
    )
    return replace(invoice, lines=lines, stated=StatedTotals())


def _same_term(before: Invoice, after: Invoice) -> Invoice:
    """A person has moved the billing date: the customer keeps as many days to pay, when there were any."""
    due = before.payment.due
    if due is None or due < before.issued:
        return after
    try:
        moved = after.issued + (due - before.issued)
    except OverflowError:
        return after
    return replace(after, payment=replace(after.payment, due=moved))


def standing(invoice: Invoice, path: str) -> str:
    """What stands at ``path`` now, as text; "" for a place that is empty or does not exist."""
    found: Any = invoice
    try:
        for step in _steps(path):
            found = found[step] if isinstance(step, int) else getattr(found, step)
    except (FixError, AttributeError, IndexError, TypeError):
        return ""
    return "" if found is None or is_dataclass(found) or isinstance(found, tuple) else str(found)


def proposed(faults: Iterable[Fault]) -> tuple[Fix, ...]:
    """The fixes that can be accepted for all invoices with one press: only those that change how a thing is written.

    Guesses (the nearest operator, a check digit computed anew, a date) are left to be looked at one by one.
    """
    return tuple(Fix(fault.where, fault.proposal) for fault in faults if fault.code in _SURE and fault.proposal)


def _attach(invoice: Invoice, name: str, fix: Fix) -> Invoice:
    """Drops the attachment, or gives it another name."""
    if all(attachment.name != name for attachment in invoice.attachments):
        raise FixError(f"the invoice has no attachment {name}", fix.path)
    kept: list[Attachment] = []
    for attachment in invoice.attachments:
        if attachment.name != name:
            kept.append(attachment)
        elif fix.value:
            kept.append(replace(attachment, name=fix.value))
    return replace(invoice, attachments=tuple(kept))


def _steps(path: str) -> tuple[str | int, ...]:
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if not step:
            raise FixError(f"{path} is not a place in an invoice", path)
        steps.append(step["name"] if step["name"] else int(step["place"]))
        at = step.end()
    if not steps:
        raise FixError("a fix needs a place in the invoice", path)
    return tuple(steps)


def _put(target: Any, steps: tuple[str | int, ...], fix: Fix, kind: Any) -> Any:
    """``target`` (of type ``kind``) with the value put at ``steps``; parts that are absent are made."""
    if not steps:
        return parse(kind, fix)
    step, rest = steps[0], steps[1:]
    kind = bare_type(kind)
    if isinstance(step, int):
        if get_origin(kind) is not tuple or not isinstance(target, tuple):
            raise FixError(f"{fix.path}: there are no numbered parts here", fix.path)
        if step >= len(target):
            raise FixError(f"{fix.path}: there are only {len(target)}", fix.path)
        changed = _put(target[step], rest, fix, get_args(kind)[0])
        return (*target[:step], changed, *target[step + 1 :])
    hints = _hints(kind) if isinstance(kind, type) and is_dataclass(kind) else {}
    if step not in hints:
        raise FixError(f"{fix.path}: {step} is not known", fix.path)
    whole = kind() if target is None else target
    return replace(whole, **{step: _put(getattr(whole, step), rest, fix, hints[step])})


@lru_cache(maxsize=32)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
