"""What a change of rights came to: to the one who made it, to the one it is about, to the other admins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from finance.authority import Right
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.notices import person, right_name
from handlers.views.rights_words import LIMITED, Given, fresh, limits, worded
from handlers.views.tongue import Tongue

SHOWN = 20  # people in one message


@dataclass(frozen=True, slots=True)
class Changed:
    """One person's rights before and after; ``by`` is the giver and ``user`` the person, as Slack users.

    ``confirmed`` are those another human has made usable at once.
    """

    user: str
    by: str
    old: Given
    new: Given
    confirmed: tuple[Right, ...] = ()

    @property
    def touched(self) -> frozenset[Right]:
        """The rights that came, went, have other limits or were confirmed."""
        both = self.old.keys() & self.new.keys()
        limited = {right for right in both if dict(self.old[right]) != dict(self.new[right])}
        return frozenset(self.old.keys() ^ self.new.keys() | limited | set(self.confirmed))


def told(say: Tongue, changed: Changed) -> list[str]:
    """What has come, gone and changed, a line for each."""
    new = {right: most for right, most in changed.new.items() if right not in changed.old}
    gone = [right_name(say, right) for right in Right if right in changed.old and right not in changed.new]
    lines = [say("New: {rights}", rights=worded(say, new))] if new else []
    for right in LIMITED:
        if right in changed.touched and right in changed.old and right in changed.new and right not in new:
            before, after = limits(say, changed.old[right]), limits(say, changed.new[right])
            if before != after:
                lines.append(f"{right_name(say, right)}: {before} → {after}")
    if gone:
        lines.append(say("Taken away: {rights}", rights=", ".join(gone)))
    if changed.confirmed:
        names = ", ".join(right_name(say, right) for right in changed.confirmed)
        lines.append(say("Confirmed, usable at once: {rights}", rights=names))
    return [f"• {line}" for line in lines]


def kept(say: Tongue, changed: Changed, waits: Mapping[Right, datetime]) -> str:
    """For the one who has just pressed Save; ``waits`` are those that cannot be used yet."""
    if not changed.touched:
        return say("Nothing was changed.")
    head = say("Saved: the rights of {person}", person=person(say, changed.user))
    return "\n".join([f":white_check_mark: {head}", *told(say, changed), *fresh(say, waits)])


def to_person(say: Tongue, company: str, changed: Changed, waits: Mapping[Right, datetime]) -> Picture:
    """For the person whose rights they are, with what he has now."""
    head = say("Your rights in {company} have changed.", company=b.safe(company))
    now = worded(say, changed.new)
    lines = [f"*{head}*", *told(say, changed), *fresh(say, waits)]
    lines.append(say("You now have: {rights}", rights=now) if now else say("You now have no rights in Kierto."))
    lines.append(say("Changed by {who}.", who=person(say, changed.by)))
    return Picture(head, tuple(b.paragraphs(lines)))


def to_admin(say: Tongue, company: str, changes: Sequence[Changed]) -> Picture:
    """For the other admins: who may sign, or manage rights, has changed."""
    head = say("Who may sign in {company} has changed.", company=b.safe(company))
    lines = [f":warning: *{head}*", say("Changed by {who}.", who=person(say, changes[0].by))]
    for changed in changes[:SHOWN]:
        lines += [f"*{person(say, changed.user)}*", *told(say, changed)]
    if len(changes) > SHOWN:
        lines.append(say("{n} more after these.", n=len(changes) - SHOWN))
    lines.append(say("If this is not right, put it right with `/procountor rights`."))
    return Picture(head, tuple(b.paragraphs(lines)))


def last_admin(say: Tongue) -> str:
    """Why the right to the settings is not taken from the only one who can use it."""
    return say(
        "This is the last admin who can use the right: without one nobody could give rights any more. "
        "Make somebody else an admin first."
    )


def not_trusted(say: Tongue) -> str:
    """Why somebody cannot be given anything."""
    return say("Guests, bots, people of other workspaces and those who have left cannot be given rights.")


def alone(say: Tongue, company: str, user: str, right: Right, about: str) -> Picture:
    """A signature that only the exception of a one-person company allowed; ``about`` is foreign text."""
    text = say(
        "Exception of a one-person company, {company}: {who} used the right “{right}” alone on {about}. "
        "It stands in the trail.",
        company=b.safe(company),
        who=person(say, user),
        right=right_name(say, right),
        about=b.safe(about, 80),
    )
    return Picture(text, (b.section(f":information_source: {text}"),))
