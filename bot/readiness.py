"""Whether the bot can work, part by part, with the reason where it cannot: what /health/ready and a balancer ask."""

from __future__ import annotations

from bot.compose import House
from storage import gauges


def parts(house: House) -> dict[str, object]:
    """Each part "ok" or what is wrong. A paused company is told, but does not take the bot out of service."""
    with house.store.read() as tx:
        states = gauges.companies(tx)
    house.engine.queues()
    return {
        "database": "ok",
        "migrations": _migrations(house),
        "engine": "ok",
        "disk": _disk(house),
        "companies": dict(states),
    }


def _migrations(house: House) -> str:
    has, newest = house.store.revisions()
    if has == newest or house.store.newer:
        return "ok"
    return f"the tables have the form {has or 'of nothing'}, this program needs {newest}"


def _disk(house: House) -> str:
    return "nearly full: nothing new is taken up until there is room" if house.store.full else "ok"
