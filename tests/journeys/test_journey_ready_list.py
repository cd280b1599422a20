"""Before sending one sees what goes and where it is booked, leaves invoices out, and books them elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.slack.records import View
from storage import audit
from tests.support.batches import Batch, ask, checked, numbers
from tests.support.practice import ANNA, EMMA, Bot


def opened(batch: Batch) -> View:
    """The list of what is ready."""
    batch.close()
    assert batch.press("run.ready").ok
    return batch.view("ready.list")


def row(view: View, number: str) -> dict[str, Any]:
    """An invoice's block."""
    return next(b for b in view.blocks if b["type"] == "section" and f"*{number}*" in b["text"]["text"])


def menu(view: View, number: str) -> dict[str, str]:
    """What an invoice's menu offers, by its word."""
    offered = row(view, number).get("accessory", {}).get("options", [])
    return {o["value"].partition(":")[0]: o["value"] for o in offered}


def take(batch: Batch, view: View, number: str, what: str, user: str = ANNA) -> View:
    """Takes an entry of an invoice's menu; gives the form or the list after."""
    rows = [b for b in view.blocks if "accessory" in b]
    place = rows.index(row(view, number))
    assert batch.bot.slack.click(user, view, "ready.do", value=menu(view, number)[what], index=place).ok
    return batch.bot.slack.views(user)[-1]


def book(batch: Batch, view: View, number: str, field: str, value: str) -> View:
    """Books an invoice on another account or cost centre; gives the list after."""
    form = take(batch, view, number, field)
    assert form.callback_id == "ready.fix"
    offered = batch.bot.slack.options(ANNA, form, "ready.value", value)
    assert offered[0]["value"] == value
    batch.bot.slack.choose(ANNA, form, "ready.value", value)
    assert batch.bot.slack.submit(ANNA, form).ok
    return batch.view("ready.list")


def kept(bot: Bot, what: str) -> list[str]:
    with bot.house.store.read() as tx:
        return [e.subject for e in audit.trail(tx, bot.company) if e.what == what]


def test_one_is_left_out_another_is_booked_elsewhere_and_the_rest_goes(bot: Bot) -> None:
    one, two, three = (bot.fresh() for _ in range(3))
    two = replace(two, lines=(*two.lines, replace(two.lines[0], account="", product_code="TYOP")))
    batch = checked(bot, one, two, three)
    view = opened(batch)
    assert numbers(view) == [one.number, two.number, three.number]
    assert "Account 3000, 3070 (product TYOP)" in row(view, two.number)["text"]["text"]
    view = take(batch, view, one.number, "leave")
    assert f"{one.number} is left out" in bot.shown(view)
    assert "Left out of this batch" in row(view, one.number)["text"]["text"]
    view = book(batch, view, two.number, "account", "3060")
    assert "Account 3060 ·" in row(view, two.number)["text"]["text"]
    view = book(batch, view, three.number, "cost_centre", "220")
    assert "Cost centre 220" in row(view, three.number)["text"]["text"]
    batch.close()
    batch.until("2 ready +1 left out")
    assert batch.send()
    assert [e["account"] for e in bot.entries(bot.draft(two.number))] == ["3060", "3060"]
    items = {i["id"]: i["codeName"] for d in bot.books.registers["dimensions"].values() for i in d["items"]}
    (entry,) = bot.entries(bot.draft(three.number))
    assert [items[v["itemId"]] for v in entry["dimensionItemValues"]] == ["220"]
    assert [d for d in bot.drafts() if d["originalInvoiceNumber"] == one.number] == []
    again = ask(bot, f"send invoices {one.number}")
    again.send()
    bot.draft(one.number)


def test_what_is_left_out_of_all_comes_back_and_every_press_twice_does_it_once(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    view = opened(batch)
    before = len(kept(bot, "run.left_out"))
    old = menu(view, invoice.number)["leave"]
    first = take(batch, view, invoice.number, "leave")
    assert press_old(batch, first, old).ok
    batch.close()
    batch.until("1 left out")
    assert "run.send" not in batch.buttons()
    assert len(kept(bot, "run.left_out")) == before + 1
    view = take(batch, opened(batch), invoice.number, "back")
    assert f"{invoice.number} is back" in bot.shown(view)
    assert set(menu(view, invoice.number)) == {"leave", "account", "cost_centre"}
    batch.close()
    batch.until("1 ready")
    batch.send()
    bot.draft(invoice.number)


def press_old(batch: Batch, view: View, value: str, user: str = ANNA) -> Any:
    """Takes an entry that the menu no longer has, as a list does that was not redrawn, or a forger."""
    desk = batch.bot.slack.desk
    payload = {
        "type": "block_actions",
        **desk.common(user),
        "container": {"type": "view", "view_id": view.id},
        "view": {"id": view.id, "type": "modal", "private_metadata": "", "state": {"values": {}}},
        "trigger_id": desk.world.issue_trigger(user),
        "actions": [
            {"type": "overflow", "action_id": "ready.do", "block_id": "b", "selected_option": {"value": value}},
        ],
    }
    return desk.deliver("block_actions", payload, "trouble")


def test_a_batch_on_its_way_can_only_be_looked_at(bot: Bot) -> None:
    invoice, other = bot.fresh(), bot.fresh()
    batch = checked(bot, invoice, other)
    view = opened(batch)
    leave, account = menu(view, invoice.number)["leave"], menu(view, invoice.number)["account"]
    batch.close()
    batch.send()
    view = bot.slack.views(ANNA)
    assert view == []
    later = ask(bot, "send invoices 9999")  # any other message; its own list is empty
    assert "run.ready" not in later.buttons()
    fresh = bot.fresh()
    third = checked(bot, fresh)
    front = opened(third)
    for old in (leave, account):
        assert press_old(third, front, old).ok
        shown = bot.slack.views(ANNA)[-1]
        assert "no longer waiting to be sent" in bot.shown(shown)
        assert numbers(shown) == [invoice.number, other.number]
        assert menu(shown, invoice.number) == {}


def test_forged_words_and_other_peoples_presses_do_nothing(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    view = opened(batch)
    good = menu(view, invoice.number)["leave"].partition(":")[2]
    for forged in (f"send:{good}", good, "leave:" + "A" * len(good), f"leave:{batch.handle('run.send')}"):
        before = bot.text().count("no longer in use")
        assert press_old(batch, view, forged).ok
        bot.wait(lambda then=before: bot.text().count("no longer in use") > then, 10)
    assert "do not have the right" in batch.press_old("run.ready", batch.handle("run.ready"), EMMA)
    assert bot.slack.views(EMMA) == []
    batch.close()
    batch.send()
    bot.draft(invoice.number)


def test_a_long_list_is_turned_page_by_page(bot: Bot) -> None:
    many = [bot.fresh() for _ in range(45)]
    batch = checked(bot, *many)
    view = opened(batch)
    assert numbers(view) == [i.number for i in many[:40]]
    assert bot.slack.click(ANNA, view, "ready.next").ok
    second = bot.slack.views(ANNA)[-1]
    assert numbers(second) == [i.number for i in many[40:]]
    after = take(batch, second, many[42].number, "leave")
    assert numbers(after) == [i.number for i in many[40:]]
    assert bot.slack.click(ANNA, after, "ready.previous").ok
    assert numbers(bot.slack.views(ANNA)[-1]) == [i.number for i in many[:40]]
    batch.close()
    batch.until("44 ready +1 left out")
    batch.press("run.cancel")


def test_every_faulty_invoice_can_be_reached(bot: Bot) -> None:
    faulty = [replace(i, lines=(replace(i.lines[0], cost_centre="999"),)) for i in (bot.fresh() for _ in range(23))]
    batch = checked(bot, *faulty)
    view = batch.faults()
    assert numbers(view) == [i.number for i in faulty[:20]]
    assert bot.slack.click(ANNA, view, "fault.next").ok
    assert numbers(bot.slack.views(ANNA)[-1]) == [i.number for i in faulty[20:]]
    after = batch.mend(faulty[22].number, "210")
    assert numbers(after) == [i.number for i in faulty[20:22]]
    assert bot.slack.click(ANNA, after, "fault.previous").ok
    assert numbers(bot.slack.views(ANNA)[-1]) == [i.number for i in faulty[:20]]
    batch.close()
    batch.press("run.cancel")


def test_what_was_refused_before_and_is_mended_is_ready_in_a_new_batch(bot: Bot) -> None:
    given = bot.fresh()
    invoice = replace(given, lines=(replace(given.lines[0], account="3040"),))
    first = checked(bot, invoice)
    assert "1 refused" in first.send() or "1 invoice to mend" in first.text
    first.mend(invoice.number, "3060")
    first.close()
    again = ask(bot, f"send invoices {invoice.number}")
    assert "1 ready" in again.text
    assert numbers(opened(again)) == [invoice.number]
    again.close()
    again.send()
    assert [e["account"] for e in bot.entries(bot.draft(invoice.number))] == ["3060"]
