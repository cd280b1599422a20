"""`/procountor map person @user …`: a Slack user matched by typing, with a number, an address or a name."""

from __future__ import annotations

import re

from finance.authority import Right
from finance.faces import Face, Side, Somebody
from finance.names import likeness
from finance.people import address, plain
from finance.proposing import LEAST
from handlers import people_list, uniting
from handlers.chat import Picture
from handlers.desk import Here
from handlers.faces import Crowd, crowd
from handlers.people_list import Spot
from handlers.routing import Router
from handlers.views import mapping, people_form
from handlers.views.mapping import Candidate
from storage import handles

on = Router()

MOST = 5  # candidates offered
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@on.command("map person", right=Right.ADMIN, usage="@USER [NUMBER | NAME]", help="Say who a Slack user is")
def map_person(here: Here) -> None:
    """Without more than the user: who that is now. A number is never repeated in the answer."""
    found = _USER.search(here.said.text)
    if found is None:
        return here.whisper(mapping.which_user(here.say))
    user, rest = found[1], _USER.sub(" ", here.said.text).strip().strip('"').strip()
    with here.desk.store.read() as tx:
        known = crowd(tx, here.company.id)
    return here.whisper(_mapped(here, known, user, rest) if rest else _shown(here, known, user))


def _mapped(here: Here, known: Crowd, user: str, rest: str) -> Picture:
    meant = _meant(known, rest)
    if not meant:
        return mapping.nobody(here.say)
    sure = len(meant) == 1 and _exact(meant[0], rest)
    if not sure:
        return mapping.candidates(here.say, user, _offered(here, user, meant[:MOST]))
    outcome = uniting.unite(here, ((Side.SLACK, user), meant[0].faces[0].key))
    return mapping.said(people_list.told(here, outcome, people_form.done))


def _shown(here: Here, known: Crowd, user: str) -> Picture:
    """Who the user is; where nobody is known, who he may be."""
    one = next((one for one in known.matching.people if (Side.SLACK, user) in one.keys), None)
    if one is None:
        return mapping.unknown_user(here.say, user)
    if len(one.sides) > 1:
        human = known.humans.get(people_list.kept(known, one.keys) or 0)
        return mapping.who(here.say, one, human.matched if human else "", human.matched_by if human else "")
    likely = sorted(_others(known), key=lambda other: -likeness(one.name, other.name))
    alike = [other for other in likely if likeness(one.name, other.name) >= LEAST][:MOST]
    return mapping.candidates(here.say, user, _offered(here, user, alike))


def _offered(here: Here, user: str, people: list[Somebody]) -> list[Candidate]:
    spots = [Spot(keys=((Side.SLACK, user), one.faces[0].key)) for one in people]
    with here.desk.store.write() as tx:
        tokens = [
            handles.issue(tx, here.company.id, here.said.team, "people.entry", spot.subject, here.desk.clock())
            for spot in spots
        ]
    return [Candidate(one, token) for one, token in zip(people, tokens, strict=True)]


def _others(known: Crowd) -> list[Somebody]:
    return [one for one in known.matching.people if one.sides & {Side.PSA, Side.PERSON} and Side.SLACK not in one.sides]


def _meant(known: Crowd, text: str) -> list[Somebody]:
    """Whom a number, an address or a whole name means; else those whose names are like it, the likest first."""
    those = [one for one in known.matching.people if one.sides & {Side.PSA, Side.PERSON}]
    exact = [one for one in those if _exact(one, text)]
    if exact:
        return exact
    scored = [(max(likeness(text, face.name) for face in one.faces), one) for one in those if one.there]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score >= LEAST]


def _exact(one: Somebody, text: str) -> bool:
    return any(_is(face, text) for face in one.faces if face.side in (Side.PSA, Side.PERSON))


def _is(face: Face, text: str) -> bool:
    numbers = {plain(face.number), face.id if face.side is Side.PSA else ""} - {""}
    return (
        plain(text) in numbers
        or bool(face.email and address(face.email) == address(text))
        or (bool(face.name) and plain(face.name) == plain(text))
    )
