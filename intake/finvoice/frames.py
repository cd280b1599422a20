"""One file of bytes into its XML documents: a SOAP frame and a Finvoice follow each other, each in its own encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from finance.faults import Fault

_MARKS = re.compile(
    rb"<(?:(?P<skip>!--|!\[CDATA\[)|(?P<declared>\?xml[\s?])"
    rb"|(?P<shut>/)?(?:[\w.-]{1,40}:)?(?P<root>Finvoice|Envelope)(?=[\s>/]))"
)
_ENDS = {b"!--": b"-->", b"![CDATA[": b"]]>"}
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_DECLARATION = re.compile(r"\s*<\?xml[\s?].*?\?>", re.S)
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "iso-8859-1",
    "iso8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "iso8859-15": "iso-8859-15",
    "latin-9": "iso-8859-15",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One XML document of a file: its text without the XML declaration, and how many lines stand before it."""

    text: str
    lines_before: int
    faults: tuple[Fault, ...] = ()


def frames(name: str, content: bytes) -> Iterator[Frame]:
    """The XML documents of a file, in order. A document that breaks off ends where the next one begins."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        content = content.decode("utf-16", "replace").encode()
    cuts = _cuts(content)
    line = 0
    for start, end in zip(cuts, [*cuts[1:], len(content)], strict=True):
        piece = content[start:end]
        if _says_something(piece):
            yield _decoded(name, piece, line)
        line += piece.count(b"\n")


def _marks(content: bytes) -> Iterator[re.Match[bytes]]:
    """Declarations and the beginnings and ends of roots, outside comments and CDATA; one pass, whatever stays open."""
    at = 0
    while mark := _MARKS.search(content, at):
        at = mark.end()
        if not mark["skip"]:
            yield mark
            continue
        end = _ENDS[mark["skip"]]
        found = content.find(end, at)
        if found < 0:
            return
        at = found + len(end)


def without_comments(text: str) -> str:
    """``text`` with its XML comments taken out."""
    first, *rest = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in rest)


def _says_something(piece: bytes) -> bool:
    """Whether there is more than blanks, comments and processing instructions."""
    first, *rest = without_comments(piece.decode("latin-1")).split("<?")
    return bool((first + "".join(part.partition("?>")[2] for part in rest)).strip("\x00 \t\r\nï»¿"))


def _cuts(content: bytes) -> list[int]:
    """Where documents begin: at an XML declaration, or at a root that follows another (a Finvoice in SOAP does not)."""
    cuts, rooted, in_envelope = [0], False, False
    for mark in _marks(content):
        if mark["declared"]:
            if mark.start() > cuts[-1]:
                cuts.append(mark.start())
            rooted = in_envelope = False
        elif mark["shut"]:
            if mark["root"] == b"Envelope" or not in_envelope:
                if rooted:
                    cuts.append(content.find(b">", mark.end()) + 1 or len(content))
                rooted = in_envelope = False
        else:
            if rooted and not in_envelope:
                cuts.append(mark.start())
            rooted, in_envelope = True, in_envelope or mark["root"] == b"Envelope"
    return cuts


def _decoded(name: str, piece: bytes, line: int) -> Frame:
    piece = piece.removeprefix(b"\xef\xbb\xbf") if piece.startswith(b"\xef\xbb\xbf") else piece
    declared = _ENCODING.match(piece)
    said = declared[1].decode() if declared else "UTF-8"
    text, used = _text(piece, _CODECS.get(said.lower(), ""))
    faults: tuple[Fault, ...] = ()
    if used:
        place = f"line {line + 1}"
        facts = {"line": line + 1}
        faults = (Fault("intake.encoding", "", said, used, facts, file=name, place=place, warning=True),)
    stripped = _DECLARATION.match(text)
    body = text[stripped.end() :] if stripped else text
    return Frame(body, line + (text.count("\n", 0, stripped.end()) if stripped else 0), faults)


def _text(piece: bytes, codec: str) -> tuple[str, str]:
    """The text, and the encoding that fits when it is not the declared one ("" when it is)."""
    try:
        unicode = piece.decode("utf-8")
    except UnicodeDecodeError:
        unicode = None
    if unicode is not None:
        honest = codec == "utf-8" or piece.isascii()
        return unicode, "" if honest else "UTF-8"
    if codec in {"", "utf-8"} or (codec == "iso-8859-1" and re.search(rb"[\x80-\x9f]", piece)):
        return _western(piece), "Windows-1252"
    return piece.decode(codec, "replace"), ""


def _western(piece: bytes) -> str:
    """Windows-1252; its five unassigned bytes as the control characters they are in ISO-8859-1."""
    try:
        return piece.decode("windows-1252")
    except UnicodeDecodeError:
        return piece.decode("iso-8859-1")
