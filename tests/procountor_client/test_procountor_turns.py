"""A fair lock serves in the order of arrival."""

from __future__ import annotations

import threading
import time

from procountor.turns import Turns


def test_those_who_wait_are_served_in_the_order_they_came() -> None:
    turns, served = Turns(), []
    started: list[threading.Thread] = []

    def wait(name: int) -> None:
        with turns:
            served.append(name)

    with turns:
        for name in range(12):
            thread = threading.Thread(target=wait, args=(name,))
            thread.start()
            started.append(thread)
            end = time.monotonic() + 5
            while len(turns._waiting) <= name and time.monotonic() < end:
                time.sleep(0.001)
    for thread in started:
        thread.join(5)
    assert served == list(range(12))


def test_only_one_at_a_time() -> None:
    turns, inside, most = Turns(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with turns:
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 1
