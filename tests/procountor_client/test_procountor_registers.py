"""Each register and setting: what is asked for, and what comes out in our own words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import responses

from finance.reference import (
    Account,
    BankAccount,
    CurrencyRate,
    Customer,
    Dimension,
    DimensionItem,
    OperatorSeen,
    Period,
    Product,
    VatRate,
    VatStatus,
)
from procountor import (
    accounts,
    bank_accounts,
    company,
    currencies,
    dimensions,
    fiscal_years,
    operators,
    partners,
    persons,
    products,
    reference,
    rights,
    session,
    vats,
)
from procountor.errors import Broken, Forbidden
from tests.procountor_client.contract import Wire

D = Decimal
SESSION = {
    "companyId": 4711,
    "name": "Suunnittelu Saari Oy",
    "country": "FINLAND",
    "productVersion": "FINANCIALS_NEVER_HEARD_OF",
    "userId": 501,
    "userName": "Kierto API",
    "companySettings": {"invoiceDiscussionEnabled": True, "somethingNew": {"a": [1]}},
}
COMPANY = {
    "id": 4711,
    "name": "Suunnittelu Saari Oy",
    "country": "FINLAND",
    "businessIdentifier": {"brnType": "FI", "code": "2077474-0"},
    "companyCurrency": "EUR",
    "operationType": None,
}
VATS = {
    "vatInformation": [
        {
            "country": "FINLAND",
            "percentages": [
                {"vatPercent": 10.0, "sales": True, "purchase": True},
                {"vatPercent": 25.5, "sales": True, "purchase": False},
            ],
        },
        {"country": "SWEDEN", "percentages": [{"vatPercent": 6, "sales": True, "purchase": True}]},
    ],
    "vatStatuses": [
        {"vatStatus": 5, "description": "EU community sales (product)", "sales": True, "purchase": False},
        {"vatStatus": 1, "description": "Domestic", "sales": True, "purchase": True},
    ],
}
RATES = (VatRate(D("25.5"), sales=True, purchase=False), VatRate(D("10.0")))
STATUSES = (VatStatus(1, "Domestic"), VatStatus(5, "EU community sales (product)", sales=True, purchase=False))


def listed(*entries: dict[str, Any]) -> dict[str, Any]:
    return {
        "results": list(entries),
        "meta": {"pageNumber": 0, "pageSize": 200, "resultCount": len(entries), "totalCount": None},
    }


def test_session(wire: Wire) -> None:
    wire.says("GET", "sessioninfo", json=SESSION)
    assert session.info(wire.api) == session.Session(4711, "Suunnittelu Saari Oy", "FI", 501, "Kierto API", True)


@pytest.mark.parametrize("answer", [{"companyId": None}, {"companyId": "odd", "userId": 1}, [], None, "text"])
def test_an_answer_that_is_no_session_is_broken_and_shows_no_values(wire: Wire, answer: Any) -> None:
    wire.says("GET", "sessioninfo", json=answer)
    with pytest.raises(Broken) as raised:
        session.info(wire.api)
    assert "odd" not in str(raised.value)


def test_company(wire: Wire) -> None:
    wire.says("GET", "company", json=COMPANY)
    assert company.get(wire.api) == company.Company(4711, "Suunnittelu Saari Oy", "2077474-0", "FI", "EUR")


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        ({"json": {"cashDiscount": {"cashDiscountForSales": False}}}, (False, True)),
        ({"json": {"cashDiscount": {"cashDiscountForSales": True, "cashDiscountForPurchase": False}}}, (True, False)),
        ({"json": {}}, (True, True)),
        ({"status": 403, "json": {"errors": [{"message": "User rights check failed"}]}}, (True, True)),
    ],
)
def test_cash_discounts(wire: Wire, answer: dict[str, Any], allowed: tuple[bool, bool]) -> None:
    wire.says("GET", "company/usagesettings", **answer)
    assert company.cash_discounts(wire.api) == allowed


def test_bank_accounts(wire: Wire) -> None:
    wire.says(
        "GET",
        "bankaccounts",
        json=listed(
            {
                "id": 1,
                "iban": "FI21 1234 5600 0007 85",
                "bic": "NDEAFIHH",
                "currency": "EUR",
                "defaultForInvoice": True,
            },
            {"id": 2, "iban": "FI2112345600000785", "bic": None, "currency": "SEK", "status": "INACTIVE"},
        ),
    )
    assert bank_accounts.all(wire.api) == (
        BankAccount("FI2112345600000785", "NDEAFIHH", "EUR", active=True, default_for_invoice=True),
        BankAccount("FI2112345600000785", "", "SEK", active=False),
    )


def test_chart_of_accounts(wire: Wire) -> None:
    chart = [
        {"ledgerAccountCode": "3010", "name": "Myynti", "active": False},
        {"ledgerAccountCode": "3000", "name": "Myynti 25,5 %", "translations": []},
    ]
    wire.says("GET", "coa", json={"ledgerAccounts": chart})
    assert accounts.all(wire.api) == (Account("3000", "Myynti 25,5 %"), Account("3010", "Myynti", active=False))


def test_vats(wire: Wire) -> None:
    wire.says("GET", "vats/default", json=VATS)
    assert vats.both(wire.api, "FI") == (RATES, STATUSES)
    assert vats.enabled(wire.api, "SE") == (VatRate(D(6)),)
    assert vats.enabled(wire.api, "EE") == ()
    assert vats.statuses(wire.api) == STATUSES


@pytest.mark.parametrize("country", ["FI", "FINLAND", "Finland", "", None])
def test_the_country_of_vats_may_be_a_code_a_name_or_missing(wire: Wire, country: str | None) -> None:
    table = {"country": country, "percentages": [{"vatPercent": 14, "sales": True, "purchase": True}]}
    wire.says("GET", "vats/default", json={"vatInformation": [table]})
    assert vats.enabled(wire.api, "FI") == (VatRate(D(14)),)


def test_dimensions(wire: Wire) -> None:
    items = [{"id": 11, "codeName": "100", "description": "Helsinki"}, {"id": 12, "codeName": "200", "status": "P"}]
    wire.says("GET", "dimensions", json=[{"id": 1, "name": "Kustannuspaikka", "items": items}, {"id": 2, "name": "X"}])
    assert dimensions.all(wire.api) == (
        Dimension(1, "Kustannuspaikka", (DimensionItem(11, "100", "Helsinki"), DimensionItem(12, "200", open=False))),
        Dimension(2, "X"),
    )


def test_products(wire: Wire) -> None:
    wire.says(
        "GET",
        "products",
        json=listed(
            {"id": 5, "code": "KON", "name": "Konsultointi", "unit": "HOUR", "vat": 25.5, "price": 120.00},
            {"id": 6, "name": "Vanha", "unit": "SOMETHING_NEW", "active": False, "defaultAccount": 3000},
        ),
    )
    assert products.all(wire.api) == (
        Product(5, "KON", "Konsultointi", "HUR", "", D("25.5"), D("120.00")),
        Product(6, "", "Vanha", "", "3000", None, None, active=False),
    )
    assert wire.requests == ["GET products?type=SALES&orderById=ASC&size=200"]


def test_periods(wire: Wire) -> None:
    years = [
        {
            "id": 2,
            "startDate": "2026-01-01",
            "endDate": "2026-12-31",
            "isOpen": True,
            "trackingPeriods": [
                {"id": 22, "startDate": "2026-02-01", "endDate": "2026-02-28", "status": "PENDING"},
                {"id": 21, "startDate": "2026-01-01", "endDate": "2026-01-31", "status": "CLOSED"},
            ],
        },
        {"id": 1, "startDate": "2025-01-01", "endDate": "2025-12-31", "isOpen": False, "trackingPeriods": []},
    ]
    wire.says("GET", "fiscalyears", json={"fiscalYears": years})
    assert fiscal_years.periods(wire.api) == (
        Period(date(2025, 1, 1), date(2025, 12, 31), open=False),
        Period(date(2026, 1, 1), date(2026, 1, 31), open=False),
        Period(date(2026, 2, 1), date(2026, 2, 28), open=True),
    )


@pytest.mark.parametrize(
    ("answer", "rates"),
    [
        (
            {
                "json": {
                    "baseCurrency": "EUR",
                    "currencyDate": "2026-11-20",
                    "rates": [
                        {"currencyCode": "SEK", "currencyRate": 11.2150},
                        {"currencyCode": "EUR", "currencyRate": 1},
                        {"currencyCode": "DKK", "currencyRate": 7.4604, "somethingNew": True},
                        {"currencyCode": "XXX", "currencyRate": None},
                        {"currencyRate": 2},
                    ],
                }
            },
            (
                CurrencyRate("DKK", D("7.4604"), date(2026, 11, 20)),
                CurrencyRate("SEK", D("11.215"), date(2026, 11, 20)),
            ),
        ),
        ({"json": {"rates": [{"currencyCode": "NOK", "currencyRate": 11}]}}, (CurrencyRate("NOK", D(11)),)),
        ({"json": {"baseCurrency": "EUR", "rates": None}}, ()),
        ({"json": {"rates": [{"currencyCode": "NOK", "currencyRate": "much"}]}}, ()),
        ({"json": []}, ()),
        ({"status": 403, "json": {"errors": [{"message": "User rights check failed"}]}}, ()),
        ({"status": 404, "json": {"errors": [{"message": "Not found"}]}}, ()),
    ],
)
def test_latest_rates(wire: Wire, answer: dict[str, Any], rates: tuple[CurrencyRate, ...]) -> None:
    wire.says("GET", "currencies/latest", **answer)
    assert currencies.latest(wire.api) == rates


PARTNER = {
    "id": 9,
    "name": "Mäkelä Oy",
    "type": "CUSTOMER",
    "invoicingInfo": {"customerNumber": "1009", "identifier": "0201256-6", "identifierType": "FI"},
    "registryInfo": {"active": True},
}


def test_customers_have_the_numbers_they_are_known_by(wire: Wire) -> None:
    wire.says("GET", "businesspartners", json=listed(PARTNER))
    assert partners.all_customers(wire.api) == (Customer(9, "Mäkelä Oy", "1009", "0201256-6"),)
    assert wire.requests == ["GET businesspartners?type=CUSTOMER&orderById=ASC&size=200"]


def test_the_accounts_of_many_partners_in_one_call(wire: Wire) -> None:
    told = [{"id": 9, "paymentInfo": {"bankAccount": "fi21 1234 5600 0007 85"}}, {"id": 10}]
    wire.says("GET", "businesspartners/9,10", json=told)
    assert partners.accounts(wire.api, [9, 10]) == {9: "FI2112345600000785", 10: ""}


def test_persons_come_by_page_number_each_once(wire: Wire) -> None:
    def person(id: int) -> dict[str, Any]:
        return {"id": id, "firstName": "Matti", "lastName": "Meikäläinen", "invoicingInfo": {"personNumber": 7}}

    full = [person(n) for n in range(200)]
    wire.says("GET", "persons", json=listed(*full))
    wire.says("GET", "persons", json=listed(person(199), person(200)))
    found = persons.all(wire.api)
    assert [p.id for p in found] == list(range(201))
    assert found[0] == persons.Person(0, "Matti", "Meikäläinen", "7", active=True)
    assert [r[-26:] for r in wire.requests] == [
        "page=0&orderById=ASC&size=200"[-26:],
        "page=1&orderById=ASC&size=200"[-26:],
    ]


def test_rights(wire: Wire) -> None:
    areas = {
        "sales": {
            "salesOrGroupInvoices": "ALL_RIGHTS",
            "salesInvoiceSearch": "VIEWING_RIGHTS",
            "personalSalesInvoicesOnly": False,
            "customerRegister": "NO_ACCESS",
        },
        "accounting": {"preventEditingAccountingPage": True, "archive": "NEW_LEVEL"},
        "payments": None,
    }
    wire.says("GET", "users/rights", json={"role": "API", "rights": areas})
    mine = rights.probe(wire.api)
    assert mine.role == "API"
    assert mine.missing("sales") == ("accounting.preventEditingAccountingPage",)
    assert mine.missing("payments") == ("payments.markAsPaid",)
    assert "sales.customerRegister" in mine.missing("reference")


SUPPLIER = {"id": 12, "name": "Pilvi Oy", "type": "SUPPLIER", "invoicingInfo": {"identifier": "1572860-0"}}
SEEN: list[tuple[dict[str, Any], tuple[Customer, ...] | None]] = [
    ({"json": listed(SUPPLIER)}, (Customer(12, "Pilvi Oy", "", "1572860-0"),)),
    ({"json": listed()}, ()),
    ({"status": 403, "json": {"errors": [{"message": "User rights check failed"}]}}, None),
]


@pytest.mark.parametrize(("answer", "suppliers"), SEEN, ids=["seen", "none there", "hidden"])
def test_reference_is_one_fetch_in_a_fixed_order(
    wire: Wire, answer: dict[str, Any], suppliers: tuple[Customer, ...] | None
) -> None:
    wire.says("GET", "sessioninfo", json=SESSION)
    wire.says("GET", "company", json=COMPANY)
    wire.says("GET", "company/usagesettings", json={"cashDiscount": {"cashDiscountForSales": False}})
    wire.says("GET", "vats/default", json=VATS)
    wire.says("GET", "coa", json={"ledgerAccounts": []})
    wire.says("GET", "dimensions", json=[])
    wire.says("GET", "fiscalyears", json={"fiscalYears": []})
    for register in ("products", "bankaccounts"):
        wire.says("GET", register, json=listed())
    of_kind = responses.matchers.query_param_matcher
    wire.says(
        "GET", "businesspartners", json=listed(PARTNER), match=[of_kind({"type": "CUSTOMER"}, strict_match=False)]
    )
    wire.says("GET", "businesspartners", match=[of_kind({"type": "SUPPLIER"}, strict_match=False)], **answer)
    wire.says("GET", "currencies/latest", json={"rates": [{"currencyCode": "SEK", "currencyRate": 11.5}]})
    wire.says("GET", "businesspartners/9", json={"id": 9, "invoicingInfo": {"einvoiceOperator": "BAWCFI22"}})
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    found = reference.fetch(wire.api, now)
    assert (found.company_id, found.business_id, found.country, found.currency) == (4711, "2077474-0", "FI", "EUR")
    assert (found.fetched, found.vat_rates, found.vat_statuses) == (now, RATES, STATUSES)
    assert found.customers == (Customer(9, "Mäkelä Oy", "1009", "0201256-6"),)
    assert found.suppliers == suppliers
    assert (found.cash_discounts, found.purchase_discounts) == (False, True)
    assert found.rates == (CurrencyRate("SEK", D("11.5")),)
    assert found.operators == (OperatorSeen("BAWCFI22", 1),)
    assert [r.split("?")[0].removeprefix("GET ") for r in wire.requests] == [
        "sessioninfo", "company", "company/usagesettings", "vats/default", "coa", "dimensions", "products",
        "bankaccounts", "fiscalyears", "businesspartners", "businesspartners", "currencies/latest",
        "products", "businesspartners/9",
    ]  # fmt: skip


def customers(*ids: int) -> list[Customer]:
    return [Customer(id, f"Asiakas {id}", active=id % 2 == 0) for id in ids]


def test_operators_are_read_of_the_customers_in_use_two_hundred_at_a_time(wire: Wire) -> None:
    ids = list(range(2, 2 * 250 + 1, 2))
    told = {
        id: {"id": id, "invoicingInfo": {"einvoiceOperator": ("003721291126", "maventa", "")[id % 3]}} for id in ids
    }
    for part in (ids[:200], ids[200:]):
        wire.says("GET", "businesspartners/" + ",".join(map(str, part)), json=[told[id] for id in part])
    found = operators.seen(wire.api, customers(*range(1, 2 * 250 + 1)))
    assert found == (OperatorSeen("003721291126", sum(1 for id in ids if id % 3 < 2)),)


def test_operators_are_not_known_where_the_key_sees_no_entries(wire: Wire) -> None:
    wire.says("GET", "businesspartners/2", status=403, json={"errors": [{"message": "User rights check failed"}]})
    assert operators.seen(wire.api, customers(2)) is None


def test_half_a_reference_is_none(wire: Wire) -> None:
    wire.says("GET", "sessioninfo", json=SESSION)
    wire.says("GET", "company", status=403, json={"errors": [{"message": "User rights check failed"}]})
    with pytest.raises(Forbidden):
        reference.fetch(wire.api, datetime(2026, 3, 2, tzinfo=UTC))
