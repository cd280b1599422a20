"""The company's rules changed in Slack: part by part, checked against the registers, old and new in the trail."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from finance.invoice import Channel as Way
from sandbox.slack.records import View
from sandbox.slack.workspace import Channel
from storage import audit
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot
from tests.support.setting_up import OK, WRONG, Admin, waits


@pytest.fixture
def anna(bot: Bot) -> Admin:
    return Admin(bot)


def part(anna: Admin, title: str) -> View:
    """Opens the list and, in its place, one part."""
    slack = anna.bot.slack
    assert slack.command(anna.user, "settings").ok
    view = anna.view("settings.all")
    section = next(b for b in view.blocks if b["type"] == "section" and f"*{title}*" in b["text"]["text"])
    assert slack.click(anna.user, view, "settings.part", value=section["accessory"]["value"]).ok
    slack.wait_for(lambda: slack.views(anna.user)[-1].callback_id != "settings.all", 5)
    return slack.views(anna.user)[-1]


def changes(bot: Bot) -> dict[str, Any]:
    """What the newest change of rules says in the trail."""
    with bot.house.store.read() as tx:
        entry = [e for e in audit.trail(tx, bot.company, bot.company) if e.what == "rules.changed"][-1]
    assert entry.who.endswith(ANNA)
    found: dict[str, Any] = json.loads(entry.details)
    return found


def test_invoices_are_set_and_the_trail_has_old_and_new(bot: Bot, anna: Admin) -> None:
    part(anna, "Sales invoices")
    offered = bot.slack.options(ANNA, anna.view(), "settings.country", "swe")
    assert "SE" in [o["value"] for o in offered][:3]
    values = {"default_channel": "email", "settings.country": "SE", "google_drive": "yes", "largest_batch": "50"}
    assert anna.saves(**values, reference_hours="24").ok
    told = anna.reads()
    assert "Saved." in told
    assert "e-mail · country SE · attachments added by hand" in told
    choices = anna.company().choices
    assert (choices.default_channel, choices.default_country, choices.google_drive) == (Way.EMAIL, "SE", True)
    assert (choices.largest_batch, choices.reference_hours) == (50, 24)
    assert changes(bot)["largest_batch"] == [2000, 50]
    assert changes(bot)["default_channel"] == ["e_invoice", "email"]
    before = changes(bot)
    anna.closes()
    part(anna, "Sales invoices")
    anna.saves()  # nothing different: nothing noted
    assert changes(bot) == before


def forge(view: View, name: str, value: str) -> None:
    """Puts a value into the form that nobody was offered, as an old or a dishonest client might."""
    element = next(b["element"] for b in view.blocks if b.get("block_id") == name)
    kind = element["type"]
    state: dict[str, Any] = {"type": kind}
    if kind in ("static_select", "external_select"):
        state["selected_option"] = {"text": {"type": "plain_text", "text": value}, "value": value}
    else:
        state[{"users_select": "selected_user", "timepicker": "selected_time"}.get(kind, "value")] = value
    view.values.setdefault(name, {})[name] = state


UNFIT = [
    ("Sales invoices", {"largest_batch": "0"}, "largest_batch", "from 1 to 10,000"),
    ("Sales invoices", {"largest_batch": "many"}, "largest_batch", "whole number"),
    ("Sales invoices", {"reference_hours": "169"}, "reference_hours", "from 1 to 168"),
    ("Sales invoices", {"settings.country": "XX"}, "settings.country", "Choose a country"),
    ("Messages", {"reminder_hour": "03:30"}, "reminder_hour", "Between 03:00 and 04:00"),
    ("Booking", {"settings.account.0": "9999999"}, "settings.account.0", "not open in Procountor"),
    ("Booking", {"settings.centre": "900"}, "settings.centre", "not an open item"),
    ("Booking", {"settings.centre": "P-1001"}, "settings.centre", "not an open item"),
    ("Bills", {"default_recipient": EMMA}, "default_recipient", "right to receive bills"),
    ("Bills", {"target.1": "order_reference"}, "target.1", "chosen above already"),
    ("Bills", {f"target.{n}": "-" for n in range(6)}, "target.0", "at least one"),
]


@pytest.mark.parametrize(("title", "values", "field", "told"), UNFIT)
def test_what_does_not_fit_is_said_at_its_field(
    bot: Bot, anna: Admin, title: str, values: dict[str, str], field: str, told: str
) -> None:
    before = anna.company().choices
    view = part(anna, title)
    for name, value in values.items():
        forge(view, name, value)
    bot.slack.submit(ANNA, view)
    assert told in anna.view().errors.get(field, "")
    assert anna.company().choices == before


def test_bills_are_looked_through_in_the_order_chosen(bot: Bot, anna: Admin) -> None:
    bot.allow(MIKAEL, "receive")
    part(anna, "Bills")
    chosen = {"target.0": "rows", "target.1": "note", **{f"target.{n}": "-" for n in range(2, 6)}}
    assert anna.saves(default_recipient=MIKAEL, **chosen).ok
    choices = anna.company().choices
    assert (choices.target_fields, choices.default_recipient) == (("rows", "note"), MIKAEL)
    assert "numbers are looked for in: comments of the rows, notes" in anna.reads()


def test_booking_knows_the_registers(bot: Bot, anna: Admin) -> None:
    part(anna, "Booking")
    accounts = bot.slack.options(ANNA, anna.view(), "settings.account.0", "3010")
    assert accounts[0]["value"] == "3010"
    centres = bot.slack.options(ANNA, anna.view(), "settings.centre", "tal")
    assert centres[0]["value"] == "110"
    assert "900" not in [c["value"] for c in bot.slack.options(ANNA, anna.view(), "settings.centre")]
    values = {"settings.account.0": "3010", "settings.centre": "110", "cost_centre_dimension": "Kustannuspaikka"}
    assert anna.saves(**values, project_dimension="-").ok
    choices = anna.company().choices
    assert choices.default_account["25.5"] == "3010"
    assert (choices.default_cost_centre, choices.project_dimension) == ("110", "")
    assert changes(bot)["default_account"][0]["25.5"] == "3000"


def test_many_work_types_take_several_forms(bot: Bot, anna: Admin) -> None:
    bot.decide(work_types={"Vanha": "EI-OLE"})
    given = bot.fresh()
    words = [f"Työlaji {n:02}" for n in range(12)]
    waits(bot, replace(given, lines=tuple(replace(given.lines[0], work_type=word) for word in words)))
    view = part(anna, "Work types")
    assert sum(b["type"] == "input" for b in view.blocks) == 10
    anna.saves(**{f"settings.product.{n}": "KONS-K" for n in range(10)})
    again = anna.view("settings.work_types")
    labels = [b["label"]["text"] for b in again.blocks if b["type"] == "input"]
    assert labels[:2] == ["Työlaji 10", "Työlaji 11"]
    assert "settings.product.0" not in str(again.values), "what was chosen for another work type does not stay"
    anna.saves(**{"settings.product.0": "TEST", "settings.product.1": "KEHI"})
    assert "Saved." in anna.reads()
    choices = anna.company().choices
    assert choices.work_types["Työlaji 00"] == "KONS-K"
    assert (choices.work_types["Työlaji 10"], choices.work_types["Työlaji 11"]) == ("TEST", "KEHI")
    assert [choices.work_types[word] for word in words[1:10]] == ["KONS-K"] * 9


def test_an_admin_whose_right_has_gone_changes_nothing(bot: Bot, anna: Admin) -> None:
    part(anna, "Sales invoices")
    before = anna.company().choices
    bot.allow(ANNA, "finance")
    anna.saves(largest_batch="7")
    assert "do not have the right" in anna.reads()
    bot.allow(ANNA, "finance", "admin")
    assert anna.company().choices == before


def test_a_form_that_is_too_old_says_so(bot: Bot, anna: Admin) -> None:
    view = part(anna, "Sales invoices")
    view.body["private_metadata"] = "nonsense"
    anna.saves()
    assert "Type /procountor settings again" in anna.reads()


def test_before_the_registers_are_there_booking_says_so(bot: Bot, anna: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.checks.facts.papers.kept_reference", lambda *_: (_ for _ in ()).throw(LookupError()))
    part(anna, "Booking")
    assert "have not been fetched" in anna.reads()


def test_a_channel_that_kierto_is_not_in(bot: Bot, anna: Admin) -> None:
    anna.begins()
    bot.slack.workspace.channels.append(Channel("C03SULJETTU", "suljettu", "private", (ANNA,)))
    part(anna, "Messages")
    anna.saves(result_channel="C03SULJETTU")
    anna.closes()
    anna.until("Channel for results", WRONG, "/invite @Kierto")
    anna.looks()
    anna.until("Channel for results", WRONG)
    bot.slack.workspace.channels[-1] = Channel("C03SULJETTU", "suljettu", "private", ())
    anna.looks()
    anna.until("Channel for results", OK, "C03SULJETTU")
    assert any(
        "tells the results" in bot.shown(m) or "kertoo" in bot.shown(m) for m in bot.slack.messages("C03SULJETTU")
    )
