"""The trials, each from its number: which scene, which weather, where it is struck, and what people do meanwhile.

``singles``: each named point of a scene before and after. ``pairs``, ``sleepers`` (a frozen worker and its heir),
``restored`` (an old backup put back), ``meddled`` (people and rights), ``plain`` (no death, realistic faults).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.simulator.points import POINTS, Strike, When
from tests.simulator.world import Plan

_MARK = ("PUT invoices/{id}/markpaid", "PUT invoices/{id}/verify", "GET invoices/{id}/paymentevents")
_BILL = (
    "GET circulation", "GET invoices/{id}/transactions", "PUT invoices/{id}/approve", "PUT invoices/{id}/unfinished",
)  # fmt: skip
DRAWN = (("sales", 5), ("cost", 2), ("bill", 2), ("bill two", 1))
PEOPLE = ("edit", "annotate", "copy", "invalidate")
AFTER = ("lost_after", "5xx_after")
BEFORE = ("lost_before", "5xx_before", "busy")

POINT_PLANS = tuple((name, when) for name, when in POINTS)


def kind_of(name: str) -> str:
    """The scene in which a point is met."""
    if name.startswith(("decision", "bill")) or name in _BILL:
        return "bill two"
    if name.startswith("mark") or name in _MARK:
        return "cost"
    return "sales"


def single(seed: int) -> Plan:
    """One death at a named point; rare points are brought about."""
    name, when = POINT_PLANS[seed % len(POINT_PLANS)]
    dice = random.Random(seed)
    plan = Plan(kind_of(name), seed, dice.choice(("unclear", "unclear", "hostile", "steep")))
    nth = 1 if dice.random() < 0.7 else 2
    return _brought_about(replace(plan, strikes=(Strike("crash", name, when, nth),)), name, dice)


def _brought_about(plan: Plan, name: str, dice: random.Random) -> Plan:
    lost = ((dice.choice(AFTER + BEFORE),),)
    if name in ("GET invoices?created", "GET invoices/{ids}", "transfer looking", "transfer later") and (
        plan.kind == "sales"
    ):
        return replace(plan, forced=(("POST invoices", (dice.choice(AFTER),)),))
    if name == "transfer finishing":
        return replace(plan, forced=(("POST attachments", (dice.choice(BEFORE),)),))
    if name in ("GET invoices?list", "PUT invoices/{id}/invalidate", "trail"):
        return replace(plan, climate="undead", forced=(("POST invoices", ("zombie",)),), sweep=True)
    if name == "transfer refused":
        return replace(plan, forced=(("POST invoices", ("refused",)),))
    if name in ("transfer parked", "mark todo"):
        return replace(plan, people=(("edit", 20.0), ("invalidate", 25.0)), forced=(("POST invoices", lost[0]),))
    if name == "mark later":
        return replace(plan, forced=(("PUT invoices/{id}/markpaid", lost[0]),))
    if name == "decision unsure":
        return replace(plan, forced=(("PUT invoices/{id}/approve", lost[0]),))
    if name == "decision refused":
        return replace(plan, forced=(("PUT invoices/{id}/approve", (dice.choice(("refused", "lost_before")),)),))
    if name in ("decision contested", "PUT invoices/{id}/unfinished"):
        return replace(plan, people=(("edit", dice.uniform(0.5, 1.4)),), kind="bill")
    return plan


def _any_kind(dice: random.Random) -> str:
    return dice.choices([kind for kind, _ in DRAWN], [weight for _, weight in DRAWN])[0]


def _climate(dice: random.Random) -> str:
    return dice.choice(("hostile", "unclear", "unclear", "steep", "realistic"))


_STEPS = {"sales": 40, "cost": 60, "bill": 45, "bill two": 90}


def pair(seed: int) -> Plan:
    """Two deaths at any two steps."""
    dice = random.Random(seed)
    kind = _any_kind(dice)
    first = dice.randint(1, _STEPS[kind])
    strikes = (Strike("crash", step=first), Strike("crash", step=first + dice.randint(1, 30)))
    return Plan(kind, seed, _climate(dice), strikes, twice=dice.random() < 0.2)


def sleeper(seed: int) -> Plan:
    """A worker frozen for up to a quarter of an hour while another takes over; sometimes that one dies."""
    dice = random.Random(seed)
    kind = _any_kind(dice)
    step = dice.randint(1, _STEPS[kind])
    strikes = [Strike("pause", step=step, seconds=dice.choice((3.0, 30.0, 200.0, 700.0, 900.0)))]
    if dice.random() < 0.2:
        strikes.append(Strike("crash", step=step + dice.randint(1, 30)))
    return Plan(kind, seed, _climate(dice), tuple(strikes), twice=dice.random() < 0.2)


def restored(seed: int) -> Plan:
    """The database as it was at some step, put back at a later one, or when all was done."""
    dice = random.Random(seed)
    kind = _any_kind(dice)
    saved = dice.randint(1, _STEPS[kind])
    back = saved + dice.randint(1, _STEPS[kind])
    return Plan(kind, seed, _climate(dice), (Strike("backup", step=saved), Strike("restore", step=back)))


def meddled(seed: int) -> Plan:
    """People at work on the same things in Procountor, rights taken away for a while, with or without a death."""
    dice = random.Random(seed)
    kind = _any_kind(dice)
    wanted = ("edit",) if kind.startswith("bill") else PEOPLE
    people = tuple((dice.choice(wanted), dice.choice((0.5, 2.0, 20.0, 60.0, 700.0))) for _ in range(dice.randint(0, 2)))
    sight = None
    if dice.random() < 0.4:
        start = dice.uniform(0.0, 30.0)
        sight = (dice.choice(("blind", "forbidden", "revoked")), start, start + dice.choice((10.0, 100.0, 2000.0)))
    strikes = (Strike("crash", step=dice.randint(1, _STEPS[kind])),) if dice.random() < 0.5 else ()
    climate = dice.choice(("unclear", "steep", "realistic", "undead"))
    return Plan(kind, seed, climate if kind == "sales" else "unclear", strikes, people, sight, sweep=True)


def plain(seed: int) -> Plan:
    """No death: eight faulty writes in a thousand. What is left to a person here is G4."""
    dice = random.Random(seed)
    return Plan(_any_kind(dice), seed, "realistic", sweep=dice.random() < 0.05)


FAMILIES: dict[str, tuple[Callable[[int], Plan], int]] = {
    "deaths at each named point": (single, 80_000),
    "pairs of deaths": (pair, 40_000),
    "frozen workers": (sleeper, 40_000),
    "backups put back": (restored, 20_000),
    "people and rights": (meddled, 20_000),
    "realistic faults": (plain, 20_000),
}
"""What is tried, and how often in the full proof: 180,000 trials with deaths, and 40,000 beside them."""


def plan(family: str, seed: int) -> Plan:
    """One trial of a family."""
    return FAMILIES[family][0](seed)


WHENS = tuple(When)
