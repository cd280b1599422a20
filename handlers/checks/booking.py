"""Steps of the setup about booking: ledger accounts, cost centres, products (R14, R15, R16)."""

from __future__ import annotations

from finance.registers import Registers, key
from handlers.checks import facts
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import menu_paths, settings
from handlers.views.blocks import safe
from handlers.views.steps import Mark, Step

on = Router()


@on.step("accounts", place=40)
def accounts(look: Look) -> Step:
    """The account of a sales row that names none, by VAT percentage."""
    say, title = look.say, look.say("Ledger accounts")
    known = facts.registers(look)
    if known is None:
        return facts.unfetched(look, "accounts", title)
    chosen = look.company.choices.default_account
    button = (say("Choose accounts"), "settings.part")
    closed = sorted({code for code in chosen.values() if not _open(known, code)})
    if closed:
        told = say("Not open in Procountor’s chart of accounts: {accounts}", accounts=", ".join(map(safe, closed)))
        return Step("accounts", title, Mark.WRONG, told, say("Choose other accounts."), *button)
    if chosen:
        told = ", ".join(settings.defaults(say, look.company.choices))
        return Step("accounts", title, Mark.OK, told)
    if facts.decided(look, "accounts"):
        told = say("None chosen: every invoice row or product names its account")
        return Step("accounts", title, Mark.OK, told)
    told = say("No account has been chosen for sales rows that name none.")
    todo = say("Choose one for each VAT percentage, or save the form without any.")
    return Step("accounts", title, Mark.TODO, told, todo, *button)


def _open(known: Registers, code: str) -> bool:
    account = known.accounts.get(code)
    return account is not None and account.active


@on.step("cost centres", place=45)
def cost_centres(look: Look) -> Step:
    """The dimension that is meant is there, and so is the default cost centre."""
    say, title = look.say, look.say("Cost centres")
    known = facts.registers(look)
    if known is None:
        return facts.unfetched(look, "cost centres", title)
    choices, button = look.company.choices, (say("Choose"), "settings.part")
    default = choices.default_cost_centre
    if known.cost_centres is None:
        return _no_dimension(look, title, known)
    opened = sum(item.open for item in known.cost_centres.items)
    if default:
        item = known.item(known.cost_centres, default)
        if item is None or not item.open:
            told = say("The default cost centre {code} is not open in Procountor.", code=safe(default))
            return Step("cost centres", title, Mark.WRONG, told, say("Choose another one, or none."), *button)
    if choices.project_dimension and known.projects is None:
        told = say("Procountor has no dimension called {name}.", name=safe(choices.project_dimension))
        return Step("cost centres", title, Mark.WRONG, told, say("Choose the dimension of projects anew."), *button)
    told = say.n(
        "{n} open one in the dimension {name}",
        "{n} open ones in the dimension {name}",
        opened,
        name=safe(known.cost_centres.name),
    )
    extra = (
        say("rows that name none get {code}", code=safe(default)) if default else say("rows that name none get none")
    )
    return Step("cost centres", title, Mark.OK, f"{told}; {extra}")


def _no_dimension(look: Look, title: str, known: Registers) -> Step:
    """The dimension of cost centres is called something else, or there is none at all."""
    say, name = look.say, safe(look.company.choices.cost_centre_dimension)
    if not known.reference.dimensions:
        used = any(i.cost_centre or any(line.cost_centre for line in i.lines) for i in facts.waiting(look))
        told = say("Procountor has no dimensions.")
        if not used:
            return Step("cost centres", title, Mark.OK, told)
        todo = say(
            "Waiting invoices name cost centres: add them in Procountor: {menu}.", menu=menu_paths.dimensions(say)
        )
        return Step(
            "cost centres", title, Mark.WRONG, told, f"{todo} {facts.again(look)}", say("Look again"), "setup.look"
        )
    there = ", ".join(safe(d.name) for d in known.reference.dimensions[:5])
    told = say("Procountor has no dimension called {name}. It has: {names}", name=name, names=there)
    return Step(
        "cost centres", title, Mark.WRONG, told, say("Choose which one is meant."), say("Choose"), "settings.part"
    )


@on.step("products", place=50)
def products(look: Look) -> Step:
    """The product register, and the accounts that hang on it."""
    say, title = look.say, look.say("Products")
    known = facts.registers(look)
    if known is None:
        return facts.unfetched(look, "products", title)
    active = [p for p in known.reference.products if p.active]
    if not active:
        told = say("Procountor’s product register is empty.")
        todo = say(
            "Invoices can go without products; products are added in Procountor: {menu}.", menu=menu_paths.products(say)
        )
        return Step("products", title, Mark.OPEN, told, todo)
    lost = [p for p in active if p.account and not _open(known, p.account)]
    if lost:
        names = ", ".join(safe(p.code or p.name, 40) for p in sorted(lost, key=lambda p: key(p.code))[:5])
        told = say.n(
            "{n} product has an account that is closed: {names}",
            "{n} products have an account that is closed: {names}",
            len(lost),
            names=names,
        )
        todo = say("Correct it in Procountor: {menu}.", menu=menu_paths.products(say))
        return Step("products", title, Mark.OPEN, told, f"{todo} {facts.again(look)}", say("Look again"), "setup.look")
    with_account = sum(bool(p.account) for p in active)
    told = say.n("{n} product in use", "{n} products in use", len(active))
    return Step(
        "products", title, Mark.OK, f"{told}, {say.n('{n} with its account', '{n} with their accounts', with_account)}"
    )
