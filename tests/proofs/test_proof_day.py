"""G19: after a day of a company every change in Procountor leads to a row of ours, and every row to its change.

Invoices, bills, claims and costs go with their papers, some claims together; bills come and are approved, verified and
objected to by people in Slack, all of it through the front door and a worker. Procountor's own journal is held against
what `kierto export links` tells.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finance.circulation import Act
from sandbox.procountor import inbox, seed
from sandbox.procountor.journal import Change
from sandbox.slack.workspace import Person
from storage import claim_money, links, transfers
from storage.links import Link
from tests.kills import paperwork
from tests.proofs.proof_world import World, opened
from tests.support.databases import KINDS

BATCHES = int(os.environ.get("KIERTO_PROOF_DAY", "6"))  # of 48 documents each
BILLS = 24 * BATCHES
APPROVER, VERIFIER = "UAPPROVER", "UVERIFIER"
MARIA, KARI = 504, seed.seed_people.PARTNER
MARK = re.compile(r"\[k:(\d+)\]")
Effect = tuple[str, int, str]
"""What was done, to which invoice of Procountor's, and what tells it from others of its kind."""
READ_BACK = {"PUT /invoices/{invoiceId}/sendToCirculation", "PUT /ledgerreceipts/{receiptId}"}


@pytest.mark.gate("G19")
@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_every_change_leads_to_a_row_and_every_row_to_its_change(kind: str, tmp_path: Path) -> None:
    began = time.monotonic()
    people = [Person(user, user.lower(), f"Person {user}") for user in (APPROVER, VERIFIER)]
    with opened(kind, tmp_path, people) as world:
        world.person(APPROVER, {"approve": {"EUR": None}}, procountor=KARI, key=seed.USER_KEYS[KARI])
        world.person(VERIFIER, {"pre_approve": {"EUR": None}}, procountor=MARIA, key=seed.USER_KEYS[MARIA])
        paperwork.know_people(world.house, world.company)
        for place in range(BATCHES):
            paperwork.send_batch(world.house, world.company, paperwork.FIRST + place * paperwork.BATCH)
        with world.edge(), world.working():
            _decide(world)
            world.until(lambda: not _under_way(world), 600, "documents are left")
            world.idle()
        with world.house.store.read() as tx:
            ours = Counter(effect for link in links.all(tx, world.company) for effect in _wanted(link))
        theirs, others = _journal(world)
    told = Counter(effect[0] for effect in theirs.elements())
    print(
        f"\n  {kind}: a day of {BATCHES * paperwork.BATCH} documents and {BILLS} bills: {theirs.total()} changes in "
        f"Procountor ({', '.join(f'{n} {what}' for what, n in told.most_common())}), without a row of ours "
        f"{(theirs - ours).total()}, rows without their change {(ours - theirs).total()}; "
        f"{time.monotonic() - began:.0f} s"
    )
    assert theirs == ours
    assert max(theirs.values()) == 1
    assert set(others) <= READ_BACK, others
    assert set(told) == {"created", "attached", "paid", "approve", "verify", "comment"}


def _decide(world: World) -> None:
    """A third is approved, a third verified, of a third somebody says what is wrong."""
    world.paid_before()
    ids = world.receive([inbox.Bill(verifiers=[MARIA] * (n % 3 != 1), acceptors=[KARI]) for n in range(BILLS)])
    world.known(ids)
    verified, approved, denied = ids[::3], ids[1::3], ids[2::3]
    for bill, handle in world.handles(verified, "bill.verify").items():
        world.press(VERIFIER, bill, handle, "bill.verify")
    for bill, handle in world.handles(approved).items():
        world.press(APPROVER, bill, handle)
    for handle in world.handles(denied, "bill.no").values():
        world.submit(VERIFIER, "bill.no", handle, {"reason": "Wrong project"})


def _under_way(world: World) -> int:
    with world.house.store.read() as tx:
        marks = [m for m in claim_money.marks(tx, world.company) if m.state != claim_money.DONE]
        return len(transfers.unfinished(tx, world.company)) + len(marks)


def _wanted(link: Link) -> list[Effect]:
    """What must stand in Procountor because of a row of ours."""
    if link.act in ("created", "attached"):
        return [(link.act, link.procountor_id, f"{link.mark} {link.shown}" if link.act == "attached" else link.mark)]
    if link.act == "paid":
        day, amount, _ = link.shown.split(" ")
        return [("paid", link.procountor_id, f"{day} {float(amount):.2f}")]
    number = link.mark.removeprefix("[k:").removesuffix("]")
    said = [("comment", link.procountor_id, number)] if link.act in (Act.OBJECT, Act.REJECT) else []
    return said + ([] if link.act == Act.OBJECT else [(link.act, link.procountor_id, number)])


def _journal(world: World) -> tuple[Counter[Effect], Counter[str]]:
    """What our keys have changed, by Procountor's journal; and how often what belongs to a draft was set right."""
    effects, others = Counter[Effect](), Counter[str]()
    for change in world.procountor.world.journal.changes:
        if change.key == "web":
            continue
        read = READERS.get(change.route)
        if read:
            effects[read(world.books.registers, change)] += 1
        else:
            others[change.route] += 1
    return effects, others


def _created(registers: Any, change: Change) -> Effect:
    found = re.search(r"\[kierto:[^]]+\]", str(registers["invoices"][change.id]["notes"]))
    return "created", int(str(change.id)), found[0] if found else ""


def _attached(registers: Any, change: Change) -> Effect:
    one = registers["attachments"][change.id]
    return (
        "attached",
        int(one["referenceId"]),
        f"{one['name']} {hashlib.sha256(b64decode(one['_content'])).hexdigest()}",
    )


def _paid(registers: Any, change: Change) -> Effect:
    (one,) = (e for e in registers["paymentevents"].values() if e["invoiceId"] == change.id)
    return "paid", int(str(change.id)), f"{one['paymentDate']} {float(one['paidAmount']):.2f}"


def _act(name: str) -> Callable[[Any, Change], Effect]:
    def read(registers: Any, change: Change) -> Effect:
        found = MARK.search(change.summary)
        return name, int(str(change.id)), found[1] if found else ""

    return read


READERS: dict[str, Callable[[Any, Change], Effect]] = {
    "POST /invoices": _created,
    "POST /attachments": _attached,
    "PUT /invoices/{invoiceId}/paymentevents/markpaid": _paid,
    "PUT /invoices/{invoiceId}/approve": _act("approve"),
    "PUT /invoices/{invoiceId}/verify": _act("verify"),
    "PUT /invoices/{invoiceId}/reject": _act("reject"),
    "POST /invoices/{invoiceId}/comments": _act("comment"),
}
