"""What can go wrong between us and Procountor, as a closed family split by what we then know.

ProcountorError
├── NotSent             no byte of the request was written: it may be made again
├── Unsure              it left, and no clear answer came: after a write, look before doing anything
├── Refused             a clear no, with its problems
│   ├── Unauthorized    401, or no token for this API key
│   │   └── NotAllowed      no token, because the company does not allow chargeable interfaces
│   ├── Forbidden       403: a right is missing, or the document's status or period does not allow it
│   ├── NotFound        404 to a read: not there, or not visible to this user
│   ├── Busy            429 to a read, after waiting as asked
│   └── Unsendable      we said no ourselves, before anything left
│       └── NotEncodable    characters outside Windows-1252
└── Broken              a read was answered with something that cannot be understood
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of a refusal. ``code`` is Procountor's own when it gives one, else one of ours (``HTTP_403``…).

    ``field`` is Procountor's dotted path ("invoiceRows[3].vatStatus"), empty when the problem has no place.
    ``status`` is the HTTP status, 0 when we refused ourselves. ``message`` is foreign text, cut but not cleaned.
    """

    code: str
    field: str = ""
    status: int = 0
    message: str = ""


class ProcountorError(Exception):
    """Anything that kept a conversation with Procountor from ending well."""


class NotSent(ProcountorError):
    """No byte was written: no address, no connection, no TLS, no permission in time, no token to be had."""


class Unsure(ProcountorError):
    """Silence, a cut connection, any 5xx, HTML, an unreadable answer; after a write 404, 408 and 429 too."""


class Broken(ProcountorError):
    """The answer to a read cannot be understood."""


class Refused(ProcountorError):
    """Procountor answered, and the answer was no: nothing was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(", ".join(f"{p.code} ({p.field})" if p.field else p.code for p in self.problems))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order given, each once."""
        return tuple(dict.fromkeys(problem.code for problem in self.problems))


class Unauthorized(Refused):
    """The API key yields no token, or the token is not accepted even after renewal."""


class NotAllowed(Unauthorized):
    """The company has not switched on the use of chargeable interfaces: no key of it yields a token (rule R09)."""


class Forbidden(Refused):
    """A right is missing, or the status or the period does not allow it; re-read to tell which."""


class NotFound(Refused):
    """Not there, or not visible to this user."""


class Busy(Refused):
    """Too many requests, still after waiting."""


class Unsendable(Refused, ValueError):
    """The document cannot be written in Procountor's terms; nothing was sent."""


class NotEncodable(Unsendable):
    """Text with characters outside Windows-1252; ``problems`` name the fields and the characters."""
