"""Files from the project system, invoices and lists: dropped to the bot, or given in a form."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from finance.authority import Right
from finance.invoice import Kind
from handlers import bringing, import_answer, receipt_offer, rights_files, taking_in
from handlers.buttons import pressed
from handlers.chat import Answer, ChatTrouble
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import imports
from storage import audit, documents

on = Router()


BRINGERS = (Right.FINANCE, Right.ADMIN)  # which of them may bring what is decided file by file, at reading


@on.command("import", right=BRINGERS, now=True, help="Bring in invoices, or lists of people, projects and customers")
def ask(here: Here) -> None:
    """Opens the form with a file input."""
    here.chat.open(here.said, imports.form(here.say))


@on.click("home.import", right=BRINGERS, now=True)
def ask_from_home(here: Here) -> None:
    """The same form from the Home tab."""
    here.chat.open(here.said, imports.form(here.say))


@on.form("import.files", right=BRINGERS)
def given(here: Here) -> Answer:
    """The form came back: the files are read by a worker, the answer comes as a direct message."""
    files = here.said.files or tuple(filter(None, here.said.values.get("files", "").split(",")))
    if not files:
        return Answer(errors={"files": here.say("Choose at least one file.")})
    _later(here, files)
    return Answer(clear=True)


@on.files()
def dropped(here: Here) -> None:
    """Files dropped to the bot: data by those who may send invoices or set the company up, receipts by anybody."""
    _later(here, here.said.files)


def _later(here: Here, files: Sequence[str]) -> None:
    company, said = here.company.id, here.said
    with here.desk.store.write() as tx:
        key = hashlib.sha256("|".join(files).encode()).hexdigest()[:32]
        args = [company, said.team, said.user, ",".join(files)]
        here.desk.work.soon(tx, "hear", "files.read", key, company, args)


@on.task("files.read", lane="hear")
def read_files(desk: Desk, company_id: str, team: str, user: str, ids: str) -> None:
    """Downloads, reads and keeps the files, and tells what came of it."""
    chat, say = reader(desk, company_id, team, user)
    downloads: list[tuple[str, bytes]] = []
    sent: dict[str, str] = {}  # Slack's id of each, by name
    for id in ids.split(","):
        try:
            got = chat.download(id, taking_in.LARGEST)
        except ChatTrouble as trouble:
            if not trouble.certain:
                raise
            chat.post(chat.direct(user), imports.not_fetched(say, trouble.code))
            continue
        downloads.append((got.name, got.content))
        sent[got.name] = id
    downloads, given = rights_files.parted(downloads)
    for name, file in given:
        if rights_files.may(desk, company_id, team, user, Right.ADMIN):
            rights_files.tell(desk, company_id, team, user, name, file)
        else:
            rights_files.refuse(desk, company_id, team, user, Right.ADMIN)
    if downloads and not any(rights_files.may(desk, company_id, team, user, right) for right in BRINGERS):
        downloads = receipt_offer.offered(desk, company_id, team, user, downloads, sent)
        return rights_files.refuse(desk, company_id, team, user, Right.FINANCE) if downloads else None
    if downloads:
        # Remembered, so that a second attempt to tell does not call the new ones known.
        found = desk.memo.get(
            ("files", company_id, ids), 3600.0, lambda: bringing.bring(desk, company_id, downloads, f"{team}/{user}")
        )
        import_answer.tell(desk, company_id, team, user, found)
        loose = [(name, content) for name, content in downloads if name in found.loose]
        receipt_offer.offered(desk, company_id, team, user, loose, sent)
    return None


@on.buried("files.read")
def give_up(desk: Desk, company_id: str, team: str, user: str, ids: str) -> None:
    """Files that could not be dealt with are said."""
    chat, say = reader(desk, company_id, team, user)
    chat.post(chat.direct(user), imports.not_fetched(say, "mishap"))


@on.click("files.sales", right=Right.FINANCE)
def ours(here: Here) -> None:
    """A person says that the files' invoices are ours to send, whatever name they carry."""
    _read_as(here)


@on.click("files.bills", right=Right.FINANCE)
def to_us(here: Here) -> None:
    """A person says that the files' invoices are bills to us."""
    _read_as(here)


def _read_as(here: Here) -> None:
    desk, company = here.desk, here.company.id
    subject = pressed(here, "files.whose")
    kind, *files = subject.split(",")
    with desk.store.read() as tx:
        contents = [documents.file_of(tx, company, file) for file in files]
    found = bringing.bring(desk, company, contents, here.who, Kind(kind))
    with desk.store.write() as tx:
        audit.note(tx, company, here.who, "files.claimed", ",".join(files), desk.clock(), kind=kind)
    import_answer.tell(desk, company, here.said.team, here.said.user, found)
