"""What a person chooses for himself: language, notices, quiet hours; and what Kierto knows of him."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finance import hours
from finance.authority import Right
from handlers import giving, key_owner, rights
from handlers.buttons import handle_for, subject_of
from handlers.chat import Answer, Block
from handlers.desk import Desk, Here
from handlers.readers import tongue
from handlers.routing import Router, routes
from handlers.said import Said
from handlers.views import me as views
from handlers.views import notices, rights_words
from handlers.views.me import AUTO, Buttons, Choices, Known
from handlers.views.tongue import Tongue
from storage import companies, members, own_keys

on = Router()

_LANGUAGES = {
    **dict.fromkeys(("fi", "suomi", "finnish", "finska"), "fi"),
    **dict.fromkeys(("sv", "svenska", "ruotsi", "swedish"), "sv"),
    **dict.fromkeys(("en", "english", "englanti", "engelska"), "en"),
    **dict.fromkeys((AUTO, "slack"), ""),
}
_NOTIFY = {
    **dict.fromkeys(("digest", "kooste", "sammandrag"), "digest"),
    **dict.fromkeys(("instant", "heti", "genast"), "instant"),
    **dict.fromkeys(("off", "pois", "av"), "off"),
}
_NONE = ("off", "pois", "av")


@on.command("language", usage="[fi | sv | en | auto]", help="The language Kierto speaks to you", unconnected=True)
def language(here: Here) -> None:
    """Shows or sets it."""
    _typed(here, "language", _LANGUAGES.get)


@on.command(
    "notify", usage="[digest | instant | off]", help="How you hear of things: together, at once, not", unconnected=True
)
def notify(here: Here) -> None:
    """Shows or sets it."""
    _typed(here, "notify", _NOTIFY.get)


@on.command("quiet", usage="[18:00-07:30 | off]", help="Hours in which you hear nothing", unconnected=True)
def quiet(here: Here) -> None:
    """Shows or sets them."""

    def read(typed: str) -> str | None:
        found = hours.quiet(typed)
        return "" if typed in _NONE else str(found) if found else None

    _typed(here, "quiet", read)


@on.command("hour", usage="[08:30]", help="When the notices of the day come", unconnected=True)
def hour(here: Here) -> None:
    """Shows or sets it."""
    at = hours.clock(here.said.text)
    if at is not None and not hours.plannable(at):
        return here.whisper(views.misread(here.say, "changing", ""))

    def read(_: str) -> str | None:
        return f"{at:%H:%M}" if at else None

    return _typed(here, "hour", read)


def _typed(here: Here, name: str, read: Callable[[str], str | None]) -> None:
    """Shows a setting, or sets it to what was typed and answers in the language that holds from now on."""
    typed = here.said.text.strip().casefold()
    if not typed:
        return here.whisper(views.now(here.say, chosen(here), name, handle_for(here, "me.open", here.said.user)))
    value = read(typed)
    if value is None:
        return here.whisper(views.misread(here.say, name, here.said.text))
    after = _keep(here, {name: value})
    clash = _clash(here, after) if name in ("hour", "quiet") else ""
    return here.whisper(views.changed(_say(here), after, name, clash))


def _keep(here: Here, values: Mapping[str, str]) -> Choices:
    said, now = here.said, here.desk.clock()
    with here.desk.store.write() as tx:
        members.choose(tx, said.team, said.user, **values)
        args = [here.company.id, said.team, said.user]
        here.desk.work.soon(tx, "tell", "me.home", f"{said.user}:{now:%Y%m%d%H%M%S%f}", here.company.id, args)
    return chosen(here)


def chosen(here: Here) -> Choices:
    """What the person has chosen, as it now is."""
    with here.desk.store.read() as tx:
        one = members.get(tx, here.said.team, here.said.user)
    return Choices(one.language, one.notify, one.quiet, one.hour or here.company.choices.reminder_hour)


def _say(here: Here) -> Tongue:
    """The person's language as it now is."""
    with here.desk.store.read() as tx:
        return tongue(members.get(tx, here.said.team, here.said.user), here.profile)


def _clash(here: Here, after: Choices) -> str:
    at, span = hours.clock(after.hour), hours.quiet(after.quiet)
    return views.within_quiet(_say(here), after.quiet) if at and span and span.holds(at) else ""


@on.click("me.open", now=True, unconnected=True)
def open_form(here: Here) -> None:
    """Everything in one form."""
    meta = handle_for(here, "me.save", here.said.user)
    here.chat.open(here.said, views.form(here.say, chosen(here), meta))


@on.form("me.save", unconnected=True)
def save(here: Here) -> Answer:
    """Keeps what was filled in; the form answers in the language that was chosen."""
    if subject_of(here, here.said.meta, "me.save") != here.said.user:
        return Answer(update=notices.closing(here.say, here.say("This form is no longer in use."), "me.gone"))
    filled = here.said.values
    errors = _wrong(here, filled)
    if errors:
        return Answer(errors=errors)
    start, end = filled.get("quiet_from", ""), filled.get("quiet_to", "")
    values = {
        "language": _LANGUAGES[filled["language"]],
        "notify": _NOTIFY[filled["notify"]],
        "hour": filled["hour"],
        "quiet": f"{start}-{end}" if start else "",
    }
    return Answer(update=views.saved(_say_after(here, values), chosen(here), here.said.meta))


def _say_after(here: Here, values: Mapping[str, str]) -> Tongue:
    _keep(here, values)
    return _say(here)


def _wrong(here: Here, filled: Mapping[str, str]) -> dict[str, str]:
    """What does not fit, by field. Slack's own form lets most of it not happen; a forged one does."""
    start, end = filled.get("quiet_from", ""), filled.get("quiet_to", "")
    at = hours.clock(filled.get("hour", ""))
    checks = [
        ("language", "language", filled.get("language", "") not in _LANGUAGES),
        ("notify", "notify", filled.get("notify", "") not in _NOTIFY),
        ("hour", "hour", at is None or len(filled["hour"]) != 5),
        ("hour", "changing", at is not None and not hours.plannable(at)),
        ("quiet_to", "half", bool(start) != bool(end)),
        ("quiet_to", "same", bool(start) and start == end),
        ("quiet_to", "quiet", bool(start and end) and str(hours.quiet(f"{start}-{end}")) != f"{start}-{end}"),
    ]
    wrong = [(field, views.unfit(here.say, why, filled.get(field, ""))) for field, why, holds in checks if holds]
    return dict(reversed(wrong))


@on.task("me.home", lane="tell")
def home(desk: Desk, company_id: str, team: str, user: str) -> None:
    """Draws the person's Home tab in the language that holds now."""
    here = rights.here(desk, Said("home", "home", team, user))
    route = routes().get("home", "home")
    if here is not None and route is not None and rights.refusal(here, route) is None:
        route.run(here)


@on.section("me", place=90, unconnected=True)
def section(here: Here) -> list[Block]:
    """What Kierto knows of the reader and what he has chosen."""
    company, said = here.company, here.said
    with here.desk.store.read() as tx:
        own = own_keys.get(tx, company.id, said.team, said.user)
    masked = key_owner.masked(here.holder.user_id)
    known = Known(masked, "key", own.user_name, own.kept_at) if own else Known(masked, "said" if masked else "")
    connected = company.state != companies.NEW
    buttons = Buttons(
        open=handle_for(here, "me.open", said.user),
        connect=handle_for(here, "own.connect", said.user) if connected and not own else "",
        disconnect=handle_for(here, "own.disconnect", said.user) if own else "",
        rights=handle_for(here, "rights.open", "list") if connected and here.may(Right.ADMIN).allowed else "",
    )
    given = {grant.right: grant.limits for grant in here.holder.grants}
    waits = giving.waits(here.holder, here.desk.clock(), alone=company.choices.one_person)
    words = rights_words.worded(here.say, given)
    return views.section(here.say, chosen(here), known, words, rights_words.fresh(here.say, waits), buttons)
