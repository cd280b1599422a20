"""Steps of the setup in which both sides must agree: bank account, VAT percentages, work types (R17, R19, R21, R22)."""

from __future__ import annotations

from finance import agreement
from finance.authority import Right
from finance.identifiers import masked
from finance.registers import Registers
from handlers import rules_chosen
from handlers.buttons import pressed
from handlers.checks import facts
from handlers.desk import Here
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import agreement as views
from handlers.views import menu_paths, notices
from handlers.views.blocks import safe
from handlers.views.steps import Mark, Step

on = Router()


@on.step("bank", place=30)
def bank(look: Look) -> Step:
    """Waiting invoices are paid to the company's own accounts as Procountor has them."""
    say, title = look.say, look.say("Bank account")
    known = facts.registers(look)
    if known is None:
        return facts.unfetched(look, "bank", title)
    named = agreement.accounts(facts.waiting(look), known)
    if strange := [one for one in named if one.differs]:
        told = "\n".join(views.strange(say, one, known.own_accounts.get(one.iban)) for one in strange[:5])
        mend = say(
            "Correct the account in the project system, or have it added or opened in Procountor: {menu}.",
            menu=menu_paths.bank_accounts(say),
        )
        todo = f"{mend} {facts.again(look)}"
        return Step("bank", title, Mark.WRONG, told, todo, say("Look again"), "setup.look")
    if named:
        shown = ", ".join(safe(masked(one.iban), 40) for one in named)
        return Step("bank", title, Mark.OK, say("{iban} on both sides", iban=shown))
    return _unnamed(look, title, known)


def _unnamed(look: Look, title: str, known: Registers) -> Step:
    """No waiting invoice names an account: the company's default one is shown, for an admin to compare."""
    say = look.say
    ours = [a for a in known.own_accounts.values() if a.active]
    default = next((a for a in ours if a.default_for_invoice), None)
    if default is None:
        todo = say(
            "Have one added in Procountor, as the default for invoices: {menu}.", menu=menu_paths.bank_accounts(say)
        )
        told = say("Procountor has no open account that invoices are paid to.")
        return Step("bank", title, Mark.WRONG, told, f"{todo} {facts.again(look)}", say("Look again"), "setup.look")
    shown = views.account(default)
    if facts.decided(look, "bank"):
        return Step("bank", title, Mark.OK, say("Invoices are paid to {iban}", iban=shown))
    told = say("Procountor has invoices paid to {iban}. No waiting invoice names an account yet.", iban=shown)
    todo = say("Compare it with the account in the project system’s settings.")
    return Step("bank", title, Mark.OPEN, told, todo, say("It is the same"), "setup.same")


@on.click("setup.same", right=Right.ADMIN)
def same(here: Here) -> None:
    """An admin has compared the account with the project system's."""
    pressed(here, "setup.same")
    rules_chosen.decide(here, {}, ("bank",))


@on.step("percents", place=35)
def percents(look: Look) -> Step:
    """Procountor takes every VAT percentage that waiting documents have."""
    say, title = look.say, look.say("VAT percentages")
    known = facts.registers(look)
    if known is None:
        return facts.unfetched(look, "percents", title)
    sales = agreement.percents(facts.waiting(look), known)
    bills = agreement.percents(facts.waiting(look), known, purchase=True)
    button = (say("Compare"), "percents.compare")
    missing = [views.missing(say, sales), views.missing(say, bills, purchase=True)]
    if told := "\n".join(text for text in missing if text):
        mend = say("Have them taken into use in Procountor: {menu}.", menu=menu_paths.percents(say))
        return Step("percents", title, Mark.WRONG, told, f"{mend} {facts.again(look)}", *button)
    if not any(one.enabled for one in sales):
        told = say("No VAT percentage is in use for sales in Procountor.")
        mend = say("Have them taken into use in Procountor: {menu}.", menu=menu_paths.percents(say))
        return Step("percents", title, Mark.WRONG, told, f"{mend} {facts.again(look)}", *button)
    return Step("percents", title, Mark.OK, views.in_use(say, sales), "", *button)


@on.click("percents.compare", right=Right.ADMIN, now=True)
def compare(here: Here) -> None:
    """Opens both columns side by side."""
    pressed(here, "percents.compare")
    look = Look(here.desk, here.company, here.say)
    known = facts.registers(look)
    if known is None:
        return here.whisper(notices.plain(here.say("The registers have not been fetched from Procountor yet.")))
    sales = agreement.percents(facts.waiting(look), known)
    bills = agreement.percents(facts.waiting(look), known, purchase=True)
    here.chat.open(here.said, views.columns(here.say, sales, bills))
    return None


@on.step("work types", place=60)
def work_types(look: Look) -> Step:
    """Every work type of waiting invoices has a product that is in use."""
    say, title = look.say, look.say("Work types")
    known = facts.registers(look)
    if known is None:
        return facts.unfetched(look, "work types", title)
    found = agreement.work_types(facts.waiting(look), known)
    button = (say("Map work types"), "settings.part")
    unsettled = [one for one in found if not one.settled]
    used = [one for one in unsettled if one.documents]
    if used:
        told = views.unmapped(say, used)
        return Step("work types", title, Mark.TODO, told, say("Choose a product for each."), *button)
    if unsettled:
        told = views.closed_products(say, unsettled)
        return Step("work types", title, Mark.OPEN, told, say("Choose a product for each."), *button)
    if found:
        told = say.n("{n} work type has its product", "{n} work types have their products", len(found))
        return Step("work types", title, Mark.OK, told)
    return Step("work types", title, Mark.OK, say("No waiting invoice has any; new ones are asked for when they come."))
