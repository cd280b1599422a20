"""The setup on the page with all wrong that may be: each is explained with the way out, and mended turns to ✓."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from visiting import FRONT, PATIENCE, Visit

from bot import practice
from finance.invoice import Invoice
from sandbox.month.finvoice_file import finvoices
from sandbox.procountor import management, seed
from tests.support.invoices import invoice

pytestmark = pytest.mark.browser
FOREIGN = "FI1410093000123458"


@pytest.fixture(scope="module")
def world() -> Iterator[practice.Practice]:
    with practice.world(settle=1.0, rate=60.0, language="en", setup=True) as running:
        yield running


def test_ten_things_wrong_each_with_its_way_out(visit: Callable[..., Visit], world: practice.Practice) -> None:
    anna = visit()
    books = world.procountor.world.companies[seed.NORTH]
    anna.types("/procountor setup")
    anna.sees("1 of 3 steps are done")
    a_wrong_key(anna)
    interfaces_not_allowed(anna, books)
    procountor_silent(anna, world)
    connects_with_rights_missing(anna, books)
    the_key_of_another_company(anna)
    a_revoked_key(anna, books)
    anna.allows(practice.FINANCE, "admin", "finance")
    another_bank_account(anna)
    a_vat_rate_missing(anna, books)
    a_work_type_without_a_product(anna, world)
    nobody_gets_the_bills_that_name_nobody(anna)
    a_person_unmatched(anna, world)
    is_ready(anna, books)


# each of them


def a_wrong_key(anna: Visit) -> None:
    presses(anna, "API key")
    submits_key(anna, "practice-key-nobody")
    anna.sees("does not accept this key", within=FRONT)
    anna.sees("Basics → API client keys", within=FRONT)


def interfaces_not_allowed(anna: Visit, books: Any) -> None:
    management.interfaces(books, {"allowed": False})
    submits_key(anna, seed.API_KEY)
    anna.sees("does not allow chargeable interfaces", within=FRONT)
    anna.sees("Allow the usage of invoiceable API clients", within=FRONT)
    management.interfaces(books, {"allowed": True})


def procountor_silent(anna: Visit, world: practice.Practice) -> None:
    world.procountor.world.faults.add(route="*", what="500html")
    anna.page.locator(f"{FRONT} [data-key*='|key.again|']").click()
    anna.sees("Procountor did not answer", within=FRONT)
    world.procountor.world.faults.clear()


def connects_with_rights_missing(anna: Visit, books: Any) -> None:
    given = {"sales.salesOrGroupInvoices": "VIEWING_RIGHTS", "sales.customerRegister": "NO_ACCESS"}
    before = {path: books.users[501]["_rights"][path.split(".")[0]][path.split(".")[1]] for path in given}
    management.rights(books, {"user": 501, "rights": given})
    anna.page.locator(f"{FRONT} [data-key*='|key.again|']").click()
    anna.sees("Business id: 2077474-0", within=FRONT)
    anna.sees("Sales invoices / group invoices: all rights", within=FRONT)
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.sees("is connected", within=FRONT)
    closes(anna)
    told = says(anna, "Rights of the key’s user", "Customer register: viewing rights")
    assert "Management → Users and user rights" in told
    management.rights(books, {"user": 501, "rights": before})
    looks(anna)
    is_right(anna, "Rights of the key’s user")


def the_key_of_another_company(anna: Visit) -> None:
    presses(anna, "API key")
    submits_key(anna, seed.API_KEY_SECOND)
    anna.sees("opens the books of Etelätuuli Oy, but this is Pohjantuuli Konsultointi Oy", within=FRONT)
    anna.sees("Nothing was changed", within=FRONT)
    closes(anna)


def a_revoked_key(anna: Visit, books: Any) -> None:
    books.keys[seed.API_KEY]["revoked"] = True
    anna.world.procountor.world.tokens.expire()
    looks(anna)
    assert "Basics → API client keys" in says(anna, "API key", "no longer accepts")
    books.keys["practice-key-new"] = {**books.keys[seed.API_KEY], "revoked": False}
    presses(anna, "API key")
    submits_key(anna, "practice-key-new")
    anna.sees("takes the place of the key kept now", within=FRONT)
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    closes(anna)
    is_right(anna, "API key")


def another_bank_account(anna: Visit) -> None:
    given = fresh("6101")
    brings(anna, replace(given, payment=replace(given.payment, iban=FOREIGN)))
    looks(anna)
    told = says(anna, "Bank account", "FI14 •••• 3458, which is not the company’s account")
    assert "Management → Company info → Bank account information" in told
    assert FOREIGN not in anna.words()
    brings(anna, given)
    looks(anna)
    is_right(anna, "Bank account")


def a_vat_rate_missing(anna: Visit, books: Any) -> None:
    given = fresh("6102")
    brings(anna, replace(given, lines=(replace(given.lines[0], vat_percent=Decimal("13.5")),)))
    management.vats(books, {"percent": 13.5, "sales": False})
    looks(anna)
    assert "Used VAT percentages" in says(anna, "VAT percentages", "VAT 13.5 %, not in use for sales")
    management.vats(books, {"percent": 13.5})
    looks(anna)
    is_right(anna, "VAT percentages")


def a_work_type_without_a_product(anna: Visit, world: practice.Practice) -> None:
    (table,) = (file for file in world.files if file.name == "projektilaskut.csv")
    head, *rows = table.content.splitlines(keepends=True)
    ours = head + b"".join(row for row in rows if row.startswith((b"1064;", b"1065;")))
    world.slack.drop_files(practice.FINANCE, [(table.name, ours)])
    looks(anna)
    says(anna, "Work types", "no product")
    presses(anna, "Work types")
    picks = anna.page.locator(f"{FRONT} .pick")
    for place in range(picks.count()):
        picks.nth(place).click(timeout=PATIENCE)
        anna.page.locator(".popup .choice").first.click(timeout=PATIENCE)
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.page.wait_for_selector(FRONT, state="hidden", timeout=PATIENCE)
    is_right(anna, "Work types")


def nobody_gets_the_bills_that_name_nobody(anna: Visit) -> None:
    presses(anna, "Bills that name nobody")
    anna.page.locator(f"{FRONT} .field", has_text="Who gets the bills").locator(".pick").click()
    anna.page.locator(".popup .choice", has_text="Mikael").first.click(timeout=PATIENCE)
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.sees("does not have the right to receive bills", within=FRONT)
    anna.allows(practice.LEAD, "receive")
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.page.wait_for_selector(FRONT, state="hidden", timeout=PATIENCE)
    is_right(anna, "Bills that name nobody")


def a_person_unmatched(anna: Visit, world: practice.Practice) -> None:
    (people,) = (file for file in world.files if file.name == "henkilot.csv")
    world.slack.drop_files(practice.FINANCE, [(people.name, people.content)])
    looks(anna)
    says(anna, "People", "56 of 58 matched")  # nobody of the list is, until Slack has been looked at
    step(anna, "People").get_by_role("button").click(timeout=PATIENCE)
    anna.sees("Map", within=FRONT)
    anna.sees("Maria Saarinen", within=FRONT)
    closes(anna)


def is_ready(anna: Visit, books: Any) -> None:
    presses(anna, "Ledger accounts")
    for rate, account in (("25.5 %", "3000"), ("13.5 %", "3010"), ("10 %", "3020"), ("0 %", "3030")):
        anna.page.locator(f"{FRONT} .pick[aria-label^='{rate}: ']").click(timeout=PATIENCE)
        anna.page.locator(".popup .search").fill(account)
        anna.page.locator(".popup .choice", has_text=account).first.click(timeout=PATIENCE)
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.page.wait_for_selector(FRONT, state="hidden", timeout=PATIENCE)
    is_right(anna, "Ledger accounts")
    anna.sees("Kierto is ready")
    for key in (seed.API_KEY, seed.API_KEY_SECOND, "practice-key-nobody", "practice-key-new"):
        assert key not in anna.page.locator("#stream").inner_text()
    assert anna.spills() == []


# words of the story


def checklist(anna: Visit) -> Any:
    return anna.page.locator("#stream .message").filter(has_text="Setting up").last


def step(anna: Visit, title: str) -> Any:
    """The block of a step in the newest checklist that has it."""
    return checklist(anna).locator(".b-section").filter(has=anna.page.locator(f"b:text-is('{title}')")).last


def presses(anna: Visit, title: str) -> None:
    step(anna, title).get_by_role("button").click(timeout=PATIENCE)
    anna.page.locator(f"{FRONT} [data-key=modal-submit]").wait_for(timeout=PATIENCE)


def submits_key(anna: Visit, key: str) -> None:
    anna.page.locator(f"{FRONT} .field input").fill(key)
    anna.page.click(f"{FRONT} [data-key=modal-submit]")


def closes(anna: Visit) -> None:
    anna.page.keyboard.press("Escape")
    anna.page.wait_for_selector(FRONT, state="hidden", timeout=PATIENCE)


def looks(anna: Visit) -> None:
    """Presses "Look again"; what the step says is waited for by whoever asks."""
    anna.button("setup.look").click(timeout=PATIENCE)


def says(anna: Visit, title: str, words: str) -> str:
    """Waits until the step says these words; gives all of its words."""
    anna._waits(step(anna, title), words)
    return str(step(anna, title).inner_text())


def is_right(anna: Visit, title: str) -> None:
    """Waits until the step is ticked: then it may stand in a row with others that are."""
    ticked = re.compile(rf"✅\s+{re.escape(title)}\b")
    checklist(anna).locator(".b-section").filter(has_text=ticked).last.wait_for(timeout=PATIENCE)


def fresh(number: str) -> Invoice:
    return invoice(number, practice.today())


def brings(anna: Visit, given: Invoice) -> None:
    anna.drops((f"{given.number}.xml", finvoices([given])))
    anna.sees("ready to be checked")
