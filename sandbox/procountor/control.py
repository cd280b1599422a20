"""`/practice/…` on the same port: the strings that tests and the practice page pull. No Procountor path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.procountor import inbox, management, outside
from sandbox.procountor.wire import Answer, Doc, loads, not_found, ok, public, refuse
from sandbox.procountor.world import Company, World

Lever = Callable[[World, Doc], Any]


def handle(world: World, method: str, path: str, body: bytes) -> Answer:
    """One practice request; the body is a JSON object or nothing. Raises Refused (400, 404)."""
    lever = _LEVERS.get((method, path.rstrip("/")))
    if lever is None:
        raise not_found("Practice path")
    doc = loads(body) if body else {}
    if not isinstance(doc, dict):
        raise refuse("The body is a JSON object.")
    try:
        return ok(lever(world, doc))
    except (KeyError, TypeError, ValueError) as error:
        raise refuse(f"The request does not fit: {error}") from error


def _company(world: World, doc: Doc) -> Company:
    """`company` is an id; without it the first company is meant."""
    ident = doc.pop("company", None) or min(world.companies)
    if ident not in world.companies:
        raise not_found("Company")
    return world.companies[ident]


def _add_fault(world: World, doc: Doc) -> Doc:
    world.faults.add(**doc)
    return {"faults": world.faults.to_json()}


def _clear_faults(world: World, _: Doc) -> Doc:
    world.faults.clear()
    return {"faults": []}


def _faults(world: World, _: Doc) -> Doc:
    return {"faults": world.faults.to_json()}


def _ledger(world: World, _: Doc) -> Doc:
    return world.journal.to_json()


def _counts(world: World, _: Doc) -> Doc:
    return {**world.counts.to_json(), "refused429": len(world.journal.breaches)}


def _inbox(world: World, doc: Doc) -> Doc:
    company = _company(world, doc)
    day = date.fromisoformat(doc.pop("day")) if "day" in doc else None
    bill = inbox.receive(world, company, inbox.Bill(day=day, **doc))
    _note(world, company, "web", "POST /practice/inbox", bill["id"], "bill received")
    return public(bill)


def _bank(world: World, doc: Doc) -> Doc:
    company = _company(world, doc)
    amount = doc.pop("amount", None)
    day = date.fromisoformat(doc.pop("day")) if "day" in doc else None
    exact = None if amount is None else Decimal(str(amount))
    events = outside.bank_run(world, company, amount=exact, day=day, **doc)
    for event in events:
        _note(world, company, "bank", "POST /practice/bank", event["invoiceId"], f"paid {event['paidAmount']}")
    return {"events": [public(event) for event in events]}


def _edit(world: World, doc: Doc) -> Doc:
    """{"invoice": id, "changes": {…}, "bump_version": true}"""
    company = _company(world, doc)
    edited = outside.edit(world, company, doc["invoice"], doc["changes"], bump_version=doc.get("bump_version", True))
    _note(world, company, "web", "POST /practice/people-edit", edited["id"], f"edited {', '.join(doc['changes'])}")
    return public(edited)


def _bounce(world: World, doc: Doc) -> Doc:
    """{"invoice": id, "words": …}"""
    company = _company(world, doc)
    back = outside.bounce(world, company, doc["invoice"], doc.get("words", "Receiver not found"))
    _note(world, company, "operator", "POST /practice/bounce", back["id"], "e-invoice came back")
    return public(back)


def _note(world: World, company: Company, who: str, route: str, ident: int, summary: str) -> None:
    world.journal.add(when=world.now(), company=company.id, user=0, key=who, route=route, id=ident, summary=summary)


def _visibility(world: World, doc: Doc) -> Doc:
    world.options.search_lag = float(doc["seconds"])
    return asdict(world.options)


def _options(world: World, doc: Doc) -> Doc:
    for name, value in doc.items():
        if name not in asdict(world.options):
            raise refuse(f"Unknown option {name}.")
        setattr(world.options, name, float(value) if name == "search_lag" else value)
    return asdict(world.options)


def _expire_tokens(world: World, _: Doc) -> Doc:
    world.tokens.expire()
    return {"message": "All tokens have expired."}


def _revoke_key(world: World, doc: Doc) -> Doc:
    """{"key": …, "revoked": true}; a revoked key yields no token and its tokens stop working."""
    for company in world.companies.values():
        if doc["key"] in company.keys:
            company.keys[doc["key"]]["revoked"] = bool(doc.get("revoked", True))
            return {"message": "done"}
    raise not_found("Key")


def _managed(change: Callable[[Company, Doc], Doc]) -> Lever:
    def lever(world: World, doc: Doc) -> Doc:
        company = _company(world, doc)
        return change(company, doc)

    return lever


def _confirm(world: World, doc: Doc) -> Doc:
    """{"transactionIdentifier": …, "accept": true}: the person answers in the Procountor Key app."""
    for company in world.companies.values():
        for entry in company.registers["confirmations"].values():
            if entry["identifier"] == doc["transactionIdentifier"] and entry["state"] == "waiting":
                entry["state"] = "done" if doc.get("accept", True) else "rejected"
                if entry["state"] == "done":
                    outside.remove_payment(world, company, entry["event"])
                return {"state": entry["state"]}
    raise not_found("Waiting transaction")


_LEVERS: dict[tuple[str, str], Lever] = {
    ("POST", "/practice/faults"): _add_fault,
    ("GET", "/practice/faults"): _faults,
    ("DELETE", "/practice/faults"): _clear_faults,
    ("GET", "/practice/ledger"): _ledger,
    ("GET", "/practice/counts"): _counts,
    ("POST", "/practice/inbox"): _inbox,
    ("POST", "/practice/bank"): _bank,
    ("POST", "/practice/people-edit"): _edit,
    ("POST", "/practice/bounce"): _bounce,
    ("POST", "/practice/visibility"): _visibility,
    ("POST", "/practice/options"): _options,
    ("POST", "/practice/tokens/expire"): _expire_tokens,
    ("POST", "/practice/keys/revoke"): _revoke_key,
    ("POST", "/practice/confirm"): _confirm,
    ("POST", "/practice/management/interfaces"): _managed(management.interfaces),
    ("POST", "/practice/management/rights"): _managed(management.rights),
    ("POST", "/practice/management/bank-accounts"): _managed(management.bank_accounts),
    ("POST", "/practice/management/vats"): _managed(management.vats),
    ("POST", "/practice/management/products"): _managed(management.products),
}
