"""Receipts for tests: good ones, and twenty ways of sending something else (reliability.md D4, J4)."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

import pillow_heif
from PIL import Image, ImageDraw

from finance.receipts import Flaw
from tests.support import documents as doc

Made = tuple[str, bytes]


def photo(
    words: str = "R-kioski 12,40", kind: str = "JPEG", seed: int = 1, size: tuple[int, int] = (900, 1400)
) -> bytes:
    """A picture of a receipt, taken on 3 May 2026 at a place it remembers."""
    drawn = _drawn(words, seed, size)
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8769)[0x9003] = "2026:05:03 12:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    drawn.save(out, kind, exif=exif)
    return out.getvalue()


def heic(words: str = "R-kioski 12,40", seed: int = 1) -> bytes:
    """As a telephone keeps it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(_drawn(words, seed, (900, 1400))).save(out, format="HEIF")
    return out.getvalue()


def _drawn(words: str, seed: int, size: tuple[int, int]) -> Image.Image:
    drawn = Image.new("RGB", size, "white")
    pen, dice = ImageDraw.Draw(drawn), random.Random(seed)
    for _ in range(40):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        pen.rectangle((x, y, x + dice.randrange(20, 300), y + 30), fill=(dice.randrange(200),) * 3)
    pen.text((40, 40), words, fill="black")
    return drawn


def pdf(text: str = "Kuitti 2.5.2026", extra: bytes = b"", catalog: bytes = b"", more: bytes = b"") -> bytes:
    """A PDF of one page with a line of text; ``extra`` stands in the page, ``catalog`` in the root, ``more`` beside."""
    line = b"BT /F1 24 Tf 72 700 Td (%s) Tj ET" % text.encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"
        + extra
        + b">>",
        b"<</Length %d>>stream\n" % len(line) + line + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        more or b"null",
    ]
    return joined(objects)


def joined(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R" % (len(objects) + 1) + trailer
    return out + tail + b">>\nstartxref\n%d\n%%%%EOF" % start


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
    return joined(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)] + [page] * count
    )


def locked() -> bytes:
    plain = pdf()
    key = b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + b"AB" * 32 + b">/U<" + b"CD" * 32 + b">>>"
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<AA><AA>]/Encrypt" + key)


def packed_script() -> bytes:
    """A script in a packed object: no word of it stands in the file."""
    inner = b"6 0 <</S/JavaScript/JS(app.alert(1))>>"
    packed = zlib.compress(inner)
    stream = (
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"
    )
    return pdf(catalog=b"/OpenAction 6 0 R", more=stream)


def archive(names: int = 3) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for n in range(names):
            held.writestr(f"{n}.txt", b"0" * 1000)
    return out.getvalue()


def bomb() -> bytes:
    """An archive within an archive, each of them swollen."""
    inner, out = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("0", b"0" * 5_000_000)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for n in range(10):
            held.writestr(f"{n}.zip", inner.getvalue())
    return out.getvalue()


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_JS = b"<</S/JavaScript/JS(app.alert(1))>>"

BAD: dict[str, tuple[Callable[[], Made], Flaw]] = {
    "svg": (lambda: ("kuitti.svg", _SVG), Flaw.KIND),
    "svg named as a picture": (lambda: ("kuitti.png", _SVG), Flaw.KIND),
    "html named as a pdf": (lambda: ("kuitti.pdf", b"<html><script>1</script></html>"), Flaw.KIND),
    "macro file": (lambda: ("kuitti.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 600), Flaw.KIND),
    "program": (lambda: ("kuitti.pdf.exe", b"MZ" + b"\1" * 600), Flaw.KIND),
    "pdf that calls itself a program": (lambda: ("kuitti.pdf.exe", pdf()), Flaw.KIND),
    "name written backwards": (lambda: ("kuitti\u202efdp.exe.jpg", photo()), Flaw.NAME),
    "pdf named as a picture": (lambda: ("kuitti.jpg", pdf()), Flaw.ENDING),
    "picture that is also an archive": (lambda: ("kuitti.jpg", photo() + archive()), Flaw.TWOFOLD),
    "picture that is also a page": (lambda: ("kuitti.png", photo(kind="PNG") + b"<script>1</script>"), Flaw.TWOFOLD),
    "pdf behind another beginning": (lambda: ("kuitti.pdf", b"GIF89a" + pdf()), Flaw.TWOFOLD),
    "locked pdf": (lambda: ("kuitti.pdf", locked()), Flaw.LOCKED),
    "pdf with a script": (lambda: ("kuitti.pdf", pdf(catalog=b"/OpenAction" + _JS)), Flaw.ACTIVE),
    "pdf with a hidden name": (lambda: ("kuitti.pdf", pdf(catalog=b"/OpenAction<</S/#4aavaScript>>")), Flaw.ACTIVE),
    "pdf with a packed script": (lambda: ("kuitti.pdf", packed_script()), Flaw.ACTIVE),
    "pdf that starts a program": (lambda: ("k.pdf", pdf(extra=b"/AA<</O<</S/Launch/F(a.exe)>>>>")), Flaw.ACTIVE),
    "pdf with a file inside": (
        lambda: ("kuitti.pdf", pdf(catalog=b"/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>")),
        Flaw.ACTIVE,
    ),
    "archive": (lambda: ("kuitit.zip", archive()), Flaw.ARCHIVE),
    "archive in an archive": (lambda: ("kuitit.zip", bomb()), Flaw.ARCHIVE),
    "picture of 50 000 x 50 000": (lambda: ("kuitti.png", doc.huge_png()), Flaw.PIXELS),
    "half a picture": (lambda: ("kuitti.jpg", photo()[:4000]), Flaw.BROKEN),
    "broken pdf": (lambda: ("kuitti.pdf", b"%PDF-1.4 nothing"), Flaw.BROKEN),
    "endless pdf": (lambda: ("kuitti.pdf", doc.endless_pdf()), Flaw.HEAVY),
    "book": (lambda: ("kuitti.pdf", many_pages(31)), Flaw.PAGES),
    "nothing": (lambda: ("kuitti.jpg", b""), Flaw.EMPTY),
    "more than may be": (lambda: ("kuitti.jpg", photo() + b"\1" * 20_000_000), Flaw.LARGE),
}  # fmt: skip

GOOD: dict[str, Callable[[], Made]] = {
    "jpeg": lambda: ("kuitti.jpg", photo()),
    "png": lambda: ("kuitti.PNG", photo(kind="PNG")),
    "png named jpg": lambda: ("kuitti.jpg", photo(kind="PNG")),
    "heic": lambda: ("IMG_0001.HEIC", heic()),
    "pdf": lambda: ("kuitti.pdf", pdf()),
    "pdf with a link": lambda: (
        "kuitti.pdf",
        pdf(extra=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.com)>>>>]"),
    ),
    "no ending": lambda: ("image", photo()),
    "large": lambda: ("kuitti.jpeg", photo(size=(6000, 8000))),
}
