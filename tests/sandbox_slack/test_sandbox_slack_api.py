"""The Web API as slack_sdk's own client meets it."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import Person, PracticeSlack


@pytest.fixture
def client(slack: PracticeSlack) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url)


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(*args, **kwargs)
    return str(caught.value.response["error"])


def text_of(slack: PracticeSlack, channel: str) -> list[str]:
    return [message.text for message in slack.messages(channel)]


def test_a_token_says_who_it_belongs_to(slack: PracticeSlack, client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (slack.workspace.app.bot_user, slack.workspace.team_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    assert client.api_test(foo="1")["args"]["foo"] == "1"
    assert client.bots_info(bot=slack.workspace.app.bot_id)["bot"]["name"] == "Kierto"


@pytest.mark.parametrize(
    ("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp", "invalid_auth")]
)
def test_other_tokens_are_refused(slack: PracticeSlack, token: str, error: str) -> None:
    assert refused(WebClient(token, base_url=slack.api_url).auth_test) == error


def test_an_app_token_opens_sockets_only(slack: PracticeSlack, client: WebClient) -> None:
    assert refused(WebClient(slack.app_token, base_url=slack.api_url).auth_test) == "not_allowed_token_type"
    assert refused(client.apps_connections_open, app_token=slack.bot_token) == "not_allowed_token_type"
    assert client.apps_connections_open(app_token=slack.app_token)["url"].startswith("ws://127.0.0.1:")


def test_unknown_methods_and_missing_scopes_have_slacks_names(slack: PracticeSlack, client: WebClient) -> None:
    assert refused(client.api_call, "reminders.add") == "unknown_method"
    object.__setattr__(slack.workspace.app, "scopes", ("chat:write",))
    assert refused(client.users_info, user="U1ANNA") == "missing_scope"


def test_arguments_come_as_query_form_or_json(slack: PracticeSlack, client: WebClient) -> None:
    for number, (place, verb) in enumerate((("params", "GET"), ("data", "POST"), ("json", "POST"))):
        args: dict[str, Any] = {place: {"channel": "C1FIN", "text": f"way {number}"}}
        assert client.api_call("chat.postMessage", http_verb=verb, **args)["ok"]
    assert text_of(slack, "C1FIN") == ["way 0", "way 1", "way 2"]


def test_a_message_is_posted_changed_and_deleted(slack: PracticeSlack, client: WebClient) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "*hello*"}}
    posted = client.chat_postMessage(channel="C1FIN", text="hello", blocks=[section])
    assert posted["message"]["blocks"][0]["block_id"]
    changed = client.chat_update(channel="C1FIN", ts=posted["ts"], text="bye")
    assert changed["message"]["blocks"], "blocks stay when an update brings none"
    client.chat_update(channel="C1FIN", ts=posted["ts"], text="bye", blocks=[])
    [message] = slack.messages("C1FIN")
    assert (message.text, message.blocks, bool(message.edited)) == ("bye", (), True)
    assert (
        posted["ts"].replace(".", "") in client.chat_getPermalink(channel="C1FIN", message_ts=posted["ts"])["permalink"]
    )
    client.chat_delete(channel="C1FIN", ts=posted["ts"])
    assert slack.messages("C1FIN") == []
    assert refused(client.chat_delete, channel="C1FIN", ts=posted["ts"]) == "message_not_found"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C4OUT", "not_in_channel"),
        ("C3SEC", "channel_not_found"),
        ("C5OLD", "is_archived"),
        ("U9GONE", "channel_not_found"),
        ("", "channel_not_found"),
    ],
)
def test_where_the_bot_may_not_write(client: WebClient, channel: str, error: str) -> None:
    assert refused(client.chat_postMessage, channel=channel, text="x") == error


def test_content_is_checked(client: WebClient) -> None:
    assert refused(client.chat_postMessage, channel="C1FIN", text="") == "no_text"
    assert refused(client.chat_postMessage, channel="C1FIN", text="x" * 40_001) == "msg_too_long"
    assert refused(client.chat_postMessage, channel="C1FIN", blocks="{") == "invalid_blocks_format"
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(
            channel="C1FIN", text="x", blocks=[{"type": "header", "text": {"type": "plain_text", "text": "h" * 151}}]
        )
    assert caught.value.response["error"] == "invalid_blocks"
    [line] = caught.value.response["response_metadata"]["messages"]
    assert line == "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"


def test_the_bot_changes_its_own_messages_only(slack: PracticeSlack, client: WebClient) -> None:
    slack.say("anna", "mine", "C1FIN")
    ts = slack.messages("C1FIN")[0].ts
    assert refused(client.chat_update, channel="C1FIN", ts=ts, text="x") == "cant_update_message"
    assert refused(client.chat_delete, channel="C1FIN", ts=ts) == "cant_delete_message"
    assert refused(client.chat_update, channel="U1ANNA", ts=ts, text="x") == "channel_not_found"
    assert refused(client.chat_update, channel="C1FIN", ts=ts) == "cant_update_message"


def test_threads_need_a_parent(slack: PracticeSlack, client: WebClient) -> None:
    parent = client.chat_postMessage(channel="C1FIN", text="parent")
    reply = client.chat_postMessage(channel="C1FIN", text="reply", thread_ts=parent["ts"])
    nested = client.chat_postMessage(channel="C1FIN", text="nested", thread_ts=reply["ts"])
    assert nested["message"]["thread_ts"] == parent["ts"]
    assert refused(client.chat_postMessage, channel="C1FIN", text="x", thread_ts="1.2") == "thread_not_found"


def test_an_ephemeral_is_seen_by_one(slack: PracticeSlack, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C1FIN", user="U1ANNA", text="psst")
    assert [message.text for message in slack.whispers("anna")] == ["psst"]
    assert (slack.whispers("bengt"), slack.messages("C1FIN")) == ([], [])
    assert refused(client.chat_postEphemeral, channel="C1FIN", user="U0NOBODY", text="x") == "user_not_in_channel"
    ts = slack.whispers("anna")[0].ts
    assert refused(client.chat_update, channel="C1FIN", ts=ts, text="x") == "message_not_found"


def test_people_are_found(client: WebClient) -> None:
    anna = client.users_info(user="U1ANNA", include_locale=True)["user"]
    assert (anna["locale"], anna["tz"], anna["profile"]["email"]) == ("fi-FI", "Europe/Helsinki", "anna@example.fi")
    assert "locale" not in client.users_info(user="U1ANNA")["user"]
    assert client.users_lookupByEmail(email="BENGT@example.fi")["user"]["id"] == "U2BENGT"
    assert refused(client.users_lookupByEmail, email="gone@example.fi") == "users_not_found"
    assert refused(client.users_info, user="U0NOBODY") == "user_not_found"


def test_lists_are_paged(client: WebClient) -> None:
    first = client.users_list(limit=2)
    rest = client.users_list(limit=100, cursor=first["response_metadata"]["next_cursor"])
    assert len(first["members"]) + len(rest["members"]) == 5
    assert rest["response_metadata"]["next_cursor"] == ""
    assert refused(client.users_list, cursor="rubbish") == "invalid_cursor"


def test_conversations(slack: PracticeSlack, client: WebClient) -> None:
    opened = client.conversations_open(users="U1ANNA")["channel"]["id"]
    assert opened == slack.dm("anna") == client.conversations_open(users=["U1ANNA"])["channel"]["id"]
    assert client.conversations_info(channel=opened)["channel"]["user"] == "U1ANNA"
    assert {c["name"] for c in client.conversations_list(exclude_archived=True)["channels"]} == {
        "finance",
        "general",
        "random",
    }
    assert "U9GONE" not in client.conversations_members(channel="C1FIN")["members"]
    assert client.conversations_open(users="U1ANNA,U2BENGT")["channel"]["id"].startswith("G")
    assert refused(client.conversations_open, users="U9GONE") == "user_disabled"
    assert refused(client.conversations_info, channel="C3SEC") == "channel_not_found"


def test_a_file_is_uploaded_shared_and_downloaded(slack: PracticeSlack, client: WebClient) -> None:
    done = client.files_upload_v2(
        channel="C1FIN", content=b"a;b\n1;2\n", filename="list.csv", title="The list", initial_comment="here"
    )
    [message] = slack.messages("C1FIN")
    assert (message.text, message.files) == ("here", (done["file"]["id"],))
    assert client.files_info(file=done["file"]["id"])["file"]["filetype"] == "", "Slack has not looked at it yet"
    slack.wait_for(lambda: client.files_info(file=done["file"]["id"])["file"]["filetype"])
    info = client.files_info(file=done["file"]["id"])["file"]
    assert (info["size"], info["filetype"], info["title"], info["channels"]) == (8, "csv", "The list", ["C1FIN"])
    asked = urllib.request.Request(info["url_private"], headers={"Authorization": f"Bearer {slack.bot_token}"})
    assert urllib.request.urlopen(asked).read() == b"a;b\n1;2\n"
    with urllib.request.urlopen(info["url_private"]) as page:
        assert "text/html" in page.headers["Content-Type"], "without the token Slack shows its sign-in page"
    assert refused(client.files_info, file="F0") == "file_not_found"
    assert refused(client.files_completeUploadExternal, files=[{"id": "F0"}]) == "file_not_found"


def test_a_picture_is_shown_by_its_file_once_slack_has_looked_at_it(slack: PracticeSlack, client: WebClient) -> None:
    done = client.files_upload_v2(content=b"\xff\xd8\xff", filename="page.jpg", alt_txt="A page")["file"]["id"]
    text = client.files_upload_v2(content=b"words", filename="page.txt")["file"]["id"]

    def shown(file: str) -> list[dict[str, Any]]:
        return [{"type": "image", "slack_file": {"id": file}, "alt_text": "A page"}]

    assert refused(client.chat_postMessage, channel="C1FIN", text="a page", blocks=shown(done)) == "invalid_blocks"
    slack.wait_for(lambda: client.files_info(file=text)["file"]["mimetype"])
    posted = client.chat_postMessage(channel="C1FIN", text="a page", blocks=shown(done))
    assert slack.messages("C1FIN")[-1].blocks[0]["slack_file"] == {"id": done}
    for wrong in (text, "F0UNKNOWN"):
        assert refused(client.chat_postMessage, channel="C1FIN", text="x", blocks=shown(wrong)) == "invalid_blocks"
        changed = {"channel": posted["channel"], "ts": posted["ts"], "text": "x", "blocks": shown(wrong)}
        assert refused(client.chat_update, **changed) == "invalid_blocks"


def test_half_an_upload_is_refused(client: WebClient) -> None:
    where = client.files_getUploadURLExternal(filename="x.txt", length=10)
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(where["upload_url"], data=b"short"))
    assert refused(client.files_completeUploadExternal, files=[{"id": where["file_id"]}]) == "file_not_found"


def test_home_is_published_with_hashes(slack: PracticeSlack, client: WebClient) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = client.views_publish(user_id="U1ANNA", view=view)["view"]
    second = client.views_publish(user_id="U1ANNA", view=view, hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    assert refused(client.views_publish, user_id="U1ANNA", view=view, hash=first["hash"]) == "hash_conflict"
    assert refused(client.views_publish, user_id="U0NONE", view=view) == "invalid_arguments"
    home = slack.home("anna")
    assert home is not None
    assert home.hash == second["hash"]


def test_limits_are_off_until_switched_on(slack: PracticeSlack, client: WebClient) -> None:
    for number in range(10):
        client.chat_postMessage(channel="C1FIN", text=str(number))
    slack.limits = "real"
    for number in range(5):
        client.chat_postMessage(channel="C1FIN", text=str(number))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C1FIN", text="one too many")
    assert caught.value.response.status_code == 429
    assert int(caught.value.response.headers["Retry-After"]) >= 1
    assert client.chat_postMessage(channel="C2GEN", text="another channel")["ok"]
    slack.limit_scale = 0.001
    assert slack.limits == "real"
    assert client.chat_postMessage(channel="C1FIN", text="again")["ok"]


@pytest.mark.parametrize(
    ("what", "arrives"), [("500", 0), ("500_after", 1), ("drop_before", 0), ("drop_after", 1), ("429", 0)]
)
def test_the_fault_script(slack: PracticeSlack, client: WebClient, what: Any, arrives: int) -> None:
    client.retry_handlers.clear()
    slack.faults.add("chat.postMessage", 2, what)
    client.chat_postMessage(channel="C1FIN", text="first")
    with pytest.raises((SlackApiError, OSError)):
        client.chat_postMessage(channel="C1FIN", text="second")
    client.chat_postMessage(channel="C1FIN", text="third")
    assert text_of(slack, "C1FIN") == ["first", *["second"] * arrives, "third"]
    assert [fault.what for fault in slack.faults.struck] == [what]
    with pytest.raises(ValueError, match="no fault"):
        slack.faults.add("chat.postMessage", 1, "nonsense")  # type: ignore[arg-type]


def test_members_may_join_while_it_runs(slack: PracticeSlack, client: WebClient) -> None:
    slack.workspace.people.append(Person("U5NEW", "new", "New Person"))
    assert client.users_info(user="U5NEW")["user"]["real_name"] == "New Person"
