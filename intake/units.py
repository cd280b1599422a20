"""Words for units, in three languages and as UN/ECE codes, to UN/ECE Recommendation 20 codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from finance import units

# spellings that files use beside the ones every reader of ours knows: inflected, plural and local abbreviations
_ALSO: tuple[tuple[str, str], ...] = (
    ("HUR", "hr tunnit tunteja timma timmer timmars työtunti työtuntia arbetstimme arbetstimmar manhour manhours"),
    ("DAY", "päiviä henkilötyöpäivä henkilötyöpäivää persondag persondagar arbetsdag manday mandays persondays pvt"),
    ("MIN", "minuutit minuuttia"),
    ("WEE", "viikkoja wk"),
    ("MON", "kuukausia mo mnd"),
    ("ANN", "vuosia yr yrs"),
    ("C62", "kappaleita stycken ea units unit(s) piece(s) pce(s) urakka kokonaisurakka könttä one"),
    ("KMT", "kilometrejä kilometers kilometres"),
    ("MTR", "metrejä meters metres"),
    ("MTK", "neliöt neliömetriä kvadratmeter sqm"),
    ("MTQ", "kuutiometriä kbm"),
    ("IE", "henkilöitä personer people hlöä"),
    ("KGM", "kilogrammaa kilos"),
    ("LTR", "ltr liters litres"),
    ("KWH", "kilowattituntia kilowattimmar"),
)


def unit_code(word: str, own: Mapping[str, str] | None = None) -> str:
    """The UN/ECE code of a unit ``word``; "" when it is empty or not known. ``own`` words of the company come first."""
    plain = _bare(word)
    if not plain:
        return ""
    for spelling, code in (own or {}).items():
        if _bare(spelling) == plain:
            return code.strip().upper()
    return _also().get(plain) or units.find(word) or units.find(plain)


def _bare(word: str) -> str:
    return "".join(word.casefold().replace(".", "").split())


@cache
def _also() -> Mapping[str, str]:
    return {word: code for code, words in _ALSO for word in words.split()}
