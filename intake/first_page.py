"""The first page of a document as a small picture: a program of its own, for what strangers send may be a bomb.

Run by `intake.pictures`, never imported by the bot: the document comes in by standard input, a JPEG goes out by
standard output. It imports nothing of ours, is given no environment, and lives within limits that the system holds.
"""

from __future__ import annotations

import contextlib
import io
import sys
from typing import Any

MEMORY = 384 * 1024 * 1024  # bytes of address space, the libraries' own included
SECONDS = 2  # of processor time
PIXELS = 40_000_000  # of a picture that comes in
WIDTH, HEIGHT = 1000, 1414  # of the one that goes out: a page in its usual form
LARGEST = 2_000_000  # bytes that go out
QUALITY = 82
UNFIT = 3  # exit code: no picture can be made of this


def limit() -> None:
    """Takes away what a bomb would use. Where a system has no such limits, the one who runs this still ends it."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def picture(content: bytes) -> bytes:
    """The first page as JPEG, without anything but its pixels. Raises anything for what cannot be drawn."""
    drawn = _pdf(content) if b"%PDF-" in content[:1024] else _image(content)
    drawn.thumbnail((WIDTH, HEIGHT))
    if drawn.mode not in ("RGB", "L"):
        drawn = _on_white(drawn) if drawn.has_transparency_data else drawn.convert("RGB")
    drawn.info.clear()  # comments and the like
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY)
    if out.tell() > LARGEST:
        raise ValueError("too large")
    return out.getvalue()


def _pdf(content: bytes) -> Any:
    """No forms and no scripts are begun; the size is decided before a pixel is drawn."""
    import pypdfium2

    page = pypdfium2.PdfDocument(content)[0]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1.0), HEIGHT / max(height, 1.0))
    return page.render(scale=scale, may_draw_forms=False, rev_byteorder=True).to_pil()


def _image(content: bytes) -> Any:
    """PNG, JPEG or GIF; the header tells the size before anything is unpacked."""
    from PIL import Image, ImageOps

    found = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF"))
    if found.width * found.height > PIXELS:
        raise ValueError("too many pixels")
    found.draft("RGB", (WIDTH * 2, HEIGHT * 2))
    return ImageOps.exif_transpose(found)


def _on_white(drawn: Any) -> Any:
    """What is transparent shows as paper."""
    from PIL import Image

    layer = drawn.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def main() -> int:
    limit()
    content = sys.stdin.buffer.read()
    try:
        made = picture(content)
    except BaseException:  # noqa: BLE001 - whatever it is, it is no picture; memory that has run out included
        return UNFIT
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
