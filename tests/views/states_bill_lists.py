"""Lists of bills, bills signed together, the trail and the Home tab's section, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from states_bills import AIM, BILL, DOUBTS, ROW
from views_drawn import Drawn
from views_facts import AT

from finance.bill import Bill
from finance.circulation import Act
from finance.trail import Heard, Noted, Ours, joined
from handlers.chat import Picture
from handlers.views import bill as cards
from handlers.views import bill_home, bill_page, finding, pile_form, pile_message, trail
from handlers.views.bill_lines import Line, Sum
from handlers.views.bill_page import Chosen, Page
from handlers.views.notices import plain
from handlers.views.pile import Facts, Piled, Question, Stand
from handlers.views.tongue import Tongue
from handlers.views.trail import Copy, Trail

Draw = Callable[[Tongue], list[Drawn]]
EUR = Sum(7, (("EUR", Decimal("18240.00")),))
BOTH = Sum(3, (("EUR", Decimal("311.00")), ("SEK", Decimal("1200.50"))))
LINE = Line(
    "Alihankkija Silta Oy", Decimal("1240.00"), "EUR", date(2026, 11, 16), 3, "L-50117", 30117, "P-1001",
    desks=("U1ANNA",), handle="open", tick="tick", waits=True,
)  # fmt: skip
LATE = replace(LINE, days=-2, doubtful=True, desks=("U1ANNA", "U1AINO"))
BARE = replace(LINE, due=None, days=None, original_number="", number=None, project="", desks=(), waits=False, tick="")


def _apart(*lines: Line) -> tuple[Line, ...]:
    """Each with a handle of its own, as they are."""
    return tuple(replace(line, handle=f"open{n}") for n, line in enumerate(lines))


def _page(**said: Any) -> Page:
    base = Page("mine", (LATE, LINE, BARE), EUR, BOTH, 0, 1, True, all=True, signs=True, meta="meta")
    return replace(base, **said)


def _list(**said: Any) -> Draw:
    return lambda say: [bill_page.draw(say, _page(**said))]


def _none(say: Tongue) -> list[Drawn]:
    words = ("mine", "waiting", "overdue", "all", "project:P-1001", "for:U1AINO")
    return [bill_page.draw(say, _page(word=word, lines=(), total=Sum(), waiting=None, all=False)) for word in words]


def _chosen(n: int) -> Chosen:
    return Chosen(Sum(n, (("EUR", Decimal("3311.00")),)), BOTH, n + 3)


def _many(n: int) -> tuple[Line, ...]:
    return tuple(replace(LINE, tick=f"tick{i}", ticked=i % 2 == 0, original_number=f"L-{i}") for i in range(n))


def _piled(stand: Stand, why: str = "", **said: Any) -> Piled:
    return Piled(replace(BILL, **said), stand, 3, (), why, "open", "tick")


def _out(say: Tongue) -> Piled:
    return _piled(Stand.OUT, say("The supplier’s account is new, so two people approve it, each on its card."))


def _form(say: Tongue) -> list[Drawn]:
    ready = (_piled(Stand.IN), replace(_piled(Stand.IN), doubts=DOUBTS[3:5]))
    large = _piled(Stand.LARGE, say("It is above your company’s limit for approving without a question."))
    facts = [Facts(act, ready) for act in Act]
    facts += [Facts(Act.APPROVE, (*ready, large, _out(say))), Facts(Act.APPROVE, (_out(say),))]
    return [*(pile_form.form(say, one, "meta", "back") for one in facts), pile_form.too_late(say)]


def _asking(say: Tongue) -> list[Drawn]:
    one, two = (_piled(Stand.IN),), (_piled(Stand.IN), _piled(Stand.IN, currency="SEK"))
    question = Question("50117", (("take", LINE), ("take", LATE)))
    unknown = (say("No bill that you may see has the number {number}.", number="77"),)
    facts = [Facts(act, one, reason="Ei tilattu.", handle="go") for act in (Act.REJECT, Act.OBJECT)]
    facts += [Facts(act, two, handle="go") for act in (Act.APPROVE, Act.VERIFY)]
    facts += [Facts(Act.APPROVE, (*one, _out(say)), (question,), unknown, handle="go")]
    facts += [Facts(Act.APPROVE, (), (), unknown, handle="go"), Facts(Act.APPROVE, (), dropped=True)]
    return [pile_message.picture(say, shown) for shown in facts]


def _results(say: Tongue) -> list[Drawn]:
    done, why = _piled(Stand.DONE), say("<@{user}> was quicker.", user="U1AINO")
    under_way = tuple(_piled(stand) for stand in (Stand.WAITING, Stand.MOVING, Stand.UNSURE))
    facts = [Facts(act, (done, done)) for act in Act]
    facts += [Facts(act, (done, _piled(Stand.NOT, why))) for act in Act]
    facts += [Facts(Act.APPROVE, (done, _piled(Stand.NOT, why), *under_way))]
    return [pile_message.picture(say, shown) for shown in facts]


def _full(say: Tongue) -> list[Drawn]:
    """As many as can be signed together, each with all there is to say."""
    ready = tuple(replace(_piled(Stand.IN), doubts=DOUBTS, tick=f"tick{n}") for n in range(50))
    out = tuple(_out(say) for _ in range(50))
    large, left = (tuple(replace(one, stand=stand) for one in many) for many, stand in
                   ((ready, Stand.LARGE), (out, Stand.NOT)))  # fmt: skip
    return [
        *(pile_form.form(say, Facts(Act.APPROVE, of), "m", "b") for of in ((*ready[:25], *out[:25]), ready, large)),
        pile_message.picture(say, Facts(Act.APPROVE, left)),
        pile_message.picture(say, Facts(Act.APPROVE, tuple(replace(one, stand=Stand.DONE) for one in ready))),
        bill_page.draw(say, _page(choosing=True, lines=_many(12), chosen=_chosen(50))),
    ]


def _home(say: Tongue) -> list[Drawn]:
    handles = ("mine", "all")
    sections = [
        bill_home.section(say, EUR, (LATE, LINE), (Sum(17, EUR.sums), Sum(2, EUR.sums)), handles, signs=True),
        bill_home.section(say, EUR, _apart(LATE, LINE, BARE, replace(LINE, days=0)), None, handles, signs=True),
        bill_home.section(say, Sum(), (), (Sum(), Sum()), handles, signs=True),
        bill_home.section(say, Sum(1, EUR.sums), (LINE,), (Sum(1, EUR.sums), Sum()), handles, signs=False),
        bill_home.section(say, Sum(), (), None, handles, signs=False),
        bill_home.section(say, replace(EUR, n=1001, more=True), (LINE,), None, handles, signs=True),
    ]
    return [Picture("Kierto", tuple(blocks)) for blocks in sections]


def _noted() -> list[Noted]:
    about: dict[str, object] = {"decision": 12, "act": "approve", "amount": "1240.00 EUR"}
    right: dict[str, object] = {"right": "approve", "limit": "5000 EUR", "given_by": "T1/U1AINO", "own_key": True}
    verify: dict[str, object] = {"decision": 13, "act": "verify", "amount": "1240.00 EUR", "own_key": False}
    told: list[tuple[str, dict[str, object]]] = [
        ("bill.arrived", {"supplier": "Alihankkija Silta Oy", "number": "L-50117", "status": "RECEIVED"}),
        ("bill.dealt", {"to": "T1/U1AINO"}),
        ("bill.opened", {}),
        ("bill.decided", about | right),
        ("bill.done", {"decision": 12, "act": "approve", "status": "APPROVED"}),
        ("bill.decided", verify | {"right": "pre_approve"}),
        ("bill.done", {"decision": 13, "act": "verify", "status": "VERIFIED"}),
        ("bill.signed", about | {"decision": 14}),
        ("bill.not done", {"decision": 15, "why": "no", "codes": "CLOSED_FISCAL_PERIOD"}),
        ("bill.contested", {"decision": 16, "undone": True}),
        ("bill.contested", {"decision": 16, "undone": False}),
        ("bill.unreachable", {"to": "T1/U1AINO"}),
        ("bill.passed", {"passing": 1, "from": "T1/U1ANNA", "to": "T1/U1AINO"}),
        ("bill.taken back", {"passing": 1, "from": "T1/U1AINO"}),
        ("bill.asked", {"question": 1, "to": "T1/U1AINO"}),
        ("bill.answered", {"question": 1, "answer": 2}),
        ("bill.snoozed", {"until": "2026-11-05T06:30:00+00:00"}),
        ("bill.divided", {"parts": {"P-1001": "60.50", "P-1002": "39.50"}}),
        ("bill.undivided", {"parts": {}}),
        ("bill.signature void", {"decision": 14, "act": "approve"}),
        ("bill.new word", {"what": "ever"}),
    ]
    who = ("kierto", "kierto", *("T1/U1ANNA" for _ in told))
    return [Noted(AT + timedelta(minutes=n), who[n], what, known) for n, (what, known) in enumerate(told)]


def _whole() -> Trail:
    name = "Kari Kirjanpitäjä"
    heard = [
        Heard(AT, "RECEIVED_AS_EINVOICE", "Procountor"),
        Heard(AT + timedelta(minutes=4), "APPROVAL", "Anna Virtanen", "Anna Virtanen / Slack [k:12]"),
        Heard(AT + timedelta(hours=1), "DENY_PAYMENT", name, "väärä FI2112345600000785"),
        Heard(None, "NEW_WORD", name),
    ]
    lines = joined(_noted(), heard, [Ours(12, Act.APPROVE, AT), Ours(13, Act.VERIFY, AT)])
    states = (
        ("U1ANNA", "done", True),
        ("U1AINO", "opened", False),
        ("U1AINO", "live", True),
        ("U1AINO", "passed", True),
    )
    copies = tuple(Copy(user, AT, state, newest=newest) for user, state, newest in states)
    return Trail(BILL, "ab" * 32, lines, copies, {12: (BILL, "cd" * 32)})


def _trail(say: Tongue) -> list[Drawn]:
    whole = _whole()
    by_time = joined([], [Heard(AT, "APPROVAL", "Anna Virtanen")], [Ours(12, Act.APPROVE, AT)])
    return [
        trail.head(say, whole),
        *trail.pages(say, whole),
        trail.head(say, replace(whole, silent=True, copies=())),
        *trail.pages(say, replace(whole, lines=by_time)),
        trail.choices(say, "50117", (LINE, LATE)),
        trail.unknown(say, ""),
        trail.unknown(say, "50117"),
    ]


def _found(say: Tongue) -> list[Drawn]:
    settled = replace(LINE, state=say("Approved"), days=None)
    return [
        finding.picture(say, "50117", [], [LINE, settled]),
        finding.picture(say, "50117", [], []),
        finding.picture(say, "50117", [], [], invoices=False),
    ]


def _opened(say: Tongue) -> list[Drawn]:
    facts = cards.Facts(BILL, AIM, days=3, may=frozenset({Act.APPROVE}), opened=True)
    return [cards.card(say, replace(facts, desks=desks), lambda p: p) for desks in ((), ("U1ANNA", "U1AINO"))]


def states() -> dict[str, Draw]:
    """Name → how it is drawn."""
    some = {"choosing": True, "lines": _many(12), "chosen": _chosen(8), "note": "Enintään 50."}
    one = {"choosing": True, "lines": _many(1), "chosen": replace(_chosen(1), verify=Sum(), n=1)}
    middle = {"word": "all", "number": 1, "of": 3, "last": False, "waiting": None, "note": "Avattu."}
    return {
        "list of bills": _list(),
        "list of bills, a page in the middle": _list(**middle),
        "list of bills, more than counted": _list(total=replace(EUR, n=1001, more=True), number=4, of=0, last=False),
        "list of bills, only to look at": _list(signs=False, all=False, waiting=None),
        "list of bills, of a project": _list(word="project:P-1001", waiting=None),
        "list of bills, of somebody": _list(word="for:U1AINO", waiting=None),
        "list of bills, none": _none,
        "list of bills, choosing": _list(choosing=True, lines=(*_many(3), BARE)),
        "list of bills, chosen": _list(**some),
        "list of bills, chosen to approve": _list(**one),
        "list of bills, not for you": lambda say: [plain(bill_page.unlisted(say, of)) for of in ([], ["U1ANNA"])],
        "pile: form": _form,
        "pile: question": _asking,
        "pile: results": _results,
        "pile: full": _full,
        "bills at home": _home,
        "bill, opened": _opened,
        "trail of a bill": _trail,
        "bills found by a number": _found,
    }


def hostile(text: str) -> dict[str, Draw]:
    """The same with others' words in the place of ours."""
    bad = replace(BILL, supplier=text, original_number=text, reference=text, rows=(replace(ROW, name=text),))
    line = replace(LINE, supplier=text, original_number=text, project=text, desks=())
    one = Piled(bad, Stand.IN, 3, handle="open", tick="tick")
    asked = Facts(Act.REJECT, (one,), (Question(text, (("take", line),)),), reason=text, handle="go")
    both = Facts(Act.APPROVE, (one, replace(one, stand=Stand.LARGE)))
    done = Facts(Act.APPROVE, (replace(one, stand=Stand.DONE),))
    handles = ("mine", "all")
    return {
        "list": lambda say: [bill_page.draw(say, _page(word=f"project:{text}", lines=(line,), waiting=None))],
        "boxes": lambda say: [bill_page.draw(say, _page(lines=(line,), choosing=True))],
        "form": lambda say: [pile_form.form(say, both, "meta", "back")],
        "messages": lambda say: [pile_message.picture(say, facts) for facts in (asked, done)],
        "trail": lambda say: [trail.head(say, _foreign(bad, text)), *trail.pages(say, _foreign(bad, text))],
        "trail, choices": lambda say: [trail.choices(say, text, (line,)), trail.unknown(say, text)],
        "found": lambda say: [finding.picture(say, text, [], [line]), finding.picture(say, text, [], [])],
        "home": lambda say: [
            Picture("Kierto", tuple(bill_home.section(say, EUR, lines, None, handles, signs=True)))
            for lines in ((line,), _apart(*(line,) * 5))
        ],
    }


def _foreign(bill: Bill, text: str) -> Trail:
    """A trail without our own mentions, which nobody else's words are."""
    heard = [Heard(AT, text, text, text)]
    noted = [Noted(AT, "kierto", text, {"said": text, "codes": text})]
    return Trail(bill, "ab" * 32, joined(noted, heard, []))
