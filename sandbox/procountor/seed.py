"""The seeded month: a consultancy of sixty people and a smaller sister company whose ids collide with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sandbox.procountor import checks, seed_accounts, seed_invoices, seed_partners, seed_people, seed_registers
from sandbox.procountor.wire import Doc
from sandbox.procountor.world import Company, World, helsinki_now

CLIENT_ID = "kierto-practice"
CLIENT_SECRET = "practice-secret"  # noqa: S105 (the practice world has no secrets)
REDIRECT_URI = "https://kierto.invalid/procountor"
API_KEY = "practice-key-north"
API_KEY_SECOND = "practice-key-south"
# Keys of people, for companies where every approver has an own one.
USER_KEYS = {
    seed_people.FINANCE: "practice-key-anna",
    seed_people.PARTNER: "practice-key-kari",
    504: "practice-key-maria",
    505: "practice-key-jussi",
    506: "practice-key-sofia",
    seed_people.CONSULTANT: "practice-key-petteri",
}
NORTH, SOUTH = 12001, 12002
NORTH_IBANS = ("FI2112345600000785", checks.finnish_iban("50000110000238"))
SOUTH_IBAN = checks.finnish_iban("14453500006007")
_LAST_NUMBER = 30096
_RATES = (("SEK", "11.2150"), ("NOK", "11.7040"), ("DKK", "7.4604"), ("USD", "1.0865"), ("GBP", "0.8412"))


def month(today: date | None = None, *, path: Path | None = None) -> World:
    """The world as it stands on `today` (default: the real day in Finland); always the same for the same day.

    Its clock runs with the real time of day on that date. With `path` it is kept in that file.
    """
    real = helsinki_now().date()
    shift = timedelta(days=((today or real) - real).days)

    def clock() -> datetime:
        return helsinki_now() + shift

    world = World(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, redirect_uri=REDIRECT_URI, clock=clock, path=path)
    day = today or real
    north = _company(NORTH, "Pohjantuuli Konsultointi Oy", "2077474-0", "pohjantuuli.example", day)
    _fill(world, north, day, people=60, customers=25, suppliers=10, sales=20, bills=8)
    _accounts(north, (NORTH_IBANS[0], "NDEAFIHH", "Nordea"), (NORTH_IBANS[1], "OKOYFIHH", "OP"), day=day)
    _keys(north, API_KEY, USER_KEYS)
    south = _company(SOUTH, "Etelätuuli Oy", "0201256-6", "etelatuuli.example", day)
    south.settings["circulation"]["useForTravelAndExpenseInvoices"] = False
    south.settings["discussion"] = False
    _fill(world, south, day, people=8, customers=5, suppliers=3, sales=4, bills=2)
    _accounts(south, (SOUTH_IBAN, "NDEAFIHH", "Nordea"), day=day)
    _keys(south, API_KEY_SECOND, {})
    return world


def _company(ident: int, name: str, business_id: str, domain: str, day: date) -> Company:
    ovt = "0037" + business_id.replace("-", "")
    address: Doc = {"street": "Tuulikuja 1", "zip": "00180", "city": "Helsinki", "country": "FINLAND"}
    info = {
        "name": name,
        "country": "FINLAND",
        "productVersion": "FINANCIALS_PREMIUM",
        "operationType": "EDUCATIONAL",
        "companyAddress": address,
        "billingAddress": dict(address),
        "mva": True,
        "inTradeRegister": True,
        "businessIdentifier": {"brnType": "YHD", "code": business_id},
        "companyCurrency": "EUR",
        "currencyRateSearchDensity": "DAILY_EXCHANGE_RATE",
    }
    return Company(ident, info, settings=_settings(ovt, day), users=seed_people.users(domain))


def _settings(ovt: str, day: date) -> Doc:
    return {
        "usage": _usage(),
        "circulation": seed_people.circulation(),
        "verifierlists": seed_people.verifier_lists(),
        "discussion": True,
        "documents": False,
        "vats": seed_accounts.vats(),
        "vatsettings": {"unitPricesIncludeVatSales": False, "unitPricesIncludeVatPurchase": False},
        "coa": seed_accounts.chart_of_accounts(),
        "defaults": seed_accounts.default_accounts(),
        "fiscalyears": seed_accounts.fiscal_years(day),
        "einvoice": {
            "operator": "Maventa",
            "operatorId": 1,
            "sendingAddress": ovt,
            "receivingAddress": ovt,
            "edi": ovt,
        },
        "template": {"id": 801, "name": "Perusmalli"},
        "deliveryterms": ["Vapaasti toimittajan varastossa", "Toimitettuna perille"],
        "rates": {code: Decimal(rate) for code, rate in _RATES},
        "ovt": ovt,
    }


def _usage() -> Doc:
    return {
        "defaultInvoiceChannel": "ELECTRONIC_INVOICE",
        "cashDiscount": {"cashDiscountForSales": False, "cashDiscountForPurchase": False},
        "accountingByRow": {
            "salesInvoicePosting": True,
            "purchaseInvoicePosting": True,
            "travelAndExpenseInvoicePosting": True,
            "salaryPosting": False,
        },
    }


def _fill(
    world: World, company: Company, day: date, *, people: int, customers: int, suppliers: int, sales: int, bills: int
) -> None:
    stamp = f"{day.year - 1}-12-15T12:00:00"
    domain = str(company.users[seed_people.FINANCE]["email"]).partition("@")[2]
    for doc in seed_registers.dimensions():
        company.put("dimensions", doc)
    company.counters["dimensionitems"] = 2999
    for doc in seed_registers.products(day.year, stamp):
        company.put("products", doc)
    for doc in seed_people.persons(people, stamp, domain):
        company.put("persons", doc)
    for doc in seed_partners.customers(stamp, customers) + seed_partners.suppliers(stamp, suppliers):
        company.put("businesspartners", doc)
    company.counters["businesspartners"] = 3999
    company.counters["invoicenumbers"] = _LAST_NUMBER
    default = (NORTH_IBANS[0] if company.id == NORTH else SOUTH_IBAN, "NDEAFIHH", "Nordea")
    _accounts(company, default, day=day)
    seed_invoices.add_sales(world, company, day, sales)
    seed_invoices.add_bills(world, company, day, bills)
    world.add_company(company)


def _accounts(company: Company, *accounts: tuple[str, str, str], day: date) -> None:
    company.registers["bankaccounts"].clear()
    for doc in seed_registers.bank_accounts(accounts, f"{day.year - 1}-12-15T12:00:00"):
        company.put("bankaccounts", doc)


def _keys(company: Company, technical: str, people: dict[int, str]) -> None:
    company.keys[technical] = {"user": seed_people.BOT, "name": "Kierto"}
    for user, key in people.items():
        company.keys[key] = {"user": user, "name": company.users[user]["firstName"]}
