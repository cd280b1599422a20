"""How a Finvoice is to be paid: account, reference, terms, currency, and what its payment part says differently."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finance.invoice import ONE, ZERO, CashDiscount, Payment
from intake.codes import currency_code
from intake.finvoice.nodes import Element, Source
from intake.prices import percent_of

_TERMS = "InvoiceDetails/PaymentTermsDetails"
_EPI = "EpiDetails/EpiPaymentInstructionDetails"


def payment(source: Source, issued: date | None) -> Payment:
    """The payment terms. A reference is kept as the file has it, right or wrong."""
    root = source.root
    iban, bic = _account(source)
    terms = root.find(_TERMS)
    return Payment(
        iban=iban,
        bic=bic,
        reference=source.text(
            root, f"{_EPI}/EpiRemittanceInfoIdentifier", "EpiDetails/EpiIdentificationDetails/EpiReference"
        ).replace(" ", ""),
        terms=" ".join(" ".join(source.texts(root, f"{_TERMS}/PaymentTermsFreeText")).split()),
        due=_due(source),
        penalty_percent=source.number_at(
            terms, "PaymentOverDueFineDetails/PaymentOverDueFinePercent", where="payment.penalty_percent"
        ),
        discounts=tuple(d for e in root.findall(_TERMS) if (d := _cash_discount(source, e, issued))),
        currency=_currency(source),
        rate=_rate(source),
    )


def _account(source: Source) -> tuple[str, str]:
    """The payment part's account; else the first IBAN of the seller's accounts; else the first account of all."""
    epi = source.text(source.root, "EpiDetails/EpiPartyDetails/EpiBeneficiaryPartyDetails/EpiAccountID")
    bic = source.text(source.root, "EpiDetails/EpiPartyDetails/EpiBfiPartyDetails/EpiBfiIdentifier")
    accounts = source.root.findall("SellerInformationDetails/SellerAccountDetails")
    told = [(source.text(a, "SellerAccountID").replace(" ", "").upper(), source.text(a, "SellerBic")) for a in accounts]
    if epi:
        plain = epi.replace(" ", "").upper()
        return plain, bic or next((b for account, b in told if account == plain), "")
    ibans = [pair for pair in told if pair[0][:2].isalpha()]
    return next(iter(ibans or [pair for pair in told if pair[0]]), ("", ""))


def _due(source: Source) -> date | None:
    days = {}
    for terms in source.root.findall(_TERMS):
        found = source.day_at(terms, "InvoiceDueDate", where="payment.due")
        if found:
            days[found] = terms
    if len(days) > 1:
        told = ", ".join(d.isoformat() for d in days)
        source.fault("intake.many_due_dates", list(days.values())[1], "payment.due", told, warning=True)
    if days:
        return min(days)
    return source.day_at(source.root, f"{_EPI}/EpiDateOptionDate", where="payment.due")


def _cash_discount(source: Source, terms: Element, issued: date | None) -> CashDiscount | None:
    until = source.day_at(terms, "CashDiscountDate", where="payment.discounts")
    percent = source.number_at(terms, "CashDiscountPercent", where="payment.discounts")
    amount = source.number_at(terms, "CashDiscountAmount", where="payment.discounts")
    if not percent and not amount:
        return None
    if not percent and amount:
        whole = source.number_at(terms, "CashDiscountBaseAmount") or source.number_at(
            source.root, "InvoiceDetails/InvoiceTotalVatIncludedAmount"
        )
        percent = percent_of(abs(amount), abs(whole)) if whole else None
    days = (until - issued).days if until and issued else -1
    if not percent or days < 0:
        found = source.text(terms, "CashDiscountPercent", "CashDiscountAmount")
        source.fault("intake.cash_discount", terms, "payment.discounts", found)
        return None
    return CashDiscount(days, percent)


def _currency(source: Source) -> str:
    """The currency of the total; every other amount must be in the same one."""
    total = source.root.find("InvoiceDetails/InvoiceTotalVatIncludedAmount")
    told = list(source.currencies())
    first = total.get("AmountCurrencyIdentifier", "") if total is not None else ""
    code = currency_code(first or (told[0][0] if told else "")) or "EUR"
    for other, element in told:
        if other != code:
            source.fault("intake.element.currency", element, "payment.currency", other, code)
            break
    return code


def _rate(source: Source) -> Decimal:
    """The exchange rate turned so that it is the price of one unit of the other currency, by the two totals."""
    details = source.root.find("InvoiceDetails")
    rate = source.number_at(details, "ExchangeRate", where="payment.rate")
    total = source.number_at(details, "InvoiceTotalVatIncludedAmount", "InvoiceTotalVatExcludedAmount")
    other = source.number_at(details, "OtherCurrencyAmountVatIncludedAmount", "OtherCurrencyAmountVatExcludedAmount")
    if not rate or not total or not other:
        return ONE
    straight, turned = total / other, other / total
    return rate if abs(straight - rate) <= abs(turned - rate) else (ONE / rate).quantize(Decimal("0.000001"))


def check_payable(source: Source, gross: Decimal | None) -> None:
    """Notes it when the payment part asks for another amount than the invoice comes to, or part is paid already."""
    details = source.root.find("InvoiceDetails")
    asked = source.root.find(f"{_EPI}/EpiInstructedAmount")
    rounding = source.number_at(details, "InvoiceTotalRoundoffAmount") or ZERO
    paid = source.number_at(details, "InvoicePaidAmount") or ZERO
    if rounding and details is not None:
        at = details.find("InvoiceTotalRoundoffAmount")
        source.fault("intake.rounding", at, "stated.gross", str(rounding), amount=rounding, warning=True)
    if paid and details is not None:
        source.fault(
            "intake.paid_already", details.find("InvoicePaidAmount"), "payment", str(paid), amount=paid, warning=True
        )
    amount = source.number_of(asked) if asked is not None and (asked.text or "").strip() else None
    if amount is None or gross is None:
        return
    if amount not in {gross, gross + rounding, gross - paid, gross + rounding - paid, abs(gross), ZERO}:
        source.fault(
            "intake.payable", asked, "stated.gross", str(amount), str(gross), asked=amount, total=gross, warning=True
        )
