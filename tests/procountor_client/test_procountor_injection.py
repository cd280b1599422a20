"""Two thousand texts that mean to lead elsewhere (T5), and five hundred names of files that mean to add a header (J5).

Everything arrives over a real connection. Whatever the text, the path is a route that Procountor has, with a number
where a number stands, the text is one value of one member, and a file's name is the one we chose. `make hostile` does
them in full.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from python_multipart.multipart import parse_form

from procountor import attachments, bills, invoices
from procountor.api import Api
from procountor.connection import Patience, connect
from procountor.errors import ProcountorError
from procountor.limiter import Unpaced
from sandbox.procountor.routing import Table
from tests.procountor_client.contract import CLIENT
from tests.procountor_client.loopback import Loopback, answer, loopback

pytestmark = pytest.mark.gate("G14")

COUNT = int(os.environ.get("KIERTO_HOSTILE_PATHS", "150"))
NAMES = int(os.environ.get("KIERTO_HOSTILE_NAMES", "150"))
PIECES = (
    *(
        "1",
        "42",
        "/",
        "..",
        "../",
        "%2e%2e/",
        "%2f",
        "\\",
        "users",
        "invoices",
        "?x=",
        "&y=",
        "&previousId=1",
        "#",
        ";",
        "=",
    ),
    *(
        "\r\n",
        "%0d%0a",
        "\n",
        "\x00",
        "%00",
        "\t",
        " ",
        "+",
        "%",
        "%zz",
        "//evil.example",
        "http://evil.example/",
        "@evil.example",
    ),
    *(
        "\r\nX-Evil: 1",
        "\r\n\r\nGET /api/users HTTP/1.1\r\n\r\n",
        "ä",
        "Ω",
        "😀",
        "\u202e",
        "'",
        '"',
        "<",
        "{id}",
        "*",
        ",",
    ),
)
TEXTS: dict[str, Callable[[Api, str], object]] = {
    "an invoice's number": lambda api, text: list(invoices.search(api, original_number=text)),
    "words looked for": lambda api, text: list(invoices.search(api, text=text)),
    "notes": lambda api, text: invoices.set_notes(api, 7, text),
    "a comment": lambda api, text: bills.comment(api, 7, text),
    "a reason": lambda api, text: bills.reject(api, 7, text),
    "a file's name": lambda api, text: attachments.add(api, 7, text, b"x", send_with_invoice=False),
}
KNOWN = {
    *(
        "originalInvoiceNumber",
        "searchTerm",
        "customerNumber",
        "type",
        "types",
        "orderById",
        "size",
        "previousId",
        "status",
    ),
}


def hostile(number: int) -> str:
    dice = random.Random(number)
    return "".join(dice.choices(PIECES, k=dice.randrange(1, 7)))


@pytest.fixture(scope="module")
def line() -> Iterator[tuple[Loopback, Api]]:
    with loopback(lambda path: [answer(b'{"id": 7, "results": [], "meta": {"resultCount": 0}}')]) as there:
        procountor = connect(replace(CLIENT, url=there.url), Unpaced(), patience=Patience(pause=0.0, tries=1))
        yield there, procountor.company("key")
        procountor.close()


@pytest.mark.parametrize("place", TEXTS)
def test_a_text_is_a_value_and_never_a_way(line: tuple[Loopback, Api], place: str) -> None:
    there, api = line
    known, before = Table(), len(there.seen)
    for number in range(COUNT):
        text = hostile(number)
        with suppress(ProcountorError):
            TEXTS[place](api, text)
        for _, told in there.seen[before:]:
            method, _, path = told.partition(" ")
            parts = urlsplit(path)
            assert path.startswith("/api/"), ascii(text)
            found = known.find(method, parts.path.removeprefix("/api"))
            assert found is not None, (place, ascii(text), told)
            assert all(value.isdigit() for value in found.params.values()), (place, ascii(text), told)
            sent = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
            assert sent.keys() <= KNOWN, (place, ascii(text), told)
            assert set(sent.values()) <= {text, "ASC", "200", "CUSTOMER", "SUPPLIER"}, (place, ascii(text), told)
        before = len(there.seen)
    assert there.seen


def names() -> Iterator[str]:
    dice = random.Random(5)
    pieces = (
        *(
            '"',
            "\r\n",
            "\n",
            "\x00",
            "../",
            "..\\",
            "C:\\",
            "/etc/passwd",
            ";",
            ":",
            "filename*=UTF-8''x",
            '; name="meta"',
            "%22",
        ),
        *(
            "\r\n\r\n<script>",
            "--",
            "\t",
            "\x1b",
            "a",
            "kuitti",
            "ä",
            "é",
            "€",
            " ",
            ".",
            "..",
            ".pdf",
            ".exe",
            "x" * 4000,
            "\u202efdp",
        ),
    )
    for _ in range(NAMES):
        yield "".join(dice.choices(pieces, k=dice.randrange(1, 8))) + dice.choice((".pdf", ".jpg", ""))


def read(request: httpx.Request) -> tuple[bytes, str]:
    """What another reader of multipart makes of it: the part "meta", and the name of the one file."""
    fields: dict[bytes, bytes] = {}
    files: list[str] = []
    headers = {"Content-Type": request.headers["content-type"].encode()}
    parse_form(
        headers,
        BytesIO(request.content),
        lambda field: fields.update({field.field_name: field.value}),
        lambda file: files.append(file.file_name.decode()),
    )
    (name,) = files
    assert fields.keys() == {b"meta"}
    return fields[b"meta"], name


def test_a_file_has_the_name_that_we_chose_and_no_other() -> None:
    taken: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        taken.append(request)
        token = request.url.path.endswith("oauth/token")
        return httpx.Response(200, json={"access_token": "t", "expires_in": 3600} if token else {"id": 31})

    procountor = connect(CLIENT, Unpaced(), transport=httpx.MockTransport(take))
    api, sent = procountor.company("key"), 0
    for name in names():
        before = len(taken)
        try:
            attachments.add(api, 7, name, b"content", send_with_invoice=False)
        except ProcountorError:
            assert [r for r in taken[before:] if "attachments" in r.url.path] == [], ascii(name)
            continue
        request = taken[-1]
        meta, file, ours = *read(request), attachments.safe_name(name)
        assert json.loads(meta)["name"] == file == ours, ascii(name)
        assert not re.search(r'[\x00-\x1f"\\/:;]', ours), ascii(name)
        sent += 1
    procountor.close()
    assert sent > NAMES // 4
