"""Pressing, dropping, saying: what the app hears of it, and what comes again."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from typing import Any

import invoice_cards as cards
import pytest
from fake_invoice_bot import FakeBot
from slack_acts import post, refused

from sandbox.slack import PracticeSlack


class TestPressing:
    def test_a_button_tells_who_what_and_where(self, slack: PracticeSlack, bot: FakeBot) -> None:
        ts = bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview())["ts"]
        assert slack.click("bengt", ("C1FIN", ts), "send").ok
        name, payload, _ = bot.heard[-1]
        assert (name, payload["user"]["id"], payload["actions"][0]["value"]) == ("send", "U2BENGT", "run-1")
        assert payload["container"] == {
            "type": "message",
            "message_ts": ts,
            "channel_id": "C1FIN",
            "is_ephemeral": False,
        }
        assert payload["message"]["ts"] == ts
        menu = slack.click("anna", slack.messages("C1FIN")[0], "more", value="p214").payload
        assert menu["actions"][0]["selected_option"]["value"] == "p214"

    def test_an_ephemeral_button_carries_no_message(self, slack: PracticeSlack, bot: FakeBot) -> None:
        bot.client.chat_postEphemeral(channel="C1FIN", user="U1ANNA", text="card", blocks=cards.preview())
        payload = slack.click("anna", slack.whispers("anna")[0], "send").payload
        assert payload["container"]["is_ephemeral"]
        assert "message" not in payload
        with pytest.raises(LookupError, match="cannot see"):
            slack.click("bengt", slack.whispers("anna")[0], "send")

    def test_what_is_not_there_cannot_be_pressed(self, slack: PracticeSlack, bot: FakeBot) -> None:
        ts = bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview("Sending"))["ts"]
        with pytest.raises(LookupError, match="no 'send' here"):
            slack.click("anna", ("C1FIN", ts), "send")
        with pytest.raises(LookupError, match="nobody here"):
            slack.click("zoe", ("C1FIN", ts), "send")

    def test_a_button_without_answer_shows_trouble(self, slack: PracticeSlack, bot: FakeBot) -> None:
        ts = bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview())["ts"]
        bot.on("send", lambda p: (503, ""))
        assert "trouble responding" in slack.click("anna", ("C1FIN", ts), "send").error


class TestEvents:
    def test_a_dropped_file_is_told_and_can_be_fetched(self, slack: PracticeSlack, bot: FakeBot) -> None:
        done = slack.drop_files("anna", [("a.csv", b"1"), ("b.xml", b"<x/>")], text="the month")
        assert bot.kinds() == ["file_shared", "file_shared", "message"]
        event = done.payload["event"]
        assert (event["subtype"], event["channel_type"], [f["name"] for f in event["files"]]) == (
            "file_share",
            "im",
            ["a.csv", "b.xml"],
        )
        asked = urllib.request.Request(
            event["files"][1]["url_private_download"], headers={"Authorization": f"Bearer {slack.bot_token}"}
        )
        assert urllib.request.urlopen(asked).read() == b"<x/>"
        assert done.payload["authorizations"][0]["user_id"] == slack.workspace.app.bot_user

    def test_only_what_is_subscribed_and_where_the_bot_is(self, slack: PracticeSlack, bot: FakeBot) -> None:
        slack.say("anna", "nobody listens", "C1FIN")
        slack.drop_file("anna", "x.txt", b"x", "C4OUT")
        assert bot.kinds() == []
        slack.say("anna", "hi @kierto", "C1FIN")
        slack.say("anna", "a <b>")
        assert bot.kinds() == ["app_mention", "message"]
        assert bot.heard[-1][1]["event"]["text"] == "a &lt;b&gt;"
        with pytest.raises(LookupError, match="does not take part"):
            slack.say("cat", "let me in", "C3SEC")

    def test_home_opens(self, slack: PracticeSlack, bot: FakeBot) -> None:
        bot.on(
            "app_home_opened",
            lambda p: bot.client.views_publish(user_id=p["event"]["user"], view=cards.home()),
        )
        slack.open_home("anna")
        assert slack.home("anna") is not None
        assert slack.click("anna", "home", "fix1").ok
        assert "view" in slack.open_home("anna").payload["event"]

    def test_failed_events_come_again(self, slack: PracticeSlack, bot: FakeBot) -> None:
        slack.desk.retry_delays = (0.0, 0.0, 0.0)
        answers = iter([(500, ""), (404, ""), (200, "")])
        bot.on("message", lambda p: next(answers))
        assert not slack.say("anna", "hello").ok
        slack.wait_for(lambda: len(bot.heard) == 3)
        assert [headers.get("x-slack-retry-num") for _, _, headers in bot.heard] == [None, "1", "2"]
        assert {payload["event_id"] for _, payload, _ in bot.heard} == {bot.heard[0][1]["event_id"]}
        assert bot.heard[1][2]["x-slack-retry-reason"] == "http_error"
        slack.wait_for(lambda: [ack.ok for ack in slack.acks] == [False, False, True])

    def test_the_url_is_verified_and_the_app_removed(self, slack: PracticeSlack, bot: FakeBot) -> None:
        assert slack.verify_url().ok
        slack.uninstall()
        assert bot.kinds()[-2:] == ["tokens_revoked", "app_uninstalled"]
        assert refused(bot.client.auth_test) == "invalid_auth"

    def test_waiting_says_what_there_is_instead(self, slack: PracticeSlack, bot: FakeBot) -> None:
        bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview())
        with pytest.raises(TimeoutError, match="Send the 44 clean ones"):
            slack.wait_for(lambda: slack.messages("C2GEN"), 0.05)
        threading.Timer(0.05, lambda: bot.client.chat_postMessage(channel="C2GEN", text="now")).start()
        assert slack.wait_for(lambda: slack.messages("C2GEN"))[0].text == "now"


def button(text: str, value: str) -> list[dict[str, Any]]:
    label = {"type": "plain_text", "text": text}
    return [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "value": value, "text": label}]}]


def test_a_press_on_what_was_redrawn_in_that_moment_reaches_the_app_as_it_was_seen(
    slack: PracticeSlack, bot: FakeBot
) -> None:
    bot.client.chat_postMessage(channel="C1FIN", text="a", blocks=button("Send 1", "first"))
    seen = slack.messages("C1FIN")[-1]
    for value in ("second", "third"):
        bot.client.chat_update(channel="C1FIN", ts=seen.ts, text="a", blocks=button("Send 2", value))
    asked = {"do": "click", "user": "U1ANNA", "channel": "C1FIN", "ts": seen.ts, "action_id": "go"}
    asked |= {"block_id": seen.blocks[0]["block_id"], "value": "first"}
    assert post(f"{slack.url}/practice/act", asked) == 200
    _, payload, _ = bot.heard[-1]
    assert payload["actions"][0]["value"] == "first"
    assert payload["message"]["blocks"][0]["elements"][0]["value"] == "third"
    assert post(f"{slack.url}/practice/act", asked | {"value": "made up"}) == 409
    bot.client.chat_delete(channel="C1FIN", ts=seen.ts)
    assert post(f"{slack.url}/practice/act", asked) == 200
    assert [kind for kind in bot.kinds() if kind == "go"] == ["go"]
