"""Seeded customers and suppliers: made-up names with valid business ids, operators and accounts."""

from __future__ import annotations

from sandbox.procountor import checks
from sandbox.procountor.wire import Doc

FIRST_CUSTOMER, FIRST_SUPPLIER = 1001, 1051
_OPERATORS = ("003721291126", "BAWCFI22", "003723327487", "003703575029", "NDEAFIHH", "OKOYFIHH", "003710948874")
_CITIES = (("00100", "Helsinki"), ("02150", "Espoo"), ("33100", "Tampere"), ("20100", "Turku"), ("90100", "Oulu"))
_CUSTOMERS = (
    "Aurinkolahden Kauppa Oy",
    "Meriväylän Satama Oy",
    "Järviveden Vesilaitos",
    "Kuntasairaala Itä",
    "Pohjolan Metsätiedot Oy",
    "Kirjastopalvelut Sarvi Oy",
    "Tuulivoima Kero Oyj",
    "Rakennus Kivipaasi Oy",
    "Opisto Harju",
    "Pankki Majakka Oyj",
    "Reittilogistiikka Oy",
    "Vakuutus Lyhty Oy",
    "Teräsrakenne Ahjo Oy",
    "Elintarvike Pelto Oy",
    "Media Vasama Oy",
    "Kiinteistöt Kaari Oy",
    "Konepaja Takomo Oy",
    "Hammaslääkärit Hymy Oy",
    "Fastighets Ab Granen",
    "Bokhandel Fyren Ab",
)
_BY_MAIL = (("Ravintola Saha Oy", "EMAIL"), ("Asunto Oy Rantapolku", "MAIL"))
_FOREIGN = (
    ("Nordljus Konsult AB", "SWEDEN", "SE556677889901", "111 20", "Stockholm"),
    ("Meretuul OÜ", "ESTONIA", "EE101234568", "10111", "Tallinn"),
    ("Leuchtturm Daten GmbH", "GERMANY", "DE123456788", "20095", "Hamburg"),
)
_SUPPLIERS = (
    ("Alihankkija Silta Oy", "4400"),
    ("Pilvipalvelu Kumpu Oy", "7460"),
    ("Toimitilat Torni Oy", "7230"),
    ("Siivous Kirkas Oy", "7250"),
    ("Matkatoimisto Reppu Oy", "7810"),
    ("Ohjelmistotalo Haapa Oy", "7450"),
    ("Kokoustarjoilu Ilta Oy", "7010"),
    ("Tilintarkastus Luku Oy", "8440"),
    ("Puhelinyhtiö Langaton Oy", "8380"),
    ("Laitekauppa Näyttö Oy", "7440"),
)


def business_ids(start: int) -> list[str]:
    """Many different valid Finnish business ids, always the same for the same start."""
    found = (checks.business_id((start + 13_577 * step) % 9_000_000 + 1_000_000) for step in range(120))
    return [ident for ident in found if ident is not None]


def customers(stamp: str, count: int = 25) -> list[Doc]:
    """Mostly e-invoice customers in Finland; two by mail, three abroad."""
    idents = business_ids(1_200_345)
    found = [_finnish(place, name, "ELECTRONIC_INVOICE", idents[place]) for place, name in enumerate(_CUSTOMERS)]
    found += [_finnish(20 + p, name, channel, idents[20 + p]) for p, (name, channel) in enumerate(_BY_MAIL)]
    found += [_foreign(22 + place, *row) for place, row in enumerate(_FOREIGN)]
    return [{"id": FIRST_CUSTOMER + p, "version": stamp, **doc} for p, doc in enumerate(found[:count])]


def _finnish(place: int, name: str, channel: str, ident: str) -> Doc:
    zip_code, city = _CITIES[place % len(_CITIES)]
    address = {"name": name, "street": f"Toimitie {place + 1}", "zip": zip_code, "city": city, "country": "FINLAND"}
    invoicing: Doc = {
        "customerNumber": str(10_001 + place),
        "identifier": ident,
        "identifierType": "YHD",
        "invoiceChannel": channel,
        "language": "SWEDISH" if name.endswith(("Granen", "Fyren Ab")) else "FINNISH",
    }
    if channel == "ELECTRONIC_INVOICE":
        invoicing["einvoiceAddress"] = "0037" + ident.replace("-", "")
        invoicing["einvoiceOperator"] = _OPERATORS[place % len(_OPERATORS)]
    if channel == "EMAIL":
        invoicing["email"] = "laskut@saha.example"
    return _customer(name, address, invoicing)


def _foreign(place: int, name: str, country: str, vat: str, zip_code: str, city: str) -> Doc:
    address = {"name": name, "street": f"Hamnen {place}", "zip": zip_code, "city": city, "country": country}
    invoicing = {
        "customerNumber": str(10_001 + place),
        "identifier": vat,
        "identifierType": vat[:2],
        "invoiceChannel": "EMAIL",
        "language": "ENGLISH",
        "email": f"invoices@{city.lower()}.example",
    }
    return _customer(name, address, invoicing)


def _customer(name: str, address: Doc, invoicing: Doc) -> Doc:
    return {
        "name": name,
        "type": "CUSTOMER",
        "address": address,
        "billingAddress": dict(address),
        "invoicingInfo": invoicing,
        "paymentInfo": {"paymentMethod": "BANK_TRANSFER", "paymentTermDays": "14", "currency": "EUR"},
        "registryInfo": {"active": True},
    }


def suppliers(stamp: str, count: int = 10) -> list[Doc]:
    """Suppliers with an account to pay to and a default ledger account."""
    idents = business_ids(7_300_111)
    return [
        {
            "id": FIRST_SUPPLIER + place,
            "name": name,
            "type": "SUPPLIER",
            "address": {
                "name": name,
                "street": f"Toimittajankuja {place + 1}",
                "zip": "01510",
                "city": "Vantaa",
                "country": "FINLAND",
            },
            "invoicingInfo": {
                "customerNumber": str(20_001 + place),
                "identifier": idents[place],
                "identifierType": "YHD",
            },
            "paymentInfo": {
                "paymentMethod": "BANK_TRANSFER",
                "bankAccount": checks.finnish_iban(f"140330{place:08d}"),
                "paymentTermDays": "14",
                "currency": "EUR",
            },
            "registryInfo": {"active": True},
            "version": stamp,
            "_accounts": {"purchaseInvoiceAccounts": {"debitAccount": {"code": account, "name": ""}}},
        }
        for place, (name, account) in enumerate(_SUPPLIERS[:count])
    ]
