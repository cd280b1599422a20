"""What is said about a bill in words: why somebody has it, what to look at twice, why he may not, what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from finance import authority, identifiers
from finance.bill import CLEARED, DENIED, INVALIDATED, MARKED_PAID, PAID, PARTLY_PAID, UNFINISHED, VERIFIED, Bill
from finance.bill_doubts import Doubt, Doubtful
from finance.changes import Change, Value, differences
from finance.decision import Lost
from finance.signing import Bar, Signing
from finance.targeting import Aim, Barred, Reason, Sign
from handlers.views.blocks import safe
from handlers.views.notices import right_name
from handlers.views.tongue import Tongue


def why(say: Tongue, aimed: Aim, passed_by: str = "", stands_for: str = "", silent: str = "") -> str:
    """Why this reader has the bill: because of a colleague, else because of what stands on it."""
    if silent:
        return say("To you: <@{user}> has not answered; either of you may act", user=silent)
    if stands_for:
        return say("To you: <@{user}> is away and you stand in", user=stands_for)
    if passed_by:
        return say("To you: <@{user}> passed it on to you", user=passed_by)
    return _by_numbers(say, aimed)


def _by_numbers(say: Tongue, aimed: Aim) -> str:
    own = aimed.reason is Reason.PERSON
    signs = ", ".join(_sign(say, sign, own=own) for sign in aimed.signs[:3])
    match aimed.reason:
        case Reason.PERSON | Reason.PROJECT:
            return say("To you: {what}", what=signs)
        case Reason.PROJECT_RULE:
            return say("To you: {what}, by a rule of your company", what=signs)
        case Reason.SUPPLIER_RULE:
            return say("To you: bills of this supplier come to you by a rule of your company")
        case Reason.SEVERAL:
            return say("To you as the default recipient: its numbers lead to several people ({what})", what=signs)
        case Reason.BARRED:
            barred = _barred(say, aimed.signs[0])
            return say("To you as the default recipient: {what}, but {barred}", what=signs, barred=barred)
    return say("To you as the default recipient: no project or person number found")


def _sign(say: Tongue, sign: Sign, *, own: bool) -> str:
    place = field_name(say, sign.field)
    if sign.person:
        return say("your id in {field}", field=place) if own else say("a personal id in {field}", field=place)
    return say("project {number} in {field}", number=safe(sign.number, 40), field=place)


def field_name(say: Tongue, field: str) -> str:
    """Where a number was looked for, within a sentence."""
    return {
        "order_reference": say("the order reference"),
        "buyer_reference": say("the buyer’s reference"),
        "reference": say("the payment reference"),
        "note": say("the notes"),
        "additional": say("the additional information"),
        "rows": say("the rows"),
    }[field]


def _barred(say: Tongue, sign: Sign) -> str:
    name = safe(sign.lead.name, 60)
    if not sign.person and sign.lead.barred in _MANAGERS:
        return _managers(say, sign.lead.barred, name)
    return {
        Barred.CLOSED: say("the project is closed"),
        Barred.LEFT: say("{name} has left", name=name),
        Barred.NO_MANAGER: say("nobody manages the project"),
        Barred.UNKNOWN: say("{name} is not known in Slack", name=name),
        Barred.NO_RIGHT: say("{name} may not receive bills", name=name),
        None: say("nobody is there"),
    }[sign.lead.barred]


_MANAGERS = (Barred.LEFT, Barred.UNKNOWN, Barred.NO_RIGHT)
"""Of a project's number: what bars it is about the one who manages the project."""


def _managers(say: Tongue, why: Barred, project: str) -> str:
    return {
        Barred.LEFT: say("the manager of {project} has left", project=project),
        Barred.UNKNOWN: say("the manager of {project} is not known in Slack", project=project),
        Barred.NO_RIGHT: say("the manager of {project} may not receive bills", project=project),
    }[why]


def doubt(say: Tongue, found: Doubtful) -> str:
    """What to look at twice. Accounts come masked."""
    new, old = safe(found.found, 60), safe(found.expected, 60)
    return {
        Doubt.ACCOUNT_FIRST: say("First bill of this supplier: nothing has been paid to {new} before.", new=new),
        Doubt.ACCOUNT_CHANGED: say(
            "The supplier’s account has changed: {new}. The last paid bill went to {old}. "
            "Call the supplier at a number you know before you approve.",
            new=new,
            old=old,
        ),
        Doubt.REGISTER_CHANGED: say(
            "The supplier’s account in Procountor was changed lately: {new}. Make sure that it is right.", new=new
        ),
        Doubt.SAME_NUMBER: say("Another bill of this supplier has the number {new}: it may be here twice.", new=new),
        Doubt.SAME_AMOUNT: say(
            "Bill {new} of this supplier has the same amount and the same date: it may be here twice.", new=new
        ),
        Doubt.SUM: say("The rows come to {old}, the bill says {new}.", new=new, old=old),
    }[found.doubt]


def state(say: Tongue, bill: Bill) -> str:
    """Where the bill stands in Procountor."""
    return status(say, bill.status)


def status(say: Tongue, theirs: str) -> str:
    """What a status of Procountor's means for a bill."""
    if theirs in (PAID, MARKED_PAID):
        return say("Paid")
    if theirs == PARTLY_PAID:
        return say("Partly paid")
    if theirs in CLEARED:
        return say("Approved")
    return {
        DENIED: say("Rejected"),
        INVALIDATED: say("Cancelled in Procountor"),
        UNFINISHED: say("Unfinished"),
        VERIFIED: say("Pre-approved"),
    }.get(theirs, say("Waits for approval"))


def barred(say: Tongue, found: Signing, able: Sequence[str] = ()) -> str:
    """Why somebody may not do it, and who may or what helps."""
    people = ", ".join(f"<@{user}>" for user in able[:5])
    if found.bar is Bar.RIGHT:
        return _right(say, found.verdict, people)
    told = {
        Bar.STATE: say("Nothing is left to decide about this bill."),
        Bar.OWNER: say("This is your own claim: somebody else approves it."),
        Bar.ENTERED: say("You have brought this bill in yourself: somebody else approves it."),
        Bar.VERIFIED: say("You have pre-approved this yourself: somebody else approves it."),
        Bar.APPROVED: say("You have acted on this already: the next one is somebody else’s."),
        Bar.BANK: say("You changed the account this goes to: somebody else approves it."),
        Bar.LATER: say("It is not your turn yet: those before you in the circulation have to act first."),
        Bar.OTHERS: say("Procountor’s circulation names others for this bill."),
        Bar.RULE: say("A rule of your company names others for this bill."),
        Bar.RULE_LATER: say("By a rule of your company somebody else pre-approves this bill first."),
        Bar.OWN_KEY: say(
            "Several are named for this bill, and only your own API key signs in your place. "
            "Type `/procountor connect me`."
        ),
    }[found.bar or Bar.STATE]
    return told + (" " + say("Ask {people}.", people=people) if people and found.bar is not Bar.STATE else "")


def _right(say: Tongue, verdict: authority.Verdict, people: str) -> str:
    until = verdict.until or ""
    told = {
        authority.Why.STRANGER: say("Only members of this company’s own workspace can do this."),
        authority.Why.MISSING: say("You do not have the right to do this."),
        authority.Why.FRESH: say("You gave yourself this right: it can be used from {moment}.", moment=until),
        authority.Why.REMAPPED: say(
            "You said yourself who you are in Procountor: you can sign from {moment}.", moment=until
        ),
        authority.Why.CURRENCY: say("You have no limit in this currency."),
        authority.Why.LIMIT: say("This is over your limit of {limit}.", limit=say.amount(verdict.limit or Decimal(0))),
    }[verdict.why or authority.Why.MISSING]
    return told + (" " + say("Ask {people}.", people=people) if people else "")


def lost(say: Tongue, why_: Lost) -> str:
    """Why a decision did not come to be."""
    return {
        Lost.CHANGED: say("The bill was changed in the meantime: nothing was done. Look at it again."),
        Lost.SETTLED: say("There was nothing left to decide: somebody was quicker."),
        Lost.ELSEWHERE: say("Somebody else was quicker, here or in Procountor."),
        Lost.UNHEARD: say("Procountor did not answer and nothing has happened there. You can press again."),
        Lost.RIGHT: say("You may not do this any more: nothing was done."),
        Lost.NO: say("Procountor said no: nothing was done."),
        Lost.NEVER_LEFT: say("Procountor could not be reached: nothing was done. You can press again."),
        Lost.BROKEN: say("The work on it broke down several times: nothing was done. The admin has been told."),
    }[why_]


def changes(say: Tongue, old: Bill, new: Bill) -> list[str]:
    """What differs between what was shown and what is so, a line each; accounts are masked."""
    return [_change(say, change) for change in differences(old, new) if change.path.partition("[")[0] in _fields(say)]


def _change(say: Tongue, change: Change) -> str:
    path = change.path.partition("[")[0]
    name = _fields(say)[path]
    old, new = (_value(say, path, value) for value in (change.old, change.new))
    if change.old is None:
        return say("{what} added: {value}", what=name, value=new)
    if change.new is None:
        return say("{what} removed: {value}", what=name, value=old)
    return f"{name}: {old} → {new}"


def _value(say: Tongue, path: str, value: Value) -> str:
    if value is None or value == "":
        return say("empty")
    if path == "iban":
        return identifiers.masked(str(value))
    if isinstance(value, Decimal):
        return f"{say.shown(value)} %" if path == "discount_percent" else say.amount(value)
    return safe(str(value) if isinstance(value, bool) else say.shown(value), 60)


def _fields(say: Tongue) -> dict[str, str]:
    """The fields a reader is told about when they change."""
    return {
        "supplier": say("Supplier"),
        "supplier_id": say("Business id"),
        "issued": say("Date"),
        "due": say("Due date"),
        "currency": say("Currency"),
        "gross": say("Total"),
        "net": say("Net"),
        "vat": say("VAT"),
        "iban": say("Account"),
        "reference": say("Reference"),
        "original_number": say("Number"),
        "order_reference": say("Order reference"),
        "buyer_reference": say("Buyer’s reference"),
        "additional": say("Additional information"),
        "discount_percent": say("Discount"),
        "cash_discounts": say("Cash discount"),
        "rows": say("Row"),
        "papers": say("File"),
    }


def forbidden(say: Tongue, right: authority.Right) -> str:
    """The right's name, for a sentence about missing it."""
    return right_name(say, right)
