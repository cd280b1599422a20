"""The third port: the commit, played in memory. Rows as they are in `storage`, tables as dicts, all or nothing.

The real database costs ten times the rest of a trial. What it does for the machines is little: a change commits whole
or not at all, a stale fence changes nothing, a key is there once. That is written here again for the tables in
which transfers and decisions are noted; `test_simulator_played` holds that trials end alike on both, point for point.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any

from finance.bill import print_of
from finance.transfer import FINAL, State
from storage import (
    audit,
    bills,
    cards,
    claim_money,
    companies,
    decisions,
    documents,
    piles,
    references,
    rights,
    transfers,
)
from storage.transfers import Fenced, Transfer
from tests.simulator.points import When

Rows = dict[Any, Any]


class Tables:
    """A transaction: what it changes is its own until it commits."""

    def __init__(self, store: Played) -> None:
        self._store = store
        self.mine: dict[str, Rows] = {}
        self.name = ""
        self.wrote = 0

    @property
    def steady(self) -> Any:
        """The real database of the scene, in which nothing is changed."""
        return self._store.steady

    def rows(self, table: str) -> Rows:
        return self.mine.get(table) or self._store.rows.setdefault(table, {})

    def change(self, table: str, name: str) -> Rows:
        """The table's rows to be changed; the change is a point when it is not the transaction's first."""
        self.wrote += 1
        if self.wrote > 1 and self.name and self._store.hit:
            self._store.hit(f"{self.name} + {table}", When.BEFORE, inside=True)
        if name and (not self.name or self.name in ("trail", "bill")):
            self.name = name
        if table not in self.mine:
            self.mine[table] = dict(self._store.rows.setdefault(table, {}))
        return self.mine[table]


class Played:
    """Stands where `Store` stands. ``steady`` reads what no trial changes, from the scene's real database."""

    embedded = True

    def __init__(self, steady: Any) -> None:
        self.steady = steady
        self.rows: dict[str, Rows] = {}
        self.alarms: list[str] = []
        self.lives = 0  # how often the process has died
        self.hit: Callable[..., None] | None = None

    @contextmanager
    def write(self) -> Iterator[Tables]:
        tx = Tables(self)
        yield tx
        if tx.name and self.hit:
            self.hit(tx.name, When.BEFORE, inside=True)
        self.rows |= tx.mine
        if tx.name and self.hit:
            self.hit(tx.name, When.AFTER)

    @contextmanager
    def read(self) -> Iterator[Tables]:
        yield Tables(self)

    def load(self, image: dict[str, Rows]) -> None:
        self.rows = {table: dict(rows) for table, rows in image.items()}

    def image(self) -> dict[str, Rows]:
        """A copy: rows are values, so that the tables are all there is to copy."""
        return {table: dict(rows) for table, rows in self.rows.items()}

    # tasks

    def ask(self, tx: Tables, row: tuple[Any, ...]) -> None:
        if row[0] not in tx.rows("task"):
            if "task" not in tx.mine:
                tx.mine["task"] = dict(self.rows.setdefault("task", {}))
            tx.mine["task"][row[0]] = (*row[:5], "waits", 0, row[5])

    def due(self) -> Any:
        waits = [t for t in self.rows.get("task", {}).values() if t[5] == "waits"]
        first = min(waits, key=lambda t: (t[3], t[4], t[7]), default=None)
        return first and (first[0], first[1], first[2], first[3], first[6])

    def put(self, id: str, state: str, tries: int | None = None, due: float | None = None) -> None:
        tasks = self.rows.setdefault("task", {})
        if id in tasks:
            t = tasks[id]
            tasks[id] = (*t[:3], t[3] if due is None else due, t[4], state, t[6] if tries is None else tries, t[7])

    def take_over(self, now: float) -> None:
        for id, t in list(self.rows.get("task", {}).items()):
            if t[5] == "runs":
                self.put(id, "waits", due=now)

    def open(self, table: str, states: tuple[str, ...]) -> bool:
        return any(row.state in states for row in self.rows.get(table, {}).values())


# what `storage` does, for the tables above


def _queue(tx: Tables, doc: Any, batch: int, marker: str) -> bool:
    there = tx.rows("transfer").get(doc.id)
    if there is not None:
        rows = tx.change("transfer", "transfer queued")
        if there.state is not State.REFUSED:
            return False
        again = {"run": batch, "state": State.NEW, "problems": (), "note": "", "next_at": None, "tries": 0}
        rows[doc.id] = replace(there, **again)
        return True
    source = doc.source
    fresh = (source.source_id, State.NEW, None, None, "", 0, None, None, 0, (), "", False)
    rows = tx.change("transfer", "transfer queued")
    rows[doc.id] = Transfer(doc.company, source.kind, doc.id, batch, marker, *fresh)
    return True


def _claim(tx: Tables, company: str, document: int) -> Transfer | None:
    rows = tx.change("transfer", "transfer taken up")
    there = rows.get(document)
    if there is None or there.state in FINAL:
        return None
    rows[document] = replace(there, fence=there.fence + 1)
    taken: Transfer = rows[document]
    return taken


def _commit(tx: Tables, t: Transfer, **values: Any) -> Transfer:
    state = values.get("state")
    later, made = values.get("next_at") is not None, values.get("create_at") is not None
    name = state or ("later" if later else "finishing" if made else "taken up")
    rows = tx.change("transfer", f"transfer {name}")
    there = rows.get(t.document)
    if there is None or there.fence != t.fence:
        raise Fenced(f"transfer of document {t.document} has another worker")
    at = values.pop("done_at", None)
    if at is not None:
        tx.mine["done_at"] = {**tx.rows("done_at"), t.document: at}
    if state:
        values["state"] = State(state)
    if "problems" in values:
        values["problems"] = transfers.problems_of(values["problems"])
    rows[t.document] = replace(there, **values)
    after: Transfer = rows[t.document]
    return after


def _unfinished(tx: Tables, company: str | None = None) -> tuple[Transfer, ...]:
    return tuple(t for t in tx.rows("transfer").values() if t.state not in FINAL)


def _done_since(tx: Tables, company: str, since: datetime) -> list[Transfer]:
    at = tx.rows("done_at")
    done = [t for t in tx.rows("transfer").values() if t.state is State.DONE]
    return [t for t in done if t.document in at and at[t.document] >= since]


def _held(tx: Tables, company: str, id: int) -> Any:
    return documents.get(tx, company, id)  # type: ignore[arg-type]  # one process: nobody else comes between


def _set_state(tx: Tables, id: int, state: str) -> None:
    tx.change("document", "")[id] = state


def _note(tx: Tables, company: str, who: str, what: str, subject: str, now: datetime, **details: object) -> int:
    rows = tx.change("audit", "trail")
    rows[len(rows) + 1] = (company, now, who, what, subject, json.dumps(details, default=str, sort_keys=True))
    return len(rows)


def _trail(tx: Tables, company: str, subject: str | None = None) -> list[audit.Entry]:
    rows = tx.rows("audit").items()
    return [audit.Entry(seq, *row) for seq, row in rows if subject in (None, row[4])]


def _want_marks(
    tx: Tables, company: str, document: int, remote_id: int, currency: str, days: dict[date, Decimal]
) -> None:
    for day, amount in sorted(days.items()):
        if (document, day) not in tx.rows("claim_mark"):
            about = (document, day, company, remote_id, amount, currency, claim_money.NEW, "", 0, 0, None, None)
            tx.change("claim_mark", "mark new")[document, day] = claim_money.Mark(*about)


def _claim_marks(tx: Tables, company: str, document: int) -> tuple[claim_money.Mark, ...]:
    rows = tx.change("claim_mark", "mark taken up")
    for key, m in rows.items():
        if key[0] == document and m.state != claim_money.DONE:
            rows[key] = replace(m, fence=m.fence + 1)
    mine = [m for key, m in rows.items() if key[0] == document and m.state != claim_money.DONE]
    return tuple(sorted(mine, key=lambda one: one.paid_on))


def _commit_mark(tx: Tables, m: claim_money.Mark, **values: Any) -> claim_money.Mark | None:
    name = values.get("state") or ("later" if values.get("next_at") is not None else "taken up")
    rows = tx.change("claim_mark", f"mark {name}")
    there = rows.get((m.document, m.paid_on))
    if there is None or there.fence != m.fence:
        return None
    values.pop("done_at", None)
    rows[m.document, m.paid_on] = replace(there, **values)
    after: claim_money.Mark = rows[m.document, m.paid_on]
    return after


def _marks(
    tx: Tables, company: str | None = None, state: str | None = None, document: int | None = None
) -> tuple[claim_money.Mark, ...]:
    found = [m for m in tx.rows("claim_mark").values() if state is None or m.state == state]
    return tuple(sorted((m for m in found if document in (None, m.document)), key=lambda m: (m.document, m.paid_on)))


def _decide(tx: Tables, wanted: decisions.Claim, now: datetime) -> tuple[decisions.Decision, bool]:
    rows = tx.change("decision", "decision noted")
    same = (wanted.company, wanted.bill, wanted.print, wanted.step)
    there = next((d for d in rows.values() if (d.company, d.bill, d.print, d.step) == same), None)
    if there is not None and there.state != decisions.REFUSED:
        return there, False
    if there is not None:  # a refused one leaves its step
        rows[there.id] = replace(there, step=f"{decisions.LEFT}{there.id}")
    id = decisions.number(wanted, now)
    rows[id] = decisions.Decision(
        id, wanted.company, wanted.bill, wanted.print, wanted.step, wanted.act, wanted.team, wanted.user,
        wanted.user_id, wanted.own_key, decisions.NOTED, wanted.reason, 0, "", now, None, None,
    )  # fmt: skip
    return rows[id], True


def _decision(tx: Tables, company: str, id: int) -> decisions.Decision:
    found = tx.rows("decision").get(id)
    if found is None:
        raise LookupError(f"no decision {id}")
    known: decisions.Decision = found
    return known


def _move(tx: Tables, d: decisions.Decision, state: str, **changed: Any) -> bool:
    rows = tx.change("decision", f"decision {state}")
    there = rows.get(d.id)
    if there is None or (there.state, there.noted_at, there.sent_at) != (d.state, d.noted_at, d.sent_at):
        return False
    rows[d.id] = replace(there, state=state, **changed)
    return True


def _of_bill(tx: Tables, company: str, bill: int) -> tuple[decisions.Decision, ...]:
    return tuple(sorted(tx.rows("decision").values(), key=lambda d: (d.noted_at, d.id)))


def _keep(
    tx: Tables, company: str, bill: Any, aim: Any, doubts: Any, now: datetime, *, asked: datetime | None = None
) -> str:
    before = tx.rows("bill").get(bill.id)
    if before is not None and bills.older(before.read_at, asked or now):
        return "older"
    rows, read, print = tx.change("bill", "bill"), asked or now, print_of(bill)
    if before is None:
        rows[bill.id] = bills.Kept(bill, print, aim, tuple(doubts), now, now, None, read)
        return "new"
    if before.bill == bill:
        rows[bill.id] = replace(before, doubts=tuple(doubts), aim=aim, read_at=read)
        return "same"
    if before.print == print:
        rows[bill.id] = replace(before, bill=bill, doubts=tuple(doubts), aim=aim, read_at=read)
        return "moved"
    after = {"bill": bill, "print": print, "aim": aim, "doubts": tuple(doubts), "read_at": read}
    rows[bill.id] = replace(before, **after, previous=before.bill, changed_at=now)
    return "changed"


def _turned(before: str, after: str) -> Callable[..., None]:
    def turn(tx: Tables, company: str, bill: int) -> None:
        rows = tx.change("card", "")
        for user, card in rows.items():
            if card.state == before:
                rows[user] = replace(card, state=after)

    return turn


def _company_state(tx: Tables, id: str, state: str) -> bool:
    before = tx.rows("company").get(id, companies.READY)
    tx.change("company", "")[id] = state
    return bool(before != state)


def _mark(tx: Tables, company: str, name: str, value: str) -> None:
    tx.change("bookmark", "")[company, name] = value


PLAYED: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
    (transfers, "queue", _queue),
    (transfers, "claim", _claim),
    (transfers, "commit", _commit),
    (transfers, "of", lambda tx, company, document: tx.rows("transfer").get(document)),
    (transfers, "unfinished", _unfinished),
    (transfers, "done_since", _done_since),
    (transfers, "made", lambda tx, company, ids: frozenset(
        {t.remote_id for t in tx.rows("transfer").values() if t.remote_id in ids})),
    (transfers, "left_standing", lambda tx, company: [
        t for t in tx.rows("transfer").values()
        if t.state in (State.REFUSED, State.PARKED) and t.remote_id is not None
    ]),
    (documents, "set_state", _set_state),
    (documents, "held", _held),
    (audit, "note", _note),
    (audit, "trail", _trail),
    (claim_money, "want_marks", _want_marks),
    (claim_money, "claim_marks", _claim_marks),
    (claim_money, "commit", _commit_mark),
    (claim_money, "marks", _marks),
    (decisions, "claim", _decide),
    (decisions, "get", _decision),
    (decisions, "move", _move),
    (decisions, "of_bill", _of_bill),
    (decisions, "unfinished", lambda tx: tuple(d for d in tx.rows("decision").values()
                                               if d.state not in decisions.OVER)),
    (bills, "keep", _keep),
    (bills, "get", lambda tx, company, id: tx.rows("bill").get(id)),
    (cards, "all", lambda tx, company, bill: tuple(tx.rows("card").values())),
    (cards, "settle", _turned(cards.LIVE, cards.DONE)),
    (cards, "reopen", _turned(cards.DONE, cards.LIVE)),
    (cards, "deal", lambda tx, company, bill, team, user, why, now: False),
    (companies, "set_state", _company_state),
    (references, "mark", _mark),
    (references, "marked", lambda tx, company, name: tx.rows("bookmark").get((company, name))),
    (piles, "holds", lambda tx, d: False),
    (piles, "told_of", lambda tx, company, bill: ()),
)  # fmt: skip


def put_up() -> None:
    """Each of these functions acts on played tables when it is given a played transaction; once in a process."""
    for module, name, act in PLAYED:
        setattr(module, name, _either(getattr(module, name), act))
    held = rights.holder
    rights.holder = _either(held, lambda tx, *who: _holder(tx, who[-1], held(tx, *who)))
    read, whole = companies.get, documents.get
    companies.get = _either(read, lambda tx, id: _with_state(tx, read(tx, id)))
    documents.get = _either(whole, lambda tx, company, id: _document(tx, whole(tx, company, id)))


def _with_state(tx: Tables, company: Any) -> Any:
    state = tx.rows("company").get(company.id)
    return company if state in (None, company.state) else replace(company, state=state)


def _holder(tx: Tables, user: str, found: Any) -> Any:
    return found if user not in tx.rows("given_right") else replace(found, grants=())


def _document(tx: Tables, found: Any) -> Any:
    state = tx.rows("document").get(found.id)
    return found if state is None else replace(found, state=state)


def _either(real: Callable[..., Any], play: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def act(tx: Any, *args: Any, **named: Any) -> Any:
        return play(tx, *args, **named) if isinstance(tx, Tables) else real(tx, *args, **named)

    return act


def beside(act: Callable[..., None]) -> Callable[..., None]:
    """What a journey does beside its way, for people's eyes only: left out on played tables."""

    @wraps(act)
    def maybe(desk: Any, *args: Any, **named: Any) -> None:
        if not isinstance(desk.store, Played):
            act(desk, *args, **named)

    return maybe


def steadily(read: Callable[..., Any]) -> Callable[..., Any]:
    """What a journey reads of tables that no trial changes."""

    @wraps(read)
    def look(desk: Any, *args: Any, **named: Any) -> Any:
        steady = replace(desk, store=desk.store.steady) if isinstance(desk.store, Played) else desk
        return read(steady, *args, **named)

    return look


def alarm(desk: Any, company: str, picture: Any, *_: Any) -> None:
    """Admins are told; the words are the product's own affair."""
    if isinstance(desk.store, Played):
        desk.store.alarms.append(company)


def at_once(wait: Callable[..., Any]) -> Callable[..., Any]:
    """When people want to hear of something is no matter of the machines."""

    @wraps(wait)
    def seconds(desk: Any, *args: Any) -> Any:
        return 0.0 if isinstance(desk.store, Played) else wait(desk, *args)

    return seconds
