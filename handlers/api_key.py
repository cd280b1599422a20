"""An admin gives the company's API key: typed once, sealed at once, tried, connected when he has seen whose it is."""

from __future__ import annotations

import re

from finance.authority import Right
from finance.canonical import dump, load
from handlers import checklist, connecting, other_kierto, papers, probing
from handlers.buttons import issued, pressed, subject_of
from handlers.chat import Answer, Chat, ChatTrouble, Modal
from handlers.connecting import Clash, Found
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import keys, menu_paths, notices
from handlers.views.blocks import safe
from handlers.views.keys import Whose
from handlers.views.tongue import Tongue
from procountor import rights
from procountor.errors import Forbidden, NotAllowed, ProcountorError, Unauthorized
from procountor.invoices import Stored
from storage import companies, own_keys
from storage.companies import Company
from storage.database import Tx

on = Router()

PURPOSE = "company"
AFTER_ANSWER = 0.7  # seconds: Slack takes the form's own answer first, and only then may it be redrawn
_KEY = re.compile(r"[!-~]{8,1000}")


@on.click("key.ask", right=Right.ADMIN, now=True, unconnected=True)
def ask(here: Here) -> None:
    """Opens the form."""
    pressed(here, "key.ask")
    here.chat.open(here.said, _form(here.desk, here.say, here.company.id, here.said.team))


def _form(desk: Desk, say: Tongue, company: str, team: str, trouble: str = "") -> Modal:
    return keys.form(say, desk.client_id, issued(desk, company, team, "key.typed", "form"), trouble)


@on.form("key.typed", right=Right.ADMIN, unconnected=True)
def typed(here: Here) -> Answer:
    """Seals the key and has it tried by a worker; nothing of it goes anywhere else."""
    desk, company, said = here.desk, here.company.id, here.said
    if subject_of(here, said.meta, "key.typed") is None:
        gone = here.say("This form is no longer in use. Type `/procountor setup` again.")
        return Answer(update=notices.closing(here.say, gone, "key.gone"))
    key = "".join(said.values.get(keys.FIELD, "").split())
    if not _KEY.fullmatch(key):
        return Answer(
            errors={keys.FIELD: here.say("This does not look like an API key. Copy it whole from Procountor.")}
        )
    with desk.store.write() as tx:
        token = own_keys.offer(tx, company, said.team, said.user, PURPOSE, key, desk.clock())
        _try(desk, tx, company, said.team, said.user, token, said.view)
    return Answer(update=keys.checking(here.say))


def _try(desk: Desk, tx: Tx, company: str, team: str, user: str, token: str, view: str) -> None:
    key, args = f"{token}:{desk.clock():%H%M%S%f}", [company, team, user, token, view]
    desk.work.soon(tx, "hear", "key.try", key, company, args, AFTER_ANSWER)


@on.click("key.again", right=Right.ADMIN, unconnected=True)
def again(here: Here) -> None:
    """Tries the same key again: it is kept for ten minutes."""
    token = pressed(here, "key.again")
    here.chat.refresh(here.said.view, keys.checking(here.say))
    with here.desk.store.write() as tx:
        _try(here.desk, tx, here.company.id, here.said.team, here.said.user, token, here.said.view)


@on.task("key.try", lane="hear")
def try_(desk: Desk, company_id: str, team: str, user: str, token: str, view: str) -> None:
    """Asks Procountor whose key it is, and turns the open form into the question or the reason why not."""
    company = papers.company_of(desk, company_id)
    chat, say = reader(desk, company_id, team, user)
    with desk.store.read() as tx:
        offered = own_keys.offered(tx, token, desk.clock())
    if offered is None or (offered.company, offered.team, offered.user, offered.purpose) != (
        company_id, team, user, PURPOSE,
    ):  # fmt: skip
        _refresh(chat, view, _form(desk, say, company_id, team, _too_old(say)))
        return
    api = desk.keyed(offered.api_key)
    try:
        found = connecting.asked(api)
        stranger = None if company.procountor_id else other_kierto.at_work(desk, api)
    except ProcountorError as failed:
        if isinstance(failed, Unauthorized) and not isinstance(failed, NotAllowed):
            with desk.store.write() as tx:
                own_keys.taken(tx, token)  # a wrong key is not kept
        _refresh(chat, view, _failed(desk, say, company, offered, token, failed))
        return
    with desk.store.write() as tx:
        clash = connecting.clash(tx, company, found)
        if clash is None and stranger is None:
            own_keys.found(tx, token, dump(found))
        else:
            own_keys.taken(tx, token)
    if clash is None and stranger is not None:
        _refresh(chat, view, keys.failed(say, _busy(say, found, stranger)))
        return
    if clash is not None:
        _refresh(chat, view, keys.failed(say, _clashing(desk, say, company, found, clash)))
        return
    whose = _whose(company, found)
    handle = issued(desk, company_id, team, "key.confirm", token)
    if not _refresh(chat, view, keys.confirm(say, whose, handle)):  # closed meanwhile: the question comes as a message
        chat.post(chat.direct(user), keys.confirm_here(say, whose, handle))


def _whose(company: Company, found: Found) -> Whose:
    lacking = [(path, rights.least(path)) for path in found.lacking]
    return Whose(found.name, found.business_id, found.user, lacking, company.procountor_id is not None)


def _refresh(chat: Chat, view: str, modal: Modal) -> bool:
    """Redraws the form; False when it is not open any more."""
    if not view:
        return False
    try:
        chat.refresh(view, modal)
    except ChatTrouble as trouble:
        if not trouble.certain:
            raise
        return False
    return True


def _too_old(say: Tongue) -> str:
    return say("A key waits ten minutes for your yes, and this one has waited longer. Type it again.")


def _failed(
    desk: Desk, say: Tongue, company: Company, offered: own_keys.Offered, token: str, failed: ProcountorError
) -> Modal:
    """Why Procountor did not say whose key it is. Only a wrong key has to be typed again."""
    retry = issued(desk, company.id, offered.team, "key.again", token)
    if isinstance(failed, NotAllowed):
        text = say(
            "The company does not allow chargeable interfaces, so no key works yet. The main user allows them in "
            "Procountor: {menu}. Then press *Try it again*.",
            menu=menu_paths.interfaces(say),
        )
        return keys.failed(say, text, retry)
    if isinstance(failed, Unauthorized):
        text = say(
            "Procountor does not accept this key: it is mistyped, or it has been revoked. Copy it again, or make a new "
            "one. If it is right, see that chargeable interfaces are allowed: {menu}.",
            menu=menu_paths.interfaces(say),
        )
        return _form(desk, say, company.id, offered.team, text)
    if isinstance(failed, Forbidden):
        text = say(
            "The key works, but its user may not see the company’s own data ({right}). The main user gives the right "
            "in Procountor: {menu}. Then press *Try it again*.",
            right=keys.right_of_key(say, "management.basicCompanyInfo", "VIEWING_RIGHTS"),
            menu=menu_paths.users(say),
        )
        return keys.failed(say, text, retry)
    text = say(
        "Procountor did not answer. The key is kept, sealed, for ten minutes: wait a moment and press *Try it again*."
    )
    return keys.failed(say, text, retry)


def _busy(say: Tongue, found: Found, stranger: Stored) -> str:
    return say(
        "Another Kierto is at work in the books of {theirs}: within the last hour it made a draft there ({number}) "
        "that this one knows nothing of. Nothing was changed. Stop the other one; an hour after its last draft this "
        "key is taken.",
        theirs=safe(found.name),
        number=safe(stranger.original_number or str(stranger.number or stranger.id), 40),
    )


def _clashing(desk: Desk, say: Tongue, company: Company, found: Found, clash: Clash) -> str:
    """Why a key is not taken. Nothing is told of another workspace but that there is one."""
    theirs = safe(found.name)
    if clash is Clash.OTHER:
        return say(
            "This key opens the books of {theirs}, but this is {ours}. Nothing was changed. "
            "Make the key in Procountor while {ours} is the company in use there.",
            theirs=theirs,
            ours=safe(company.name),
        )
    with desk.store.read() as tx:
        there = companies.by_procountor_id(tx, found.procountor_id)
    if there is not None and there.team == company.team:
        return say("{theirs} is connected in this workspace already. Nothing was changed.", theirs=theirs)
    return say(
        "The books of {theirs} are connected to Kierto from elsewhere. Nothing was changed. "
        "Whoever runs your Kierto can release them.",
        theirs=theirs,
    )


@on.form("key.confirm", right=Right.ADMIN, unconnected=True)
def confirmed(here: Here) -> Answer:
    """The admin has seen whose books they are."""
    return Answer(update=notices.closing(here.say, _connect(here, here.said.meta), "key.done"))


@on.click("key.confirm", right=Right.ADMIN, unconnected=True)
def confirmed_here(here: Here) -> None:
    """The same from a message."""
    here.whisper(notices.plain(_connect(here, here.said.value)))


def _connect(here: Here, handle: str) -> str:
    """Takes the key into use, once, whoever presses and however often; gives the sentence that says what came of it."""
    token = subject_of(here, handle, "key.confirm")
    desk, say = here.desk, here.say
    if token is None:
        return _too_old(say)
    with desk.store.write() as tx:
        company = companies.get(tx, here.company.id)
        offered = own_keys.offered(tx, token, desk.clock())
        if offered is None or offered.user != here.said.user or not offered.found:
            return _late(say, company)
        found = load(Found, offered.found)
        clash = connecting.clash(tx, company, found)
        own_keys.taken(tx, token)
        if clash is None:
            connecting.connect(desk, tx, company.id, found, offered.api_key, here.who)
            _begin(desk, tx, company.id, token)
    if clash is not None:
        return f":warning: {_clashing(desk, say, company, found, clash)}"
    return keys.connected(say, found.name, renewal=company.procountor_id is not None)


def _late(say: Tongue, company: Company) -> str:
    """The key has been taken into use already, or has waited too long."""
    if company.state == companies.READY:
        text = say("{company} is connected. There is nothing more to confirm.", company=safe(company.name))
        return f":white_check_mark: {text}"
    return f":warning: {_too_old(say)}"


def _begin(desk: Desk, tx: Tx, company: str, token: str) -> None:
    """The registers are fetched and the checklist redrawn by a worker."""
    checklist.changed(desk, tx, company)
    desk.work.soon(tx, "hear", "key.begin", token, company, [company])


@on.task("key.begin", lane="hear")
def begin(desk: Desk, company_id: str) -> None:
    """Looks at the newly opened books for the first time."""
    probing.look(desk, company_id)
    with desk.store.write() as tx:
        checklist.changed(desk, tx, company_id)
