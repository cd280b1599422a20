"""The bridge to `responses` itself: what is not registered must fail the test, and so must what is not used."""

from __future__ import annotations

import httpx
import pytest
import responses

from tests.support.responses_bridge import NotRegistered, answering

URL = "https://procountor.test/api"


def code_under_test_that_swallows_everything() -> None:
    with answering() as (bridge, mock):
        mock.add(responses.GET, f"{URL}/company", json={})
        with httpx.Client(transport=bridge.transport) as http:
            http.get(f"{URL}/company")
            with pytest.raises(httpx.ConnectError):
                http.get(f"{URL}/coa")


def a_test_that_leaves_an_answer_unused() -> None:
    with answering() as (_, mock):
        mock.add(responses.GET, f"{URL}/company", json={})


def test_an_unregistered_call_fails_even_when_its_error_is_swallowed() -> None:
    with pytest.raises(NotRegistered, match=r"GET .*/api/coa"):
        code_under_test_that_swallows_everything()


def test_an_unused_answer_fails_the_test() -> None:
    with pytest.raises(AssertionError, match=r"(?i)not all requests"):
        a_test_that_leaves_an_answer_unused()
