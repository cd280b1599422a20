"""Nothing crosses from one company to another: fifty thousand random acts, judged by what both practice servers saw.

That the judge can find anything is proven as well: with each of several faults planted in the bot he does.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from isolation_acts import FIRST, Cast
from isolation_judge import Judge, Leak
from isolation_world import ADMIN, BOTH, FINANCE, USERS, World, world

from handlers.chat import Modal, Picture
from handlers.labelled import Labelled
from sandbox.month.finvoice_file import finvoices
from sandbox.slack.records import Message
from sandbox.slack.server import PracticeSlack
from storage import companies, installations

pytestmark = pytest.mark.proof

SEEDS = (20261122, 4711, 815, 1042, *range(1, 37))[: int(os.environ.get("KIERTO_PROOF_WORLDS", "40"))]
ACTS = 1250  # for each seed
EVERY = 100  # acts between two turns of the clock
PLANTED = 700  # acts within which a planted fault must show
THREADS, AT_ONCE = 4, 75


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place: what is proven here is not that a disk keeps things."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        yield Path(made)


@pytest.fixture
def cast(request: pytest.FixtureRequest, folder: Path) -> Iterator[Cast]:
    with world(folder) as made:
        found = Cast(made, Judge(made), random.Random(getattr(request, "param", 1)))
        begun(found)
        yield found


def begun(cast: Cast) -> None:
    """Every company has sent invoices of the same numbers and has others waiting, before anything is random."""
    for firm in cast.world.firms:
        slack, user = cast.world.slacks[firm.team], next(u for u in (ADMIN, FINANCE) if u in firm.people)
        for first in (FIRST, FIRST + 12):
            content = finvoices(cast.world.invoices(firm, first, 12))
            for kind, do in (
                ("drop", lambda s=slack, u=user, c=content: s.drop_file(u, "laskut.xml", c)),
                ("command", lambda s=slack, u=user: s.command(u, "send invoices")),
                ("press", lambda s=slack, u=user: s.click(u, preview(s, u), "run.send")),
            )[: 3 if first == FIRST else 2]:
                cast.run(cast._act(kind, slack, user, [firm], do))


def preview(slack: PracticeSlack, user: str) -> Message:
    """The newest message from which a batch can be sent."""
    return next(m for m in reversed(slack.messages(slack.dm(user))) if "run.send" in str(m.blocks))


def played(cast: Cast, acts: int) -> None:
    for number in range(1, acts + 1):
        act = cast.next()
        try:
            cast.run(act)
        except AssertionError as leak:
            raise Leak(f"act {number}: {leak}") from leak
        if number % EVERY == 0:
            cast.tick()


@pytest.mark.gate("G3")
@pytest.mark.parametrize("cast", SEEDS, indirect=True)
def test_nothing_crosses_from_one_company_to_another(cast: Cast) -> None:
    played(cast, ACTS)
    print("\nacts:", dict(cast.done), "\nseen:", dict(cast.judge.counts), "handles:", len(cast.judge.handles))
    assert sum(cast.done.values()) == ACTS
    # Enough of everything has happened for silence to mean something.
    drafts = [len(sent(cast.world, firm.number)) for firm in cast.world.firms]
    assert sum(drafts) > 40, drafts
    assert cast.judge.counts["requests to Procountor"] > 300
    assert cast.judge.counts["things given to Slack"] > 1000
    assert len(cast.judge.handles) > 500
    assert min(cast.done[kind] for kind in ("form", "stolen press", "stolen form", "stolen options", "go by name")) > 20


def sent(world: World, number: int) -> list[Any]:
    """The drafts the bot has made in a company's books."""
    books = world.procountor.world.companies[number]
    return [d for d in books.registers["invoices"].values() if "[kierto:" in (d.get("notes") or "")]


def test_many_at_once_and_the_real_engine_mix_nothing(folder: Path) -> None:
    """The same without the driver's order: what belongs to whom is judged by the words alone, at the end."""
    with world(folder, engine=True) as made:
        judge = Judge(made)
        casts = [Cast(made, judge, random.Random(number)) for number in range(THREADS)]

        def act(cast: Cast) -> None:
            for _ in range(AT_ONCE):
                team, user = cast.random.choice(list(made.slacks)), cast.random.choice(USERS)
                draw = cast.random.choice([cast.command, cast.press, cast.drop, cast.home, cast.company, cast.form])
                if draw in (cast.drop, cast.form) and user == BOTH:
                    continue  # who goes from one company to another may bring a file of the other's himself
                drawn = draw(made.slacks[team], user)
                if drawn is not None and not drawn.typed:
                    try:
                        drawn.do()
                    except LookupError:
                        continue  # another thread has pressed it away

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(act, casts))
        made.slacks["T1ALONE"].wait_for(lambda: not sum(made.house.engine.backlog().values()), 120)
        judge.loosely()
        assert judge.counts["things given to Slack"] > THREADS * AT_ONCE / 2


# faults planted in the bot: the judge must find each of them


def every_company_is_everybodys(patch: pytest.MonkeyPatch, cast: Cast) -> None:
    patch.setattr("handlers.rights.belonging", lambda tx, team, user: companies.of_team(tx, team))


def books_are_opened_with_one_key(patch: pytest.MonkeyPatch, cast: Cast) -> None:
    patch.setattr("bot.compose.companies.api_key", lambda tx, id: cast.world.firms[0].key)


def slack_is_opened_with_one_token(patch: pytest.MonkeyPatch, cast: Cast) -> None:
    one = installations.bot_token
    patch.setattr("bot.chats.installations.bot_token", lambda tx, client, team: one(tx, client, "T1ALONE"))
    cast.world.house.slack._made.clear()


def nothing_says_its_company(patch: pytest.MonkeyPatch, cast: Cast) -> None:
    def plain(self: Labelled, picture: Picture, most: int) -> Picture:
        return picture

    def bare(self: Labelled, modal: Modal) -> Modal:
        return modal

    patch.setattr(Labelled, "under", plain)
    patch.setattr(Labelled, "above", bare)


def where_it_was_shown_is_forgotten(patch: pytest.MonkeyPatch, cast: Cast) -> None:
    patch.setattr("handlers.rights.company_in", lambda token: "")


def drafts_are_made_in_the_neighbours_books(patch: pytest.MonkeyPatch, cast: Cast) -> None:
    right = companies.api_key
    neighbour = {cast.world.firms[2].id: cast.world.firms[3].id, cast.world.firms[3].id: cast.world.firms[2].id}
    patch.setattr("bot.compose.companies.api_key", lambda tx, id: right(tx, neighbour.get(id, id)))


FAULTS = (
    every_company_is_everybodys,
    books_are_opened_with_one_key,
    slack_is_opened_with_one_token,
    nothing_says_its_company,
    where_it_was_shown_is_forgotten,
    drafts_are_made_in_the_neighbours_books,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(
    fault: Callable[[pytest.MonkeyPatch, Cast], None], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch, cast)
    with pytest.raises(AssertionError) as found:
        played(cast, PLANTED)
    print("\n", str(found.value)[:300])
