"""Short words for the tests of what people do."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import invoice_cards as cards
import pytest
from fake_invoice_bot import FakeBot
from slack_sdk.errors import SlackApiError

from sandbox.slack import PracticeSlack, View


def post(url: str, said: dict[str, Any]) -> int:
    asked = urllib.request.Request(url, json.dumps(said).encode(), {"Content-Type": "application/json"})
    try:
        return int(urllib.request.urlopen(asked).status)
    except urllib.error.HTTPError as refused:
        return refused.code


def refused(call: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**kwargs)
    return str(caught.value.response["error"])


def open_fix(slack: PracticeSlack, bot: FakeBot) -> View:
    """Anna has the fix modal open."""
    bot.on("/procountor", lambda p: bot.client.views_open(trigger_id=p["trigger_id"], view=cards.fix_modal()))
    names = {"BAWCFI22": "Basware", "003723327487": "Apix"}
    bot.on(
        "options:operator",
        lambda p: (
            200,
            {
                "options": [
                    {"text": cards.plain(name), "value": code}
                    for code, name in names.items()
                    if p["value"].lower() in name.lower()
                ]
            },
        ),
    )
    assert slack.command("anna", "fix").ok
    return slack.views("anna")[-1]
