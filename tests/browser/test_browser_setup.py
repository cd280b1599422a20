"""An admin connects an unconnected company on the page, sets its rules, and sends the first invoice.

``KIERTO_PICTURES=1`` also writes docs/pictures/setup.png and settings.png anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from visiting import FRONT, PATIENCE, Visit

from bot import practice
from sandbox.month.finvoice_file import finvoices
from sandbox.procountor import seed
from tests.support.invoices import invoice

pytestmark = pytest.mark.browser
NUMBER = "6001"


@pytest.fixture(scope="module")
def world() -> Iterator[practice.Practice]:
    """The page of `kierto try --setup`: nothing is connected, and Anna looks after the workspace."""
    with practice.world(settle=1.0, rate=60.0, language="en", setup=True) as running:
        yield running


def test_from_an_unconnected_company_to_the_first_draft(visit: Callable[..., Visit]) -> None:
    anna = visit()
    begins(anna)
    mistypes_the_key(anna)
    gives_the_key(anna)
    chooses_accounts(anna)
    chooses_who_gets_bills(anna)
    looks_at_the_rest(anna)
    is_ready(anna)
    sees_all_rules(anna)
    sends_one_invoice(anna)
    emma_is_told_who_can(anna)


def step(anna: Visit, title: str) -> Any:
    """The block of a step in the newest checklist."""
    return anna.page.locator("#stream .b-section").filter(has=anna.page.locator(f"b:text-is('{title}')")).last


def presses(anna: Visit, title: str) -> None:
    """Presses the step's button and waits for its form."""
    step(anna, title).get_by_role("button").click(timeout=PATIENCE)
    anna.page.locator(f"{FRONT} [data-key=modal-submit]").wait_for(timeout=PATIENCE)


def picks(anna: Visit, label: str, typed: str, found: str) -> None:
    """In the form in front, chooses in the select with this label what is found by typing."""
    page = anna.page
    page.locator(f"{FRONT} .pick[aria-label^='{label}: ']").click(timeout=PATIENCE)
    page.locator(".popup .search").fill(typed)
    page.locator(".popup .choice", has_text=found).first.click(timeout=PATIENCE)


def saves(anna: Visit) -> None:
    """Saves the form; it closes."""
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.page.wait_for_selector(FRONT, state="hidden", timeout=PATIENCE)


def begins(anna: Visit) -> None:
    page = anna.page
    hints = page.locator(".hint")
    assert "/procountor setup" in hints.first.inner_text()
    assert seed.API_KEY in hints.nth(1).inner_text()
    page.get_by_role("tab", name="Home").click()
    anna.sees("Kierto is installed and waits to be set up")
    hints.first.click()
    assert page.input_value("#compose") == "/procountor setup"
    page.keyboard.press("Enter")
    anna.sees("You are the first admin of your company")
    anna.sees("1 of 3 steps are done; 1 more is needed.")
    assert anna.spills() == []


def mistypes_the_key(anna: Visit) -> None:
    page = anna.page
    presses(anna, "API key")
    anna.sees("Basics → API client keys → New API key", within=FRONT)
    page.locator(f"{FRONT} .field input").fill(f"{seed.API_KEY}-")
    page.click(f"{FRONT} [data-key=modal-submit]")
    anna.sees("does not accept this key", within=FRONT)


def gives_the_key(anna: Visit) -> None:
    page = anna.page
    page.locator(f"{FRONT} .field input").fill(seed.API_KEY)
    page.keyboard.press("Enter")
    anna.sees("Business id: 2077474-0", within=FRONT)
    assert seed.API_KEY not in page.locator(FRONT).inner_text()
    page.click(f"{FRONT} [data-key=modal-submit]")
    anna.sees("Pohjantuuli Konsultointi Oy is connected.", within=FRONT)
    page.keyboard.press("Escape")
    page.wait_for_selector(FRONT, state="hidden")
    anna.sees("It opens Pohjantuuli Konsultointi Oy (2077474-0)")
    anna.sees("9 open ones in the dimension Kustannuspaikka")


def chooses_accounts(anna: Visit) -> None:
    presses(anna, "Ledger accounts")
    for rate, account in (("25.5 %", "3000"), ("13.5 %", "3010"), ("10 %", "3020"), ("0 %", "3030")):
        picks(anna, rate, account, account)
    assert anna.spills() == []
    saves(anna)
    anna.sees("25.5 % → 3000, 13.5 % → 3010, 10 % → 3020, 0 % → 3030")


def chooses_who_gets_bills(anna: Visit) -> None:
    """The right to receive is given first: on the command line, where whoever runs the bot gives any."""
    presses(anna, "Bills that name nobody")
    picks_person(anna, "Mikael")
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.sees("does not have the right to receive bills", within=FRONT)
    anna.allows(practice.LEAD, "receive")
    anna.allows(practice.FINANCE, "admin", "finance")
    saves(anna)
    anna.sees("@Mikael Lindqvist gets them")


def picks_person(anna: Visit, name: str) -> None:
    page = anna.page
    page.locator(f"{FRONT} .field", has_text="Who gets the bills").locator(".pick").click()
    page.locator(".popup .choice", has_text=name).first.click(timeout=PATIENCE)


def looks_at_the_rest(anna: Visit) -> None:
    step(anna, "Bank account").get_by_role("button").click()
    anna.sees("Invoices are paid to FI21 •••• 0785 NDEAFIHH")
    presses(anna, "Channel for results")
    anna.page.locator(f"{FRONT} .field", has_text="Channel for the results").locator(".pick").click()
    anna.page.locator(".popup .choice", has_text="talous").first.click()
    saves(anna)
    anna.sees("Results go to #talous")
    presses(anna, "Attachments")
    saves(anna)
    anna.sees("Attachments · Sent with the invoices")


def is_ready(anna: Visit) -> None:
    anna.sees("Everything needed is in place: Kierto is ready.")
    assert anna.spills() == []
    anna.shot("setup", anna.page.locator("#stream .message").filter(has_text="Kierto is ready").last, height=1500)
    anna.page.get_by_role("tab", name="Home").click()
    anna.sees("The setup is in order.")
    anna.page.get_by_role("tab", name="Messages").click()


def sees_all_rules(anna: Visit) -> None:
    anna.types("/procountor settings")
    anna.sees("reminders at 08:30", within=FRONT)
    anna.shot("settings", anna.page.locator(FRONT), margin=24)
    anna.page.keyboard.press("Escape")
    anna.page.wait_for_selector(FRONT, state="hidden")


def sends_one_invoice(anna: Visit) -> None:
    given = invoice(NUMBER, practice.today())
    anna.drops(("one.xml", finvoices([given])))
    anna.sees("1 invoice is ready to be checked")
    anna.types("/procountor send invoices")
    anna.batch_says("1 ready")
    anna.button("run.send").click()
    anna.batch_says(f"{NUMBER} → ")
    assert list(anna.drafts()) == [NUMBER]


def emma_is_told_who_can(anna: Visit) -> None:
    anna.becomes("Emma")
    anna.types("/procountor setup")
    anna.sees("Ask one of these: ").get_by_text("Anna Virtanen").wait_for(timeout=PATIENCE)
