"""Facts about single values: characters, IBANs, references, business ids, e-invoice addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from stdnum import iban as _iban
from stdnum import iso11649
from stdnum.fi import hetu, ytunnus

from sandbox.procountor.wire import Violation

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FOREIGN_ID = re.compile(r"[A-Z]{0,2}[A-Z0-9][A-Z0-9 .+/-]{1,22}")
_OVT = re.compile(r"(?:TE)?0037(\d{8})[A-Z0-9]{0,5}")
_OPERATOR_GIVEN = re.compile(r"[0-9A-Za-zÅÄÖåäö:._/-]{2,50}")
_WEIGHTS = (7, 3, 1)


def outside_windows_1252(value: Any, path: str = "") -> Iterator[Violation]:
    """Every text that Procountor could not store (rule R01), with its path and the first such character."""
    if isinstance(value, str):
        for sign in value:
            if not _in_windows_1252(sign):
                yield Violation(path or None, f"Value of the '{path}' contains an unsupported character: {sign}")
                return
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from outside_windows_1252(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from outside_windows_1252(item, f"{path}[{index}]")


def _in_windows_1252(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def is_email(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text))


def is_iban(text: str) -> bool:
    """With country code, without spaces, right check digits (rule R22)."""
    return text.isalnum() and text[:2].isupper() and bool(_iban.is_valid(text))


def is_reference(text: str) -> bool:
    """A Finnish reference (4 to 20 digits, last one checks) or an RF reference (rule R26)."""
    if text.startswith("RF"):
        return bool(iso11649.is_valid(text))
    return text.isdigit() and 4 <= len(text) <= 20 and reference_check_digit(text[:-1]) == text[-1]


def reference_check_digit(base: str) -> str:
    """Weights 7, 3, 1 from the right; what is missing to the next ten."""
    total = sum(int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(reversed(base)))
    return str(-total % 10)


def with_check_digit(base: str) -> str:
    return base + reference_check_digit(base)


def is_identifier(text: str, country: str | None) -> bool:
    """A business id or personal identity code; other countries only have to look like an identifier (R21)."""
    finnish = (bool(ytunnus.is_valid(text)) and "-" in text) or bool(hetu.is_valid(text))
    if country == "FINLAND":
        return finnish
    return finnish or bool(_FOREIGN_ID.fullmatch(text) and any(sign.isdigit() for sign in text))


def is_ovt(text: str) -> bool:
    """Finnish OVT: 0037, a business id with its check digit, at most five more characters (R20)."""
    found = _OVT.fullmatch(text)
    return bool(found) and not text.startswith("TE") and bool(ytunnus.is_valid(found[1] if found else ""))


def is_einvoice_address(text: str, country: str) -> bool:
    """An OVT, an IBAN or what an operator has given: 2 to 50 letters, digits, colons (R19).

    In Finland what begins like an OVT or an IBAN must be one.
    """
    if country == "FINLAND" and re.match(r"0037\d", text):
        return is_ovt(text)
    if country == "FINLAND" and re.fullmatch(r"FI\d{10,}", text):
        return is_iban(text)
    return bool(_OPERATOR_GIVEN.fullmatch(text))


def business_id(seven: int) -> str | None:
    """The Finnish business id for seven digits, or None when no check digit exists for them."""
    digits = f"{seven:07d}"
    rest = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    if rest == 1:
        return None
    return f"{digits}-{11 - rest if rest else 0}"


def finnish_iban(bban: str) -> str:
    """A Finnish IBAN over fourteen digits; the last digit of them is replaced by its own check digit."""
    base = bban[:13]
    doubled = "".join(str(int(d) * (2 - place % 2)) for place, d in enumerate(base))
    full = base + str(-sum(map(int, doubled)) % 10)
    return f"FI{98 - int(full + '151800') % 97:02d}{full}"
