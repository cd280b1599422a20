"""The bills that have arrived in Procountor for the practice company's own projects, and what it has paid before.

Nobody is named to circulate these, so whoever has the right may approve them; the month's other bills name people.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from sandbox.procountor import inbox
from sandbox.procountor.inbox import Bill
from sandbox.procountor.wire import Doc
from sandbox.procountor.world import Company, World

SILTA, KUMPU, REPPU, HAAPA, NAYTTO = 1051, 1052, 1055, 1056, 1060
PAID = (SILTA, SILTA, SILTA, KUMPU, KUMPU, REPPU, HAAPA, NAYTTO)  # suppliers whose account is an old one
STRANGE = "FI5810171000000122"  # an account that nothing has been paid to


def arrive(world: World, company: Company, today: date) -> list[int]:
    """Puts them into the company's inbox, the newest last; gives their ids."""
    for place, supplier in enumerate(PAID):
        day = today - timedelta(days=35 + 30 * place)
        inbox.receive(world, company, Bill(supplier=supplier, day=day, verifiers=[], acceptors=[]))["status"] = "PAID"
    return [int(inbox.receive(world, company, bill)["id"]) for bill in _bills(today)]


def _bills(today: date) -> list[Bill]:
    nobody = partial(Bill, verifiers=[], acceptors=[])
    strange = {"paymentInfo": {"bankAccount": {"accountNumber": STRANGE}}}
    work, hosting = [("Alihankintatyö", "12", "82.33")], [("Palvelut", "1", "249.00"), ("Varmuuskopiot", "1", "38.50")]
    licences, screens, trains = (
        [("Lisenssit", "6", "31.90")],
        [("Näyttö 27", "2", "418.00")],
        [("Junaliput", "4", "58.40")],
    )
    days = [today - timedelta(days=n) for n in range(19)]
    return [
        nobody(SILTA, _rows(work), days[4], number="SI-20418", order_reference="P-1001 / kevät"),
        nobody(KUMPU, _rows(hosting), days[18], number="K-77120", order_reference="P-1005"),
        nobody(HAAPA, _rows(licences), days[1], 21, number="HA-3307", notes="Projekti P-1001"),
        nobody(NAYTTO, _rows(screens), days[2], number="50913", order_reference="P-1005", changes=strange),
        nobody(REPPU, _rows(trains), today, number="R-118"),
    ]


def _rows(told: Sequence[tuple[str, str, str]]) -> list[Doc]:
    return [{"product": name, "quantity": Decimal(n), "unitPrice": Decimal(price)} for name, n, price in told]
