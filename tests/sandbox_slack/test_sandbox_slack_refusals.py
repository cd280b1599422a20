"""What Slack turns away, call by call, and the rarer things people do."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import invoice_cards as cards
import pytest
from fake_invoice_bot import FakeBot
from slack_acts import open_fix, post, refused
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import PracticeSlack, dropping
from sandbox.slack.desk import Container

FIX = cards.fix_modal()
HUGE = {"type": "section", "text": cards.mark("x" * 2999)}

CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("api.test", {"error": "my_error"}, "my_error"),
    ("bots.info", {"bot": "B0OTHER"}, "bot_not_found"),
    ("oauth.v2.access", {"client_id": "x", "client_secret": "y", "code": "z"}, "invalid_client_id"),
    ("conversations.open", {"users": ",".join(f"U{n}" for n in range(9))}, "too_many_users"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.open", {"channel": "C0NONE"}, "channel_not_found"),
    ("users.list", {"limit": "many"}, "invalid_arguments"),
    ("files.getUploadURLExternal", {"filename": "a.txt", "length": 0}, "invalid_arguments"),
    ("files.getUploadURLExternal", {"filename": "a.txt", "length": "long"}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": ["F1"]}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": [{"id": "F1"}], "channel_id": "C4OUT"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C1FIN", "text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
    ("views.open", {"trigger_id": "1.2.3", "view": "words"}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.3", "view": [1]}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.3", "view": cards.home()}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.3", "view": {**FIX, "blocks": [HUGE] * 100}}, "view_too_large"),
    ("views.update", {"view": FIX}, "invalid_arguments"),
]


def test_calls_that_are_turned_away(slack: PracticeSlack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    found = [refused(client.api_call, api_method=method, json=given) for method, given, _ in CALLS]
    assert found == [error for _, _, error in CALLS]
    assert refused(client.api_call, api_method="api.test", json=["no", "object"]) == "json_not_object"
    assert client.api_call("auth.revoke", json={"test": True})["revoked"] is False
    assert client.auth_test()["ok"], "the token still works"


def test_a_message_changes_to_something(slack: PracticeSlack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    old = [{"color": "#f00", "text": "old", "fallback": "old"}]
    posted = client.chat_postMessage(channel="C1FIN", text="card", attachments=old)
    assert [(a["id"], a["fallback"]) for a in posted["message"]["attachments"]] == [(1, "old")]
    change = {"channel": "C1FIN", "ts": posted["ts"]}
    assert refused(client.api_call, api_method="chat.update", json=change) == "no_text"
    assert slack.messages("C1FIN")[-1].text == "card"


def test_conversations_that_are_there_already(slack: PracticeSlack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    dm = client.conversations_open(users="U1ANNA")["channel"]["id"]
    assert client.conversations_open(channel=dm)["channel"]["id"] == dm
    assert "old-project" in {c["name"] for c in client.conversations_list()["channels"]}, "archived ones too"


def test_the_script_of_faults_slows_and_stops_everything(slack: PracticeSlack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    client.retry_handlers.clear()
    slack.faults.add("chat.postMessage", 1, "slow", 0.01)
    assert client.chat_postMessage(channel="C1FIN", text="late")["ok"]
    slack.faults.down = "500"
    for _ in range(2):
        with pytest.raises(SlackApiError):
            client.chat_postMessage(channel="C1FIN", text="lost")
    slack.faults.down = None
    assert client.chat_postMessage(channel="C1FIN", text="back")["ok"]
    assert [message.text for message in slack.messages("C1FIN")] == ["late", "back"]


def test_an_upload_as_a_form_and_one_nobody_asked_for(slack: PracticeSlack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    where = client.files_getUploadURLExternal(filename="a.txt", length=3)
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc\r\n--b--\r\n'
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    sent = urllib.request.urlopen(urllib.request.Request(where["upload_url"], body, form))
    assert sent.read() == b"OK - 3"
    with pytest.raises(urllib.error.HTTPError) as unknown:
        urllib.request.urlopen(urllib.request.Request(where["upload_url"], b"abc"))
    assert unknown.value.code == 404, "the address works once"


def test_hooks_take_objects_and_their_own_address_only(slack: PracticeSlack, bot: FakeBot) -> None:
    url = slack.command("anna", "x", "C1FIN").payload["response_url"]
    asked = urllib.request.Request(url, b"[1]", {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as no_object:
        urllib.request.urlopen(asked)
    assert json.loads(no_object.value.read())["error"] == "invalid_payload"
    assert post(f"{url}x", {"text": "to nobody"}) == 404
    assert slack.whispers("anna") == []


def test_a_command_may_be_answered_with_bare_json(slack: PracticeSlack, bot: FakeBot) -> None:
    bot.on("/procountor", lambda p: (200, [1, 2]))
    assert slack.command("anna", "help").ok
    assert slack.whispers("anna")[-1].text == "[1, 2]"


def test_a_menu_says_what_it_offers(slack: PracticeSlack, bot: FakeBot) -> None:
    ts = bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview())["ts"]
    with pytest.raises(LookupError, match=r"the menu has no 'p999'; it has .*p214"):
        slack.click("anna", ("C1FIN", ts), "more", value="p999")
    assert bot.heard == []


def test_where_nobody_is_nothing_is_done(slack: PracticeSlack, bot: FakeBot) -> None:
    view = open_fix(slack, bot)
    with pytest.raises(LookupError, match="has no view"):
        slack.choose("bengt", view, "operator", "BAWCFI22")
    with pytest.raises(LookupError, match="does not take part"):
        slack.drop_file("cat", "a.csv", b"1", "C3SEC")
    slack.say("anna", "between us", "C3SEC")
    with pytest.raises(LookupError, match="cannot see"):
        slack.shortcut("cat", slack.messages("C3SEC")[-1], "any")
    with pytest.raises(LookupError, match="neither a message nor a view"):
        slack.desk.surroundings("U1ANNA", Container())
    local = slack.say("anna", "nobody listens", "C4OUT")
    with pytest.raises(LookupError, match="never sent"):
        slack.redeliver(local)
    slack.workspace.events = frozenset()
    assert slack.open_home("anna").status == 0
    assert bot.kinds() == ["/procountor"]


def test_a_file_slack_does_not_take_is_not_kept(slack: PracticeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "LARGEST", 3)
    slack.drop_file("anna", "a.txt", b"abc")
    with pytest.raises(ValueError, match="up to 1 GB"):
        slack.drop_file("anna", "b.txt", b"abcd")
    assert [file.name for file in slack.world.files.values()] == ["a.txt"]


def test_options_that_do_not_load(slack: PracticeSlack, bot: FakeBot) -> None:
    view = open_fix(slack, bot)
    bot.on("options:operator", lambda p: (500, "oops"))
    assert slack.options("anna", view, "operator", "bas") == []
    with pytest.raises(LookupError, match="is not offered by 'operator'; it offers: nothing"):
        slack.fill("anna", view, {"operator": "BAWCFI22"})


def small(**more: Any) -> dict[str, Any]:
    blocks = [{"type": "actions", "elements": [cards.button("Deeper", "deeper")]}]
    return {"type": "modal", "callback_id": "small", "title": cards.plain("Small"), "blocks": blocks, **more}


def stacked(slack: PracticeSlack, bot: FakeBot, **more: Any) -> None:
    """Three modals on one another in front of Anna, the top one with `more`."""
    bot.on("/procountor", lambda p: bot.client.views_open(trigger_id=p["trigger_id"], view=small()))
    bot.on("deeper", lambda p: bot.client.views_push(trigger_id=p["trigger_id"], view=small(**more)))
    slack.command("anna", "x")
    slack.click("anna", slack.views("anna")[-1], "deeper")
    slack.click("anna", slack.views("anna")[-1], "deeper")


def test_answers_to_a_modal_that_slack_cannot_use(slack: PracticeSlack, bot: FakeBot) -> None:
    stacked(slack, bot)
    answers = iter(
        [
            (500, "oops"),
            (200, [1]),
            (200, {"response_action": "dance"}),
            (200, {"response_action": "errors", "errors": {}}),
            (200, {"response_action": "push", "view": small()}),
        ]
    )
    bot.on("view_submission:small", lambda p: next(answers))
    done = [slack.submit("anna", slack.views("anna")[-1]) for _ in range(5)]
    assert {delivery.error for delivery in done} == {"We had some trouble connecting. Try again?"}
    assert [(delivery.answer or {}).get("refused") for delivery in done] == [
        None,
        "the answer is no object",
        "there is no response_action 'dance'",
        "errors must name block ids",
        "push_limit_reached",
    ]
    assert len(slack.views("anna")) == 3


def test_a_modal_closed_while_it_is_submitted_takes_no_other_with_it(slack: PracticeSlack, bot: FakeBot) -> None:
    stacked(slack, bot)
    top = slack.views("anna")[-1]
    bot.on("view_submission:small", lambda p: slack.close("anna", top))
    assert slack.submit("anna", top).ok
    assert len(slack.views("anna")) == 2


def test_a_modal_that_clears_on_close_takes_all_with_it(slack: PracticeSlack, bot: FakeBot) -> None:
    stacked(slack, bot, clear_on_close=True, notify_on_close=True)
    slack.close("anna", slack.views("anna")[-1])
    assert slack.views("anna") == []
    assert (bot.kinds()[-1], bot.heard[-1][1]["is_cleared"]) == ("view_closed:small", True)


def test_views_have_their_own_names(slack: PracticeSlack, bot: FakeBot) -> None:
    named = {**FIX, "external_id": "bill-12"}
    first = slack.command("anna", "x").payload["trigger_id"]
    assert refused(bot.client.views_push, trigger_id=first, view=FIX) == "not_found", "nothing is open"
    trigger = slack.command("anna", "x").payload["trigger_id"]
    bot.client.views_open(trigger_id=trigger, view=named)
    again = slack.command("bengt", "x").payload["trigger_id"]
    assert refused(bot.client.views_open, trigger_id=again, view=named) == "duplicate_external_id"
    bot.client.views_update(external_id="bill-12", view={**named, "title": cards.plain("Changed")})
    assert [view.title for view in slack.views("anna")] == ["Changed"]
