"""A small bitmap alphabet, five by seven points a sign, for the pictures of invoices."""

from __future__ import annotations

WIDTH, HEIGHT = 5, 7

# Each sign is seven rows of five points, written as hexadecimal numbers from top to bottom.
_SIGNS = {
    "A": "0E11111F111111",
    "B": "1E11111E11111E",
    "C": "0E11101010110E",
    "D": "1E11111111111E",
    "E": "1F10101E10101F",
    "F": "1F10101E101010",
    "G": "0E11101711110F",
    "H": "1111111F111111",
    "I": "0E04040404040E",
    "J": "0702020202120C",
    "K": "11121418141211",
    "L": "1010101010101F",
    "M": "111B1515111111",
    "N": "11191513111111",
    "O": "0E11111111110E",
    "P": "1E11111E101010",
    "Q": "0E11111115120D",
    "R": "1E11111E141211",
    "S": "0F10100E01011E",
    "T": "1F040404040404",
    "U": "1111111111110E",
    "V": "11111111110A04",
    "W": "11111115151B11",
    "X": "11110A040A1111",
    "Y": "11110A04040404",
    "Z": "1F01020408101F",
    "0": "0E11131519110E",
    "1": "040C040404040E",
    "2": "0E11010204081F",
    "3": "1F02040201110E",
    "4": "02060A121F0202",
    "5": "1F101E0101110E",
    "6": "0608101E11110E",
    "7": "1F010204080808",
    "8": "0E11110E11110E",
    "9": "0E11110F01020C",
    ".": "00000000000C0C",
    ",": "000000000C0408",
    "-": "0000001F000000",
    ":": "000C0C000C0C00",
    "/": "00010204081000",
    "%": "18190204081303",
    "&": "0C12140815120D",
    "(": "02040808080402",
    ")": "08040202020408",
    "+": "0004041F040400",
    "Ä": "0A000E11111F11",
    "Ö": "0A000E1111110E",
    "Å": "040A0E11111F11",
    "É": "02041F101E101F",
}


def rows_of(sign: str) -> list[int]:
    """The seven rows of a sign; what the alphabet lacks is blank."""
    code = _SIGNS.get(sign.upper(), "00" * HEIGHT)
    return [int(code[place : place + 2], 16) for place in range(0, 2 * HEIGHT, 2)]
