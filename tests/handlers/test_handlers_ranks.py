"""Documents of a batch go in line, but one that is held up holds nobody up for long."""

from __future__ import annotations

import threading
import time

from handlers.ranks import Ranks


def test_the_later_waits_until_the_earlier_has_passed() -> None:
    ranks, went = Ranks(), []
    inside = threading.Event()

    def second() -> None:
        with ranks.standing(1, 2):
            inside.set()
            ranks.let_pass(1, 2, 5)
            went.append(2)

    with ranks.standing(1, 1):
        thread = threading.Thread(target=second)
        thread.start()
        assert inside.wait(5)
        went.append(1)
        ranks.passed(1, 1)
        thread.join(5)
    assert went == [1, 2]


def test_nobody_waits_for_those_behind_or_of_other_batches() -> None:
    ranks = Ranks()
    with ranks.standing(1, 5), ranks.standing(2, 1), ranks.standing(1, 2):
        began = time.monotonic()
        ranks.let_pass(1, 2, 5)
        assert time.monotonic() - began < 1


def test_the_courtesy_ends() -> None:
    ranks = Ranks()
    with ranks.standing(1, 1), ranks.standing(1, 2):
        ranks.let_pass(1, 2, 0.05)  # comes back


def test_an_error_leaves_the_line() -> None:
    ranks = Ranks()
    try:
        with ranks.standing(1, 1):
            raise ValueError
    except ValueError:
        pass
    with ranks.standing(1, 2):
        began = time.monotonic()
        ranks.let_pass(1, 2, 5)
        assert time.monotonic() - began < 1
