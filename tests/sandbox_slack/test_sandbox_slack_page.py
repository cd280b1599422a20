"""The page in a real browser: a month-end preview, a modal with errors, files, people, both themes."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import invoice_cards as cards
import pytest
from fake_invoice_bot import FakeBot

from sandbox.slack import PracticeSlack

PAGE = Path(__file__).parents[2] / "sandbox" / "slack" / "page"


def test_the_state_is_there_for_tests_in_full_and_for_one_person(slack: PracticeSlack, bot: FakeBot) -> None:
    bot.client.chat_postMessage(channel="C1FIN", text="card", blocks=cards.preview())
    bot.client.chat_postEphemeral(channel="C1FIN", user="U1ANNA", text="psst")
    slack.say("anna", "secret", "C3SEC")

    def state(query: str) -> Any:
        return json.load(urllib.request.urlopen(f"{slack.url}/practice/state{query}"))

    everything, cat = state(""), state("?user=U3CAT")
    assert [m["text"] for m in everything["messages"]] == ["card", "psst", "secret"]
    assert [m["text"] for m in cat["messages"]] == ["card"]
    assert "C3SEC" not in [room["id"] for room in cat["channels"]]


def test_the_page_never_parses_foreign_text_as_html_and_its_modules_stay_small() -> None:
    modules = sorted(PAGE.glob("*.js"))
    assert len(modules) > 10
    for module in modules:
        text = module.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text), module.name
        assert text.count("\n") <= 300, module.name
    for file in PAGE.iterdir():
        assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?https?://", file.read_text()), file.name


def test_the_page_asks_for_all_its_modules_at_once() -> None:
    index = (PAGE / "index.html").read_text()
    wanted = re.findall(r'<(?:link rel="modulepreload" href|script type="module" src)="/page/([a-z]+\.js)"', index)
    assert sorted(wanted) == sorted(module.name for module in PAGE.glob("*.js"))


@pytest.fixture
def page(slack: PracticeSlack, chromium: Any) -> Iterator[Any]:
    size = {"width": 1280, "height": 800}
    context = chromium.new_context(viewport=size, locale="fi-FI", reduced_motion="reduce")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.goto(slack.url)
    opened.wait_for_selector("#compose:focus")
    yield opened
    context.close()
    assert faults == []


def connect(bot: FakeBot) -> None:
    client = bot.client

    def send(payload: dict[str, Any]) -> None:
        client.chat_postMessage(channel=payload["channel_id"], text="47 invoices checked", blocks=cards.preview())

    def sending(payload: dict[str, Any]) -> None:
        place = payload["container"]
        client.chat_update(
            channel=place["channel_id"], ts=place["message_ts"], text="x", blocks=cards.preview("Sending 12 of 44")
        )

    bot.on("/procountor", send)
    bot.on("send", sending)
    bot.on("cancel", lambda p: (500, ""))
    bot.on("faults", lambda p: client.views_open(trigger_id=p["trigger_id"], view=cards.fix_modal()))
    bot.on("options:operator", lambda p: (200, {"options": [{"text": cards.plain("Basware"), "value": "BAWCFI22"}]}))
    bot.on("app_home_opened", lambda p: client.views_publish(user_id=p["event"]["user"], view=cards.home()))


@pytest.mark.browser
def test_a_month_end_in_the_browser(slack: PracticeSlack, bot: FakeBot, page: Any) -> None:
    connect(bot)
    answers = iter([{"response_action": "errors", "errors": {"centre": "Cost centre 100 is closed."}}, ""])
    bot.on("view_submission:fix", lambda p: (200, next(answers)))

    page.keyboard.type("/pro")
    page.wait_for_selector(".suggest .choice.at")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#compose") == "/procountor send invoices "
    page.keyboard.press("Enter")
    page.wait_for_selector("text=November invoices")
    assert bot.heard[-1][1]["text"] == "send invoices"

    page.click("text=Show faults")
    page.wait_for_selector("dialog.modal[open]")
    page.click("text=Check again")
    page.wait_for_selector("text=Please complete this required field.")
    page.click("dialog.modal .pick >> nth=0")
    page.keyboard.type("bas")
    page.click(".choice:has-text('Basware')")
    page.fill("dialog.modal input[maxlength='512']", "Workshop <b>in</b> Oulu")
    page.click("text=Check again")
    page.wait_for_selector("text=Cost centre 100 is closed.")
    assert page.input_value("dialog.modal input[maxlength='512']") == "Workshop <b>in</b> Oulu"
    page.keyboard.press("Control+Enter")
    page.click("text=Check again")
    page.wait_for_selector("dialog.modal:not([open])", state="attached")
    values = bot.heard[-1][1]["view"]["state"]["values"]
    assert values["operator"]["operator"]["selected_option"]["value"] == "BAWCFI22"
    assert values["text"]["text"]["value"] == "Workshop <b>in</b> Oulu"

    page.click("text=Cancel")
    page.click("dialog.confirm >> text=Cancel the run")
    page.wait_for_selector(".toast.bad")
    page.click("text=Send the 44 clean ones")
    page.wait_for_selector("text=Sending 12 of 44")
    assert page.locator("text=Send the 44 clean ones").count() == 0


@pytest.mark.browser
def test_people_files_home_threads_and_themes(slack: PracticeSlack, bot: FakeBot, page: Any) -> None:
    connect(bot)
    page.click("role=tab[name=Home]")
    page.wait_for_selector("text=Good morning, Anna")
    page.click("role=tab[name=Messages]")

    page.click("[data-key=drawer]")
    page.click(".sample:has-text('taimer-2026-11.csv')")
    page.wait_for_selector(".file:has-text('taimer-2026-11.csv')")
    page.set_input_files("#foot input[type=file]", [{"name": "own.xml", "mimeType": "text/xml", "buffer": b"<x/>"}])
    page.wait_for_selector(".file:has-text('own.xml')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#side", state="hidden")

    hostile = "<img src=x onerror=alert(1)> &lt;!channel&gt; *bold* <!here>"
    ts = bot.client.chat_postMessage(channel="C1FIN", text=hostile)["ts"]
    page.wait_for_selector(".room.unread:has-text('finance')")
    page.click(".room:has-text('finance')")
    page.wait_for_selector(".message b:has-text('bold')")
    assert page.locator("#stream img").count() == 0
    assert page.locator("#stream .broadcast").all_inner_texts() == ["@here"]
    bot.client.chat_postMessage(channel="C1FIN", thread_ts=ts, text="in the thread")
    page.click("text=1 reply")
    page.wait_for_selector("#side >> text=in the thread")

    page.click("[data-key=me]")
    page.click(".choice:has-text('Bengt')")
    page.wait_for_selector(".me:has-text('Bengt')")
    assert page.locator(".file").count() == 0, "Anna's direct message is hers"
    page.click("[data-key=theme]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("[data-key=menu]")
    page.click(".room:has-text('general')")
    page.wait_for_selector("h1:has-text('general')")
