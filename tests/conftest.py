"""What tests of several folders share: one Chromium for all that drive a page, and the gates that tests decide."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

from benchmarks import gates

# A busy machine is no fault. Where many machines test, all of them test the same.
settings.register_profile(
    "kierto", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("kierto")
# For mutation testing, which runs a test hundreds of times: few examples, always the same, however busy the machine.
settings.register_profile("mutate", max_examples=12, derandomize=True, deadline=None, database=None)

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_sessionfinish() -> None:
    """A worker of several is ended soon after; what it has measured for `make coverage` is saved before."""
    if measured := Coverage.current():
        measured.save()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that decides a gate notes it, in the words that it has printed last."""
    report = yield
    if report.when == "call" or report.failed:
        words = dict(item.user_properties).get("figure") or _last(report.capstdout)
        for mark in item.iter_markers("gate"):
            gates.note(mark.args[0], item.nodeid, str(words), met=report.passed)
    return report


def _last(printed: str) -> str:
    return next((line.strip() for line in reversed(printed.splitlines()) if line.strip()), "")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One for all: a process may have only one driver."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()
