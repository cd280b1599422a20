"""E-invoice operators that forward Finnish e-invoices, and the spellings they are found under.

State of the list: 2026-01. It ages (operators merge and change identifiers): a company's admins add their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from finance.faults import Choice
from finance.reference import Operator, OperatorSeen

LISTED = date(2026, 1, 1)
APIX = "003723327487"
DANSKE = "DABAFIHH"

OPERATORS = (
    Operator(APIX, "Apix Messaging", ("Apix", "Apix Messaging Oy")),
    Operator("003721291126", "Maventa", ("Maventa Oy", "Visma Maventa", "Visma")),
    Operator("BAWCFI22", "Basware", ("003705925424", "BWEI", "Basware Oyj", "Basware Oy")),
    Operator(
        "003710948874",
        "Posti Messaging (OpusCapita)",
        ("OpusCapita", "OpusCapita Solutions", "Posti Messaging", "E204503", "FI28768767", "Itella"),
    ),
    Operator("003708599126", "OpenText (Liaison)", ("OpenText", "Liaison", "Liaison Technologies", "Anilinker")),
    Operator("003703575029", "CGI / Telia", ("CGI", "Telia", "CGI Suomi", "TeliaSonera", "Logica")),
    Operator("PAGERO", "Pagero", ("003723609900", "Pagero Oy", "Pagero Ab")),
    Operator("003714377140", "Ropo (Enfo Zender)", ("Ropo", "Enfo", "Enfo Zender", "Ropo Capital", "Zender")),
    Operator("003701011385", "Tietoevry", ("Tieto", "TietoEVRY", "Tieto Finland", "TietoEnator")),
    Operator("003701150617", "PostNord Strålfors", ("Strålfors", "PostNord", "Stralfors")),
    Operator("003726044706", "Netbox", ("Netbox Finland", "Netbox Finland Oy")),
    Operator("EXPSYS", "Kofax", ("Lexmark Expert Systems", "Expert Systems")),
    Operator("INEXCHANGE", "InExchange", ("InExchange Factorum", "In Exchange", "InExchange Oy")),
    Operator("003722207029", "Åland Post", ("Aland Post", "Ålands Post")),
    Operator("NDEAFIHH", "Nordea", ("Nordea Pankki", "Nordea Bank")),
    Operator("OKOYFIHH", "OP", ("Osuuspankki", "OP Ryhmä", "Pohjola", "OP Yrityspankki", "OKOBANK")),
    Operator(DANSKE, "Danske Bank", ("Danske", "Sampo Pankki", "Sampo")),
    Operator("HANDFIHH", "Handelsbanken", ("Svenska Handelsbanken",)),
    Operator("HELSFIHH", "Aktia", ("Aktia Pankki", "Aktia Bank")),
    Operator("AABAFI22", "Ålandsbanken", ("Alandsbanken", "Bank of Åland")),
    Operator("POPFFI22", "POP Pankki", ("POP Bank", "POP")),
    Operator("SBANFIHH", "S-Pankki", ("S-Bank", "S Pankki", "S-banken")),
    Operator("ITELFIHH", "Säästöpankit / Oma Sp", ("Säästöpankki", "Oma Säästöpankki", "Oma Sp", "Savings Bank")),
)
"""Identifier, name, other spellings (older identifiers of the same operator among them)."""


def known(code: str, added: tuple[Operator, ...] = ()) -> bool:
    """Whether ``code`` is, exactly as written, an identifier of an operator."""
    return any(code == operator.id for operator in (*OPERATORS, *added)) or code in _OTHER_IDS


def meant(text: str, added: tuple[Operator, ...] = ()) -> Operator | None:
    """The operator ``text`` certainly means: its code in another case or spacing, its name, or "code name"."""
    parts = {_plain(text), *(_plain(part) for part in re.split(r"[\s/,;()]+", text) if len(part) > 3)}
    for operator in (*OPERATORS, *added):
        if {_plain(operator.id), _plain(operator.name), *map(_plain, operator.names)} & parts:
            return operator
    return None


@lru_cache(maxsize=1024)
def nearest(
    text: str, added: tuple[Operator, ...] = (), limit: int = 100, often: tuple[str, ...] = ()
) -> tuple[Choice, ...]:
    """Operators in the order of likeness to ``text``, which may be empty; one entry each.

    Of those equally like it the ones in ``often`` (identifiers, the commonest first) come first.
    """
    everything = {operator.id: operator for operator in (*OPERATORS, *added)}
    wanted = _plain(text)
    places = {id: place for place, id in enumerate(often)}
    ranked = sorted(everything.values(), key=lambda o: (-_likeness(wanted, o), places.get(o.id, len(places))))
    return tuple(Choice(o.id, " · ".join(filter(None, (o.name, o.id)))[:75]) for o in ranked[:limit])


def tally(texts: Iterable[str]) -> tuple[OperatorSeen, ...]:
    """The operators that customers have in a register, the commonest first; a name counts for its identifier.

    What is neither an operator we know nor of the form of an identifier is left out.
    """
    counted = Counter(filter(None, map(_identified, texts)))
    return tuple(OperatorSeen(id, count) for id, count in sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _identified(text: str) -> str:
    bare = text.strip()
    operator = None if known(bare) else meant(bare)
    if operator is not None:
        return operator.id
    return bare if known(bare) or _IDENTIFIER.fullmatch(bare) else ""


def with_seen(added: tuple[Operator, ...], seen: tuple[OperatorSeen, ...]) -> tuple[Operator, ...]:
    """What a company's admins have added, and the operators its customers have that no list of ours knows."""
    return (*added, *(Operator(one.id, "") for one in seen if not known(one.id, added)))


def _likeness(wanted: str, operator: Operator) -> float:
    """How alike: whole strings count a little more than parts, because identifiers differ in a digit or two."""
    spellings = [_plain(s) for s in (operator.id, operator.name, *operator.names)]
    return max(max(fuzz.ratio(wanted, s) * 1.1, fuzz.WRatio(wanted, s)) for s in spellings)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


_IDENTIFIER = re.compile(r"[0-9A-Z][0-9A-Z._-]{4,34}")
_OTHER_IDS = frozenset(("003705925424", "BWEI", "E204503", "FI28768767", "003723609900", "MAVENTA"))
