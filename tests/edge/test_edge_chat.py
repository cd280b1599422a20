"""The real chat against the practice Slack: what people see, and what each refusal becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.chat import SlackChat
from handlers.chat import ChatTrouble, Modal, Picture, Posted
from handlers.said import Said
from handlers.views.blocks import button, picture, section, table
from sandbox.slack import Channel, Command, Person, PracticeSlack, Workspace, layout

TEAM = "T0PRACTICE"
CARD = Picture("3 invoices ready", (section("*3* invoices ready"),))


class Ticks:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    people = [
        Person("U1AINO", "aino", "Aino Virtanen", "aino@pohjola.fi", locale="fi-FI"),
        Person("U2BO", "bo", "Bo Ek", locale="sv-SE", tz="Europe/Stockholm"),
        Person("U3CAT", "cat", locale="de-DE"),
        Person("U4GUEST", "guest", is_restricted=True),
        Person("U5GONE", "gone", deleted=True),
    ]
    channels = [Channel("C1FIN", "finance"), Channel("C2CLOSED", "closed", "private", ("U1AINO",))]
    space = Workspace(people=people, channels=channels, commands=[Command("/procountor")])
    with PracticeSlack(space) as made:
        made.limits = "off"
        yield made


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def chat(slack: PracticeSlack, ticks: Ticks) -> SlackChat:
    return SlackChat(slack.bot_token, slack.api_url, team=TEAM, ticks=ticks, sleep=ticks.sleep)


TABLED = Picture("2 bills", (section("*2* bills"), table([["Supplier", "Amount"], ["Silta *Oy*", "12,00 €"]])))


def test_a_slack_without_tables_gets_lines(
    slack: PracticeSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks come to workspaces one after the other: what a table says is said all the same, in each place."""
    monkeypatch.delitem(layout.BLOCKS, "table")
    posted = chat.post("C1FIN", TABLED)
    chat.redraw(posted, TABLED)
    chat.home("U1AINO", TABLED)
    home = slack.home("U1AINO")
    assert home is not None
    for blocks in (slack.messages("C1FIN")[-1].blocks, home.blocks):
        assert [block["type"] for block in blocks] == ["section", "section"]
        assert "Silta" in str(blocks[1])
        assert "12,00 €" in str(blocks[1])


def test_another_shape_that_slack_refuses_is_not_tried_in_another_way(slack: PracticeSlack, chat: SlackChat) -> None:
    """Neither one without a table, nor one whose table is not what is wrong."""
    wrong = ({"type": "section"}, {"type": "section"}, table([["a"], ["b"]]))
    for blocks in (wrong[:1], wrong):
        with pytest.raises(ChatTrouble):
            chat.post("C1FIN", Picture("x", blocks))
    assert calls(slack, "chat.postMessage") == 3


def calls(slack: PracticeSlack, method: str) -> int:
    return slack.faults.counts.get(method, 0)


def said(slack: PracticeSlack, **more: str) -> Said:
    return Said(**{"kind": "click", "route": "x", "team": TEAM, "user": "U1AINO", **more})  # type: ignore[arg-type]


def test_a_message_is_posted_redrawn_and_answered_in_its_thread(slack: PracticeSlack, chat: SlackChat) -> None:
    posted = chat.post("C1FIN", CARD)
    chat.post("C1FIN", Picture("in the thread"), thread=posted.ts)
    chat.redraw(posted, Picture("3 invoices sent"))
    first, second = slack.messages("finance")
    assert (first.text, first.blocks) == ("3 invoices sent", ())  # no button of the old card is left
    assert second.thread_ts == posted.ts


def test_a_direct_conversation_is_opened_once(slack: PracticeSlack, chat: SlackChat) -> None:
    channel = chat.direct("U1AINO")
    assert chat.direct("U1AINO") == channel == slack.dm("U1AINO")
    assert calls(slack, "conversations.open") == 1


@pytest.mark.parametrize(
    ("user", "language", "trusted"),
    [
        ("U1AINO", "fi", True),
        ("U2BO", "sv", True),
        ("U3CAT", "en", True),
        ("U4GUEST", "en", False),
        ("U5GONE", "en", False),
    ],
)
def test_a_profile_says_the_language_and_whom_to_trust(
    slack: PracticeSlack, chat: SlackChat, user: str, language: str, trusted: bool
) -> None:
    profile = chat.profile(user)
    assert (profile.language, profile.trusted) == (language, trusted)


def test_a_profile_holds_name_zone_and_address(slack: PracticeSlack, chat: SlackChat) -> None:
    profile = chat.profile("U1AINO")
    assert (profile.name, profile.email, profile.zone) == ("Aino Virtanen", "aino@pohjola.fi", "Europe/Helsinki")


def test_a_bot_and_members_of_another_workspace_are_not_trusted(slack: PracticeSlack, ticks: Ticks) -> None:
    assert not SlackChat(slack.bot_token, slack.api_url, TEAM, ticks).profile("U0PRACTICEBOT").trusted
    assert not SlackChat(slack.bot_token, slack.api_url, "T0OTHER", ticks).profile("U1AINO").trusted


def test_a_profile_is_remembered_for_a_day(slack: PracticeSlack, chat: SlackChat, ticks: Ticks) -> None:
    chat.profile("U1AINO")
    ticks.now += 86_399
    chat.profile("U1AINO")
    assert calls(slack, "users.info") == 1
    ticks.now += 1
    chat.profile("U1AINO")
    assert calls(slack, "users.info") == 2


def test_a_whisper_goes_by_the_response_url(slack: PracticeSlack, chat: SlackChat) -> None:
    hook = slack.world.issue_hook("C1FIN", "U1AINO")
    chat.whisper(said(slack, channel="C1FIN", reply=f"{slack.url}/hooks/{hook}"), CARD)
    (message,) = slack.whispers("U1AINO")
    assert (message.channel, message.text) == ("C1FIN", "3 invoices ready")
    assert calls(slack, "chat.postEphemeral") == 0


def test_a_whisper_finds_another_way_when_the_url_is_used_up(slack: PracticeSlack, chat: SlackChat) -> None:
    reply = f"{slack.url}/hooks/{slack.world.issue_hook('C1FIN', 'U1AINO')}"
    for number in range(6):  # Slack takes five
        chat.whisper(said(slack, channel="C1FIN", reply=reply), Picture(f"word {number}"))
    assert [m.text for m in slack.whispers("U1AINO")] == [f"word {n}" for n in range(6)]
    assert calls(slack, "chat.postEphemeral") == 1


@pytest.mark.parametrize(
    "reply",
    [
        "http://127.0.0.1:9/hooks/x",
        "http://169.254.169.254/latest/meta-data",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "file:///etc/passwd",
        "gopher://hooks.slack.com/",
    ],
)
def test_a_whisper_never_follows_a_foreign_url(slack: PracticeSlack, chat: SlackChat, reply: str) -> None:
    chat.whisper(said(slack, channel="C1FIN", reply=reply), CARD)
    assert calls(slack, "chat.postEphemeral") == 1
    assert len(slack.whispers("U1AINO")) == 1


def test_a_whisper_where_the_bot_is_not_goes_to_the_direct_conversation(slack: PracticeSlack, chat: SlackChat) -> None:
    chat.whisper(said(slack, channel="C2CLOSED"), CARD)
    chat.whisper(said(slack), Picture("from a form"))
    assert [m.text for m in slack.messages("U1AINO")] == ["3 invoices ready", "from a form"]


FORM = Modal("Korjaa rivi", (section("Rivi 1"),), "row.save", "Sulje", "Tallenna", "handle")


def test_a_form_is_opened_pushed_and_redrawn(slack: PracticeSlack, chat: SlackChat) -> None:
    trigger = slack.world.issue_trigger("U1AINO")
    chat.open(said(slack, trigger=trigger), FORM)
    (first,) = slack.views("U1AINO")
    chat.open(
        said(slack, trigger=slack.world.issue_trigger("U1AINO", first.id), view=first.id), replace(FORM, title="Päällä")
    )
    assert [v.title for v in slack.views("U1AINO")] == ["Korjaa rivi", "Päällä"]
    chat.refresh(first.id, replace(FORM, title="Uusi"))
    assert slack.views("U1AINO")[0].title == "Uusi"
    assert (first.callback_id, first.private_metadata) == ("row.save", "handle")


def test_a_trigger_is_good_once_and_needed(slack: PracticeSlack, chat: SlackChat) -> None:
    spoken = said(slack, trigger=slack.world.issue_trigger("U1AINO"))
    chat.open(spoken, FORM)
    with pytest.raises(ChatTrouble, match="exchanged_trigger_id"):
        chat.open(spoken, FORM)
    with pytest.raises(ChatTrouble, match="no_trigger"):
        chat.open(said(slack), FORM)


def test_a_home_is_published(slack: PracticeSlack, chat: SlackChat) -> None:
    chat.home("U1AINO", Picture("Home", (section("Tervetuloa"),)))
    chat.home("U1AINO", Picture("Home", (section("Uudestaan"),)))
    home = slack.home("U1AINO")
    assert home is not None
    assert home.blocks[0]["text"]["text"] == "Uudestaan"


def test_what_slack_refuses_is_certain_and_named(chat: SlackChat) -> None:
    with pytest.raises(ChatTrouble) as trouble:
        chat.post("C0NOWHERE", CARD)
    assert (trouble.value.code, trouble.value.certain) == ("channel_not_found", True)


def test_a_shape_that_slack_refuses_is_logged_by_its_places(chat: SlackChat, caplog: pytest.LogCaptureFixture) -> None:
    too_long = {"type": "section", "text": {"type": "mrkdwn", "text": "canary" * 1000}}
    with pytest.raises(ChatTrouble, match="invalid_blocks"):
        chat.post("C1FIN", Picture("x", (too_long,)))
    assert "canary" not in caplog.text


@pytest.mark.parametrize("what", ["429", "500", "drop_before"])
def test_the_patient_chat_tries_again(slack: PracticeSlack, chat: SlackChat, what: str) -> None:
    slack.faults.add("chat.update", 1, what, 0.0)  # type: ignore[arg-type]
    posted = chat.post("C1FIN", CARD)
    chat.redraw(posted, Picture("again"))
    assert slack.messages("finance")[0].text == "again"


@pytest.mark.parametrize(
    ("what", "code", "certain"),
    [("429", "ratelimited", True), ("500", "http_500", False), ("drop_after", "no_answer", False)],
)
def test_the_hurried_chat_tries_once_and_says_how_sure_it_is(
    slack: PracticeSlack, chat: SlackChat, what: str, code: str, certain: bool
) -> None:
    slack.faults.add("chat.postMessage", 1, what, 0.0)  # type: ignore[arg-type]
    with pytest.raises(ChatTrouble) as trouble:
        chat.hurried().post("C1FIN", CARD)
    assert (trouble.value.code, trouble.value.certain) == (code, certain)
    assert calls(slack, "chat.postMessage") == 1


def test_the_hurried_chat_shares_what_the_patient_one_knows(slack: PracticeSlack, chat: SlackChat) -> None:
    chat.profile("U1AINO")
    chat.hurried().profile("U1AINO")
    assert chat.hurried() is chat.hurried()
    assert calls(slack, "users.info") == 1


def test_a_slack_that_is_away_is_certain_not_to_have_heard(ticks: Ticks) -> None:
    with pytest.raises(ChatTrouble) as trouble:
        SlackChat("xoxb-1", "http://127.0.0.1:9/api/", TEAM, ticks).hurried().post("C1", CARD)
    assert (trouble.value.code, trouble.value.certain) == ("no_answer", True)


def test_a_dropped_file_comes_down_whole(slack: PracticeSlack, chat: SlackChat) -> None:
    content = bytes(range(256)) * 1000
    slack.drop_file("aino", "laskut marraskuu.csv", content)
    (id,) = slack.world.files
    found = chat.download(id, 300_000)
    assert (found.id, found.name, found.content) == (id, "laskut marraskuu.csv", content)


def test_a_file_that_is_too_large_is_not_fetched(slack: PracticeSlack, chat: SlackChat) -> None:
    slack.drop_file("aino", "big.csv", b"x" * 1001)
    (id,) = slack.world.files
    with pytest.raises(ChatTrouble, match="file_too_large"):
        chat.download(id, 1000)


def test_an_upload_is_seen_in_the_conversation_before_it_counts(
    slack: PracticeSlack, chat: SlackChat, ticks: Ticks
) -> None:
    channel = chat.direct("U1AINO")
    posted = chat.post(channel, CARD)
    chat.upload(channel, posted.ts, "raportti.csv", b"a;b\n1;2\n", "Valmis")
    message = slack.messages("U1AINO")[-1]
    (file,) = message.files
    assert slack.world.files[file].content == b"a;b\n1;2\n"
    assert (message.text, message.thread_ts) == ("Valmis", posted.ts)
    assert ticks.slept == [0.0]


def test_a_picture_is_kept_for_messages_only_and_shown_once_slack_knows_it(
    slack: PracticeSlack, chat: SlackChat, ticks: Ticks
) -> None:
    slack.world.looking_seconds = 0.0
    file = chat.keep_picture("sivu.jpg", b"\xff\xd8\xff", "Oy Ab")
    assert slack.world.files[file].channels == ()
    assert slack.world.files[file].alt_text == "Oy Ab"
    posted = chat.post("C1FIN", Picture("sivu", (picture(file, "Oy Ab"),)))
    assert slack.messages("C1FIN")[-1].ts == posted.ts
    slack.world.looking_seconds = 3600.0
    with pytest.raises(ChatTrouble, match="file_not_ready"):
        chat.keep_picture("sivu.jpg", b"\xff\xd8\xff", "Oy Ab")
    assert ticks.slept == [0.0, 0.0, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0]


def test_a_button_survives_the_way(slack: PracticeSlack, chat: SlackChat) -> None:
    where = chat.post(
        "C1FIN", Picture("x", ({"type": "actions", "elements": [button("Lähetä 7", "batch.send", "h1")]},))
    )
    assert isinstance(where, Posted)
    assert slack.messages("finance")[0].blocks[0]["elements"][0]["value"] == "h1"
