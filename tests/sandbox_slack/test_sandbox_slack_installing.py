"""Installing an app into the practice Slack goes as into the real one: a page, a choice, a code that is good once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack.server import PracticeSlack
from sandbox.slack.together import OneSlack
from sandbox.slack.workspace import Person, Workspace
from tests.support.browsing import Browser, words

BOT = "http://127.0.0.1:9"
BACK = f"{BOT}/slack/oauth_redirect"


def ask(slack: PracticeSlack, base: str = "", **changes: str) -> str:
    slack.bot_url = BOT
    asked = {"client_id": slack.workspace.app.client_id, "scope": "chat:write,commands", "state": "s1", **changes}
    return f"{base or slack.url}/oauth/v2/authorize?{urlencode({k: v for k, v in asked.items() if v})}"


def answer(place: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}


def exchange(slack: PracticeSlack, api_url: str = "", **arguments: str) -> dict[str, object]:
    app = slack.workspace.app
    given = {"client_id": app.client_id, "client_secret": app.client_secret, **arguments}
    try:
        return dict(WebClient(base_url=api_url or slack.api_url).oauth_v2_access(**given).data)  # type: ignore[arg-type]
    except SlackApiError as refused:
        return {"error": refused.response["error"]}


def test_the_page_names_the_app_the_workspace_and_each_scope(slack: PracticeSlack) -> None:
    shown = words(Browser().get(ask(slack)))
    assert "Kierto is requesting permission to access the Pohjola Consulting workspace" in shown
    assert "chat:write commands" in shown
    assert "Catherine Doyle" in shown
    assert "Left Lately" not in shown


@pytest.mark.parametrize("to", ["", BACK])
def test_allowing_sends_back_with_a_code_and_the_state(slack: PracticeSlack, to: str) -> None:
    place = Browser().allow(ask(slack, redirect_uri=to), "U2BENGT")
    assert place.startswith(BACK)
    assert answer(place)["state"] == "s1"
    code = answer(place)["code"]
    assert exchange(slack, code=code, client_secret="wrong") == {"error": "bad_client_secret"}
    assert exchange(slack, code=code, redirect_uri="http://127.0.0.1:9/other") == {"error": "bad_redirect_uri"}
    given = exchange(slack, code=code, redirect_uri=to)
    assert (given["authed_user"], given["scope"]) == ({"id": "U2BENGT"}, "chat:write,commands")
    assert exchange(slack, code=code, redirect_uri=to) == {"error": "invalid_code"}
    mine = WebClient(str(given["access_token"]), base_url=slack.api_url)
    assert mine.auth_test()["team_id"] == slack.workspace.team_id
    assert mine.auth_revoke()["revoked"]
    with pytest.raises(SlackApiError, match="invalid_auth"):
        mine.auth_test()


def test_cancelling_sends_back_without_one(slack: PracticeSlack) -> None:
    place = Browser().allow(ask(slack), "U2BENGT", decision="cancel")
    assert answer(place) == {"error": "access_denied", "state": "s1"}


def test_a_code_is_good_for_ten_minutes() -> None:
    now = [1_700_000_000.0]
    with PracticeSlack(Workspace(people=[Person("U1ANNA", "anna")]), clock=lambda: now[0]) as slack:
        code = answer(Browser().allow(ask(slack), "U1ANNA"))["code"]
        now[0] += 601
        assert exchange(slack, code=code) == {"error": "invalid_code"}


@pytest.mark.parametrize(
    "changes",
    [{"client_id": "other"}, {"scope": ""}, {"scope": "chat:write,admin"}, {"redirect_uri": "https://evil.example/x"}],
)
def test_what_does_not_fit_the_app_is_refused_on_the_page(slack: PracticeSlack, changes: dict[str, str]) -> None:
    assert Browser().get(ask(slack, **changes)).status_code == 400


def test_who_may_not_install_may_not(slack: PracticeSlack) -> None:
    assert Browser().post(ask(slack), user="U9GONE", decision="allow").status_code == 403


# several workspaces behind one address


@pytest.fixture
def pair() -> Iterator[tuple[OneSlack, PracticeSlack, PracticeSlack]]:
    spaces = [
        Workspace(name, [Person("U1", "anna")], team_id=team)
        for name, team in (("Yksi", "T1"), ("Kaksi", "T2"))
    ]  # fmt: skip
    for space in spaces:
        space.app = replace(space.app, bot_token=f"xoxb-{space.team_id}")
    with PracticeSlack(spaces[0]) as one, PracticeSlack(spaces[1]) as two, OneSlack(one, two) as both:
        yield both, one, two


def test_a_token_says_which_workspace_is_meant(pair: tuple[OneSlack, PracticeSlack, PracticeSlack]) -> None:
    both, one, two = pair
    for slack in (one, two):
        client = WebClient(slack.bot_token, base_url=both.api_url)
        assert client.auth_test()["team_id"] == slack.workspace.team_id
        room = client.conversations_open(users="U1")["channel"]["id"]
        client.chat_postMessage(channel=room, text=slack.workspace.name)
        client.files_upload_v2(channel=room, filename="a.txt", content=slack.workspace.team_id)
        assert [m.text for m in slack.messages("U1")][:1] == [slack.workspace.name]
        (file,) = slack.world.files.values()
        where = str(client.files_info(file=file.id)["file"]["url_private"])
        assert where.startswith(both.url)
        other = two if slack is one else one
        given = [httpx.get(where, headers={"Authorization": f"Bearer {s.bot_token}"}) for s in (slack, other)]
        assert (given[0].text, given[1].status_code) == (slack.workspace.team_id, 302)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        WebClient("xoxb-none", base_url=both.api_url).auth_test()


def test_another_address_leads_nowhere(pair: tuple[OneSlack, PracticeSlack, PracticeSlack]) -> None:
    assert Browser().get(f"{pair[0].url}/archives/C1").status_code == 404


def test_a_code_leads_to_the_workspace_it_was_given_in(pair: tuple[OneSlack, PracticeSlack, PracticeSlack]) -> None:
    both, one, two = pair
    for slack in (one, two):
        slack.bot_url = BOT
    choice = words(Browser().get(ask(two, both.url)))
    assert "Yksi Kaksi" in choice
    place = Browser().allow(ask(two, both.url), "U1", team="T2")
    given = exchange(two, both.api_url, code=answer(place)["code"])
    assert given["team"] == {"id": "T2", "name": "Kaksi"}
    assert str(given["access_token"]) in two.world.tokens - one.world.tokens


def test_what_the_app_sends_is_remembered_only_when_asked_for(slack: PracticeSlack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    client.auth_test()
    assert slack.world.heard == []
    slack.world.recording = True
    client.api_test(foo="1")
    (heard,) = slack.world.heard
    assert (heard.method, heard.args["foo"], heard.token) == ("api.test", "1", slack.bot_token)
