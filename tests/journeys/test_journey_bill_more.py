"""The menu of a card: put off, all there is to see, divided between projects and in Procountor's accounting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from finance.authority import Right
from finance.company import Choices
from finance.projects import Project
from handlers import papers, workdays
from storage import members, registers, shares
from tests.support.bills import Desk
from tests.support.desks import card_of, chosen, trail, value_of
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)
TOMORROW, LATER, ALL, DIVIDE = (
    "Remind me tomorrow",
    "Remind me in 3 days",
    "All rows and history",
    "Divide between projects",
)
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def desk(bot: Bot) -> Iterator[Desk]:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING, most="50000")
    found.give(EMMA)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    now = bot.house.desk.clock()
    with bot.house.store.write() as tx:
        others = [Project("1002", "Toinen", "12"), Project("9", "Suljettu", "12", open=False)]
        registers.keep(tx, bot.company, "project", {p.key: p for p in others}, now)
    yield found
    bot.books.settings["discussion"] = True
    with bot.house.store.write() as tx:
        members.choose(tx, found._team(tx), MIKAEL, hour="")


def arrived(desk: Desk, **said: Any) -> int:
    bill = desk.receive(**{"order_reference": "P-1001", **said})
    desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, r"\(First page")
    return bill


def front(desk: Desk, user: str = MIKAEL) -> Any:
    return desk.bot.slack.views(user)[-1]


# put off


@pytest.mark.parametrize(("label", "days"), [(TOMORROW, 1), (LATER, 3)])
def test_a_bill_is_put_off_to_a_working_day_at_the_persons_hour(desk: Desk, label: str, days: int) -> None:
    with desk.bot.house.store.write() as tx:
        members.choose(tx, desk._team(tx), MIKAEL, hour="07:15")
    bill = arrived(desk)
    assert chosen(desk, MIKAEL, bill, label).ok
    card = card_of(desk, MIKAEL, bill)
    assert card is not None
    assert card.snoozed_until is not None
    until = card.snoozed_until.astimezone(HELSINKI)
    day = papers.today(desk.bot.house.desk) + timedelta(days=days)
    while not workdays.is_workday(day, Choices()):
        day += timedelta(days=1)
    assert until == datetime(day.year, day.month, day.day, 7, 15, tzinfo=HELSINKI)
    desk.until(MIKAEL, bill, rf"You are reminded again {day.day}\.{day.month}\. 07:15|You are reminded again .*7:15")
    assert ("bill.snoozed", MIKAEL) in trail(desk, bill)
    assert "bill.approve" in desk.buttons(MIKAEL, bill)


def test_what_was_settled_meanwhile_is_not_put_off(desk: Desk) -> None:
    bill = arrived(desk)
    old = desk.card(MIKAEL, bill)
    value = next(o["value"] for b in old.blocks if b["type"] == "actions" for e in b["elements"]
                 if e["type"] == "overflow" for o in e["options"] if o["text"]["text"] == TOMORROW)  # fmt: skip
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, "Approved by")
    other = arrived(desk)
    message = desk.card(MIKAEL, other)
    for block in message.blocks:
        for element in block["elements"] if block["type"] == "actions" else []:
            if element["type"] == "overflow":
                element["options"][0]["value"] = value
    desk.bot.answer(
        "Nothing is left to decide", lambda: desk.bot.slack.click(MIKAEL, message, "bill.more", value=TOMORROW), MIKAEL
    )


def test_a_stolen_handle_puts_nothing_off(desk: Desk) -> None:
    bill, other = arrived(desk), arrived(desk)
    stolen = value_of(desk.card(MIKAEL, bill), "bill.pass")
    desk.give(EMMA, Right.RECEIVE)
    desk.deal(EMMA, other)
    desk.until(EMMA, other, r"\(First page")
    message = desk.card(EMMA, other)
    for block in message.blocks:
        for element in block["elements"] if block["type"] == "actions" else []:
            if element["type"] == "overflow":
                element["options"][0]["value"] = stolen
    press = lambda: desk.bot.slack.click(EMMA, message, "bill.more", value=TOMORROW)  # noqa: E731
    desk.bot.answer("do not have the right", press, EMMA)


# all there is


def test_all_rows_and_both_histories_page_by_page(desk: Desk) -> None:
    rows = [{"product": f"Rivi <!here> {n}", "unitPrice": 2, "comment": f"huomautus {n}"} for n in range(65)]
    bill = arrived(desk, rows=rows)
    with desk.bot.procountor.world.lock:
        comment = {"id": desk.bot.books.next_id("comments"), "invoiceId": bill, "author": "Kari Lindqvist"}
        comment |= {"dateTime": "2026-11-01T10:00:00", "comment": "Tarkista *rivi* 3", "tagged": []}
        desk.bot.books.put("comments", comment)
    assert chosen(desk, MIKAEL, bill, ALL).ok
    seen = [desk.bot.shown(front(desk))]
    for page in range(2, 6):
        desk.bot.slack.click(MIKAEL, front(desk), "details.next")
        desk.bot.wait(lambda page=page: f"Page {page} of 5" in desk.bot.shown(front(desk)))
        seen.append(desk.bot.shown(front(desk)))
    told = "\n".join(seen)
    assert [n for n in range(65) if f"huomautus {n}" not in told] == []
    assert "It came from Procountor" in seen[3]
    assert "It was put on the desk of @U02MIKAEL" in seen[3]
    assert "Came as an e-invoice" in seen[4]
    assert "Kari Lindqvist: Tarkista ∗rivi∗ 3" in seen[4]
    desk.bot.slack.click(MIKAEL, front(desk), "details.previous")
    desk.bot.wait(lambda: "Page 4 of 5" in desk.bot.shown(front(desk)))


def test_when_procountor_is_silent_its_page_says_so(desk: Desk) -> None:
    bill = arrived(desk)
    chosen(desk, MIKAEL, bill, ALL)
    desk.bot.procountor.world.faults.add(route="GET /invoices/{invoiceId}/transactions", what="500html", share=1)
    desk.bot.slack.click(MIKAEL, front(desk), "details.next")
    desk.bot.wait(lambda: "Page 2 of 3" in desk.bot.shown(front(desk)))
    desk.bot.slack.click(MIKAEL, front(desk), "details.next")
    desk.bot.wait(lambda: "Procountor did not answer just now" in desk.bot.shown(front(desk)))


def test_a_company_without_a_discussion_is_told_so(desk: Desk) -> None:
    desk.bot.books.settings["discussion"] = False
    bill = arrived(desk)
    chosen(desk, MIKAEL, bill, ALL)
    for page in (2, 3):
        desk.bot.slack.click(MIKAEL, front(desk), "details.next")
        desk.bot.wait(lambda page=page: f"Page {page} of 3" in desk.bot.shown(front(desk)))
    assert "Your company has no discussion" in desk.bot.shown(front(desk))


# divided


def divide(desk: Desk, bill: int, *parts: tuple[str, str], user: str = MIKAEL) -> Any:
    """Fills the form in and sends it; gives what came of it."""
    assert chosen(desk, user, bill, DIVIDE).ok
    return send(desk, *parts, user=user)


def send(desk: Desk, *parts: tuple[str, str], user: str = MIKAEL) -> Any:
    while len(parts) > str(front(desk, user).blocks).count("'split.percent."):
        desk.bot.slack.click(user, front(desk, user), "split.line")
    for number, (project, percent) in enumerate(parts):
        filled = {f"split.project.{number}": project, f"split.percent.{number}": percent}
        desk.bot.slack.fill(user, front(desk, user), filled)
    return desk.bot.slack.submit(user, front(desk, user))


def kept(desk: Desk, bill: int) -> dict[str, Decimal]:
    with desk.bot.house.store.read() as tx:
        return dict(shares.of(tx, desk.bot.company, bill))


def booked(desk: Desk, bill: int) -> list[list[tuple[int, Decimal]]]:
    """The project dimension's values on the bill's entries."""
    entries = desk.bot.entries(desk.doc(bill))
    return [[(v["itemId"], Decimal(str(v["value"]))) for v in e["dimensionItemValues"]] for e in entries]


def dimension(desk: Desk) -> Any:
    """A project dimension in Procountor with two of our projects."""
    found = next(d for d in desk.bot.books.registers["dimensions"].values() if d["name"] != "Kustannuspaikka")
    codes = {item["codeName"] for item in found["items"]}
    for number in ("P-1001", "1002"):
        if number not in codes:
            item = {
                "id": desk.bot.books.next_id("dimensionitems"),
                "codeName": number,
                "description": f"Hanke {number}",
            }
            found["items"].append(item)
    desk.bot.decide(project_dimension=found["name"], reference_hours=0)
    return {item["codeName"]: item["id"] for item in found["items"]}


def test_a_bill_is_divided_here_when_the_company_follows_no_projects(desk: Desk) -> None:
    desk.bot.decide(project_dimension="")
    bill = arrived(desk)
    assert divide(desk, bill, ("p-1001", "60"), ("1002", "40,00 %")).ok
    assert desk.bot.slack.views(MIKAEL) == []
    assert kept(desk, bill) == {"1002": Decimal(40), "P-1001": Decimal(60)}
    said = desk.until(MIKAEL, bill, "Divided: 1002 40 %, P-1001 60 %")
    assert "only here: your company has not chosen a project dimension" in said
    assert ("bill.divided", MIKAEL) in trail(desk, bill)
    assert booked(desk, bill) == [[]]


def test_where_the_company_follows_projects_the_accounting_is_divided_to_the_cent(desk: Desk) -> None:
    items = dimension(desk)
    bill = arrived(desk, rows=[{"unitPrice": Decimal("100.01")}, {"unitPrice": Decimal("0.05")}])
    accounts = [e["account"] for e in desk.bot.entries(desk.doc(bill))]
    assert divide(desk, bill, ("p-1001", "33.33"), ("1002", "66.67")).ok
    desk.until(MIKAEL, bill, r"Divided: .*in Procountor, too")
    a, b = items["P-1001"], items["1002"]
    assert [sorted(one) for one in booked(desk, bill)] == [
        sorted([(a, Decimal("33.33")), (b, Decimal("66.68"))]),
        sorted([(a, Decimal("0.02")), (b, Decimal("0.03"))]),
    ]
    assert [e["account"] for e in desk.bot.entries(desk.doc(bill))] == accounts
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, "Approved by")


def test_an_edit_in_procountor_makes_the_accounting_anew_and_it_is_divided_again(desk: Desk) -> None:
    items = dimension(desk)
    bill = arrived(desk)
    divide(desk, bill, ("p-1001", "50"), ("1002", "50"))
    desk.until(MIKAEL, bill, "in Procountor, too")
    row = {**desk.doc(bill)["invoiceRows"][0], "unitPrice": Decimal("80.00")}
    desk.edit(bill, invoiceRows=[row])
    assert booked(desk, bill) == [[]]
    desk.fetch(ANNA)
    half = sorted([(items["P-1001"], Decimal("40.00")), (items["1002"], Decimal("40.00"))])
    desk.bot.wait(lambda: [sorted(one) for one in booked(desk, bill)] == [half])
    desk.until(MIKAEL, bill, "in Procountor, too")


def test_a_division_is_taken_back(desk: Desk) -> None:
    dimension(desk)
    bill = arrived(desk)
    divide(desk, bill, ("p-1001", "50"), ("1002", "50"))
    desk.until(MIKAEL, bill, "in Procountor, too")
    chosen(desk, MIKAEL, bill, DIVIDE)
    for number in range(2):
        desk.bot.slack.fill(MIKAEL, front(desk), {f"split.project.{number}": "", f"split.percent.{number}": ""})
    assert desk.bot.slack.submit(MIKAEL, front(desk)).ok
    desk.bot.wait(lambda: booked(desk, bill) == [[]])
    assert kept(desk, bill) == {}
    desk.bot.wait(lambda: "Divided" not in desk.says(MIKAEL, bill))


@pytest.mark.parametrize(
    ("parts", "field", "told_"),
    [
        ([("p-1001", "60"), ("1002", "39.99")], "split.percent.1", r"These make 99\.99 %: 0\.01 % is missing"),
        ([("p-1001", "60"), ("1002", "40.01")], "split.percent.1", r"These make 100\.01 %: 0\.01 % too much"),
        ([("p-1001", "-5")], "split.percent.0", "between 0 and 100"),
        ([("p-1001", "1e2")], "split.percent.0", "between 0 and 100"),
        ([("p-1001", "٥٠")], "split.percent.0", "between 0 and 100"),
        ([("p-1001", "33.333")], "split.percent.0", "between 0 and 100"),
        ([("p-1001", "50"), ("p-1001", "50")], "split.project.1", "on another line already"),
    ],
)
def test_what_does_not_make_a_hundred_is_said_at_its_field(
    desk: Desk, parts: list[tuple[str, str]], field: str, told_: str
) -> None:
    bill = arrived(desk)
    divide(desk, bill, *parts)
    assert re.search(told_, front(desk).errors[field]), front(desk).errors
    assert kept(desk, bill) == {}


def test_only_open_projects_are_offered_and_one_closed_meanwhile_is_refused(desk: Desk) -> None:
    bill = arrived(desk)
    chosen(desk, MIKAEL, bill, DIVIDE)
    offered = desk.bot.slack.options(MIKAEL, front(desk), "split.project.1", "")
    assert "9" not in [o["value"] for o in offered]
    assert [o["value"] for o in desk.bot.slack.options(MIKAEL, front(desk), "split.project.1", "toinen")] == ["1002"]
    desk.bot.slack.fill(MIKAEL, front(desk), {"split.project.1": "1002", "split.percent.1": "100"})
    desk.bot.slack.fill(MIKAEL, front(desk), {"split.project.0": "", "split.percent.0": ""})
    with desk.bot.house.store.write() as tx:
        gone = Project("1002", "Toinen", "12", open=False)
        registers.keep(tx, desk.bot.company, "project", {gone.key: gone}, desk.bot.house.desk.clock())
    desk.bot.slack.submit(MIKAEL, front(desk))
    assert "closed or not known any more" in front(desk).errors["split.project.1"]


def test_more_lines_keep_what_was_filled_in(desk: Desk) -> None:
    bill = arrived(desk)
    chosen(desk, MIKAEL, bill, DIVIDE)
    desk.bot.slack.fill(MIKAEL, front(desk), {"split.percent.0": "12,5"})
    desk.bot.slack.click(MIKAEL, front(desk), "split.line")
    assert "split.percent.2" in str(front(desk).blocks)
    assert "12,5" in desk.bot.shown(front(desk)) or "12,5" in str(front(desk).blocks)


def test_a_division_somebody_else_made_meanwhile_is_shown_and_not_overwritten(desk: Desk) -> None:
    desk.give(EMMA, *EVERYTHING)
    bill = arrived(desk)
    desk.deal(EMMA, bill)
    desk.until(EMMA, bill, r"\(First page")
    chosen(desk, MIKAEL, bill, DIVIDE)
    assert divide(desk, bill, ("1002", "100"), user=EMMA).ok
    send(desk, ("p-1001", "100"))
    assert "Somebody divided the bill in the meantime" in desk.bot.shown(front(desk))
    assert kept(desk, bill) == {"1002": Decimal(100)}


@pytest.mark.parametrize("meanwhile", ["approved", "passed on"])
def test_a_stale_form_divides_nothing(desk: Desk, meanwhile: str) -> None:
    bill = arrived(desk)
    chosen(desk, MIKAEL, bill, DIVIDE)
    if meanwhile == "approved":
        desk.press(MIKAEL, bill, "bill.approve")
        desk.until(MIKAEL, bill, "Approved by")
    else:
        desk.give(EMMA, Right.RECEIVE)
        desk.bot.slack.command(ANNA, f"reassign {desk.doc(bill)['invoiceNumber']} @emma")
        desk.until(MIKAEL, bill, "passed it on to")
    send(desk, ("1002", "100"))
    assert re.search("Nothing is left to decide|does not lie on your desk", desk.bot.shown(front(desk)))
    assert kept(desk, bill) == {}


def test_what_procountor_cannot_take_stays_here_with_the_reason(desk: Desk) -> None:
    dimension(desk)
    with desk.bot.house.store.write() as tx:
        new = Project("7777", "Vain PSA:ssa", "12")
        registers.keep(tx, desk.bot.company, "project", {new.key: new}, desk.bot.house.desk.clock())
    bill = arrived(desk)
    divide(desk, bill, ("7777", "100"))
    desk.until(MIKAEL, bill, "only here: 7777 is no open item of the project dimension")
    assert booked(desk, bill) == [[]]
    other = arrived(desk)
    desk.bot.procountor.world.faults.add(
        route="PUT /ledgerreceipts/{receiptId}/transactions/{transactionId}/dimensions",
        nth=1,
        when="after",
        what="drop",
    )
    divide(desk, other, ("p-1001", "100"))
    desk.until(MIKAEL, other, "on its way to Procountor|in Procountor, too")


def test_the_menu_is_out_of_use_with_a_foreign_handle(desk: Desk) -> None:
    bill = arrived(desk)
    message = desk.card(MIKAEL, bill)
    for block in message.blocks:
        for element in block["elements"] if block["type"] == "actions" else []:
            if element["type"] == "overflow":
                element["options"][3]["value"] = "x" * 32
    press = lambda: desk.bot.slack.click(MIKAEL, message, "bill.more", value=DIVIDE)  # noqa: E731
    desk.bot.answer("no longer in use", press, MIKAEL)
