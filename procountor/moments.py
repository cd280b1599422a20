"""Procountor's clock: it writes and takes local Finnish time without a zone; we keep aware UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_HOUR = timedelta(hours=1)


def _zone() -> ZoneInfo:
    return ZoneInfo("Europe/Helsinki")


def read(text: str) -> datetime:
    """The UTC instant of ``2026-03-02T09:15:00``. Raises ValueError for anything else."""
    local = datetime.fromisoformat(text)
    return (local if local.tzinfo else local.replace(tzinfo=_zone())).astimezone(UTC)


def start(instant: datetime) -> str:
    """``instant`` as the start of a search: early enough when an hour is about to come twice (autumn)."""
    return _write(instant, -_HOUR if _offset(instant + _HOUR) < _offset(instant) else timedelta())


def end(instant: datetime) -> str:
    """``instant`` as the end of a search: late enough when an hour has just come twice."""
    whole = instant + timedelta(seconds=1) if instant.microsecond else instant
    return _write(whole, _HOUR if _offset(instant - _HOUR) > _offset(instant) else timedelta())


def _offset(instant: datetime) -> timedelta:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    offset = instant.astimezone(_zone()).utcoffset()
    assert offset is not None
    return offset


def _write(instant: datetime, shift: timedelta) -> str:
    return (instant.astimezone(_zone()).replace(tzinfo=None, microsecond=0) + shift).isoformat()
