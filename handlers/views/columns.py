"""The form in which a person says which column of a file is which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.chat import Modal
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

NONE = "-"  # the choice that leaves a field without a column
MOST = 99  # headers offered: a select holds a hundred choices


@dataclass(frozen=True, slots=True)
class Unmapped:
    """What a file lacks: fields by their own names, and the headers that could be meant, the likeliest first."""

    fields: tuple[str, ...]
    headers: tuple[str, ...]


def form(say: Tongue, wanted: Unmapped, titles: Mapping[str, str], meta: str) -> Modal:
    """A select for each field; ``titles`` are the fields as the reader calls them. A choice is a header's place."""
    offered = [(NONE, "–"), *((str(place), header) for place, header in enumerate(wanted.headers[:MOST]))]
    told = [
        b.section(
            say(
                "These are needed and were not found in the file. "
                "What you choose is kept for your company’s next files too."
            )
        )
    ]
    for field in wanted.fields:
        chooser = b.select(field, say("Choose a column"), offered)
        told.append(b.field(field, titles.get(field, field), chooser, optional=True))
    title = say("Which column is which?")
    return Modal(title, tuple(told), "columns.keep", say("Close"), say("Read it again"), meta)
