"""Starts workers quickly: everything is imported once here, and each worker is a fork that can be killed for good."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from bot import program
from bot.settings import Settings


def main() -> None:
    """Reads a line for each worker wanted, answers with its process id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not mourned
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    print("ready", flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            logging.basicConfig(level=logging.ERROR)
            try:
                program.work(settings, threading.Event())
            finally:
                os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
