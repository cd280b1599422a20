"""The company's rules for bills in words: the list, the form of a new one, and what it would have done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from finance.bill_rules import Rehearsal, Rule
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views.bill_answers import name_of
from handlers.views.tongue import Tongue

Named = Callable[[str, str], str]
"""Purpose and rule → the button's handle."""

__all__ = ["Modal", "form", "listed", "rehearsal", "worded"]


def listed(say: Tongue, rules: Sequence[Rule], handle: Named) -> Modal:
    """Every rule with its switch; the first that fits a bill counts."""
    told: list[Block] = [b.context(say("The first rule that fits a bill counts. Procountor’s circulation holds, too."))]
    if not rules:
        told.append(b.section(say("There are no rules: one approval is enough.")))
    for rule in rules[:20]:
        state = say("on") if rule.on else say("off")
        told.append(b.section(f"*{b.safe(rule.name, 80)}* ({state})\n{worded(say, rule)}"))
        told.append(b.actions(_buttons(say, rule, handle)))
    told.append(b.actions([b.button(say("New rule"), "rule.new", "new", style="primary")]))
    return Modal(say("Rules for bills"), tuple(told), "rule.list", say("Close"))


def _buttons(say: Tongue, rule: Rule, handle: Named) -> list[Block]:
    sure = b.confirm(say("Remove the rule?"), b.clean(rule.name)[:200] or "–", say("Remove"), say("Not yet"))
    return [
        b.button(say("Rehearse"), "rule.rehearse", handle("rule.rehearse", rule.name)),
        b.button(say("Switch off") if rule.on else say("Switch on"), "rule.switch", handle("rule.switch", rule.name)),
        b.button(say("Remove"), "rule.remove", handle("rule.remove", rule.name), confirm=sure),
    ]


def worded(say: Tongue, rule: Rule) -> str:
    """What a rule is for and what it asks, in one line each."""
    return f"{_which(say, rule)}\n{_asks(say, rule)}"


def _which(say: Tongue, rule: Rule) -> str:
    parts = []
    if rule.least:
        sums = ", ".join(say.money(Decimal(least), currency) for currency, least in sorted(rule.least.items()))
        parts.append(say("from {sums}", sums=sums))
    for label, names in (
        (say("suppliers"), rule.suppliers),
        (say("projects"), rule.projects),
        (say("cost centres"), rule.cost_centres),
    ):
        if names:
            parts.append(f"{label} {', '.join(b.safe(name, 40) for name in names[:5])}")
    return say("Bills {which}", which=" · ".join(parts)) if parts else say("All bills")


def _asks(say: Tongue, rule: Rule) -> str:
    parts = []
    if rule.verifiers:
        people = _people(rule.verifiers)
        both = say("all of {people} pre-approve", people=people), say("one of {people} pre-approves", people=people)
        parts.append(both[0] if rule.verify_all else both[1])
    parts.append(say.n("{n} approval", "{n} approvals", rule.signatures))
    if rule.approvers:
        parts.append(say("by {people}", people=_people(rule.approvers)))
    if rule.four_eyes:
        parts.append(say("never by who pre-approved"))
    return " · ".join(parts)


def _people(users: Sequence[str]) -> str:
    return ", ".join(f"<@{user}>" for user in users[:10])


def form(say: Tongue, meta: str) -> Modal:
    """The form of a new rule; it is kept switched off."""
    lines = say("One in a line. Nothing means all.")
    how = [("any", say("One of them")), ("all", say("All of them"))]
    many = [(str(n), str(n)) for n in range(1, 5)]
    told = [
        b.context(say("The rule is kept switched off: first you see what it would have done last month.")),
        b.field("name", say("Name"), b.text_input("name", most=80)),
        b.field(
            "least", say("From which amount"), b.text_input("least", most=200), "EUR 5000, SEK 50 000", optional=True
        ),
        b.field(
            "suppliers", say("Suppliers"), b.text_input("suppliers", lines=True, most=2000), lines, optional=True
        ),
        b.field("projects", say("Projects"), b.text_input("projects", lines=True, most=2000), lines, optional=True),
        b.field(
            "cost_centres", say("Cost centres"), b.text_input("cost_centres", lines=True, most=2000), lines,
            optional=True,
        ),
        b.field("verifiers", say("Who pre-approves first"), b.people("verifiers"), optional=True),
        b.field("verify", say("How many of them"), b.select("verify", say("Choose"), how, "any")),
        b.field("approvers", say("Who approves"), b.people("approvers"), say("Nobody named: whoever has the right."),
                optional=True),
        b.field("signatures", say("How many people approve"), b.select("signatures", say("Choose"), many, "1")),
        b.field("four_eyes", say("Four eyes"), b.checkbox("four_eyes", say("Who pre-approves does not approve")),
                optional=True),
        b.actions([b.button(say("Back to the list"), "rule.list", "back")]),
    ]  # fmt: skip
    return Modal(say("New rule"), tuple(told), "rule.keep", say("Close"), say("Rehearse"), meta)


def rehearsal(say: Tongue, rule: Rule, found: Rehearsal, handle: Callable[[str], str]) -> Modal:
    """What last month's bills would have done under the rule."""
    told: list[Block] = [b.section(f"*{b.safe(rule.name, 80)}*\n{worded(say, rule)}")]
    fits = say.n("It fits {n} of last month’s {all} bills.", "It fits {n} of last month’s {all} bills.", found.fitting,
                 all=found.all)  # fmt: skip
    told.append(b.section(fits))
    if found.asked:
        lines = [
            f"• <@{user}>: {say.n('{n} bill', '{n} bills', count)}"
            for user, count in sorted(found.asked.items(), key=lambda pair: -pair[1])[:20]
        ]
        told += b.paragraphs([say("So often each would have been asked:"), *lines])
    if found.single:
        single = say.n("{n} of them had one approval only.", "{n} of them had one approval only.", found.single)
        told.append(b.section(single))
    if found.examples:
        told += b.paragraphs([say("The largest:"), *(f"• {name_of(say, bill)}" for bill in found.examples)])
    if rule.cost_centres:
        told.append(b.context(say("Past bills are not looked up by cost centre: with it the rule fits fewer.")))
    buttons = [b.button(say("Back to the list"), "rule.list", "back")]
    if not rule.on:
        buttons.insert(0, b.button(say("Switch on"), "rule.switch", handle("rule.switch"), style="primary"))
    told.append(b.actions(buttons))
    return Modal(say("Rehearsal"), tuple(told), "rule.list", say("Close"))
