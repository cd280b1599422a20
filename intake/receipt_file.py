"""A receipt made harmless: a program of its own, for what is sent may be a bomb or a trap (reliability.md D4, J4).

Run by `intake.receipts`, never imported by the bot: the file comes in by standard input; a line of JSON and the receipt
go out by standard output. It imports nothing of ours, is given no environment, and lives within limits that the system
holds. A picture goes out as a JPEG of nothing but its pixels; a PDF as it came, once it is known to be passive.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import signal
import sys
import zlib
from typing import Any

MEMORY = 640 * 1024 * 1024  # bytes of address space, the libraries' own included
SECONDS = 1.5  # of processor time for a picture, whose pixels are counted first; the rest of two is for beginning
PDF_SECONDS = 1.0  # for a PDF, which may go on for ever: a receipt takes a tenth of it
PIXELS = 50_000_000  # of a picture that comes in: more than any telephone makes
SIDE = 2400  # pixels of the longer side of the one that goes out
QUALITY = 85
PAGES = 30
TEXT = 20_000  # characters of a page looked through for dates
UNPACKED = 20_000_000  # bytes of a PDF's packed objects looked through
EXIT = {"broken": 3, "pixels": 4, "locked": 5, "active": 6, "pages": 7, "twofold": 8, "heavy": 9}

_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|FileAttachment|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z])"
)
_STREAM = re.compile(rb"(<<(?:(?!stream).){0,4000}?>>)\s*stream\r?\n(.*?)endstream", re.DOTALL)
_HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")
_FOREIGN = re.compile(rb"<(?:html|script|\?php|!doctype html)", re.IGNORECASE)
_DATES = (
    (re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b"), (2, 1, 0)),
    (re.compile(r"\b(20\d\d)-(\d{2})-(\d{2})\b"), (0, 1, 2)),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b"), (2, 1, 0)),
)


class Stopped(Exception):
    """It is no receipt; the word tells why."""


def limit() -> None:
    """Takes away what a bomb would use. Where a system has no such limits, the one who runs this still ends it."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, 2),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    _within(SECONDS)


def _within(seconds: float) -> None:
    """Ends the program after so much of the processor's time: nobody takes the signal."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def made(content: bytes) -> tuple[dict[str, Any], bytes]:
    """What it shows and what is kept of it. Raises Stopped, or whatever a library raises for what is broken."""
    if _zip_within(content) or _FOREIGN.search(content[:2048]) or _FOREIGN.search(content[-65536:]):
        raise Stopped("twofold")
    if not content.startswith(b"%PDF-"):
        return _picture(content)
    _within(PDF_SECONDS)
    return _pdf(content)


def _zip_within(content: bytes) -> bool:
    end = content.rfind(b"PK\x05\x06", max(len(content) - 66_000, 0))
    return end >= 0 and b"PK\x01\x02" in content


def _picture(content: bytes) -> tuple[dict[str, Any], bytes]:
    from PIL import Image, ImageOps

    if content[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        found = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "HEIF"))
    except Image.DecompressionBombError as failed:
        raise Stopped("pixels") from failed
    if found.width * found.height > PIXELS:
        raise Stopped("pixels")
    taken = str(found.getexif().get_ifd(0x8769).get(0x9003, ""))[:10].replace(":", "-")
    found.draft("RGB", (SIDE, SIDE))
    drawn: Any = ImageOps.exif_transpose(found)
    drawn.load()
    drawn.thumbnail((SIDE, SIDE))
    if drawn.mode not in ("RGB", "L"):
        drawn = _on_white(drawn) if drawn.has_transparency_data else drawn.convert("RGB")
    drawn.info.clear()  # comments, places, the camera's number
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY, exif=b"")
    return {"kind": "jpg", "print": look(drawn), "taken": taken, "dates": []}, out.getvalue()


def look(drawn: Any) -> str:
    """Whether each of 64 fields is darker than its neighbour: alike for two photographs of one thing."""
    small = drawn.convert("L").resize((9, 8))
    rows = [small.crop((0, y, 9, y + 1)).tobytes() for y in range(8)]
    bits = "".join("1" if row[x] > row[x + 1] else "0" for row in rows for x in range(8))
    return f"{int(bits, 2):016x}"


def _on_white(drawn: Any) -> Any:
    """What is transparent shows as paper."""
    from PIL import Image

    layer = drawn.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _pdf(content: bytes) -> tuple[dict[str, Any], bytes]:
    """No forms and no scripts are begun; the first page is drawn small, only to see that it can be."""
    import pypdfium2
    from pypdfium2 import raw

    if _acts(content):
        raise Stopped("active")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as failed:
        raise Stopped("locked" if "password" in str(failed).lower() else "broken") from failed
    if len(document) > PAGES:
        raise Stopped("pages")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0 or raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Stopped("active")
    again = io.BytesIO()
    document.save(again)
    if _acts(again.getvalue()):  # as the library understood it, with nothing hidden in packed objects
        raise Stopped("active")
    page = document[0]
    width, height = page.get_size()
    drawn = page.render(scale=min(600 / max(width, 1.0), 850 / max(height, 1.0)), may_draw_forms=False).to_pil()
    text = page.get_textpage().get_text_bounded()[:TEXT]
    return {"kind": "pdf", "print": look(drawn), "taken": "", "dates": days(text)}, content


def _acts(content: bytes) -> bool:
    """Whether a PDF does anything: names of actions outside its data, and in its packed objects."""
    room = UNPACKED
    for found in _STREAM.finditer(content):
        if b"/ObjStm" not in found[1]:
            continue
        with contextlib.suppress(zlib.error):
            packed = zlib.decompressobj().decompress(found[2], room)
            room -= len(packed)
            if _ACTIVE.search(_unhashed(packed)):
                return True
        if room <= 0:
            raise Stopped("heavy")
    return _ACTIVE.search(_unhashed(_STREAM.sub(rb"\1", content))) is not None


def _unhashed(content: bytes) -> bytes:
    """Names written with codes for their letters, plain."""
    return _HASHED.sub(lambda found: bytes([int(found[1], 16)]), content)


def days(text: str) -> list[str]:
    """The days a text names, as written in Finland or by ISO 8601; at most ten."""
    from datetime import date

    found: set[str] = set()
    for pattern, order in _DATES:
        for parts in pattern.findall(text):
            year, month, day = (int(parts[place]) for place in order)
            with contextlib.suppress(ValueError):
                found.add(date(year, month, day).isoformat())
    return sorted(found)[:10]


def main() -> int:
    limit()
    content = sys.stdin.buffer.read()
    try:
        seen, receipt = made(content)
    except Stopped as why:
        return EXIT[str(why)]
    except MemoryError:
        return EXIT["heavy"]
    except BaseException:  # noqa: BLE001 - whatever it is, it is no receipt
        return EXIT["broken"]
    sys.stdout.buffer.write(json.dumps(seen).encode() + b"\n" + receipt)
    return 0


if __name__ == "__main__":
    sys.exit(main())
