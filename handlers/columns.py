"""A person says which column of a file is which: kept as the company's rule, and the file is read again at once."""

from __future__ import annotations

from dataclasses import replace

from finance.authority import Right
from finance.canonical import load
from finance.lists import BRINGS, ListKind
from handlers import bringing, import_answer, taking_in
from handlers.buttons import in_use, subject_of
from handlers.chat import Answer
from handlers.desk import Desk, Here
from handlers.rights import refused
from handlers.routing import Router
from handlers.views import columns, notices
from handlers.views.columns import Unmapped
from intake.tables.fields import named
from storage import audit, companies, documents, references

on = Router()

BRINGERS = (Right.FINANCE, Right.ADMIN)  # which of them may map what depends on the kind of file
_LANGUAGES = ("fi", "sv", "en")


@on.click("columns.map", right=BRINGERS, now=True)
def ask(here: Here) -> None:
    """Opens the form."""
    found = in_use(_file(here, here.said.value))
    _, wanted = found
    if not any(here.may(right).allowed for right in _rights(wanted)):
        return here.whisper(refused(here, _rights(wanted)))
    here.chat.open(here.said, columns.form(here.say, wanted, _titles(here, wanted), here.said.value))
    return None


@on.form("columns.keep", right=BRINGERS)
def keep(here: Here) -> Answer:
    """Keeps what was chosen and has the file read again by a worker."""
    found = _file(here, here.said.meta)
    if found is None:
        gone = here.say("This form is no longer in use. Drop the file again.")
        return Answer(update=notices.closing(here.say, gone, "columns.gone"))
    file, wanted = found
    if not any(here.may(right).allowed for right in _rights(wanted)):
        return Answer(update=notices.closing(here.say, refused(here, _rights(wanted)).text, "columns.gone"))
    chosen: dict[str, str] = {}
    for field in wanted.fields:
        header = _header(wanted, here.said.values.get(field, ""))
        if header in chosen:
            return Answer(errors={field: here.say("This column is chosen above already.")})
        if header:
            chosen[header] = field
    if not chosen:
        return Answer(errors={wanted.fields[0]: here.say("Choose at least one column.")})
    _remember(here, file, chosen)
    return Answer(clear=True)


def _remember(here: Here, file: str, chosen: dict[str, str]) -> None:
    desk, company, said = here.desk, here.company.id, here.said
    with desk.store.write() as tx:
        choices = companies.get(tx, company).choices
        columns = {**choices.columns, **{h: _beside(choices.columns.get(h, ""), f) for h, f in chosen.items()}}
        companies.choose(tx, company, replace(choices, columns=columns))
        audit.note(tx, company, here.who, "rules.changed", company, desk.clock(), columns=chosen, file=f"file:{file}")
        key = f"{file}:{desk.clock():%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "hear", "files.again", key, company, [company, said.team, said.user, file, key])


def _beside(before: str, field: str) -> str:
    """One header may stand for a field in each kind of file: what was said of the other kinds stays."""
    table = field.rpartition(".")[0]
    return " ".join([*(f for f in before.split() if f.rpartition(".")[0] != table), field])


def _rights(wanted: Unmapped) -> tuple[Right, ...]:
    """Who may map the columns of such a file: those who may bring it."""
    table = wanted.fields[0].rpartition(".")[0]
    return BRINGS[ListKind(table)] if table else (Right.FINANCE,)


def _file(here: Here, token: str) -> tuple[str, Unmapped] | None:
    """The file a handle stands for and what it lacks; None alike for an unknown, a foreign and an old one."""
    file = subject_of(here, token, "columns.map")
    if file is None:
        return None
    with here.desk.store.read() as tx:
        told = references.marked(tx, here.company.id, f"{taking_in.UNMAPPED}{file}")
    return (file, load(Unmapped, told)) if told else None


def _header(wanted: Unmapped, value: str) -> str:
    """The header at a chosen place; "" for none."""
    place = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else len(wanted.headers)
    return wanted.headers[place] if place < len(wanted.headers) else ""


def _titles(here: Here, wanted: Unmapped) -> dict[str, str]:
    """The fields by their commonest header in the reader's language."""
    place = _LANGUAGES.index(here.say.language)
    known = {field: column.title.split(" / ") for field in wanted.fields if (column := named(field))}
    titles = {field: words[min(place, len(words) - 1)] for field, words in known.items()}
    return {field: title[:1].upper() + title[1:] for field, title in titles.items()}


@on.task("files.again", lane="hear")
def read_again(desk: Desk, company_id: str, team: str, user: str, file: str, key: str) -> None:
    """Reads a kept file with the company's rules as they now are, and tells what came of it."""
    with desk.store.read() as tx:
        content = documents.file_of(tx, company_id, file)
    # Remembered, so that a second attempt to tell does not call the new ones known.
    found = desk.memo.get(
        ("files", company_id, key), 3600.0, lambda: bringing.bring(desk, company_id, [content], f"{team}/{user}")
    )
    import_answer.tell(desk, company_id, team, user, found)
