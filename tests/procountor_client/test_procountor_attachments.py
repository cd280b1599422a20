"""Files beside an invoice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from procountor import attachments
from procountor.errors import Broken, Unsendable, Unsure
from procountor.stored import Attached
from tests.procountor_client.contract import Wire

PDF = b"%PDF-1.7\r\n\r\n--\r\n--frontier\n\x00\xff\r\n"


def parts(request: Any) -> list[tuple[str, bytes]]:
    """Header and body of each part of a multipart request."""
    boundary = request.headers["content-type"].split("boundary=")[1].encode()
    pieces = request.content.split(b"--" + boundary)
    return [
        (head.decode().strip(), body[:-2]) for head, _, body in (piece.partition(b"\r\n\r\n") for piece in pieces[1:-1])
    ]


def test_a_file_goes_with_its_description_in_a_part_of_its_own(wire: Wire) -> None:
    wire.says("POST", "attachments", json={"id": 31, "name": "tunnit.pdf"})
    assert attachments.add(wire.api, 77, "tunnit.pdf", PDF, send_with_invoice=True) == 31
    (meta, described), (file, content) = parts(wire.bridge.calls[-1])
    assert meta == 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json'
    assert json.loads(described) == {
        "name": "tunnit.pdf", "referenceType": "INVOICE", "referenceId": 77, "sendWithInvoice": True,
    }  # fmt: skip
    assert file == 'Content-Disposition: form-data; name="file"; filename="tunnit.pdf"\r\nContent-Type: application/pdf'
    assert content == PDF


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Tunnit maaliskuu ä.pdf", "Tunnit maaliskuu ä.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\kuitti.JPG", "kuitti.JPG"),
        ('a".pdf\r\nContent-Type: text/html', "html"),
        ("a;b:c*.gif", "a_b_c_.gif"),
        ("Tyo\u0308tunnit.pdf", "Työtunnit.pdf"),  # as a Mac writes it
        ("tunnit → hinnat 😀.pdf", "tunnit -_ hinnat .pdf"),
        ("x" * 4000 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert attachments.safe_name(name) == safe


def test_names_that_became_alike_stay_apart() -> None:
    told = attachments.safe_names(["a;b.pdf", "a:b.pdf", "c.pdf", "c.pdf", "a*b.pdf"])
    assert told == ("a_b.pdf", "a_b (2).pdf", "c.pdf", "c (2).pdf", "a_b (3).pdf")
    assert tuple(map(attachments.safe_name, told)) == told, "a safe name is its own"


def test_a_hostile_name_cannot_add_a_header(wire: Wire) -> None:
    wire.says("POST", "attachments", json={"id": 31})
    attachments.add(wire.api, 77, 'x"\r\nX-Evil: 1.pdf', b"", send_with_invoice=False)
    (_, _), (file, _) = parts(wire.bridge.calls[-1])
    assert file.split("\r\n")[0] == 'Content-Disposition: form-data; name="file"; filename="x_X-Evil_ 1.pdf"'


@pytest.mark.parametrize(
    ("name", "size", "raised"),
    [("a.pdf", 10_000_001, Unsendable), ("ilman", 1, Unsendable), ("...", 1, Unsendable), ("ч", 1, Unsendable)],
)
def test_what_procountor_would_not_take_does_not_leave(
    opened: Any, name: str, size: int, raised: type[Exception]
) -> None:
    wire = opened()
    with pytest.raises(raised):
        attachments.add(wire.api, 77, name, b"x" * size, send_with_invoice=False)
    assert wire.bridge.calls == []


def test_the_largest_file_passes(wire: Wire) -> None:
    wire.says("POST", "attachments", json={"id": 31})
    assert attachments.add(wire.api, 77, "a.pdf", bytes(10_000_000), send_with_invoice=False) == 31


def test_an_upload_is_never_repeated(wire: Wire) -> None:
    wire.says("POST", "attachments", status=503)
    with pytest.raises(Unsure):
        attachments.add(wire.api, 77, "a.pdf", b"x", send_with_invoice=False)
    assert wire.requests == ["POST attachments"]


def test_remove(wire: Wire) -> None:
    wire.says("DELETE", "attachments/31", status=204)
    attachments.remove(wire.api, 31)
    assert wire.requests == ["DELETE attachments/31"]


def mixed(*bodies: bytes, boundary: str = "b-1") -> dict[str, Any]:
    mark = boundary.encode()
    heads = (b"application/json", b"application/pdf", b"text/plain")
    made = b"".join(
        b"--" + mark + b"\r\nContent-Type: " + head + b"\r\n\r\n" + body + b"\r\n"
        for head, body in zip(heads, bodies, strict=False)
    )
    return {"body": made + b"--" + mark + b"--\r\n", "content_type": f'multipart/mixed; boundary="{boundary}"'}


def test_a_download_comes_byte_for_byte(wire: Wire) -> None:
    wire.says("GET", "attachments/31", **mixed(b'{"id": 31, "name": "tunnit.pdf"}', PDF))
    assert attachments.download(wire.api, 31) == (Attached(31, "tunnit.pdf", len(PDF)), PDF)


@pytest.mark.parametrize(
    "answer",
    [
        {"body": PDF, "content_type": "application/pdf"},
        {"body": PDF, "content_type": "multipart/mixed"},
        {"body": b"", "content_type": "multipart/mixed; boundary=b-1"},
        mixed(b'{"id": 31}'),
        mixed(b'{"id": 31}', PDF, b"more"),
        mixed(b"{", PDF),
        mixed(b"[]", PDF),
        {"status": 204},
    ],
)
def test_a_download_of_another_shape_is_broken(wire: Wire, answer: dict[str, Any]) -> None:
    wire.says("GET", "attachments/31", **answer)
    with pytest.raises(Broken):
        attachments.download(wire.api, 31)
