"""The messages and forms about rights, own keys and a person's own settings, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from views_drawn import Drawn

from finance.authority import Right
from finance.limits import read
from handlers.chat import Picture
from handlers.views import granted, granting, me, own_key, registers, rights_plans, rights_steps, rights_words
from handlers.views.granted import Changed
from handlers.views.granting import Asked, Page, Person
from handlers.views.me import Buttons, Choices, Known
from handlers.views.own_key import Trouble
from handlers.views.registers import Register
from handlers.views.rights_plans import Left, Planned, Remark
from handlers.views.rights_steps import Approver, Rights
from handlers.views.tongue import Tongue

AT = datetime(2026, 11, 26, 7, 40, tzinfo=UTC)
MOST = {"EUR": Decimal("5000.00"), "SEK": None}
ANNA, AINO = "U1ANNA", "U1AINO"
NEW = {Right.APPROVE: MOST, Right.SEE_OWN: {}}
FULL = {right: MOST if right in rights_words.LIMITED else {} for right in Right}
CHANGED = Changed(AINO, ANNA, {Right.FINANCE: {}, Right.APPROVE: {"EUR": Decimal(100)}}, NEW, (Right.SEE_OWN,))
WRONG = ("EUR", "EUR 1.234", "5000", "EUR NaN", "EUR -5", "EUR 1,2345", "EUR 99999999999999", "EUR 1, EUR 2")


def _person(rights: dict[Right, dict[str, Decimal | None]], **more: object) -> Person:
    return replace(Person(AINO, rights, {}), **more)


def _list(say: Tongue) -> list[Drawn]:
    people = [
        Person(ANNA, FULL, {Right.APPROVE: AT, Right.ADMIN: AT, Right.FINANCE: AT + timedelta(days=1)}, "key"),
        _person({Right.APPROVE: {}, Right.PRE_APPROVE: {}}),
        _person({Right.RECEIVE: {}}, known="mapped"),
    ]
    page = Page(people, 1, 3, lambda user: "change", lambda number: "turn", alone=True)
    none = replace(page, people=[], number=0, of=1, alone=False)
    saved = granted.kept(say, CHANGED, {Right.APPROVE: AT})
    return [granting.everybody(say, page, "meta", saved), granting.everybody(say, none, "meta")]


def _form(say: Tongue) -> list[Drawn]:
    fresh = Person(ANNA, FULL, {Right.APPROVE: AT})
    return [
        granting.form(say, Asked(fresh, own=True, stale=True), "meta"),
        granting.form(say, Asked(_person(NEW, fresh={Right.APPROVE: AT}), confirmable=(Right.APPROVE,)), "meta"),
        granting.form(say, Asked(_person({}, trusted=False)), "meta"),
    ]


def _words(*texts: str) -> Picture:
    return Picture(texts[0], tuple(rights_plans.b.paragraphs(list(texts))))


def _refusals(say: Tongue) -> list[Drawn]:
    slips = [rights_words.unfit(say, read(text).unfit) for text in WRONG]
    return [_words(*slips, granted.last_admin(say), granted.not_trusted(say))]


def _told(say: Tongue) -> list[Drawn]:
    gone = replace(CHANGED, new={}, confirmed=())
    return [
        granted.to_person(say, "Nordic Advisory Oy", CHANGED, {Right.APPROVE: AT}),
        granted.to_person(say, "Nordic Advisory Oy", gone, {}),
        granted.to_admin(say, "Nordic Advisory Oy", [CHANGED, gone]),
        granted.alone(say, "Nordic Advisory Oy", ANNA, Right.APPROVE, "Elisa Oyj 1234"),
        _words(granted.kept(say, replace(CHANGED, new=CHANGED.old, confirmed=()), {})),
    ]


def _plan(text: str = "Virtanen") -> Planned:
    remarks = tuple(Remark(why, text, text, row) for row, why in enumerate(Left, start=2))
    return Planned("oikeudet.csv", (CHANGED,) * 2, (*remarks, Remark(Left.UNMAPPED, text)), 3, True, (ANNA,))


def _many(say: Tongue) -> list[Drawn]:
    return [
        rights_plans.offer(say, _plan(), "handle"),
        rights_plans.offer(say, Planned("", (), same=1), "handle"),
        rights_plans.review(say, _plan(), "meta"),
        rights_plans.done(say, [ANNA, AINO], [(ANNA, granted.last_admin(say)), (AINO, rights_plans.overtaken(say))]),
        rights_plans.done(say, [], []),
    ]


def _steps(say: Tongue) -> list[Drawn]:
    approvers = (Approver(ANNA, Right.APPROVE, MOST), Approver(AINO, Right.APPROVE_CLAIMS, {"EUR": Decimal(200)}))
    found = [
        rights_steps.step(say, Rights((ANNA, AINO), (ANNA,), approvers)),
        rights_steps.step(say, Rights((ANNA,), (), ())),
        rights_steps.step(say, Rights((ANNA,), (ANNA,), approvers, alone=True)),
    ]
    return [_words(f"*{s.title}* · {s.mark}", *filter(None, (s.told, s.todo, s.label))) for s in found]


def _key(say: Tongue) -> list[Drawn]:
    return [
        own_key.form(say, "kierto-client", "meta"),
        own_key.asking(say),
        own_key.whose(say, "Aino Aalto", "", "yes", "no"),
        own_key.whose(say, "Aino Aalto", "•••07", "yes", "no"),
        *(_words(own_key.troubled(say, trouble, "Etelä Oy", "Pohja Oy")) for trouble in Trouble),
        _words(own_key.connected(say, "Aino Aalto"), own_key.thrown_away(say)),
        _words(own_key.forgotten(say, True), own_key.forgotten(say, False)),
        own_key.lost(say, "Nordic Advisory Oy"),
        own_key.clash(say, ANNA, AINO, "Aino Aalto"),
    ]


CHOSEN = Choices("", "", "18:00-07:30", "08:30")


def _me(say: Tongue) -> list[Drawn]:
    all_, few = Buttons("o", "", "d", "r"), Buttons("o", "c")
    keyed = Known("•••07", "key", "Aino Aalto", AT)
    waits = rights_words.fresh(say, {Right.APPROVE: AT})
    tabs = [
        me.section(say, CHOSEN, keyed, rights_words.worded(say, FULL), waits, all_),
        me.section(say, Choices("sv", "instant", "", "09:00"), Known("•••07", "said"), "", [], few),
        me.section(say, Choices("en", "off", "", "09:00"), Known(), "", [], Buttons("o")),
    ]
    return [Picture("Kierto", tuple(tab)) for tab in tabs]


def _settings(say: Tongue) -> list[Drawn]:
    names = ("language", "notify", "quiet", "hour")
    whys = (*names, "changing", "half", "same")
    return [
        me.form(say, CHOSEN, "meta"),
        me.saved(say, CHOSEN, "meta"),
        *(me.now(say, CHOSEN, name, "handle") for name in names),
        *(me.changed(say, CHOSEN, name, me.within_quiet(say, CHOSEN.quiet)) for name in names),
        _words(*(me.unfit(say, why, "xyz") for why in whys)),
    ]


def _fetched(say: Tongue) -> list[Drawn]:
    found = [
        Register("periods", 11, ("2026-12-01/2026-12-31",), ("2026-09-01/2026-09-30",)),
        Register("operators", 9, ("003799887766",), ("BAWCFI22", "NDEAFIHH")),
    ]
    return [
        registers.fetched(say, found, AT),
        registers.morning(say, found, ()),
        _words(registers.no_such_part(say, "kaikkea"), registers.lacking(say), registers.people(say)),
    ]


def states() -> dict[str, Callable[[Tongue], list[Drawn]]]:
    """Name → how it is drawn."""
    return {
        "rights: list": _list,
        "rights: form": _form,
        "rights: refusals": _refusals,
        "rights: told": _told,
        "rights: many": _many,
        "rights: step": _steps,
        "own key": _key,
        "me: Home tab": _me,
        "me: settings": _settings,
        "registers: periods and operators": _fetched,
    }


def hostile(text: str) -> dict[str, Callable[[Tongue], list[Drawn]]]:
    """The messages in which others' words stand, with ``text`` in their place."""
    return {
        "told": lambda say: [
            granted.to_person(say, text, replace(CHANGED, by=text), {}),
            granted.to_admin(say, text, [replace(CHANGED, by=text, user=text)]),
            granted.alone(say, text, text, Right.APPROVE, text),
        ],
        "many": lambda say: [
            rights_plans.offer(say, replace(_plan(text), name=text, changes=(), beside=()), "handle"),
            rights_plans.review(say, replace(_plan(text), changes=(), beside=()), "meta"),
        ],
        "own key": lambda say: [
            own_key.form(say, text, "meta"),
            own_key.whose(say, text, text, "yes", "no"),
            *(_words(own_key.troubled(say, trouble, text, text)) for trouble in Trouble),
            _words(own_key.connected(say, text)),
            own_key.lost(say, text),
            own_key.clash(say, text, text, text),
        ],
        "me": lambda say: [
            Picture("x", tuple(me.section(say, CHOSEN, Known("•••07", "key", text, AT), "", [], Buttons("o")))),
            *(me.misread(say, name, text) for name in ("language", "notify", "hour")),
        ],
        "registers": lambda say: [_words(registers.no_such_part(say, text))],
    }
