"""What a human being says about who is who: joined, parted, or none of the company's people; each with his name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finance.faces import Face, Key, Side, Somebody
from handlers.apart import Outcome, Said, forget_apart, note_apart, slack_of
from handlers.chat import ChatTrouble
from handlers.desk import Here
from handlers.faces import SEEN, Crowd, columns_of, crowd, keys_of
from handlers.keeping import Word, keep
from handlers.matching import UNKNOWN, face_of
from storage import audit, registers, staff
from storage.database import Tx
from storage.staff import Human


def unite(here: Here, keys: Iterable[Key], how: str = staff.HAND) -> Outcome:
    """Says that all of these are one human being. Decided anew inside the transaction: two at once do no harm."""
    wanted = tuple(dict.fromkeys(keys))
    face = _slack_face(here, dict(wanted).get(Side.SLACK, ""))
    if isinstance(face, Outcome):
        return face
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        staff.hold(tx, company)
        _see(here, tx, face)
        return _unite(here, tx, crowd(tx, company), wanted, how)


def _slack_face(here: Here, user: str) -> Face | Outcome | None:
    """A Slack user as Slack itself tells him now, before any transaction; the outcome when he may not be mapped."""
    if not user:
        return None
    try:
        profile = here.chat.profile(user, fresh=True)
    except ChatTrouble as trouble:
        if trouble.code in UNKNOWN:
            return Outcome(Said.STRANGER)
        raise
    return face_of(profile) if profile.trusted else Outcome(Said.STRANGER, profile.name)


def _see(here: Here, tx: Tx, face: Face | None) -> None:
    if face is not None:
        registers.keep(tx, here.company.id, SEEN[Side.SLACK], {face.id: face}, here.desk.clock())


def _unite(here: Here, tx: Tx, found: Crowd, wanted: tuple[Key, ...], how: str) -> Outcome:
    desk, company = here.desk, here.company.id
    by_key = {key: one for one in found.matching.people for key in one.keys}
    if any(key not in by_key for key in wanted) or len(wanted) < 2:
        return Outcome(Said.GONE)
    parts = tuple(dict.fromkeys(by_key[key] for key in wanted))
    if len(parts) == 1 and (id := found.owner.get(wanted[0])) and set(wanted) <= set(keys_of(found.humans[id])):
        return Outcome(Said.ALREADY, parts[0].name, found.humans[id].matched_by)
    taken: dict[Side, Somebody] = {}
    for part in parts:
        if twice := part.sides & taken.keys():
            first = taken[min(twice)]
            return Outcome(Said.TAKEN, part.name, first.name)
        taken |= dict.fromkeys(part.sides, part)
    faces = sorted((face for part in parts for face in part.faces), key=lambda face: face.place)
    whole = Somebody(tuple(faces))
    forget_apart(tx, company, whole)
    word = Word(how, here.who, desk.clock())
    kept = keep(tx, company, here.said.team, whole, found.humans, found.owner, word)
    details = {"how": how, "sides": sorted(whole.sides), "slack": slack_of(whole)}
    audit.note(tx, company, here.who, "person.mapped", f"staff:{kept.id}", desk.clock(), **details)
    return Outcome(Said.DONE, whole.name)


def part(here: Here, id: int, side: Side) -> Outcome:
    """Says that a human's face of one side is somebody else's. It is not joined to him again by itself."""
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        staff.hold(tx, company)
        human = staff.get(tx, company, id)
        if human is None or side not in dict(keys_of(human)):
            return Outcome(Said.ALREADY, human.name if human else "")
        _part(here, tx, human, side)
        return Outcome(Said.DONE, human.name)


def _part(here: Here, tx: Tx, human: Human, side: Side) -> None:
    desk, company, keys = here.desk, here.company.id, dict(keys_of(human))
    others = [(other, key) for other, key in keys.items() if other is not side]
    note_apart(here, tx, [frozenset(((side, keys[side]), other)) for other in others])
    staff.change(tx, company, human.id, **columns_of({side: None}, human.team or ""), **_reworded(here, human, side))
    details = {"side": side.value, "slack": human.user or ""}
    audit.note(tx, company, here.who, "person.parted", f"staff:{human.id}", desk.clock(), **details)


def change(here: Here, id: int, wanted: Mapping[Side, str]) -> Outcome:
    """Says anew who a human is: each side named is exchanged or, where empty, taken away. All of it or nothing."""
    face = _slack_face(here, wanted.get(Side.SLACK, ""))
    if isinstance(face, Outcome):
        return face
    desk, company = here.desk, here.company.id
    try:
        with desk.store.write() as tx:
            staff.hold(tx, company)
            _see(here, tx, face)
            human = staff.get(tx, company, id)
            if human is None:
                return Outcome(Said.GONE)
            before = dict(keys_of(human))
            for side in [side for side, id in wanted.items() if side in before and before[side] != id]:
                _part(here, tx, staff.get(tx, company, human.id) or human, side)
            new = [(side, id) for side, id in wanted.items() if id and before.get(side) != id]
            kept = [key for key in before.items() if key[0] not in wanted or wanted[key[0]] == key[1]]
            outcome = _unite(here, tx, crowd(tx, company), (*kept, *new), staff.HAND) if new else None
            if outcome is not None and outcome.said is not Said.DONE:
                raise _Undone(outcome)
    except _Undone as undone:
        return undone.outcome
    return outcome or Outcome(Said.DONE, human.name)


class _Undone(Exception):
    """Rolls back what was begun."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.said)
        self.outcome = outcome


def _reworded(here: Here, human: Human, side: Side) -> dict[str, object]:
    """Whose word the rest of it is now: who changes anything of a match has said what is left of it."""
    if side is Side.SLACK:
        return {"matched": "", "matched_by": "", "matched_at": None}
    if human.user is None:
        return {}
    return {"matched": staff.HAND, "matched_by": here.who, "matched_at": here.desk.clock()}
