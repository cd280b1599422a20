"""Both directions (R1): from what stands in Procountor to who wanted it and what was shown, and back."""

from __future__ import annotations

import random
from decimal import Decimal

from finance.circulation import Act
from finance.decision import comment, marked
from finance.transfer import State
from storage import audit, decisions, documents, links, runs, transfers
from storage.database import Store, Tx
from storage.decisions import Claim
from storage.runs import Item, Summary
from tests.support.invoices import invoice
from tests.support.stores import NOON, found_company

MANY = 250
ZERO = Decimal(0)


def sent(tx: Tx, company: str, number: int) -> int:
    """A draft as the transfer machine leaves it; gives its id in Procountor."""
    doc = documents.keep(tx, company, invoice(str(number), NOON.date()), "psa", None, NOON).document
    run = runs.start(
        tx, company, ("T1", f"U{number % 7}"), f"{company}:{number}", NOON, kind="sales_invoice", selection="", dry=0
    )
    summary = Summary("1", "Asiakas Oy", "EUR", ZERO, ZERO, ZERO)
    runs.put_items(tx, run, [Item(doc.id, 0, "ready", (), summary)])
    audit.note(tx, company, f"T1/U{number % 7}", "run.queued", f"run:{run}", NOON)
    assert transfers.queue(tx, doc, run, f"KI1{number}")
    t = transfers.claim(tx, company, doc.id)
    assert t is not None
    transfers.commit(tx, t, state=State.DONE.value, remote_id=90_000 + number, remote_number=30_000 + number)
    audit.note(tx, company, "kierto", "transfer.done", f"document:{doc.id}", NOON, procountor=30_000 + number)
    return 90_000 + number


def decided(tx: Tx, company: str, bill: int) -> str:
    """A bill approved; gives the comment that stands in Procountor."""
    user = f"U{bill % 5}"
    wanted = Claim(company, bill, f"print{bill}", "approve:1", Act.APPROVE, "T1", user, None, False, "{}")
    d, first = decisions.claim(tx, wanted, NOON)
    assert first
    audit.note(tx, company, d.who, "bill.decided", f"bill:{bill}", NOON, decision=d.id)
    assert decisions.move(tx, d, decisions.SENT, sent_at=NOON)
    assert decisions.move(tx, decisions.get(tx, company, d.id), decisions.DONE, done_at=NOON)
    audit.note(tx, company, d.who, "bill.done", f"bill:{bill}", NOON, decision=d.id)
    return comment("Anna", d.id)


def test_every_effect_is_led_to_who_wanted_it_and_back(store: Store) -> None:
    company, other = found_company(store), found_company(store)
    with store.write() as tx:
        drafts = [sent(tx, company, number) for number in range(MANY)]
        comments = {bill: decided(tx, company, bill) for bill in range(500, 500 + MANY)}
        sent(tx, other, 1)
        decided(tx, other, 500)
    with store.read() as tx:
        found = list(links.all(tx, company))
        entries = {entry.seq: entry for entry in audit.trail(tx, company)}
    effects = [("created", id) for id in drafts] + [("approve", bill) for bill in comments]
    assert sorted((one.act, one.procountor_id) for one in found) == sorted(effects)
    by_effect = {(one.act, one.procountor_id): one for one in found}
    by_cause = {one.asked: one for one in found}
    for effect in random.Random(1).sample(effects, 500):
        link = by_effect[effect]
        assert by_cause[link.asked] is link
        about = [entries[seq] for seq in link.rows]
        assert link.who in {entry.who for entry in about}
        if link.act == "approve":
            assert link.asked == f"decision:{marked(comments[link.procountor_id])}"
            assert link.mark in comments[link.procountor_id]
            assert (link.shown, {entry.subject for entry in about}) == (
                f"print{link.procountor_id}",
                {f"bill:{link.procountor_id}"},
            )
        else:
            assert link.mark == f"[kierto:KI1{link.number}]"
            assert {entry.what for entry in about} == {"run.queued", "transfer.done"}
