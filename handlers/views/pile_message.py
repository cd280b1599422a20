"""A pile's one message: the question, each bill as it is dealt with, and what has become of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from finance.circulation import Act
from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views.bill import row_line
from handlers.views.bill_answers import name_of
from handlers.views.bill_lines import money, text
from handlers.views.pile import UNDER_WAY, Facts, Piled, Question, Stand, asked, reasons, summaries, title, total, verb
from handlers.views.tongue import Tongue

ROWS = 3


def picture(say: Tongue, facts: Facts) -> Picture:
    """The pile's one message: asking, under way, or with every result."""
    if facts.dropped:
        told = say("This question is no longer open: nothing was done. Type the numbers again.")
        return Picture(told, (b.section(told),))
    if facts.of(Stand.IN, Stand.OUT) or not facts.piled:
        return _asking(say, facts)
    return _result(say, facts)


def _asking(say: Tongue, facts: Facts) -> Picture:
    ready, out = facts.of(Stand.IN), facts.of(Stand.OUT)
    told: list[Block] = []
    head = title(say, facts.act)
    if ready:
        told += [b.section(asked(say, facts.act, ready)), *summaries(say, ready)]
        if len(ready) == 1:
            told += b.paragraphs([row_line(say, row) for row in ready[0].bill.rows[:ROWS]])
    if ready and facts.reason:
        told.append(b.context(f"{say('Why?')} {say('“{found}”', found=b.safe(facts.reason, 500))}"))
    told += reasons(say, out)
    for question in facts.questions[:3]:
        told += _question(say, question)
    told += b.paragraphs([f":grey_question: {sentence}" for sentence in facts.unknown])
    if ready:
        told.append(b.actions(_answers(say, facts, ready)))
    elif not facts.questions:
        head = say("There is nothing to sign.")
        told.insert(0, b.section(head))
    return Picture(head, tuple(told[:50]))


def _answers(say: Tongue, facts: Facts, ready: Sequence[Piled]) -> list[Block]:
    sums = money(say, total(ready))
    label = {
        Act.APPROVE: say("Approve {sum}", sum=sums),
        Act.VERIFY: say("Pre-approve {sum}", sum=sums),
        Act.REJECT: say("Reject {sum}", sum=sums),
        Act.OBJECT: say("Say no to {sum}", sum=sums),
    }[facts.act]
    sure = None
    if len(ready) > 1 or any(one.why for one in ready):
        many = say.n("{n} bill, {sum}", "{n} bills, {sum}", len(ready), sum=sums)
        sure = b.confirm(f"{label}?"[:100], many, verb(say, facts.act), say("Not yet"))
    style = "primary" if facts.act in (Act.APPROVE, Act.VERIFY) else "danger"
    return [
        b.button(label, "pile.go", facts.handle, style=style, confirm=sure),
        b.button(say("Do nothing"), "pile.drop", facts.handle),
    ]


def _question(say: Tongue, question: Question) -> list[Block]:
    """Which of several bills a number means."""
    head = say("*{number}* fits several bills. Which one?", number=b.safe(question.typed, 40))
    lines = [b.section(text(say, line), b.button(say("This one"), "pile.take", handle))
             for handle, line in question.choices[:8]]  # fmt: skip
    return [b.section(head), *lines]


def _result(say: Tongue, facts: Facts) -> Picture:
    done, left, going = facts.of(Stand.DONE), facts.of(Stand.NOT), facts.of(*UNDER_WAY)
    head = _headline(say, facts.act, len(done), len(left))
    if going:
        mark = ":hourglass_flowing_sand:"
        head = say("{done} of {all} bills are dealt with", done=len(done) + len(left), all=len(facts.piled))
    else:
        mark = ":white_check_mark:" if done and facts.act in (Act.APPROVE, Act.VERIFY) else ":information_source:"
    amount = f" · {money(say, total(done))}" if done else ""
    told: list[Block] = [b.section(f"{mark} *{head}*{amount}"), *reasons(say, left)]
    told += b.paragraphs([_line(say, one) for one in (*done, *going)])
    return Picture(head, tuple(told[:50]))


def _headline(say: Tongue, act: Act, done: int, left: int) -> str:
    head = {
        Act.APPROVE: say.n("{n} bill approved", "{n} bills approved", done),
        Act.VERIFY: say.n("{n} bill pre-approved", "{n} bills pre-approved", done),
        Act.REJECT: say.n("{n} bill rejected", "{n} bills rejected", done),
        Act.OBJECT: say.n("said no to {n} bill", "said no to {n} bills", done),
    }[act]
    return f"{head}, {say.n('{n} not', '{n} not', left)}" if left else head


def _line(say: Tongue, one: Piled) -> str:
    mark = {Stand.DONE: ":white_check_mark:", Stand.UNSURE: ":mag:"}.get(one.stand, ":hourglass_flowing_sand:")
    return f"{mark} {name_of(say, one.bill)}" + (f": {one.why}" if one.why else "")
