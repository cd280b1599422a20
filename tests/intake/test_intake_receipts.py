"""Receipts: good ones come through as nothing but a picture or a passive PDF, everything else is stopped by name."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from finance.receipts import Flaw, looks_like
from intake import receipt_file, receipts
from intake.receipts import Unfit
from tests.support import receipts as made


@pytest.mark.parametrize("name", made.GOOD)
def test_a_good_one_comes_through(name: str) -> None:
    seen, kept = receipts.receipt(*made.GOOD[name]())
    assert seen.kind == ("pdf" if name.startswith("pdf") else "jpg")
    assert len(seen.print) == 16
    if seen.kind == "jpg":
        drawn = Image.open(io.BytesIO(kept))
        assert drawn.format == "JPEG"
        assert max(drawn.size) <= receipt_file.SIDE
        assert not drawn.getexif()
        assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("name", made.BAD)
def test_a_bad_one_is_stopped_and_why_is_known(name: str) -> None:
    make, flaw = made.BAD[name]
    with pytest.raises(Unfit) as stopped:
        receipts.receipt(*make())
    assert stopped.value.flaw is flaw


def test_every_flaw_is_met() -> None:
    assert {flaw for _, flaw in made.BAD.values()} == set(Flaw)


def test_when_a_picture_was_taken_and_what_day_a_pdf_names_are_seen() -> None:
    assert receipts.receipt("a.jpg", made.photo())[0].taken == date(2026, 5, 3)
    assert receipts.receipt("a.pdf", made.pdf("Kuitti 2.5.2026, maksettu 2026-05-01"))[0].dates == (
        date(2026, 5, 1),
        date(2026, 5, 2),
    )


def test_two_pictures_of_one_receipt_look_alike_and_of_two_do_not() -> None:
    one = receipts.receipt("a.jpg", made.photo(seed=1))[0].print
    again = receipts.receipt("b.png", made.photo(seed=1, kind="PNG", size=(900, 1400)))[0].print
    other = receipts.receipt("c.jpg", made.photo(seed=2))[0].print
    assert looks_like(one, again)
    assert not looks_like(one, other)
    assert not looks_like("0" * 16, "0" * 16)
