"""What the tests of the store share: a moment, and companies that nobody else has."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from storage import companies
from storage.database import Store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = "b3BlbnMgd2hhdCB0ZXN0cyBoYXZlIHNlYWxlZCBoZXI="
_numbers = itertools.count(12_101)


def found_company(store: Store) -> str:
    """A company with a number in Procountor that no other test uses."""
    number = next(_numbers)
    with store.write() as tx:
        return companies.connect(tx, f"Yhtiö {number} Oy", "2077474-0", number, 501, "avain", NOON)
