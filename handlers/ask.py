"""Asking a person about a bill: the question goes to him, the answer to the asker's card and to Procountor."""

from __future__ import annotations

from finance import questions as rules
from handlers import arriving, bill_press, bill_sight, papers, threads
from handlers.bill_card_place import under
from handlers.bill_sight import holds
from handlers.buttons import handle_for, in_use, issued, pressed, subject_of
from handlers.chat import Answer, ChatTrouble
from handlers.desk import Desk, Here
from handlers.readers import NOBODY, reader, tell_one
from handlers.routing import Router
from handlers.showing import show
from handlers.views import bill_asking as views
from handlers.views import bill_passing, notices
from procountor import bills as resource
from procountor.errors import ProcountorError, Refused
from storage import audit, bills, questions
from storage.questions import Question, Words

on = Router()

TRIES = 5
ALL = frozenset({views.SUPPLIER, views.NUMBER, views.AMOUNT})


@on.click("bill.ask", now=True)
def ask(here: Here) -> None:
    """Asks whom and what."""
    what, kept = bill_press.pressed(here, "bill.ask")
    if not holds(here, what.bill):
        return here.whisper(bill_sight.not_held(here, what.bill))
    here.chat.open(here.said, views.form(here.say, kept.bill, bill_press.form(here, "bill.asked", what)))
    return None


@on.form("bill.asked")
def asked(here: Here) -> Answer:
    """Keeps the question and has it put."""
    what = bill_press.shown(here, "bill.asked", here.said.meta)
    if what is None:
        return Answer(update=notices.list_again(here.say, "bill.asked"))
    if not holds(here, what.bill):
        gone = bill_passing.refused(here.say, "not_there")
        return Answer(update=notices.closing(here.say, gone, "bill.asked"))
    whom, text = here.said.values.get("whom", ""), here.said.values.get("question", "").strip()
    if wrong := _wrong(here, whom, text):
        return Answer(errors=wrong)
    tell = tuple(sorted(ALL & set(here.said.values.get("tell", "").split(","))))
    desk, company, now = here.desk, here.company.id, here.desk.clock()
    with desk.store.write() as tx:
        words = Words(text, tell)
        id = questions.ask(tx, company, what.bill, here.said.team, here.said.user, whom, words, now)
        details = {"question": id, "to": f"{here.said.team}/{whom}"}
        audit.note(tx, company, here.who, "bill.asked", f"bill:{what.bill}", now, **details)
        desk.work.soon(tx, "tell", "bill.question", f"{id}:0", company, [company, f"{id}"])
        arriving.redraw(desk, tx, company, what.bill, f"asked:{id}")
    return Answer(clear=True)


def _wrong(here: Here, whom: str, text: str) -> dict[str, str]:
    if not whom:
        return {"whom": here.say("Choose the person you ask.")}
    if whom == here.said.user:
        return {"whom": here.say("That is you: ask somebody else.")}
    if not text:
        return {"question": here.say("Write what you ask.")}
    try:
        trusted = here.desk.chats(here.said.team).profile(whom).trusted
    except ChatTrouble:
        return {"whom": here.say("Slack did not answer just now. Try again in a moment.")}
    if not trusted:
        return {"whom": here.say("Guests, bots and people of other workspaces cannot be asked.")}
    return {}


@on.task("bill.question", lane="tell")
def put(desk: Desk, company_id: str, question: str) -> None:
    """The question as it now stands, in the conversation with the one who is asked."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        one = questions.get(tx, company_id, int(question))
        kept = bills.get(tx, company_id, one.bill) if one else None
    if one is None or kept is None:
        return
    sees = bill_sight.other_sees(desk, company, one.team, one.asked, one.bill)
    try:
        chat, say = reader(desk, company_id, one.team, one.asked)
        handle = issued(desk, company_id, one.team, "question.answer", question)
        replies = tuple(reply.text for reply in one.replies)
        shown = views.Put(kept.bill, one.asker, one.words.text, sees, one.words.tell, replies, handle)
        show(desk, chat, company_id, f"question:{question}", one.asked, views.message(say, shown))
    except ChatTrouble as trouble:
        if trouble.code not in NOBODY:
            raise
        bill, whom = kept.bill, one.asked
        tell_one(desk, company_id, one.team, one.asker, lambda say: views.unreachable(say, bill, whom))


@on.click("question.answer", now=True)
def answer(here: Here) -> None:
    """Asks for the answer."""
    one = in_use(_question(here, pressed(here, "question.answer")))
    meta = handle_for(here, "question.answered", f"{one.id}")
    here.chat.open(here.said, views.answer_form(here.say, one.asker, one.words.text, meta))


@on.form("question.answered")
def answered(here: Here) -> Answer:
    """Keeps the answer and sends it back."""
    one = _question(here, subject_of(here, here.said.meta, "question.answered"))
    if one is None:
        return Answer(update=notices.list_again(here.say, "question.answered"))
    text = here.said.values.get("answer", "").strip()
    if not text:
        return Answer(errors={"answer": here.say("Write your answer.")})
    if not _noted(here, one, text):
        told = views.full(here.say, one.asker).text
        return Answer(update=notices.closing(here.say, told, "question.answered"))
    return Answer(clear=True)


@on.reply("question")
def replied(here: Here) -> None:
    """An answer written in the thread of the question: all of it, whatever words it begins with."""
    one = _question(here, threads.topic(here).partition(":")[2])
    if one is None:
        return
    if not here.said.words:
        threads.answer(here, views.wordless(here.say))
        return
    if not _noted(here, one, here.said.words[:3000]):
        threads.answer(here, views.full(here.say, one.asker))
        return
    threads.answer(here, views.thanks(here.say, one.asker, files=bool(here.said.files)))
    return


def _question(here: Here, id: str | None) -> Question | None:
    """The question, for the one who was asked; None alike for everybody else."""
    if not id:
        return None
    with here.desk.store.read() as tx:
        one = questions.get(tx, here.company.id, int(id))
    mine = one is not None and (one.team, one.asked) == (here.said.team, here.said.user)
    return one if mine else None


def _noted(here: Here, one: Question, text: str) -> bool:
    desk, company, now = here.desk, here.company.id, here.desk.clock()
    with desk.store.write() as tx:
        number = questions.answer(tx, company, one.id, text, now)
        if not number:
            return False
        details = {"question": one.id, "answer": number}
        audit.note(tx, company, here.who, "bill.answered", f"bill:{one.bill}", now, **details)
        desk.work.soon(tx, "tell", "bill.question", f"{one.id}:{number}", company, [company, f"{one.id}"])
        args = [company, f"{one.id}", f"{number}"]
        desk.work.soon(tx, "hear", "bill.answered", f"{one.id}:{number}", company, args)
        desk.work.soon(tx, "hear", "bill.discussed", f"{one.id}:{number}:1", company, [*args, "1"])
        arriving.redraw(desk, tx, company, one.bill, f"answered:{one.id}:{number}")
    return True


@on.task("bill.answered", lane="hear")
def tell(desk: Desk, company_id: str, question: str, number: str) -> None:
    """The answer, in the thread of the asker's card."""
    with desk.store.read() as tx:
        one = questions.get(tx, company_id, int(question))
        kept = bills.get(tx, company_id, one.bill) if one else None
    if one is None or kept is None:
        return
    chat, say = reader(desk, company_id, one.team, one.asker)
    text = one.replies[int(number) - 1].text
    picture = views.answered(say, kept.bill, one.asked, text, again=int(number) > 1)
    under(desk, chat, company_id, one.bill, one.asker, picture)


@on.task("bill.discussed", lane="hear")
def discuss(desk: Desk, company_id: str, question: str, number: str, tries: str) -> None:
    """Question and answer for Procountor's discussion, where the company has one: looked for first, never twice."""
    with desk.store.read() as tx:
        one = questions.get(tx, company_id, int(question))
    if one is None:
        return
    api, place = desk.books(company_id), (one.id, int(number))
    try:
        if any(rules.marked(comment.text) == place for comment in resource.comments(api, one.bill)):
            return
        chat = desk.chats(one.team)
        asker, asked = chat.profile(one.asker).name, chat.profile(one.asked).name
        text = one.replies[int(number) - 1].text
        resource.comment(api, one.bill, rules.discussion(asker, one.words.text, asked, text, *place))
    except (Refused, ChatTrouble):
        return  # the company has no discussion: question and answer stand on the card and in the trail
    except ProcountorError:
        _later(desk, company_id, question, number, int(tries) + 1)


def _later(desk: Desk, company_id: str, question: str, number: str, tries: int) -> None:
    """Procountor did not answer: looked for again, and written if it is not there."""
    if tries <= TRIES:
        with desk.store.write() as tx:
            args = [company_id, question, number, f"{tries}"]
            key = f"{question}:{number}:{tries}"
            desk.work.soon(tx, "hear", "bill.discussed", key, company_id, args, desk.timing.retry * 10 * tries)
