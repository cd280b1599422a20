"""The messages of claims: two sections, what is to be paid, what has to be done by hand, what the claimant hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from views_drawn import Drawn
from views_facts import fault

from finance.claim import Claim, Claimant, Cost
from finance.company import Choices
from finance.invoice import Kind
from handlers.chat import Modal
from handlers.views import batches, claims, imports, settings_forms
from handlers.views.batch import Batch, Entry, Stand
from handlers.views.claims import Owed, Todo, Told
from handlers.views.imports import Imported
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
DAY, PAYDAY = date(2026, 11, 17), date(2026, 11, 25)
WHYS = ("not_circulated", "not_verified", "not_marked", "paid_otherwise", "payment_denied", "invalidated",
        "not_visible", "gone", "")  # fmt: skip
DIVIDED = fault(
    "claim.divided", "number", "K12", claim="K12", documents=2, gross=Decimal("249.50"), currency="EUR", warning=True
)
NOTES = (
    DIVIDED,
    fault("claim.dated", "lines[0].start", "2026-11-20", date=DAY, rows="1, 3", warning=True),
    fault("claim.no_vat", "lines[1].vat_percent", row=2, name="Hotelli", warning=True),
    fault("claim.no_receipt", "attachments", warning=True),
    fault("claim.trip_lacking", "claim.trip", warning=True),
    fault("claim.accounting", "lines", warning=True),
)
FAULTS = (
    fault("claim.nobody", "seller"),
    fault("claim.person", "seller", "Emma Clarke", name="Emma Clarke"),
    fault("claim.account", "payment.iban", name="Emma Clarke"),
    fault("claim.account_form", "payment.iban", "FI21 •••• 0786", name="Emma Clarke"),
    fault("claim.payment_type", "payment", "Lounaskortti", claim="K12", name="Lounaskortti"),
    fault("claim.future", "lines[0].start", "2026-12-24", row=1, name="Taksi", date=date(2026, 12, 24)),
    fault("claim.closed", "lines[0].start", "2025-12-24", row=1, name="Taksi", date=date(2025, 12, 24)),
    fault("claim.allowance_vat", "lines[0].vat_percent", "25.5", row=1, name="Km-korvaus", percent=Decimal("25.5")),
    fault("claim.trip_backwards", "claim.trip", start=DAY, end=date(2026, 11, 16)),
    fault("claim.sum", "claim.stated", "124.01", "124.00", claim="K12", claimed=Decimal("124.01"),
          computed=Decimal("124.00"), currency="EUR"),
)  # fmt: skip


def entry(document: int, stand: Stand, *faults: object, name: str = "Emma Clarke") -> Entry:
    net = Decimal("100.00") + document
    return Entry(
        document, f"K{12 + document}", name, "EUR", net, Decimal("25.50"), net + Decimal("25.50"), stand,
        30125 + document if stand is Stand.SENT else None, faults,
    )  # type: ignore[arg-type]  # fmt: skip


def batch(kind: Kind, state: str, *entries: Entry, name: str = "Pohjantuuli Oy") -> Batch:
    return Batch(12, state, name, False, entries, kind=kind)


def owed(name: str = "Emma Clarke") -> tuple[Owed, ...]:
    states = ("", "UNFINISHED", "RECEIVED", "VERIFIED", "APPROVED", "PAYMENT_QUEUED", "PARTLY_PAID", "PAYMENT_DENIED")
    return tuple(
        Owed(f"K{n}", name if n % 2 else "Mikael Lindqvist", Decimal("24.00") + n, "EUR", 30120 + n, state)
        for n, state in enumerate(states, 12)
    )


def todo(number: str = "K12/2026-11-17") -> tuple[Todo, ...]:
    return tuple(Todo(number, 30131, DAY, Decimal("42.00"), "EUR", why, n % 2 == 1) for n, why in enumerate(WHYS))


def told(number: str = "K12") -> tuple[Told, ...]:
    own, card = Decimal("124.00"), Decimal("125.50")
    return (
        Told((number,), own, card, "EUR", 0, False, None),
        Told((number,), own, Decimal(0), "EUR", 1, False, None),
        Told((number,), Decimal(0), card, "EUR", 2, False, None),
        Told((number,), own, card, "EUR", 0, True, PAYDAY),
        Told((number,), own, card, "EUR", 0, True, None),
        Told((number, "K13"), own, Decimal(0), "EUR", 0, True, PAYDAY),
        Told((number, "K13"), own, Decimal(0), "EUR", 0, True, None),
    )


def states() -> dict[str, Draw]:
    """Every picture about claims."""
    own = batch(
        Kind.CLAIM, "preview", *(entry(n, Stand.READY, note) for n, note in enumerate(NOTES)),
        *(entry(20 + n, Stand.FAULTY, one) for n, one in enumerate(FAULTS)),
    )  # fmt: skip
    card = batch(Kind.COMPANY_COST, "preview", entry(1, Stand.READY, DIVIDED))
    sent = batch(Kind.CLAIM, "done", entry(1, Stand.SENT), entry(2, Stand.SENT))
    claim = Claim("K12", DAY, claimant=Claimant("E7", "Emma Clarke"), costs=(Cost(DAY, Decimal(24)),))
    return {
        "claims, sections": lambda say: [_batch(say, one) for one in (own, card, sent)],
        "claims, nothing": lambda say: [_batch(say, batch(Kind.CLAIM, "preview"))],
        "claims, home": lambda say: [
            _modal(claims.to_send(say, 2, 1, 2)),
            _modal(claims.to_send(say, 1, 1, 0)),
            _modal(claims.to_pay(say, owed(), todo())),
        ],
        "claims, standing": lambda say: [
            claims.standing(say, owed(), todo()),
            claims.standing(say, owed()[:1], ()),
            claims.standing(say, (), todo()[:1]),
            claims.standing(say, (), ()),
        ],
        "claims, claimant": lambda say: [claims.on_its_way(say, one) for one in told()],
        "claims, paid": lambda say: [claims.paid(say, one) for one in told()[3:]],
        "claims, sender": lambda say: [claims.sender_unknown(say)],
        "claims, file": lambda say: [imports.told(say, Imported(("kulut.csv",), claims=(claim,), known_claims=2))],
        "claims, settings": lambda say: [settings_forms.claims(say, Choices(), "meta")],
    }


def hostile(text: str) -> dict[str, Draw]:
    """The same with foreign text that means harm."""
    claim = Claim(text, DAY, claimant=Claimant(text, text), costs=(Cost(DAY, Decimal(24), description=text),))
    return {
        "claims, sections": lambda say: [
            _batch(say, batch(kind, "preview", entry(1, Stand.READY, DIVIDED, name=text), name=text))
            for kind in (Kind.CLAIM, Kind.COMPANY_COST)
        ],
        "claims, standing": lambda say: [claims.standing(say, owed(text), todo(text))],
        "claims, claimant": lambda say: [
            *(claims.on_its_way(say, one) for one in told(text)),
            *(claims.paid(say, one) for one in told(text)[3:]),
        ],
        "claims, file": lambda say: [imports.told(say, Imported((text,), claims=(claim,)))],
    }


def _batch(say: Tongue, one: Batch) -> Drawn:
    return batches.picture(say.about(one.kind), one, lambda _: "handle")


def _modal(blocks: list[object]) -> Drawn:
    """A piece of the Home tab."""
    return Modal("Home", tuple(blocks), "home", "Close")  # type: ignore[arg-type]
