"""Procountor's refusals in plain words: for each code what is wrong, what to do, and whether to try again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from finance.faults import Explanation, Repair, Who, Words
from finance.fields import Place, at, of_kind, place
from finance.invoice import Kind
from finance.problem_words import EXPLANATIONS

_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"value of the '(?P<field>[^']*)'.*cannot be (blank|null|empty)|must not be (blank|null|empty)", "BLANK"),
    (r"value of the '(?P<field>[^']*)' field is invalid", "INVALID"),
    (r"<html|<!doctype|bad gateway|gateway time-?out|service unavailable|internal server error", "5xx"),
    (r"(chargeable|invoic(e)?able).*(interface|integration)|interface.*not (allowed|permitted|enabled)", "INTERFACES"),
    (r"user rights check failed|insufficient user rights|access is denied|forbidden", "403"),
    (r"unauthori[sz]ed|invalid[_ ]token|token (has )?expired", "401"),
    (r"too many requests|rate limit", "429"),
    (r"(partner|customer).*(already exists|same (number|customer number))", "PARTNER_CLASH"),
    (r"version.*(old|outdated|stale|mismatch|does not match|not match)|optimistic lock", "VERSION"),
    (
        r"(closed|locked).*(fiscal|tracking|period)|(fiscal|tracking) (year|period).*(closed|locked)",
        "CLOSED_FISCAL_PERIOD",
    ),
    (r"not found", "404"),
)
_ALIASES = {"INVALID_VALUE": "INVALID", "BLANK_VALUE": "BLANK"}
_HTTP = re.compile(r"HTTP_(\d{3})")
_CODE = re.compile(r"(?<![A-Z])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
LONGEST = 500
"""Characters of a message that are looked at: the sentences we know are shorter, and a stranger's may be endless."""


class ProblemKind(StrEnum):
    """What follows from a refusal."""

    FIX = "fix"  # a person mends the document and sends it again
    RETRY = "retry"  # it passes by itself; a write is looked for before it is repeated
    STOP = "stop"  # nothing will go through until somebody changes rights or keys
    ASK = "ask"  # not known: shown as it is


@dataclass(frozen=True, slots=True)
class ProblemExplanation:
    """One refusal explained. ``says`` and ``do`` have places for ``facts``; ``row`` counts from zero.

    ``path`` is the field to mend in the terms of ``finance.fixes``, "" when there is none.
    """

    code: str
    kind: ProblemKind
    says: Words
    do: Words
    who: Who
    row: int | None = None
    path: str = ""
    repair: Repair = Repair.NONE
    register: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """What we know of a code besides its words: the kind, and the field that is mended when none is named."""

    kind: ProblemKind
    path: str = ""
    always: bool = False  # the field to mend is this one, whatever field Procountor names


_KNOWN = {
    "DUE_DATE_BEFORE_BILL_DATE": _Known(ProblemKind.FIX, "payment.due", always=True),
    "INVALID_OVT": _Known(ProblemKind.FIX, "buyer.e_invoice.ovt"),
    "OVT_NOT_ALLOWED": _Known(ProblemKind.FIX, "buyer.e_invoice.ovt"),
    "UNABLE_TO_GET_CONNECTION": _Known(ProblemKind.RETRY),
    "ERROR_VATSTATUS_VATPERC": _Known(ProblemKind.FIX, "vat_status"),
    "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION": _Known(ProblemKind.FIX, "account"),
    "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE": _Known(
        ProblemKind.FIX, "cost_centre"
    ),
    "ERROR_BRN_CODE": _Known(ProblemKind.FIX, "buyer.business_id"),
    "CLOSED_FISCAL_PERIOD": _Known(ProblemKind.FIX, "issued"),
    "ERROR_OPERATOR": _Known(ProblemKind.FIX, "buyer.e_invoice.operator"),
    "PARTNER_CLASH": _Known(ProblemKind.FIX, "buyer.customer_number"),
    "BLANK": _Known(ProblemKind.FIX),
    "INVALID": _Known(ProblemKind.FIX),
    "VERSION": _Known(ProblemKind.RETRY),
    "INTERFACES": _Known(ProblemKind.STOP),
    "401": _Known(ProblemKind.STOP),
    "403": _Known(ProblemKind.STOP),
    "404": _Known(ProblemKind.ASK),
    "429": _Known(ProblemKind.RETRY),
    "5xx": _Known(ProblemKind.RETRY),
    # what our own client says before anything leaves
    "NOT_WINDOWS_1252": _Known(ProblemKind.FIX),
    "CHANNEL_MISSING": _Known(ProblemKind.FIX, "channel"),
    "COUNTRY_NOT_MAPPED": _Known(ProblemKind.FIX, "buyer.address.country"),
    "UNIT_NOT_MAPPED": _Known(ProblemKind.FIX),
    "LANGUAGE_NOT_MAPPED": _Known(ProblemKind.FIX, "language"),
    "CURRENCY_NOT_MAPPED": _Known(ProblemKind.FIX, "payment.currency"),
    "NOT_A_NUMBER": _Known(ProblemKind.ASK),
    "LEDGER_ROWS_DIFFER": _Known(ProblemKind.ASK),
    "ATTACHMENT_TOO_LARGE": _Known(ProblemKind.ASK),
    "ATTACHMENT_WITHOUT_ENDING": _Known(ProblemKind.ASK),
    "WITHOUT_REASON": _Known(ProblemKind.ASK),
}


def explain(code: str, field: str, message: str, kind: Kind = Kind.SALES_INVOICE) -> ProblemExplanation:
    """What Procountor's answer means. ``code`` is its code or HTTP status, ``field`` its path, both may be empty.

    A code we do not know is shown as it came, with kind ASK.
    """
    name, named_field = _recognise(_bare(code), message)
    where = place(field or named_field)
    facts = {"code": code or message[:200], "field": field or named_field or "–", "message": message[:200] or code}
    row = _table().get(f"problem.{name}")
    if row is None:
        shown = message[:80] if _bare(code).isdigit() or not code else code
        return _unknown(shown, of_kind(where, kind), facts)
    known = _KNOWN[name]
    if known.path and (known.always or not where.path):
        where = at(known.path, where.row)
    where = of_kind(where, kind)
    facts["row"] = "–" if where.row is None else str(where.row + 1)
    mend = where if known.kind is ProblemKind.FIX else Place("", where.row)
    return ProblemExplanation(
        name, known.kind, row.says, row.do, row.who, where.row, mend.path, mend.repair, mend.register, facts
    )


def codes() -> tuple[str, ...]:
    """The codes we have words for."""
    return tuple(_KNOWN)


def _bare(code: str) -> str:
    """The code as Procountor would give it: our client names sentences and bare statuses in its own way."""
    code = code.strip()
    status = _HTTP.fullmatch(code)
    return status[1] if status else _ALIASES.get(code, code)


def _recognise(code: str, message: str) -> tuple[str, str]:
    """Our name for the problem and the field named inside the message: by code, by message, then by HTTP status."""
    message = message.strip()[:LONGEST]
    for text in (code[:LONGEST], message):
        compact = re.sub(r"\s+", "", text)
        word = _CODE.search(compact if compact.isupper() else text)
        if word and word[0] in _KNOWN:
            return word[0], ""
    for pattern, name in _PATTERNS:
        found = re.search(pattern, message or code, re.IGNORECASE | re.DOTALL)
        if found:
            return name, found.groupdict().get("field") or ""
    if re.fullmatch(r"5\d\d", code):
        return "5xx", ""
    return (code if code in _KNOWN else ""), ""


def _unknown(code: str, where: Place, facts: dict[str, str]) -> ProblemExplanation:
    """Their own words; a bare code or nothing at all is no reason that a reader could use."""
    said = facts["message"].strip()
    row = _table()["problem.WITHOUT_REASON" if said in ("", facts["code"]) else "problem.unknown"]
    facts["row"] = "–" if where.row is None else str(where.row + 1)
    return ProblemExplanation(
        code, ProblemKind.ASK, row.says, row.do, row.who, where.row, where.path, where.repair, where.register, facts
    )


def _table() -> dict[str, Explanation]:
    return {row.code: row for row in EXPLANATIONS}
