"""Claims as finance and their claimants see them: two sections, what is to be paid, what has to be done by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.invoice import Kind
from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views import menu_paths
from handlers.views.batch import Batch, Entry
from handlers.views.tongue import Tongue

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Owed:
    """A voucher somebody is to be paid for; ``theirs`` is Procountor's number, ``status`` its word, "" if not seen."""

    number: str
    name: str
    gross: Decimal
    currency: str
    theirs: int | None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """A day of payment that Procountor did not let us mark; ``why`` as it is kept."""

    number: str
    theirs: int | None
    paid_on: date
    amount: Decimal
    currency: str
    why: str
    purchase: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A claim for its claimant, or several that went as one: ``numbers``.

    ``own`` is to be paid to him, ``card`` was the company's; ``waits`` documents to go.
    """

    numbers: tuple[str, ...]
    own: Decimal
    card: Decimal
    currency: str
    waits: int
    paid: bool
    paid_on: date | None


def sender_unknown(say: Tongue) -> Picture:
    """R59: whoever transfers claims has to stand in Procountor's register of persons."""
    text = say(
        "You are not connected to a person in Procountor, and whoever sends claims has to be. "
        "Ask an admin to connect you: `/procountor people`."
    )
    return Picture(text, (b.section(text),))


def to_send(say: Tongue, claims: int, own: int, company: int) -> list[Block]:
    """The Home tab's section: how many claims wait, and the vouchers they make in each section."""
    text = say.n("*{n}* claim waits to be sent", "*{n}* claims wait to be sent", claims)
    parts = [say.n("own money: {n} voucher", "own money: {n} vouchers", own)] if own else []
    parts += [say.n("company money: {n} voucher", "company money: {n} vouchers", company)] if company else []
    press = b.button(say("Check and send the claims"), "home.send_claims", "all")
    return [b.section(f":receipt: {text} ({', '.join(parts)})"), b.actions([press])]


def section_of(say: Tongue, batch: Batch, entries: Sequence[Entry]) -> list[Block]:
    """Which section a batch of claims is, how many vouchers it makes, and what comes of them."""
    if batch.kind not in (Kind.CLAIM, Kind.COMPANY_COST) or not entries:
        return []
    vouchers = say.n("{n} voucher in Procountor", "{n} vouchers in Procountor", len(entries))
    money = sums(say, [(entry.gross, entry.currency) for entry in entries])
    if batch.kind is Kind.CLAIM:
        people = len({entry.buyer for entry in entries})
        paid = say.n("{money} to be paid to {n} person", "{money} to be paid to {n} people", people, money=money)
        return [b.section(f":purse: *{say('Own money')}* · {vouchers} · {paid}")]
    told = say("{money}, marked paid on the days it was paid on", money=money)
    return [b.section(f":credit_card: *{say('Company money')}* · {vouchers} · {told}")]


def sums(say: Tongue, amounts: Sequence[tuple[Decimal, str]]) -> str:
    """Sums of money by currency."""
    found: Counter[str] = Counter()
    totals: dict[str, Decimal] = {}
    for amount, currency in amounts:
        found[currency] += 1
        totals[currency] = totals.get(currency, Decimal(0)) + amount
    return " + ".join(say.money(totals[currency], currency) for currency, _ in found.most_common())


def to_pay(say: Tongue, owed: Sequence[Owed], todo: Sequence[Todo]) -> list[Block]:
    """The Home tab's section; nothing when nothing waits."""
    lines = []
    if owed:
        lines.append(f":purse: {_to_pay(say, owed)}")
    if todo:
        lines.append(":warning: " + say.n("*{n}* thing to do by hand", "*{n}* things to do by hand", len(todo)))
    if not lines:
        return []
    return [b.section("\n".join(lines)), b.context(say("The list: `/procountor expenses`.")), b.divider()]


def _to_pay(say: Tongue, owed: Sequence[Owed]) -> str:
    people = len({one.name for one in owed})
    money = sums(say, [(one.gross, one.currency) for one in owed])
    claims = say.n("*{n}* claim to be paid", "*{n}* claims to be paid", len(owed))
    return f"{claims}: {say.n('{money} to {n} person', '{money} to {n} people', people, money=money)}"


def standing(say: Tongue, owed: Sequence[Owed], todo: Sequence[Todo]) -> Picture:
    """What is still to be paid, and what has to be done by hand, with the place to click."""
    if not owed and not todo:
        text = say("Nothing waits: every claim has been paid.")
        return Picture(text, (b.section(f":sparkles: {text}"),))
    blocks: list[Block] = []
    if owed:
        blocks += b.paragraphs([f":purse: {_to_pay(say, owed)}", *(_owed(say, one) for one in owed[:SHOWN])])
        blocks += _more(say, len(owed))
        blocks.append(b.context(say("Pay them in Procountor: {place}.", place=menu_paths.claims_to_pay(say))))
    if todo:
        head = say.n("*{n}* thing to do by hand", "*{n}* things to do by hand", len(todo))
        blocks += b.paragraphs([f":warning: {head}", *(_todo(say, one) for one in todo[:SHOWN])])
        blocks += _more(say, len(todo))
        blocks.append(b.context(say("Kierto looks each hour, and goes on by itself once it can.")))
    text = say.n("{n} claim waits for you", "{n} claims wait for you", len(owed) + len(todo))
    return Picture(text, tuple(blocks))


def _more(say: Tongue, count: int) -> list[Block]:
    return [b.context(say("{n} more after these.", n=count - SHOWN))] if count > SHOWN else []


def _owed(say: Tongue, one: Owed) -> str:
    state = {
        "UNFINISHED": say("a draft"),
        "RECEIVED": say("in circulation"),
        "VERIFIED": say("verified"),
        "APPROVED": say("approved, can be paid"),
        "PAYMENT_QUEUED": say("payment is on its way"),
        "PAYMENT_SENT_TO_BANK": say("payment is on its way"),
        "PARTLY_PAID": say("partly paid"),
        "PAYMENT_DENIED": say("payment denied"),
    }.get(one.status, "")
    theirs = f"Procountor {one.theirs}" if one.theirs else ""
    parts = (f"*{b.safe(one.number, 40)}*", b.safe(one.name, 60), say.money(one.gross, one.currency), theirs, state)
    return "• " + " · ".join(part for part in parts if part)


def _todo(say: Tongue, one: Todo) -> str:
    place = menu_paths.bills(say) if one.purchase else menu_paths.claims(say)
    head = f"*{b.safe(one.number, 40)}* · {say.shown(one.paid_on)} · {say.money(one.amount, one.currency)}"
    return f"• {head}\n{_why(say, one.why, str(one.theirs or '–'), place)}"


def _why(say: Tongue, why: str, theirs: str, place: str) -> str:
    """What Procountor did not let us do with its voucher ``theirs``, and the place to click."""
    says = {
        "not_circulated": say(
            "{theirs} could not be sent to circulation: no approvers are named, or circulation is not in use. "
            "Approve it in Procountor: {place}.",
            theirs=theirs,
            place=place,
        ),
        "not_verified": say(
            "{theirs} could not be verified with our key. Verify or approve it: {place}.", theirs=theirs, place=place
        ),
        "not_marked": say(
            "{theirs} could not be marked paid: a right or the period stands in the way. Mark it paid: {place}.",
            theirs=theirs,
            place=place,
        ),
        "paid_otherwise": say(
            "{theirs} has other payments than ours. Look at its payment events: {place}.", theirs=theirs, place=place
        ),
        "payment_denied": say(
            "{theirs} has been denied payment. Decide about it there: {place}.", theirs=theirs, place=place
        ),
        "invalidated": say("{theirs} has been cancelled in Procountor. Nothing is marked paid.", theirs=theirs),
        "not_visible": say(
            "{theirs} is not visible to our key. Look at it there: {place}.", theirs=theirs, place=place
        ),
        "gone": say("{theirs} is not in Procountor any more. Nothing is marked paid.", theirs=theirs),
    }
    return says.get(why) or say("{theirs} waits for you in Procountor: {place}.", theirs=theirs, place=place)


def on_its_way(say: Tongue, told: Told) -> Picture:
    """The claimant's message: what is in Procountor, and what happens next."""
    text = say.n(
        "Your claim {numbers} is in Procountor",
        "Your claims {numbers} are in Procountor",
        len(told.numbers),
        numbers=_numbers(told),
    )
    lines = [f":receipt: *{text}*"]
    if told.own:
        money = say.money(told.own, told.currency)
        if told.paid and told.paid_on:
            lines.append(say("{money} was paid to you on {day}.", money=money, day=told.paid_on))
        elif told.paid:
            lines.append(say("{money} was paid to you.", money=money))
        else:
            lines.append(say("{money} will be paid to your account.", money=money))
    if told.card:
        money = say.money(told.card, told.currency)
        lines.append(say("{money} was paid with the company’s money: you need not do anything.", money=money))
    if told.waits:
        lines.append(
            say.n("{n} part of it is still on its way.", "{n} parts of it are still on their way.", told.waits)
        )
    return Picture(text, (b.section("\n".join(lines)),))


def paid(say: Tongue, told: Told) -> Picture:
    """The last message: the money is on its way to his bank."""
    facts = {"numbers": _numbers(told), "money": say.money(told.own, told.currency)}
    count = len(told.numbers)
    if told.paid_on:
        text = say.n(
            "Your claim {numbers} was paid on {day}: {money}.",
            "Your claims {numbers} were paid on {day}: {money}.",
            count,
            day=told.paid_on,
            **facts,
        )
    else:
        text = say.n(
            "Your claim {numbers} has been paid: {money}.",
            "Your claims {numbers} have been paid: {money}.",
            count,
            **facts,
        )
    return Picture(text, (b.section(f":white_check_mark: {text}"),))


def _numbers(told: Told) -> str:
    shown = ", ".join(b.safe(number, 40) for number in told.numbers[:SHOWN])
    return shown + (" …" if len(told.numbers) > SHOWN else "")
