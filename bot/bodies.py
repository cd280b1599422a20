"""A request's bytes in and an answer's out, as the server hands them over: no more is built than is needed to judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from slack_bolt import BoltResponse
from starlette.types import Receive

from bot.vitals import HEADERS

Headers = Iterable[tuple[bytes, bytes]]


class CutShort(Exception):
    """The sender hung up before the body was whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given back; ``own`` headers come before those that every answer has."""

    status: int
    body: bytes = b""
    own: tuple[tuple[bytes, bytes], ...] = ()

    @classmethod
    def of(cls, heard: BoltResponse) -> Answer:
        """What Bolt answers."""
        named = heard.first_headers().items()
        own = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in named)
        return cls(heard.status, heard.body.encode(), own)

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        return [(b"content-length", str(len(self.body)).encode()), *self.own, *HEADERS]


def sent(headers: Headers, name: bytes) -> list[bytes]:
    """A header's values, as often as it was sent."""
    return [value for header, value in headers if header == name]


async def body_of(headers: Headers, receive: Receive, most: int) -> bytes | None:
    """The body; None as soon as it is known to be larger than ``most``. Raises CutShort."""
    announced = (sent(headers, b"content-length") or [b"0"])[0]
    if announced.isdigit() and len(announced) < 20 and int(announced) > most:
        return None
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CutShort
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)
