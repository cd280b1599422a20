"""What the invoice of documents.py looks like on the wire, member by member."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

D = Decimal
INVOICE_JSON: dict[str, Any] = {
    "type": "SALES_INVOICE",
    "status": "UNFINISHED",
    "partnerId": 9,
    "date": "2026-03-02",
    "counterParty": {
        "contactPersonName": "Maija Mäkelä",
        "identifier": "0201256-6",
        "taxCode": "FI02012566",
        "customerNumber": "1009",
        "email": "laskut@makela.test",
        "counterPartyAddress": {
            "name": "Mäkelä Oy",
            "specifier": "Talousosasto",
            "street": "Otakaari 18",
            "zip": "02150",
            "city": "Espoo",
            "country": "FINLAND",
            "subdivision": "Uusimaa",
        },
        "einvoiceAddress": {"operator": "003721291126", "address": "003702012566", "ediId": "003702012566"},
    },
    "paymentInfo": {
        "paymentMethod": "BANK_TRANSFER",
        "currency": "EUR",
        "bankAccount": {"accountNumber": "FI2112345600000785"},
        "dueDate": "2026-03-16",
        "currencyRate": D(1),
        "cashDiscount": {
            "optionList": [
                {"numberOfDays": 7, "discountPercentage": D("2.50")},
                {"numberOfDays": 14, "discountPercentage": D(1)},
            ],
            "cashDiscountsTermType": "FROM_INV_DATE",
        },
        "bankReferenceCode": "",
    },
    "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
    "discountPercent": D(0),
    "invoiceRows": [
        {
            "productId": 5,
            "product": "Konsultointi",
            "productCode": "KON",
            "quantity": D("7.50"),
            "unit": "HOUR",
            "unitPrice": D("120.00"),
            "discountPercent": D(0),
            "vatPercent": D("25.5"),
            "comment": "Ensimmäinen\\toinen",
            "startDate": "2026-02-01",
            "endDate": "2026-02-28",
        },
        {
            "product": "Muut työt",
            "quantity": D(0),
            "unit": "NO_UNIT",
            "unitPrice": D(0),
            "discountPercent": D(0),
            "vatPercent": D("25.5"),
        },
        {
            "product": "Lisenssi",
            "quantity": D(1),
            "unit": "PIECE",
            "unitPrice": D("0.1"),
            "discountPercent": D(10),
            "vatPercent": D(0),
            "vatStatus": 5,
        },
    ],
    "vatStatus": 1,
    "invoiceChannel": "ELECTRONIC_INVOICE",
    "language": "FINNISH",
    "originalInvoiceNumber": "1042",
    "notes": "Projekti Saari\n[kierto:K1ABC]",
    "orderReference": "PO 77",
    "buyerReferenceIdentifier": "BR 1",
    "agreementNumber": "A-9",
    "deliveryStartDate": "2026-02-01",
    "penaltyPercent": D("8.0"),
    "additionalInformation": "Kiitos!\nHyvää kevättä",
}
