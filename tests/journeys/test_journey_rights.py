"""Rights given and taken away in Slack: who may, what is kept, who hears of it, and what nobody can do alone."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from finance import authority
from finance.authority import Right
from handlers import alone, rights_step
from handlers.steps import Look
from handlers.views.steps import Mark, Step
from handlers.views.tongue import Tongue
from storage import audit, companies, own_keys, rights, staff
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot

A_DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def whole(bot: Bot) -> Iterator[None]:
    """Anna is the admin; nobody else has anything, and nobody is known in Procountor."""
    bot.allow(ANNA, "admin", "finance")
    yield
    bot.allow(ANNA, "admin", "finance")
    bot.allow(EMMA)
    bot.allow(GUEST)


def held(bot: Bot, user: str) -> dict[str, Any]:
    with bot.house.store.read() as tx:
        grants = rights.holder(tx, bot.company, team(bot), user).grants
    return {grant.right.value: dict(grant.limits) for grant in grants}


def team(bot: Bot) -> str:
    return bot.slack.workspace.team_id


def opened(bot: Bot, words: str, user: str = ANNA) -> Any:
    assert bot.slack.command(user, words).ok
    return bot.slack.wait_for(lambda: bot.slack.views(user), 5)[-1]


def fill(bot: Bot, view: Any, *ticked: str, user: str = ANNA, **typed: str) -> Any:
    """Ticks exactly these boxes, writes limits, saves; gives the form as it stands after."""
    bot.slack.choose(user, view, "rights", list(ticked))
    bot.slack.fill(user, view, {name: value for name, value in typed.items() if name != "confirm"})
    if "confirm" in typed:
        bot.slack.choose(user, view, "confirm", ["confirm"])
    delivery = bot.slack.submit(user, view)
    assert not delivery.error or bot.slack.views(user)[-1].errors, delivery
    return bot.slack.views(user)[-1]


def wrong(view: Any, field: str) -> str:
    """What is said at a field."""
    return next(str(said) for place, said in view.errors.items() if place.partition(".")[0] == field)


def trail(bot: Bot, user: str) -> list[dict[str, Any]]:
    with bot.house.store.read() as tx:
        rows = [row for row in audit.trail(tx, bot.company, f"{team(bot)}/{user}") if row.what == "rights.given"]
    return [{"who": row.who, **json.loads(row.details)} for row in rows]


def test_an_admin_gives_rights_with_limits_and_everybody_concerned_hears(bot: Bot) -> None:
    bot.allow(EMMA, "admin")
    before = {user: bot.text(user) for user in (ANNA, EMMA, MIKAEL)}
    view = opened(bot, "rights @mikael")
    assert "Rights of @U02MIKAEL" in bot.shown(view)
    after = fill(bot, view, "see_own", "approve", limits="EUR 5000, SEK no limit")
    assert held(bot, MIKAEL) == {"approve": {"EUR": Decimal("5000.00"), "SEK": None}, "see_own": {}}
    assert "approving bills (up to 5,000.00 €; SEK without limit)" in bot.shown(after)
    assert trail(bot, MIKAEL)[-1] == {
        "who": f"{team(bot)}/{ANNA}", "old": {}, "confirmed": [],
        "new": {"approve": {"EUR": "5000.00", "SEK": None}, "see_own": {}},
    }  # fmt: skip
    told = bot.until(r"Dina rättigheter i Pohjantuuli Konsultointi Oy har ändrats", MIKAEL)
    assert "till 5 000,00 €" in told.replace("\u00a0", " ")
    assert "who may sign" in bot.until("(?i)who may sign", EMMA).removeprefix(before[EMMA]).lower()
    assert bot.text(ANNA) == before[ANNA]


def test_what_does_not_touch_signing_is_told_to_the_person_only(bot: Bot) -> None:
    bot.allow(EMMA, "admin")
    before = bot.text(EMMA), bot.text(MIKAEL)
    fill(bot, opened(bot, "rights @mikael"), "receive", "see_own")
    bot.wait(lambda: bot.text(MIKAEL) != before[1])
    assert bot.text(EMMA) == before[0]


def test_saving_again_keeps_the_first_giver(bot: Bot) -> None:
    fill(bot, opened(bot, "rights @mikael"), "see_own")
    bot.slack.close(ANNA, bot.slack.views(ANNA)[-1])
    bot.allow(EMMA, "admin")
    rows = len(trail(bot, MIKAEL))
    view = opened(bot, "rights @mikael", EMMA)
    assert "Nothing was changed" in bot.shown(fill(bot, view, "see_own", user=EMMA))
    assert len(trail(bot, MIKAEL)) == rows
    with bot.house.store.read() as tx:
        grant = rights.holder(tx, bot.company, team(bot), MIKAEL).grant(Right.SEE_OWN)
    assert grant is not None
    assert grant.by.endswith(ANNA)


@pytest.mark.parametrize(
    ("ticked", "typed", "field", "said"),
    [
        (("approve",), {}, "limits", "Write up to how much"),
        (("approve",), {"limits": "5000"}, "limits", "which currency"),
        (("approve",), {"limits": "EUR 1.234"}, "limits", "1234 or 1,234"),
        (("approve",), {"limits": "EUR NaN"}, "limits", "is not an amount"),
        (("approve",), {"limits": "EUR 1e9"}, "limits", "is not an amount"),
        (("approve",), {"limits": "EUR -1"}, "limits", "cannot be negative"),
        (("approve",), {"limits": "EUR 1_000"}, "limits", "is not an amount"),
        (("see_own",), {"limits": "EUR 5"}, "limits", "not ticked"),
        (("approve_claims",), {"claim_limits": "EUR 5,001"}, "claim_limits", "5001 or 5,001"),
    ],
)
def test_a_limit_that_is_none_is_said_at_its_field(
    bot: Bot, ticked: tuple[str, ...], typed: dict[str, str], field: str, said: str
) -> None:
    after = fill(bot, opened(bot, "rights @mikael"), *ticked, **typed)
    assert said in wrong(after, field)
    assert held(bot, MIKAEL) == {}


def test_what_an_admin_gives_himself_waits_a_day_or_for_another_admin(bot: Bot) -> None:
    bot.allow(ANNA, "admin", "finance")
    after = fill(bot, opened(bot, "rights @anna"), "admin", "finance", "approve", limits="EUR 100")
    assert re.search(r"Usable from \d+\.\d+\. \d\d:\d\d: approving bills", bot.shown(after))
    assert not usable(bot, ANNA)
    with bot.later(A_DAY - timedelta(minutes=1)):
        assert not usable(bot, ANNA)
    with bot.later(A_DAY + timedelta(minutes=1)):
        assert usable(bot, ANNA)
    bot.allow(EMMA, "admin")
    view = opened(bot, "rights @anna", EMMA)
    assert "Given by the person alone: approving bills" in bot.shown(view) + str(view.blocks)
    done = fill(bot, view, "admin", "finance", "approve", user=EMMA, confirm="yes")
    assert "Confirmed, usable at once: approving bills" in bot.shown(done)
    assert usable(bot, ANNA)


def test_through_the_door_what_one_gave_oneself_waits_a_day_too(bot: Bot) -> None:
    bot.allow(EMMA, "admin")
    fill(bot, opened(bot, "rights @emma", EMMA), "admin", "finance", user=EMMA)
    told = bot.answer("You gave yourself this right", lambda: bot.slack.command(EMMA, "runs"), EMMA)
    assert "Until then another admin can give it" in told
    with bot.later(A_DAY + timedelta(minutes=1)):
        bot.answer("batches", lambda: bot.slack.command(EMMA, "runs"), EMMA)


def usable(bot: Bot, user: str) -> bool:
    with bot.house.store.read() as tx:
        holder = rights.holder(tx, bot.company, team(bot), user)
    return authority.may(holder, Right.APPROVE, bot.house.desk.clock()).allowed


def test_nobody_confirms_himself_through_a_second_account(bot: Bot) -> None:
    bot.allow(EMMA, "admin")
    with bot.house.store.write() as tx:
        for user in (ANNA, EMMA):
            staff.add(tx, bot.company, user, team=team(bot), user=user, user_id=502, matched="hand", matched_by="x")
    try:
        fill(bot, opened(bot, "rights @anna"), "admin", "finance", "approve", limits="EUR 100")
        view = opened(bot, "rights @anna", EMMA)
        assert not [block for block in view.blocks if block.get("block_id") == "confirm"]
        assert not usable(bot, ANNA)
    finally:
        with bot.house.store.write() as tx:
            for human in staff.all(tx, bot.company):
                staff.change(tx, bot.company, human.id, team=None, user=None, user_id=None)


def test_in_a_company_of_one_it_can_be_used_at_once(bot: Bot) -> None:
    bot.decide(one_person=True)
    after = fill(bot, opened(bot, "rights @anna"), "admin", "finance", "approve", limits="EUR 100")
    assert "Usable from" not in bot.shown(after)
    assert "exception of a one-person company is on" in bot.shown(after)


def test_the_last_admin_cannot_be_taken_away(bot: Bot) -> None:
    after = fill(bot, opened(bot, "rights @anna"), "finance")
    assert "last admin" in wrong(after, "rights")
    bot.allow(GUEST, "admin")  # one who cannot act does not count
    after = fill(bot, bot.slack.views(ANNA)[-1], "finance")
    assert "last admin" in wrong(after, "rights")
    assert "admin" in held(bot, ANNA)
    bot.allow(EMMA, "admin")
    fill(bot, bot.slack.views(ANNA)[-1], "finance")
    assert "admin" not in held(bot, ANNA)


def test_a_form_that_was_overtaken_shows_what_is_so_now(bot: Bot) -> None:
    bot.allow(EMMA, "admin")
    first, second = opened(bot, "rights @mikael"), opened(bot, "rights @mikael", EMMA)
    fill(bot, first, "see_own")
    after = fill(bot, second, "see_all", user=EMMA)
    assert "changed meanwhile" in bot.shown(after)
    assert bot.slack.submit(EMMA, after).ok  # untouched: it holds what is so now, not what was ticked before
    assert held(bot, MIKAEL) == {"see_own": {}}
    fill(bot, opened(bot, "rights @mikael", EMMA), "see_all", user=EMMA)
    assert held(bot, MIKAEL) == {"see_all": {}}


def test_two_admins_who_remove_each_other_at_once_leave_one(bot: Bot) -> None:
    bot.allow(EMMA, "admin")
    forms = [(ANNA, opened(bot, "rights @emma")), (EMMA, opened(bot, "rights @anna", EMMA))]
    for user, view in forms:
        bot.slack.choose(user, view, "rights", ["see_own"])
    threads = [threading.Thread(target=bot.slack.submit, args=(user, view)) for user, view in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with bot.house.store.read() as tx:
        assert len(rights.with_right(tx, bot.company, Right.ADMIN)) == 1


def test_a_guest_gets_nothing_and_can_only_lose(bot: Bot) -> None:
    view = opened(bot, "rights @guest")
    assert "rights can only be taken away" in bot.shown(view)
    after = fill(bot, view, "see_own")
    assert "cannot be given rights" in wrong(after, "rights")
    bot.slack.close(ANNA, after)
    bot.allow(GUEST, "see_own", "receive")
    fill(bot, opened(bot, "rights @guest"), "receive")
    assert held(bot, GUEST) == {"receive": {}}


def test_the_list_shows_everybody_and_anybody_can_be_chosen(bot: Bot) -> None:
    bot.allow(MIKAEL, "pre_approve")
    view = opened(bot, "rights")
    shown = bot.shown(view)
    assert "@U01ANNA · the settings, sending invoices" in shown
    assert "@U02MIKAEL · pre-approving bills" in shown
    assert "Nobody has said yet who this is in Procountor" in shown
    bot.slack.choose(ANNA, view, "rights.pick", EMMA)
    form = bot.slack.wait_for(lambda: bot.slack.views(ANNA)[-1] if "EMMA" in str(bot.slack.views(ANNA)) else None, 5)
    assert form is not None
    bot.slack.click(ANNA, form, "rights.back")
    bot.wait(lambda: bot.slack.views(ANNA)[-1].callback_id == "rights.list")


def test_many_people_are_paged(bot: Bot) -> None:
    names = [f"U9{place:03d}" for place in range(45)]
    for name in names:
        bot.allow(name, "see_own")
    try:
        view = opened(bot, "rights")
        assert "Page 1 of 3" in bot.shown(view)
        for page in (2, 3):
            bot.slack.click(ANNA, bot.slack.views(ANNA)[-1], "rights.next")
            bot.wait(lambda page=page: f"Page {page} of 3" in bot.shown(bot.slack.views(ANNA)[-1]))
        bot.slack.click(ANNA, bot.slack.views(ANNA)[-1], "rights.previous")
        bot.wait(lambda: "Page 2 of 3" in bot.shown(bot.slack.views(ANNA)[-1]))
    finally:
        for name in names:
            bot.allow(name)


def test_who_is_no_admin_is_told_who_is(bot: Bot) -> None:
    said = bot.answer("Ask one of these", lambda: bot.slack.command(EMMA, "rights"), EMMA)
    assert "@U01ANNA" in said.splitlines()[-1]
    assert bot.slack.views(EMMA) == []


def test_a_form_taken_from_an_admin_gives_nothing_to_another(bot: Bot) -> None:
    view = opened(bot, "rights @mikael")
    meta = view.body["private_metadata"]
    bot.allow(EMMA, "finance")
    for user, handle in ((EMMA, meta), (ANNA, "forged"), (ANNA, "")):
        answer = forged(bot, user, handle)
        assert "update" in answer or answer.get("response_action") == "update", answer
    assert held(bot, MIKAEL) == {}
    bot.allow(ANNA, "finance")  # no longer an admin when the form comes back
    assert "do not have the right" in str(forged(bot, ANNA, meta))
    assert held(bot, MIKAEL) == {}


def forged(bot: Bot, user: str, meta: str) -> dict[str, Any]:
    """A form as a forger would send it; what the bot answers."""
    desk = bot.slack.desk
    option = {"value": "approve", "text": {"type": "plain_text", "text": "x"}}
    state = {
        "rights": {"rights": {"type": "checkboxes", "selected_options": [option]}},
        "limits": {"limits": {"type": "plain_text_input", "value": "EUR no limit"}},
    }
    payload = {
        "type": "view_submission",
        **desk.common(user),
        "trigger_id": desk.world.issue_trigger(user),
        "view": {
            "id": f"V{len(desk.world.acks)}", "type": "modal", "callback_id": "rights.give", "private_metadata": meta,
            "blocks": [], "state": {"values": state}, "hash": "1",
        },
    }  # fmt: skip
    return dict(json.loads(desk.deliver("view_submission", payload, "trouble").ack.body or b"{}"))


def test_somebody_nobody_knows_is_said(bot: Bot) -> None:
    bot.answer("do not know who “kari”", lambda: bot.slack.command(ANNA, "rights kari"))
    bot.answer("nobody of that name", lambda: bot.slack.command(ANNA, "rights <@U0NOBODY>"))


def test_own_keys_are_seen_but_not_what_they_are(bot: Bot) -> None:
    bot.allow(EMMA, "approve")
    with bot.house.store.write() as tx:
        own_keys.keep(tx, bot.company, team(bot), EMMA, "canary-key", 507, "petteri", bot.house.desk.clock())
    try:
        view = opened(bot, "rights")
        assert "Signs with an own API key" in bot.shown(view)
        assert "canary-key" not in str(view.blocks)
    finally:
        with bot.house.store.write() as tx:
            own_keys.forget(tx, bot.company, team(bot), EMMA)


def step(bot: Bot) -> Step:
    with bot.house.store.read() as tx:
        company = companies.get(tx, bot.company)
    return rights_step.step(Look(bot.house.desk, company, Tongue("en")))


def test_the_setup_says_who_may_what_and_what_is_missing(bot: Bot) -> None:
    found = step(bot)
    assert (found.mark, found.action) == (Mark.OPEN, "rights.open")
    assert "May send: <@U01ANNA>" in found.told
    assert "Nobody may approve bills or claims yet" in found.todo
    assert "only one admin" in found.todo
    bot.allow(EMMA, "admin")
    bot.allow(MIKAEL, "approve")
    assert "Nobody may approve" in step(bot).todo  # a right without a limit is none
    give(bot, MIKAEL, {Right.APPROVE: {"EUR": Decimal(5000)}})
    found = step(bot)
    assert (found.mark, found.todo) == (Mark.OK, "")
    assert "May approve bills: <@U02MIKAEL> (up to 5,000.00 €)" in found.told


def test_without_anybody_who_may_send_the_setup_is_not_done(bot: Bot) -> None:
    bot.allow(ANNA, "admin")
    found = step(bot)
    assert (found.mark, "Nobody may send" in found.todo) == (Mark.TODO, True)


def test_the_steps_button_opens_the_list(bot: Bot) -> None:
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "[Rights of everybody]" in bot.home(ANNA))
    bot.slack.click(ANNA, "home", step(bot).action)
    assert bot.slack.wait_for(lambda: bot.slack.views(ANNA), 5)[-1].callback_id == "rights.list"


def give(bot: Bot, user: str, given: dict[Right, dict[str, Decimal | None]]) -> None:
    with bot.house.store.write() as tx:
        rights.give(tx, bot.company, team(bot), user, given, "test", bot.house.desk.clock())


def sign(bot: Bot, right: Right) -> None:
    with bot.house.store.write() as tx:
        company = companies.get(tx, bot.company)
        alone.used(bot.house.desk, tx, company, (team(bot), ANNA), right, "bill:77", "Elisa <!channel> 77")


def test_in_a_company_of_one_each_signature_is_told_and_noted(bot: Bot) -> None:
    bot.decide(one_person=True)
    bot.allow(EMMA, "finance")
    sign(bot, Right.APPROVE)
    for user in (ANNA, EMMA):
        told = bot.until("Exception of a one-person company, Pohjantuuli Konsultointi Oy", user)
        assert "used the right “approving bills” alone on Elisa" in told
    assert "<!channel>" not in str([m.blocks for m in bot.slack.messages(bot.slack.dm(EMMA))])
    with bot.house.store.read() as tx:
        rows = [row for row in audit.trail(tx, bot.company, "bill:77") if row.what == "alone.used"]
    assert [row.who for row in rows] == [f"{team(bot)}/{ANNA}"]


def test_elsewhere_nothing_of_the_kind_is_told(bot: Bot) -> None:
    with bot.house.store.read() as tx:
        before = len(list(audit.trail(tx, bot.company, "bill:77")))
    sign(bot, Right.APPROVE)
    bot.decide(one_person=True)
    sign(bot, Right.FINANCE)  # no signature
    with bot.house.store.read() as tx:
        assert len(list(audit.trail(tx, bot.company, "bill:77"))) == before
