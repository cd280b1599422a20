"""Looks at Slack's and Procountor's people anew and joins who certainly is one; who is no longer trusted is let go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from finance.authority import Right
from finance.faces import Face, Side, Somebody
from finance.lists import ListKind
from finance.names import likeness
from finance.people import Person
from finance.people import plain as bare
from finance.proposing import LEAST
from finance.waiting import tally, waiting
from handlers.chat import Chat, ChatTrouble, Profile
from handlers.desk import Desk
from handlers.faces import BROUGHT, SEEN, Brought, crowd
from handlers.keeping import Word, keep
from procountor import persons, users
from procountor.errors import Forbidden
from procountor.persons import Person as Claimant
from procountor.users import User
from storage import audit, companies, registers, rights, staff
from storage.database import Tx
from storage.staff import Human

KIERTO = "kierto"
UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})  # Slack's words for nobody
_BOOKS = frozenset({Side.PERSON, Side.USER})
SLACKBOT = "USLACKBOT"  # Slack's own, which Slack does not call a bot


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a look brought. ``all`` are the company's people, ``matched`` those of them who are known in Slack.

    ``new`` were matched now, ``lost`` are the Slack users who were let go, ``waiting`` need a human being's word.
    """

    all: int = 0
    matched: int = 0
    new: int = 0
    waiting: int = 0
    lost: tuple[str, ...] = ()


def renew(desk: Desk, company: str) -> Renewed:
    """Fetches Procountor's persons and users and Slack's people, and joins them.

    Raises ProcountorError and ChatTrouble; then nothing was joined, and what was fetched is kept.
    """
    fetch(desk, company)
    return join(desk, company)


def fetch(desk: Desk, company: str) -> None:
    """Keeps Procountor's persons and users as they are. Raises ProcountorError.

    Persons are left as they were where the key may not see them. An address costs a request of its own, so it is only
    read of those who are not matched yet.
    """
    api = desk.books(company)
    found: tuple[Claimant, ...] | None
    try:
        found = persons.all(api, inactive=True)
    except Forbidden:
        found = None
    known = users.known(api)
    with desk.store.read() as tx:
        before = registers.all(tx, company, SEEN[Side.PERSON], Face)
        wanted = _without_address(tx, company, found or ())
    emails = {id: persons.email(api, id) for id in wanted}
    with desk.store.write() as tx:
        if found is not None:
            people = {str(p.id): _claimant(p, before.get(str(p.id)), emails) for p in found}
            registers.keep(tx, company, SEEN[Side.PERSON], people, desk.clock(), whole=True)
        told = {str(user.id): _user(user) for user in known}
        registers.keep(tx, company, SEEN[Side.USER], told, desk.clock(), whole=True)


def _without_address(tx: Tx, company: str, found: Iterable[Claimant]) -> list[int]:
    """Those in use whom neither a Slack user nor the PSA's number leads to."""
    matched = {human.person_id for human in staff.all(tx, company) if human.user}
    listed = registers.all(tx, company, ListKind.PEOPLE, Person).values()
    numbered = {bare(p.personal_id): p for p in listed if p.personal_id and p.email}
    return [
        p.id
        for p in found
        if p.active
        and p.id not in matched
        and not ((psa := numbered.get(bare(p.number))) and likeness(psa.name, p.name) >= LEAST)
    ]


def _claimant(p: Claimant, before: Face | None, emails: Mapping[int, str]) -> Face:
    email = emails.get(p.id, before.email if before else "")
    return Face(Side.PERSON, str(p.id), p.name, email, p.number, there=p.active)


def _user(user: User) -> Face:
    name = f"{user.first_name} {user.last_name}".strip()
    return Face(Side.USER, str(user.id), name, user.email, person=str(user.person_id or ""))


def join(desk: Desk, company: str) -> Renewed:
    """Looks at Slack's people and joins what is certain with what is kept. Raises ChatTrouble.

    A Slack user who has become a guest, was deactivated or has left the workspace is let go.
    """
    with desk.store.read() as tx:
        team = companies.team_of(tx, company)
        known = [human for human in staff.all(tx, company) if human.user and human.team == team]
    people = {p.user: p for p in desk.chats(team).people() if p.user != SLACKBOT} if team else {}
    gone = [human for human in known if not _trusted(desk.chats(human.team or ""), people, human.user or "")]
    with desk.store.write() as tx:
        staff.hold(tx, company)
        if team:
            faces = {p.user: face_of(p) for p in people.values() if p.trusted}
            registers.keep(tx, company, SEEN[Side.SLACK], faces, desk.clock(), whole=True)
        lost = tuple(human.user or "" for human in gone if _let_go(desk, tx, human))
        if lost:
            _tell_admins(desk, tx, company, team or "", lost)
        return replace(_join(desk, tx, company, team or ""), lost=lost)


def face_of(profile: Profile) -> Face:
    return Face(Side.SLACK, profile.user, profile.name, profile.email)


def _trusted(chat: Chat, people: Mapping[str, Profile], user: str) -> bool:
    """Of somebody missing in the list Slack is asked again before he is let go."""
    if user in people:
        return people[user].trusted
    try:
        return chat.profile(user, fresh=True).trusted
    except ChatTrouble as trouble:
        if trouble.code in UNKNOWN:
            return False
        raise


def _let_go(desk: Desk, tx: Tx, human: Human) -> bool:
    """Unless somebody has changed it meanwhile."""
    now = staff.get(tx, human.company, human.id)
    if now is None or now.user != human.user:
        return False
    staff.change(tx, human.company, human.id, team=None, user=None, matched="", matched_by="", matched_at=None)
    audit.note(tx, human.company, KIERTO, "person.let_go", f"staff:{human.id}", desk.clock(), slack=human.user)
    return True


def _tell_admins(desk: Desk, tx: Tx, company: str, team: str, lost: tuple[str, ...]) -> None:
    """Asked for together with letting them go, so that nobody is let go in silence."""
    for admin in rights.with_right(tx, company, Right.ADMIN):
        key = f"{desk.clock():%Y%m%d%H%M%S%f}:{admin}"
        desk.work.soon(tx, "tell", "people.let_go", key, company, [company, team, admin, ",".join(lost)])


def _join(desk: Desk, tx: Tx, company: str, team: str) -> Renewed:
    found = crowd(tx, company)
    brought = registers.all(tx, company, BROUGHT, Brought)
    new = 0
    for one in found.matching.people:
        known = any(key in found.owner for key in one.keys)
        if not known and not (one.there and one.sides & {Side.PSA, Side.PERSON}):
            continue
        word = Word(staff.EMAIL, _by(one, team, brought), desk.clock())
        kept = keep(tx, company, team, one, found.humans, found.owner, word)
        slack = one.face(Side.SLACK)
        if slack and one.links and kept.new:
            new += Side.SLACK in kept.new
            details = {"slack": slack.id, "by": word.how, "sides": sorted(kept.new)}
            audit.note(tx, company, word.by, "person.matched", f"staff:{kept.id}", desk.clock(), **details)
    counts = tally(found.matching)
    left = waiting(found.matching, staff.elsewhere(tx, company, team))
    return Renewed(counts.all, counts.slack, new, len(left))


def _by(one: Somebody, team: str, brought: Mapping[str, Brought]) -> str:
    """By whose word it is: who himself has brought the list that makes it so has said it himself, unless Procountor's
    own address of him proves it."""
    slack, psa = one.face(Side.SLACK), one.face(Side.PSA)
    if slack is None or psa is None or psa.id not in brought:
        return KIERTO
    own = f"{team}/{slack.id}"
    pairs = [{link.one, link.other} for link in one.links]
    proven = any(slack.key in pair and pair & {key for key in one.keys if key[0] in _BOOKS} for pair in pairs)
    return own if brought[psa.id].by == own and any(psa.key in pair for pair in pairs) and not proven else KIERTO
