"""Rights for many at once, by file and from Procountor's circulation: shown first, given by an admin's yes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from sandbox.procountor import seed_people
from storage import audit, rights, staff
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot

HEAD = "Sähköposti;Lähettää;Näkee omat;Hyväksyy;Hyväksymisraja"


@pytest.fixture(autouse=True)
def whole(bot: Bot) -> Iterator[None]:
    bot.allow(ANNA, "admin", "finance")
    yield
    bot.allow(ANNA, "admin", "finance")
    for user in (EMMA, MIKAEL, GUEST):
        bot.allow(user)
    with bot.house.store.write() as tx:
        for human in staff.all(tx, bot.company):
            staff.change(tx, bot.company, human.id, team=None, user=None, user_id=None)


def team(bot: Bot) -> str:
    return bot.slack.workspace.team_id


def held(bot: Bot, user: str) -> dict[str, Any]:
    with bot.house.store.read() as tx:
        grants = rights.holder(tx, bot.company, team(bot), user).grants
    return {grant.right.value: dict(grant.limits) for grant in grants}


def newest(bot: Bot, act: Any, user: str = ANNA) -> Any:
    """Does something and waits for the next message of the bot."""
    before = {m.ts for m in bot.slack.messages(bot.slack.dm(user))}
    act()
    found = bot.wait(lambda: [m for m in bot.slack.messages(bot.slack.dm(user)) if m.ts not in before and m.bot_id])
    return found[-1]


def dropped(bot: Bot, *lines: str, user: str = ANNA) -> Any:
    content = "\n".join((HEAD, *lines)).encode()
    return newest(bot, lambda: bot.slack.drop_file(user, "oikeudet.csv", content), user)


def reviewed(bot: Bot, message: Any, user: str = ANNA) -> Any:
    bot.slack.click(user, message, "rights.review")
    return bot.slack.wait_for(lambda: bot.slack.views(user), 5)[-1]


def given(bot: Bot, view: Any, **typed: str) -> str:
    bot.slack.fill(ANNA, view, typed)

    def act() -> None:
        assert bot.slack.submit(ANNA, view).ok

    return bot.shown(newest(bot, act))


ROWS = (
    "mikael@pohjantuuli.example;ei;x;x;EUR 5000, SEK -",
    "EMMA@pohjantuuli.example;x;;;",
    "audit@outside.example;x;;;",
    "kuka@missa.example;x;;;",
    "anna@pohjantuuli.example;x;x;x;EUR 1.234",
)


def test_a_file_is_shown_first_and_given_when_the_admin_says_so(bot: Bot) -> None:
    told = dropped(bot, *ROWS)
    shown = bot.shown(told)
    assert "Rights from oikeudet.csv" in shown
    assert "New: seeing one’s own bills, approving bills (up to 5,000.00 €; SEK without limit)" in shown
    assert "Row 4: audit@outside.example: guests, bots" in shown
    assert "Row 5: kuka@missa.example: nobody of this workspace" in shown
    assert "Row 6: anna@pohjantuuli.example: “1.234” is no limit" in shown
    assert held(bot, MIKAEL) == {}
    assert "2 people have the rights now" in given(bot, reviewed(bot, told))
    assert held(bot, MIKAEL) == {"approve": {"EUR": Decimal(5000), "SEK": None}, "see_own": {}}
    assert held(bot, EMMA) == {"finance": {}}
    assert held(bot, GUEST) == {}
    assert {"admin", "finance"} <= set(held(bot, ANNA)) <= {"admin", "finance", "receive"}, "nothing of row 6"
    bot.until("Dina rättigheter", MIKAEL)
    with bot.house.store.read() as tx:
        rows = [r for r in audit.trail(tx, bot.company, f"{team(bot)}/{MIKAEL}") if r.what == "rights.given"]
    assert json.loads(rows[-1].details)["source"] == "oikeudet.csv"


def test_what_a_file_has_no_column_for_stays(bot: Bot) -> None:
    bot.allow(EMMA, "pre_approve", "see_own")
    told = dropped(bot, "emma@pohjantuuli.example;x;;;")
    assert "Taken away: seeing one’s own bills" in bot.shown(told)
    given(bot, reviewed(bot, told))
    assert held(bot, EMMA) == {"finance": {}, "pre_approve": {}}


def test_nothing_to_change_has_no_button(bot: Bot) -> None:
    bot.allow(EMMA, "finance")
    shown = bot.shown(dropped(bot, "emma@pohjantuuli.example;x;;;"))
    assert "Nothing would change" in shown
    assert "1 person has the rights already" in shown
    assert "[Look and give" not in shown


def test_a_person_changed_meanwhile_is_left_alone(bot: Bot) -> None:
    told = dropped(bot, "emma@pohjantuuli.example;x;;;", "mikael@pohjantuuli.example;x;;;")
    view = reviewed(bot, told)
    bot.allow(EMMA, "receive")
    answer = given(bot, view)
    assert "1 person has the rights now" in answer
    assert f"@{EMMA}: changed by somebody else meanwhile" in answer
    assert held(bot, EMMA) == {"receive": {}}


def test_a_newer_plan_takes_the_place_of_an_older_one(bot: Bot) -> None:
    first = dropped(bot, "emma@pohjantuuli.example;x;;;")
    dropped(bot, "mikael@pohjantuuli.example;x;;;")
    bot.answer("no longer in use", lambda: bot.slack.click(ANNA, first, "rights.review"))
    assert held(bot, EMMA) == {}


def test_the_last_admin_stays_whatever_a_file_says(bot: Bot) -> None:
    content = b"email;admin;finance\nanna@pohjantuuli.example;no;yes\n"
    told = newest(bot, lambda: bot.slack.drop_file(ANNA, "admins.csv", content))
    assert "last admin" in given(bot, reviewed(bot, told))
    assert "admin" in held(bot, ANNA)


def test_only_an_admin_brings_rights_and_only_finance_brings_invoices(bot: Bot) -> None:
    bot.allow(EMMA, "finance")
    refused = bot.shown(dropped(bot, *ROWS, user=EMMA))
    assert "do not have the right" in refused
    assert "@U01ANNA" in refused
    bot.allow(EMMA, "admin")
    content = b"Laskunumero;Asiakas\n1;x\n"
    other = bot.shown(newest(bot, lambda: bot.slack.drop_file(EMMA, "laskut.csv", content), EMMA))
    assert "sending invoices" in other
    bot.allow(EMMA)
    told = bot.shown(newest(bot, lambda: bot.slack.drop_file(EMMA, "x.csv", content), EMMA))
    assert "do not have the right" in told


def test_an_admin_who_is_none_any_more_gives_nothing(bot: Bot) -> None:
    bot.allow(EMMA, "admin")
    told = dropped(bot, "emma@pohjantuuli.example;x;;;")
    view = reviewed(bot, told)
    bot.stop_worker()
    try:
        assert bot.slack.submit(ANNA, view).ok
        bot.allow(ANNA, "finance")
    finally:
        bot.start_worker()
    bot.until("You do not have the right to do this .the settings.")
    assert held(bot, EMMA) == {"admin": {}}


def mapped(bot: Bot, user: str, user_id: int) -> None:
    with bot.house.store.write() as tx:
        staff.add(tx, bot.company, user, team=team(bot), user=user, user_id=user_id, matched="hand", matched_by="x")


def test_the_circulation_is_taken_over_with_a_limit(bot: Bot) -> None:
    mapped(bot, EMMA, seed_people.PARTNER)
    mapped(bot, MIKAEL, seed_people.MANAGERS[0])
    bot.allow(ANNA, "admin", "finance", "approve_claims")
    told = newest(bot, lambda: bot.slack.command(ANNA, "rights circulation"))
    shown = bot.shown(told)
    assert "Rights from Procountor’s circulation" in shown
    assert "Jussi Heikkinen: nobody has said yet who this is in Slack" in shown
    assert "do not circulate bills in Procountor: @U01ANNA" in shown
    view = reviewed(bot, told)
    bot.slack.fill(ANNA, view, {"limits": "EUR 1,234"})
    bot.slack.submit(ANNA, view)
    assert "1234 or 1,234" in bot.slack.views(ANNA)[-1].errors["limits"]
    assert "2 people have the rights now" in given(bot, view, limits="EUR 2 000")
    most = {"EUR": Decimal(2000)}
    assert held(bot, EMMA) == {"approve": most, "approve_claims": most, "receive": {}, "see_own": {}}
    assert held(bot, MIKAEL) == {"pre_approve": {}, "receive": {}, "see_own": {}}


def test_when_procountor_does_not_show_the_circulation_it_is_said(bot: Bot) -> None:
    route = "GET /company/invoicecirculation/settings"
    bot.procountor.world.faults.add(route=route, what="500json")
    bot.answer("did not answer", lambda: bot.slack.command(ANNA, "rights circulation"))


def test_without_the_right_nothing_of_it_is_seen(bot: Bot) -> None:
    bot.answer("Ask one of these", lambda: bot.slack.command(EMMA, "rights circulation"), EMMA)
