"""What a browser is shown while the app is installed, and what must be set before the bot starts."""

from __future__ import annotations

from typing import Any

import pytest

from bot.pages import page, spoken
from bot.settings import Settings
from handlers.views.tongue import Tongue

LANGUAGES = {
    "": "en",
    "fi": "fi",
    "fi-FI,fi;q=0.9,en;q=0.8": "fi",
    "sv-FI, fi;q=0.5": "sv",
    "en;q=0.5, sv;q=0.9": "sv",
    "de-DE,de;q=0.9,sv;q=0.2": "sv",
    "de": "en",
    "*": "en",
    "fi;q=0": "en",
    "fi;q=0, sv": "sv",
    "fi;q=nan": "en",
    "fi;q=9, sv": "sv",
    "fi;q=x, sv;q=0.1": "sv",
    "FI": "fi",
    "fi" * 10_000: "en",
    ",;,=": "en",
    "fi\x00, sv": "sv",
}


@pytest.mark.parametrize("accepted", LANGUAGES, ids=range(len(LANGUAGES)))
def test_a_browsers_language_is_found_or_it_is_english(accepted: str) -> None:
    assert spoken(accepted) == LANGUAGES[accepted]


def test_nothing_in_a_page_is_taken_for_markup() -> None:
    evil = '<script>alert(1)</script>"&'
    told = page(Tongue("fi"), evil, f"Sanoi `{evil}` ja {evil}", ((f'/x"{evil}', evil),)).body.decode()
    assert "<script" not in told
    assert told.count("&lt;script&gt;") == 6
    assert "<code>&lt;script" in told
    assert '<html lang="fi">' in told


def settings(**values: Any) -> Settings:
    known = {
        "kierto_secret_key": "k",
        "procountor_client_id": "c",
        "procountor_client_secret": "s",
        "procountor_redirect_uri": "r",
        "slack_signing_secret": "x",
    }
    none = dict.fromkeys(("slack_bot_token", "slack_app_token", "slack_client_id", "slack_client_secret"), "")
    return Settings(_env_file=None, **{**none, **known, **values})


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, ["SLACK_BOT_TOKEN"]),
        ({"slack_bot_token": "xoxb"}, []),
        ({"slack_client_id": "1.2", "slack_client_secret": "s"}, []),
        ({"slack_client_id": "1.2"}, ["SLACK_CLIENT_SECRET"]),
        ({"slack_client_secret": "s", "slack_bot_token": "xoxb"}, ["SLACK_CLIENT_ID"]),
        ({"slack_client_id": "1.2", "slack_client_secret": "s", "slack_signing_secret": ""}, ["SLACK_SIGNING_SECRET"]),
        ({"slack_signing_secret": "", "slack_app_token": "xapp"}, ["SLACK_BOT_TOKEN"]),
    ],
)
def test_one_way_to_a_token_must_be_set_and_set_whole(values: dict[str, str], missing: list[str]) -> None:
    found = settings(**values)
    assert [name for name, _ in found.missing()] == missing
    assert found.oauth == ("slack_client_id" in values and "slack_client_secret" in values)
