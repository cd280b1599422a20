"""Tasks that come late: what they are about is forgotten or settled, and they say and change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from finance.capture import Sheet
from finance.circulation import Act
from finance.claim import ClaimKind
from storage import captured_receipts as receipts
from storage import captures, companies, decisions, passings, questions
from storage.decisions import Claim
from storage.questions import Words
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import Spoken, spoken

NEVER = "999"
FILES = count(1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoken]:
    with spoken(tmp_path_factory.mktemp("gone")) as found:
        yield found


def decided(house: Spoken, act: Act = Act.APPROVE) -> str:
    """A decision about a bill that is kept no more."""
    wanted = Claim(house.id, 999, "p", f"{act.value}:1", act, TEAM, MIKA, None, own_key=False, shown='{"id":999}')
    with house.write() as tx:
        return str(decisions.claim(tx, wanted, house.now)[0].id)


def asked(house: Spoken) -> str:
    """A question about such a bill."""
    with house.write() as tx:
        return str(questions.ask(tx, house.id, 999, TEAM, ANNA, MIKA, Words("Onko meidän?"), house.now))


def passed(house: Spoken) -> str:
    """Such a bill as it was passed on."""
    with house.write() as tx:
        return str(passings.add(tx, house.id, 999, TEAM, ANNA, MIKA, ANNA, "", house.now, dealt=True))


def looked_into(house: Spoken) -> tuple[str, str]:
    """A claim and a receipt of it that has been looked into already."""
    with house.write() as tx:
        one = captures.begin(tx, house.id, TEAM, SAM, ClaimKind.EXPENSE, house.now)
        captures.write(tx, one, Sheet(ClaimKind.EXPENSE, next_row=2), house.now)
        (id,) = receipts.ask(tx, house.id, one.id, 1, [f"F{next(FILES)}"], house.now)
        found = receipts.get(tx, house.id, id)
        assert found is not None
        receipts.fail(tx, found, "kuitti.pdf", receipts.LOST)
    return str(one.id), str(id)


Args = Callable[[Spoken], tuple[str, ...]]
LATE: dict[str, Args] = {
    "bill.question": lambda house: (asked(house),),
    "bill.answered": lambda house: (asked(house), "1"),
    "bill.handed": lambda house: (passed(house),),
    "rule.suggest": lambda house: (NEVER,),
    "rule.tell": lambda house: (passed(house), ANNA),
    "bill.rejected": lambda house: (decided(house, Act.REJECT),),
    "bill.stuck": lambda house: (decided(house),),
    "bill.card": lambda house: (NEVER, TEAM, MIKA),
    "bill.again": lambda house: (NEVER, TEAM, MIKA),
    "bill.held": lambda house: (NEVER, TEAM, MIKA),
    "bill.document": lambda house: (NEVER, TEAM, MIKA, "p"),
    "bill.open_again": lambda house: (NEVER, TEAM, MIKA),
    "bill.picture": lambda house: (NEVER, TEAM, "1"),
    "trail.tell": lambda house: (NEVER, TEAM, MIKA),
    "claim.card": lambda house: (NEVER, TEAM, MIKA),
    "claim.told": lambda house: (NEVER, "received"),
    "claim.receipt": looked_into,
    "own.check": lambda house: (NEVER,),
    "own.clash": lambda house: (TEAM, ANNA, MIKA, SAM),
    "paid.tell": lambda house: ("C1", NEVER),
    "paid.instead": lambda house: (ANNA, "C1", NEVER),
    "claims.todo": lambda house: (),
    "rights.carry": lambda house: (TEAM, ANNA, NEVER),
    "registers.tell": lambda house: (ANNA, "2026-06-01"),
    "safe.tell": lambda house: (),
    "remind.now": lambda house: (TEAM, MIKA, ANNA),
    "away.begins": lambda house: (TEAM, MIKA, "2", "0"),
    "sales.late": lambda house: ("2026-06-05",),
}


@pytest.mark.parametrize("task", LATE)
def test_a_task_about_what_is_no_more_there_ends_quietly(house: Spoken, task: str) -> None:
    args = LATE[task](house)
    house.asked.calls()
    before = house.trail()
    assert house.do(task, *args) == ""
    assert house.asked.calls() == [], "it asks for nothing more"
    assert house.trail() == before


def test_a_receipt_that_was_looked_into_is_not_called_lost_when_the_task_is_given_up(house: Spoken) -> None:
    claim, receipt = looked_into(house)
    for about in (claim, NEVER):
        assert house.do("claim.receipt", about, receipt, kind="buried") == ""


@pytest.mark.parametrize("task", ["other.look", "bills.fetch", "sales.fetch"])
def test_the_books_of_a_company_whose_key_is_refused_are_left_alone(house: Spoken, task: str) -> None:
    """The books are not even opened: here that would raise."""
    with house.write() as tx:
        companies.set_state(tx, house.id, companies.PAUSED)
    try:
        assert house.do(task) == ""
        assert house.asked.calls() == []
    finally:
        with house.write() as tx:
            companies.set_state(tx, house.id, companies.READY)
