"""Verifiers and approvers: whose turn it is, and what waits for the token's user."""

from __future__ import annotations

from sandbox.procountor.call import Call, Routes, invalid
from sandbox.procountor.rights import CIRCULATED, CIRCULATION_OF, has, only_own_approvals
from sandbox.procountor.shapes import blank
from sandbox.procountor.wire import Answer, Doc, Refused, no_rights, ok, refuse

_WAITING = frozenset({"RECEIVED", "UNFINISHED", "VERIFIED"})
_SUBSTITUTE = {"verifiers": "substituteForVerifying", "acceptors": "substituteForApproving"}
_RIGHT = {"verifiers": "invoiceCirculation.verification", "acceptors": "invoiceCirculation.approval"}


def take_place(call: Call, doc: Doc, group: str) -> bool:
    """Fills the user's place, else (with full rights) the next open one; true when no place is left open.

    An unnamed user with full rights fills one place per call, so a blind repeat becomes the second approval.
    Raises Refused (403) for a named user who has acted, one out of turn, and a restricted user not named.
    """
    places = doc.get("invoiceApprovalInformation", {}).get(group, [])
    mine = [p for p in places if p["userId"] in _acts_for(call, group)]
    free = [p for p in places if "eventPerformed" not in p]
    if not mine and only_own_approvals(call.user):
        raise no_rights()
    if mine and not any(p in free for p in mine):
        raise refuse("The user has already acted on this invoice.", status=403)
    place = next((p for p in free if not mine or p in mine), None)
    if place is None:
        return True
    if mine and call.company.settings["circulation"]["useDeterminedOrder"] and free[0] is not place:
        raise refuse("It is not the user's turn in the determined order.", status=403)
    place["eventPerformed"] = call.now[:10]
    return all("eventPerformed" in p for p in places)


def _acts_for(call: Call, group: str) -> set[int]:
    """The user and everybody the user substitutes for today."""
    today, me = call.now[:10], call.user["id"]
    replaced = {
        entry["userId"]
        for entry in call.company.settings["circulation"]["substitutions"]
        if entry.get(_SUBSTITUTE[group]) == me and entry["start"] <= today <= entry["end"]
    }
    return {me, *replaced}


def _waiting(call: Call, group: str) -> Answer:
    kind = call.one("types")
    if not kind:
        raise Refused(400, [blank("types")])
    if kind not in CIRCULATED:
        raise invalid("types")
    settings = call.company.settings["circulation"]
    if not settings[CIRCULATION_OF[kind]] or not has(call.user, _RIGHT[group]):
        return ok({"invoiceIds": []})
    docs = [doc for doc in call.register("invoices").values() if doc["type"] == kind]
    return ok({"invoiceIds": sorted(doc["id"] for doc in docs if _waits(call, doc, group))})


def _waits(call: Call, doc: Doc, group: str) -> bool:
    """The round has started, an own place is open, and with a determined order it is the next one."""
    if doc["status"] not in _WAITING or not (doc.get("_circulating") or doc["status"] != "UNFINISHED"):
        return False
    named = doc.get("invoiceApprovalInformation", {})
    free = [p for p in named.get(group, []) if "eventPerformed" not in p]
    if group == "acceptors" and any("eventPerformed" not in p for p in named.get("verifiers", [])):
        return False
    if call.company.settings["circulation"]["useDeterminedOrder"]:
        free = free[:1]
    return any(p["userId"] in _acts_for(call, group) for p in free)


def personal_approvals(call: Call) -> Answer:
    return _waiting(call, "acceptors")


def personal_verifications(call: Call) -> Answer:
    return _waiting(call, "verifiers")


ROUTES: Routes = (
    ("GET", "/invoices/personalapprovals", personal_approvals),
    ("GET", "/invoices/personalverifications", personal_verifications),
)
