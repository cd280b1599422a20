"""One request as the route functions see it: who asks, for which company, with what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.procountor import checks, shapes
from sandbox.procountor.wire import Answer, Doc, Refused, Violation, loads, not_found, refuse

if TYPE_CHECKING:
    from sandbox.procountor.world import Company, World

Handler = Callable[["Call"], Answer]
Routes = tuple[tuple[str, str, Handler], ...]


@dataclass(slots=True)
class Call:
    """A request after routing and authentication. Route functions validate first and change afterwards."""

    world: World
    company: Company
    user: Doc
    key_name: str
    route: str
    params: Mapping[str, str]
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    changes: list[tuple[int | str | None, str]] = field(default_factory=list)

    @property
    def now(self) -> str:
        return self.world.now()

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    def register(self, name: str) -> dict[int, Doc]:
        return self.company.registers[name]

    def model(self, model: str, *, partial: bool = False) -> tuple[Doc, list[Violation]]:
        """The body against its model: the document and what is wrong with it so far. Raises Refused."""
        if self.content_type.split(";")[0].strip().lower() != "application/json":
            raise refuse(f"Content type '{self.content_type}' is not supported.", status=415)
        doc = loads(self.body)
        found = shapes.check(model, doc, partial=partial)
        self.world.journal.unknown_members.update(f"{model}.{path}" for path in found.unknown)
        clean: Doc = without_nulls(doc)
        return clean, found.violations + list(checks.outside_windows_1252(clean))

    def valid(self, model: str, *, partial: bool = False) -> Doc:
        """As `model`, refusing the request when anything is wrong."""
        doc, violations = self.model(model, partial=partial)
        stop_if(violations)
        return doc

    def id(self, name: str) -> int:
        """A path parameter as a number; anything else cannot be found."""
        text = self.params[name]
        if not (text.isascii() and text.isdigit()):
            raise not_found("Resource")
        return int(text)

    def changed(self, ident: int | str | None, summary: str) -> None:
        """Notes an accepted change for the ledger."""
        self.changes.append((ident, summary))

    def one(self, name: str) -> str | None:
        """The last value of a query parameter."""
        values = self.query.get(name)
        return values[-1] if values else None

    def many(self, name: str) -> list[str]:
        """A list parameter in either style: `a=1,2` or `a=1&a=2`."""
        return [part for value in self.query.get(name, []) for part in value.split(",") if part]

    def integer(self, name: str) -> int | None:
        """A numeric query parameter. Raises Refused (400) when it is none."""
        text = self.one(name)
        if text is None or text == "":
            return None
        if not text.lstrip("-").isdecimal():
            raise invalid(name)
        return int(text)

    def integers(self, name: str, most: int = 200) -> list[int]:
        """A list of ids. Raises Refused (400) for other text and for more than `most`."""
        parts = self.many(name)
        if any(not part.isdecimal() for part in parts):
            raise invalid(name)
        if len(parts) > most:
            raise refuse(f"Maximum number of values for '{name}' is {most}.")
        return [int(part) for part in parts]

    def boolean(self, name: str) -> bool | None:
        text = self.one(name)
        if text is None:
            return None
        if text.lower() not in {"true", "false"}:
            raise invalid(name)
        return text.lower() == "true"

    def date(self, name: str) -> str | None:
        text = self.one(name)
        if text and not shapes.is_date(text):
            raise invalid(name)
        return text or None

    def moment(self, name: str) -> str | None:
        """A date-time as ISO text, which compares like its time. Raises Refused (400) for zone or fraction."""
        text = self.one(name)
        if not text:
            return None
        if not shapes.is_date_time(text):
            raise invalid(name)
        return text


def without_nulls(value: Any) -> Any:
    """A null member means the same as none."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def invalid(name: str) -> Refused:
    return refuse(f"Value of the '{name}' field is invalid: ")


def stop_if(violations: list[Violation]) -> None:
    """Refuses the request (400) with everything that was found."""
    if violations:
        raise Refused(400, violations)


def check_version(call: Call, sent: object, stored: Doc) -> None:
    """Optimistic locking: missing or older version is a 400 (rule R04)."""
    if sent is None:
        raise Refused(400, [shapes.blank("version")])
    if sent != stored["version"]:
        raise refuse("The object has been modified after it was read. Read it again.", path="version")
