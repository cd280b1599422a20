"""Claims of the project system go to Procountor in two sections, each voucher once, each payment told once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot import practice
from handlers import mark_paid, owed_claims
from sandbox.month.claims_file import claim_files
from sandbox.procountor import outside
from storage import claim_money, staff
from tests.support.batches import Batch
from tests.support.claims import CARD, NUMBERS, OWN, TYPES, Row, claim, file
from tests.support.people import brought, humans, trail
from tests.support.practice import ANNA, EMMA, FINANCE_CHANNEL, Bot, Doc

PDF = b"%PDF-1.7 " + b"kuitti" * 30


@pytest.fixture(autouse=True)
def _people(bot: Bot) -> None:
    """Everybody is known, and so are the payment types."""
    if "Emma Clarke" not in humans(bot):
        brought(bot)
    bot.wait(lambda: (e := humans(bot).get("Emma Clarke")) is not None and e.person_id and e.user)
    bot.decide(payment_types=TYPES)


def who(bot: Bot) -> tuple[str, str, str]:
    emma = humans(bot)["Emma Clarke"]
    return emma.psa or "", emma.name, emma.email


def day(back: int) -> date:
    return practice.today() - timedelta(days=back)


def bring(bot: Bot, number: str, *rows: Row, trip: bool = False, created: date | None = None) -> str:
    """The claim is dropped, with a receipt for each row that names one."""
    papers = [(row.receipt, PDF + row.receipt.encode()) for row in rows if row.receipt]
    lines = claim(number, rows, who=who(bot), trip=trip, created=created)
    return bot.drop((f"kulut-{number}.csv", file(lines)), *papers)


def batches(bot: Bot, words: str, count: int = 1) -> list[Batch]:
    """The messages of the batches that ``words`` begin; own money first."""
    before = {m.ts for m in bot.slack.messages(bot.slack.dm(ANNA))}
    assert bot.slack.command(ANNA, words).ok

    def checked() -> list[Batch]:
        fresh = [m for m in bot.slack.messages(bot.slack.dm(ANNA)) if m.ts not in before and "Batch" in bot.shown(m)]
        ready = [m for m in fresh if "Checking" not in bot.shown(m)]
        return [Batch(bot, m.ts) for m in ready] if len(ready) == count else []

    return sorted(bot.wait(checked), key=lambda batch: "Company money" in batch.text)


def parts(bot: Bot, number: str) -> list[Doc]:
    """What stands of a claim in Procountor."""
    return [d for d in bot.drafts() if str(d["originalInvoiceNumber"]).partition("/")[0] == number]


def events(bot: Bot, doc: Doc) -> list[tuple[str, Decimal]]:
    """Days and amounts of a voucher's payments."""
    mine = [e for e in bot.books.registers["paymentevents"].values() if e["invoiceId"] == doc["id"]]
    return [(e["paymentDate"], e["paidAmount"]) for e in mine]


def paid_elsewhere(bot: Bot, number: str) -> list[Doc]:
    """The claim's vouchers, once each of company money is settled."""

    def settled() -> list[Doc]:
        found = [d for d in parts(bot, number) if "/" in d["originalInvoiceNumber"]]
        return found if found and all(d["status"] == "MARKED_PAID" for d in found) else []

    return bot.wait(settled)


def look(bot: Bot) -> None:
    owed_claims.look(bot.house.desk, bot.company)


def test_a_mixed_claim_goes_in_two_sections_and_the_claimant_hears_until_it_is_paid(bot: Bot) -> None:
    number = next(NUMBERS)
    told = bring(
        bot,
        number,
        Row(day(9), "24,00", OWN, vat="10", receipt=f"{number}-1.pdf"),
        Row(day(8), "125,50", CARD, receipt=f"{number}-2.pdf"),
        Row(day(7), "1130,00", OWN, "Hotelli", "", "SEK", "11,30", receipt=f"{number}-3.pdf"),
    )
    assert "1 claim is ready to be checked" in told
    assert f"{number}-2.pdf goes with {number}" in told
    own, card = batches(bot, f"send expenses {number}", 2)
    assert "Own money · 1 voucher in Procountor · 124.00 € to be paid to 1 person" in own.text
    assert "Company money · 1 voucher in Procountor · 125.50 €" in card.text
    assert "becomes 2 vouchers" in own.text
    card.send()  # the order does not matter
    own.send()
    (voucher,) = paid_elsewhere(bot, number)
    assert (voucher["type"], voucher["date"]) == ("BILL_OF_CHARGES", day(8).isoformat())
    assert events(bot, voucher) == [(day(8).isoformat(), Decimal("125.50"))]
    debt = bot.draft(number)
    emma = humans(bot)["Emma Clarke"]
    person = bot.books.registers["persons"][emma.person_id]
    assert (debt["type"], debt["status"], debt["partnerId"]) == ("BILL_OF_CHARGES", "UNFINISHED", emma.person_id)
    assert debt["paymentInfo"]["bankAccount"]["accountNumber"] == person["paymentInfo"]["accountNumber"]
    assert "bankAccount" not in voucher["paymentInfo"]
    papers = {a["referenceId"]: a["name"] for a in bot.books.registers["attachments"].values()}
    assert papers[voucher["id"]] == f"{number}-2.pdf"
    bot.until(rf"Your claim {number} is in Procountor(.|\n)*124.00 € will be paid(.|\n)*125.50 €", EMMA)
    debt["status"] = "APPROVED"
    outside.bank_run(bot.procountor.world, bot.books, invoices=[debt["id"]], day=day(0))
    look(bot)
    bot.until(rf"Your claim {number} was paid on", EMMA)
    iban = person["paymentInfo"]["accountNumber"]
    everywhere = bot.text() + bot.text(EMMA) + str([row.details for row in trail(bot)])
    assert iban not in everywhere
    assert "124.00" not in "\n".join(bot.shown(m) for m in bot.slack.messages(FINANCE_CHANNEL))


def test_a_travel_claim_is_a_travel_invoice_with_its_trip(bot: Bot) -> None:
    number = next(NUMBERS)
    kilometres = Row(day(6), "66,00", OWN, "Km-korvaus", "", quantity="120", unit="km", price="0,55", code="KM")
    bring(bot, number, kilometres, trip=True)
    (own,) = batches(bot, f"send expenses travel {number}")
    own.send()
    voucher = bot.draft(number)
    assert voucher["type"] == "TRAVEL_INVOICE"
    (trip,) = voucher["travelInformationItems"]
    assert (trip["departure"], trip["arrival"], trip["purpose"]) == ("Helsinki", "Helsinki", "Asiakastapaaminen")
    (row,) = voucher["invoiceRows"]
    assert (row["quantity"], row["unit"], row["vatPercent"]) == (120, "KILOMETER", 0)
    product = bot.books.registers["products"][row["productId"]]
    assert (product["type"], product["code"], product["startDate"][:4]) == ("TRAVEL", "KM", str(day(6).year))


def test_company_money_of_several_days_is_marked_paid_on_each(bot: Bot) -> None:
    number = next(NUMBERS)
    bring(bot, number, Row(day(9), "10,00", CARD), Row(day(8), "20,00", CARD), Row(day(9), "5,00", CARD))
    (card,) = batches(bot, f"send expenses card {number}")
    assert "2 vouchers in Procountor" in card.text
    card.send()
    first, second = sorted(paid_elsewhere(bot, number), key=lambda d: str(d["date"]))
    assert events(bot, first) == [(day(9).isoformat(), Decimal("15.00"))]
    assert events(bot, second) == [(day(8).isoformat(), Decimal("20.00"))]


def test_one_voucher_may_have_several_days_of_payment(bot: Bot) -> None:
    bot.decide(company_costs_per="claim", company_costs_as="purchase_invoice", payment_types=TYPES)
    number = next(NUMBERS)
    bring(bot, number, Row(day(9), "10,00", CARD), Row(day(8), "20,00", CARD))
    (card,) = batches(bot, f"send expenses {number}")
    card.send()
    (voucher,) = paid_elsewhere(bot, number)
    assert voucher["type"] == "PURCHASE_INVOICE"
    assert sorted(events(bot, voucher)) == [
        (day(9).isoformat(), Decimal("10.00")),
        (day(8).isoformat(), Decimal("20.00")),
    ]


def test_a_lost_answer_makes_no_second_payment(bot: Bot) -> None:
    number = next(NUMBERS)
    bring(bot, number, Row(day(5), "42,00", CARD))
    (card,) = batches(bot, f"send expenses {number}")
    route = "PUT /invoices/{invoiceId}/paymentevents/markpaid"
    bot.procountor.world.faults.add(route=route, nth=1, when="after", what="drop")
    card.send()
    (voucher,) = paid_elsewhere(bot, number)

    def done() -> bool:
        with bot.house.store.read() as tx:
            return [m.state for m in claim_money.marks(tx, bot.company) if m.remote_id == voucher["id"]] == ["done"]

    bot.wait(done)
    assert events(bot, voucher) == [(day(5).isoformat(), Decimal("42.00"))]


def test_what_procountor_does_not_let_us_do_becomes_a_to_do_and_goes_on_by_itself(bot: Bot) -> None:
    number = next(NUMBERS)
    circulation = bot.books.settings["circulation"]
    circulation["useForTravelAndExpenseInvoices"] = False
    bring(bot, number, Row(day(5), "42,00", CARD))
    (card,) = batches(bot, f"send expenses {number}")
    card.send()
    (voucher,) = parts(bot, number)
    theirs = voucher["invoiceNumber"]
    bot.until(rf"{theirs} could not be sent to circulation(.|\n)*Purchases → Travel and expense invoices")
    assert events(bot, voucher) == []
    circulation["useForTravelAndExpenseInvoices"] = True
    voucher["status"] = "APPROVED"  # somebody has approved it there
    with bot.house.store.read() as tx:
        (todo,) = claim_money.marks(tx, bot.company, claim_money.TODO)
    mark_paid.carry(bot.house.desk, bot.company, str(todo.document))
    assert events(bot, voucher) == [(day(5).isoformat(), Decimal("42.00"))]
    bot.answer("Nothing waits|to be paid", lambda: bot.slack.command(ANNA, "expenses"))


def test_an_unknown_payment_type_holds_the_whole_claim_until_it_is_told(bot: Bot) -> None:
    number = next(NUMBERS)
    bring(bot, number, Row(day(5), "10,00", OWN), Row(day(5), "20,00", "Lounaskortti"))
    (check,) = batches(bot, f"check expenses {number}")
    assert "has the payment type “Lounaskortti”, and nobody has said whose money" in check.text
    assert "Send the clean" not in check.text
    bot.answer("Lounaskortti", lambda: bot.slack.command(ANNA, "map paymenttype Lounaskortti company"))
    own, card = batches(bot, f"send expenses {number}", 2)
    assert "10.00 €" in own.text
    assert "20.00 €" in card.text


def test_a_company_may_want_one_voucher_for_each_person(bot: Bot) -> None:
    """Two claims, one voucher; taken apart while it waits, and never again once it has gone."""
    bot.decide(payment_types=TYPES, claims_per="person")
    one, two, three = next(NUMBERS), next(NUMBERS), next(NUMBERS)
    for number, gross in ((one, "10,00"), (two, "7,05")):
        bring(bot, number, Row(day(5), gross, OWN, receipt=f"{number}.pdf"), Row(day(4), "2,00", CARD))
    own, card = batches(bot, f"send expenses {one} {two}", 2)
    assert "Own money · 1 voucher in Procountor · 17.05 €" in own.text
    assert f"Claims {one}, {two} of one person become one voucher" in own.text
    bring(bot, two, Row(day(5), "8,05", OWN, receipt=f"{two}.pdf"), Row(day(4), "2,00", CARD))
    own.send()  # what was shown is not what it is now: nothing goes
    assert parts(bot, f"{one}+1") == []
    own, card = batches(bot, f"send expenses {two} {one}", 2)
    assert "1 voucher in Procountor · 18.05 €" in own.text
    own.send()
    card.send()
    debt = bot.draft(f"{one}+1")
    assert [row["unitPrice"] for row in debt["invoiceRows"]] == [Decimal("10.00"), Decimal("8.05")]
    papers = [a["name"] for a in bot.books.registers["attachments"].values() if a["referenceId"] == debt["id"]]
    assert sorted(papers) == [f"{one}.pdf", f"{two}.pdf"]
    (voucher,) = bot.wait(lambda: [d for d in parts(bot, one) if d["status"] == "MARKED_PAID"])
    assert events(bot, voucher) == [(day(4).isoformat(), Decimal("4.00"))]
    bot.until(rf"Your claims {one}, {two} are in Procountor(.|\n)*18.05 € will be paid", EMMA)
    bot.answer(rf"{debt['invoiceNumber']}", lambda: bot.slack.command(ANNA, f"find {two}"))
    assert "has changed since it was sent" in bring(bot, two, Row(day(5), "9,05", OWN), Row(day(4), "2,00", CARD))
    bring(bot, three, Row(day(5), "1,00", OWN))
    bot.decide(payment_types=TYPES, claims_per="claim")
    (alone,) = batches(bot, f"send expenses {one} {two} {three}")
    assert "1 voucher in Procountor · 1.00 €" in alone.text
    alone.send()


def test_a_company_may_change_its_mind_about_vouchers_and_back(bot: Bot) -> None:
    number = next(NUMBERS)
    bring(bot, number, Row(day(5), "10,00", OWN), Row(day(5), "3,00", OWN))
    for per in ("receipt", "claim", "person", "claim"):
        count = "2 vouchers" if per == "receipt" else "1 voucher"
        bot.decide(payment_types=TYPES, claims_per=per)
        (own,) = batches(bot, f"check expenses {number}")
        assert f"{count} in Procountor · 13.00 €" in own.text


def test_whose_money_it_was_is_told_by_a_button_in_the_preview(bot: Bot) -> None:
    """The other section, which there was not before, comes as a batch of its own; both can be sent at once."""
    number, other = next(NUMBERS), next(NUMBERS)
    bring(bot, number, Row(day(5), "10,00", OWN), Row(day(5), "20,00", "Etukortti"))
    bring(bot, other, Row(day(4), "7,00", "Etukortti"))
    (own,) = batches(bot, f"send expenses {number} {other}")
    assert "Send the" not in own.text
    before = {m.ts for m in bot.slack.messages(bot.slack.dm(ANNA))}
    view = own.form(number)
    assert "whose money" in bot.shown(view).casefold()
    own.fill(view, "company")
    assert bot.slack.submit(ANNA, view).ok
    assert "Mended in 2 claims" in bot.shown(bot.slack.views(ANNA)[-1])
    own.until("10.00 €")

    def fresh() -> list[Batch]:
        told = [m for m in bot.slack.messages(bot.slack.dm(ANNA)) if m.ts not in before]
        return [Batch(bot, m.ts) for m in told if "Company money" in bot.shown(m)]

    (card,) = bot.wait(fresh)
    assert "2 vouchers in Procountor · 27.00 €" in card.text
    card.send()
    own.send()
    assert {d["originalInvoiceNumber"] for d in parts(bot, number)} == {number, f"{number}/{day(5)}"}
    assert "Etukortti" in trail(bot, "rules.changed")[-1].details


def test_the_faults_of_claims_are_told(bot: Bot) -> None:
    number = next(NUMBERS)
    lines = claim(number, [Row(day(5), "10,00", OWN)], who=("E999", "Tuntematon Tekijä", "tuntematon@example.fi"))
    bot.drop((f"kulut-{number}.csv", file(lines)))
    (check,) = batches(bot, f"check expenses {number}")
    assert "Tuntematon Tekijä is not connected to Procountor" in check.text


def test_the_same_file_again_makes_nothing_twice(bot: Bot) -> None:
    number = next(NUMBERS)
    row = Row(day(5), "10,00", OWN)
    bring(bot, number, row)
    assert "1 was here already" in bring(bot, number, row)
    (own,) = batches(bot, f"send expenses {number}")
    own.send()
    assert len(parts(bot, number)) == 1
    changed = bring(bot, number, Row(day(5), "11,00", OWN))
    assert "has changed since it was sent" in changed
    bring(bot, number, Row(day(5), "10,00", CARD))  # a cost that has gone must not go again in the other section
    (nothing,) = batches(bot, f"send expenses {number}")
    assert "nothing to send" in nothing.text.casefold()
    assert len(parts(bot, number)) == 1


def test_who_is_no_person_in_procountor_may_not_send(bot: Bot) -> None:
    bot.allow(EMMA, "finance")
    with bot.house.store.write() as tx:
        emma = humans(bot)["Emma Clarke"]
        staff.change(tx, bot.company, emma.id, person_id=None)
    try:
        bot.answer("not connected to a person", lambda: bot.slack.command(EMMA, "send expenses"), EMMA)
    finally:
        with bot.house.store.write() as tx:
            staff.change(tx, bot.company, emma.id, person_id=emma.person_id)
        bot.allow(EMMA)


def test_sections_are_chosen_by_words(bot: Bot) -> None:
    number = next(NUMBERS)
    bring(bot, number, Row(day(5), "10,00", OWN), Row(day(4), "20,00", CARD))
    (own,) = batches(bot, f"check expenses own {number}")
    assert re.search("Own money", own.text)
    (card,) = batches(bot, f"check expenses yritys {number}")
    assert re.search("Company money", card.text)


def test_the_claims_of_the_practice_drawer_go_but_for_the_one_to_mend(bot: Bot) -> None:
    bot.decide(payment_types={})
    told = bot.drop(*((f.name, f.content) for f in claim_files(practice.today())))
    assert "3 claims are ready to be checked" in told
    own, card = batches(bot, "send expenses K2001 M2002 K2003", 2)
    assert "1 needs a fix" in own.text
    assert "Lounaskortti" in own.text
    assert "2 vouchers in Procountor · 190.00 € to be paid to 2 people" in own.text
    own.send()
    card.send()
    assert [d["type"] for d in parts(bot, "M2002")] == ["TRAVEL_INVOICE"]
    assert {d["originalInvoiceNumber"] for d in parts(bot, "K2001")} == {"K2001", f"K2001/{day(8)}"}
    assert parts(bot, "K2003") == []
