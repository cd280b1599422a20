"""The metronome: every process that hears Slack ticks; what is due is computed from data, asked for once by its key."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot import incident, skew, tidying
from bot.compose import House
from bot.heads import heads_of
from storage import audit, proving
from storage.damage import Damaged

log = logging.getLogger(__name__)

KEEP = timedelta(days=30)


class Clock:
    """Ticks the routes that look at the time, and tidies at night. Holds nothing; a dead clock is not missed."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._heads = heads_of(house.settings, house.store)
        self._told: date | None = None
        self._scheduler = BackgroundScheduler(timezone="Europe/Helsinki")

    def start(self) -> None:
        """Declares every job anew: none is ever stored."""
        quiet = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        for route in self._house.table.of("tick"):
            run = self._safely(route.name, route.run)
            self._scheduler.add_job(run, "interval", seconds=route.every, id=route.name, **quiet)
        self._scheduler.add_job(self._safely("head", self._note), "interval", seconds=60, id="head", **quiet)
        bury = self._safely("bury", self._bury)
        self._scheduler.add_job(bury, "interval", seconds=60, id="bury", **quiet)
        look = self._safely("skew", lambda _: skew.look(self._house))
        self._scheduler.add_job(look, "interval", seconds=3600, id="skew", **quiet)
        # Not between three and four: that hour is missing or doubled when the clocks change.
        self._scheduler.add_job(self._safely("tidy", self._tidy), "cron", hour=2, minute=17, id="tidy", **quiet)
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
        self._safely("head", self._note)()

    def _note(self, _: object) -> None:
        """The trail's head goes where no one who alters the database finds it: a file, and once a day the log."""
        with self._house.store.read() as tx:
            head = audit.head(tx)
        now = self._house.desk.clock()
        if self._told != now.date():
            self._told = now.date()
            log.info("the head of the trail: %d:%s", head.seq, head.hash)
        if self._heads is not None:
            self._heads.note(head, now)

    def _bury(self, _: object) -> None:
        dead = self._house.engine.bury()
        if dead:
            log.error("%d tasks never came to an end and are given up", dead)

    def _tidy(self, _: object) -> None:
        store, now = self._house.store, self._house.desk.clock()
        try:
            store.check(wholly=True)
            with store.read() as tx:
                proving.look(tx)
        except Damaged as damaged:
            log.critical("%s", damaged)
            raise
        tidying.night(store, now)
        self._house.engine.tidy(KEEP)

    def _safely(self, name: str, run: Callable[..., None]) -> Callable[[], None]:
        def tick() -> None:
            try:
                run(self._house.desk)
            except Exception as failed:  # noqa: BLE001 - the next tick comes by itself
                incident.note(log, f"the tick {name}", failed)

        return tick
