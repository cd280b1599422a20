"""What every answer says to a browser, and that who wanted what he may not stands in the log."""

from __future__ import annotations

import logging

import pytest
from edge_support import BERTIL, METRICS, House, command

from bot.vitals import HEADERS


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics", "/slack/events", "/nothing/here"])
@pytest.mark.parametrize("method", ["GET", "POST", "TRACE"])
def test_a_browser_shows_keeps_frames_and_guesses_nothing(house: House, path: str, method: str) -> None:
    answer = house.client.request(method, path, headers={"Authorization": f"Bearer {METRICS}"})
    for name, value in HEADERS:
        assert answer.headers[name.decode()] == value.decode()
    assert not answer.content or answer.headers["content-type"].startswith(("text/plain", "application/json"))
    assert "access-control-allow-origin" not in answer.headers
    if method == "TRACE":
        assert answer.status_code in (404, 405)


def test_who_wanted_what_he_may_not_is_in_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        house.hear(command("settings", user=BERTIL))
    told = [record.getMessage() for record in caplog.records if record.getMessage().startswith("refused: ")]
    assert told == [f"refused: T0KIERTO/{BERTIL} wanted settings"]
