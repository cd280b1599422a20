"""What is said about a bill's document."""

from __future__ import annotations

from collections.abc import Sequence

from finance.bill import Bill
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.bill_answers import name_of
from handlers.views.notices import plain
from handlers.views.tongue import Tongue


def there(say: Tongue, *, coming: bool) -> Picture:
    """It was asked for before."""
    if coming:
        return plain(say("The document is on its way into the thread of the card."))
    return plain(say("The document is in the thread of the card already."))


def failed(say: Tongue, bill: Bill) -> Picture:
    return plain(say("The document of {bill} could not be fetched. Press again in a moment.", bill=name_of(say, bill)))


def left(say: Tongue, bill: Bill, names: Sequence[str]) -> Picture:
    """What is only in Procountor; without names there is nothing at all."""
    if not names:
        return plain(say("Procountor has no document of {bill}.", bill=name_of(say, bill)))
    head = say("These files are in Procountor only: they are too large, or neither PDF nor picture.")
    lines = [f"• {b.safe(name, 100)}" for name in names[:20]]
    return Picture(head, tuple(b.paragraphs([head, *lines])))
