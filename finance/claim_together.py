"""Documents of several claims of one person become one voucher, for companies that pay by the voucher (domain.md 5.1).

A travel claim stays by itself, because its trip is its own; so does what is not clear yet, and what could not be
told apart from a receipt of another claim by its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from finance.claim_part import ZERO, ClaimPart
from finance.invoice import Invoice, StatedTotals
from finance.selection import number_key

_Group = tuple[str, str, str, bool, str]


def groups(documents: Sequence[Invoice], *, per_day: bool) -> tuple[tuple[int, ...], ...]:
    """Places of those that go together, two or more each, by number; ``per_day``: company money of each day apart."""
    found: dict[_Group, list[int]] = {}
    names: dict[_Group, set[str]] = {}
    for place in sorted(range(len(documents)), key=lambda at: number_key(documents[at].number)):
        one = documents[place]
        group = _group(one, per_day=per_day)
        told = {a.name.casefold() for a in one.attachments}
        if group is None or told & names.get(group, set()):
            continue
        found.setdefault(group, []).append(place)
        names.setdefault(group, set()).update(told)
    return tuple(tuple(places) for places in found.values() if len(places) > 1)


def _group(one: Invoice, *, per_day: bool) -> _Group | None:
    """What those that go together share; None for what goes alone."""
    part = one.claim
    if part is None or part.trip is not None or part.unclear or not one.lines:
        return None
    if part.stated is not None and part.stated != part.whole:
        return None  # that the sums differ is told of the claim itself
    day = part.paid_on.isoformat() if per_day and part.paid_on else ""
    return one.kind.value, one.source_id.removesuffix(one.number), one.payment.currency, part.purchase, day


def together(parts: Sequence[Invoice]) -> Invoice:
    """One document of several: every row with its claim's number, their sums adding up to the cent.

    Its number is the first one's and how many came to it: "K12+2".
    """
    first = parts[0]
    number = f"{first.number}+{len(parts) - 1}"
    return replace(
        first,
        number=number,
        issued=max(one.issued for one in parts),
        lines=tuple(
            replace(line, descriptions=(*line.descriptions, _of(one).number)) for one in parts for line in one.lines
        ),
        note="\n".join(dict.fromkeys(one.note for one in parts if one.note)),
        stated=StatedTotals(gross=sum((one.stated.gross or ZERO for one in parts), ZERO)),
        attachments=tuple(a for one in parts for a in one.attachments),
        claim=_part(number, [_of(one) for one in parts]),
    )


def _part(number: str, parts: Sequence[ClaimPart]) -> ClaimPart:
    days = {part.paid_on for part in parts}
    return replace(
        parts[0],
        number=number,
        created=max(part.created for part in parts),
        paid_on=days.pop() if len(days) == 1 else None,
        whole=ZERO,
        documents=1,
        stated=None,
        members=tuple(dict.fromkeys(part.number for part in parts)),
    )


def _of(one: Invoice) -> ClaimPart:
    assert one.claim is not None
    return one.claim
