"""Commands: signatures, acks and their times, triggers, response_url."""

from __future__ import annotations

import threading
from typing import Any

import invoice_cards as cards
import pytest
from fake_invoice_bot import FakeBot
from slack_acts import post, refused
from slack_sdk.errors import SlackApiError

from sandbox.slack import PracticeSlack


class TestCommands:
    def test_a_command_arrives_signed_as_a_form(self, slack: PracticeSlack, bot: FakeBot) -> None:
        done = slack.command("anna", "find @bengt #finance a<b & c")
        [(name, form, headers)] = bot.heard
        assert (name, bot.refused, done.status) == ("/procountor", 0, 200)
        assert form["text"] == "find <@U2BENGT|bengt> <#C1FIN|finance> a&lt;b &amp; c"
        assert (form["user_id"], form["channel_name"], form["channel_id"]) == (
            "U1ANNA",
            "directmessage",
            slack.dm("anna"),
        )
        assert headers["content-type"] == "application/x-www-form-urlencoded"
        assert 0 < done.seconds < 3
        assert slack.acks[-1].kind == "command"

    def test_a_wrong_secret_is_not_believed(self, slack: PracticeSlack, bot: FakeBot) -> None:
        slack.courier.secret = "somebody else"
        done = slack.command("anna", "help")
        assert (bot.refused, bot.heard, done.error) == (1, [], '/procountor failed with the error "http_client_error"')
        assert slack.whispers("anna")[-1].text == done.error

    @pytest.mark.parametrize(
        ("answer", "public", "private"),
        [
            ("", [], []),
            ("done", [], ["done"]),
            ({"text": "json"}, [], ["json"]),
            ({"response_type": "in_channel", "text": "all"}, ["all"], []),
            ({"ok": True}, [], []),
        ],
    )
    def test_an_answer_with_a_body_is_a_message(
        self, slack: PracticeSlack, bot: FakeBot, answer: Any, public: list[str], private: list[str]
    ) -> None:
        bot.on("/procountor", lambda p: (200, answer))
        assert slack.command("anna", "help", "C1FIN").ok
        assert [m.text for m in slack.messages("C1FIN")] == public
        assert [m.text for m in slack.whispers("anna")] == private

    def test_an_answer_slack_cannot_show_is_an_error(self, slack: PracticeSlack, bot: FakeBot) -> None:
        bot.on("/procountor", lambda p: (200, {"blocks": [{"type": "nonsense"}]}))
        assert slack.command("anna", "help").error == '/procountor failed with the error "invalid_blocks"'

    def test_no_answer_in_time_no_answer_at_all_and_500(self, slack: PracticeSlack, bot: FakeBot) -> None:
        slack.courier.seconds = 0.15
        late = threading.Event()
        bot.on("/procountor", lambda p: late.wait(5))
        done = slack.command("anna", "slow")
        late.set()
        assert (done.error, done.status) == ('/procountor failed with the error "operation_timeout"', 0)
        assert done.seconds >= 0.15
        slack.courier.seconds = 3
        bot.on("/procountor", lambda p: (500, "oops"))
        assert "http_service_error" in slack.command("anna", "x").error
        slack.bot_url = "http://127.0.0.1:9"
        assert "dispatch_failed" in slack.command("anna", "x").error

    def test_unknown_commands_stay_in_the_client(self, slack: PracticeSlack, bot: FakeBot) -> None:
        assert "not a valid command" in slack.command("anna", "/nope").error
        assert bot.heard == []

    def test_a_replay_has_the_same_bytes_and_signature(self, slack: PracticeSlack, bot: FakeBot) -> None:
        slack.redeliver(slack.command("anna", "help"))
        first, second = bot.heard
        assert first[1] == second[1]
        assert first[2]["x-slack-signature"] == second[2]["x-slack-signature"]


class TestTriggers:
    def test_once_and_in_time(self, slack: PracticeSlack, bot: FakeBot) -> None:
        view = cards.fix_modal()
        trigger = slack.command("anna", "x").payload["trigger_id"]
        assert bot.client.views_open(trigger_id=trigger, view=view)["view"]["state"]["values"]["text"]["text"]["value"]
        assert refused(bot.client.views_open, trigger_id=trigger, view=view) == "exchanged_trigger_id"
        assert refused(bot.client.views_open, trigger_id="1.2.3", view=view) == "invalid_trigger_id"
        assert refused(bot.client.views_open, trigger_id="", view=view) == "invalid_arguments"
        slack.world.trigger_seconds = -0.001
        old = slack.command("anna", "x").payload["trigger_id"]
        assert refused(bot.client.views_open, trigger_id=old, view=view) == "expired_trigger_id"

    def test_a_bad_view_does_not_spend_it(self, slack: PracticeSlack, bot: FakeBot) -> None:
        trigger = slack.command("anna", "x").payload["trigger_id"]
        bad = {**cards.fix_modal(), "title": cards.plain("Hyväksy valitut ostolaskut")}
        with pytest.raises(SlackApiError) as caught:
            bot.client.views_open(trigger_id=trigger, view=bad)
        assert caught.value.response["error"] == "invalid_arguments"
        assert "/view/title/text" in caught.value.response["response_metadata"]["messages"][0]
        assert bot.client.views_open(trigger_id=trigger, view=cards.fix_modal())["ok"]


class TestResponseUrl:
    def test_five_times(self, slack: PracticeSlack, bot: FakeBot) -> None:
        url = slack.command("anna", "x", "C1FIN").payload["response_url"]
        assert [post(url, {"text": str(n)}) for n in range(6)] == [200] * 5 + [404]
        assert [m.text for m in slack.whispers("anna")] == list("01234")

    def test_half_an_hour(self, slack: PracticeSlack, bot: FakeBot) -> None:
        url = slack.command("anna", "x", "C1FIN").payload["response_url"]
        now = slack.world.clock()
        slack.world.clock = lambda: now + 1801
        assert post(url, {"text": "late"}) == 404
        assert slack.whispers("anna") == []

    def test_in_channel_replace_delete_and_nonsense(self, slack: PracticeSlack, bot: FakeBot) -> None:
        url = slack.command("anna", "x", "C1FIN").payload["response_url"]
        assert post(url, {"text": "seen by all", "response_type": "in_channel"}) == 200
        assert post(url, {"blocks": [{"type": "nonsense"}]}) == 400
        ts = bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview())["ts"]
        hook = slack.click("anna", ("C1FIN", ts), "send").payload["response_url"]
        assert post(hook, {"text": "changed", "replace_original": True}) == 200
        assert slack.messages("C1FIN")[-1].text == "changed"
        assert post(hook, {"delete_original": True}) == 200
        assert [m.text for m in slack.messages("C1FIN")] == ["seen by all"]
        assert post(hook, {"delete_original": True}) == 404
