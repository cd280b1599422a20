"""The world itself: the seeded month, the file it can live in, the levers, and the checks of single values."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice_bodies import TODAY, form, sales
from stdnum import iban
from stdnum.eu import vat
from stdnum.fi import ytunnus

from finance.rules import addresses, e_invoice
from sandbox.procountor import PracticeProcountor, World, checks
from sandbox.procountor.operators import is_operator
from sandbox.procountor.seed import API_KEY, month
from sandbox.procountor.seed_partners import customers
from sandbox.procountor.wire import dumps


def test_the_month_is_always_the_same() -> None:
    first, second = month(TODAY).to_json()["companies"], month(TODAY).to_json()["companies"]
    for company in (*first, *second):
        for receipt in company["registers"]["ledgerreceipts"].values():
            receipt.pop("_created")
            receipt.pop("version")
    assert dumps(first) == dumps(second)


def test_what_is_in_the_month() -> None:
    north, south = month(TODAY).companies.values()
    assert (north.info["name"], north.info["businessIdentifier"]["code"]) == (
        "Pohjantuuli Konsultointi Oy",
        "2077474-0",
    )
    assert len(north.registers["persons"]) == 60
    assert len(north.settings["coa"]) >= 60
    partners = north.registers["businesspartners"].values()
    assert [sum(p["type"] == kind for p in partners) for kind in ("CUSTOMER", "SUPPLIER")] == [25, 10]
    bills = [d for d in north.registers["invoices"].values() if d["status"] == "RECEIVED"]
    assert sum("orderReference" in bill for bill in bills) >= 4
    assert set(south.registers["invoices"]) <= set(north.registers["invoices"])


@pytest.mark.parametrize("today", [date(2026, 1, 15), date(2026, 2, 28), date(2026, 12, 31), date(2028, 2, 29)])
def test_any_day_will_do(today: date) -> None:
    world = month(today)
    assert world.clock().date() in {today, date.fromordinal(today.toordinal() + 1)}
    for company in world.companies.values():
        open_days = [
            period["endDate"]
            for year in company.settings["fiscalyears"]
            for period in year["trackingPeriods"]
            if period["status"] == "OPEN"
        ]
        assert open_days
        assert max(open_days) >= today.isoformat()


def test_seeded_data_is_valid() -> None:
    for company in month(TODAY).companies.values():
        for account in company.registers["bankaccounts"].values():
            assert iban.is_valid(account["iban"])
        for person in company.registers["persons"].values():
            assert checks.is_iban(person["paymentInfo"]["accountNumber"])
            assert "identifier" not in person["invoicingInfo"]
        codes = {account["ledgerAccountCode"] for account in company.settings["coa"]}
        assert {p["defaultAccount"] for p in company.registers["products"].values() if "defaultAccount" in p} <= codes
        for partner in company.registers["businesspartners"].values():
            info = partner["invoicingInfo"]
            assert checks.is_identifier(info["identifier"], partner["address"]["country"])
            assert partner["address"]["country"] != "FINLAND" or ytunnus.is_valid(info["identifier"])
            assert "einvoiceOperator" not in info or is_operator(info["einvoiceOperator"])


def test_every_seeded_sales_invoice_would_be_taken_again(bot: httpx.Client) -> None:
    for entry in bot.get("/invoices", params={"types": "SALES_INVOICE", "size": 200}).json()["results"]:
        body = bot.get(f"/invoices/{entry['id']}").json()
        body["date"], body["paymentInfo"]["dueDate"] = "2026-11-20", "2026-12-04"
        answer = bot.post("/invoices", json=body)
        assert answer.status_code == 200, answer.text


def test_a_world_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    with PracticeProcountor(month(TODAY, path=path)) as server:
        client = httpx.Client(base_url=server.url)
        token = client.post("/oauth/token", data=form(api_key=API_KEY)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        made = client.post("/invoices", json=sales()).json()
        client.close()
    again = World.load(path, clock=server.world.clock)
    assert again.to_json() == server.world.to_json()
    assert again.companies[12001].registers["invoices"][made["id"]]["originalInvoiceNumber"] == "1042"
    assert again.companies[12001].next_id("invoices") == made["id"] + 1


def test_it_runs_alone() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from sandbox.procountor import serve; from sandbox.procountor.seed import month; serve({port}, month())"
    process = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    try:
        assert answers(f"http://127.0.0.1:{port}/api/status")
    finally:
        process.terminate()
        assert process.wait(timeout=10) is not None


def answers(url: str) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            return httpx.get(url).status_code == 200
        except httpx.ConnectError:
            time.sleep(0.1)
    return False


def test_an_arriving_bill(levers: httpx.Client, bot: httpx.Client, world: World) -> None:
    body = {
        "supplier": 1053,
        "rows": [{"product": "Vuokra", "unitPrice": 4100, "vatPercent": 25.5}],
        "number": "T-77",
        "order_reference": "P-1004",
        "acceptors": [502],
        "day": "2026-11-19",
    }
    arrived = levers.post("/inbox", json=body).json()
    stored = bot.get(f"/invoices/{arrived['id']}").json()
    assert (stored["status"], stored["originalInvoiceNumber"], stored["partnerId"]) == ("RECEIVED", "T-77", 1053)
    assert stored["invoiceSumInfo"][0]["invoiceSumTotal"] == 5145.5
    assert stored["invoiceOperatorInfo"]["receivingAddress"] == "003720774740"
    history = bot.get(f"/invoices/{arrived['id']}/transactions").json()["transactions"]
    assert [entry["action"] for entry in history] == ["RECEIVED_AS_EINVOICE"]
    assert levers.post("/inbox", json={"supplier": 9}).status_code == 404
    assert world.journal.changes[-1].key == "web"


@pytest.mark.parametrize("bump", [True, False])
def test_a_person_edits_in_the_web_pages(levers: httpx.Client, bot: httpx.Client, bump: bool) -> None:
    before = bot.get("/invoices/810021").json()
    changes = {"paymentInfo": {"bankAccount": {"accountNumber": "FI4250001510000023"}}}
    levers.post("/people-edit", json={"invoice": 810021, "changes": changes, "bump_version": bump})
    after = bot.get("/invoices/810021").json()
    assert after["paymentInfo"]["bankAccount"]["accountNumber"] == "FI4250001510000023"
    assert after["paymentInfo"]["dueDate"] == before["paymentInfo"]["dueDate"]
    assert (after["version"] != before["version"]) is bump


def test_an_e_invoice_comes_back(levers: httpx.Client, bot: httpx.Client, world: World) -> None:
    register = next(iter(world.companies.values())).registers["invoices"]
    id = next(d["id"] for d in register.values() if d["type"] == "SALES_INVOICE" and d["status"] == "SENT")
    assert levers.post("/bounce", json={"invoice": id, "words": "Unknown"}).status_code == 200
    assert bot.get(f"/invoices/{id}").json()["status"] == "NOT_SENT"
    history = bot.get(f"/invoices/{id}/transactions").json()["transactions"]
    assert [(e["action"], e["details"]) for e in history][-2:] == [
        ("SENDING_ERROR_RECEIVED", "Unknown"),
        ("SENDING_ERROR_REVERTED_TO_NOT_SENT", ""),
    ]
    assert levers.post("/bounce", json={"invoice": id}).status_code == 400
    assert levers.post("/bounce", json={"invoice": 1}).status_code == 404


@pytest.mark.parametrize("body", [{"nonsense": 1}, {"day": "yesterday"}])
def test_levers_answer_nonsense_with_400(levers: httpx.Client, body: dict[str, Any]) -> None:
    assert levers.post("/inbox", json=body).status_code == 400


@given(st.integers(min_value=100, max_value=10**18))
def test_a_generated_reference_is_valid_and_a_changed_digit_is_not(base: int) -> None:
    whole = checks.with_check_digit(str(base))
    assert checks.is_reference(whole)
    other = whole[:-1] + str((int(whole[-1]) + 1) % 10)
    assert not checks.is_reference(other)


@given(st.integers(min_value=1, max_value=10**14 - 1))
def test_generated_ibans_are_valid(number: int) -> None:
    assert checks.is_iban(checks.finnish_iban(f"{number:014d}"))


@given(st.integers(min_value=0, max_value=9_999_999))
def test_generated_business_ids_are_valid(number: int) -> None:
    found = checks.business_id(number)
    assert found is None or ytunnus.is_valid(found)


@given(st.text(max_size=30))
def test_windows_1252_is_what_python_says_it_is(text: str) -> None:
    found = list(checks.outside_windows_1252({"a": [text]}))
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        assert [violation.field for violation in found] == ["a[0]"]
    else:
        assert found == []


def test_customers_abroad_have_right_vat_numbers() -> None:
    abroad = [doc["invoicingInfo"] for doc in customers("") if doc["address"]["country"] != "FINLAND"]
    assert [info["identifier"] for info in abroad if not vat.is_valid(info["identifier"])] == []
    assert {info["identifierType"] for info in abroad} == {"SE", "EE", "DE"}


@pytest.mark.parametrize(
    ("address", "country", "right"),
    [
        ("003720774740", "FINLAND", True),
        ("TE003720774740", "FINLAND", True),
        ("003720774740OS1", "FINLAND", True),
        ("FI2112345600000785", "FINLAND", True),
        ("CGI:12345", "FINLAND", True),
        ("yhtiö/2026_a", "FINLAND", True),
        ("003720774741", "FINLAND", False),
        ("FI2112345600000786", "FINLAND", False),
        ("FI21 1234 5600 0007 85", "FINLAND", False),
        ("", "FINLAND", False),
        ("x" * 51, "FINLAND", False),
        ("a<b", "FINLAND", False),
        ("003720774741", "SWEDEN", True),
        ("0007:5560125790", "SWEDEN", True),
        ("a b", "SWEDEN", False),
    ],
)
def test_einvoice_addresses(address: str, country: str, right: bool) -> None:
    assert checks.is_einvoice_address(address, country) is right


SIGNS = st.text("0137FITECGaö:._-/@ xn", max_size=20)
ADDRESSES = st.one_of(SIGNS, SIGNS.map("0037".__add__), SIGNS.map("FI21".__add__), st.just("003720774740"))


@given(ADDRESSES, st.sampled_from([("FI", "FINLAND"), ("AX", "ALAND_ISLANDS"), ("SE", "SWEDEN")]))
def test_no_einvoice_address_that_passes_the_checks_is_refused(text: str, country: tuple[str, str]) -> None:
    ours, theirs = country
    assert not e_invoice.right(text, ours) or checks.is_einvoice_address(text, theirs)


@given(st.one_of(st.emails(), st.builds("{}@{}.fi".format, SIGNS, SIGNS)))
def test_no_email_that_passes_the_checks_is_refused(text: str) -> None:
    assert not addresses.right_email(text) or checks.is_email(text)
    better = addresses.written(text)
    assert not better or (checks.is_email(better) and addresses.right_email(better))
