"""The messages and forms of the invoices' journeys, and what all journeys share, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import views_facts as facts
from views_drawn import Drawn
from views_facts import AT, FORMS, batch, entry

from finance.authority import Right
from finance.faults import Fault
from finance.selection import parse
from handlers import ready_list
from handlers.chat import Block, Picture
from handlers.views import batches, causes, details, finding, imports, mending, notices, overview, ready, registers
from handlers.views.batch import Batch, Stand
from handlers.views.registers import Register
from handlers.views.tongue import Tongue

HANDLES = mending.Handles(lambda e, c: "fix", lambda e, p: "wake", lambda page: "turn")


def _batch(state: Batch) -> Callable[[Tongue], list[Drawn]]:
    return lambda say: [batches.picture(say, state, lambda purpose: purpose), *details.pages(say, state)]


def _list(state: Batch, done: str = "") -> Callable[[Tongue], list[Drawn]]:
    return lambda say: [mending.faults(say, state, HANDLES, done)]


def _ready(state: Batch, number: int = 0, of: int = 1, done: str = "") -> Callable[[Tongue], list[Drawn]]:
    page = ready.Page(facts.booked(state)[: ready_list.PAGE], number, of, lambda p: "turn", lambda d: "item")
    return lambda say: [ready.draw(say, state, page, done)]


def _booking(field: str) -> Callable[[Tongue], list[Drawn]]:
    return lambda say: [ready.form(say, facts.booked(facts.held())[0], field, "meta")]


def _form(fault: Fault) -> Callable[[Tongue], list[Drawn]]:
    one = entry(5, Stand.FAULTY, faults=(fault,))
    return lambda say: [mending.form(say, one, causes.of_entry(say, one)[0], 2, "meta")]


def _asked(say: Tongue) -> list[Drawn]:
    found = parse("laskut pliis")
    assert isinstance(found, Fault)
    cause = causes.of_fault(say, found)
    return [notices.plain(f"{cause.says} {cause.do}")]


def _overview(say: Tongue) -> list[Drawn]:
    kinds = ("checking", "preview", "sending", "done", "cancelled", "failed")
    rows = [(replace(facts.done(), state=state), AT, "U1ANNA") for state in kinds]
    rows.append((facts.done(), AT, "command line"))
    table = [
        (
            "send invoices",
            "[numbers | 1040-1052 | project:X | all] [dry]",
            say("Check invoices without sending anything"),
        ),
        ("run", "BATCH", say("One batch again: what was sent, what was refused")),
        ("find", "NUMBER", say("Find an invoice by your number or Procountor’s")),
        ("help", "", say("What Kierto can do")),
    ]
    return [
        overview.batches(say, rows),
        overview.batches(say, []),
        overview.help_(say, table),
        overview.help_(say, table, notices.unknown_command(say, "sned invoices", "send invoices")),
        overview.help_(say, table, notices.unknown_command(say, "xyz", "")),
    ]


def _tab(company: str, *sections: list[Block]) -> Picture:
    return Picture(overview.safe(company), tuple(block for section in sections for block in section))


def _home(say: Tongue) -> list[Drawn]:
    rows = [(facts.preview(), AT, "U1ANNA")]
    return [
        _tab(
            "Nordic Advisory Oy", overview.top(say, "Nordic Advisory Oy", "ready"), overview.invoices(say, 1234, rows)
        ),
        _tab("Nordic Advisory Oy", overview.top(say, "Nordic Advisory Oy", "paused"), overview.invoices(say, 0, [])),
        _tab("Nordic Advisory Oy", overview.top(say, "Nordic Advisory Oy", "new"), overview.nothing(say)),
    ]


def _registers(say: Tongue) -> list[Drawn]:
    found = [
        Register("accounts", 1234, ("3000", "3010"), ("3999",)),
        Register("vat", 4, ("25.5",), ("24",)),
        Register("dimensions", 31, tuple(f"Kustannuspaikka: {n}" for n in range(9))),
        Register("products", 80),
    ]
    return [registers.fetched(say, found, AT)]


def _notices(say: Tongue) -> list[Drawn]:
    return [
        notices.refused(say, Right.FINANCE, ["U1ANNA", "U1AINO"]),
        notices.refused(say, Right.ADMIN, []),
        *(notices.refused(say, right, ["U1ANNA"]) for right in Right),
        notices.not_yet(say, AT),
        notices.strangers(say),
        notices.no_company(say),
        notices.gone(say),
        notices.no_batch(say, "77"),
        notices.no_batch(say, ""),
        notices.mishap(say, "7F3A"),
        *(imports.not_fetched(say, code) for code in ("too_large", "external", "gone")),
        details.not_posted(say, "C1FINANCE"),
        *(notices.plain(mending.unfit(say, path, typed)) for path, typed in UNFIT),
    ]


UNFIT = (("lines[0].unit_price", "kaksi"), ("payment.due", "huomenna"), ("language", "latina"), ("number", ""))


def _finding(say: Tongue) -> list[Drawn]:
    return [finding.picture(say, "1042", facts.hits()), finding.picture(say, "1042", [])]


def states() -> dict[str, Callable[[Tongue], list[Drawn]]]:
    """Name → how it is drawn."""
    one = entry(1, Stand.READY)
    going = (entry(1, Stand.SENT, theirs=30101), entry(2, Stand.REFUSED, problems=(facts.PROBLEMS[0],)))
    waits = (*going, entry(3, Stand.WAITING), entry(4, Stand.CHECKING), entry(5, Stand.PARKED, note="invalidated"))
    failed = {why: _batch(batch("failed", problem=why)) for why in ("connection", "nothing_fetched", "too_many", "")}
    return {
        "checking": _batch(batch("checking")),
        "preview": _batch(facts.preview()),
        "preview, dry": _batch(replace(facts.preview(), dry=True)),
        "preview, one": _batch(batch("preview", one)),
        "preview, one faulty": _batch(batch("preview", entry(8, Stand.FAULTY, faults=facts.sums()))),
        "preview, gone elsewhere": _batch(
            batch("preview", entry(8, Stand.SENT, theirs=30140), entry(9, Stand.WAITING))
        ),
        "preview, large": _batch(facts.large(60)),
        "empty": _batch(batch("preview")),
        "empty, others wait": _batch(batch("preview", absent=(("9999", None),), waiting=1)),
        "sending": _batch(batch("sending", *waits)),
        "sending, the last are looked for": _batch(batch("sending", *going, entry(4, Stand.CHECKING))),
        "result": _batch(facts.done()),
        "result, one": _batch(batch("done", entry(1, Stand.SENT, theirs=30101))),
        "result, nothing sent": _batch(facts.nothing_sent()),
        "result, puzzles": _batch(facts.parked()),
        "cancelled": _batch(replace(facts.preview(), state="cancelled")),
        **{f"failed: {why or 'unforeseen'}": draw for why, draw in failed.items()},
        "list": _list(facts.preview()),
        "list, puzzles": _list(facts.parked()),
        "list, large": _list(facts.large(60)),
        "preview, some left out": _batch(facts.held()),
        "preview, all left out": _batch(batch("preview", entry(1, Stand.HELD), entry(2, Stand.HELD))),
        "ready": _ready(facts.held(), 1, 3, "Korjattu."),
        "ready, a check only": _ready(replace(facts.held(), dry=True)),
        "ready, on its way": _ready(batch("sending", replace(going[0], queued=True), entry(3, Stand.HELD))),
        "ready, none": _ready(batch("preview")),
        "ready, large": _ready(facts.large(60), 1, 3),
        "ready: account": _booking(ready.ACCOUNT),
        "ready: cost centre": _booking(ready.COST_CENTRE),
        "list, empty": _list(batch("preview", one), "Korjattu."),
        **{f"form: {fault.code}": _form(fault) for fault in FORMS},
        "announcement": lambda say: [details.announcement(say, facts.done(), "U1ANNA")],
        "announcement, nothing": lambda say: [details.announcement(say, facts.nothing_sent(), "U1ANNA")],
        "import": lambda say: [imports.told(say, facts.imported()), imports.form(say)],
        "finding": _finding,
        "overview": _overview,
        "home": _home,
        "registers": _registers,
        "notices": _notices,
        "not understood": _asked,
    }


def hostile(text: str) -> dict[str, Callable[[Tongue], list[Drawn]]]:
    """The messages in which others' words stand, with ``text`` in their place."""
    bad = [facts.hostile(b, text) for b in (facts.preview(), facts.done(), facts.nothing_sent(), facts.large(30))]
    faulty = batch("preview", *(entry(1, Stand.FAULTY, faults=(fault,)) for fault in FORMS))
    forms = [e.faults[0] for e in facts.hostile(faulty, text).entries]
    hits = [replace(h, state=text if h.elsewhere else h.state) for h in facts.hits()]
    return {
        **{f"batch {i}": _batch(b) for i, b in enumerate(bad)},
        **{f"list {i}": _list(b) for i, b in enumerate(bad)},
        "ready": _ready(facts.hostile(facts.held(), text), 0, 2, ""),
        "ready, form": lambda say: [
            ready.form(say, facts.booked(facts.hostile(facts.held(), text), text)[0], ready.ACCOUNT, "meta"),
            ready.draw(
                say,
                facts.hostile(facts.held(), text),
                ready.Page(facts.booked(facts.held(), text), 0, 1, lambda p: "turn", lambda d: "item"),
            ),
        ],
        **{f"form {i}": _form(f) for i, f in enumerate(forms)},
        "import": lambda say: [imports.told(say, facts.hostile_import(text))],
        "finding": lambda say: [finding.picture(say, text, hits), finding.picture(say, text, [])],
        "home": lambda say: [
            _tab(text, overview.top(say, text, "ready"), overview.invoices(say, 3, [(bad[1], AT, text)]))
        ],
        "announcement": lambda say: [details.announcement(say, bad[1], text)],
        "overview": lambda say: [overview.batches(say, [(b, AT, text) for b in bad])],
        "registers": lambda say: [registers.fetched(say, [Register("dimensions", 3, (text,), (text, text))], AT)],
        "notices": lambda say: [
            notices.refused(say, Right.FINANCE, [text]),
            notices.no_batch(say, text),
            notices.plain(notices.unknown_command(say, text, "")),
        ],
    }
