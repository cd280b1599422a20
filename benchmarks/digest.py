"""The morning of 2,000 people with 100,000 open bills: computed in 10 s and 200 MB at most, and a tenth in a tenth."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import office
from finance import reminding as rules
from finance.transfer import Timing
from handlers import urgent
from handlers.chat import Picture, Posted, Profile
from handlers.desk import Desk
from handlers.memo import Memo
from handlers.reminders import waiting
from handlers.views import digest as views
from handlers.views.tongue import Tongue
from storage import companies, desks
from storage.database import Store

BILLS, PEOPLE = int(os.environ.get("KIERTO_BENCH_BILLS", "100000")), 2_000
MOST_SECONDS, MOST_MEGABYTES = 10, 200


@dataclass
class Silence:
    """A Slack that takes everything and keeps nothing, and an engine that only notes what it was asked for."""

    asked: list[list[str]] = field(default_factory=list)
    said: int = 0

    def profile(self, user: str) -> Profile:
        return Profile(user, user, "fi")

    def direct(self, user: str) -> str:
        return user

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        self.said += 1
        return Posted(channel, str(self.said))

    def soon(self, tx: Any, lane: str, task: str, key: str, company: str, args: list[str], *_: Any, **__: Any) -> None:
        if task == "waiting.digest":
            self.asked.append(args)


def main() -> None:
    """Prints the seconds (of the processor) and the memory of both sizes, and how the one grows into the other."""
    small, large = (_measured(bills, people) for bills, people in ((BILLS // 10, PEOPLE // 10), (BILLS, PEOPLE)))
    for name, place in (("computed", 0), ("computed, told and noted", 1)):
        ratio = large[place] / small[place]
        goal = f"goal {MOST_SECONDS} s" if place == 0 else "no goal: one commit a person"
        print(f"digests of {BILLS:,} bills, {PEOPLE:,} people, {name}: {large[place]:.2f} s ({goal}); "
              f"a tenth of it {small[place]:.2f} s, {ratio:.1f} times (linear: 10)")  # fmt: skip
    print(f"memory of the process at its most: {large[2]:.0f} MB (goal {MOST_MEGABYTES} MB), "
          f"of a tenth {small[2]:.0f} MB; {large[3]} of {PEOPLE} digests said")  # fmt: skip


def _measured(bills: int, people: int) -> tuple[float, float, float, int]:
    """In a process of its own, so that the memory is that of the morning and not of the filling."""
    with tempfile.TemporaryDirectory() as folder:
        store, company = office.filled(Path(folder), bills, people)
        store.close()
        ours, theirs = get_context("spawn").Pipe()
        child = get_context("spawn").Process(target=_morning, args=(store.url, company, theirs))
        child.start()
        found = ours.recv()
        child.join()
    return found  # type: ignore[no-any-return]


def _morning(url: str, company_id: str, pipe: Any) -> None:
    store, slack = Store(url, (office.KEY,)), Silence()
    desk = Desk(
        store=store, work=slack, chats=lambda _: slack, books=lambda _: None,  # type: ignore[arg-type, return-value]
        own_books=lambda *_: None, keyed=lambda _: None, clock=lambda: office.MONDAY,  # type: ignore[arg-type, return-value]
        ticks=time.monotonic, timing=Timing(), memo=Memo(time.monotonic),
    )  # fmt: skip
    began = time.process_time()  # of this process alone: others may keep the machine busy
    _computed(desk, company_id)
    computed = time.process_time() - began
    began = time.process_time()
    waiting.tick(desk)
    for args in slack.asked:
        waiting.digest(desk, *args)
    told = time.process_time() - began
    pipe.send((computed, told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, slack.said))
    store.close()


def _computed(desk: Desk, company_id: str) -> int:
    """Who hears, of what, and the message itself, for everybody."""
    drawn = 0
    with desk.store.read() as tx:
        company = companies.get(tx, company_id)
        for reader in desks.readers(tx, company_id, company.team):
            member = reader.member
            if not urgent.may_hear(desk, company, member, reader.away):
                continue
            found = urgent.found(desk, tx, company, member.team, member.user, office.MONDAY.date())
            if any(rules.presses(one.waiting, one.urge, None) for one in found):
                views.digest(Tongue(member.language, member.zone), [one.line for one in found])
                drawn += 1
    return drawn


if __name__ == "__main__":
    main()
