"""A month's end on a laptop, as a person does it, from the dropped files to the numbers in Procountor.

``KIERTO_PICTURES=1 pytest -m browser tests/browser`` also writes the pictures of docs/pictures anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from visiting import FRONT, PATIENCE, Visit

from bot import practice
from finance import bank_reference
from sandbox.month.by_finvoice import finvoice_month
from sandbox.month.days import days
from sandbox.month.finvoice_file import finvoices

pytestmark = pytest.mark.browser
RATE = 24.0  # requests a second to Procountor: the progress can be seen
WRONG_OPERATOR = "1044"


def also_wrong(visit: Visit) -> bytes:
    """A Finvoice of two more invoices to a buyer whose operator somebody has mistyped in the same way."""

    told = next(told for told in finvoice_month(days(practice.today())) if told.invoice.number == WRONG_OPERATOR)
    numbers = ("1144", "1145")
    payments = [replace(told.invoice.payment, reference=bank_reference.national(number)) for number in numbers]
    return finvoices(
        [replace(told.invoice, number=n, payment=payment) for n, payment in zip(numbers, payments, strict=True)]
    )


def test_the_month_from_files_to_drafts(visit: Callable[..., Visit]) -> None:
    anna = visit()
    brings_the_files(anna)
    checks_them(anna)
    mends_an_operator_in_three_invoices(anna)
    mends_a_text_and_a_date(anna)
    sends_and_watches(anna)
    reads_the_result(anna)
    mends_and_retries_the_refused(anna)
    looks_at_home_and_the_channel(anna)


def brings_the_files(anna: Visit) -> None:
    page = anna.page
    assert page.locator(".hint").first.inner_text().split("\n")[-1] == "Drop the month’s files"
    page.click("[data-key=drawer]")
    samples = len(anna.world.slack.workspace.samples)
    assert page.locator(".sample").count() == samples > len(anna.world.files)
    page.get_by_role("button", name=f"Drop all {samples} files").click()
    anna.sees("56 invoices are ready to be checked")
    assert page.locator(".message .file").count() == samples

    anna.drops(("two more.xml", also_wrong(anna)))
    anna.sees("2 invoices are ready to be checked")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Share files").click()
    paper = {"name": "1043 hours.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    chooser.value.set_files([paper])
    anna.sees("1043 hours.pdf goes with 1043.")


def checks_them(anna: Visit) -> None:
    page = anna.page
    page.click("#compose")
    page.keyboard.type("/proc")
    page.wait_for_selector(".suggest .choice.at")
    assert "send invoices" in page.locator(".suggest .choice").nth(1).inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.input_value("#compose") == "/procountor send invoices "
    page.keyboard.press("Enter")
    anna.batch_says(re.compile("58 invoices"))
    assert anna.buttons() == ["run.send", "run.ready", "run.faults", "run.cancel"]
    assert "40" in anna.button("run.send").inner_text()
    assert "18" in anna.button("run.faults").inner_text()
    assert "301,907.60 €" in anna.batch().inner_text()
    assert anna.spills() == []
    anna.shot("preview", height=960)


def mends_an_operator_in_three_invoices(anna: Visit) -> None:
    page = anna.page
    anna.button("run.faults").click()
    page.wait_for_selector(f"{FRONT}[open]")
    assert page.locator("#modal-title").inner_text().startswith("18 ")
    anna.shot("faults", page.locator(FRONT), margin=24)

    anna.opens_fault("BAWCF122")
    page.click(f"{FRONT} .pick")
    for typed, found in (("pager", "PAGERO"), ("basw", "BAWCFI22")):
        page.locator(".popup .search").fill(typed)
        page.locator(".popup .choice:first-child", has_text=found).wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Also in the 2 others with the same fault").check()
    assert "BAWCFI22" in page.locator(f"{FRONT} .pick").inner_text()
    anna.shot("fix", page.locator(FRONT), margin=24)
    anna.saves()
    anna.sees("Mended in 3 invoices.", within=FRONT)
    assert page.locator("#modal-title").inner_text().startswith("15 ")


def mends_a_text_and_a_date(anna: Visit) -> None:
    page = anna.page
    anna.opens_fault("U+1F680")
    field = page.locator(f"{FRONT} .field input")
    assert field.input_value() == "Lyhty 2.0"
    field.fill("Lyhty 2.0, käyttöönotto")
    page.keyboard.press("Enter")
    page.locator(f"{FRONT} [data-key=modal-submit]").wait_for(state="detached")
    anna.sees("Mended in 1 invoice.", within=FRONT)

    anna.opens_fault("closed accounting period")
    date = page.locator(f"{FRONT} input[type=date]")
    today = page.evaluate("new Date().toISOString().slice(0, 10)")
    date.fill(today)
    anna.saves()
    anna.sees("Mended in 1 invoice.", within=FRONT)
    page.keyboard.press("Escape")
    page.wait_for_selector(FRONT, state="hidden")
    anna.button("run.send").filter(has_text="45").wait_for()


def sends_and_watches(anna: Visit) -> None:
    anna.world.procountor.world.faults.add(route="POST /invoices", nth=4, when="after", what="drop")
    anna.button("run.send").click()
    anna.batch_says(re.compile(r"Sending: [1-9]\d? of 4\d"))
    anna.shot("progress", anna.batch())
    assert anna.buttons() == []


def reads_the_result(anna: Visit) -> None:
    anna.batch_says("43 invoices are drafts in Procountor")
    assert sorted(anna.drafts())[:2] == ["1041", "1042"]
    assert len(anna.drafts()) == 45, "two of them stand there without their accounts, which were refused"
    shown = anna.batch().inner_text()
    assert f"1041 → {anna.drafts()['1041']['invoiceNumber']}" in shown
    anna.button("run.faults").filter(has_text="15").wait_for()
    anna.batch().locator(".replies").wait_for()
    anna.shot("result", anna.batch(), height=1100)

    anna.batch().locator(".replies").click()
    side = anna.page.locator("#side")
    side.get_by_text(f"1097 → {anna.drafts()['1097']['invoiceNumber']}").wait_for()
    side.get_by_text("Procountor has refused VAT 25.5 % on account 3500").first.wait_for()
    anna.page.get_by_role("button", name="Close").last.click()


def mends_and_retries_the_refused(anna: Visit) -> None:
    page = anna.page
    anna.button("run.faults").click()
    anna.opens_fault("account 3500")
    page.click(f"{FRONT} .pick")
    page.keyboard.type("3000")
    page.locator(".popup .choice", has_text="3000").first.click()
    anna.saves()
    anna.sees("Mended in 1 invoice.", within=FRONT)
    page.keyboard.press("Escape")
    anna.button("run.retry").click()
    anna.batch_says("44 invoices are drafts in Procountor")
    assert len(anna.drafts()) == 45


def looks_at_home_and_the_channel(anna: Visit) -> None:
    page = anna.page
    page.get_by_role("tab", name="Home").click()
    anna.sees("14 invoices wait to be sent")
    anna.sees(re.compile("44 sent"))
    anna.shot("home", height=480)
    page.locator(".room.unread:has-text('talous')").click(timeout=PATIENCE)
    anna.sees("44 invoices are drafts in Procountor")
    assert page.locator("#stream .message").count() == 1
