"""E-invoice operators and banks that the practice environment knows (ERROR_OPERATOR for all others).

State of the list: early 2026, gathered from open-source Finnish projects; the TIEKE register is the authority.
"""

from __future__ import annotations

OPERATORS: dict[str, str] = {
    "003723327487": "Apix Messaging",
    "003721291126": "Maventa",
    "MAVENTA": "Maventa",
    "BAWCFI22": "Basware",
    "003705925424": "Basware",
    "BWEI": "Basware",
    "003710948874": "OpusCapita / Posti Messaging",
    "E204503": "OpusCapita / Posti Messaging",
    "FI28768767": "OpusCapita / Posti Messaging",
    "003708599126": "OpenText (Liaison)",
    "003703575029": "CGI / Telia",
    "PAGERO": "Pagero",
    "003723609900": "Pagero",
    "003714377140": "Ropo (Enfo Zender)",
    "003701011385": "Tietoevry",
    "003701150617": "PostNord Strålfors",
    "003726044706": "Netbox",
    "EXPSYS": "Kofax",
    "NDEAFIHH": "Nordea",
    "OKOYFIHH": "OP",
    "DABAFIHH": "Danske Bank",
    "HANDFIHH": "Handelsbanken",
    "HELSFIHH": "Aktia",
    "AABAFI22": "Ålandsbanken",
    "POPFFI22": "POP Bank",
    "SBANFIHH": "S-Bank",
    "ITELFIHH": "Savings banks / Oma Sp",
    "INEXCHANGE": "InExchange",
    "003722207029": "Åland Post",
}


def is_operator(identifier: str) -> bool:
    """Exactly as listed: no blanks, no lower case, no names (rule R18)."""
    return identifier in OPERATORS
