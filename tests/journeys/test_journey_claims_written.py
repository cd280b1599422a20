"""A claim written in Slack: from the receipt to the approver's card, and back when it is rejected."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from finance.authority import Right
from finance.claim import ClaimKind
from finance.invoice import Kind
from handlers import claim_approval
from storage import captures, companies, documents, members, rights
from tests.support import receipts as made
from tests.support.practice import ANNA, EMMA, FINANCE_CHANNEL, GUEST, MIKAEL, Bot

ROW = {
    "day": "2026-05-03",
    "type": "meal",
    "supplier": "R-kioski",
    "gross": "12,40",
    "percent": "13.5",
    "payment": "own",
}


@pytest.fixture
def desk(bot: Bot) -> Bot:
    """Anna sends, Mikael approves claims up to a thousand, Emma claims."""
    bot.slack.limits = "off"
    give(bot, ANNA, {Right.FINANCE: {}, Right.ADMIN: {}})
    give(bot, MIKAEL, {Right.APPROVE_CLAIMS: {"EUR": Decimal(1000)}})
    give(bot, EMMA, {})
    for user in (EMMA, MIKAEL):
        while bot.slack.views(user):
            bot.slack.close(user, view(bot, user))
    for kind in ClaimKind:
        for one in drafts(bot, EMMA, kind):
            with bot.house.store.write() as tx:
                captures.drop(tx, one)
    return bot


def give(bot: Bot, user: str, given: dict[Right, Any]) -> None:
    with bot.house.store.write() as tx:
        team = companies.team_of(tx, bot.company) or ""
        rights.give(tx, bot.company, team, user, given, "test", bot.house.desk.clock())
        members.choose(tx, team, user, language="en")


def drafts(bot: Bot, user: str, kind: ClaimKind) -> list[captures.Captured]:
    with bot.house.store.read() as tx:
        team = companies.team_of(tx, bot.company) or ""
        found = captures.of_user(tx, bot.company, team, user, captures.WRITABLE)
    return [one for one in found if one.sheet.kind is kind]


def front(bot: Bot, user: str = EMMA) -> str:
    """What the form in front shows."""
    return bot.shown(bot.slack.views(user)[-1])


def view(bot: Bot, user: str = EMMA) -> Any:
    return bot.slack.views(user)[-1]


def fault(bot: Bot, field: str) -> str:
    """What is said at a field of the form in front."""
    return str(next(told for place, told in view(bot).errors.items() if place.startswith(f"{field}.")))


def add(bot: Bot, user: str = EMMA, *files: tuple[str, bytes], **row: str) -> None:
    """Adds a cost to the claim in front."""
    assert bot.slack.click(user, view(bot, user), "claim.add").ok
    bot.slack.fill(user, view(bot, user), {**ROW, **row, **({"files": list(files)} if files else {})})
    assert bot.slack.submit(user, view(bot, user)).ok


def test_a_consultant_claims_and_the_approver_approves(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "expense")
    assert "No costs yet" in front(bot)
    add(bot, EMMA, ("kuitti.jpg", made.photo("first", seed=11)))
    bot.wait(lambda: "kuitti.jpg" in front(bot))
    assert "12.40" in front(bot)
    bot.slack.fill(EMMA, view(bot), {"note": "Lunch with <!channel>"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    assert "on its way" in front(bot)
    bot.until(r"received: .*12\.40", EMMA)
    bot.until(r"R-kioski", MIKAEL)
    assert "<!channel>" not in str(bot.latest(MIKAEL).blocks)
    bot.press("claim.approve", MIKAEL)
    bot.until(r"was approved by", EMMA)
    bot.until(r"Approved by", MIKAEL)
    with bot.house.store.read() as tx:
        waiting = documents.open_ones(tx, bot.company, Kind.CLAIM)
    found = [doc for doc in waiting if doc.source.lines[0].name.startswith("R-kioski")]
    assert len(found) == 1
    attached = found[0].source.attachments
    with bot.house.store.read() as tx:
        assert documents.bytes_of(tx, bot.company, attached[0].sha256)


def test_a_rejected_claim_is_mended_and_sent_again(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "expense")
    add(bot, EMMA, supplier="Hotelli Torni", type="hotel", gross="140")
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.until(r"Hotelli Torni", MIKAEL)
    bot.press("claim.reject", MIKAEL)
    bot.slack.fill(MIKAEL, view(bot, MIKAEL), {"reason": "The receipt is missing"})
    assert bot.slack.submit(MIKAEL, view(bot, MIKAEL)).ok
    bot.until(r"sent back by[\s\S]*The receipt is missing", EMMA)
    bot.press("claim.mend", EMMA)
    assert "The receipt is missing" in front(bot)
    bot.slack.click(EMMA, view(bot), "claim.row")
    bot.slack.fill(EMMA, view(bot), {"files": [("torni.pdf", made.pdf("Torni 3.5.2026"))]})
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.wait(lambda: "torni.pdf" in front(bot))
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.wait(lambda: "Show the receipt" in bot.shown(bot.latest(MIKAEL)))
    bot.press("claim.papers", MIKAEL)
    bot.press("claim.approve", MIKAEL)
    bot.until(r"was approved by", EMMA)


def test_a_fault_is_told_at_its_field(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "expense")
    bot.slack.click(EMMA, view(bot), "claim.add")
    bot.slack.fill(EMMA, view(bot), {**ROW, "gross": "twelve", "percent": "14"})
    bot.slack.submit(EMMA, view(bot))
    assert "amount" in fault(bot, "gross")
    bot.slack.fill(EMMA, view(bot), {"gross": "12,40"})
    bot.slack.submit(EMMA, view(bot))
    assert "13.5" in fault(bot, "percent")
    bot.slack.fill(EMMA, view(bot), {"percent": "13.5", "day": "2031-01-01"})
    bot.slack.submit(EMMA, view(bot))
    assert "not been made yet" in fault(bot, "day")


def test_a_picture_sent_to_the_bot_becomes_an_expense(desk: Bot) -> None:
    bot = desk
    assert bot.slack.drop_files(EMMA, [("kuva.heic", made.heic(seed=21)), ("lukittu.pdf", made.locked())]).ok
    bot.until(r"1 receipt received[\s\S]*locked with a password", EMMA)
    bot.press("receipt.expense", EMMA)
    bot.slack.fill(EMMA, view(bot), {**ROW, "supplier": "Alepa"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.wait(lambda: "kuva.heic" in front(bot))


def test_the_shortcut_takes_the_files_of_a_message(desk: Bot) -> None:
    bot = desk
    bot.slack.drop_files(EMMA, [("liput.jpg", made.photo(seed=31))])
    message = next(m for m in reversed(bot.slack.messages(bot.slack.dm(EMMA))) if m.files)
    assert bot.slack.shortcut(EMMA, message, "receipt.shortcut").ok
    assert "Day of the payment" in str(view(bot).blocks)


def test_the_same_receipt_twice_is_refused_and_a_bad_one_told(desk: Bot) -> None:
    bot = desk
    same = made.photo("twice", seed=41)
    bot.slack.command(EMMA, "expense")
    add(bot, EMMA, ("a.jpg", same))
    bot.wait(lambda: "a.jpg" in front(bot))
    add(bot, EMMA, ("b.jpg", same), ("c.svg", b"<svg></svg>"), supplier="Alepa")
    bot.wait(lambda: "in a claim already" in front(bot) and "neither a picture" in front(bot))
    bot.until(r"was not taken[\s\S]*neither a picture", EMMA)


def test_nobody_approves_his_own_claim(desk: Bot) -> None:
    bot = desk
    give(bot, EMMA, {Right.APPROVE_CLAIMS: {"EUR": None}})
    give(bot, MIKAEL, {Right.APPROVE_CLAIMS: {"EUR": Decimal(5)}})
    bot.slack.command(EMMA, "expense")
    add(bot, EMMA, supplier="Oma kulu")
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.until(r"Nobody may approve it yet", EMMA)
    bot.until(r"Nobody may approve claim", ANNA)
    assert "Oma kulu" not in bot.text(MIKAEL)
    give(bot, MIKAEL, {Right.APPROVE_CLAIMS: {"EUR": Decimal(50)}})
    claim_approval.deal(bot.house.desk)
    bot.until(r"Oma kulu", MIKAEL)  # as soon as somebody may
    assert "Oma kulu" not in bot.text(EMMA)


def test_a_trip_abroad_shows_what_it_gives_before_it_is_sent(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "travel")
    bot.slack.click(EMMA, view(bot), "claim.trip")
    times = {"start_day": "2026-05-04", "start_time": "08:00", "end_day": "2026-05-05", "end_time": "19:00"}
    where = {"route": "Helsinki – Tukholma – Helsinki", "purpose": "Workshop", "km": "42", "passengers": "1"}
    bot.slack.fill(EMMA, view(bot), {**times, **where})
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.slack.fill(EMMA, view(bot), {"claim.country.1": "SE", "claim.country.2": "SE", "meals_1": "2"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    shown = front(bot)
    assert "35.00" in shown  # halved by two free meals
    assert "70.00" in shown  # more than ten hours over the whole day
    assert "23.10" in shown  # 42 km at 0,55
    assert "1.68" in shown  # and one passenger
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.until(r"129\.78", MIKAEL)


def test_strangers_claim_nothing(desk: Bot) -> None:
    heard = desk.answer("own workspace", lambda: desk.slack.command(GUEST, "expense"), GUEST)
    assert "Guests" in heard


def forged(bot: Bot, user: str, action: str, value: str) -> None:
    """Presses a button of the newest message with buttons, into which somebody has put another handle."""
    room = bot.slack.messages(bot.slack.dm(user))
    message = next(m for m in reversed(room) if any(block["type"] == "actions" for block in m.blocks))
    element = next(block for block in message.blocks if block["type"] == "actions")["elements"][0]
    kept = dict(element)
    element.update(action_id=action, value=value)
    bot.slack.click(user, message, action)
    element.update(kept)


def test_a_forgotten_card_and_a_foreign_press_do_nothing(desk: Bot) -> None:
    """Two press at once, one decides; a card of before the mending decides nothing; the claimant cannot press."""
    bot = desk
    give(bot, ANNA, {Right.FINANCE: {}, Right.ADMIN: {}, Right.APPROVE_CLAIMS: {"EUR": Decimal(1000)}})
    bot.slack.command(EMMA, "expense")
    add(bot, EMMA, ("kahvila.jpg", made.photo(seed=51)), supplier="Kahvila Kaksi", gross="7,10")
    bot.wait(lambda: "kahvila.jpg" in front(bot))
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.until(r"Kahvila Kaksi", MIKAEL)
    bot.until(r"Kahvila Kaksi", ANNA)
    old = bot.latest(MIKAEL)
    bot.press("claim.reject", ANNA)
    bot.slack.fill(ANNA, view(bot, ANNA), {"reason": "Which project?"})
    assert bot.slack.submit(ANNA, view(bot, ANNA)).ok
    bot.until(r"Which project", EMMA)
    handle = next(e for block in old.blocks for e in block.get("elements", []) if e.get("action_id") == "claim.approve")
    bot.answer("nothing was done", lambda: forged(bot, MIKAEL, "claim.approve", handle["value"]), MIKAEL)
    give(bot, EMMA, {Right.APPROVE_CLAIMS: {"EUR": None}})
    bot.answer("nothing was done", lambda: forged(bot, EMMA, "claim.approve", handle["value"]), EMMA)
    bot.press("claim.mend", EMMA)
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.wait(lambda: bot.latest(MIKAEL).ts != old.ts and "Kahvila Kaksi" in bot.shown(bot.latest(MIKAEL)))
    fresh = bot.latest(MIKAEL)
    again = next(
        e for block in fresh.blocks for e in block.get("elements", []) if e.get("action_id") == "claim.approve"
    )
    bot.answer("his own claim", lambda: forged(bot, EMMA, "claim.approve", again["value"]), EMMA)
    bot.press("claim.approve", MIKAEL)
    bot.until(r"7\.10 €\. Next it goes", EMMA)


def test_a_draft_survives_and_an_unknown_country_asks_for_its_amount(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "travel")
    bot.slack.click(EMMA, view(bot), "claim.trip")
    times = {"start_day": "2026-05-04", "start_time": "08:00", "end_day": "2026-05-04", "end_time": "23:00"}
    bot.slack.fill(EMMA, view(bot), {**times, "route": "Nairobi", "purpose": "Workshop"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.slack.fill(EMMA, view(bot), {"claim.country.1": "KE"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    assert "Kierto does not know it" in str(view(bot).blocks)
    bot.slack.click(EMMA, view(bot), "claim.back")
    assert "maximum not known" in front(bot)
    bot.slack.submit(EMMA, view(bot))
    assert "maximum of an allowance is not known" in front(bot)
    while bot.slack.views(EMMA):
        bot.slack.close(EMMA, view(bot))
    bot.slack.command(EMMA, "travel")
    assert "Nairobi" in front(bot)
    bot.slack.click(EMMA, view(bot), "claim.trip")
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.slack.fill(EMMA, view(bot), {"rate_KE": "66", "source_KE": "vero.fi 2026"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    assert "66.00" in front(bot)


def test_no_channel_hears_of_claims(desk: Bot) -> None:
    assert not [m for m in desk.slack.messages(FINANCE_CHANNEL) if "K-" in str(m.blocks)]


def test_what_a_claim_lacks_is_said_on_top_of_it(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "travel")
    bot.slack.submit(EMMA, view(bot))
    assert "Tell the trip first: where, why and when" in front(bot)
    bot.slack.close(EMMA, view(bot))
    bot.slack.open_home(EMMA)
    bot.wait(lambda: "claim" in bot.home(EMMA).casefold())
    bot.slack.click(EMMA, "home", "home.expense")
    bot.slack.submit(EMMA, view(bot))
    assert "There is nothing to claim yet. Add a cost" in front(bot)
    add(bot, supplier="Taksi Yksi", type="taxi", gross="20")
    bot.stop_worker()  # what is sent now is looked into later
    try:
        add(bot, EMMA, ("kahvi.jpg", made.photo("coffee", seed=61)), supplier="Kahvila Kolme")
        assert "The receipt is being looked into" in front(bot)
        bot.slack.submit(EMMA, view(bot))
        assert "A receipt is still being looked into. Send the claim in a moment" in front(bot)
    finally:
        bot.start_worker()
    bot.wait(lambda: "kahvi.jpg" in front(bot))
    assert "24.80" not in front(bot)
    assert "32.40" in front(bot)
    bot.slack.close(EMMA, view(bot))
    # a picture of which no cost was made, and then the cost is taken away again
    assert bot.slack.drop_files(EMMA, [("irto.jpg", made.photo("loose", seed=62))]).ok
    bot.wait(lambda: "irto.jpg" in bot.shown(bot.latest(EMMA)))
    bot.press("receipt.expense", EMMA)
    bot.slack.click(EMMA, view(bot), "claim.back")
    bot.wait(lambda: "irto.jpg" in front(bot))
    bot.slack.submit(EMMA, view(bot))
    assert "A receipt has no cost yet. Make a cost of it, or leave it out" in front(bot)
    bot.slack.click(EMMA, view(bot), "claim.row", index=2)
    bot.slack.fill(EMMA, view(bot), {**ROW, "supplier": "Irto Oy", "gross": "5"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.slack.click(EMMA, view(bot), "claim.row", index=2)
    assert "Take away" in front(bot)
    bot.slack.click(EMMA, view(bot), "claim.unrow")
    assert "Irto Oy" not in front(bot)
    assert "irto.jpg" not in front(bot)
    assert bot.slack.submit(EMMA, view(bot)).ok
    assert "on its way" in front(bot)
    bot.until(r"Kahvila Kolme", MIKAEL)
    assert "32.40" in bot.shown(bot.latest(MIKAEL))
    assert "Irto Oy" not in bot.text(MIKAEL)


def test_a_cost_in_another_currency_goes_by_its_rate(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "expense")
    bot.slack.click(EMMA, view(bot), "claim.add")
    offered = [o["value"] for o in bot.slack.options(EMMA, view(bot), "claim.currency", "se")]
    assert "SEK" in offered
    filled = {**ROW, "supplier": "Pressbyrån", "gross": "112", "percent": "0", "claim.currency": "SEK"}
    bot.slack.fill(EMMA, view(bot), {**filled, "rate": "eleven"})
    bot.slack.submit(EMMA, view(bot))
    assert "Write an amount" in fault(bot, "rate")
    bot.slack.fill(EMMA, view(bot), {"rate": "11,2"})
    assert bot.slack.submit(EMMA, view(bot)).ok
    assert "10.00 €" in front(bot)
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.until(r"Pressbyrån", MIKAEL)
    assert "10.00 € at the rate 11.2" in bot.shown(bot.latest(MIKAEL))


def test_a_claim_that_was_thrown_away_or_sent_is_changed_by_no_form_that_is_still_open(desk: Bot) -> None:
    bot = desk
    gone = "This claim has been sent or thrown away already"
    bot.slack.command(EMMA, "expense")
    add(bot, supplier="Turha Oy")
    for action in ("claim.row", "claim.add"):
        (one,) = drafts(bot, EMMA, ClaimKind.EXPENSE)
        shown = view(bot)
        with bot.house.store.write() as tx:
            captures.drop(tx, one)
        bot.slack.click(EMMA, shown, action)
        assert gone in front(bot)
        bot.slack.close(EMMA, view(bot))
        bot.slack.command(EMMA, "expense")
        add(bot, supplier="Turha Oy")
    bot.slack.click(EMMA, view(bot), "claim.row")
    (one,) = drafts(bot, EMMA, ClaimKind.EXPENSE)
    with bot.house.store.write() as tx:
        captures.drop(tx, one)
    bot.slack.submit(EMMA, view(bot))
    assert gone in front(bot)
    bot.slack.close(EMMA, view(bot))
    bot.slack.command(EMMA, "expense")
    add(bot, supplier="Turha Oy")
    sheet = view(bot).body["private_metadata"]
    bot.slack.click(EMMA, view(bot), "claim.drop")
    assert gone in front(bot)
    assert drafts(bot, EMMA, ClaimKind.EXPENSE) == []
    bot.slack.close(EMMA, view(bot))
    bot.slack.command(EMMA, "expense")
    assert "No costs yet" in front(bot)
    view(bot).body["private_metadata"] = sheet
    bot.slack.submit(EMMA, view(bot))
    assert gone in front(bot)
    assert "Turha Oy" not in bot.text(MIKAEL)


def test_who_rejects_gives_a_reason_and_a_receipt_is_shown_once(desk: Bot) -> None:
    bot = desk
    bot.slack.command(EMMA, "expense")
    add(bot, EMMA, ("kirja.jpg", made.photo("book", seed=71)), supplier="Kirjakauppa")
    bot.wait(lambda: "kirja.jpg" in front(bot))
    assert bot.slack.submit(EMMA, view(bot)).ok
    bot.wait(lambda: "Kirjakauppa" in bot.shown(bot.latest(MIKAEL)))
    card = bot.latest(MIKAEL)
    bot.press("claim.papers", MIKAEL)
    bot.wait(lambda: any(m.thread_ts == card.ts and m.files for m in bot.slack.messages(card.channel)))
    bot.answer("in the thread of the claim already", lambda: bot.press("claim.papers", MIKAEL, card), MIKAEL)
    assert sum(len(m.files) for m in bot.slack.messages(card.channel) if m.thread_ts == card.ts) == 1
    bot.press("claim.reject", MIKAEL, card)
    form = view(bot, MIKAEL)
    bot.slack.fill(MIKAEL, form, {"reason": "  "})
    bot.slack.submit(MIKAEL, form)
    assert "Give a reason" in view(bot, MIKAEL).errors["reason"]
    bot.press("claim.approve", MIKAEL, card)  # and after all he approves it
    bot.until(r"Kirjakauppa(?s:.*)Approved by", MIKAEL)
    bot.slack.fill(MIKAEL, form, {"reason": "Too late"})
    bot.slack.submit(MIKAEL, form)
    assert "nothing was done" in front(bot, MIKAEL)
    bot.slack.close(MIKAEL, view(bot, MIKAEL))
    assert "Too late" not in bot.text(EMMA)
    for action in ("claim.approve", "claim.reject", "claim.papers"):
        bot.answer("no longer in use", lambda a=action: forged(bot, MIKAEL, a, "x" * 32), MIKAEL)
    assert bot.slack.views(MIKAEL) == []
