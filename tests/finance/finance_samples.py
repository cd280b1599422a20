"""A consultancy, one good invoice of it, and ways to spoil the invoice: what the tests of the rules start from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from finance.case import AttachmentFile, Taken
from finance.company import Choices
from finance.customers import NO_CLIENTS, Clients
from finance.faults import Fault
from finance.invoice import Address, EInvoiceAddress, Invoice, Line, LineKind, Party, Payment
from finance.preflight import check
from finance.reference import (
    Account,
    BankAccount,
    CurrencyRate,
    Customer,
    Dimension,
    DimensionItem,
    Period,
    Product,
    Reference,
    VatRate,
    VatStatus,
)

D = Decimal
TODAY = date(2026, 11, 23)
IBAN = "FI2112345600000785"
OTHER_IBAN = "FI2345600000007890"

REFERENCE = Reference(
    company_id=11,
    name="Kuusikko Oy",
    business_id="2077474-0",
    fetched=datetime(2026, 11, 23, 6, 0, tzinfo=UTC),
    accounts=(
        Account("1700", "Myyntisaamiset"),
        Account("3000", "Myynti ALV 25,5 %"),
        Account("3010", "Myynti kotimaa"),
        Account("3020", "Vienti"),
        Account("3900", "Vanha myynti", active=False),
    ),
    vat_rates=(*(VatRate(D(p)) for p in ("25.5", "24", "14", "13.5", "10", "0")), VatRate(D(9), sales=False)),
    vat_statuses=(
        VatStatus(1, "Kotimaan myynti"),
        VatStatus(3, "EU:n ulkopuolinen myynti"),
        VatStatus(5, "EU-tavaramyynti"),
        VatStatus(12, "Ei ALV-käsittelyä"),
        VatStatus(22, "EU-palvelumyynti"),
        VatStatus(7, "Rakennusalan käännetty verovelvollisuus"),
        VatStatus(9, "Osto ulkomailta", sales=False),
    ),
    dimensions=(
        Dimension(
            1,
            "Kustannuspaikka",
            (
                DimensionItem(101, "10", "Konsultointi"),
                DimensionItem(102, "20", "Koulutus"),
                DimensionItem(103, "30", "Vanha osasto", open=False),
            ),
        ),
        Dimension(2, "Projekti", (DimensionItem(201, "214", "Satama"), DimensionItem(202, "100", "Ohi", open=False))),
    ),
    products=(
        Product(501, "KONS", "Konsultointi", "HUR", "3010", D("25.5"), D(120)),
        Product(502, "KOUL", "Koulutus", "DAY"),
        Product(503, "VANHA", "Vanha palvelu", active=False),
    ),
    bank_accounts=(
        BankAccount(IBAN, "NDEAFIHH", default_for_invoice=True),
        BankAccount(OTHER_IBAN, "DABAFIHH", active=False),
    ),
    periods=(
        Period(date(2026, 1, 1), date(2026, 9, 30), open=False),
        Period(date(2026, 10, 1), date(2026, 12, 31)),
    ),
    customers=(
        Customer(9001, "Satama Oy", "77", "0201256-6"),
        Customer(9002, "Metsä Oy", "78", "1572860-0"),
        Customer(9003, "Metsä Oy, Turku", "79", "1572860-0"),
    ),
    suppliers=(
        Customer(8001, "Pilvi Oy", "20001", "1572860-0"),
        Customer(8002, "Siivous Kirkas Oy", "20002"),
        Customer(8003, "Kaksoset Oy"),
        Customer(8004, "Kaksoset Oy"),
        Customer(8005, "Tupla Oy", "", "0201256-6"),
        Customer(8006, "Tupla Oy, Turku", "", "0201256-6"),
    ),
    rates=(CurrencyRate("NOK", D("11.704"), date(2026, 11, 20)), CurrencyRate("SEK", D("11.2150"), date(2026, 11, 20))),
)

CHOICES = Choices(
    default_account={"25.5": "3000", "": "3010"},
    default_cost_centre="10",
    project_dimension="Projekti",
    work_types={"Suunnittelu": "KONS", "Ilmainen": ""},
    units={"istunto": "C62"},
    refused_pairs=(("3020", D("25.5")),),
)

LINE = Line(
    name="Konsultointi lokakuu",
    quantity=D("7.5"),
    unit="h",
    unit_price=D(120),
    vat_percent=D("25.5"),
    descriptions=("Määrittely",),
)
ZERO_LINE = replace(LINE, name="Lisenssi", vat_percent=D(0))
HEADER = Line(name="Lokakuun työt", kind=LineKind.HEADER, quantity=D(0))
INVOICE = Invoice(
    number="1042",
    issued=date(2026, 11, 2),
    seller=Party(name="Kuusikko Oy", business_id="2077474-0"),
    buyer=Party(
        name="Satama Oy",
        business_id="0201256-6",
        vat_number="FI02012566",
        customer_number="77",
        email="laskut@satama.fi",
        address=Address("Satama Oy", "", "Laituri 1", "00150", "Helsinki", "FI"),
        e_invoice=EInvoiceAddress("003723327487", "003702012566"),
    ),
    lines=(LINE,),
    payment=Payment(iban=IBAN, reference="1042 7", due=date(2026, 11, 16)),
    delivery_start=date(2026, 10, 1),
    delivery_end=date(2026, 10, 31),
)


def put(target: Any, **changes: Any) -> Any:
    """``target`` with nested fields changed: ``put(INVOICE, buyer__address__country="SE")``, ``lines__0__name``."""
    for path, value in changes.items():
        target = _put(target, path.split("__"), value)
    return target


def _put(target: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if step.isdigit():
        place = int(step)
        return (*target[:place], _put(target[place], rest, value), *target[place + 1 :])
    return replace(target, **{step: _put(getattr(target, step), rest, value)})


def faults_of(
    invoice: Invoice,
    *,
    reference: Reference = REFERENCE,
    choices: Choices = CHOICES,
    today: date = TODAY,
    taken: dict[str, str] | None = None,
    elsewhere: dict[str, str] | None = None,
    files: tuple[AttachmentFile, ...] = (),
    doubles: frozenset[str] = frozenset(),
    accounts: dict[int, tuple[str, ...]] | None = None,
    clients: Clients = NO_CLIENTS,
) -> tuple[Fault, ...]:
    known = Taken(taken or {}, elsewhere or {}, doubles, accounts or {})
    return check(invoice, reference, choices, today=today, taken=known, files=files, clients=clients)


def codes_of(invoice: Invoice, **around: Any) -> set[str]:
    return {fault.code for fault in faults_of(invoice, **around)}
