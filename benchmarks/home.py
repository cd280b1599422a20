"""The Home tab of finance with 10,000 open bills against 1,000: all of it, from the rows to what Slack is given."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import office
from benchmarks.figures import line
from finance.authority import Right
from finance.transfer import Timing
from handlers import home, rights
from handlers.chat import Picture, Profile
from handlers.desk import Desk
from handlers.memo import Memo
from handlers.said import Said
from storage import rights as given

LARGE, SMALL = 10_000, 1_000
PEOPLE, RUNS = 200, 9
READER = office.person(0)


class Slack:
    """One that takes a Home tab and keeps how much is on it."""

    blocks = 0

    def profile(self, user: str) -> Profile:
        return Profile(user, user, "fi")

    def home(self, user: str, picture: Picture) -> None:
        self.blocks = len(picture.blocks)

    def soon(self, *_: Any, **__: Any) -> None:
        """Nothing is asked for."""


def main() -> None:
    """Prints the median seconds of the processor, and how many times those of the small store they are."""
    large, blocks = _measured(LARGE)
    small, _ = _measured(SMALL)
    ratio = statistics.median(large) / statistics.median(small)
    line(f"Home of finance with {LARGE:,} open bills, {blocks} blocks", large, f"{ratio:.2f} times {SMALL:,}")


def _measured(bills: int) -> tuple[list[float], int]:
    with tempfile.TemporaryDirectory() as folder:
        store, company = office.filled(Path(folder), bills, PEOPLE)
        slack = Slack()
        desk = Desk(
            store=store, work=slack, chats=lambda _: slack, books=lambda _: None,  # type: ignore[arg-type, return-value]
            own_books=lambda *_: None, keyed=lambda _: None, clock=lambda: office.MONDAY,  # type: ignore[arg-type, return-value]
            ticks=time.monotonic, timing=Timing(), memo=Memo(time.monotonic),
        )  # fmt: skip
        all_ = (Right.FINANCE, Right.RECEIVE, Right.SEE_ALL, Right.APPROVE)
        with store.write() as tx:
            given.give(tx, company, office.TEAM, READER, all_, "bench", office.MONDAY)
        found = []
        for _ in range(RUNS + 1):
            began = time.process_time()  # of this process alone: others may keep the machine busy
            here = rights.here(desk, Said("home", "home", office.TEAM, READER))
            assert here is not None
            home.draw(here)
            found.append(time.process_time() - began)
        store.close()
    return found[1:], slack.blocks


if __name__ == "__main__":
    main()
