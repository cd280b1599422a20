"""The figures that are read from the database when they are asked for, at most every few seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.compose import House
from bot.engine import LANES
from finance.invoice import Kind
from finance.transfer import State
from storage import companies, decisions, gauges
from storage.database import free
from storage.gauges import Standing

FRESH = 5.0  # seconds; figures asked for more often are shown again

STATES = (decisions.NOTED, decisions.SENT, decisions.UNSURE, decisions.CONTESTED, decisions.REFUSED)


class Figures(Collector):
    """What stands in the database; every series is there from the start, so that an alarm can be set on it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = threading.Lock()
        self._read = float("-inf")
        self._shown: list[GaugeMetricFamily] = []

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing is read when it is registered."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._lock:
            if time.monotonic() - self._read >= FRESH:
                self._shown = [*self._tasks(), *self._standing(), *self._disk()]
                self._read = time.monotonic()
            yield from self._shown

    def _tasks(self) -> Iterator[GaugeMetricFamily]:
        now, queues = self._house.desk.clock(), self._house.engine.queues()
        waiting = _family("kierto_tasks_waiting", "Tasks that wait or run, by lane", "lane")
        oldest = _family("kierto_task_oldest_seconds", "Age of the oldest task that could run, by lane", "lane")
        later = _family("kierto_tasks_later", "Tasks whose time has not come, by lane", "lane")
        for lane in LANES:
            queue = queues[lane.name]
            waiting.add_metric([lane.name], queue.waiting)
            later.add_metric([lane.name], queue.later)
            oldest.add_metric([lane.name], _age(queue.oldest, now))
        yield from (waiting, oldest, later)

    def _standing(self) -> Iterator[GaugeMetricFamily]:
        with self._house.store.read() as tx:
            found = gauges.look(tx)
        now = self._house.desk.clock()
        yield from _counts(found)
        for name, meaning, value in (
            (
                "kierto_transfers_uncertain",
                "Transfers that may stand in Procountor and are looked for",
                found.uncertain,
            ),
            ("kierto_transfer_oldest_seconds", "Since the oldest open request left", _age(found.oldest_transfer, now)),
            ("kierto_inbox_waiting", "Things said that are not dealt with", found.heard),
            ("kierto_inbox_oldest_seconds", "Age of the oldest of them", _age(found.oldest_heard, now)),
            ("kierto_held", "Companies for which nothing is sent until an admin says so (safe mode)", found.held),
            ("kierto_trail_rows", "Rows of the trail", found.trail),
        ):
            yield GaugeMetricFamily(name, meaning, value)
        polled = _family("kierto_poll_age_seconds", "Since the last look in Procountor", "company", "what")
        for one in found.polled:
            polled.add_metric([one.company, one.what], _age(one.at, now))
        yield polled

    def _disk(self) -> Iterator[GaugeMetricFamily]:
        file = self._house.store.file
        if file is not None:
            yield GaugeMetricFamily("kierto_disk_free_bytes", "Free for the database", free(file))


def _counts(found: Standing) -> Iterator[GaugeMetricFamily]:
    states = _family("kierto_companies", "Companies, by state", "state")
    for state in (companies.NEW, companies.READY, companies.PAUSED):
        states.add_metric([state], found.companies.get(state, 0))
    moving = _family("kierto_transfers", "Documents on their way to Procountor and there, by state", "kind", "state")
    for kind in Kind:
        for stage in State:
            moving.add_metric([kind.value, stage.value], found.transfers.get((kind.value, stage.value), 0))
    decided = _family("kierto_decisions", "Decisions about bills that are not simply done, by state", "state")
    for state in STATES:
        decided.add_metric([state], found.decisions.get(state, 0))
    yield from (states, moving, decided)


def _family(name: str, meaning: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, labels=labels)


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
