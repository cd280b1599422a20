"""The messages and forms about people, projects, customers and words, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from views_drawn import Drawn

from finance.authority import Right
from finance.faces import Face, Side, Somebody, Why
from finance.faults import Fault
from finance.lists import ListKind
from finance.waiting import Kind, Tally
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views import imports, lists, mapping, notices, people, people_form, people_setup
from handlers.views.imports import Imported
from handlers.views.lists import Brought, Matched, Refused
from handlers.views.mapping import Candidate
from handlers.views.people import Mode, Page, Row
from handlers.views.steps import Step
from handlers.views.tongue import Tongue
from intake.sentences import EXPLANATIONS

Draw = Callable[[Tongue], list[Drawn]]

SLACK = Face(Side.SLACK, "U1ANNA", "Anna Virtanen", "anna@x.fi")
PSA = Face(Side.PSA, "h-101", "Anna Virtanen", "anna@x.fi", number="1001")
PERSON = Face(Side.PERSON, "3001", "Anna Virtanen", number="1001")
USER = Face(Side.USER, "502", "Virtanen Anna")
GONE = replace(PSA, id="h-160", name="Olli Poissa", number="77", there=False)
WHOLE = Somebody((PSA, PERSON, SLACK))
LONE = Somebody((replace(SLACK, id="U1AINO", name="Aino Uusi"),))
WAITING = (
    Row(Kind.PROPOSED, (Somebody((PSA, PERSON)), Somebody((SLACK,))), likeness=100),
    Row(Kind.PROPOSED, (WHOLE, Somebody((USER,))), Why.OTHER_NAME, likeness=92),
    Row(Kind.PROPOSED, (WHOLE, Somebody((USER,))), likeness=100),
    Row(Kind.SLACK, (LONE,), Why.SHARED_EMAIL),
    Row(Kind.PSA, (Somebody((PSA,)),), Why.SHARED_NUMBER),
    Row(Kind.PERSON, (Somebody((PERSON,)),), Why.SEVERAL),
)
MATCHED = (
    Row(None, (WHOLE,), how="email", by="kierto"),
    Row(None, (WHOLE,), how="name", by="T1/U1AINO"),
    Row(None, (WHOLE,), how="hand", by="T1/U1AINO"),
    Row(None, (WHOLE,), how="key", by="T1/U1ANNA"),
)
ASIDE = (Row(None, (Somebody((GONE,)),)), Row(None, (LONE,)))
COUNTS = {Mode.WAITING: 6, Mode.MATCHED: 56, Mode.ASIDE: 2}


def _page(mode: Mode, rows: tuple[Row, ...], number: int = 0, of: int = 1, equal: str = "all") -> Page:
    turn = {p: f"page{p}" for p in range(of) if abs(p - number) == 1}
    return Page(mode, tuple((row, "h") for row in rows), number, of, turn, dict.fromkeys(Mode, "tab"), COUNTS, equal)


FAR = Tally(58, 56, 58)


def _listed(page: Page, tally: Tally = FAR, done: str = "") -> Draw:
    return lambda say: [people.listed(say, page, tally, done)]


def _form(mode: Mode, one: Somebody, why: Why | None = None) -> Draw:
    chosen = {Side.SLACK: ("token", "Anna Virtanen · anna@x.fi")} if mode is Mode.MATCHED else {}
    sides = tuple(side for side in Side if mode is Mode.MATCHED or side not in one.sides)
    return lambda say: [people_form.form(say, one, why, sides, chosen, "meta")]


def _said(say: Tongue, name: str = "Anna Virtanen", other: str = "Aino Laine", by: str = "U1AINO") -> list[Drawn]:
    told = [
        people_form.done(say, name),
        people_form.all_done(say, 1, 0),
        people_form.all_done(say, 4, 2),
        people_form.already(say, name, f"T1/{by}"),
        people_form.already(say, name, "kierto"),
        people_form.already(say, "", ""),
        people_form.gone(say),
        people_form.taken(say, name, other),
        people_form.stranger(say, name),
        people_form.stranger(say, ""),
        people_form.parted(say, name),
        people_form.set_aside(say, name),
        people_form.differ(say, name),
        people_form.brought_back(say, name),
        people_form.looked(say),
    ]
    return [notices.plain(text) for text in told]


def _brought(file: str = "henkilot.csv") -> tuple[Brought, ...]:
    orphans = (("P-1009", "Timo Tuntematon"), ("P-1010", ""))
    return (
        Brought(ListKind.PEOPLE, file, 60, 2, 0, 1),
        Brought(ListKind.PROJECTS, "projekt.xlsx", 0, 1, 11, 2, orphans),
        Brought(ListKind.CUSTOMERS, "customers.csv", 1),
        Brought(ListKind.WORK_TYPES, "tyolajit.csv", 0, 0, 15),
        Brought(ListKind.PAYMENT_TYPES, "maksutavat.csv"),
    )


def _answer(found: Imported) -> Draw:
    return lambda say: [imports.told(say, found, people="handle")]


FAULTS = (
    Fault(
        "intake.list.email", "email", "a(at)x.fi", "nimi@yritys.fi", {"row": 3, "column": "Sähköposti"}, file="p.csv"
    ),
    Fault("intake.list.identity_code", "number", "", "", {"row": 4, "column": "Henkilönumero"}, file="p.csv"),
    Fault("intake.list.product", "product", "XX", "TEST Testaus", {"name": "Testaus"}, file="tyolajit.csv"),
    Fault("intake.list.columns_unknown", "", "Titteli", "", {"count": 1}, file="p.csv", warning=True),
)


def _imports() -> dict[str, Draw]:
    files = ("henkilot.csv", "projekt.xlsx")
    waiting = Matched(58, 56, 2)
    return {
        "lists": _answer(Imported(files, lists=_brought(), matched=waiting)),
        "lists, one project": _answer(Imported(files, lists=(replace(_brought()[1], orphans=(("P-1", "Timo"),)),))),
        "lists, nothing new": _answer(
            Imported(files, lists=(Brought(ListKind.PEOPLE, "p.csv", same=60),), matched=Matched(58, 58))
        ),
        "lists, one": _answer(
            Imported(files, lists=(Brought(ListKind.PEOPLE, "p.csv", 1, 1, 1, 1),), matched=Matched(1, 0, 1))
        ),
        "lists, away": _answer(Imported(files, lists=_brought()[:1], matched=Matched(tried=False))),
        "lists, faults": _answer(Imported(files, lists=_brought()[:1], faults=FAULTS, words=EXPLANATIONS)),
        "lists, refused": _answer(Imported(("p.csv", "l.xml"), refused=_refused())),
    }


def _refused() -> tuple[Refused, ...]:
    return (
        Refused("p.csv", ListKind.PEOPLE, Right.ADMIN, ("U1ANNA",)),
        Refused("l.xml", None, Right.FINANCE),
    )


def _step(draw: Callable[[Tongue], Step]) -> Draw:
    def drawn(say: Tongue) -> list[Drawn]:
        step = draw(say)
        text = "\n".join(part for part in (f"*{step.title}* ({step.mark})", step.told, step.todo) if part)
        blocks = [b.section(text)]
        if step.label:
            blocks.append(b.actions([b.button(step.label, step.action, "handle")]))
        return [Picture(step.title, tuple(blocks))]

    return drawn


def _setup() -> dict[str, Draw]:
    return {
        "step, nobody": _step(lambda say: people_setup.persons(say, Tally(), 0, 0)),
        "step, two wait": _step(lambda say: people_setup.persons(say, Tally(60, 58, 60), 2, 60)),
        "step, one waits": _step(lambda say: people_setup.persons(say, Tally(60, 59, 60), 1, 60)),
        "step, no list": _step(lambda say: people_setup.persons(say, Tally(60, 60, 60), 0, 0)),
        "step, matched": _step(lambda say: people_setup.persons(say, Tally(60, 60, 60), 0, 60)),
        "step, no projects": _step(lambda say: people_setup.projects(say, 0, 0)),
        "step, an orphan": _step(lambda say: people_setup.projects(say, 12, 1)),
        "step, orphans": _step(lambda say: people_setup.projects(say, 12, 3)),
        "step, projects": _step(lambda say: people_setup.projects(say, 1, 0)),
        "step, no payment types": _step(lambda say: people_setup.payment_types(say, 0)),
        "step, payment types": _step(lambda say: people_setup.payment_types(say, 2)),
        "home, people": lambda say: [
            Picture("Kierto", tuple(people_setup.section(say, 2, "h") + people_setup.section(say, 1, "h")))
        ],
        "let go": lambda say: [
            people_setup.lost(say, ["U1ANNA"], "h"),
            people_setup.lost(say, ["U1ANNA", "U1AINO"], "h"),
        ],
        "morning, people": lambda say: [people_setup.morning(say, 1, "h"), people_setup.morning(say, 3, "h")],
    }


def _mapping(say: Tongue, text: str = "Testaus", user: str = "U1ANNA") -> list[Drawn]:
    known = {f"{text} {n}": "TEST" for n in range(42)}
    return [
        mapping.which_user(say),
        mapping.unknown_user(say, user),
        mapping.nobody(say),
        *([mapping.who(say, WHOLE, "hand", "T1/U1AINO"), mapping.who(say, LONE, "", "")] if user == "U1ANNA" else []),
        mapping.candidates(say, user, []),
        mapping.candidates(say, user, [Candidate(Somebody((replace(PSA, name=text), PERSON)), "h")]),
        mapping.usage(say, "/procountor map worktype Konsultointi KONS-K", known),
        mapping.work_type(say, text, "TEST", text),
        mapping.no_product(say, text, text),
        mapping.no_product(say, text, ""),
        mapping.payment_type(say, text, True),
        mapping.payment_type(say, text, False),
        mapping.neither(say, text),
        mapping.operator(say, text, "003721291126"),
        mapping.known_operator(say, text, "003721291126"),
        mapping.odd_operator(say, text),
        mapping.unchanged(say),
    ]


def states() -> dict[str, Draw]:
    """Everything, by a name of its own."""
    return {
        "unmatched": _listed(_page(Mode.WAITING, WAITING, 1, 3)),
        "unmatched, said": _listed(_page(Mode.WAITING, WAITING[3:]), done="*x*"),
        "unmatched, nobody": _listed(_page(Mode.WAITING, ())),
        "unmatched, nothing known": _listed(_page(Mode.WAITING, ()), Tally()),
        "matched": _listed(_page(Mode.MATCHED, MATCHED)),
        "matched, nobody": _listed(_page(Mode.MATCHED, ())),
        "set aside": _listed(_page(Mode.ASIDE, ASIDE)),
        "set aside, nobody": _listed(_page(Mode.ASIDE, ())),
        "who, in Slack": _form(Mode.WAITING, LONE, Why.SHARED_EMAIL),
        "who, a change": _form(Mode.MATCHED, WHOLE),
        "people, said": _said,
        "mapping": _mapping,
        **_imports(),
        **_setup(),
    }


def hostile(text: str) -> dict[str, Draw]:
    """Those in which names and words of others stand."""
    faces = tuple(replace(face, name=text, email=text, number=text) for face in (PSA, PERSON, replace(SLACK, id=text)))
    one = Somebody(faces)
    parts = (one, Somebody((replace(USER, name=text),)))
    rows = tuple(replace(row, parts=parts, by=text) for row in (*WAITING, *MATCHED))
    brought = tuple(replace(one, orphans=((text, text),)) for one in _brought(text))
    refused = tuple(replace(one, file=text, able=(text,)) for one in _refused())
    return {
        "list": _listed(_page(Mode.WAITING, rows)),
        "form": _form(Mode.MATCHED, one),
        "said": lambda say: _said(say, text, text, text),
        "mapping": lambda say: _mapping(say, text, text),
        "lists": _answer(Imported((text,), lists=brought, refused=refused)),
        "lines": lambda say: [Picture("x", tuple(lists.told(say, brought, Matched(2, 1, 1), "h")))],
        "who": lambda say: [mapping.who(say, one, "hand", text)],
        "let go": lambda say: [people_setup.lost(say, [text], "h")],
    }
