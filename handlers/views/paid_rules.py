"""Where it is told that an invoice has been paid: the list of rules, its forms, and where else it is posted to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finance.company import Choices
from finance.paid_rules import PaidRule
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import pickers
from handlers.views.tongue import Tongue

SHOWN, HIDDEN = "shown", "hidden"
FINANCE, NOBODY = "finance", "nobody"
MOST = 30  # rules in the list: two blocks each, of a form's hundred


def listed(
    say: Tongue, choices: Choices, url: str, handle: Callable[[PaidRule], str], press: str, done: str = ""
) -> Modal:
    """Every rule; ``url`` is where news is posted to, ``press`` the handle of the other buttons."""
    told: list[Block] = [b.section(f":white_check_mark: {done}")] if done else []
    told.append(b.context(say("The project’s rules decide, else the customer’s, else the company’s own channel.")))
    told.append(b.section(_company(say, choices), b.button(say("Change"), "paid.company", press)))
    for rule in choices.paid_rules[:MOST]:
        told.append(b.section(worded(say, rule), b.button(say("Remove"), "paid.remove", handle(rule))))
    told.append(b.actions([b.button(say("New rule"), "paid.new", press, style="primary")]))
    told.append(b.divider())
    posted = say("Payments are posted to {url}, too.", url=b.safe(url, 200)) if url else ""
    hook = posted or say("Payments are posted to no other system.")
    told.append(b.section(hook, b.button(say("Change"), "hook.open", press)))
    return Modal(say("Paid invoices"), tuple(told), "paid.list", say("Close"))


def _company(say: Tongue, choices: Choices) -> str:
    if choices.paid_channel:
        what = f"<#{choices.paid_channel}> · {_amounts(say, shown=choices.paid_amounts)}"
    elif choices.paid_finance:
        what = say("no channel: finance is told")
    else:
        what = say("no channel: nobody is told")
    return f"*{say('All others')}*\n{what}"


def _amounts(say: Tongue, *, shown: bool) -> str:
    return say("with amounts") if shown else say("without amounts")


def worded(say: Tongue, rule: PaidRule) -> str:
    """Whom the rule is for, and which channel hears."""
    names = rule.projects or rule.customers
    label = say("projects") if rule.projects else say("customers")
    shown = ", ".join(b.safe(name, 40) for name in names[:10]) + (" …" if len(names) > 10 else "")
    return f"*{label}* {shown}\n<#{rule.channel}> · {_amounts(say, shown=rule.amounts)}"


def company(say: Tongue, choices: Choices, meta: str) -> Modal:
    """The company's own channel, and what happens without one."""
    else_ = [(FINANCE, say("Finance is told")), (NOBODY, say("Nobody is told"))]
    fields = [
        b.field("paid_channel", say("Channel for invoices without a rule"),
                pickers.channel("paid_channel", say("Choose a channel"), choices.paid_channel),
                say("Invite Kierto there: /invite @Kierto"), optional=True),
        _amounts_field(say, shown=choices.paid_amounts),
        b.field("paid_finance", say("Without a channel"),
                b.select("paid_finance", say("Choose"), else_, FINANCE if choices.paid_finance else NOBODY)),
    ]  # fmt: skip
    return _form(say, say("Paid invoices"), fields, "paid.keep_company", meta)


def rule_form(say: Tongue, meta: str) -> Modal:
    """A new rule: a channel, and the projects or the customers it hears of."""
    lines = say("One in a line.")
    fields = [
        b.field("channel", say("Channel"), pickers.channel("channel", say("Choose a channel")),
                say("Invite Kierto there: /invite @Kierto")),
        b.field("projects", say("Projects"), b.text_input("projects", lines=True, most=2000), lines, optional=True),
        b.field("customers", say("Or customers: number, business id or name"),
                b.text_input("customers", lines=True, most=2000), lines, optional=True),
        _amounts_field(say, shown=True),
    ]  # fmt: skip
    return _form(say, say("New rule"), fields, "paid.keep_rule", meta)


def _amounts_field(say: Tongue, *, shown: bool) -> Block:
    how = [(SHOWN, say("With amounts")), (HIDDEN, say("Without amounts"))]
    picker = b.select("amounts", say("Choose"), how, SHOWN if shown else HIDDEN)
    return b.field("amounts", say("How much was paid"), picker)


def hook_form(say: Tongue, url: str, meta: str) -> Modal:
    """Where payments are posted to; left empty, nowhere."""
    told = [
        b.section(
            say(
                "When an invoice has been paid, Kierto posts its numbers, sums and days to this address, signed. "
                "Nothing else leaves."
            )
        ),
        b.field("url", say("Address"), b.text_input("url", url, most=500),
                say("Begins with https:// and is reached from the internet. Left empty: nothing is posted."),
                optional=True),
    ]  # fmt: skip
    return _form(say, say("Other systems"), told, "hook.keep", meta)


def secret(say: Tongue, url: str, secret_: str) -> Modal:
    """The new secret, shown once to the admin who made it."""
    told = [
        b.section(say("From now on payments are posted to {url}.", url=b.safe(url, 200))),
        b.section(
            say("The secret they are signed with. It is shown this once; keep it where the other system reads it:")
        ),
        b.section(f"`{secret_}`"),
        b.context(say("How the signature is checked stands in the admin’s guide.")),
    ]
    return Modal(say("Other systems"), tuple(told), "hook.secret", say("Close"))


def _form(say: Tongue, title: str, fields: Sequence[Block], callback: str, meta: str) -> Modal:
    return Modal(title, tuple(fields), callback, say("Close"), say("Save"), meta)
