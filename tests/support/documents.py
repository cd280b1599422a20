"""Documents for tests: a small PDF, pictures, and what should never be opened."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo


def pdf(content: bytes = b"0 0 m 300 400 l S", media: bytes = b"[0 0 595 842]") -> bytes:
    """A PDF of one page with this content stream."""
    packed = zlib.compress(content, 9)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox" + media + b"/Contents 4 0 R/Resources<<>>>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def swollen_pdf() -> bytes:
    """Two megabytes that unpack to two thousand."""
    packed = _swollen(b" " * 1_000_000, 2000)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"
    plain = pdf()
    return plain[: plain.index(b"4 0 obj")] + b"4 0 obj\n" + stream + b"\nendobj\ntrailer<</Size 5/Root 1 0 R>>\n%%EOF"


def endless_pdf() -> bytes:
    """A page on which a line is drawn six million times."""
    return pdf(b"0 0 m 500 800 l S\n" * 6_000_000)


def picture(kind: str = "PNG", size: tuple[int, int] = (620, 877), mode: str = "RGB", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "white" if mode in ("RGB", "RGBA") else 0).save(out, kind, **more)
    return out.getvalue()


def talkative_picture() -> bytes:
    """A PNG with words in it that nobody sees."""
    told = PngInfo()
    told.add_text("Comment", "secret words")
    return picture(pnginfo=told)


def huge_png(side: int = 50_000) -> bytes:
    """A PNG of so many pixels each way: a few megabytes on disk, gigabytes in memory."""
    rows = _swollen(b"\0" * (side + 1), side)
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _swollen(block: bytes, times: int) -> bytes:
    """``block`` so many times, packed without packing it so many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    alone = zlib.adler32(block, 0)
    sum_a, sum_b = 1, 0
    for _ in range(times):  # Adler-32 of a repeated block
        sum_b = (sum_b + len(block) * sum_a + (alone >> 16)) % 65521
        sum_a = (sum_a + (alone & 0xFFFF)) % 65521
    return b"\x78\xda" + one * times + b"\x03\x00" + struct.pack(">I", sum_b << 16 | sum_a)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
