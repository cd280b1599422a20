"""Documents read from files: the source as it was, a person's fixes laid over it, and the files themselves."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, func, insert, select, update

from finance.canonical import content_hash, dump, load
from finance.fixes import Fix, apply, standing
from finance.invoice import CLAIMS, Attachment, Invoice, Kind
from finance.transfer import State
from storage import claim_joins, damage
from storage.database import Tx
from storage.tables import document, file, transfer

PSA = "psa"  # where every document comes from so far
ELSEWHERE = "elsewhere"  # the state of a bill that came to Procountor by itself
JOINED = "joined"  # the state of what went into another document of the same person

_ROW = re.compile(r"lines\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Overlay:
    """What has been laid over a source since it was read: people's fixes, and files that arrived for it."""

    fixes: tuple[Fix, ...] = ()
    attached: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice we hold. ``source`` is as read, ``invoice`` has the overlay applied.

    ``state``: open (waits to be sent), sent, replaced (by a newer revision), changed (differs from what was sent),
    elsewhere (never sent: it came to Procountor by itself).
    """

    id: int
    company: str
    revision: int
    state: str
    source: Invoice
    overlay: Overlay
    file: str | None

    @property
    def invoice(self) -> Invoice:
        arrived = {a.name.casefold(): a for a in self.overlay.attached}
        named = tuple(arrived.pop(a.name.casefold(), a) for a in self.source.attachments)
        whole = replace(self.source, attachments=(*named, *arrived.values()))
        return apply(whole, self.overlay.fixes)


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a document did: "new", "same" or "changed" (``before`` is then the one it replaces)."""

    what: str
    document: Document
    before: Document | None = None


def keep_file(tx: Tx, company: str, name: str, content: bytes, sender: str, now: datetime) -> tuple[str, bool]:
    """Stores a file; gives its id and whether it is new (the same bytes under the same name are kept once)."""
    digest = hashlib.sha256(content).hexdigest()
    same = select(file.c.id).where(file.c.company == company, file.c.sha256 == digest, file.c.name == name)
    found = tx.execute(same).scalar()
    if found:
        return str(found), False
    made = uuid.uuid4().hex
    values = {"id": made, "company": company, "sha256": digest, "name": name, "content": content}
    tx.execute(insert(file).values(received_at=now, received_from=sender, **values))
    return made, True


def file_of(tx: Tx, company: str, id: str) -> tuple[str, bytes]:
    """A file's name and content. Raises LookupError."""
    row = tx.execute(
        select(file.c.name, file.c.content, file.c.sha256).where(file.c.company == company, file.c.id == id)
    ).one_or_none()
    if row is None:
        raise LookupError(f"no file {id}")
    if row.content:
        damage.proven(row.content, row.sha256, f"File {id}")
    return row.name, bytes(row.content)


def bytes_of(tx: Tx, company: str, sha256: str) -> bytes | None:
    """The content with this hash, if the company has it (still: `storage.retention`)."""
    found = tx.execute(select(file.c.content).where(file.c.company == company, file.c.sha256 == sha256)).scalar()
    if not found:
        return None
    damage.proven(found, sha256, "A file")
    return bytes(found)


def keep(tx: Tx, company: str, invoice: Invoice, source: str, file_id: str | None, now: datetime) -> Kept:
    """Keeps an invoice once: the same content is the same document, other content under its number a new revision.

    A revision that has not been sent is replaced by the changed one, which takes over the fixes already made; after
    one that is in Procountor, or on its way there, the changed one is only shown. A bill that was found elsewhere
    waits again when it is brought again: it may be gone from there.
    """
    before = latest(tx, company, invoice.kind, source, invoice.source_id)
    if before and content_hash(before.source) == content_hash(invoice):
        if before.state != ELSEWHERE:
            return Kept("same", before)
        set_state(tx, before.id, "open")
        return Kept("new", replace(before, state="open"))
    there = before is not None and gone(tx, before)
    if before and not there:
        tx.execute(update(document).where(document.c.id == before.id).values(state="replaced"))
    made = tx.execute(
        insert(document)
        .values(
            company=company,
            kind=invoice.kind.value,
            source=source,
            source_id=invoice.source_id,
            revision=before.revision + 1 if before else 1,
            number=invoice.number,
            content=dump(invoice),
            content_hash=content_hash(invoice),
            overlay=dump(_carried(before, invoice) if before and not there else Overlay()),
            file=file_id,
            state="changed" if there else "open",
            created_at=now,
        )
        .returning(document)
    ).one()
    return Kept("changed" if before else "new", _document(made), before)


def gone(tx: Tx, doc: Document) -> bool:
    """Whether it is in Procountor, or on its way there; of what went into another document, whether that one is."""
    if doc.state == JOINED:
        return _whole_gone(tx, doc)
    return doc.state in ("sent", "changed") or _on_its_way(tx, doc.id, State.REFUSED, State.PARKED)


def _whole_gone(tx: Tx, doc: Document) -> bool:
    whole = whole_of(tx, doc)
    return whole is not None and (whole.state in ("sent", "changed") or _on_its_way(tx, whole.id, State.REFUSED))


def whole_of(tx: Tx, doc: Document) -> Document | None:
    """The document that this one went into together with others; None for one that stands by itself."""
    id = claim_joins.whole_of(tx, doc.id) if doc.state == JOINED else None
    return None if id is None else get(tx, doc.company, id)


def _on_its_way(tx: Tx, id: int, *waiting: State) -> bool:
    """Whether it is being sent now, or stands in Procountor though something is still missing there.

    ``waiting`` are the states in which it is not, as long as nothing of it was made.
    """
    waits = transfer.c.state.in_([state.value for state in waiting]) & transfer.c.remote_id.is_(None)
    found = select(transfer.c.document).where(transfer.c.document == id, ~waits)
    return tx.execute(found).first() is not None


def _carried(before: Document, invoice: Invoice) -> Overlay:
    """The overlay for a newer revision: a fix goes along only where what it mended still stands as it stood."""
    files = {f"attachments[{a.name}]" for a in (*invoice.attachments, *before.overlay.attached)}
    kept = (f for f in before.overlay.fixes if f.path in files or _same_place(before.source, invoice, f.path))
    return replace(before.overlay, fixes=tuple(kept))


def _same_place(old: Invoice, new: Invoice, path: str) -> bool:
    row = _ROW.match(path)
    if row is None:
        return not path.startswith("attachments") and standing(old, path) == standing(new, path)
    at = int(row[1])
    return at < min(len(old.lines), len(new.lines)) and old.lines[at] == new.lines[at]


def latest(tx: Tx, company: str, kind: Kind, source: str, source_id: str) -> Document | None:
    """The newest revision of one source document."""
    row = tx.execute(
        select(document)
        .where(
            document.c.company == company,
            document.c.kind == kind.value,
            document.c.source == source,
            document.c.source_id == source_id,
        )
        .order_by(document.c.revision.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _document(row)


def get(tx: Tx, company: str, id: int) -> Document:
    """Raises LookupError for a document the company does not have."""
    row = tx.execute(select(document).where(document.c.company == company, document.c.id == id)).one_or_none()
    if row is None:
        raise LookupError(f"no document {id}")
    return _document(row)


def held(tx: Tx, company: str, id: int) -> Document:
    """The same, locked until the transaction ends: nobody sends it or puts it together with others meanwhile."""
    tx.execute(select(document.c.id).where(document.c.company == company, document.c.id == id).with_for_update())
    return get(tx, company, id)


def many(tx: Tx, company: str, ids: Iterable[int]) -> dict[int, Document]:
    """Documents by id; unknown ids are left out."""
    rows = tx.execute(select(document).where(document.c.company == company, document.c.id.in_(list(ids)))).all()
    return {row.id: _document(row) for row in rows}


def open_ones(tx: Tx, company: str, kind: Kind) -> tuple[Document, ...]:
    """Everything of the kind that waits to be sent."""
    return _in_state(tx, company, kind, "open")


def found_elsewhere(tx: Tx, company: str, kind: Kind) -> tuple[Document, ...]:
    """Everything of the kind that is never sent because it came to Procountor by itself."""
    return _in_state(tx, company, kind, ELSEWHERE)


def _in_state(tx: Tx, company: str, kind: Kind, state: str) -> tuple[Document, ...]:
    where = (document.c.company == company, document.c.kind == kind.value, document.c.state == state)
    return tuple(_document(row) for row in tx.execute(select(document).where(*where)).all())


def by_number(tx: Tx, company: str, number: str) -> tuple[Document, ...]:
    """Every revision that carries the PSA's number, newest first."""
    where = (document.c.company == company, document.c.number == number)
    rows = tx.execute(select(document).where(*where).order_by(document.c.id.desc())).all()
    return tuple(_document(row) for row in rows)


def fix(tx: Tx, doc: Document, fixes: tuple[Fix, ...]) -> Document:
    """Lays new fixes over the document and keeps them."""
    return _lay(tx, doc, fixed(doc, fixes).overlay)


def fixed(doc: Document, fixes: tuple[Fix, ...]) -> Document:
    """The document as it would be with these fixes; a later fix of the same place replaces the earlier one."""
    kept = {f.path: f for f in (*doc.overlay.fixes, *fixes)}
    return replace(doc, overlay=replace(doc.overlay, fixes=tuple(kept.values())))


def attach(tx: Tx, doc: Document, arrived: Attachment) -> Document:
    """Notes that a file of the document has come; a file of the same name takes the place of the earlier one."""
    others = (a for a in doc.overlay.attached if a.name.casefold() != arrived.name.casefold())
    return _lay(tx, doc, replace(doc.overlay, attached=(*others, arrived)))


def _lay(tx: Tx, doc: Document, overlay: Overlay) -> Document:
    tx.execute(update(document).where(document.c.id == doc.id).values(overlay=dump(overlay)))
    return replace(doc, overlay=overlay)


def set_state(tx: Tx, id: int, state: str) -> None:
    tx.execute(update(document).where(document.c.id == id).values(state=state))


def of_claim(tx: Tx, company: str, claim: str) -> tuple[Document, ...]:
    """The newest revision of each document of a claim, given by its ``source_id``; replaced ones left out."""
    same = (document.c.source_id == claim) | document.c.source_id.startswith(f"{claim}/", autoescape=True)
    kinds = document.c.kind.in_([kind.value for kind in CLAIMS])
    where = (document.c.company == company, kinds, same, document.c.state != "replaced")
    rows = tx.execute(select(document).where(*where).order_by(document.c.revision)).all()
    return tuple({(row.kind, row.source_id): _document(row) for row in rows}.values())


def counts(tx: Tx, company: str, kind: Kind) -> dict[str, int]:
    """How many documents of the kind stand in each state."""
    where = (document.c.company == company, document.c.kind == kind.value)
    rows = tx.execute(select(document.c.state, func.count()).where(*where).group_by(document.c.state)).all()
    return {row[0]: row[1] for row in rows}


def _document(row: Row[tuple[object, ...]]) -> Document:
    damage.proven(row.content, row.content_hash, f"Document {row.id}")
    return Document(
        row.id,
        row.company,
        row.revision,
        row.state,
        load(Invoice, row.content),
        load(Overlay, row.overlay),
        row.file,
    )
