"""Rights for many at once: what a file or Procountor's circulation would change, kept until an admin says yes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from finance import limits
from finance.authority import Limits, Right
from finance.canonical import content_hash, dump, load
from handlers import giving
from handlers.chat import Chat
from handlers.views.granted import Changed
from handlers.views.rights_plans import Left, Planned, Remark
from handlers.views.rights_words import LIMITED, Given
from intake.rights_table import Entry, RightsFile
from storage import references, rights, staff
from storage.database import Tx

_MEMBER = re.compile(r"[UW][A-Z0-9]{2,19}")


@dataclass(frozen=True, slots=True)
class Held:
    """A right with its limits, as a plan is kept."""

    right: Right
    limits: tuple[tuple[str, Decimal | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One person's rights before and after; ``seen`` is the mark of those he had when the plan was made."""

    user: str
    seen: str
    old: tuple[Held, ...]
    new: tuple[Held, ...]

    @property
    def wish(self) -> Given:
        return given(self.new)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change; see ``Planned`` for the rest."""

    name: str
    lines: tuple[Line, ...] = ()
    remarks: tuple[Remark, ...] = ()
    same: int = 0
    ask: bool = False
    beside: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same plan."""
        return content_hash(self)[:32]

    @property
    def planned(self) -> Planned:
        """The plan as it is shown."""
        changes = tuple(Changed(line.user, "", given(line.old), line.wish) for line in self.lines)
        return Planned(self.name, changes, self.remarks, self.same, self.ask, self.beside)


def given(held: Iterable[Held]) -> Given:
    """Rights and limits as everything else knows them."""
    return {one.right: dict(one.limits) for one in held}


def held(rights_: Given) -> tuple[Held, ...]:
    """The other way round."""
    return tuple(Held(right, tuple(sorted(limits_.items()))) for right, limits_ in sorted(rights_.items()))


def of_file(tx: Tx, company: str, team: str, name: str, file: RightsFile, people: Mapping[str, bool | str]) -> Plan:
    """The plan of a file. ``people`` are the workspace's: member id → trusted, address → member id."""
    remarks = [Remark(Left.CELL, slip.column, slip.found, slip.row) for slip in file.slips]
    wishes: dict[str, Given] = {}
    for entry in file.entries:
        user = _user(tx, company, team, entry.person, people)
        old = {g.right: g.limits for g in rights.holder(tx, company, team, user).grants} if user else {}
        new, remark = _wished(entry, old)
        if not user:
            remark = Remark(Left.NOBODY, entry.person, row=entry.row)
        elif not people.get(user) and any(right not in old for right in new):
            remark = Remark(Left.STRANGER, entry.person, row=entry.row)
        if remark is not None:
            remarks.append(remark)
        else:
            wishes[user] = new
    return made(tx, company, team, name, wishes, sorted(remarks, key=lambda one: one.row))


def made(tx: Tx, company: str, team: str, name: str, wishes: Mapping[str, Given], remarks: Iterable[Remark]) -> Plan:
    """The plan for exactly these rights; those who have them already are counted."""
    lines = []
    for user, new in wishes.items():
        grants = rights.holder(tx, company, team, user).grants
        old = {grant.right: grant.limits for grant in grants}
        if Changed(user, "", old, new).touched:
            lines.append(Line(user, giving.mark(grants), held(old), held(new)))
    return Plan(name, tuple(lines), tuple(remarks), len(wishes) - len(lines))


def _user(tx: Tx, company: str, team: str, person: str, people: Mapping[str, bool | str]) -> str:
    """The Slack user of a member id or an address, his own or one he is known by; "" for nobody."""
    if _MEMBER.fullmatch(person):
        return person if person in people else ""
    address = person.casefold()
    known = [h.user for h in staff.all(tx, company) if h.email.casefold() == address and h.user and h.team == team]
    return str(people.get(address, "")) or (known[0] if len(known) == 1 else "") or ""


def _wished(entry: Entry, old: Given) -> tuple[Given, Remark | None]:
    """What the row asks for: rights it has no column for stay as they are, and so do limits it does not name."""
    new: dict[Right, Limits] = {right: most for right, most in old.items() if entry.given.get(right, True)}
    new |= {right: old.get(right, {}) for right, yes in entry.given.items() if yes}
    for right, text in entry.limits.items():
        typed = limits.read(text)
        if typed.unfit:
            return new, Remark(Left.LIMIT, entry.person, typed.unfit[0].found, entry.row)
        if right not in new:
            return new, Remark(Left.NO_RIGHT, entry.person, row=entry.row)
        new[right] = typed.limits
    bare = any(right in new and not new[right] and right not in old for right in LIMITED)
    return new, Remark(Left.NO_LIMIT, entry.person, row=entry.row) if bare else None


def of_workspace(chat: Chat) -> dict[str, bool | str]:
    """The people ``of_file`` looks somebody up among. An address of several who are trusted is nobody's."""
    everybody = chat.people()
    found: dict[str, bool | str] = {one.user: one.trusted for one in everybody}
    for trusted in (False, True):  # somebody trusted comes before a guest with the same address
        named = [(one.email.casefold(), one.user) for one in everybody if one.email and one.trusted is trusted]
        twice = {address for address, count in Counter(address for address, _ in named).items() if count > 1}
        found |= {address: "" if address in twice else user for address, user in named}
    return found


def asking(plan: Plan, beside: tuple[str, ...] = ()) -> Plan:
    """The plan, noting whether its new approvers need a limit that nobody has said yet."""
    bare = any(not most for line in plan.lines for right, most in line.wish.items() if right in LIMITED)
    return replace(plan, ask=bare, beside=beside)


def with_limits(plan: Plan, most: Limits) -> Plan:
    """The plan with a limit for all who may newly approve and have none yet."""
    lines = tuple(
        replace(line, new=held({r: most if r in LIMITED and not has else has for r, has in line.wish.items()}))
        for line in plan.lines
    )
    return replace(plan, lines=lines, ask=False)


def keep(tx: Tx, company: str, admin: str, plan: Plan) -> str:
    """Keeps the plan for the admin, in the place of an earlier one; gives its id."""
    references.mark(tx, company, f"rights.plan:{admin}", dump(plan))
    return plan.id


def kept(tx: Tx, company: str, admin: str, id: str) -> Plan | None:
    """The plan the admin has before him; None when a newer one has taken its place."""
    told = references.marked(tx, company, f"rights.plan:{admin}")
    plan = load(Plan, told) if told else None
    return plan if plan is not None and plan.id == id else None
