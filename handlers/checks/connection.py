"""Steps of the setup: the app, the API key, the interfaces and the rights it needs in Procountor."""

from __future__ import annotations

from handlers.checks import facts
from handlers.probing import Outcome
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import keys, menu_paths
from handlers.views.blocks import safe
from handlers.views.steps import Mark, Step
from procountor import rights
from storage import companies, workspaces
from storage.workspaces import INSTALLED

on = Router()


@on.step("installed", place=10, unconnected=True)
def installed(look: Look) -> Step:
    """The app is in the company's workspace."""
    say, title = look.say, look.say("The app in Slack")
    with look.desk.store.read() as tx:
        there = workspaces.get(tx, look.company.team) if look.company.team else None
    if there is not None and there.state == INSTALLED:
        return Step("installed", title, Mark.OK, say("Installed in {workspace}", workspace=safe(there.name)))
    told = say("The company has no Slack workspace.")
    todo = say("Whoever runs Kierto installs the app to the workspace and sets its token; then start `kierto run`.")
    return Step("installed", title, Mark.WRONG, told, todo)


@on.step("key", place=20, unconnected=True)
def key(look: Look) -> Step:
    """An API key of the company's, which Procountor accepts."""
    say, company, title = look.say, look.company, look.say("API key")
    if company.state == companies.NEW:
        told, todo = say("No key has been given yet."), keys.how_short(say)
        return Step("key", title, Mark.TODO, told, todo, say("Enter the API key"), "key.ask")
    whose = f"{safe(company.name)} ({safe(company.business_id)})" if company.business_id else safe(company.name)
    probe = facts.probe(look)
    outcome = probe.outcome if probe else None
    label, action = say("Enter a new API key"), "key.ask"
    if outcome is Outcome.NOT_ALLOWED:
        told = say("It opens {company}, but cannot be used before the next step is in order.", company=whose)
        return Step("key", title, Mark.OPEN, told)
    if outcome is Outcome.SILENT:
        told = say("Procountor did not answer when it was last asked.")
        todo = say("Nothing is lost. Wait a moment, then press *Look again*.")
        return Step("key", title, Mark.WRONG, told, todo, say("Look again"), "setup.look")
    if outcome is Outcome.REFUSED or company.state == companies.PAUSED:
        told = say("Procountor no longer accepts the key of {company}. Sending waits; nothing is lost.", company=whose)
        return Step("key", title, Mark.WRONG, told, keys.how_short(say), label, action)
    if probe is None:
        told = say("Procountor has not been asked yet.")
        return Step("key", title, Mark.OPEN, told, "", say("Look again"), "setup.look")
    told = say("It opens {company}, as the user {user}", company=whose, user=safe(probe.user) or say("not told"))
    return Step("key", title, Mark.OK, told, "", label, action)


@on.step("interfaces", place=22, unconnected=True)
def interfaces(look: Look) -> Step:
    """The company allows chargeable interfaces (R09)."""
    say, title = look.say, look.say("Chargeable interfaces")
    probe = facts.probe(look)
    path = menu_paths.interfaces(say)
    if probe is not None and probe.outcome is Outcome.NOT_ALLOWED:
        told = say("The company does not allow them, so no API key works.")
        todo = f"{say('The main user allows them in Procountor: {menu}.', menu=path)} {facts.again(look)}"
        return Step("interfaces", title, Mark.WRONG, told, todo, say("Look again"), "setup.look")
    if probe is not None and probe.outcome is Outcome.OK:
        return Step("interfaces", title, Mark.OK, say("Allowed"))
    todo = say("Before a key works, the main user allows them in Procountor: {menu}.", menu=path)
    return Step("interfaces", title, Mark.OPEN, say("Seen when the key is tried."), todo)


@on.step("key rights", place=25)
def key_rights(look: Look) -> Step:
    """The key's user may do what the bot needs (R07, R08)."""
    say, title, probe = look.say, look.say("Rights of the key’s user"), facts.probe(look)
    if probe is None or not probe.user:
        return Step("key rights", title, Mark.OPEN, say("Seen when the key is tried."))
    where = say("The main user gives them in Procountor: {menu}.", menu=menu_paths.users(say))
    user = safe(probe.user)
    if now := probe.lacks("reference", "sales"):
        told = f"{say('The user {user} lacks what sending invoices needs:', user=user)}\n{_listed(look, now)}"
        todo = f"{where} {facts.again(look)}"
        return Step("key rights", title, Mark.WRONG, told, todo, say("Look again"), "setup.look")
    told = say("{user} has what sending invoices needs", user=user)
    if probe.role.casefold() in ("main user", "pääkäyttäjä", "huvudanvändare"):
        told += f". {say('This is a main user’s key: one of a user made for Kierto alone is safer.')}"
    if later := probe.lacks(*rights.NEEDED):
        todo = f"{say('Bills and claims will need these too:')}\n{_listed(look, later)}\n{where}"
        return Step("key rights", title, Mark.OPEN, told, todo)
    return Step("key rights", title, Mark.OK, told)


def _listed(look: Look, paths: tuple[str, ...]) -> str:
    return "\n".join(f"• {keys.right_of_key(look.say, path, rights.least(path))}" for path in paths)
