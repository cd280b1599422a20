"""A company with as many open bills and people as wanted, put into a database in a few large inserts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert

from finance.bill import Bill
from finance.canonical import dump
from finance.targeting import Aim, Reason
from storage import bill_rows, companies, tallies, workspaces
from storage.bill_tables import bill, card
from storage.cards import LIVE
from storage.database import Store, Tx
from storage.tables import member

KEY = "b3BlbnMgd2hhdCB0ZXN0cyBoYXZlIHNlYWxlZCBoZXI="
TEAM = "T1"
MONDAY = datetime(2026, 11, 23, 6, 45, tzinfo=UTC)
AT_ONCE = 5_000


def person(n: int) -> str:
    return f"U{n:05}"


def filled(folder: Path, bills: int, people: int) -> tuple[Store, str]:
    """The open store and the company's id. Dues lie around the Monday; a tenth of the bills has a cash discount."""
    store = Store(f"sqlite:///{folder}/{bills}.db", (KEY,))
    store.upgrade()
    with store.write() as tx:
        workspaces.join(tx, TEAM, "Yksi", "U0BOT")
        company = companies.connect(tx, "Yhtiö Oy", "2077474-0", 1, 1, "avain", MONDAY)
        companies.place(tx, company, TEAM)
        chosen = {"company": company, "notify": "", "quiet": "", "hour": "", "zone": "Europe/Helsinki"}
        rows = [
            {"team": TEAM, "slack_user": person(n), "language": ("fi", "sv", "en")[n % 3], **chosen}
            for n in range(people)
        ]
        tx.execute(insert(member), rows)
        put(tx, company, bills, people)
    return store, company


def one(n: int) -> Bill:
    """The n-th bill."""
    issued = MONDAY.date() - timedelta(days=n % 30)
    discount = ((14, Decimal(2)),) if n % 10 == 0 else ()
    return Bill(
        n + 1, "RECEIVED", "1", f"Toimittaja {n % 400} Oy", issued, "EUR", Decimal(n % 9000 + 10),
        due=MONDAY.date() + timedelta(days=n % 45 - 10), number=30_000 + n, original_number=f"L-{n}",
        partner_id=n % 400, reference=f"{n}3", cash_discounts=discount,
    )  # fmt: skip


def put(tx: Tx, company: str, bills: int, people: int) -> None:
    aim = Aim(Reason.NOTHING)
    sums: dict[str, list[int]] = {}
    moments = {"seen_at": MONDAY, "changed_at": MONDAY, "read_at": MONDAY, "previous": None}
    for chunk in [range(start, min(start + AT_ONCE, bills)) for start in range(0, bills, AT_ONCE)]:
        rows, cards = [], []
        for n in chunk:
            found = one(n)
            row = {"company": company, "id": found.id, **moments, **bill_rows.values(tx, found, aim, ())}
            rows.append(row)
            total = sums.setdefault(row["due"], [0, 0])
            total[0] += 1
            total[1] += row["cents"]
            cards.append(
                {"company": company, "bill": found.id, "team": TEAM, "slack_user": person(n % people), "why": dump(aim),
                 "state": LIVE, "dealt_at": MONDAY - timedelta(days=n % 12), "shown_print": row["print"],
                 "snoozed_until": None, "stage": 0, "stage_on": "", "due": row["due"]}
            )  # fmt: skip
        tx.execute(insert(bill), rows)
        tx.execute(insert(card), cards)
    for due, (n, cents) in sums.items():
        tallies.add(tx, company, (tallies.ALL, due, "EUR"), n, cents)
