"""Words and patterns in the cells of lists: yes and no in their many forms, addresses, and what must not be kept."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,190}\.[^@\s.,;<>]{2,}")
_IDENTITY = re.compile(
    r"(?<![0-9A-Z])(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}"
    r"(?:[-+A-FU-Y][0-9]{3}[0-9A-Y]|[0-9]{3}[A-FHJ-NPR-Y])(?![0-9A-Z])"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TRUE = _words("1 x yes y true kyllä k on ja j sant")
_FALSE = _words("0 no n false ei e nej falskt")
_HERE = _words("aktiivinen aktiv active voimassa työsuhteessa töissä employed enabled käytössä itjänst")
_GONE = _words(
    "epäaktiivinen passiivinen eiaktiivinen inactive inaktiv passiv lähtenyt poistunut päättynyt left departed "
    "slutat avslutad avslutat disabled poistettu former terminated"
)
_RUNNING = _words("open avoin auki käynnissä kesken öppen öppet pågående pågår running ongoing inprogress")
_DONE = _words(
    "closed suljettu valmis päättynyt stängd stängt klar avslutad avslutat done completed archived arkistoitu "
    "arkiverad ended inactive epäaktiivinen inaktiv"
)

ANSWERS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "active": (_TRUE | _HERE, _FALSE | _GONE),
    "left": (_TRUE | _GONE, _FALSE | _HERE),
    "state": (_TRUE | _RUNNING | _HERE, _FALSE | _DONE),
    "closed": (_TRUE | _DONE, _FALSE | _RUNNING | _HERE),
}
"""By field: the words that mean yes and those that mean no, as `intake.text.bare` writes them."""

EXPECTED = {
    "active": "aktiivinen, poistunut / aktiv, slutat / active, left",
    "left": "kyllä, ei / ja, nej / yes, no",
    "state": "avoin, suljettu / öppen, stängd / open, closed",
    "closed": "kyllä, ei / ja, nej / yes, no",
    "email": "nimi@yritys.fi",
    "paid_by": "oma, yritys / egen, företag / own, company",
    "business_id": "1234567-1",
}


def identity_code(text: str) -> bool:
    """Whether a Finnish personal identity code stands in a text, right or mistyped: such are never kept."""
    return bool(_IDENTITY.search(text.upper()))
