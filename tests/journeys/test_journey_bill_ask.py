"""Asking about a bill, answering by button or in the thread, and words in the thread of a card that decide nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from finance.authority import Right
from tests.support.bills import Desk
from tests.support.desks import forged, in_thread, opened, thread, told, trail
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Iterator[Desk]:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING, most="5000")
    found.give(EMMA)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    yield found
    bot.books.settings["discussion"] = True


def arrived(desk: Desk, **said: Any) -> int:
    bill = desk.receive(**{"order_reference": "P-1001", **said})
    desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, r"\[Approve")
    return bill


def ask(desk: Desk, bill: int, whom: str, question: str, **more: Any) -> Any:
    view = opened(desk, MIKAEL, bill, "bill.ask")
    desk.bot.slack.fill(MIKAEL, view, {"whom": whom, "question": question, **more})
    assert desk.bot.slack.submit(MIKAEL, view).ok
    return told(desk, whom, rf"@U02MIKAEL asks you about a bill:(?s:.*){re.escape(question[:20])}")


def comments(desk: Desk, bill: int) -> list[str]:
    return [c["comment"] for c in desk.bot.books.registers["comments"].values() if c["invoiceId"] == bill]


def test_a_question_is_answered_with_a_button_and_comes_back_to_the_card(desk: Desk) -> None:
    bill = arrived(desk)
    asked = ask(desk, bill, EMMA, "Did you order this?")
    assert desk.until(MIKAEL, bill, "@U02MIKAEL asked @U03EMMA: Did you order this").count("no answer yet") == 1
    assert desk.bot.slack.click(EMMA, asked, "question.answer").ok
    view = desk.bot.slack.views(EMMA)[-1]
    desk.bot.slack.fill(EMMA, view, {"answer": "Yes, in *May*"})
    assert desk.bot.slack.submit(EMMA, view).ok
    in_thread(desk, MIKAEL, bill, r"@U03EMMA has answered about (?s:.*)Yes, in ∗May∗")
    desk.until(MIKAEL, bill, "@U03EMMA answered: Yes, in ∗May∗")
    after = told(desk, EMMA, "You answered: Yes, in")
    assert "question.answer" not in str(after.blocks)
    assert [what for what, _ in trail(desk, bill) if what in ("bill.asked", "bill.answered")] == [
        "bill.asked",
        "bill.answered",
    ]
    written = desk.bot.wait(lambda: comments(desk, bill))
    assert len(written) == 1
    assert re.search(
        r"Mikael Lindqvist / Slack: Did you order this\?\nEmma Clarke / Slack: Yes, .* \[q:\d+\.1\]", written[0]
    )


def test_an_answer_in_the_thread_counts_too_whatever_it_begins_with(desk: Desk) -> None:
    bill = arrived(desk)
    asked = ask(desk, bill, EMMA, "Whose is this one?")
    desk.bot.slack.say(EMMA, "find it in the drive", asked.channel, asked.ts)
    in_thread(desk, MIKAEL, bill, "has answered about (?s:.*)find it in the drive")
    told(desk, EMMA, "Your answer went to @U02MIKAEL")
    desk.bot.slack.say(EMMA, "help", asked.channel, asked.ts)
    in_thread(desk, MIKAEL, bill, "adds about (?s:.*)“help”")
    said = desk.until(MIKAEL, bill, "@U03EMMA answered: help")
    assert "answered: find it in the drive" in said
    desk.bot.wait(lambda: len(comments(desk, bill)) == 2)
    assert comments(desk, bill)[1].startswith("Emma Clarke / Slack: help [q:")


def test_commands_without_a_slash_still_work_outside_threads(desk: Desk) -> None:
    ask(desk, arrived(desk), EMMA, "Is this a command?")
    desk.bot.answer("What Kierto can do|help", lambda: desk.bot.slack.say(EMMA, "help"), EMMA)


def test_a_file_in_the_thread_stays_there_and_that_is_said(desk: Desk) -> None:
    bill = arrived(desk)
    asked = ask(desk, bill, EMMA, "Have you the contract?")
    drop = desk.bot.slack.drop_files
    drop(EMMA, [("contract.pdf", b"%PDF-1.4")], asked.channel, thread_ts=asked.ts)
    told(desk, EMMA, "Only words can be passed on: the file stays here. Write your answer")
    drop(EMMA, [("contract.pdf", b"%PDF-1.4")], asked.channel, "Here it is", asked.ts)
    told(desk, EMMA, "Your answer went to(?s:.*)the file stays here")
    in_thread(desk, MIKAEL, bill, "Here it is")


def test_somebody_who_may_not_see_the_bill_is_told_what_the_asker_chose(desk: Desk) -> None:
    bill = arrived(desk)
    doc = desk.doc(bill)
    asked = desk.bot.shown(ask(desk, bill, EMMA, "Do you know them?", tell=["supplier"]))
    assert doc["counterParty"]["counterPartyAddress"]["name"] in asked
    assert doc["originalInvoiceNumber"] not in asked
    assert "313.75" not in asked
    assert "Palvelut" not in asked
    desk.give(EMMA, Right.SEE_ALL)
    asked = desk.bot.shown(ask(desk, bill, EMMA, "And now that you may?", tell=[]))
    assert doc["originalInvoiceNumber"] in asked
    assert "313.75" in asked
    assert "Palvelut" in asked


@pytest.mark.parametrize(
    ("whom", "told_"),
    [(MIKAEL, "That is you"), (GUEST, "Guests, bots"), ("BOT", "Guests, bots")],
    ids=["himself", "a guest", "a bot"],
)
def test_only_members_of_the_company_are_asked(desk: Desk, whom: str, told_: str) -> None:
    bill = arrived(desk)
    view = opened(desk, MIKAEL, bill, "bill.ask")
    who = desk.bot.slack.workspace.app.bot_user if whom == "BOT" else whom
    desk.bot.slack.fill(MIKAEL, view, {"whom": who, "question": "Well?"})
    desk.bot.slack.submit(MIKAEL, view)
    assert told_ in desk.bot.slack.views(MIKAEL)[-1].errors["whom"]


def test_nobody_answers_for_another(desk: Desk) -> None:
    bill = arrived(desk)
    asked = ask(desk, bill, EMMA, "Only for you?")
    handle = next(e["value"] for b in asked.blocks if b["type"] == "actions" for e in b["elements"])
    hers = ask_anna(desk, arrived(desk))
    for block in hers.blocks:
        for element in block["elements"] if block["type"] == "actions" else []:
            element["value"] = handle
    desk.bot.answer("no longer in use", lambda: desk.bot.slack.click(ANNA, hers, "question.answer"), ANNA)
    assert desk.bot.slack.views(ANNA) == []


def ask_anna(desk: Desk, bill: int) -> Any:
    return ask(desk, bill, ANNA, "And this is yours?")


def test_a_stolen_handle_asks_nothing(desk: Desk) -> None:
    bill = arrived(desk)
    forged(desk, MIKAEL, bill, "bill.ask", "x" * 32, "no longer in use")
    assert desk.bot.slack.views(MIKAEL) == []


def test_a_question_is_asked_although_the_company_has_no_discussion(desk: Desk) -> None:
    desk.bot.books.settings["discussion"] = False
    bill = arrived(desk)
    asked = ask(desk, bill, EMMA, "Without a discussion?")
    desk.bot.slack.say(EMMA, "fine", asked.channel, asked.ts)
    in_thread(desk, MIKAEL, bill, "fine")
    assert comments(desk, bill) == []


def test_the_discussion_gets_it_once_although_the_answer_was_lost(desk: Desk) -> None:
    bill = arrived(desk)
    asked = ask(desk, bill, EMMA, "Written once?")
    desk.bot.procountor.world.faults.add(route="POST /invoices/{invoiceId}/comments", nth=1, when="after", what="drop")
    desk.bot.slack.say(EMMA, "surely", asked.channel, asked.ts)
    desk.bot.wait(lambda: comments(desk, bill))
    desk.bot.wait(lambda: not desk.bot.house.engine.backlog().get("hear"))
    assert len(comments(desk, bill)) == 1


# words in the thread of a card


@pytest.mark.parametrize("words", ["Looks good", "ok", "hyväksytty", "👍", "approve", "who ordered this then?"])
def test_words_under_a_card_approve_nothing_and_bring_the_buttons(desk: Desk, words: str) -> None:
    bill = arrived(desk)
    card = desk.card(MIKAEL, bill)
    desk.bot.slack.say(MIKAEL, words, card.channel, card.ts)
    again = in_thread(desk, MIKAEL, bill, "Only a button decides about a bill")
    assert "bill.approve" in str(again.blocks)
    assert desk.acts(bill) == 0
    desk.bot.slack.click(MIKAEL, again, "bill.approve")
    desk.until(MIKAEL, bill, "Approved by")
    assert desk.acts(bill) == 1
    desk.bot.wait(lambda: not [m for m in thread(desk, MIKAEL, bill) if "bill.approve" in str(m.blocks)])


def test_only_the_last_copy_under_a_card_has_buttons(desk: Desk) -> None:
    bill = arrived(desk)
    card = desk.card(MIKAEL, bill)
    for words in ("ok", "ok then"):
        desk.bot.slack.say(MIKAEL, words, card.channel, card.ts)
        desk.bot.wait(lambda: [m for m in thread(desk, MIKAEL, bill) if m.bot_id])
    in_thread(desk, MIKAEL, bill, "The buttons are further down")
    desk.bot.wait(lambda: len([m for m in thread(desk, MIKAEL, bill) if "bill.approve" in str(m.blocks)]) == 1)


def test_a_command_under_a_card_is_a_command(desk: Desk) -> None:
    bill = arrived(desk)
    card = desk.card(MIKAEL, bill)
    desk.bot.answer(
        "What Kierto can do|help", lambda: desk.bot.slack.say(MIKAEL, "help", card.channel, card.ts), MIKAEL
    )
    assert [m for m in thread(desk, MIKAEL, bill) if m.bot_id] == []


def test_what_is_lacking_or_out_of_date_is_said_in_the_form(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bill = arrived(desk)
    slack = desk.bot.slack
    view = opened(desk, MIKAEL, bill, "bill.ask")
    slack.fill(MIKAEL, view, {"whom": EMMA, "question": "  "})
    slack.submit(MIKAEL, view)
    assert slack.views(MIKAEL)[-1].errors == {"question": "Write what you ask."}
    slack.close(MIKAEL, slack.views(MIKAEL)[-1])
    asked = ask(desk, bill, EMMA, "How many answers?")
    monkeypatch.setattr("storage.questions.MOST", 1)
    slack.click(EMMA, asked, "question.answer")
    form = slack.views(EMMA)[-1]
    slack.fill(EMMA, form, {"answer": " \n"})
    slack.submit(EMMA, form)
    assert slack.views(EMMA)[-1].errors == {"answer": "Write your answer."}
    slack.say(EMMA, "One", asked.channel, asked.ts)
    in_thread(desk, MIKAEL, bill, "has answered about (?s:.*)One")
    slack.fill(EMMA, form, {"answer": "Two"})
    slack.submit(EMMA, form)
    full = "This question has had many answers: write to @U02MIKAEL directly"
    assert full in desk.bot.shown(slack.views(EMMA)[-1])
    slack.say(EMMA, "Three", asked.channel, asked.ts)
    told(desk, EMMA, full)
    assert not [m for m in thread(desk, MIKAEL, bill) if re.search("Two|Three", desk.bot.shown(m))]
    assert len(comments(desk, bill)) == 1


def test_a_bill_that_was_passed_on_meanwhile_is_not_asked_about(desk: Desk) -> None:
    bill = arrived(desk)
    desk.give(EMMA, Right.RECEIVE)
    view = opened(desk, MIKAEL, bill, "bill.ask")
    desk.bot.slack.command(ANNA, f"reassign {desk.doc(bill)['invoiceNumber']} @emma")
    desk.until(MIKAEL, bill, "passed it on to")
    desk.bot.slack.fill(MIKAEL, view, {"whom": EMMA, "question": "Is it yours?"})
    desk.bot.slack.submit(MIKAEL, view)
    assert "does not lie on your desk" in desk.bot.shown(desk.bot.slack.views(MIKAEL)[-1])
    assert "bill.ask" not in desk.buttons(MIKAEL, bill)
    assert "Is it yours?" not in desk.bot.text(EMMA)
    assert [what for what, _ in trail(desk, bill) if what == "bill.asked"] == []
