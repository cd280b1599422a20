"""The forms and messages of claims made in Slack, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from views_drawn import Drawn
from views_facts import AT

from finance import captured
from finance.capture import CostType, Journey, Row, Sheet, Wrong
from finance.claim import Claim, Claimant, ClaimKind, Cost, Trip
from finance.invoice import Attachment
from finance.receipts import Doubt, Flaw
from handlers.views import claim_card, claim_row, claim_sheet, claim_trip, claim_waiting
from handlers.views import claim_words as words
from handlers.views.claim_sheet import Facts, Line, Paper
from handlers.views.notices import plain
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
HOME = ZoneInfo("Europe/Helsinki")
DAY = date(2026, 5, 3)
MEAL = Row(1, DAY, Decimal("12.40"), type=CostType.MEAL, supplier="R-kioski", description="Lounas",
           vat_percent=Decimal("13.5"), project="P-1001", payment="own")  # fmt: skip
HOTEL = Row(2, DAY, Decimal("1540"), "SEK", Decimal("11.2"), CostType.HOTEL, "Scandic", "Yö", Decimal(0), "", "company")
TRIP = Journey(
    "Helsinki–Tukholma–Helsinki", "Työpaja", datetime(2026, 5, 4, 8, tzinfo=HOME),
    datetime(2026, 5, 5, 20, tzinfo=HOME),
    ("SE", "SE"), (2, 0), Decimal(42), 1,
)  # fmt: skip
SHORT = replace(
    TRIP, end=datetime(2026, 5, 4, 13, tzinfo=HOME), countries=("FI",), meals=(0,), own_meals=1, km=Decimal(0)
)
AFRICA = replace(TRIP, countries=("KE", "FI"), end=datetime(2026, 5, 6, 15, tzinfo=HOME))


def facts(sheet: Sheet, *lines: Line, **more: object) -> Facts:
    gifts = captured.given(sheet.journey) if sheet.journey else ()
    return replace(Facts("K-12", sheet, lines, gifts, captured.total(sheet)), **more)  # type: ignore[arg-type]


def expense(supplier: str = "R-kioski", name: str = "kuitti.jpg", back: str = "") -> Facts:
    meal = replace(MEAL, supplier=supplier)
    papers = (
        Paper(1, name, "good", alike="K-7"), Paper(2, "", "asked"), Paper(3, name, "bad", Flaw.LOCKED),
        Paper(4, name, "twice"), Paper(5, name, "lost"),
    )  # fmt: skip
    sheet = Sheet(ClaimKind.EXPENSE, supplier, (meal, HOTEL), next_row=3)
    loose = (Paper(9, name, "good", row=3),)
    return facts(sheet, Line(meal, papers, ("Huomautus.",)), Line(HOTEL), loose=loose, back=back, by="U1AINO")


def claim(words: str = "Lounas") -> Claim:
    costs = (
        Cost(DAY, Decimal("12.40"), "Ateria", words, Decimal("13.5"), payment_type="own", paid_by="own", project="P-1",
             receipts=(Attachment("K-12-1.jpg"),)),
        Cost(DAY, Decimal(1540), "Majoitus", words, Decimal(0), payment_type="Visa " + words, paid_by="company",
             currency="SEK", rate=Decimal("11.2")),
        Cost(DAY, Decimal(70), "", "Ulkomaanpäiväraha SE 2026", None, paid_by="own"),
    )  # fmt: skip
    trip = Trip(words, words, "SE", TRIP.start, TRIP.end)
    return Claim("K-12", DAY, ClaimKind.TRAVEL, Claimant("7", "Emma"), "EUR", costs, trip, words)


def card(state: str = "waiting", why: str = "manager", bar: str = "", text: str = "Lounas") -> Draw:
    def draw(say: Tongue) -> list[Drawn]:
        barred = claim_card.barred(say, bar) if bar else ""
        found = claim_card.Facts("K-12", claim(text), "U1ANNA", state, why, 2, text, "U1AINO", AT, barred)
        return [claim_card.card(say, found, lambda purpose: purpose)]

    return draw


def _sheet(found: Facts, problem: str = "") -> Draw:
    return lambda say: [claim_sheet.sheet(say, found, lambda purpose, row: f"{purpose}{row}", problem)]


def _row(row: Row | None) -> Draw:
    def draw(say: Tongue) -> list[Drawn]:
        ways = (("own", say("My own money")), ("company", say("The company’s money")))
        papers = (Paper(1, "kuitti.jpg", "good"),)
        asked = claim_row.Asked("K-12", DAY, (Decimal("25.5"), Decimal("13.5"), Decimal(0)), ways, row, papers)
        return [claim_row.form(say, asked, "meta", gone="gone" if row else "")]

    return draw


def _days(journey: Journey) -> Draw:
    from finance.allowances import travel_days

    days = travel_days(journey.start, journey.end)
    unknown = {"KE": None} if "KE" in journey.countries else {}
    asked = claim_trip.Days(days, journey.countries, journey.meals, journey.own_meals, unknown)
    return lambda say: [claim_trip.days(say, asked, "meta")]


def _told(say: Tongue) -> list[Drawn]:
    total = say.money(Decimal("12.40"), "EUR")
    return [
        claim_card.received(say, "K-12", total, ["U1AINO"]),
        claim_card.received(say, "K-12", total, []),
        claim_card.unapprovable(say, "K-12"),
        claim_card.approved(say, "K-12", total, "U1AINO"),
        claim_card.rejected(say, "K-12", "U1AINO", "Kuitti puuttuu", "handle"),
        claim_card.reason(say, "K-12", "meta"),
        plain(claim_card.late(say)),
        claim_sheet.gone(say),
        claim_sheet.sent(say, "K-12"),
        claim_sheet.stopped(say, "K-12", Paper(3, "kuitti.pdf", "bad", Flaw.ACTIVE)),
        claim_sheet.offered(say, [Paper(1, "kuitti.jpg", "good"), Paper(2, "a.svg", "bad", Flaw.KIND)], "handle"),
        claim_sheet.offered(say, [Paper(2, "a.svg", "bad", Flaw.KIND)], ""),
    ]


def _words(say: Tongue) -> list[Drawn]:
    told = [words.flaw(say, flaw) for flaw in Flaw]
    told += [words.wrong(say, wrong, "25,5 %, 13,5 %") for wrong in Wrong]
    told += [words.doubt(say, doubt, DAY) for doubt in Doubt]
    told += [claim_card.barred(say, bar) for bar in ("own", "limit", "right")]
    return [plain("\n".join(told))]


def _home(say: Tongue) -> list[Drawn]:
    from handlers.chat import Picture

    mine = [("Kululasku K-12 · 12,40 €", "handle"), ("Matkalasku K-13 · 129,78 €", "")]
    theirs = [claim_card.on_desk(say, "K-14", "U1AINO", Sheet(ClaimKind.TRAVEL, "Työpaja", (), TRIP))]
    full, empty = claim_card.home(say, mine, theirs, 2), claim_card.home(say, [], [], 0)
    return [Picture("", tuple(full)), Picture("", tuple(empty))]


def states() -> dict[str, Draw]:
    """Every form and message of claims made in Slack."""
    travel = Sheet(ClaimKind.TRAVEL, "Työpaja", (), TRIP)
    return {
        "claim, empty": _sheet(facts(Sheet(ClaimKind.EXPENSE))),
        "claim, with costs": _sheet(expense()),
        "claim, sent back": _sheet(expense(back="Kuitti puuttuu"), "Ongelma."),
        "claim, trip to tell": _sheet(facts(Sheet(ClaimKind.TRAVEL))),
        "claim, trip": _sheet(facts(travel)),
        "claim, trip to a country nobody knows": _sheet(facts(replace(travel, journey=AFRICA))),
        "claim, short trip": _sheet(facts(replace(travel, journey=SHORT))),
        "claim, trip that gives nothing": _sheet(facts(replace(travel, journey=replace(SHORT, own_meals=0)))),
        "cost, new": _row(None),
        "cost, known": _row(HOTEL),
        "trip, new": lambda say: [claim_trip.form(say, None, ("", ""), "meta")],
        "trip, known": lambda say: [claim_trip.form(say, replace(TRIP, trailer=True), ("P-1", "P-1 Yksi"), "meta")],
        "travel days": _days(TRIP),
        "travel days, unknown country": _days(AFRICA),
        "travel days, short": _days(SHORT),
        "claim card": card(),
        "claim card, supervisor": card(why="supervisor"),
        "claim card, of one who is away or silent": lambda say: [
            one for why in ("stands", "late") for one in card(why=why)(say)
        ],
        "claims that wait": lambda say: ([claim_waiting.stuck(say, "K-12", days) for days in (1, 4)]),
        "claim card, over the limit": card(why="right", bar="limit"),
        "claim card, approved": card("approved"),
        "claim card, rejected": card("rejected", text="Kuitti puuttuu"),
        "claim card, being mended": card("draft"),
        "claim told": _told,
        "claim words": _words,
        "claims at home": _home,
    }


def hostile(text: str) -> dict[str, Draw]:
    """Those in which others' words stand."""
    journey = replace(TRIP, route=text, purpose=text)
    return {
        "claim": _sheet(expense(text, text, text)),
        "trip": _sheet(facts(Sheet(ClaimKind.TRAVEL, text, (), journey))),
        "card": card(text=text),
        "card, rejected": card("rejected", text=text),
        "told": lambda say: [
            claim_card.rejected(say, "K-12", "U1AINO", text, "handle"),
            claim_sheet.stopped(say, "K-12", Paper(3, text, "bad", Flaw.ACTIVE)),
        ],
    }
