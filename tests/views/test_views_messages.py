"""Every message in every language: Slack takes it, it reads as it was read, and nobody's words can do harm in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import views_facts as facts
import views_golden
from states_invoices import HANDLES
from views_drawn import LANGUAGES, Drawn, read
from views_states import areas, hostile_states, states

from bot import acks
from handlers.chat import Picture
from handlers.views import batches, details, mending
from handlers.views.tongue import Tongue
from sandbox.slack.blockkit import check_message, check_view
from sandbox.slack.mrkdwn import Node, nodes_of

POINTING = ("user", "usergroup", "broadcast", "channel", "link", "date")
OURS = {"U1ANNA", "U1AINO", "C1FINANCE"}
VIEWS = Path(__file__).parents[2] / "handlers"
EMOJI = {name for path in VIEWS.rglob("*.py") for name in re.findall(r":([a-z][a-z_]+):", path.read_text())}
JOINER = "\u2060"


def problems(name: str, drawn: Drawn) -> list[Any]:
    """What Slack would refuse."""
    if not isinstance(drawn, Picture):
        return check_view(acks.view(drawn))
    if name.startswith("home"):
        return check_view(acks.home(drawn))
    return check_message({"text": drawn.text, "blocks": list(drawn.blocks)})


def nodes(drawn: Drawn) -> list[Node]:
    text = {"text": drawn.text} if isinstance(drawn, Picture) else {}
    return nodes_of({**text, "blocks": list(drawn.blocks)})


def texts(value: Any) -> Iterator[str]:
    """Every text a reader sees."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name in ("text", "initial_value") and isinstance(member, str):
                yield member
            else:
                yield from texts(member)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def words(drawn: Drawn) -> list[str]:
    head = drawn.text if isinstance(drawn, Picture) else drawn.title
    return [head, *texts(list(drawn.blocks))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", states())
def test_slack_takes_it(name: str, language: str) -> None:
    for drawn in states()[name](Tongue(language)):
        assert problems(name, drawn) == []
        assert {node.target for node in nodes(drawn) if node.kind in POINTING} <= OURS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", states())
def test_every_place_is_filled(name: str, language: str) -> None:
    for drawn in states()[name](Tongue(language)):
        for text in words(drawn):
            assert not re.search(r"[{}]|(^|[\s(”“])–($|[\s)”“.,:;])|(?<=[”“(])…(?=[”)])", text), text


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("area", areas())
def test_what_is_quoted_is_quoted_as_the_language_does(area: str, language: str) -> None:
    assert "“" not in views_golden.kept(area, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", areas())
def test_it_says_what_it_said(area: str, language: str) -> None:
    """When the new words are better: `python tests/views/views_golden.py`, and read what changed."""
    assert views_golden.told(area, language) == views_golden.kept(area, language)


@pytest.mark.parametrize("text", facts.HOSTILE, ids=range(len(facts.HOSTILE)))
def test_foreign_words_do_no_harm(text: str) -> None:
    for name, draw in hostile_states(text).items():
        for drawn in draw(Tongue("fi")):
            assert problems(name, drawn) == [], name
            found = nodes(drawn)
            foreign = [node for node in found if node.kind in POINTING and node.target not in OURS]
            assert [*foreign, *(node for node in found if node.kind in ("pre", "quote", "strike"))] == []
            assert {node.target for node in found if node.kind == "emoji"} <= EMOJI
            shown = [said for said in words(drawn) if said != text]  # a field to edit holds the text as it is
            assert [c for said in shown for c in said if unicodedata.category(c) == "Cf" and c != JOINER] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_large_batch_fits_and_loses_nothing_it_counts(language: str) -> None:
    for name in ("preview, large", "list, large", "ready, large"):
        for drawn in states()[name](Tongue(language)):
            assert problems(name, drawn) == []
    preview = next(iter(states()["preview, large"](Tongue(language))))
    assert sum(len(line) for line in read(preview)) < 6000


def test_causes_take_eight_lines_and_say_how_many_are_left() -> None:
    drawn = batches.picture(Tongue("en"), facts.nothing_sent(), lambda _: "h")
    causes = [line for line in read(drawn) if line.startswith("•")]
    assert len(causes) == 8
    assert any(re.fullmatch(r"… and \d+ other causes", line) for line in read(drawn))


def test_every_sent_pair_is_told() -> None:
    sent = tuple(facts.entry(d, facts.Stand.SENT, theirs=30000 + d, buyer="A & B " * 9) for d in range(1, 121))
    pages = list(details.pages(Tongue("fi"), facts.batch("done", *sent)))
    told = "\n".join(line for page in pages for line in read(page))
    assert [e.theirs for e in sent if f"→ {e.theirs}" not in told] == []
    assert [problem for page in pages for problem in problems("thread", page)] == []


def test_a_batchs_number_is_a_name_and_not_an_amount() -> None:
    for language in LANGUAGES:
        for draw in states().values():
            for drawn in draw(Tongue(language)):
                assert not any(re.search(r"(Erä|Parti|Batch) 1\D234", line) for line in read(drawn))


def test_each_fault_that_can_be_mended_stands_on_some_page_and_those_come_first() -> None:
    say, state = Tongue("en"), facts.large(60)
    beyond = facts.entry(500, facts.Stand.FAULTY, faults=(facts.fault("date.closed_period", "issued"),))
    state = facts.batch("preview", beyond, *state.entries)
    drawn, page = [], 0
    while True:
        view = mending.faults(say, state, HANDLES, "", page)
        drawn.append(view)
        assert problems("list", view) == []
        if "fault.next" not in str(view.blocks):
            break
        page += 1
    shown = [m[1] for v in drawn for line in read(v) if (m := re.match(r"(\d+) · ", line))]
    faulty = [e.number for e in state.of(facts.Stand.FAULTY)]
    assert sorted(shown) == sorted(faulty)
    assert shown[-1] == beyond.number
    assert mending.faults(say, state, HANDLES, "", 99).blocks == drawn[-1].blocks
