"""Tables: for each fault code invoices that have it, and invoices near to them that do not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from finance_samples import CHOICES, HEADER, IBAN, INVOICE, LINE, OTHER_IBAN, REFERENCE, ZERO_LINE, D, faults_of, put

from finance.case import AttachmentFile
from finance.faults import Fault
from finance.invoice import Address, Attachment, CashDiscount, Channel, Invoice, StatedTotals, StatedVat


@dataclass(frozen=True)
class Told:
    """An invoice, what is around it, and a code that it has (``bad``) or has not."""

    code: str
    invoice: Invoice
    bad: bool = True
    around: dict[str, Any] = field(default_factory=dict)

    def faults(self) -> tuple[Fault, ...]:
        return faults_of(self.invoice, **self.around)


def bad(code: str, around: dict[str, Any] | None = None, **changes: Any) -> Told:
    return Told(code, put(INVOICE, **changes), True, around or {})


def good(code: str, around: dict[str, Any] | None = None, **changes: Any) -> Told:
    return Told(code, put(INVOICE, **changes), False, around or {})


def settings(**changes: Any) -> dict[str, Any]:
    return {"choices": replace(CHOICES, **changes)}


def books(**changes: Any) -> dict[str, Any]:
    return {"reference": replace(REFERENCE, **changes)}


def with_file(name: str, head: bytes, size: int | None = None) -> dict[str, Any]:
    return {"files": (AttachmentFile(name, len(head) if size is None else size, head),)}


def named(name: str) -> tuple[Attachment, ...]:
    return (Attachment(name),)


def credit(**changes: Any) -> Invoice:
    made: Invoice = put(INVOICE, lines__0__quantity=D("-7.5"), credited_number="1007", **changes)
    return made


SWEDEN = Address("Hamn AB", "", "Kajen 1", "11122", "Stockholm", "SE")
NO_CATEGORY: dict[str, Any] = {
    "buyer__address": SWEDEN,
    "buyer__vat_number": "SE556012579001",
    "buyer__business_id": "556012-5790",
}
LONG = "Työn kuvaus. " * 60
OLD = date(2024, 8, 31)

DATES = [
    bad("date.due_missing", payment__due=None),
    bad("date.due_before_issued", payment__due=date(2026, 11, 1)),
    bad("date.due_before_issued", payment__due=date(2026, 10, 1), payment__terms="7 pv netto"),
    good("date.due_before_issued", payment__due=date(2026, 11, 2)),
    bad("date.due_too_late", payment__due=date(2029, 7, 29)),
    good("date.due_too_late", payment__due=date(2029, 7, 28)),
    bad("date.closed_period", issued=date(2026, 9, 30)),
    good("date.closed_period", issued=date(2026, 10, 1)),
    bad("date.no_fiscal_year", issued=date(2027, 1, 1)),
    good("date.no_fiscal_year", books(periods=()), issued=date(2027, 1, 1)),
    bad("date.far", issued=date(2025, 11, 1)),
    good("date.far", issued=date(2026, 1, 1)),
    bad("date.delivery_backwards", delivery_start=date(2026, 11, 1)),
    bad("date.delivery_backwards", lines__0__start=date(2026, 10, 9), lines__0__end=date(2026, 10, 8)),
    good("date.delivery_backwards", lines__0__start=date(2026, 10, 9), lines__0__end=date(2026, 10, 9)),
]

PARTIES = [
    bad("buyer.name_missing", buyer__name="", buyer__address__name=" "),
    good("buyer.name_missing", buyer__name=""),
    bad("buyer.is_us", buyer__business_id="2077474-0"),
    bad("buyer.is_us", buyer__business_id="", buyer__vat_number="FI20774740"),
    bad("buyer.business_id_missing", buyer__business_id="", buyer__vat_number=""),
    good("buyer.business_id_missing", buyer__business_id="", buyer__vat_number="", channel=Channel.MAIL),
    bad("buyer.business_id_form", buyer__business_id="02012566"),
    bad("buyer.business_id_form", buyer__business_id="FI02012566"),
    bad("buyer.business_id_form", buyer__business_id="201256-6"),
    bad("buyer.business_id", buyer__business_id="1234567-8"),
    bad("buyer.business_id", buyer__business_id="0201256-5"),
    bad("buyer.business_id", buyer__business_id="131052-308U"),
    good("buyer.business_id", buyer__business_id="131052-308T", buyer__vat_number=""),
    good("buyer.business_id", **NO_CATEGORY),
    bad("buyer.foreign_id", **{**NO_CATEGORY, "buyer__business_id": "556012-5791"}),
    good("buyer.foreign_id", **NO_CATEGORY),
    bad("buyer.vat_number_form", buyer__vat_number="0201256-6"),
    bad("buyer.vat_number_form", buyer__vat_number="FI 0201256-6"),
    bad("buyer.vat_number", buyer__vat_number="FI12345678"),
    good("buyer.vat_number", buyer__vat_number=""),
    good("buyer.vat_number", **NO_CATEGORY),
    bad("buyer.vat_number_other", buyer__vat_number="FI15728600"),
    bad("buyer.language", language="ruotsi"),
    bad("buyer.language", language="de"),
    good("buyer.language", language="et"),
    good("buyer.language", language=""),
    bad("buyer.language_missing", settings(default_language=""), language=""),
    bad("buyer.number_clash", buyer__customer_number="78"),
    bad("buyer.number_clash", buyer__customer_number="78", buyer__business_id="02012566"),
    good("buyer.number_clash", buyer__customer_number="500"),
    good("buyer.number_clash", buyer__customer_number="78", buyer__business_id="0201256-5"),
    good("buyer.number_clash", buyer__customer_number="78", buyer__business_id="", buyer__vat_number="FI12345678"),
    good("buyer.number_clash", buyer__customer_number="78", buyer__business_id="", buyer__vat_number=""),
]

ADDRESSES = [
    bad("country.missing", buyer__address__country=""),
    bad("country.missing", delivery_address=Address("Varasto", "", "Tie 2", "00100", "Helsinki")),
    good("country.missing", settings(default_country="FI"), buyer__address__country=""),
    good("country.missing", delivery_address=Address()),
    bad("country.form", buyer__address__country="Suomi"),
    bad("country.form", buyer__address__country="fi"),
    bad("country.form", billing_address=replace(SWEDEN, country="Sverige")),
    bad("country.unknown", buyer__address__country="Atlantis"),
    good("country.unknown", buyer__address__country="EE"),
    bad("address.street", buyer__address__street=""),
    bad("address.post_code", buyer__address__post_code=" "),
    bad("address.city", buyer__address__city=""),
    bad("address.city", buyer__address__city="", channel=Channel.MAIL),
    good("address.city", buyer__address__city="", channel=Channel.EMAIL),
    good("address.city", buyer__address__city="", channel=Channel.MAIL, billing_address=SWEDEN),
    bad("address.street_billing", billing_address=replace(SWEDEN, street="")),
    bad("address.post_code_billing", billing_address=replace(SWEDEN, post_code="")),
    bad("address.city_billing", billing_address=replace(SWEDEN, city="")),
    good("address.city_billing", billing_address=SWEDEN),
    bad("email.missing", buyer__email="", channel=Channel.EMAIL),
    good("email.missing", buyer__email=""),
    bad("email.form", buyer__email="laskut@satama"),
    bad("email.form", buyer__email="a@b.fi, c@d.fi"),
    bad("email.form", buyer__email="mailto:laskut@satama.fi"),
    bad("email.form", buyer__email="laskut@yhtiö.fi"),
    bad("email.form", buyer__email="yhtiö@satama.fi"),
    good("email.form", buyer__email="laskut@xn--yhti-8qa.fi"),
    good("email.form", buyer__email="etunimi.sukunimi+lasku@alue.yritys.fi"),
    bad("email.too_many_copies", buyer__bcc=tuple(f"a{i}@b.fi" for i in range(5))),
    good("email.too_many_copies", buyer__bcc=tuple(f"a{i}@b.fi" for i in range(4))),
    bad("email.copy", buyer__bcc=("Laskut@satama.fi",)),
    bad("email.copy", buyer__bcc=("ei osoite",)),
    bad("email.copy", buyer__bcc=("arkisto@satama.fi", "arkisto@yhtiö.fi")),
    bad("email.copy", buyer__bcc=(f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.fi",)),
    good("email.copy", buyer__bcc=("arkisto@satama.fi",)),
]

E_INVOICES = [
    bad("operator.missing", buyer__e_invoice__operator=""),
    good("operator.missing", buyer__e_invoice__operator="", channel=Channel.EMAIL),
    good("operator.missing", buyer__e_invoice__operator="", **NO_CATEGORY),
    bad("operator.form", buyer__e_invoice__operator="Basware Oyj"),
    bad("operator.form", buyer__e_invoice__operator="003714377140 Enfo"),
    bad("operator.form", buyer__e_invoice__operator="bawcfi22"),
    bad("operator.form", buyer__e_invoice__operator="NDEAFIHH "),
    bad("operator.unknown", buyer__e_invoice__operator="BAWCF122"),
    bad("operator.unknown", buyer__e_invoice__operator="00370357529"),
    bad("operator.unknown", buyer__e_invoice__operator="0036714377140"),
    good("operator.unknown", buyer__e_invoice__operator="BWEI"),
    bad("e_address.missing", buyer__e_invoice__address=" "),
    bad("e_address.form", buyer__e_invoice__address="00372077474"),
    bad("e_address.form", buyer__e_invoice__address="003712345678"),
    bad("e_address.form", buyer__e_invoice__address="FI2112345600000786"),
    bad("e_address.form", buyer__e_invoice__address="0037 0201 2566"),
    good("e_address.form", buyer__e_invoice__address="003702012566OS1"),
    good("e_address.form", buyer__e_invoice__address=IBAN),
    good("e_address.form", buyer__e_invoice__address="TE003702012566"),
    good("e_address.form", buyer__e_invoice__address="CGI:12345"),
    good("e_address.form", buyer__e_invoice__address="0007:5560125790", **NO_CATEGORY),
    bad("e_address.bank_routing", buyer__e_invoice__operator="DABAFIHH", buyer__e_invoice__address="003723327487"),
    good("e_address.bank_routing", buyer__e_invoice__operator="DABAFIHH"),
    bad("ovt.form", buyer__e_invoice__ovt="0037-02012566"),
    bad("ovt.form", buyer__e_invoice__ovt="02012566"),
    good("ovt.form", buyer__e_invoice__ovt="003702012566"),
    bad("ovt.not_allowed", books(country="SE"), buyer__e_invoice__ovt="003702012566"),
]

PAYMENTS = [
    bad(
        "payment.account_missing",
        books(bank_accounts=tuple(replace(a, default_for_invoice=False) for a in REFERENCE.bank_accounts)),
        payment__iban="",
    ),
    good("payment.account_missing", payment__iban=""),
    bad("payment.account_form", payment__iban="FI2112345600000786"),
    bad("payment.account_not_ours", payment__iban="FI1410093000123458"),
    good("payment.account_not_ours", payment__iban="fi21 1234 5600 0007 85"),
    bad("payment.account_closed", payment__iban=OTHER_IBAN),
    bad("payment.bic", payment__bic="DABAFIHH"),
    good("payment.bic", payment__bic="NDEAFIHHXXX"),
    bad("payment.reference", payment__reference="10428"),
    bad("payment.reference", payment__reference="RF121232"),
    bad("payment.reference_form", payment__reference="LASKU 5"),
    bad("payment.reference_form", payment__reference="123"),
    good("payment.reference", payment__reference=""),
    good("payment.reference", payment__reference="RF11 1232"),
    good("payment.reference", payment__reference="00001 2344"),
    bad("payment.currency", payment__currency="EURO"),
    bad("payment.currency", payment__currency="eur"),
    bad("payment.rate", payment__currency="SEK", payment__rate=D(0)),
    bad("payment.rate", payment__currency="SEK", payment__rate=D(1_000_001)),
    bad("payment.rate_own", payment__rate=D("1.1")),
    bad("payment.rate_missing", payment__currency="SEK"),
    bad("payment.rate_missing", books(rates=()), payment__currency="SEK"),
    good("payment.rate_missing", payment__currency="SEK", payment__rate=D("11.25")),
    bad("payment.penalty", payment__penalty_percent=D("9.505")),
    bad("payment.penalty", payment__penalty_percent=D(-1)),
    good("payment.penalty", payment__penalty_percent=D("9.50")),
    bad("payment.discounts_off", books(cash_discounts=False), payment__discounts=(CashDiscount(7, D(2)),)),
    bad("payment.discounts_many", payment__discounts=tuple(CashDiscount(d, D(2)) for d in (3, 5, 7, 9))),
    bad("payment.discount", payment__discounts=(CashDiscount(1000, D(2)),)),
    bad("payment.discount", payment__discounts=(CashDiscount(7, D(100)),)),
    good("payment.discount", payment__discounts=(CashDiscount(999, D("99.99")),)),
]

ROWS = [
    bad("rows.impossible", lines__0__quantity=D("NaN")),
    bad("rows.impossible", lines__0__unit_price=D("1E+12")),
    bad("rows.impossible", payment__rate=D("Infinity")),
    bad("rows.impossible", stated=StatedTotals(breakdown=(StatedVat(D("sNaN"), D(1), D(1)),))),
    good("rows.impossible", lines__0__unit_price=D("999999999.99")),
    bad("rows.none", lines=()),
    bad("rows.none", lines=(HEADER,)),
    bad("rows.name_missing", lines__0__name=" "),
    good("rows.name_missing", lines__0__name="", lines__0__product_code="kons"),
    bad("rows.invoice_discount", discount_percent=D("100.1")),
    bad("rows.invoice_discount", discount_percent=D("1.23456")),
    good("rows.invoice_discount", discount_percent=D("12.3456")),
    bad("rows.discount", lines__0__discount_percent=D(-5)),
    good("rows.discount", lines__0__discount_percent=D(100)),
    bad("rows.decimals", lines__0__unit_price=D("0.12345678")),
    good("rows.decimals", lines__0__unit_price=D("0.123400000000")),
    bad("unit.unknown", lines__0__unit="hujaus"),
    bad("unit.unknown", lines__0__unit_code="QQ"),
    good("unit.unknown", lines__0__unit="istunto"),
    good("unit.unknown", lines__0__unit=""),
    bad("product.unknown", lines__0__product_code="KOSN"),
    bad("product.closed", lines__0__product_code="VANHA"),
    good("product.closed", lines__0__product_code=" kons "),
    bad("work_type.unmapped", lines__0__work_type="Testaus"),
    good("work_type.unmapped", lines__0__work_type="suunnittelu"),
    good("work_type.unmapped", lines__0__work_type="Ilmainen"),
    good("work_type.unmapped", lines__0__work_type="Testaus", lines__0__product_code="KOUL"),
]

BOOKING = [
    bad("account.missing", settings(default_account={})),
    bad("account.missing", settings(default_account={"25.5": "3000"}), lines=(LINE, ZERO_LINE), vat_status=12),
    good("account.missing", settings(default_account={}), account="3000"),
    bad("account.unknown", lines__0__account="9999"),
    bad("account.unknown", account="9999"),
    bad("account.closed", account="3900"),
    good("account.closed", account="3900", lines__0__account="3000"),
    bad("account.vat_refused", account="3020"),
    good("account.vat_refused", account="3010"),
    bad("account.name_percent", lines__0__vat_percent=D(10), lines__0__account="3000"),
    good("account.name_percent", lines__0__account="3000"),
    good("account.name_percent", lines__0__vat_percent=D(24), lines__0__account="3000"),
    bad("cost_centre.missing", settings(default_cost_centre="")),
    good("cost_centre.missing", settings(default_cost_centre=""), cost_centre="20"),
    bad("cost_centre.unknown", cost_centre="99"),
    bad("cost_centre.unknown", lines__0__cost_centre="99"),
    good("cost_centre.unknown", cost_centre="koulutus"),
    bad("cost_centre.closed", cost_centre="30"),
    bad("project.unknown", project="999"),
    good("project.unknown", settings(project_dimension=""), project="999"),
    bad("project.closed", lines__0__project="100"),
    good("project.closed", project="214"),
    bad("dimension.unknown", settings(cost_centre_dimension="Osasto")),
    good("dimension.unknown", settings(cost_centre_dimension="Osasto", default_cost_centre="")),
]

VAT = [
    bad("vat.percent_missing", lines__0__vat_percent=None),
    bad("vat.percent_not_on_date", lines__0__vat_percent=D(24)),
    bad("vat.percent_not_on_date", lines__0__vat_percent=D(14)),
    bad(
        "vat.percent_not_on_date", lines__0__vat_percent=D("13.5"), delivery_start=None, delivery_end=date(2025, 12, 31)
    ),
    good(
        "vat.percent_not_on_date", lines__0__vat_percent=D("13.5"), delivery_start=None, delivery_end=date(2026, 1, 1)
    ),
    good("vat.percent_not_on_date", lines__0__vat_percent=D(14), delivery_start=None, delivery_end=date(2025, 12, 31)),
    bad("vat.percent_not_on_date", delivery_start=OLD, delivery_end=OLD),
    good("vat.percent_not_on_date", delivery_start=OLD, delivery_end=date(2024, 9, 1)),
    good("vat.percent_not_on_date", lines__0__vat_percent=D(24), delivery_start=OLD, delivery_end=OLD),
    good("vat.percent_not_on_date", lines__0__vat_percent=D(24), lines__0__start=OLD, lines__0__end=OLD),
    Told("vat.percent_not_on_date", credit(lines__0__vat_percent=D(24)), bad=False),
    good("vat.percent_not_on_date", lines=(LINE, replace(LINE, quantity=D(-1), vat_percent=D(24)))),
    good("vat.percent_not_on_date", books(country="SE"), lines__0__vat_percent=D(24)),
    bad("vat.percent_not_enabled", books(vat_rates=REFERENCE.vat_rates[1:])),
    good("vat.percent_not_enabled", lines__0__vat_percent=D("10.0")),
    bad("vat.category_percent", lines__0__vat_category="AE"),
    good("vat.category_percent", lines__0__vat_category="S"),
    bad("vat.category_country", lines__0__vat_category="K", lines__0__vat_percent=D(0)),
    good("vat.category_country", lines__0__vat_category="K", lines__0__vat_percent=D(0), **NO_CATEGORY),
    bad("vat.buyer_number_missing", lines__0__vat_category="AE", lines__0__vat_percent=D(0), buyer__vat_number=""),
    good("vat.buyer_number_missing", lines__0__vat_category="AE", lines__0__vat_percent=D(0)),
    bad("vat.domestic_zero", lines__0__vat_percent=D(0)),
    good("vat.domestic_zero", lines__0__vat_percent=D(0), lines__0__vat_category="E"),
    bad("vat.domestic_zero", lines__0__vat_percent=D(0), lines__0__vat_category="S"),
    good("vat.domestic_zero", lines__0__vat_percent=D(0), vat_status=12),
    bad("vat.eu_zero", lines__0__vat_percent=D(0), lines__0__vat_category="Z", **NO_CATEGORY),
    good("vat.domestic_zero", settings(vat_statuses={"domestic_zero": 12}), lines__0__vat_percent=D(0)),
    good("vat.domestic_zero", lines=(LINE, replace(ZERO_LINE, unit_price=D(0)))),
    bad(
        "vat.domestic_reverse",
        books(vat_statuses=REFERENCE.vat_statuses[:4]),
        lines__0__vat_category="AE",
        lines__0__vat_percent=D(0),
    ),
    good("vat.domestic_reverse", lines__0__vat_category="AE", lines__0__vat_percent=D(0)),
    bad(
        "vat.eu_service",
        books(vat_statuses=REFERENCE.vat_statuses[:4]),
        lines__0__vat_category="AE",
        lines__0__vat_percent=D(0),
        **NO_CATEGORY,
    ),
    good("vat.eu_service", lines__0__vat_category="AE", lines__0__vat_percent=D(0), **NO_CATEGORY),
    bad("vat.eu_zero", lines__0__vat_percent=D(0), **NO_CATEGORY),
    good("vat.eu_zero", lines__0__vat_percent=D(0), lines__0__vat_status=22, **NO_CATEGORY),
    good("vat.eu_zero", lines__0__vat_percent=D(0), buyer__address=replace(SWEDEN, country="US")),
    bad("vat.status_not_enabled", vat_status=9),
    bad("vat.status_not_enabled", lines__0__vat_status=99),
    bad("vat.status_percent", vat_status=12),
    bad("vat.status_percent", lines__0__vat_status=3),
    good("vat.status_percent", vat_status=1),
]

SUMS = [
    bad("sum.line_net", lines__0__stated_net=D("900.01")),
    good("sum.line_net", lines__0__stated_net=D("900.00")),
    bad("sum.line_vat", lines__0__stated_vat=D(229)),
    good("sum.line_vat", lines__0__stated_vat=D("229.50")),
    bad("sum.line_gross", lines__0__stated_gross=D(1000)),
    good("sum.line_gross", lines__0__stated_gross=D("1129.5")),
    bad("sum.rate_base", stated=StatedTotals(breakdown=(StatedVat(D("25.5"), D(901), D("229.5")),))),
    bad("sum.rate_vat", stated=StatedTotals(breakdown=(StatedVat(D("25.50"), D(900), D(229)),))),
    bad("sum.rate_base", stated=StatedTotals(breakdown=(StatedVat(D(24), D(900), D(216)),))),
    good("sum.rate_base", stated=StatedTotals(breakdown=(StatedVat(D("25.50"), D(900), D("229.5"), "S"),))),
    bad("sum.net", stated=StatedTotals(net=D(899))),
    bad("sum.vat", stated=StatedTotals(vat=D("229.51"))),
    bad("sum.gross", stated=StatedTotals(gross=D(1130))),
    good("sum.gross", stated=StatedTotals(D(900), D("229.50"), D("1129.50"))),
    bad("sum.zero", lines__0__unit_price=D(0)),
    Told("credit.note", credit()),
    bad("credit.positive", credited_number="1007"),
    bad("credit.number_missing", lines__0__quantity=D(-1)),
    Told("credit.number_missing", credit(), bad=False),
]

TEXTS = [
    bad("text.comment_too_long", lines__0__descriptions=(LONG,)),
    bad("text.comment_too_long", lines__0__descriptions=("a" * 256, "b" * 256)),
    good("text.comment_too_long", lines__0__descriptions=("a" * 256, "b" * 255)),
    bad("text.too_long", number="1" * 41),
    bad("text.too_long", order_reference="x" * 71),
    bad("text.too_long", buyer__address__street="Pitkä katu " * 8),
    bad("text.too_long", note="x" * 10_001),
    good("text.too_long", note="x" * 10_000),
    bad("text.characters", lines__0__name="Työ → valmis"),
    bad("text.characters", buyer__address__city="Győr"),
    bad("text.characters", lines__0__descriptions=("🎉 juhla",)),
    bad("text.characters", note="Näkymätön\u202etemppu"),
    bad("text.characters", note="ohjaus\x07merkki"),
    bad("text.characters", attachments=named("kuitti → 1.pdf")),
    good("text.characters", lines__0__name="Åäö – “ok” 10 € … ½"),
    good("text.characters", note="rivi\nrivi"),
    bad("text.backslash", lines__0__descriptions=("C:\\polku",)),
]

PDF, JPG = b"%PDF-1.7\n", b"\xff\xd8\xff\xe0\x00\x10JFIF"
DOCX = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00[Content_Types].xml"
ATTACHMENTS = [
    bad("attachment.type", with_file("a.docx", DOCX), attachments=named("a.docx")),
    bad("attachment.type", with_file("A.DOCX", DOCX, 10_000_001), attachments=named("A.DOCX")),
    bad("attachment.type", with_file("a.docx", b""), attachments=named("a.docx")),
    bad("attachment.type", with_file("a.docx", PDF), attachments=named("a.docx")),
    bad(
        "attachment.type",
        {"files": (AttachmentFile("b.docx", 9, DOCX, "c0"),)},
        attachments=(Attachment("a.docx", 9, "c0"),),
    ),
    bad("attachment.content", with_file("a.pdf", DOCX), attachments=named("a.pdf")),
    bad("attachment.content", with_file("a.txt", DOCX), attachments=named("a.txt")),
    bad("attachment.type", with_file("tuntilista", PDF), attachments=named("tuntilista")),
    bad("attachment.too_large", with_file("a.pdf", PDF, 10_000_001), attachments=named("a.pdf")),
    good("attachment.too_large", with_file("a.pdf", PDF, 10_000_000), attachments=named("a.pdf")),
    bad("attachment.too_large", attachments=(Attachment("a.pdf", 10_000_001),)),
    bad("attachment.empty", with_file("a.txt", b""), attachments=named("a.txt")),
    bad("attachment.content", with_file("a.pdf", JPG), attachments=named("a.pdf")),
    bad("attachment.content", with_file("a.jpg", b"\x89PNG\r\n"), attachments=named("a.jpg")),
    bad("attachment.content", with_file("a.txt", b"MZ\x00\x00"), attachments=named("a.txt")),
    good("attachment.content", with_file("A.PDF", b"\n" + PDF), attachments=named("A.PDF")),
    good("attachment.content", with_file("a.jpeg", JPG), attachments=named("a.jpeg")),
    good("attachment.content", with_file("a.gif", b"GIF89a.."), attachments=named("a.gif")),
    good("attachment.content", with_file("a.txt", "tunnit åäö".encode()), attachments=named("a.txt")),
    bad("attachment.not_given", attachments=named("a.pdf")),
    good("attachment.not_given", with_file("a.pdf", PDF), attachments=named("a.pdf")),
    bad("attachment.by_hand", settings(google_drive=True), attachments=named("a.docx")),
    good("attachment.type", settings(google_drive=True), attachments=named("a.docx")),
]

NUMBERS = [
    bad("number.missing", number=" "),
    bad("number.taken", {"taken": {"1042": "Procountor 30117"}}),
    good("number.taken", {"taken": {"1041": "Procountor 30116"}}),
    bad("number.elsewhere", {"elsewhere": {"1042": "30117"}}),
    good("number.elsewhere", {"elsewhere": {"1041": "30116"}}),
    good("number.elsewhere", {"elsewhere": {"1042": "30117"}, "taken": {"1042": "30117"}}),
]

CASES = [
    *DATES,
    *PARTIES,
    *ADDRESSES,
    *E_INVOICES,
    *PAYMENTS,
    *ROWS,
    *BOOKING,
    *VAT,
    *SUMS,
    *TEXTS,
    *ATTACHMENTS,
    *NUMBERS,
]
