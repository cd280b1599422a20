"""What an operator is shown: figures behind a token, readiness with reasons; no names, no amounts."""

from __future__ import annotations

import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from prometheus_client import CollectorRegistry, generate_latest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot import engine, meters, readiness
from bot.calls import call
from bot.cli import app
from bot.compose import House, build
from bot.figures import Figures
from bot.meters import Metered
from bot.settings import Settings
from bot.vitals import Vitals, VitalsServer
from handlers.chat import ChatTrouble
from procountor.connection import Client, connect
from procountor.limiter import Unpaced
from storage import companies, inbox, references
from storage.database import migrations
from storage.sealing import new_key
from tests.support.databases import KINDS, fresh

TOKEN = "figures-for-the-operator"
Ask = Callable[..., tuple[int, str]]


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    values = {"database_url": fresh(request.param, tmp_path), "kierto_secret_key": SecretStr(new_key())}
    made = build(Settings(_env_file=None, **values))  # type: ignore[call-arg, arg-type]
    yield made
    made.close()


def figures(house: House) -> str:
    registry = CollectorRegistry()
    registry.register(Figures(house))
    return generate_latest(registry).decode()


def value(text: str, series: str) -> float:
    found = re.search(rf"^{re.escape(series)} (\S+)$", text, re.MULTILINE)
    assert found, f"{series} is not in\n{text}"
    return float(found[1])


def test_every_series_is_there_before_anything_has_happened(house: House) -> None:
    text = figures(house)
    for series in (
        'kierto_tasks_waiting{lane="transfers"}',
        'kierto_task_oldest_seconds{lane="hear"}',
        'kierto_transfers{kind="sales_invoice",state="parked"}',
        'kierto_decisions{state="unsure"}',
        'kierto_companies{state="paused"}',
        "kierto_transfers_uncertain",
        "kierto_inbox_oldest_seconds",
    ):
        assert value(text, series) == 0


def test_ages_and_lengths_are_told_without_names(house: House) -> None:
    now = house.desk.clock()
    with house.store.write() as tx:
        company = companies.connect(tx, "Pohjola Consulting Oy", "2077474-0", 101, 7, "key", now)
        inbox.keep(tx, "one", "send invoices of Matti", now - timedelta(minutes=5))
        references.mark(tx, company, references.BILLS_SINCE, (now - timedelta(minutes=7)).isoformat())
        house.desk.work.soon(tx, "hear", "greet", "1", company, [company])
        house.desk.work.soon(tx, "hear", "greet", "2", company, [company], 3600)
    text = figures(house)
    assert value(text, 'kierto_tasks_waiting{lane="hear"}') == 1
    assert value(text, 'kierto_tasks_later{lane="hear"}') == 1
    assert value(text, 'kierto_companies{state="ready"}') == 1
    assert value(text, "kierto_inbox_waiting") == 1
    assert value(text, "kierto_inbox_oldest_seconds") >= 300
    assert value(text, f'kierto_poll_age_seconds{{company="{company}",what="bills"}}') >= 420
    assert not re.search("Pohjola|2077474|Matti", text)


def test_ready_says_what_is_missing(house: House) -> None:
    well = readiness.parts(house)
    assert (well["database"], well["migrations"], well["engine"]) == ("ok", "ok", "ok")
    command.downgrade(migrations(house.store.url), "-1")
    assert "this program needs" in str(readiness.parts(house)["migrations"])


@pytest.fixture
def ask() -> Iterator[Ask]:
    """A worker's addresses over real HTTP; ``state`` is what readiness finds."""
    state: dict[str, object] = {"database": "ok"}
    server = VitalsServer(Vitals(lambda: dict(state), (meters.REGISTRY,), TOKEN), "127.0.0.1", 0)
    server.start()
    while server.port is None:
        assert server._thread.is_alive()

    def get(path: str, token: str = "", **changed: object) -> tuple[int, str]:
        state.update(changed)
        request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    yield get
    server.stop()


def test_a_workers_addresses(ask: Ask) -> None:
    assert ask("/health/live")[0] == 200
    assert ask("/health/ready")[0] == 200
    status, text = ask("/health/ready", database="the disk is nearly full")
    assert (status, "nearly full" in text) == (503, True)
    assert ask("/slack/events")[0] == 404


def test_figures_are_shown_to_those_who_know_the_token_only(ask: Ask) -> None:
    assert ask("/metrics")[0] == 404
    assert ask("/metrics", "wrong")[0] == 404
    assert ask("/metrics", TOKEN + "x")[0] == 404
    status, text = ask("/metrics", TOKEN)
    assert (status, "kierto_procountor_seconds" in text) == (200, True)


async def _asked(vitals: Vitals, header: bytes) -> int:
    from starlette.requests import Request

    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": [(b"authorization", header)]}
    return (await vitals.metrics(Request(scope))).status_code


@pytest.mark.parametrize("header", [b"", b"Bearer ", b"Bearer", b"Bearer \xff", b"Basic Og=="])
def test_without_a_token_nobody_sees_figures(header: bytes) -> None:
    import asyncio

    assert asyncio.run(_asked(Vitals(dict, (meters.REGISTRY,), ""), header)) == 404


def test_calls_are_measured_by_code() -> None:
    class Refusing:
        def chat_postMessage(self, **_: object) -> None:
            raise OSError("connection reset")

    slack = 'kierto_slack_seconds_count{method="chat_postMessage",outcome="no_answer"}'
    before = generate_latest(meters.REGISTRY).decode()
    earlier = value(before, slack) if slack in before else 0
    with pytest.raises(ChatTrouble):
        call(Refusing().chat_postMessage)  # type: ignore[arg-type]
    client = Client("http://127.0.0.1:9/api", "id", "secret", "https://x.example")
    with connect(client, Metered(Unpaced(), 48), observe=meters.procountor) as procountor, pytest.raises(Exception):  # noqa: B017
        procountor.company("key").get("invoices")
    text = generate_latest(meters.REGISTRY).decode()
    assert value(text, slack) == earlier + 1
    assert "kierto_limiter_rate 48.0" in text
    assert re.search(r'kierto_procountor_seconds_count\{method="POST",outcome="ConnectError",route="\w', text)


def test_the_wait_for_the_limit_is_measured_until_the_permission() -> None:
    before = value(generate_latest(meters.REGISTRY).decode(), "kierto_limiter_wait_seconds_count")
    pace = Metered(engine_pace(), 48)
    held = pace.wait()
    assert held is not None
    with held:
        pass
    assert value(generate_latest(meters.REGISTRY).decode(), "kierto_limiter_wait_seconds_count") == before + 1


def engine_pace() -> object:
    from procountor.limiter import Limiter

    return Limiter(48)


def test_what_the_engine_counts_is_what_its_library_lists(house: House) -> None:
    with house.store.write() as tx:
        for number in range(5):
            house.desk.work.soon(tx, engine.LANES[number].name, "x", str(number), "c", ["c", "C1"])
    listed = house.engine._client.list_queued_workflows(load_input=False, load_output=False)
    assert sum(house.engine.backlog().values()) == len(listed) == 5


def test_the_version_that_runs_is_told_by_the_metrics_and_in_the_terminal() -> None:
    stands = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]["version"]
    assert value(generate_latest(meters.REGISTRY).decode(), f'kierto_build_info{{version="{stands}"}}') == 1
    said = CliRunner().invoke(app, ["--version"])
    assert (said.exit_code, said.output) == (0, f"kierto {stands}\n")
