"""Business ids, VAT numbers, OVT identifiers and IBANs: what is well-formed, and how it is written properly."""

from __future__ import annotations

import re

from stdnum import iban as stdnum_iban
from stdnum.dk import cvr
from stdnum.ee import registrikood
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

_NATIONAL = {"SE": swedish, "EE": registrikood, "NO": norwegian, "DK": cvr}
_OVT = re.compile(r"0037(\d{8})([0-9A-Z]{0,5})")
_CODE = re.compile(r"(?<![0-9A-Z])\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?![0-9A-Z])", re.I | re.A)
_ACCOUNT = re.compile(r"(?<![0-9A-Z])[A-Z]{2}\d{2}(?=(?:[ -]?[0-9A-Z]){11})", re.I | re.A)
_DIGITS = re.compile(r"[0-9]{2}")
_LENGTHS = range(34, 14, -1)  # of an account, the longest first


def business_id(text: str) -> str:
    """A Finnish business id as "NNNNNNN-C" out of any usual spelling (no hyphen, FI in front, six digits); "" if none.

    The check digit must be right.
    """
    bare = re.sub(r"[\s.\-–‑]", "", text).upper().removeprefix("FI")
    if re.fullmatch(r"0037\d{8}", bare):
        bare = bare[4:]
    if re.fullmatch(r"\d{7}", bare):
        bare = "0" + bare
    if not re.fullmatch(r"\d{8}", bare) or not ytunnus.is_valid(bare):
        return ""
    return f"{bare[:7]}-{bare[7]}"


def right_business_id(text: str, country: str) -> bool:
    """Whether an identifier of a buyer in ``country`` is well-formed (rule R21). Unknown countries are not judged."""
    if country in ("FI", "AX"):
        return (bool(business_id(text)) and "-" in text and len(text) == 9) or hetu.is_valid(text)
    if country in _NATIONAL:
        return bool(_NATIONAL[country].is_valid(text))
    return len(text) <= 40


def personal(text: str) -> bool:
    """Whether ``text`` has the shape of a Finnish personal identity code, which must not be shown whole."""
    return bool(re.fullmatch(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]", text.strip().upper()))


def vat_number(text: str, country: str) -> str:
    """``text`` as a VAT number with its country prefix and no spaces or hyphens; "" when it cannot be made one."""
    bare = re.sub(r"[\s.\-–‑]", "", text).upper()
    prefix = {"GR": "EL", "AX": "FI"}.get(country, country)
    for candidate in (bare, prefix + bare):
        if right_vat_number(candidate):
            return candidate
    return ""


def right_vat_number(text: str) -> bool:
    """Whether ``text`` is a VAT number as it is written: prefix, no spaces; check digits for the EU's."""
    if text[:2].lower() in eu_vat.MEMBER_STATES or text[:2] == "EL":
        try:
            return bool(eu_vat.validate(text) and re.fullmatch(r"[A-Z]{2}[0-9A-Z+*]{2,13}", text))
        except (ValidationError, ValueError, KeyError):
            return False
    return bool(re.fullmatch(r"(?!FI)[A-Z]{2}[0-9A-Z]{4,14}", text)) or bool(re.fullmatch(r"CHE-?[\d.]{9,11}.*", text))


def digits_of(text: str) -> str:
    """The eight digits that a Finnish business id, VAT number and OVT share; "" when there are none."""
    return business_id(text).replace("-", "")


def ovt(text: str) -> bool:
    """Whether ``text`` is an OVT identifier: 0037, a right business id, and up to five characters of a unit."""
    found = _OVT.fullmatch(text)
    return bool(found) and ytunnus.is_valid(found.group(1)) if found else False


def iban(text: str) -> str:
    """``text`` without spaces and in upper case."""
    return re.sub(r"\s", "", text).upper()


def right_iban(text: str) -> bool:
    """Whether the normalised ``text`` is an IBAN: country, length and check digits."""
    return bool(stdnum_iban.is_valid(iban(text)))


def masked(account: str) -> str:
    """An IBAN of which only both ends are shown."""
    return f"{account[:4]} •••• {account[-4:]}" if len(account) > 10 else account


def hidden(text: str) -> str:
    """Words of others without what must not be read in a channel: identity codes, and accounts but for both ends.

    Only right ones are hidden: a number that merely looks like one is somebody's invoice.
    """
    if _DIGITS.search(text) is None:
        return text  # as most names are
    if _CODE.search(text):
        text = _CODE.sub(lambda found: "••••••-••••" if hetu.is_valid(found[0]) else found[0], text)
    shown, end = "", 0
    for found in _ACCOUNT.finditer(text):
        if found.start() >= end and (length := _account(text[found.start() :])):
            whole = text[found.start() : found.start() + length]
            shown += text[end : found.start()] + masked(re.sub(r"[ -]", "", whole).upper())
            end = found.start() + length
    return shown + text[end:]


def _account(text: str) -> int:
    """How many characters of the beginning are an account, blanks and hyphens within it among them; 0 when none are."""
    places = [place for place, sign in enumerate(text[:80]) if sign.isalnum()]
    for length in _LENGTHS:
        end = places[length - 1] + 1 if len(places) >= length else 0
        if end and stdnum_iban.is_valid(text[:end].replace("-", " "), check_country=False):
            return end
    return 0
