"""What admins are told while nothing is written to Procountor because an older copy of the memory was put back."""

from __future__ import annotations

from datetime import datetime

from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.notices import plain
from handlers.views.tongue import Tongue


def begun(say: Tongue, company: str, ends: datetime | None, lost: int, handle: str) -> Picture:
    """To each admin, once a day. ``ends`` is the newest thing remembered, ``lost`` the newest row that was written."""
    head = say("Nothing is sent to Procountor for {company}: an older copy of Kierto’s memory was put back.",
               company=b.safe(company))  # fmt: skip
    told = [head]
    if ends is not None:
        told.append(say("What was noted after {moment} is missing from it.", moment=ends))
    if lost:
        told.append(say("The trail had at least {n} rows.", n=str(lost)))
    told.append(
        say(
            "What had been sent is looked for in Procountor and taken as it is. Bring the files of the missing time in "
            "again, look in Procountor at what was done in it, and then let sending go on: nothing is made twice."
        )
    )
    button = b.button(say("Let it go on"), "safe.go_on", handle, style="primary")
    return Picture(head, (b.section(f":warning: *{told[0]}*\n{' '.join(told[1:])}"), b.actions([button])))


def met(say: Tongue, company: str, draft: str, handle: str) -> Picture:
    """The same, because of a ``draft`` (its number) that another installation seems to have made."""
    head = say("Nothing is sent to Procountor for {company}: another Kierto is at work in the same books.",
               company=b.safe(company))  # fmt: skip
    told = say(
        "Within the last hour a draft ({draft}) was made there with this key, and this Kierto knows nothing of it. "
        "Have the other one stopped, or, if an older copy of the memory was put back here, look in Procountor at what "
        "was done; then let sending go on: nothing is made twice.",
        draft=b.safe(draft),
    )
    button = b.button(say("Let it go on"), "safe.go_on", handle, style="primary")
    return Picture(head, (b.section(f":warning: *{head}*\n{told}"), b.actions([button])))


def ended(say: Tongue) -> Picture:
    """To the admin who said so."""
    return plain(say("Sending goes on. Whatever stands in Procountor already is found there and not made again."))


def over(say: Tongue) -> Picture:
    """To one who comes later."""
    return plain(say("Sending goes on already."))
