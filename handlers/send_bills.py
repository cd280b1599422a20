"""Finance sends the bills that were born in the project system: they become drafts in Procountor, each once (R53).

The other verb for a bill, approving, is for those that came to Procountor by themselves (R54); they are never sent.
"""

from __future__ import annotations

from finance.authority import Right
from finance.invoice import Kind
from handlers import starting
from handlers.chat import Block
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import overview
from storage import documents

on = Router()


@on.command(
    "send bills",
    right=Right.FINANCE,
    usage="[numbers | 1040-1052 | all] [dry]",
    help="Check the project system’s bills and send the clean ones to Procountor as drafts, without accounting data",
)
def send(here: Here) -> None:
    """Starts a batch of bills; the answer comes as one message that is redrawn from now on."""
    starting.start(here, Kind.BILL, here.said.text)


@on.command(
    "check bills",
    right=Right.FINANCE,
    usage="[numbers | 1040-1052 | all]",
    help="Check the project system’s bills without sending anything",
)
def check_only(here: Here) -> None:
    """The same check; nothing can be sent from its message."""
    starting.start(here, Kind.BILL, f"{here.said.text} dry")


@on.click("home.send_bills", right=Right.FINANCE)
def send_all(here: Here) -> None:
    """The button of the Home tab and of the answer to files: every bill that waits."""
    starting.start(here, Kind.BILL, "")


@on.section("bills to send", place=55, right=Right.FINANCE)
def waiting(here: Here) -> list[Block]:
    """The bills that wait to be sent; nothing when none do."""
    with here.desk.store.read() as tx:
        count = documents.counts(tx, here.company.id, Kind.BILL).get("open", 0)
    return overview.bills_to_send(here.say, count) if count else []
