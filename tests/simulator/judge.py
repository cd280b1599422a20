"""What came of a trial, by what stands in Procountor: done twice, lost, left to a person, or as it was wanted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from finance.decision import marked
from finance.transfer import State
from storage import claim_money, decisions, transfers
from tests.simulator.books import SOMEBODY, US
from tests.simulator.world import HORIZON, World


@dataclass(slots=True)
class Verdict:
    """``twice``: drafts, files, payments or signatures of our own that stand twice in the end. ``lost``: neither done
    nor refused nor left to a person, or told to be what it is not. ``person``: left to a person. ``extra``: second
    drafts that were there for a while. ``again``: presses that came to nothing, as the presser was told.
    """

    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    person: list[str] = field(default_factory=list)
    extra: int = 0
    again: int = 0
    end: str = ""

    @property
    def broken(self) -> bool:
        return bool(self.twice or self.lost)


def judge(world: World) -> Verdict:
    """The verdict; whatever broke on the way counts as lost."""
    found = Verdict(lost=list(world.broken))
    if world.now >= HORIZON:
        found.lost.append("never came to an end")
    if world.plan.kind.startswith("bill"):
        _bill(world, found)
    else:
        _document(world, found)
    return found


def _document(world: World, found: Verdict) -> None:
    with world.store.read() as tx:
        t = transfers.of(tx, world.scene.company, world.scene.document)
    if t is None:
        found.lost.append("nobody knows of it")
        return
    found.end = t.state.value
    live = world.books.made(t.marker)
    every = world.books.made(t.marker, alive=False)
    cancelled = [c.id for c in world.books.changes("invalidate", every)]
    by_person = {c.id for c in world.books.changes("invalidate", every) if c.by == SOMEBODY}
    found.extra = sum(c.by == US for c in world.books.changes("invalidate", every))
    told = world.alarms and _touched(world, live)
    undead = (
        world.plan.climate == "undead" and t.state is State.PARKED
    )  # "check again" takes one and cancels the others
    if len(live) > 1 and (told or undead):
        found.person.append("stands twice, and a person knows of it")
    elif len(live) > 1:
        found.twice.append(f"{len(live)} drafts")
    for id in live if world.plan.climate != "undead" else ():  # no sweep takes a file away that outlived its time
        names = Counter(file["name"] for file in world.books.docs[id]["attachments"])
        found.twice += [f"file {name} {count} times" for name, count in names.items() if count > 1]
    if t.state is State.DONE and not live and not by_person:
        found.lost.append("done, and not there")
    if t.state is State.DONE and live and t.remote_id not in live and not by_person:
        found.lost.append("done, and known by another id")
    if t.state is State.DONE and t.remote_id in live and not _whole(world, t.remote_id):
        found.lost.append("done, and not whole")
    if t.state is State.REFUSED and t.remote_id is None and live:
        found.lost.append("refused, and there")
    if t.state is State.PARKED:
        found.person.append(t.note)
    if t.state not in (State.DONE, State.REFUSED, State.PARKED):
        found.lost.append(f"still {t.state.value}")
    if [c for c in world.books.changes("invalidate") if c.by == US and c.id not in cancelled]:
        found.lost.append("cancelled what was not ours")
    if world.plan.kind == "cost":
        _marks(world, found)


def _touched(world: World, ids: list[int]) -> bool:
    return any(c.id in ids and c.by == SOMEBODY for c in world.books.ledger)


def _whole(world: World, id: int) -> bool:
    """Files and accounts are there, unless a person has worked on the draft."""
    return bool(_touched(world, [id]) or world.plan.kind == "cost" or world.books.docs[id]["attachments"])


def _marks(world: World, found: Verdict) -> None:
    """Each day of payment once."""
    with world.store.read() as tx:
        marks = claim_money.marks(tx, world.scene.company)
    for id, events in world.books.payments.items():
        days = Counter(event["paymentDate"] for event in events)
        found.twice += [f"{day} paid {count} times ({id})" for day, count in days.items() if count > 1]
    for m in marks:
        there = [e for e in world.books.payments.get(m.remote_id, []) if e["paymentDate"] == m.paid_on.isoformat()]
        if m.state == claim_money.DONE and not there:
            found.lost.append(f"{m.paid_on} done, and not paid")
        if m.state == claim_money.TODO:
            found.person.append(m.why)
        if m.state in (claim_money.NEW, claim_money.MARKING):
            found.lost.append(f"{m.paid_on} still {m.state}")
    if found.end == State.DONE.value and not marks:
        found.lost.append("days of payment forgotten")


def _bill(world: World, found: Verdict) -> None:
    with world.store.read() as tx:
        made = decisions.of_bill(tx, world.scene.company, world.scene.bill)
    events = world.books.history[world.scene.bill]
    signed: Counter[tuple[int, str]] = Counter()
    marks: Counter[int | None] = Counter()
    effects: Counter[tuple[int | None, str]] = Counter()
    round_ = 0
    for event in events:
        round_ += event["action"] == "UNFINISHED"
        if event["action"] == "APPROVAL":
            who = event["details"].split(" /")[0].lstrip("“")
            signed[round_, who] += 1
            marks[marked(event["details"])] += 1
            effects[marked(event["details"]), who] += 1
    found.twice += [f"{who} signed {count} times" for (_, who), count in signed.items() if count > 1]
    found.twice += [f"decision {d} took effect {count} times" for (d, _), count in effects.items() if d and count > 1]
    found.again = world.told_no
    found.end = ",".join(d.state for d in made)
    for d in made:
        if d.state not in decisions.OVER:
            found.lost.append(f"decision still {d.state}")
        if d.state == decisions.DONE and not effects[d.id, d.user.title()]:
            found.lost.append("done, and nobody signed")
        if d.state == decisions.REFUSED and marks[d.id] and not world.forgot:
            found.lost.append(f"told to have come to nothing ({d.problem}), and it took effect")
        if d.state == decisions.CONTESTED and d.problem != "undone":
            found.person.append("not taken back")
    found.lost += _unseen(world, made)


def _unseen(world: World, made: tuple[decisions.Decision, ...]) -> list[str]:
    """Approved with another content than was shown, or by somebody without the right, and nobody was told."""
    contested = {d.id for d in made if d.state == decisions.CONTESTED}
    shown = {d.id: d.print for d in made}
    found = []
    for change in world.books.changes("approve", [world.scene.bill]):
        id = marked(change.told)
        print, account = world.prints.get((change.at, change.told), ("", True))
        if id in contested or world.forgot:
            continue
        if not account or (id in shown and print and print != shown[id]):
            found.append("approved what was not shown")
        if world.withdrawn is not None and change.at > world.withdrawn and "Uanna" in change.told:
            found.append("approved by somebody without the right")
    return found
