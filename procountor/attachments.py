"""Files beside an invoice: add, remove, fetch."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from email.message import EmailMessage

from finance import text
from procountor import payload
from procountor.api import Api, File
from procountor.errors import Broken, Problem, Unsendable
from procountor.stored import Attached
from procountor.wire import base
from procountor.wire import invoice as wire

LARGEST = 10_000_000
"""Bytes (rule R41)."""
LONGEST = 150
"""Characters of a name."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|;]+')


def add(
    api: Api, invoice_id: int, name: str, content: bytes, *, send_with_invoice: bool, leave_within: float | None = None
) -> int:
    """Attaches a file and gives its id. Never repeated: a second call attaches it twice, so compare first.

    ``send_with_invoice`` only for sales invoices (rule R42). ``leave_within`` (seconds): a file that could not leave in
    time is not sent at all (NotSent). Raises Unsendable for a file too large or a name without
    an ending, NotEncodable for its characters, otherwise as any write.
    """
    safe = safe_name(name)
    if len(content) > LARGEST:
        raise Unsendable([Problem("ATTACHMENT_TOO_LARGE", "file", 0, str(len(content)))])
    if "." not in safe.strip("."):
        raise Unsendable([Problem("ATTACHMENT_WITHOUT_ENDING", "meta.name", 0, safe)])
    payload.check({"meta": {"name": safe}})
    meta = {
        "name": safe,
        "referenceType": "INVOICE",
        "referenceId": invoice_id,
        "sendWithInvoice": send_with_invoice,
    }
    kind = mimetypes.guess_type(safe)[0] or "application/octet-stream"
    answer = api.upload("attachments", meta, safe, File(kind, content), leave_within=leave_within)
    return base.read(wire.AttachmentInfo, answer, after_write=True).id


def remove(api: Api, id: int) -> None:
    """Takes a file away. Raises as any write; Forbidden when the invoice may not be changed any more."""
    api.delete(f"attachments/{id}")


def download(api: Api, id: int) -> tuple[Attached, bytes]:
    """What Procountor says of the file, and the file. Raises as any read."""
    answer = api.file(f"attachments/{id}")
    header = EmailMessage()
    header["Content-Type"] = answer.type or "application/octet-stream"
    boundary = header.get_boundary()
    if header.get_content_maintype() != "multipart" or not boundary:
        raise Broken(f"an attachment came as {header.get_content_type()}")
    parts = _parts(answer.content, boundary.encode("latin-1"))
    if len(parts) != 2:
        raise Broken(f"an attachment came in {len(parts)} parts")
    try:
        told = base.read(wire.AttachmentInfo, payload.decode(parts[0]))
    except ValueError as unread:
        raise Broken("what is said of the attachment is not JSON") from unread
    return Attached(told.id, told.name, len(parts[1])), parts[1]


def safe_name(name: str) -> str:
    """The name without folders, control characters and signs that no header and no file system takes alike.

    In characters that Procountor takes (rule R01), and no longer than others keep; the ending stays.
    """
    bare = _UNSAFE.sub("_", text.replaced(re.split(r"[/\\]", name)[-1])).strip(" _")
    stem, dot, ending = bare.rpartition(".")
    return bare if len(bare) <= LONGEST else stem[: LONGEST - len(ending) - 1] + dot + ending[:LONGEST]


def safe_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names as ``add`` gives them to Procountor, each once: what became alike is numbered."""
    made: list[str] = []
    for name in map(safe_name, names):
        stem, dot, ending = name.rpartition(".")
        others = (f"{stem} ({number}){dot}{ending}" for number in range(2, len(names) + 2))
        made.append(next(one for one in (name, *others) if one not in made))
    return tuple(made)


def _parts(content: bytes, boundary: bytes) -> list[bytes]:
    """The bodies of a multipart answer's parts, byte for byte."""
    pieces = (b"\r\n" + content).split(b"\r\n--" + boundary)[1:]
    bodies = (piece.partition(b"\r\n\r\n")[2] for piece in pieces if not piece.startswith(b"--"))
    return list(bodies)
