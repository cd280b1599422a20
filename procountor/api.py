"""One company's conversation: parsed JSON, or a member of the error family. Used by the resource modules only."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import httpx
from httpx_retries import Retry

from procountor import payload
from procountor.answers import PAGE, page, understand, understand_token
from procountor.errors import Broken, NotFound, NotSent, Unsure
from procountor.token import Token

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

Json = Any
Param = str | int | bool | date | Sequence[object] | None


@dataclass(frozen=True, slots=True)
class File:
    """A part of an answer or of a request: its media type and its bytes."""

    type: str
    content: bytes


class Api:
    """Requests with one API key. Threads share it; ``form`` is what the token address wants, key and secret in it.

    ``open_`` is asked before every write: while it says no, nothing that changes anything leaves (NotSent).
    """

    def __init__(
        self,
        http: httpx.Client,
        form: Mapping[str, str],
        retry: Retry,
        token_clock: Any = time.monotonic,
        open_: Callable[[], bool] = lambda: True,
    ):
        self._open = open_
        self._http = http
        self._form = urlencode(form).encode()
        self._token_retry = retry
        self._token = Token(self._ask_token, token_clock)

    def get(self, path: str, **params: Param) -> Json:
        """Reads. Raises Refused and its kinds, Unsure for a 5xx or silence, Broken for an unreadable answer."""
        return self._read(path, params)

    def file(self, path: str, **params: Param) -> File:
        """Reads something that is not JSON. Raises as ``get``."""
        answer = self._call("GET", path, params, {"Accept": "*/*"}, None, write=False, leave_within=None)
        if answer.status_code != 200:
            understand(answer.status_code, answer.content, write=False)
            raise Broken(f"answer {answer.status_code} to a download")
        return File(answer.headers.get("content-type", ""), answer.content)

    def pages(self, path: str, **params: Param) -> Iterator[dict[str, Json]]:
        """Every entry of a list by rising id (key mode: entries made meanwhile do not shift the pages)."""
        previous: int | None = None
        while True:
            key: dict[str, Param] = {"previousId": previous, "orderById": "ASC", "size": PAGE}
            found = self._read(path, {**params, **key})
            entries, size = page(found)
            for entry in entries:
                if not isinstance(entry.get("id"), int) or (previous is not None and entry["id"] <= previous):
                    raise Broken(f"{path} does not list by rising id")
                previous = entry["id"]
                yield entry
            if len(entries) < size:
                return

    def numbered_pages(self, path: str, **params: Param) -> Iterator[dict[str, Json]]:
        """Every entry of a list that has page numbers only; each id once, though pages may shift meanwhile."""
        seen: set[object] = set()
        for number in itertools.count():
            key: dict[str, Param] = {"page": number, "orderById": "ASC", "size": PAGE}
            entries, size = page(self._read(path, {**params, **key}))
            fresh = [entry for entry in entries if entry.get("id") not in seen]
            seen.update(entry.get("id") for entry in fresh)
            yield from fresh
            if len(entries) < size or not fresh:
                return

    def batch(self, path: str, ids: Iterable[int]) -> list[dict[str, Json]]:
        """The entries with these ids by rising id, 200 a request; unknown ids are left out."""
        wanted = sorted(set(ids))
        return [
            entry for start in range(0, len(wanted), PAGE) for entry in self._some(path, wanted[start : start + PAGE])
        ]

    def _some(self, path: str, ids: Sequence[int]) -> list[dict[str, Json]]:
        try:
            found = self.get(f"{path}/{','.join(map(str, ids))}")
        except NotFound:
            return []
        entries = found if isinstance(found, list) else [found]
        if not all(isinstance(entry, dict) for entry in entries):
            raise Broken(f"{path} did not answer with objects")
        return entries

    def post(self, path: str, body: object, *, leave_within: float | None = None, **params: Param) -> Json:
        """Creates; never repeated. Raises Unsure when it cannot be known whether it happened."""
        return self._write("POST", path, body, leave_within, params)

    def put(self, path: str, body: object = None, *, leave_within: float | None = None, **params: Param) -> Json:
        """Replaces or acts; never repeated. Raises as ``post``."""
        return self._write("PUT", path, body, leave_within, params)

    def patch(self, path: str, body: object, **params: Param) -> Json:
        """Changes in part; never repeated. Raises as ``post``."""
        return self._write("PATCH", path, body, None, params)

    def delete(self, path: str) -> Json:
        """Removes; never repeated. Raises as ``post``."""
        return self._write("DELETE", path, None, None, {})

    def upload(
        self, path: str, meta: Mapping[str, object], name: str, file: File, *, leave_within: float | None = None
    ) -> Json:
        """Sends ``meta`` as JSON and a file beside it, each a part of its own. Raises as ``post``."""
        parts = [
            ("meta", (None, payload.encode(meta), "application/json")),
            ("file", (name, file.content, file.type)),
        ]
        encoded = httpx.Request("POST", "http://parts/", files=parts)
        answer = self._call(
            "POST", path, {}, {"Content-Type": encoded.headers["content-type"]}, encoded.read(), write=True,
            leave_within=leave_within,
        )  # fmt: skip
        return understand(answer.status_code, answer.content, write=True)

    def _read(self, path: str, params: Mapping[str, Param]) -> Json:
        answer = self._call("GET", path, params, {}, None, write=False, leave_within=None)
        return understand(answer.status_code, answer.content, write=False)

    def _write(
        self, method: str, path: str, body: object, leave_within: float | None, params: Mapping[str, Param]
    ) -> Json:
        content = None if body is None else payload.encode(body)
        headers = {"Content-Type": "application/json"} if content is not None else {}
        answer = self._call(method, path, params, headers, content, write=True, leave_within=leave_within)
        return understand(answer.status_code, answer.content, write=True)

    def _call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Param],
        headers: Mapping[str, str],
        content: bytes | None,
        *,
        write: bool,
        leave_within: float | None,
    ) -> httpx.Response:
        """One answer. A 401 promises that nothing was done, so that even a write goes again once, with a new token."""
        if write and not self._open():
            raise NotSent("writing is held back")
        leave_by = None if leave_within is None else time.monotonic() + leave_within
        extensions = {"route": re.sub(r"(?<=/)\d[\d,]*", "{id}", path), "leave_by": leave_by}
        query = {name: _param(value) for name, value in params.items() if value is not None}

        def asked(token: str) -> httpx.Response:
            sent = {**headers, "Authorization": f"Bearer {token}"}
            request = self._http.build_request(
                method, path, params=query or None, headers=sent, content=content, extensions=extensions
            )
            return self._exchange(request, write=write)

        token = self._token.current()
        answer = asked(token)
        return asked(self._token.instead_of(token)) if answer.status_code == 401 else answer

    def _exchange(self, request: httpx.Request, *, write: bool) -> httpx.Response:
        try:
            return self._http.send(request)
        except _NOT_SENT as lost:
            raise NotSent(f"{type(lost).__name__}: {str(lost)[:200]}") from lost
        except httpx.DecodingError as unread:
            raise (Unsure if write else Broken)(str(unread)) from unread
        except httpx.RequestError as lost:
            raise Unsure(type(lost).__name__) from lost

    def _ask_token(self) -> tuple[str, int]:
        """Form fields in the body, and no charset in the content type: it is refused since 24.08."""
        request = self._http.build_request(
            "POST",
            "oauth/token",
            content=self._form,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            extensions={"route": "oauth/token", "retry": self._token_retry},
        )
        try:
            answer = self._exchange(request, write=False)
        except (Unsure, Broken) as lost:
            raise NotSent(f"no token: {lost}") from lost
        return understand_token(answer.status_code, answer.content)


def _param(value: Param) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(map(str, value))
    return str(value)
