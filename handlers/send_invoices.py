"""Finance sends invoices: checked first, the clean ones become drafts in Procountor, each once."""

from __future__ import annotations

from finance.authority import Right
from finance.invoice import Kind
from handlers import starting
from handlers.desk import Here
from handlers.routing import Router

on = Router()


@on.command(
    "send invoices",
    right=Right.FINANCE,
    usage="[numbers | 1040-1052 | project:X | all] [dry]",
    help="Check invoices and send the clean ones to Procountor as drafts",
)
def send(here: Here) -> None:
    """Starts a batch; the answer comes as one message that is redrawn from now on."""
    starting.start(here, Kind.SALES_INVOICE, here.said.text)


@on.command(
    "check invoices",
    right=Right.FINANCE,
    usage="[numbers | 1040-1052 | project:X | all]",
    help="Check invoices without sending anything",
)
def check_only(here: Here) -> None:
    """The same check; nothing can be sent from its message."""
    starting.start(here, Kind.SALES_INVOICE, f"{here.said.text} dry")


@on.click("home.send", right=Right.FINANCE)
def send_all(here: Here) -> None:
    """The Home tab's button: everything that waits."""
    starting.start(here, Kind.SALES_INVOICE, "")
