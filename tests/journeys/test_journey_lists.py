"""The PSA's lists as files: who may bring them, what they come to, and what they are good for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from finance.invoice import EInvoiceAddress
from finance.lists import ListKind
from finance.people import Person
from finance.projects import Project
from finance.reference import Operator
from sandbox.month import lists
from sandbox.month.xlsx_file import workbook
from storage import companies, documents, registers
from tests.support.batches import Batch, ask, checked
from tests.support.people import FILES, brought, csv, entry, forget, front, humans, opened, said_everywhere, trail
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

HETU = "131052-900W"
CANARY, OTHER = "PERSONAL7731", "PERSONAL7732"


@pytest.fixture(autouse=True)
def clean(bot: Bot) -> Iterator[None]:
    yield
    forget(bot)


def kept(bot: Bot, register: str, kind: type[Any]) -> dict[str, Any]:
    with bot.house.store.read() as tx:
        return registers.all(tx, bot.company, register, kind)


def rows(bot: Bot) -> int:
    """Files that are kept."""
    with bot.house.store.read() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM file").scalar_one())


def test_the_lists_are_kept_and_the_same_files_change_nothing(bot: Bot) -> None:
    files, noted = rows(bot), len(trail(bot, "list.read"))
    told = brought(bot)
    assert "People (henkilot.csv): new: 60" in told
    assert "Projects (projekt.xlsx): new: 12" in told
    assert "Customers (customers.csv): new: 25" in told
    assert "1 project has a manager nobody knows: P-1009 (Timo Tuntematon)." in told
    assert "56 of 58 people are known in Slack. 6 need an admin’s word." in told
    assert "[Show who is not matched]" in told
    people, projects = kept(bot, "person", Person), kept(bot, "project", Project)
    assert people["h-101"] == Person("Anna Virtanen", "H-101", "anna@pohjantuuli.example", "H-102", "1001")
    assert not people["h-159"].active
    assert projects["p-1001"] == Project("P-1001", "Kaupan verkkopalvelu", "Mikael Lindqvist")
    assert not projects["p-1008"].open
    again = brought(bot)
    assert "Nothing has changed in the lists" in again
    assert "People (henkilot.csv): as before: 60" in again
    assert kept(bot, "person", Person) == people
    assert rows(bot) == files, "lists of people are not kept as files"
    assert len(trail(bot, "list.read")) == noted + 6
    row = trail(bot, "list.read")[-1]
    assert row.who.endswith(f"/{ANNA}")


def test_what_is_not_in_the_file_stays_and_what_has_changed_is_told(bot: Bot) -> None:
    brought(bot, ("a.csv", csv("1;Aino Aalto;aino@x.fi;;9001;", "2;Bo Ek;bo@x.fi;;9002;")))
    told = brought(bot, ("b.csv", csv("2;Bo Ek;bo@x.fi;;9002;poistunut", "3;Cia Ås;cia@x.fi;;9003;")))
    assert "new: 1, changed: 1, not in the file, kept: 1" in told
    people = kept(bot, "person", Person)
    assert [(key, person.active) for key, person in people.items()] == [("1", True), ("2", False), ("3", True)]


def test_a_bad_row_is_told_with_its_place_and_leaves_the_others(bot: Bot) -> None:
    told = brought(bot, ("p.csv", csv("1;Aino Aalto;aino@x.fi;;;", "2;Bo Ek;bo(at)x.fi;;;", f"{HETU};Cia;;;;")))
    assert "People (p.csv): new: 1" in told
    assert "2 faults found in reading" in told
    assert "Row 3, column “Sähköposti”: “bo(at)x.fi” is not an e-mail address." in told
    assert "Row 4, column “Henkilönumero”: there is a personal identity code." in told
    assert HETU not in said_everywhere(bot)


NO = "you do not have the right to bring it"


@pytest.mark.parametrize(
    ("rights", "file", "read", "told"),
    [
        (("admin",), FILES[0], True, "People (henkilot.csv): new: 60"),
        (("admin",), FILES[1], True, "Projects (projekt.xlsx): new: 12"),
        (("finance",), FILES[0], False, f"People: {NO} (the settings). Ask one of these: @U01ANNA"),
        (("finance",), FILES[1], True, "Projects (projekt.xlsx): new: 12"),
        (("finance",), FILES[2], True, "Customers (customers.csv): new: 25"),
        (("finance",), ("t.csv", "Työlaji;Tuotekoodi\nX;TEST".encode()), False, f"Work types: {NO}"),
        (("finance",), ("m.csv", b"Maksutapa;Kenen raha\nX;oma"), False, f"Payment types: {NO}"),
        (("admin",), ("lasku-1.pdf", b"%PDF-1.7"), False, f"Invoices and attachments: {NO}"),
    ],
)  # fmt: skip
def test_who_may_bring_what(bot: Bot, rights: tuple[str, ...], file: tuple[str, bytes], read: bool, told: str) -> None:
    bot.allow(MIKAEL, *rights, language="en")
    before = rows(bot)
    answer = brought(bot, file, user=MIKAEL)
    assert told in answer
    assert ("Not read" in answer) is not read
    assert rows(bot) == before
    assert bool(kept(bot, "person", Person)) is (read and file is FILES[0])


def test_one_without_rights_brings_nothing(bot: Bot) -> None:
    bot.slack.drop_files(EMMA, [FILES[1]])
    bot.until("do not have the right", EMMA)
    assert kept(bot, "project", Project) == {}


def test_an_admin_alone_brings_no_invoices(bot: Bot) -> None:
    bot.allow(MIKAEL, "admin", language="en")
    invoice = bot.fresh()
    assert "Invoices and attachments: you do not have the right" in bot.drop(invoice, user=MIKAEL)
    with bot.house.store.read() as tx:
        assert invoice.number not in {doc.source.number for doc in documents.open_ones(tx, bot.company, invoice.kind)}


def test_a_missing_address_is_no_fault_when_the_list_has_it(bot: Bot) -> None:
    lacking = bot.fresh()
    lacking = replace(lacking, buyer=replace(lacking.buyer, e_invoice=EInvoiceAddress()))
    batch = checked(bot, lacking)
    assert "1 need" in batch.text or "1 needs a fix" in batch.text
    batch.press("run.cancel")
    head = "Asiakasnumero;Asiakas;Y-tunnus;Verkkolaskuosoite;Välittäjä"
    buyer = lacking.buyer
    row = f"{buyer.customer_number};{buyer.name};{buyer.business_id};003722003456;Maventa"
    told = brought(bot, ("asiakkaat.csv", csv(row, head=head)))
    assert "take it from here at their next check" in told
    batch = ask(bot, f"send invoices {lacking.number}")
    text = batch.until("1 ready")
    assert "Good to know" in text
    assert "003722003456 (operator 003721291126) was taken from the list of customers" in text
    batch.send()
    target = bot.draft(lacking.number)["counterParty"]["einvoiceAddress"]
    assert (target["operator"], target["address"]) == ("003721291126", "003722003456")


def test_work_types_and_payment_types_become_rules(bot: Bot) -> None:
    words = "Työlaji;Tuotekoodi\nTestaus;KEHI\nUusi laji;test\nOuto;EIOLE\n"
    told = brought(
        bot, ("lajit.csv", words.encode()), ("tavat.csv", b"Maksutapa;Maksaja\nOma raha;oma\nKortti;yritys\n")
    )
    assert "Work types (lajit.csv): new: 1, changed: 1" in told
    assert "Payment types (tavat.csv): new: 2" in told
    assert "The product “EIOLE” given for the work type “Outo” is not in use in Procountor." in told
    with bot.house.store.read() as tx:
        choices = companies.get(tx, bot.company).choices
    assert (choices.work_types["Testaus"], choices.work_types["Uusi laji"]) == ("KEHI", "TEST")
    assert "Outo" not in choices.work_types
    assert choices.payment_types == {"Oma raha": "own", "Kortti": "company"}
    rules = [row.details for row in trail(bot, "rules.changed")]
    assert any("Uusi laji" in details and "Testaus" in details for details in rules)
    again = brought(bot, ("lajit.csv", words.encode()))
    assert "Work types (lajit.csv): as before: 2" in again


def test_words_by_typing(bot: Bot) -> None:
    def typed(text: str, told: str) -> str:
        return bot.answer(told, lambda: bot.slack.command(ANNA, text))

    typed('map worktype "Uusi laji" test', "Uusi laji is now invoiced as TEST")
    typed("map worktype Uusi laji TEST", "It was so already")
    typed("map worktype Uusi laji TESTT", "There is no product TESTT in use in Procountor. The nearest: TEST")
    typed("map worktype", "Type it like this: /procountor map worktype")
    typed("map paymenttype Firmakortti company", "Firmakortti is the company’s money")
    typed("map paymenttype Oma raha oma raha", "Oma raha is the employee’s own money")
    typed("map paymenttype Kortti kissa", "“kissa” says neither own nor company")
    typed("map paymenttype", "Firmakortti → company")
    typed("map operator Uusi Välittäjä 003799999999", "Uusi Välittäjä is now known by 003799999999")
    typed("map operator uusi välittäjä 003799999999", "is known as 003799999999 already")
    typed("map operator Apix 003723327487", "Apix is known as 003723327487 already")
    typed("map operator Outo x-1", "“x-1” is not an operator’s identifier")
    typed("map operator", "Uusi Välittäjä → 003799999999")
    with bot.house.store.read() as tx:
        choices = companies.get(tx, bot.company).choices
    assert choices.work_types["Uusi laji"] == "TEST"
    assert choices.payment_types == {"Firmakortti": "company", "Oma raha": "own"}
    assert choices.operators == (Operator("003799999999", "Uusi Välittäjä"),)


def test_columns_of_a_list_are_mapped_once(bot: Bot) -> None:
    strange = csv("1;Aino Aalto;2", head="Henkilönumero;Oma sarake;Esihenkilö")
    told = brought(bot, ("p.csv", strange))
    assert "The list lacks necessary columns: henkilö / person / person name." in told
    bot.press("columns.map")
    view = front(bot)
    block = next(b for b in view.blocks if b.get("block_id") == "person.name")
    assert block["label"]["text"] == "Person name"
    bot.slack.choose(ANNA, view, "person.name", "0")
    assert bot.slack.submit(ANNA, view).ok
    bot.wait(lambda: "People (p.csv): new: 1" in bot.shown(bot.latest()))
    assert kept(bot, "person", Person)["1"].name == "Aino Aalto"
    assert "People (q.csv): new: 1" in brought(bot, ("q.csv", strange.replace(b"1;Aino", b"2;Bo")))


def test_a_list_of_people_is_mapped_by_admins_only(bot: Bot) -> None:
    brought(bot, ("p.csv", csv("1;Aino Aalto;2", head="Henkilönumero;Oma sarake;Esihenkilö")))
    bot.allow(MIKAEL, "finance", language="en")
    handle = next(
        e["value"]
        for b in bot.latest().blocks
        if b["type"] == "actions"
        for e in b["elements"]
        if e["action_id"] == "columns.map"
    )
    assert "do not have the right" in Batch(bot, bot.latest().ts).press_old("columns.map", handle, MIKAEL)


def test_a_file_with_identity_codes_is_never_kept(bot: Bot) -> None:
    before = rows(bot)
    told = brought(bot, ("p.csv", csv(f"1;Aino Aalto;{HETU}", head="Henkilönumero;Oma sarake;Hetu")))
    assert "holds personal identity codes" in told
    assert "[Map the columns]" not in told
    assert rows(bot) == before


def test_when_slack_or_procountor_is_away_the_list_is_kept_all_the_same(bot: Bot) -> None:
    bot.procountor.world.faults.add(route="GET /persons", every=1, what="500json")
    told = brought(bot, FILES[0])
    assert "People (henkilot.csv): new: 60" in told
    assert "They are matched with Slack and Procountor as soon as both answer." in told
    bot.procountor.world.faults.clear()
    assert "56 of 58 people are known in Slack" in brought(bot, FILES[0])


def test_numbers_of_people_are_nowhere_but_in_the_database(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    head = "Henkilönumero;Nimi;Sähköposti;Tunnus taloushallinnossa;Hetu"
    people = csv(
        f"{CANARY};Aino Aalto;aino@x.fi;{OTHER};{HETU}",
        f"{CANARY}B;Aino Aalto;a(at)x.fi;{OTHER};{HETU}",
        f"{CANARY}C;Bo Ek;bo@x.fi;{OTHER};",
        f'{CANARY}D;"Cia;c@x.fi;{OTHER};',
        f"{CANARY}E;Dan Ek;{OTHER};;",
        head=head,
    )
    sheet = [line.split(";") for line in people.decode().split("\n")]
    brought(bot, ("p.csv", people), ("p.xlsx", workbook(sheet[0], sheet[0], sheet[1:])))
    brought(bot, ("p.csv", csv(f"{CANARY};Petteri Koivisto;p@x.fi;{OTHER};", head=head)))
    view = opened(bot)
    assert "Petteri Koivisto" in bot.shown(view)
    form = bot.slack.click(ANNA, view, "people.map", value=entry(view, "Petteri Koivisto")["people.map"])
    assert form.ok
    for side in ("psa", "person", "user"):
        bot.slack.options(ANNA, front(bot), f"people.{side}", "")
    bot.answer("Is it one", lambda: bot.slack.command(ANNA, "map person <@U1005> Koivisto P."))
    everything = said_everywhere(bot) + caplog.text + "".join(f"{row.subject}{row.details}" for row in trail(bot))
    for secret in (CANARY, OTHER, HETU):
        assert secret.casefold() not in everything.casefold()
    assert humans(bot)["Petteri Koivisto"].psa == CANARY.casefold()


def test_practice_files_say_what_they_are() -> None:
    assert [name for name, _ in FILES] == ["henkilot.csv", "projekt.xlsx", "customers.csv"]
    assert lists.people().decode("windows-1252").startswith("Henkilönumero;Nimi;")
    assert ListKind("person") is ListKind.PEOPLE
