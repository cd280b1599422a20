"""Modals: filling, submitting, the answers an app may give, the stack, hashes."""

from __future__ import annotations

from datetime import date
from typing import Any

import invoice_cards as cards
import pytest
from fake_invoice_bot import FakeBot
from slack_acts import open_fix, refused

from sandbox.slack import PracticeSlack


class TestModals:
    def test_filling_and_submitting(self, slack: PracticeSlack, bot: FakeBot) -> None:
        view = open_fix(slack, bot)
        slack.fill(
            "anna",
            view,
            {
                "operator": "BAWCFI22",
                "centre": "Design",
                "text": "New text",
                "due": date(2026, 12, 1),
                "extras": ["hours"],
            },
        )
        done = slack.submit("anna", view)
        values = bot.heard[-1][1]["view"]["state"]["values"]
        assert values["operator"]["operator"]["selected_option"]["text"]["text"] == "Basware"
        assert values["centre"]["centre"]["selected_option"]["value"] == "200"
        assert (values["text"]["text"]["value"], values["due"]["due"]["selected_date"]) == ("New text", "2026-12-01")
        assert [o["value"] for o in values["extras"]["extras"]["selected_options"]] == ["hours"]
        assert (done.ok, slack.views("anna")) == (True, [])

    def test_the_client_refuses_what_is_required(self, slack: PracticeSlack, bot: FakeBot) -> None:
        view = open_fix(slack, bot)
        done = slack.submit("anna", view)
        assert (done.status, slack.views("anna")[-1].errors) == (
            0,
            {"operator": "Please complete this required field."},
        )
        assert "view_submission:fix" not in bot.kinds()
        with pytest.raises(LookupError, match="is not offered"):
            slack.fill("anna", view, {"centre": "Nowhere"})

    def test_errors_update_push_clear_and_nonsense(self, slack: PracticeSlack, bot: FakeBot) -> None:
        view = open_fix(slack, bot)
        slack.fill("anna", view, {"operator": "Apix", "text": "kept"})
        other = {**cards.fix_modal(), "title": cards.plain("Second")}
        answers = iter(
            [
                {"response_action": "errors", "errors": {"centre": "closed"}},
                {"response_action": "update", "view": other},
                {"response_action": "errors", "errors": {"no such block": "x"}},
                {"response_action": "update", "view": {"type": "modal"}},
                {"response_action": "push", "view": {**cards.fix_modal(), "blocks": [{"type": "divider"}]}},
                {"response_action": "clear"},
            ]
        )
        bot.on("view_submission:fix", lambda p: (200, next(answers)))
        slack.submit("anna", view)
        assert slack.views("anna")[-1].errors == {"centre": "closed"}
        assert slack.submit("anna", view).ok
        top = slack.views("anna")[-1]
        assert (top.title, top.id, top.errors, top.values["text"]["text"]["value"]) == ("Second", view.id, {}, "kept")
        for _ in range(2):
            assert "trouble connecting" in slack.submit("anna", top).error
            assert slack.views("anna")[-1].trouble
        slack.submit("anna", top)
        below, front = slack.views("anna")
        assert (front.previous, front.root) == (below.id, below.id)
        with pytest.raises(LookupError, match="not the modal"):
            slack.submit("anna", below)
        slack.submit("anna", front)
        assert slack.views("anna") == []

    def test_an_empty_answer_closes_the_front_only(self, slack: PracticeSlack, bot: FakeBot) -> None:
        ts = bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview())["ts"]
        small = {
            "type": "modal",
            "callback_id": "small",
            "title": cards.plain("Small"),
            "blocks": [{"type": "actions", "elements": [cards.button("Deeper", "deeper")]}],
        }
        bot.on("send", lambda p: bot.client.views_open(trigger_id=p["trigger_id"], view=small))
        bot.on("deeper", lambda p: bot.client.views_push(trigger_id=p["trigger_id"], view=small))
        slack.click("anna", ("C1FIN", ts), "send")
        slack.click("anna", slack.views("anna")[-1], "deeper")
        slack.click("anna", slack.views("anna")[-1], "deeper")
        trigger = slack.command("anna", "x").payload["trigger_id"]
        assert refused(bot.client.views_push, trigger_id=trigger, view=small) == "push_limit_reached"
        slack.submit("anna", slack.views("anna")[-1])
        assert len(slack.views("anna")) == 2
        assert slack.close("anna", slack.views("anna")[-1]).status == 0, "nobody asked to be told"

    def test_closing_is_told_when_asked_for(self, slack: PracticeSlack, bot: FakeBot) -> None:
        slack.close("anna", open_fix(slack, bot))
        assert bot.kinds()[-1] == "view_closed:fix"
        assert bot.heard[-1][1]["view"]["private_metadata"] == "2026-1117"

    def test_updates_want_the_right_hash(self, slack: PracticeSlack, bot: FakeBot) -> None:
        view = open_fix(slack, bot)
        before = view.hash
        bot.client.views_update(view_id=view.id, view=cards.fix_modal(), hash=before)
        assert refused(bot.client.views_update, view_id=view.id, view=cards.fix_modal(), hash=before) == "hash_conflict"
        assert refused(bot.client.views_update, view_id="V0", view=cards.fix_modal()) == "not_found"

    def test_options_that_slack_would_not_show(self, slack: PracticeSlack, bot: FakeBot) -> None:
        view = open_fix(slack, bot)
        assert [o["value"] for o in slack.options("anna", view, "operator", "bas")] == ["BAWCFI22"]
        bot.on("options:operator", lambda p: (200, {"options": [{"text": cards.plain("x" * 76), "value": "v"}]}))
        assert slack.options("anna", view, "operator", "") == []

    @pytest.mark.parametrize(
        ("element", "typed", "fault"),
        [
            ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "valid number"),
            ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "greater"),
            ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2,5", "less"),
            ({"type": "email_text_input"}, "anna", "valid email"),
            ({"type": "url_text_input"}, "example", "valid URL"),
            ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
            ({"type": "plain_text_input", "max_length": 3}, "abcd", "no more than 3"),
            ({"type": "number_input", "is_decimal_allowed": True}, "12,50", ""),
            ({"type": "email_text_input"}, "anna@example.fi", ""),
        ],
    )
    def test_what_the_client_checks_itself(
        self, slack: PracticeSlack, bot: FakeBot, element: dict[str, Any], typed: str, fault: str
    ) -> None:
        block = {"type": "input", "block_id": "b", "label": cards.plain("L"), "element": {**element, "action_id": "a"}}
        view = {"type": "modal", "title": cards.plain("T"), "submit": cards.plain("Go"), "blocks": [block]}
        trigger = slack.command("anna", "x").payload["trigger_id"]
        shown = bot.client.views_open(trigger_id=trigger, view=view)["view"]["id"]
        slack.fill("anna", shown, {"a": typed})
        assert fault in slack.submit("anna", shown).error

    def test_a_file_field(self, slack: PracticeSlack, bot: FakeBot) -> None:
        block = {
            "type": "input",
            "block_id": "b",
            "label": cards.plain("L"),
            "element": {"type": "file_input", "action_id": "f"},
        }
        view = {
            "type": "modal",
            "callback_id": "up",
            "title": cards.plain("T"),
            "submit": cards.plain("Go"),
            "blocks": [block],
        }
        trigger = slack.command("anna", "x").payload["trigger_id"]
        shown = bot.client.views_open(trigger_id=trigger, view=view)["view"]["id"]
        slack.fill("anna", shown, {"f": [("a.csv", b"1;2")]})
        slack.submit("anna", shown)
        [file] = bot.heard[-1][1]["view"]["state"]["values"]["b"]["f"]["files"]
        assert (file["name"], file["size"]) == ("a.csv", 3)
