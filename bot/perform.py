"""What a worker does with one piece of work: a thing said, or a task of a journey; and with one that never succeeds."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot import incident, later
from bot.payloads import COMMAND, HELP, UNKNOWN
from finance.assent import is_assent
from finance.canonical import load
from handlers import buttons, readers, rights, threads
from handlers.chat import ChatGone, ChatTrouble, Picture
from handlers.desk import Desk, Here
from handlers.routing import Route, Table
from handlers.said import Said
from handlers.views import notices
from handlers.views.tongue import Tongue
from procountor.turns import overtaking
from storage import audit, companies, inbox, members

log = logging.getLogger(__name__)

HEAR = "hear"
APPROVALS = "approvals"  # the lane of people's decisions, which overtake batches on their way to Procountor, too


def perform(desk: Desk, table: Table, task: str, args: Sequence[str]) -> None:
    """Does one piece of work. Whatever it raises, the engine tries again. Raises LookupError for an unknown task.

    In a workspace that has removed the bot there is nobody to speak to: what wanted to speak there ends quietly.
    """
    if task == HEAR:
        _hear(desk, table, args[0])
        return
    route = table.get("task", task)
    if route is None:
        raise LookupError(f"there is no task {task}")
    try:
        with overtaking(route.lane == APPROVALS):
            route.run(desk, *args)
    except ChatGone:
        log.info("task %s has nobody to speak to: the workspace has removed the bot", task)


def bury(desk: Desk, table: Table, task: str, args: Sequence[str], failed: Exception) -> None:
    """After the last attempt: a row in the trail, and the truth to the one who asked or, for tasks, to the admins.

    What only Slack keeps from being said is not given up yet.
    """
    if later.put_off(desk, table, _company(desk, args), task, args, failed):
        return
    number = incident.note(log, f"task {task} is given up", failed)
    if task == HEAR:
        _bury_said(desk, args[0], number, failed)
        return
    company = _company(desk, args)
    _note(desk, company, " ".join((task, *args)), number, failed)
    straight = table.get("buried", task)
    if straight is not None and not (straight.at_fault and later.passing(failed)):
        straight.run(desk, *args)
    # One line an hour: when Procountor is away a whole batch may end here.
    if company and inbox.first(desk.store, f"buried:{company}:{task}:{desk.clock():%Y%m%d%H}", desk.clock()):
        _tell_admins(desk, company, task, number)


def _hear(desk: Desk, table: Table, key: str) -> None:
    with desk.store.read() as tx:
        told, done = inbox.take(tx, key)
    if done:
        return
    try:
        _answer(desk, table, load(Said, told))
    except ChatGone:
        log.info("something was said in a workspace that has removed the bot since")
    with desk.store.write() as tx:
        inbox.done(tx, key, desk.clock())


def _answer(desk: Desk, table: Table, said: Said) -> None:
    here = rights.here(desk, said)
    if here is not None:
        _act(here, table)
        return
    with desk.store.read() as tx:
        picture, member = rights.nowhere(tx, said), members.get(tx, said.team, said.user)
    chat = desk.chats(said.team)
    chat.whisper(said, picture(readers.tongue(member, chat.profile(said.user))))


def _act(here: Here, table: Table) -> None:
    route = _thread(here, table) or table.get(here.said.kind, here.said.route)
    if route is None:
        here.whisper(notices.gone(here.say))
        return
    refused = rights.refusal(here, route)
    if refused is not None:
        incident.refused(log, route.name, here.who)
        here.whisper(refused)
    elif route.now:  # written to the bot as a message, which opens no form
        here.whisper(_type_it(here.say, f"{COMMAND} {route.name}"))
    else:
        with overtaking():  # somebody waits for the answer
            buttons.done(route.run, here)


def _thread(here: Here, table: Table) -> Route | None:
    """What answers to words in a thread; None where nothing does, and they are taken as everywhere."""
    topic = threads.topic(here)
    route = table.get("reply", topic.partition(":")[0]) if topic else None
    if route is None or not route.commands:
        return route
    unknown = here.said.route == HELP and here.said.text.startswith(UNKNOWN)
    return route if here.said.kind == "command" and (unknown or is_assent(here.said.words)) else None


def _type_it(say: Tongue, command: str) -> Picture:
    return notices.plain(say("Type `{command}` for this: Slack opens a form only for a command.", command=command))


def _bury_said(desk: Desk, key: str, number: str, failed: Exception) -> None:
    with desk.store.read() as tx:
        said = load(Said, inbox.take(tx, key)[0])
        company = rights.meant(tx, desk, said) or ""
    _note(desk, company, f"{said.kind} {said.route}", number, failed, f"{said.team}/{said.user}")
    with desk.store.write() as tx:
        inbox.done(tx, key, desk.clock())
    try:
        here = rights.here(desk, said)
        if here:
            here.whisper(_given_up(here.say, number))
    except (ChatTrouble, LookupError) as silent:
        incident.note(log, f"telling of incident {number}", silent)


def _given_up(say: Tongue, number: str) -> Picture:
    return notices.plain(
        say(
            "I tried several times and could not finish what you asked for. Look at what has been done before you "
            "ask again. Incident number: {id}",
            id=number,
        )
    )


def _company(desk: Desk, args: Sequence[str]) -> str:
    """The company among the ids that a task was given; empty when none is."""
    with desk.store.read() as tx:
        for arg in args:
            try:
                return companies.get(tx, arg).id
            except LookupError:
                continue
    return ""


def _note(desk: Desk, company: str, subject: str, number: str, failed: Exception, who: str = "kierto") -> None:
    kind = type(failed).__name__
    with desk.store.write() as tx:
        audit.note(tx, company, who, "given up", subject[:200], desk.clock(), incident=number, error=kind)


def _tell_admins(desk: Desk, company: str, task: str, number: str) -> None:
    """One who cannot be reached keeps nobody else from hearing it: nothing tries this again."""
    for team, user in readers.admins(desk, company):
        try:
            readers.tell_one(desk, company, team, user, lambda say: _set_aside(say, task, number))
        except ChatTrouble as silent:
            incident.note(log, f"telling an admin of incident {number}", silent)


def _set_aside(say: Tongue, task: str, number: str) -> Picture:
    return notices.plain(
        say(
            "A piece of work ({task}) failed several times and was set aside; it is not tried again by itself. "
            "Incident number: {id}",
            task=task,
            id=number,
        )
    )
