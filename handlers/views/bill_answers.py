"""What is said to one person about a bill he acted on, and the small forms that belong to acting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from finance import identifiers
from finance.bill import Bill
from finance.bill_doubts import Doubtful
from finance.circulation import Act
from finance.decision import Lost
from finance.outcomes import Changed, Held, Needs, Noted, Outcome, Refusal
from finance.signing import Bar
from handlers.chat import Modal, Picture
from handlers.views import bill_words as words
from handlers.views import blocks as b
from handlers.views.notices import plain
from handlers.views.tongue import Tongue


class Named(Protocol):
    """What a bill is called by, whether it was read whole or as a line of a list."""

    @property
    def supplier(self) -> str: ...

    @property
    def original_number(self) -> str: ...

    @property
    def gross(self) -> Decimal: ...

    @property
    def currency(self) -> str: ...


def name_of(say: Tongue, bill: Named) -> str:
    """A bill in a sentence: its supplier, number and amount."""
    number = f" {b.safe(bill.original_number, 40)}" if bill.original_number else ""
    return f"*{b.safe(bill.supplier, 80)}*{number}, {say.money(bill.gross, bill.currency)}"


def silent(say: Tongue) -> Picture:
    """Procountor could not be read: nothing was taken up."""
    return plain(say("Procountor did not answer just now, and nothing was done. Press again in a moment."))


def outcome(say: Tongue, found: Outcome, able: Sequence[str] = ()) -> Picture:
    """Why a press did not do what it says, or what else comes of it. ``able`` are Slack users who could."""
    match found:
        case Changed(now, before):
            return _changed(say, now, before)
        case Refusal(bill, signing) if signing.bar is Bar.STATE:
            name, state = name_of(say, bill), words.state(say, bill)
            return plain(say("{bill}: nothing was left to decide. {state}.", bill=name, state=state))
        case Refusal(bill, signing):
            return plain(f"{name_of(say, bill)}: {words.barred(say, signing, able)}")
        case Held():
            return _held(say, found)
        case Needs(bill):
            return plain(
                say(
                    "{bill}: the supplier’s account is new, and one has approved it already. Press the button "
                    "on the card as it is now, and type the last four characters of the account.",
                    bill=name_of(say, bill),
                )
            )
        case Noted(bill, act, by, done=False) if act is not Act.OBJECT:
            return plain(
                say(
                    "{who} was quicker: the decision on {bill} is on its way to Procountor, and the card shows what "
                    "becomes of it.",
                    who=f"<@{by}>",
                    bill=name_of(say, bill),
                )
            )
        case _:
            return _quicker(say, found.bill, found.act, found.by)


def _changed(say: Tongue, now: Bill, before: Bill | None) -> Picture:
    head = say(
        "{bill} was changed since you saw it. Nothing was done: look at the card and press again.",
        bill=name_of(say, now),
    )
    lines = words.changes(say, before, now) if before else []
    return Picture(head, tuple(b.paragraphs([f":warning: {head}", *(f"• {line}" for line in lines)])))


def _held(say: Tongue, found: Held) -> Picture:
    name = name_of(say, found.bill)
    if found.mine:
        text = say.n(
            "{bill}: your approval is noted. {n} more person has to approve it.",
            "{bill}: your approval is noted. {n} more people have to approve it.",
            found.left,
            bill=name,
        )
    else:
        text = say(
            "{bill}: <@{user}> has approved it already. Somebody else approves it, too.", bill=name, user=found.by
        )
    why = " " + say("The supplier’s account is new.") if found.new_account else ""
    return plain(text + why)


def _quicker(say: Tongue, bill: Bill, act: Act, by: str) -> Picture:
    who = f"<@{by}>"
    told = {
        Act.VERIFY: say("{who} was quicker and has pre-approved {bill}.", who=who, bill=name_of(say, bill)),
        Act.APPROVE: say("{who} was quicker and has approved {bill}.", who=who, bill=name_of(say, bill)),
        Act.REJECT: say("{who} was quicker and has rejected {bill}.", who=who, bill=name_of(say, bill)),
        Act.OBJECT: say("You have said no to {bill} already.", bill=name_of(say, bill)),
    }[act]
    return plain(told)


def sorry(say: Tongue, bill: Bill, problem: str) -> Picture:
    """A decision that was taken up came to nothing. ``problem`` is a `finance.decision.Lost` and Procountor's codes."""
    why, _, codes = problem.partition("|")
    text = f"{name_of(say, bill)}: {words.lost(say, Lost(why))}"
    return plain(f"{text}\n`{b.safe(codes, 120)}`" if codes else text)


def stuck(say: Tongue, bill: Bill, handle: str) -> Picture:
    """Whether a decision took effect is not known, and looking for it broke down."""
    told = say("{bill}: whether your decision took effect is not known.", bill=name_of(say, bill))
    why = say(
        "The request to Procountor may have left, and looking for it failed several times. Look at the bill in "
        "Procountor, and have it looked for again when the admin has been told. Nothing is sent twice."
    )
    button = b.button(say("Check again"), "bill.look", handle)
    return Picture(told, (b.section(f":warning: {told}\n{why}"), b.actions([button])))


def looking(say: Tongue) -> Picture:
    """To the one who had it looked for again."""
    return plain(say("We are looking at it again."))


def looked(say: Tongue) -> Picture:
    """The same, when somebody did so before."""
    return plain(say("It is looked for already, or has come to an end: the card shows what is so."))


def contested(say: Tongue, was: Bill, now: Bill, by: str, *, undone: bool) -> Picture:
    """The bill was changed in the moment of its approval."""
    head = say(
        ":rotating_light: {bill} was changed in Procountor in the moment <@{user}> approved it.",
        bill=name_of(say, now),
        user=by,
    )
    after = (
        say("The approval has been taken back: the bill waits again.")
        if undone
        else say("The approval could not be taken back: make the bill unfinished in Procountor now.")
    )
    lines = [f"• {line}" for line in words.changes(say, was, now)]
    return Picture(head, tuple(b.paragraphs([head, after, *lines])))


def digits(say: Tongue, bill: Bill, doubts: Sequence[Doubtful], meta: str) -> Modal:
    """The form of the second signature: the account, what is doubtful about it, and its end to be typed."""
    told = [
        b.section(name_of(say, bill)),
        *(b.section(f":warning: {words.doubt(say, found)}") for found in doubts),
        b.section(say("Make sure by another way than this bill that the account {iban} is the supplier’s.",
                      iban=f"{identifiers.masked(bill.iban)[:4]} •••• ••••")),
        b.field("digits", say("Last four characters of the account"), b.text_input("digits", most=4),
                say("You find them on the document or in Procountor.")),
    ]  # fmt: skip
    return Modal(say("Second approval"), tuple(told), "bill.typed", say("Close"), say("Approve"), meta)


def reason(say: Tongue, bill: Bill, meta: str, *, denies: bool) -> Modal:
    """The form of saying no: the reason goes to Procountor's discussion and to finance."""
    what = (
        say("The payment is denied in Procountor.")
        if denies
        else say("The bill stays open in Procountor, and finance hears that you say no.")
    )
    told = [
        b.section(name_of(say, bill)),
        b.context(what),
        b.field("reason", say("Why?"), b.text_input("reason", lines=True, most=2000),
                say("Finance and the discussion in Procountor get these words.")),
    ]  # fmt: skip
    return Modal(say("Reject the bill"), tuple(told), "bill.no", say("Close"), say("Reject"), meta)


def rejected(say: Tongue, bill: Bill, by: str, why: str, *, denied: bool, in_discussion: bool) -> Picture:
    """News for finance: somebody has said no."""
    head = (
        say(":no_entry: <@{user}> has rejected {bill}.", user=by, bill=name_of(say, bill))
        if denied
        else say(":no_entry: <@{user}> says no to {bill}. It is still open.", user=by, bill=name_of(say, bill))
    )
    lines = [head, say("“{found}”", found=b.safe(why, 2000))]
    if not in_discussion:
        lines.append(say("The reason could not be written to the discussion in Procountor: add it there."))
    return Picture(head, tuple(b.paragraphs(lines)))
