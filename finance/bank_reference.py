"""Bank references of Finland: the national one with its 7-3-1 check digit, and the international RF."""

from __future__ import annotations

import re

from stdnum import iso11649

_WEIGHTS = (7, 3, 1)


def check_digit(base: str) -> str:
    """The digit that completes ``base`` (1 to 19 digits): weights 7, 3, 1 from the right, distance to the next ten."""
    weighted = sum(int(digit) * _WEIGHTS[i % 3] for i, digit in enumerate(reversed(base)))
    return str(-weighted % 10)


def national(base: str) -> str:
    """The national reference of ``base`` (3 to 19 digits). Raises ValueError for anything else."""
    if not re.fullmatch(r"\d{3,19}", base):
        raise ValueError("the base of a reference has 3 to 19 digits")
    return base + check_digit(base)


def rf(reference: str) -> str:
    """The international form of a national reference: "1232" becomes "RF111232"."""
    bare = reference.lstrip("0")
    return f"RF{_rf(bare)}{bare}"


def _rf(bare: str) -> str:
    numbers = "".join(str(int(character, 36)) for character in bare + "RF00")
    return f"{98 - int(numbers) % 97:02d}"


def normal(text: str) -> str:
    """``text`` without spaces, in upper case, without the leading zeros of a national reference."""
    bare = re.sub(r"\s", "", text).upper()
    return (bare.lstrip("0") or bare) if bare.isdigit() else bare  # "0" is no reference, and not none either


def right(text: str) -> bool:
    """Whether the normalised ``text`` is a valid national (4 to 20 digits) or RF reference (rule R26)."""
    bare = normal(text)
    if bare.startswith("RF"):
        return bool(iso11649.is_valid(bare))
    return bool(re.fullmatch(r"[0-9]{4,20}", bare)) and check_digit(bare[:-1]) == bare[-1]


def corrected(text: str) -> str:
    """A right reference near a wrong one: its last digit (or RF check) computed anew; "" when that cannot be done."""
    bare = normal(text)
    if bare.startswith("RF"):
        rest = bare[4:]
        return f"RF{_rf(rest)}{rest}" if re.fullmatch(r"[0-9A-Z]{1,21}", rest) else ""
    return bare[:-1] + check_digit(bare[:-1]) if re.fullmatch(r"[0-9]{4,20}", bare) else ""
