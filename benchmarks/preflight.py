"""A thousand invoices of ten rows, checked before sending; against two seconds, and against half as many."""

from __future__ import annotations

import statistics
from datetime import UTC, date, datetime

from benchmarks.figures import line, timed
from finance import preflight
from finance.reference import Reference
from procountor import reference
from procountor.connection import Client, connect
from procountor.limiter import Unpaced
from sandbox.month.choices import choices
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from tests.support.invoices import invoice


def fetched() -> Reference:
    """The practice company's reference data, as the client reads it."""
    with PracticeProcountor(seed.month(), rate=1000) as books:
        client = Client(books.url, seed.CLIENT_ID, seed.CLIENT_SECRET, seed.REDIRECT_URI)
        with connect(client, Unpaced()) as procountor:
            return reference.fetch(procountor.company(seed.API_KEY), datetime.now(UTC))


def main() -> None:
    """Prints the figures."""
    data, rules, today = fetched(), choices(), date.today()  # noqa: DTZ011 - the seed stands on the local day
    many = [invoice(str(n), today, rows=10) for n in range(1000)]

    def check(count: int) -> list[float]:
        return timed(lambda: [preflight.check(i, data, rules, today=today) for i in many[:count]])

    whole, half = check(1000), check(500)
    ratio = statistics.median(whole) / statistics.median(half)
    line("preflight, 1,000 invoices of 10 rows", whole, f"goal 2 s; {ratio:.2f} times 500 (linear: 2)")
