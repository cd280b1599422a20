"""A row's price and discount, exactly, from whichever of them a file gives."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext

from finance.invoice import ZERO
from intake.values import divided

HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


def price_from_total(total: Decimal, quantity: Decimal, discount_percent: Decimal) -> Decimal | None:
    """The unit price that gives ``total``; None when it does not come out exactly."""
    share = quantity * (HUNDRED - discount_percent)
    return divided(total * HUNDRED, share) if share else (ZERO if not total else None)


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """``part`` as a percentage of ``whole``; None when it does not come out exactly."""
    if not part:
        return ZERO
    return divided(part * HUNDRED, whole)


def compounded(percents: Iterable[Decimal]) -> Decimal:
    """The one discount that does what several after each other do."""
    with localcontext(prec=40):
        left = HUNDRED
        for percent in percents:
            left = left * (HUNDRED - percent) / HUNDRED
        return HUNDRED - left


def comes_to(total: Decimal | None, quantity: Decimal, price: Decimal, discount_percent: Decimal) -> bool:
    """Whether quantity × price less discount is ``total`` to the cent."""
    if total is None:
        return False
    net = quantity * price * (HUNDRED - discount_percent) / HUNDRED
    return net.quantize(_CENT, ROUND_HALF_UP) == total.quantize(_CENT, ROUND_HALF_UP)
