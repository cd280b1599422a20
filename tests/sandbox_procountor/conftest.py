"""One server for the run, a fresh world for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from practice_bodies import TODAY, form

from sandbox.procountor import PracticeProcountor, World
from sandbox.procountor.seed import month

Login = Callable[..., httpx.Client]


@pytest.fixture(scope="session")
def shared_server() -> Iterator[PracticeProcountor]:
    with PracticeProcountor(month(TODAY), rate=100_000) as server:
        yield server


@pytest.fixture
def practice(shared_server: PracticeProcountor) -> PracticeProcountor:
    shared_server.use(month(TODAY))
    return shared_server


@pytest.fixture
def world(practice: PracticeProcountor) -> World:
    return practice.world


@pytest.fixture
def login(practice: PracticeProcountor) -> Iterator[Login]:
    """A client with the token of an API key."""
    opened: list[httpx.Client] = []

    def log_in(key: str = "practice-key-north") -> httpx.Client:
        client = httpx.Client(base_url=practice.url, timeout=10, verify=False)  # loading certificates is slow
        token = client.post("/oauth/token", data=form(api_key=key))
        client.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
        opened.append(client)
        return client

    yield log_in
    for client in opened:
        client.close()


@pytest.fixture
def bot(login: Login) -> httpx.Client:
    return login()


@pytest.fixture
def levers(practice: PracticeProcountor) -> Iterator[httpx.Client]:
    """The practice paths beside the API."""
    with httpx.Client(base_url=practice.practice_url, timeout=10, verify=False) as client:
        yield client
