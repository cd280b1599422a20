"""What a dropped file is by its content, and which invoice it belongs to by its name."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence

from finance.invoice import Invoice

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"BM", "bmp"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x1f\x8b", "gz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"{\\rtf", "rtf"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_HTML = re.compile(
    rb"<\?xml[^>]*\?>\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+)?html|<(?:!doctype\s+)?html", re.I | re.S
)
_XML = re.compile(rb"<(?:\?xml|!--|!doctype\s|[A-Za-z_][\w.:-]*[\s/>])", re.I)


def kind_of(content: bytes) -> str:
    """What the bytes are, whatever the name says: "pdf", "jpg", "gif", "png", "txt", "xml", "xlsx", "zip", "html",
    "xls" (any old Office file), other pictures and archives by their usual ending, "empty" or "unknown".
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return "heic"
    for signature, kind in _SIGNATURES:
        if content.startswith(signature) and (kind != "bmp" or _CONTROL.search(content[:64])):
            return kind
    return _text(content)


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            names = set(container.namelist()[:5000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeError):
        return "zip"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "docx" if "word/document.xml" in names else "zip"


def _text(content: bytes) -> str:
    head = content[:4096]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        try:
            head = content.decode("utf-16").encode()[:4096]
        except UnicodeDecodeError:
            return "unknown"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(start):
        return "html"
    if _XML.match(start):
        return "xml"
    return "unknown" if _CONTROL.search(head) else "txt"


def matches(name: str, invoices: Sequence[Invoice]) -> Invoice | None:
    """The invoice that a dropped file ``name`` belongs to, or None when none or more than one would do.

    The invoice that mentions the name comes first; else the only one whose number stands in the name by itself
    ("lasku-1042.pdf", "1042.pdf", "Lasku 1042 liite.pdf", but not "10421.pdf"). Of a claim's documents it is the first,
    when none mentions the name.
    """
    plain = _folded(name)
    mentioned = [i for i in invoices if any(_folded(a.name) == plain for a in i.attachments)]
    if mentioned:
        return mentioned[0] if len(mentioned) == 1 else None
    stem = plain.rpartition(".")[0] or plain
    numbered = [i for i in invoices if i.number and _stands_in(_folded(_number(i)), stem)]
    whole = [i for i in numbered if not any(_part_of(_number(i), _number(other)) for other in numbered)]
    one_claim = bool(whole) and whole[0].claim is not None and len({_number(i) for i in whole}) == 1
    return min(whole, key=lambda i: i.number) if len(whole) == 1 or one_claim else None


def _number(invoice: Invoice) -> str:
    """The number people know it by: all documents of a claim have the claim's."""
    return invoice.claim.number if invoice.claim else invoice.number


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]).strip().casefold()


def _part_of(number: str, other: str) -> bool:
    """77 is only a part of 2026-77 when both could be read from a name."""
    return len(number) < len(other) and _stands_in(_folded(number), _folded(other))


def _stands_in(number: str, stem: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(number)}(?![^\W_])", stem) is not None
