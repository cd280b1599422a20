"""Asking somebody about a bill: the two forms, the message to the one who is asked, and his answer on its way back."""

from __future__ import annotations

from dataclasses import dataclass

from finance.bill import Bill
from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views.bill import row_line
from handlers.views.bill_answers import name_of
from handlers.views.tongue import Tongue

SUPPLIER, NUMBER, AMOUNT = "supplier", "number", "amount"
ROWS = 5


@dataclass(frozen=True, slots=True)
class Put:
    """A question as the one who is asked sees it.

    ``sees``: he may see the bill; else he is told only what stands in ``tell``. ``replies`` are his answers so far,
    ``handle`` the button's.
    """

    bill: Bill
    asker: str
    text: str
    sees: bool
    tell: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    handle: str = ""


def form(say: Tongue, bill: Bill, meta: str) -> Modal:
    """Whom and what."""
    facts = [(SUPPLIER, say("The supplier")), (NUMBER, say("The number")), (AMOUNT, say("The amount"))]
    told = [
        b.section(name_of(say, bill)),
        b.field("whom", say("Whom do you ask?"), b.users("whom", say("Choose a person"))),
        b.field("question", say("What do you ask?"), b.text_input("question", lines=True, most=1500),
                say("Everybody who may see the bill can read the question and the answer.")),
        b.field("tell", say("Somebody who may not see the bill is told"),
                b.checkboxes("tell", facts, (SUPPLIER, NUMBER)), optional=True),
    ]  # fmt: skip
    return Modal(say("Ask about the bill"), tuple(told), "bill.asked", say("Close"), say("Ask"), meta)


def message(say: Tongue, put: Put) -> Picture:
    """The question, what it is about, and how to answer."""
    head = say(":speech_balloon: <@{user}> asks you about a bill:", user=put.asker)
    told: list[Block] = [*b.paragraphs([head, say("“{found}”", found=b.safe(put.text, 1500))]), *_about(say, put)]
    if put.replies:
        told += b.paragraphs([say("You answered: {words}", words=b.safe(reply, 1500)) for reply in put.replies[-5:]])
        told.append(b.context(say("Anything more? Write it in this message’s thread.")))
    else:
        told.append(b.context(say("Press Answer, or write in this message’s thread.")))
        told.append(b.actions([b.button(say("Answer"), "question.answer", put.handle, style="primary")]))
    return Picture(head, tuple(told))


def _about(say: Tongue, put: Put) -> list[Block]:
    bill = put.bill
    if put.sees:
        lines = [name_of(say, bill)]
        lines += [say("Due {day}", day=bill.due)] if bill.due else []
        lines += [row_line(say, row) for row in bill.rows[:ROWS]]
        left = len(bill.rows) - ROWS
        lines += [say.n("… and {n} more row", "… and {n} more rows", left)] if left > 0 else []
        return b.paragraphs(lines)
    parts = [f"*{b.safe(bill.supplier, 80)}*"] if SUPPLIER in put.tell else []
    if NUMBER in put.tell and bill.original_number:
        parts.append(say("Number {number}", number=b.safe(bill.original_number, 40)))
    if AMOUNT in put.tell:
        parts.append(say.money(bill.gross, bill.currency))
    return [b.section("  ·  ".join(parts))] if parts else []


def answer_form(say: Tongue, asker: str, text: str, meta: str) -> Modal:
    told = [
        b.section(f"<@{asker}>: {say('“{found}”', found=b.safe(text, 1500))}"),
        b.field("answer", say("Your answer"), b.text_input("answer", lines=True, most=1500)),
    ]
    return Modal(say("Answer"), tuple(told), "question.answered", say("Close"), say("Send"), meta)


def answered(say: Tongue, bill: Bill, by: str, text: str, *, again: bool) -> Picture:
    """The answer, under the asker's card."""
    head = (
        say(":speech_balloon: <@{user}> adds about {bill}:", user=by, bill=name_of(say, bill))
        if again
        else say(":speech_balloon: <@{user}> has answered about {bill}:", user=by, bill=name_of(say, bill))
    )
    return Picture(head, tuple(b.paragraphs([head, say("“{found}”", found=b.safe(text, 1500))])))


def unreachable(say: Tongue, bill: Bill, whom: str) -> Picture:
    """The question could not be put."""
    text = say(
        "<@{user}> cannot be reached in Slack: your question about {bill} was not asked. Ask somebody else.",
        user=whom,
        bill=name_of(say, bill),
    )
    return Picture(text, (b.section(text),))


def thanks(say: Tongue, asker: str, *, files: bool = False) -> Picture:
    """In the thread of the question."""
    lines = [say("Your answer went to <@{user}>.", user=asker)]
    if files:
        lines.append(say("Only words can be passed on: the file stays here."))
    return Picture(lines[0], tuple(b.paragraphs(lines)))


def wordless(say: Tongue) -> Picture:
    text = say("Only words can be passed on: the file stays here. Write your answer in this thread.")
    return Picture(text, (b.section(text),))


def full(say: Tongue, asker: str) -> Picture:
    text = say("This question has had many answers: write to <@{user}> directly.", user=asker)
    return Picture(text, (b.section(text),))
