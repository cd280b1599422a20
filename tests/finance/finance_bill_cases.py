"""Tables for bills: for each fault that a bill may have bills that have it, and bills near to them that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from finance_cases import PDF, SWEDEN, Told, books, named, settings, with_file
from finance_samples import CHOICES, IBAN, REFERENCE, D, put

from finance.invoice import Address, CashDiscount, Invoice, Kind, Line, Party, Payment, StatedTotals
from finance.reference import VatRate, VatStatus

THEIRS = "FI1410093000123458"
BILL = Invoice(
    number="KU-20451",
    issued=date(2026, 11, 2),
    kind=Kind.BILL,
    seller=Party(
        name="Pilvi Oy",
        business_id="1572860-0",
        vat_number="FI15728600",
        address=Address("Pilvi Oy", "", "Kuja 2", "01510", "Vantaa", "FI"),
    ),
    buyer=Party(name="Kuusikko Oy", business_id="2077474-0"),
    lines=(Line(name="Kapasiteetti", quantity=D(1), unit="kpl", unit_price=D("1315.40"), vat_percent=D("25.5")),),
    payment=Payment(iban=THEIRS, reference="20451 8", due=date(2026, 11, 16)),
)
KNOWN = {"accounts": {8001: (THEIRS,)}}
FOREIGN: dict[str, Any] = {"seller": Party("Hamn AB", "556012-5790", "SE556012579001", address=SWEDEN)}
NO_VAT: dict[str, Any] = {"lines__0__vat_percent": D(0)}
AMERICAN: dict[str, Any] = {"seller": Party("Cloud Inc.", address=Address("Cloud Inc.", country="US"))}


def bad(code: str, around: dict[str, Any] | None = None, **changes: Any) -> Told:
    return Told(code, put(BILL, **changes), True, around or {})


def good(code: str, around: dict[str, Any] | None = None, **changes: Any) -> Told:
    return Told(code, put(BILL, **changes), False, around or {})


ORIGIN = [
    bad("number.missing", number=" "),
    bad("number.taken", {"taken": {"1572860-0/KU-20451": "30140"}}),
    bad("number.taken", {"taken": {"1572860-0/KU-20451": "30140"}}, seller__business_id="", seller__name="PILVI OY"),
    good("number.taken", {"taken": {"0201256-6/KU-20451": "30140"}}),
    bad("bill.arrived", {"elsewhere": {"1572860-0/KU-20451": "30118"}}),
    good("bill.arrived", {"elsewhere": {"0201256-6/KU-20451": "30118"}}),
    good("number.elsewhere", {"elsewhere": {"1572860-0/KU-20451": "30118"}}),
    bad("bill.twice", {"doubles": frozenset({"1572860-0/KU-20451"})}),
    good("bill.twice", {"doubles": frozenset({"1572860-0/KU-20452"})}),
    bad("bill.accounting", account="4400"),
    bad("bill.accounting", lines__0__cost_centre="20"),
    bad("bill.accounting", lines__0__project="214"),
    good("bill.accounting"),
    good("account.missing", settings(default_account={})),
    good("account.unknown", account="9999"),
    good("cost_centre.missing", settings(default_cost_centre="")),
    good("cost_centre.closed", cost_centre="30"),
    good("project.closed", project="100"),
    good("product.unknown", lines__0__product_code="EI OLE"),
    good("work_type.unmapped", lines__0__work_type="Tuntematon"),
    good("account.vat_refused", settings(refused_pairs=(("4400", D("25.5")),)), account="4400"),
]

SUPPLIERS = [
    bad("seller.name_missing", seller__name="", seller__address__name=" "),
    good("seller.name_missing", seller__name=""),
    bad("seller.is_us", seller__business_id="2077474-0"),
    bad("seller.business_id_form", seller__business_id="15728600"),
    bad("seller.business_id_form", seller__business_id="FI15728600"),
    bad("seller.business_id", seller__business_id="1572860-1"),
    good("seller.business_id", seller__business_id=""),
    bad("seller.foreign_id", **{**FOREIGN, "seller__business_id": "556012-5791"}),
    good("seller.foreign_id", **FOREIGN),
    bad("seller.vat_number_form", seller__vat_number="1572860-0"),
    bad("seller.vat_number", seller__vat_number="FI12345678"),
    bad("seller.vat_number_other", seller__vat_number="FI02012566"),
    bad("supplier.hidden", books(suppliers=None)),
    good("supplier.unknown", books(suppliers=None)),
    bad("supplier.unknown", books(suppliers=())),
    bad("supplier.unknown", **FOREIGN),
    good("supplier.unknown"),
    good("supplier.unknown", seller__business_id="", seller__name="Pilvi, laskutus"),  # the VAT number tells
    bad("supplier.by_name", seller=Party("siivous  KIRKAS oy", "1234567-1")),
    bad("supplier.by_name", seller=Party("Pilvi Oy")),
    good("supplier.by_name"),
    bad("supplier.other_id", seller__business_id="0737546-2", seller__vat_number=""),
    good("supplier.other_id", seller__business_id="", seller__vat_number=""),
    bad("supplier.several", seller=Party("Kaksoset Oy", "0737546-2")),
    bad("supplier.several", seller=Party("Tupla", "0201256-6")),
    good("supplier.several", seller=Party("Tupla Oy", "0201256-6")),
    bad("supplier.account_missing", payment__iban=""),
    bad("supplier.account_form", payment__iban="FI1410093000123459"),
    bad("supplier.account_form", payment__iban="1009-3000123458"),
    good("supplier.account_form", payment__iban="fi14 1009 3000 1234 58"),
    bad("supplier.account_ours", payment__iban=IBAN),
    bad("supplier.account_other", {"accounts": {8001: ("FI5810171000000122",)}}),
    good("supplier.account_other", {"accounts": {8001: ("FI5810171000000122", THEIRS)}}),
    good("supplier.account_other", {"accounts": {8002: ("FI5810171000000122",)}}),
    bad("supplier.account_first", {"accounts": {8001: ()}}),
    good("supplier.account_first", KNOWN),
    good("supplier.account_first"),  # nobody has looked yet
    good("payment.account_not_ours"),
    bad("country.unknown", seller__address__country="Atlantis"),
    bad("country.form", seller__address__country="Suomi"),
    good("country.missing", seller__address__country="", seller__business_id="", seller__vat_number=""),
]

REST = [
    bad("date.due_missing", payment__due=None),
    bad("date.due_before_issued", payment__due=date(2026, 11, 1)),
    bad("date.due_too_late", payment__due=date(2029, 7, 29)),
    bad("date.closed_period", issued=date(2026, 9, 30)),
    bad("date.no_fiscal_year", issued=date(2027, 1, 1)),
    bad("date.far", issued=date(2025, 11, 1)),
    bad("payment.reference", payment__reference="20451 7"),
    bad("payment.reference_form", payment__reference="INV/2026"),
    good("payment.reference", payment__reference=""),
    bad("payment.currency", payment__currency="euro"),
    bad("payment.rate_missing", payment__currency="SEK"),
    bad("payment.penalty", payment__penalty_percent=D("8.125")),
    bad("payment.discounts_off", books(purchase_discounts=False), payment__discounts=(CashDiscount(7, D(2)),)),
    good("payment.discounts_off", books(cash_discounts=False), payment__discounts=(CashDiscount(7, D(2)),)),
    bad("rows.none", lines=()),
    bad("rows.name_missing", lines__0__name=""),
    bad("rows.name_missing", lines__0__name="", lines__0__product_code="KONS"),  # our own products name nothing here
    bad("rows.impossible", lines__0__unit_price=D("NaN")),
    bad("rows.discount", lines__0__discount_percent=D(101)),
    bad("unit.unknown", lines__0__unit="rypäs"),
    bad("sum.gross", stated=StatedTotals(gross=D("1650.00"))),
    good("sum.gross", stated=StatedTotals(gross=D("1650.83"))),
    bad("sum.zero", lines__0__unit_price=D(0)),
    bad("credit.note", lines__0__quantity=D(-1), credited_number="KU-20400"),
    bad("credit.number_missing", lines__0__quantity=D(-1)),
    bad("text.too_long", number="K" * 41),
    bad("text.too_long", seller__name="P" * 81),
    bad("text.too_long", seller__address__city="V" * 41),
    good("text.too_long", buyer__name="K" * 81),
    bad("text.characters", seller__name="Pilvi → Oy"),
    bad("text.characters", lines__0__descriptions=("🚀",)),
    good("text.characters", seller__email="→@pilvi.fi"),
    bad("attachment.type", with_file("a.docx", b"PK\x03\x04"), attachments=named("a.docx")),
    bad("attachment.not_given", attachments=named("a.pdf")),
    good("attachment.not_given", with_file("a.pdf", PDF), attachments=named("a.pdf")),
    good("attachment.by_hand", settings(google_drive=True), attachments=named("a.pdf")),
    good("e_address.missing"),
    good("operator.missing"),
    good("email.missing", seller__email=""),
    good("buyer.language_missing", settings(default_language="")),
]

_SALES_ONLY = tuple(replace(s, purchase=s.number == 12) for s in REFERENCE.vat_statuses)
_BOUGHT = (VatStatus(1, "Domestic"), VatStatus(8, "EU purchase (product)"), VatStatus(10, "Import, third country"))
VAT = [
    bad("vat.percent_missing", lines__0__vat_percent=None),
    bad("vat.percent_not_on_date", lines__0__vat_percent=D(24)),
    bad("vat.percent_not_enabled", books(vat_rates=(VatRate(D("25.5"), purchase=False), VatRate(D(10), sales=False)))),
    good("vat.percent_not_enabled", books(vat_rates=(VatRate(D("25.5"), sales=False),))),
    bad("vat.status_not_enabled", books(vat_statuses=_SALES_ONLY)),
    good("vat.status_not_enabled", books(vat_statuses=(VatStatus(1, "Ostot", sales=False),))),
    bad("vat.domestic_zero", **NO_VAT),
    good("vat.domestic_zero", **NO_VAT, lines__0__vat_category="E"),
    good("vat.domestic_zero", settings(vat_statuses={"bill.domestic_zero": 12}), **NO_VAT),
    bad("vat.domestic_zero", settings(vat_statuses={"domestic_zero": 12}), **NO_VAT),
    good("vat.status_not_enabled", settings(vat_statuses={"bill.domestic_zero": "12"}), **NO_VAT),  # as typed
    bad("vat.domestic_reverse", books(vat_statuses=(VatStatus(1, "Ostot"),)), **NO_VAT, lines__0__vat_category="AE"),
    good("vat.domestic_reverse", **NO_VAT, lines__0__vat_category="AE"),
    bad("vat.eu_service", books(vat_statuses=_BOUGHT), **FOREIGN, **NO_VAT, lines__0__vat_category="AE"),
    bad("vat.eu_zero", **FOREIGN, **NO_VAT),
    bad("vat.eu_goods", **FOREIGN, **NO_VAT, lines__0__vat_category="K"),
    good("vat.eu_goods", books(vat_statuses=_BOUGHT), **FOREIGN, **NO_VAT, lines__0__vat_category="K"),
    bad("vat.import", **AMERICAN, **NO_VAT),
    bad("vat.import", books(vat_statuses=_BOUGHT), **AMERICAN, **NO_VAT, lines__0__vat_category="G"),
    bad("vat.no_country", **NO_VAT, seller=Party("Pilvi")),
    good("vat.no_country", settings(default_country="FI"), **NO_VAT, seller=Party("Pilvi")),
    bad("vat.category_country", **NO_VAT, lines__0__vat_category="K"),
    good("vat.category_country", **FOREIGN, **NO_VAT, lines__0__vat_category="K"),
    bad("vat.category_percent", lines__0__vat_category="E"),
    bad("vat.status_percent", vat_status=12),
]

BILLS = [*ORIGIN, *SUPPLIERS, *REST, *VAT]
assert CHOICES.default_cost_centre  # bills do without what the company has for its sales
