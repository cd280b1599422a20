"""What is news about the money of a sent invoice: tables of looks one after the other, and what each has to tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.paid import News, Payment, Sale, Told, What, bounce, bounced, news, overdue

DUE = date(2026, 11, 20)


def sale(status: str, *amounts: int | None, version: str = "1", gross: int = 100, known: bool = True) -> Sale:
    """Payments have the ids 1, 2, …; one of 0 stands for an event that is gone."""
    found = [
        Payment(n, None if amount is None else Decimal(amount), date(2026, 11, n))
        for n, amount in enumerate(amounts, start=1)
        if amount != 0
    ]
    return Sale(7, status, version, 30117, Decimal(gross), "EUR", DUE, None, tuple(found) if known else None)


def told(*looks: Sale) -> list[str]:
    before, heard = Told(), []
    for look in looks:
        before, found = news(before, look)
        heard.append(found.what.value if found else "")
    return heard


CASES = {
    "by the bank": ([sale("SENT"), sale("PAID", 100, version="2")], ["", "paid"]),
    "the version stood still": ([sale("SENT"), sale("PAID", 100)], ["", "paid"]),
    "by hand": ([sale("SENT"), sale("MARKED_PAID", 100, version="2")], ["", "paid"]),
    "read twice": ([sale("PAID", 100), sale("PAID", 100)], ["paid", ""]),
    "an older answer": ([sale("PAID", 100, version="3"), sale("SENT", version="2")], ["paid", ""]),
    "the status is older": ([sale("PARTLY_PAID", 50), sale("PARTLY_PAID", 50, 50)], ["partly", ""]),
    "the status of after, no payments yet": ([sale("PARTLY_PAID"), sale("PARTLY_PAID", 50)], ["", "partly"]),
    "an old status": ([sale("PAID", 100), sale("SENT", 100), sale("PAID", 100)], ["paid", "", ""]),
    "in two parts": ([sale("PARTLY_PAID", 40), sale("PARTLY_PAID", 40), sale("PAID", 40, 60)], ["partly", "", "paid"]),
    "in three, one look missed": ([sale("PARTLY_PAID", 40), sale("PAID", 40, 30, 30)], ["partly", "paid"]),
    "another part": ([sale("PARTLY_PAID", 40), sale("PARTLY_PAID", 40, 30)], ["partly", "partly"]),
    "too much": ([sale("PARTLY_PAID", 120), sale("PARTLY_PAID", 120)], ["over", ""]),
    "paid, then once more": ([sale("PAID", 100), sale("PARTLY_PAID", 100, 100)], ["paid", "over"]),
    "taken back": ([sale("MARKED_PAID", 100), sale("SENT"), sale("SENT")], ["paid", "unpaid", ""]),
    "taken back and paid": ([sale("PAID", 100), sale("SENT"), sale("PAID", 0, 100)], ["paid", "unpaid", "paid"]),
    "one of two taken back": ([sale("PAID", 60, 40), sale("PARTLY_PAID", 60)], ["paid", "partly"]),
    "payments not to be seen": (
        [sale("PARTLY_PAID", known=False), sale("PARTLY_PAID", known=False), sale("PAID", known=False)],
        ["partly", "", "paid"],
    ),
    "taken back, payments not to be seen": (
        [sale("PAID", known=False), sale("SENT", known=False), sale("SENT", known=False, version="2")],
        ["paid", "", "unpaid"],
    ),
    "in another currency": ([sale("PARTLY_PAID", None), sale("PARTLY_PAID", None), sale("PARTLY_PAID", None, None)],
                            ["partly", "", "partly"]),
    "a credit note": ([sale("PARTLY_PAID", -40, gross=-9), sale("PARTLY_PAID", -4, gross=-9)], ["over", "partly"]),
    "a status nobody knows": ([sale("PAID", 100), sale("FROZEN", version="2")], ["paid", ""]),
    "cancelled": ([sale("UNFINISHED"), sale("INVALIDATED", version="2")], ["", ""]),
}  # fmt: skip


@pytest.mark.parametrize(("looks", "heard"), CASES.values(), ids=CASES)
def test_each_thing_is_told_once_and_as_what_it_is(looks: list[Sale], heard: list[str]) -> None:
    assert told(*looks) == heard


def found(*looks: Sale) -> News:
    before, last = Told(), None
    for look in looks:
        before, told_ = news(before, look)
        last = told_ or last
    assert last is not None
    return last


@pytest.mark.parametrize(
    ("look", "paid", "left"),
    [
        (sale("PAID", 40, 60), 100, 0),
        (sale("PARTLY_PAID", 40), 40, 60),
        (sale("PARTLY_PAID", 40, 90), 130, -30),
        (sale("PARTLY_PAID", None), None, None),
    ],
)
def test_it_says_how_much_is_open(look: Sale, paid: int | None, left: int | None) -> None:
    told_ = found(look)
    assert (told_.paid, told_.open) == (paid, left)


def test_the_day_of_the_last_payment_is_the_day_it_was_paid() -> None:
    assert found(sale("PAID", 40, 60)).paid_on == date(2026, 11, 2)


def test_the_same_money_twice_has_two_names() -> None:
    assert found(sale("PAID", 100)).key != found(sale("PAID", 100), sale("SENT"), sale("PAID", 0, 100)).key


@settings(deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.lists(st.integers(0, 5), max_size=30))
def test_however_often_and_late_one_looks_paid_is_told_once(parts: list[int], looks: list[int]) -> None:
    """Answers may come in any order of their versions: an older one changes nothing."""
    gross = sum(parts)
    truth = [
        sale("PAID" if n == len(parts) else "PARTLY_PAID", *parts[:n], version=f"{n}", gross=gross)
        for n in range(1, len(parts) + 1)
    ]
    heard = told(*(truth[min(place, len(truth) - 1)] for place in looks), truth[-1], truth[0])
    assert heard.count("paid") == 1
    assert "over" not in heard
    assert "unpaid" not in heard


BOUNCES = [
    ([], None),
    ([("SEND", "")], None),
    ([("SEND", ""), ("SENDING_ERROR_RECEIVED", "Unknown address")], (1, "Unknown address")),
    ([("SEND", ""), ("SENDING_ERROR_RECEIVED", "X"), ("SENDING_ERROR_REVERTED_TO_NOT_SENT", "")], (1, "X")),
    ([("SEND", ""), ("SENDING_ERROR_RECEIVED", "X"), ("SEND", "")], None),
    ([("SEND", ""), ("SENDING_ERROR_RECEIVED", "X"), ("SEND", ""), ("SENDING_ERROR_RECEIVED", "Y")], (2, "Y")),
]


@pytest.mark.parametrize(("actions", "expected"), BOUNCES)
def test_a_bounce_is_of_the_last_sending(actions: list[tuple[str, str]], expected: tuple[int, str] | None) -> None:
    back = bounce(actions)
    assert (None if back is None else (back.sent, back.detail)) == expected
    if back is not None:
        assert bounced(back, sale("NOT_SENT")).key == f"bounced:{back.sent}"


@pytest.mark.parametrize(
    ("look", "left"),
    [
        (sale("SENT"), 100),
        (sale("APPROVED"), 100),
        (sale("PARTLY_PAID", 40), 60),
        (sale("PARTLY_PAID", 140), None),
        (sale("PAID", 100), None),
        (sale("NOT_SENT"), None),
        (sale("UNFINISHED"), None),
        (sale("INVALIDATED"), None),
        (sale("SENT", gross=-100), None),
    ],
)
def test_overdue_is_what_the_customer_has_and_owes(look: Sale, left: int | None) -> None:
    late = overdue(look)
    assert (late.open if late else None) == left
    assert late is None or late.what is What.OVERDUE
