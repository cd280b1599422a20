"""Finance's board on the Home tab, from sums that are kept: as quick with ten thousand open bills as with ten."""

from __future__ import annotations

from finance.ages import by_age
from finance.authority import Right
from finance.invoice import Kind
from handlers import papers
from handlers.chat import Block
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import board as views
from handlers.views.bill_lines import Sum
from storage import board, captures, desks, documents

on = Router()


@on.section("board", place=30, right=Right.FINANCE)
def section(here: Here) -> list[Block]:
    """What waits to be sent or paid, what is in doubt, and the open bills by age and by person."""
    company, today = here.company.id, papers.today(here.desk)
    with here.desk.store.read() as tx:
        ready = [documents.counts(tx, company, kind).get("open", 0) for kind in (Kind.SALES_INVOICE, Kind.BILL)]
        states, to_pay = board.runs(tx, company), board.to_pay(tx, company)
        doubts, days = board.in_doubt(tx, company).all, board.open_by_day(tx, company)
        claims = captures.waiting(tx, company)
        people = [(user, n) for team, user, n in desks.busy(tx, company) if team == here.company.team]
    found = views.Board(
        ready=sum(ready),
        begun=states.get("preview", 0) + states.get("sending", 0),
        doubts=doubts,
        to_pay=Sum(to_pay.n, to_pay.sums),
        claims=views.Claims(waiting=claims),
        ages=by_age([(day.due, day.n) for day in days], today),
        people=people[: views.NAMED],
        others=max(0, len(people) - views.NAMED),
    )
    return views.section(here.say, found)
