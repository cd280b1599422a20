"""Bills of the project system become drafts in Procountor, each once; those that came there by themselves never do."""

from __future__ import annotations

import base64
import itertools
import re
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot import practice
from finance.authority import Right
from finance.invoice import Invoice, Party
from handlers import sweep
from sandbox.procountor import inbox, outside, seed
from storage import audit, documents
from storage import bills as kept_bills
from tests.support.batches import Batch, ask, fixes, numbers
from tests.support.bills import Desk
from tests.support.paper_bills import SILTA, bill, supplier
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot, Doc

NUMBERS = (f"B-{n}" for n in itertools.count(7001))
PDF = b"%PDF-1.7 " + b"lasku" * 30


def fresh(**changes: Any) -> Invoice:
    """A clean bill with a number nobody has used yet."""
    return bill(next(NUMBERS), practice.today(), **changes)


def checked(bot: Bot, *given: Invoice) -> Batch:
    """The preview of these bills, after they were dropped."""
    bot.drop(*given)
    return ask(bot, "send bills " + " ".join(b.number for b in given))


def receipt(bot: Bot, draft: Doc) -> Doc:
    found: Doc = bot.books.registers["ledgerreceipts"][draft["ledgerReceiptId"]]
    return found


def received(bot: Bot, number: str, **said: Any) -> Doc:
    """A bill comes to Procountor by itself."""
    with bot.procountor.world.lock:
        wanted = {"supplier": SILTA, "verifiers": [], "acceptors": [], **said}
        doc: Doc = inbox.receive(bot.procountor.world, bot.books, inbox.Bill(number=number, **wanted))
        return doc


def numbered(bot: Bot, number: str) -> list[Doc]:
    """Everything in Procountor under the number."""
    return [d for d in bot.books.registers["invoices"].values() if d.get("originalInvoiceNumber") == number]


def test_a_bill_becomes_a_draft_with_its_supplier_its_paper_and_no_accounting(bot: Bot) -> None:
    given = fresh(attachments=("silta.pdf",))
    told = bot.drop(given, ("silta.pdf", PDF))
    assert "1 bill is ready to be checked" in told
    assert "silta.pdf goes with" in told
    batch = ask(bot, f"send bills {given.number}")
    assert "1 bill checked" in batch.text
    assert "without accounting data" in batch.text
    batch.send()
    assert "1 bill is a draft in Procountor" in batch.text
    draft = bot.draft(given.number)
    assert (draft["type"], draft["status"], draft["partnerId"]) == ("PURCHASE_INVOICE", "UNFINISHED", SILTA)
    assert draft["invoiceChannel"] == "NO_SENDING"
    assert re.fullmatch(r"\[kierto:KI1[A-Z2-7]{26}\]", draft["notes"])
    assert draft["paymentInfo"]["bankAccount"]["accountNumber"] == given.payment.iban
    assert "productId" not in draft["invoiceRows"][0] or draft["invoiceRows"][0]["productId"] is None
    papers = [a for a in bot.books.registers["attachments"].values() if a["referenceId"] == draft["id"]]
    assert [(a["name"], base64.b64decode(a["_content"]), a["sendWithInvoice"]) for a in papers] == [
        ("silta.pdf", PDF, False)
    ]


def test_procountors_own_accounting_of_a_bill_is_left_alone(bot: Bot) -> None:
    """Also when the file and the company's rules have accounts and cost centres (R03)."""
    bot.decide(default_account={"": "3000"}, default_cost_centre="220")
    line = replace(fresh().lines[0], account="4400", cost_centre="210", project="P-1001", product_code="KEHI")
    given = fresh(lines=(line,), account="3010", cost_centre="220", project="P-1002")
    before = bot.procountor.world.counts.routes["PUT /ledgerreceipts/{receiptId}"]
    batch = checked(bot, given)
    assert "account, cost centre and project are not sent" in batch.text
    batch.send()
    draft = bot.draft(given.number)
    entries = [t for t in receipt(bot, draft)["transactions"] if t["transactionType"] == "ENTRY"]
    own = bot.books.settings["defaults"]["purchase"]
    assert [(e["account"], e["dimensionItemValues"]) for e in entries] == [(own, [])]
    assert bot.procountor.world.counts.routes["PUT /ledgerreceipts/{receiptId}"] == before
    assert not re.search(r"4400|P-1001|3010", str({k: v for k, v in draft.items() if k != "_history"}))


@pytest.mark.parametrize("forged", ["account", "cost_centre"])
def test_the_list_of_ready_bills_offers_no_account_and_a_forged_choice_does_nothing(bot: Bot, forged: str) -> None:
    given = fresh()
    batch = checked(bot, given)
    assert batch.press("run.ready").ok
    view = batch.view("ready.list")
    (menu,) = [b["accessory"] for b in view.blocks if b.get("accessory", {}).get("action_id") == "ready.do"]
    (offered,) = menu["options"]
    what, _, handle = offered["value"].partition(":")
    assert what == "leave"
    menu["options"].append({"text": offered["text"], "value": f"{forged}:{handle}"})  # as a forger's page would
    assert bot.slack.click(ANNA, view, "ready.do", value=f"{forged}:{handle}").ok
    bot.wait(lambda: "no longer in use" in bot.shown(bot.latest()))
    assert bot.slack.views(ANNA)[-1].callback_id == "ready.list"
    with bot.house.store.read() as tx:
        (doc,) = documents.by_number(tx, bot.company, given.number)
    assert doc.overlay.fixes == ()


def test_a_slip_in_the_account_is_mended_and_the_trail_keeps_it_masked(bot: Bot) -> None:
    good = fresh()
    given = replace(good, payment=replace(good.payment, iban="FI4414033000000061"))
    batch = checked(bot, given)
    assert "account FI44 •••• 0061 is not a right IBAN" in batch.text
    form = batch.form(given.number)
    bot.slack.fill(ANNA, form, {"value": "FI4414033000000062"})
    bot.slack.submit(ANNA, form)
    assert "FI44 •••• 0062 is not a right IBAN" in str(bot.slack.views(ANNA)[-1].errors)
    bot.slack.fill(ANNA, form, {"value": good.payment.iban})
    assert bot.slack.submit(ANNA, form).ok
    batch.close()
    batch.until("1 ready")
    batch.send()
    assert bot.draft(given.number)["paymentInfo"]["bankAccount"]["accountNumber"] == good.payment.iban
    with bot.house.store.read() as tx:
        told = "\n".join(e.details for e in audit.trail(tx, bot.company) if e.what == "document.fixed")
    assert "payment.iban" in told
    assert good.payment.iban not in told


def test_an_account_that_is_not_the_registers_is_told_before_sending(bot: Bot) -> None:
    good = fresh()
    given = replace(good, payment=replace(good.payment, iban="FI1410093000123458"))
    batch = checked(bot, given)
    assert re.search(r"Account FI14 •••• 3458 is not the one that Alihankkija Silta Oy has in Procountor", batch.text)
    assert "1 ready" in batch.text


def test_a_supplier_by_name_and_one_nobody_knows_are_told_and_sent(bot: Bot) -> None:
    party, _ = supplier(3)
    by_name = fresh(place=3, seller=Party(party.name))
    stranger = fresh(seller=Party("Uusi Toimittaja Oy", "1572860-0"))
    batch = checked(bot, by_name, stranger)
    assert "2 ready" in batch.text
    assert "found in Procountor's register by name only" in batch.text
    assert "Uusi Toimittaja Oy (1572860-0) is not in Procountor's supplier register" in batch.text
    batch.send()
    assert bot.draft(by_name.number)["partnerId"] == SILTA + 3
    assert bot.draft(stranger.number).get("partnerId") is None


def test_a_bill_that_came_to_procountor_by_itself_is_told_and_never_sent(bot: Bot) -> None:
    given = fresh()
    there = received(bot, given.number)
    batch = checked(bot, given)
    assert f"is in Procountor already: {there['invoiceNumber']}. It came there by itself" in batch.text
    assert "run.send" not in batch.buttons()
    assert [d["id"] for d in numbered(bot, given.number)] == [there["id"]]
    again = ask(bot, f"send bills {given.number}")
    assert f"{given.number} is in Procountor already, as {there['invoiceNumber']}" in again.text
    assert "came to Procountor by itself" in bot.answer("bill", lambda: bot.slack.command(ANNA, f"find {given.number}"))
    assert numbered(bot, given.number) == [there]


def test_another_suppliers_bill_with_the_same_number_is_no_obstacle(bot: Bot) -> None:
    first, other = fresh(), fresh(place=4)
    same = replace(other, number=first.number)
    there = received(bot, first.number, supplier=SILTA + 5)
    batch = checked(bot, first, same)
    assert "2 ready" in batch.text
    batch.send()
    made = [d for d in numbered(bot, first.number) if d["id"] != there["id"]]
    assert sorted(d["partnerId"] for d in made) == [SILTA, SILTA + 4]


def test_a_bill_that_arrives_between_the_preview_and_the_press_waits_for_a_person(bot: Bot) -> None:
    given = fresh()
    batch = checked(bot, given)
    there = received(bot, given.number)
    batch.press("run.send")
    text = batch.until("waiting for a person")
    assert "a bill of this supplier with this number, and it is not one we sent" in text
    assert [d["id"] for d in numbered(bot, given.number)] == [there["id"]]
    assert there["status"] == "RECEIVED"


def test_one_bill_from_two_files_goes_once(bot: Bot) -> None:
    given = fresh()
    by_name = replace(given, seller=Party(given.seller.name.upper()))
    batch = checked(bot, given, by_name)
    assert "waits twice" in batch.text
    assert "run.send" not in batch.buttons()


def test_a_draft_of_ours_is_never_carded_nor_approved(bot: Bot) -> None:
    """The wrong verb for a bill's origin is impossible (R53, R54)."""
    desk = Desk(bot)
    desk.give(MIKAEL, Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)
    desk.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    given = fresh(order_reference="P-1001")
    checked(bot, given).send()
    ours, theirs = bot.draft(given.number)["id"], desk.receive(order_reference="P-1001")
    desk.edit(ours, orderReference="P-1001 / muutettu")  # a newer version, so that it is noticed
    desk.fetch(ANNA)
    desk.until(MIKAEL, theirs, "Approve")
    with bot.house.store.read() as tx:
        assert kept_bills.get(tx, bot.company, ours) is None
        assert kept_bills.get(tx, bot.company, theirs) is not None
    assert given.number not in bot.text(MIKAEL)
    assert desk.acts(ours) == 0
    assert desk.doc(ours)["status"] == "UNFINISHED"


def test_the_two_kinds_wait_apart(bot: Bot) -> None:
    invoice, given = bot.fresh(), fresh()
    told = bot.drop(invoice, given)
    assert "1 invoice is ready to be checked" in told
    assert "1 bill is ready to be checked, too" in told
    assert f"{given.number} is not among the invoices" in ask(bot, f"send invoices {given.number}").text
    assert f"{invoice.number} is not among the bills" in ask(bot, f"send bills {invoice.number}").text
    bot.slack.open_home(ANNA)
    bot.wait(lambda: re.search(r"\d+ bills? from the project system wait", bot.home()))


def test_an_answer_that_was_lost_makes_no_second_bill_and_no_second_paper(bot: Bot) -> None:
    given = fresh(attachments=("kuitti.pdf",))
    bot.drop(given, ("kuitti.pdf", PDF))
    batch = ask(bot, f"send bills {given.number}")
    for route in ("POST /invoices", "POST /attachments"):
        bot.procountor.world.faults.add(route=route, nth=1, when="after", what="drop")
    batch.send()
    draft = bot.draft(given.number)
    assert len(numbered(bot, given.number)) == 1
    papers = [a for a in bot.books.registers["attachments"].values() if a["referenceId"] == draft["id"]]
    assert [a["name"] for a in papers] == ["kuitti.pdf"]


def test_the_sweep_cancels_our_own_second_draft_and_nobody_elses(bot: Bot) -> None:
    given = fresh()
    checked(bot, given).send()
    first, there = bot.draft(given.number), received(bot, given.number, supplier=SILTA + 2)
    with bot.procountor.world.lock:
        second = deepcopy(first) | {"id": bot.books.next_id("invoices"), "invoiceNumber": first["invoiceNumber"] + 500}
        bot.books.put("invoices", second)
    sweep.sweep(bot.house.desk, bot.company)
    assert [d["id"] for d in bot.drafts() if d["originalInvoiceNumber"] == given.number] == [first["id"]]
    assert there["status"] == "RECEIVED"


def test_a_person_who_worked_on_the_draft_keeps_his_work(bot: Bot) -> None:
    given = fresh()
    batch = checked(bot, given)
    batch.send()
    draft = bot.draft(given.number)
    with bot.procountor.world.lock:
        outside.edit(bot.procountor.world, bot.books, draft["id"], {"orderReference": "käsin"})
    third = ask(bot, f"send bills {given.number}")
    assert f"{given.number} is in Procountor already, as {draft['invoiceNumber']}" in third.text
    assert bot.draft(given.number)["orderReference"] == "käsin"


def test_a_refusal_is_told_at_the_bills_own_field(bot: Bot) -> None:
    given = fresh()
    with bot.procountor.world.lock:
        vats = bot.books.settings["vats"]["vatInformation"][0]["percentages"]
        old = next(p for p in vats if p["vatPercent"] == Decimal("25.5"))
    batch = checked(bot, given)
    old["purchase"] = False
    try:
        batch.send()
    finally:
        old["purchase"] = True
    assert "1 refused" in batch.text
    view = batch.faults()
    assert numbers(view) == [given.number]
    assert fixes(view, given.number)
    batch.close()


def test_a_key_that_may_not_see_suppliers_is_told_to_the_one_who_can_help(bot: Bot) -> None:
    rights = bot.books.users[seed.seed_people.BOT]["_rights"]["purchases"]
    before = rights["supplierRegister"]
    rights["supplierRegister"] = "NO_ACCESS"
    try:
        given = fresh()
        bot.drop(given)
        bot.answer("(?s).*", lambda: bot.slack.command(ANNA, "sync"))
        batch = ask(bot, f"send bills {given.number}")
        assert "does not let us read the supplier register" in batch.text
        assert "run.send" not in batch.buttons()
        invoice = bot.fresh()
        bot.drop(invoice)
        assert "1 ready" in ask(bot, f"send invoices {invoice.number}").text
    finally:
        rights["supplierRegister"] = before
    assert "1 ready" in ask(bot, f"send bills {given.number}").text


@pytest.mark.parametrize("words", ["send bills", "check bills"])
def test_who_has_no_right_is_told_who_has(bot: Bot, words: str) -> None:
    told = bot.answer("do not have the right", lambda: bot.slack.command(EMMA, words), EMMA)
    assert "@U01ANNA" in told


def test_a_check_sends_nothing_and_sets_nothing_aside(bot: Bot) -> None:
    given = fresh()
    there = received(bot, given.number)
    batch = ask(bot, "check bills") if bot.drop(given) else None
    assert batch is not None
    assert f"already: {there['invoiceNumber']}" in batch.text
    assert "run.send" not in batch.buttons()
    with bot.house.store.read() as tx:
        (doc,) = documents.by_number(tx, bot.company, given.number)
    assert doc.state == "open"


def test_a_list_of_bills_is_read_with_its_suppliers(bot: Bot) -> None:
    party, iban = supplier(2)
    number = next(NUMBERS)
    day = f"{practice.today():%d.%m.%Y}"
    text = (
        "Laskunumero;Laskupäivä;Eräpäivä;Toimittaja;Y-tunnus;Tilinumero;Tuote;Määrä;Yksikköhinta;ALV %;Liitteet\r\n"
        f"{number};{day};{day};{party.name};{party.business_id};{iban};Vuokra;1;1 200,00;25,5;vuokra.pdf\r\n"
    )
    told = bot.drop(("ostolaskut.csv", text.encode("windows-1252")), ("vuokra.pdf", PDF))
    assert "1 bill is ready to be checked" in told
    ask(bot, f"send bills {number}").send()
    draft = bot.draft(number)
    assert (draft["partnerId"], draft["counterParty"]["identifier"]) == (SILTA + 2, party.business_id)
    assert [a["name"] for a in bot.books.registers["attachments"].values() if a["referenceId"] == draft["id"]] == [
        "vuokra.pdf"
    ]
