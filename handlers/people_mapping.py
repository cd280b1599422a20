"""The form that says who somebody is: a search in each of the systems in which he is not known yet, or wrongly."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace

from finance.authority import Right
from finance.faces import Side, Somebody
from handlers import people_list, uniting
from handlers.apart import Outcome, Said
from handlers.buttons import in_use, subject_of
from handlers.chat import Answer, Modal
from handlers.desk import Here
from handlers.faces import Crowd, crowd, key_of, text_of
from handlers.people_list import Spot
from handlers.routing import Router
from handlers.views import notices, people_form
from handlers.views.people import Mode
from storage import handles

on = Router()

OFFERED = 25  # in a searching select: each carries a handle of its own
SHOWN = (Side.SLACK, Side.PSA, Side.PERSON, Side.USER)


@on.click("people.map", right=Right.ADMIN, now=True)
def open_form(here: Here) -> None:
    """Turns the list into the form."""
    spot = in_use(people_list.spot(here, here.said.value, "people.entry"))
    here.chat.refresh(here.said.view, _form(here, spot))


@on.click("people.back", right=Right.ADMIN, now=True)
def back(here: Here) -> None:
    """Back to the list, nothing changed."""
    spot = in_use(people_list.spot(here, here.said.meta, "people.map"))
    here.chat.refresh(here.said.view, people_list.drawn(here, spot))


def _form(here: Here, spot: Spot) -> Modal:
    """What is known already is asked only to be changed; of those who look like one the Slack user is meant."""
    desk, company, team = here.desk, here.company.id, here.said.team
    chosen: dict[Side, tuple[str, str]] = {}
    with desk.store.write() as tx:
        found = crowd(tx, company)
        one = _meant(found, spot)
        if one is not None:
            spot = replace(spot, keys=tuple(face.key for face in one.faces))
            if spot.mode is Mode.MATCHED:
                for face in one.faces:
                    token = handles.issue(tx, company, team, "people.face", text_of(face.key), desk.clock())
                    chosen[face.side] = token, people_form.option(here.say, face)
        meta = handles.issue(tx, company, team, "people.map", spot.subject, desk.clock())
    if one is None:
        return people_list.drawn(here, spot, people_form.gone(here.say))
    why = next((c.why for c in found.matching.conflicts if one.keys & {face.key for face in c.faces}), None)
    return people_form.form(here.say, one, why, _asked(spot, one), chosen, meta)


def _meant(found: Crowd, spot: Spot) -> Somebody | None:
    parts = [one for one in found.matching.people if one.keys & set(spot.keys)]
    return next((one for one in parts if Side.SLACK in one.sides), parts[0] if parts else None)


def _asked(spot: Spot, one: Somebody) -> tuple[Side, ...]:
    return tuple(side for side in SHOWN if spot.mode is Mode.MATCHED or side not in one.sides)


@on.options("people.slack", right=Right.ADMIN)
def in_slack(here: Here) -> Answer:
    return _offered(here, Side.SLACK)


@on.options("people.psa", right=Right.ADMIN)
def in_psa(here: Here) -> Answer:
    return _offered(here, Side.PSA)


@on.options("people.person", right=Right.ADMIN)
def persons(here: Here) -> Answer:
    return _offered(here, Side.PERSON)


@on.options("people.user", right=Right.ADMIN)
def users(here: Here) -> Answer:
    return _offered(here, Side.USER)


def _offered(here: Here, side: Side) -> Answer:
    """Who may be chosen as one types, the likest first. What a choice carries is a handle, never a number."""
    spot = people_list.spot(here, here.said.meta, "people.map")
    if spot is None:
        return Answer()
    desk, company, team = here.desk, here.company.id, here.said.team
    with desk.store.write() as tx:
        found = crowd(tx, company)
        one = _meant(found, spot)
        faces = people_list.offered(found, side, one.name if one else "", here.said.text)[:OFFERED]
        tokens = [handles.issue(tx, company, team, "people.face", text_of(f.key), desk.clock()) for f in faces]
    labels = [people_form.option(here.say, face) for face in faces]
    return Answer(options=tuple(zip(tokens, labels, strict=True)))


@on.form("people.map", right=Right.ADMIN)
def keep(here: Here) -> Answer:
    """Joins what was chosen, or says at the field why it cannot be."""
    spot = people_list.spot(here, here.said.meta, "people.map")
    if spot is None:
        return Answer(update=notices.list_again(here.say, "people.list"))
    wanted = _chosen(here)
    if not wanted:
        return Answer(errors={_first(here, spot): here.say("Choose somebody in one of these.")})
    outcome = _said(here, spot, wanted)
    told = people_list.told(here, outcome, people_form.done)
    if outcome.said in (Said.TAKEN, Said.STRANGER):
        return Answer(errors={next(iter(wanted)).value: html.unescape(told)})  # a field's error is plain text
    return Answer(update=people_list.drawn(here, spot, told))


def _said(here: Here, spot: Spot, wanted: Mapping[Side, str]) -> Outcome:
    with here.desk.store.read() as tx:
        id = people_list.kept(crowd(tx, here.company.id), spot.keys)
    if spot.mode is Mode.MATCHED and id is not None:
        return uniting.change(here, id, wanted)
    return uniting.unite(here, (*spot.keys, *wanted.items()))


def _chosen(here: Here) -> dict[Side, str]:
    found: dict[Side, str] = {}
    for side in SHOWN:
        token = here.said.values.get(f"people.{side.value}", "")
        subject = subject_of(here, token, "people.face") if token else None
        if subject is not None and key_of(subject)[0] is side:
            found[side] = key_of(subject)[1]
    return found


def _first(here: Here, spot: Spot) -> str:
    """The first field of the form."""
    with here.desk.store.read() as tx:
        one = _meant(crowd(tx, here.company.id), spot)
    asked = _asked(spot, one) if one else ()
    return (asked[0] if asked else Side.SLACK).value
