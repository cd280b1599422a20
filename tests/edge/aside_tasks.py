"""Tasks that are carried out aside, one after another, in a program of their own: it has to begin without threads."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import AbstractContextManager

from bot.aside import Aside, Failed
from bot.later import passing
from bot.trying import Perform
from handlers.chat import ChatTrouble
from procountor.limiter import Pace


class Counting:
    """The worker's pace."""

    def __init__(self) -> None:
        self.let_go = self.over = 0

    def wait(self) -> AbstractContextManager[object] | None:
        self.let_go += 1
        return None

    def answered(self) -> None:
        self.over += 1


def performing(pace: Pace) -> Perform:
    def perform(task: str, args: list[str]) -> None:
        if task == "raises":
            raise ZeroDivisionError
        if task == "silent":
            raise ChatTrouble("ratelimited")
        if task == "kills":
            pace.wait()
            os.kill(os.getpid(), signal.SIGKILL)
        if task == "hangs":
            time.sleep(3600)
        if task == "asks":
            pace.wait()
            pace.answered()

    return perform


def main() -> None:
    """Prints what became of each."""
    aside, pace = Aside(performing, 1.0, passing), Counting()
    aside.pace = pace
    found = []
    for task in ("well", "raises", "silent", "kills", "hangs", "asks", "well"):
        try:
            aside.perform(task, ["c1"])
            found.append("done")
        except ChatTrouble as trouble:
            found.append(trouble.code)
        except Failed as failed:
            found.append(str(failed).split(" (aside")[0])
    aside.close()
    print(json.dumps([*found, pace.let_go, pace.over]))


if __name__ == "__main__":
    main()
