"""The first page as a picture: of what people send, and of what they send to do harm (reliability.md D4, J4)."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from intake import apart, first_page, pictures
from intake.pictures import Undrawable
from tests.support import documents as doc

GOOD: dict[str, Callable[[], bytes]] = {
    "pdf": doc.pdf,
    "png": doc.picture,
    "png with transparency": lambda: doc.picture(mode="RGBA"),
    "grey png": lambda: doc.picture(mode="L"),
    "png of sixteen bits": lambda: doc.picture(mode="I;16"),
    "jpeg": lambda: doc.picture("JPEG"),
    "jpeg for printers": lambda: doc.picture("JPEG", mode="CMYK"),
    "large jpeg": lambda: doc.picture("JPEG", (6000, 6000)),
    "gif": lambda: doc.picture("GIF", mode="P"),
    "a very long page": lambda: doc.pdf(media=b"[0 0 14400 20]"),
}
BAD: dict[str, Callable[[], bytes]] = {
    "a picture of 50 000 x 50 000": doc.huge_png,
    "a picture just too large": lambda: doc.picture(size=(8000, 8000), mode="1"),
    "a swollen pdf": doc.swollen_pdf,
    "an endless pdf": doc.endless_pdf,
    "a broken pdf": lambda: b"%PDF-1.4 nothing",
    "half a png": lambda: doc.picture()[:200],
    "a page of html": lambda: b"<html><script>alert(1)</script></html>",
    "a program": lambda: b"MZ" + b"\0" * 200,
    "an archive": lambda: b"PK\x05\x06" + b"\0" * 18,
    "nothing": lambda: b"",
    "more than may be": lambda: b"%PDF-1.4" + b" " * pictures.LARGEST,
}


@pytest.mark.parametrize("name", GOOD)
def test_a_document_becomes_a_small_jpeg(name: str) -> None:
    drawn = Image.open(io.BytesIO(pictures.first_page(GOOD[name]())))
    assert drawn.format == "JPEG"
    assert 0 < drawn.width <= first_page.WIDTH
    assert 0 < drawn.height <= first_page.HEIGHT
    assert drawn.mode in ("RGB", "L")


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_drawn_is_refused(name: str) -> None:
    with pytest.raises(Undrawable):
        pictures.first_page(BAD[name]())


GROWTH = """
import resource, sys
from intake import apart, pictures
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    pictures.first_page(content)
except pictures.Undrawable:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("name", ["a picture of 50 000 x 50 000", "a swollen pdf", "an endless pdf"])
def test_a_bomb_costs_the_worker_no_memory(name: str, tmp_path: Path) -> None:
    """Measured in a fresh process, whose peak no earlier test has raised; in kilobytes."""
    (tmp_path / "bomb").write_bytes(BAD[name]())
    command = [sys.executable, "-c", GROWTH, str(tmp_path / "bomb")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert 0 <= int(told.stdout) <= 32 * 1024


def test_its_time_is_the_processors_and_held_by_the_system() -> None:
    """Refused within two seconds of the processor, however busy the machine is."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(Undrawable):
        pictures.first_page(doc.endless_pdf())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= first_page.SECONDS + 1


def test_nothing_but_the_pixels_is_kept() -> None:
    talkative = doc.talkative_picture()
    assert b"secret words" in talkative
    drawn = pictures.first_page(talkative)
    assert b"secret words" not in drawn
    exif = Image.Exif()
    exif[0x010E] = "secret words"
    photo = pictures.first_page(doc.picture("JPEG", exif=exif, comment=b"secret words"))
    assert b"secret words" not in photo
    assert Image.open(io.BytesIO(photo)).getexif() == {}


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = Image.open(io.BytesIO(pictures.first_page(doc.picture("JPEG", (800, 400), exif=exif))))
    assert (drawn.width, drawn.height) == (400, 800)


def test_the_program_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks out of the libraries finds an empty environment."""
    seen: dict[str, object] = {}
    monkeypatch.setenv("KIERTO_SECRET_KEY", "secret")

    def run(command: list[str], **more: object) -> object:
        seen.update(more, command=command)
        raise OSError

    monkeypatch.setattr(apart.subprocess, "run", run)
    with pytest.raises(Undrawable):
        pictures.first_page(doc.pdf())
    assert seen["env"] == {}
    assert "-I" in seen["command"]  # type: ignore[operator]
    assert os.environ["KIERTO_SECRET_KEY"] == "secret"
