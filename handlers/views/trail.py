"""The trail of a bill in words: who saw it, who decided what and on which right, and what Procountor says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from finance import identifiers
from finance.authority import Right
from finance.bill import Bill
from finance.decision import Lost
from finance.trail import Heard, Line, Noted, Proof
from handlers.chat import Picture
from handlers.views import bill_words as words
from handlers.views import blocks as b
from handlers.views.bill_answers import name_of
from handlers.views.bill_lines import Line as Listed
from handlers.views.bill_lines import text as listed
from handlers.views.notices import plain, right_name
from handlers.views.tongue import Tongue
from handlers.views.wordlists import wordlist

PAGE = 20  # entries in one message
_SAID = frozenset({
    "decision", "act", "print", "own_key", "amount", "procountor_user", "right", "limit", "given_by", "given_at",
    "to", "from", "why", "codes", "status", "supplier", "number", "step", "undone", "passing", "question", "answer",
    "until", "parts",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """Somebody's copy of the bill: since when, where it stands, and whether it shows the bill as it now is."""

    user: str
    since: datetime
    state: str
    newest: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """All of it. ``shown`` are the bills that were shown with decisions; ``silent``: Procountor could not be read."""

    bill: Bill
    print: str
    lines: tuple[Line, ...]
    copies: tuple[Copy, ...] = ()
    shown: Mapping[int, tuple[Bill, str]] | None = None
    silent: bool = False


def head(say: Tongue, trail: Trail) -> Picture:
    """Whose trail it is, where the bill stands, and on whose desks it is."""
    bill = trail.bill
    title = say("The trail of {bill}", bill=name_of(say, bill))
    parts = [words.state(say, bill)]
    if bill.number is not None:
        parts.append(f"Procountor {bill.number}")
    if bill.iban:
        parts.append(say("To account {iban}", iban=identifiers.masked(bill.iban)))
    parts.append(say("Content {print}", print=trail.print[:12]))
    told = [b.section(title), b.context(" · ".join(parts))]
    told += b.paragraphs([_copy(say, copy) for copy in trail.copies])
    if trail.silent:
        told.append(b.section(say(":warning: Procountor did not answer just now: its history is missing here.")))
    return Picture(title, tuple(told))


def _copy(say: Tongue, copy: Copy) -> str:
    state = {
        "live": say("on the desk"),
        "passed": say("passed on"),
        "done": say("done with"),
        "opened": say("looks at it"),
    }.get(copy.state, b.safe(copy.state, 20))
    fresh = say("shows it as it now is") if copy.newest else say("shows an older state")
    return f"• <@{copy.user}>: {state} · {say.moment(copy.since)} · {fresh}"


def pages(say: Tongue, trail: Trail) -> Iterator[Picture]:
    """The entries in the order of time, page by page."""
    told = [entry(say, line, trail.shown or {}) for line in trail.lines]
    of = max(1, -(-len(told) // PAGE))
    for number in range(of):
        title = say("Entries {first} to {last} of {all}", first=number * PAGE + 1,
                    last=min(len(told), (number + 1) * PAGE), all=len(told))  # fmt: skip
        yield Picture(title, tuple(b.paragraphs(told[number * PAGE : (number + 1) * PAGE])) or (b.section(title),))


def entry(say: Tongue, line: Line, shown: Mapping[int, tuple[Bill, str]]) -> str:
    """One entry with what belongs to it."""
    at = say.moment(line.at) if line.at else say("(no time)")
    if line.heard is not None:
        return f":ledger: {at}  {_heard(say, line, line.heard)}"
    assert line.noted is not None
    told = [f":speech_balloon: {at}  {who(line.noted.who)}: *{word(say, line.noted.what)}*{_details(say, line.noted)}"]
    if line.noted.what == "bill.decided" and line.decision is not None and line.decision in shown:
        told.append(_shown(say, *shown[line.decision]))
    if line.missing:
        told.append(f":warning: {say('Procountor’s history has no entry of it.')}")
    return "\n".join(told)


def _heard(say: Tongue, line: Line, heard: Heard) -> str:
    what = word(say, heard.action)
    if line.proof is Proof.MARK:
        link = say("from here: decision {number}, by its mark", number=str(line.decision))
    elif line.proof is Proof.TIME:
        link = say("from here, by its time: decision {number}", number=str(line.decision))
    elif heard.name in ("", "Procountor"):
        link = say("by itself")
    else:
        link = say("in Procountor by {name}", name=b.safe(heard.name, 60))
    if line.proof is Proof.NONE and heard.details:
        link += f" · {say('“{found}”', found=b.safe(heard.details, 120))}"
    return f"Procountor: *{what}* · {link}"


def who(name: str) -> str:
    """A person as the trail names him, as a mention."""
    _, _, user = name.partition("/")
    return f"<@{user}>" if user else "Kierto" if name == "kierto" else b.safe(name, 40)


def word(say: Tongue, key: str) -> str:
    """A word of the trail or of Procountor's history; one we do not know is shown as it is."""
    found = wordlist("trail").get(key)
    return say.words(found, {}) if found else f"`{b.safe(key, 60)}`"


def _details(say: Tongue, noted: Noted) -> str:
    told = [part for part in _parts(say, noted.details) if part]
    told += [f"{b.safe(k, 30)}: {b.safe(str(v), 80)}" for k, v in noted.details.items() if k not in _SAID]
    return f" · {' · '.join(told)}" if told else ""


def _parts(say: Tongue, known: Mapping[str, object]) -> Iterator[str]:
    """What was noted, in words."""
    if "act" in known:
        yield word(say, f"act={known['act']}")
    if "decision" in known:
        yield say("decision {number}", number=str(known["decision"]))
    if "amount" in known:
        yield _money(say, str(known["amount"]))
    if "right" in known:
        yield _right(say, known)
    if "own_key" in known:
        yield say("with his own key") if known["own_key"] else say("with the company’s key")
    if "to" in known or "from" in known:
        giver, taker = (str(known.get(end) or "") for end in ("from", "to"))
        yield f"{who(giver)} → {who(taker)}".strip() if taker else f"← {who(giver)}"
    if "until" in known:
        yield say.moment(datetime.fromisoformat(str(known["until"])))
    if isinstance(parts := known.get("parts"), Mapping):
        yield ", ".join(f"{b.safe(str(name), 40)} {say.shown(Decimal(str(share)))} %" for name, share in parts.items())
    if "why" in known:
        yield words.lost(say, Lost(str(known["why"])))
    if known.get("codes"):
        yield f"`{b.safe(str(known['codes']), 80)}`"
    if "status" in known:
        yield words.status(say, str(known["status"]))
    if "undone" in known:
        yield say("taken back") if known["undone"] else say("not taken back")


def _money(say: Tongue, noted: str) -> str:
    """An amount as it was noted: "1240.00 EUR"."""
    amount, _, currency = noted.partition(" ")
    return say.money(Decimal(amount), currency)


def _right(say: Tongue, known: Mapping[str, object]) -> str:
    """On what right: its name, its limit, who gave it."""
    right = right_name(say, Right(str(known["right"])))
    limit = known.get("limit")
    given = known.get("given_by")
    told = say("right: {right}", right=right)
    if limit:
        told += ", " + say("up to {limit}", limit=_money(say, str(limit)))
    return told + (", " + say("given by {who}", who=who(str(given))) if given else "")


def _shown(say: Tongue, bill: Bill, print: str) -> str:
    """What the person saw when he decided."""
    due = say.shown(bill.due) if bill.due else say("No due date")
    facts = [name_of(say, bill), due]
    if bill.iban:
        facts.append(identifiers.masked(bill.iban))
    facts.append(say.n("{n} row", "{n} rows", len(bill.rows)))
    return f"      {say('Shown: {facts}', facts=' · '.join(facts))} · {say('Content {print}', print=print[:12])}"


def choices(say: Tongue, typed: str, found: Sequence[Listed]) -> Picture:
    """Which of several bills a number means."""
    title = say("*{number}* fits several bills. Which one?", number=b.safe(typed, 40))
    lines = [b.section(listed(say, line), b.button(say("This one"), "trail.show", line.handle)) for line in found[:10]]
    return Picture(title, (b.section(title), *lines))


def unknown(say: Tongue, typed: str) -> Picture:
    """No bill has the number that was typed, or none was."""
    if not typed:
        return plain(say("Whose trail? Type a bill’s number, for example `/procountor trail 30117`."))
    return plain(say("No bill that you may see has the number {number}.", number=b.safe(typed, 40)))
