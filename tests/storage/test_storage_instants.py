"""Instants are aware and come back as the same moment; what has no zone is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from storage import audit
from storage.database import Store
from tests.support.stores import NOON

HELSINKI = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    "given",
    [
        NOON,
        datetime(2026, 11, 22, 14, 0, tzinfo=HELSINKI),
        datetime(2026, 10, 25, 0, 30, 0, 123456, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_as_itself_in_utc(store: Store, company: str, given: datetime) -> None:
    with store.write() as tx:
        audit.note(tx, company, "x", "y", "z", given)
    with store.read() as tx:
        (entry,) = audit.trail(tx, company)
    assert entry.at == given
    assert entry.at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(store: Store, company: str) -> None:
    with pytest.raises(StatementError, match="time zone"), store.write() as tx:
        audit.note(tx, company, "x", "y", "z", datetime(2026, 11, 22, 12, 0))
    with store.read() as tx:
        assert list(audit.trail(tx, company)) == []
