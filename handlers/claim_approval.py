"""Approving and rejecting claims: cards to those who may, once, and the claimant told (R62; nobody his own)."""

from __future__ import annotations

from finance.authority import Right
from handlers import claim_facts, claim_sending, claiming, papers
from handlers.buttons import OutOfUse, handle_for, in_use, issued, subject_of
from handlers.chat import Answer, ChatTrouble
from handlers.claim_approvers import Bar, bar
from handlers.desk import Desk, Here
from handlers.readers import NOBODY, reader, tell_admins, tell_one
from handlers.routing import Router
from handlers.showing import breathe, show
from handlers.views import claim_card as views
from handlers.views import notices
from storage import audit, captures, companies, documents, messages, rights
from storage import captured_receipts as receipts
from storage.captures import Captured
from storage.companies import Company
from storage.database import Tx

on = Router()

LATE = "late"


def topic(one: Captured, user: str) -> str:
    """What the message with somebody's copy is about: a claim that is sent again is a new message."""
    return f"claim:{one.id}:{one.print[:12]}:{user}"


# The card.


@on.task("claim.card", lane="tell")
def draw(desk: Desk, company_id: str, claim: str, team: str, user: str) -> None:
    """Draws one copy; somebody who cannot be reached any more keeps nobody else waiting."""
    before = _read(desk, company_id, claim)
    if before is None:
        return
    breathe(desk, company_id, topic(before, user))
    company, one = papers.company_of(desk, company_id), _read(desk, company_id, claim)
    if one is None:
        return
    try:
        chat, say = reader(desk, company_id, team, user)
        facts = claim_facts.of(desk, company, one, team, user, say)
        if facts is not None:
            picture = views.card(say, facts, lambda p: issued(desk, company_id, team, p, _subject(one)))
            show(desk, chat, company_id, topic(one, user), user, picture)
    except ChatTrouble as trouble:
        if trouble.code not in NOBODY:
            raise
        with desk.store.write() as tx:
            audit.note(tx, company_id, "kierto", "claim.unreachable", f"claim:{claim}", desk.clock(), to=user)


def _subject(one: Captured) -> str:
    return f"{one.id}|{one.print}"


def _read(desk: Desk, company: str, claim: str) -> Captured | None:
    with desk.store.read() as tx:
        return captures.get(tx, company, int(claim))


def _pressed(here: Here, token: str, purpose: str) -> tuple[Captured | None, str] | None:
    """The claim that a button stands for and the print of what it showed; None for a button out of use."""
    subject = subject_of(here, token, purpose)
    if subject is None:
        return None
    claim, _, print = subject.partition("|")
    return _read(here.desk, here.company.id, claim), print


# Deciding.


@on.click("claim.approve", right=Right.APPROVE_CLAIMS, lane="approvals")
def approve(here: Here) -> None:
    """Approves what was shown, or nothing."""
    found = in_use(_pressed(here, here.said.value, "claim.approve"))
    why = _settle(here, found, captures.APPROVED, "")
    return here.whisper(notices.plain(_no(here, why))) if why else None


@on.click("claim.reject", right=Right.APPROVE_CLAIMS, now=True)
def reject(here: Here) -> None:
    """Asks for the reason."""
    found, print = in_use(_pressed(here, here.said.value, "claim.reject"))
    one = in_use(found)
    meta = handle_for(here, "claim.no", f"{one.id}|{print}")
    return here.chat.open(here.said, views.reason(here.say, one.number, meta))


@on.form("claim.no", right=Right.APPROVE_CLAIMS)
def refuse(here: Here) -> Answer:
    """Sends the claim back with the reason."""
    found = _pressed(here, here.said.meta, "claim.no")
    if found is None:
        return Answer(update=notices.list_again(here.say, "claim.no"))
    reason = here.said.values.get("reason", "").strip()
    if not reason:
        return Answer(errors={"reason": here.say("Give a reason: somebody has to act on it.")})
    why = _settle(here, found, captures.REJECTED, reason)
    return Answer(update=notices.closing(here.say, _no(here, why), "claim.no")) if why else Answer(clear=True)


def _no(here: Here, why: str) -> str:
    return views.late(here.say) if why == LATE else views.barred(here.say, why)


def _settle(here: Here, found: tuple[Captured | None, str], state: str, reason: str) -> str:
    """Settles the claim in one transaction with all that follows; "" when it is done, else why not."""
    one, print = found
    if one is None or one.claim is None or one.print != print or one.state != captures.WAITING:
        return LATE
    desk, company = here.desk, here.company
    with desk.store.write() as tx:
        rights.hold(tx, company.id)
        why: Bar | None = bar(
            tx, desk, company, one, one.claim, rights.holder(tx, company.id, here.said.team, here.said.user)
        )
        if why is not None:
            return why.value
        if not captures.settle(tx, one, state, here.who, reason, desk.clock()):
            return LATE
        if state == captures.APPROVED:
            _hand_over(desk, tx, company, one)
        audit.note(tx, company.id, here.who, f"claim.{state}", f"claim:{one.id}", desk.clock(), number=one.number)
        claim_sending.redraw(desk, tx, one)
        claim_sending.tell(desk, tx, one, state)
    return ""


def _hand_over(desk: Desk, tx: Tx, company: Company, one: Captured) -> None:
    """An approved claim waits to be sent as those do that came from the PSA, its receipts with it."""
    assert one.claim is not None
    for place, (paper, content) in enumerate(receipts.contents(tx, company.id, one.id), 1):
        documents.keep_file(tx, company.id, paper.attachment(one.number, place).name, content, one.who, desk.clock())
    claiming.bring(tx, company, one.claim, documents.PSA, None, desk.clock())


# Telling.


@on.task("claim.told", lane="hear")
def tell(desk: Desk, company: str, claim: str, what: str) -> None:
    """Tells the claimant what became of his claim, in his language and to him alone."""
    one = _read(desk, company, claim)
    if one is None or one.claim is None:
        return
    found, by = one.claim, one.decided_by.partition("/")[2]
    with desk.store.read() as tx:
        desks = [user for _, user, _ in captures.desks(tx, one)]
    if what == "received":
        tell_one(
            desk, company, one.team, one.user,
            lambda say: views.received(say, one.number, say.money(found.total, found.currency), desks),
        )  # fmt: skip
        if not desks:
            tell_admins(desk, company, lambda say: views.unapprovable(say, one.number))
    elif what == captures.APPROVED:
        tell_one(
            desk, company, one.team, one.user,
            lambda say: views.approved(say, one.number, say.money(found.total, found.currency), by),
        )  # fmt: skip
    else:
        handle = issued(desk, company, one.team, "claim.mend", f"{one.id}:0")
        tell_one(desk, company, one.team, one.user, lambda say: views.rejected(say, one.number, by, one.reason, handle))


@on.every("claims.deal", 300.0)
def deal(desk: Desk) -> None:
    """A claim that lies on nobody's desk goes to those who may approve it by now."""
    with desk.store.write() as tx:
        for company, id in captures.in_state(tx, captures.WAITING):
            one = captures.get(tx, company, id)
            if one is not None and not captures.desks(tx, one):
                claim_sending.deal(desk, tx, companies.get(tx, company), one)


# The receipts.


@on.click("claim.papers", right=Right.APPROVE_CLAIMS)
def papers_of(here: Here) -> None:
    """The receipts in the thread of the card, for somebody on whose desk the claim lies; each once."""
    found, _ = in_use(_pressed(here, here.said.value, "claim.papers"))
    one, desk = in_use(found), here.desk
    with desk.store.read() as tx:
        mine = any((t, u) == (here.said.team, here.said.user) for t, u, _ in captures.desks(tx, one))
        stands = messages.find(tx, one.company, topic(one, here.said.user))
        told = messages.find(tx, one.company, f"{topic(one, here.said.user)}:papers")
        contents = receipts.contents(tx, one.company, one.id)
    if not mine or stands is None:
        raise OutOfUse
    if told is not None:
        return here.whisper(notices.plain(here.say("The receipts are in the thread of the claim already.")))
    with desk.store.write() as tx:
        key = f"{topic(one, here.said.user)}:papers"
        messages.keep(tx, one.company, key, messages.Message(stands.channel, stands.ts, "", desk.clock()))
    for place, (paper, content) in enumerate(contents, 1):
        name = paper.attachment(one.number, place).name
        here.chat.upload(stands.channel, stands.ts, name, content, "")
    return None
