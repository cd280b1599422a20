"""Every fault a bill can have is told of a bill, with a head to group it by where its values differ."""

from __future__ import annotations

import re

import pytest
from finance_bill_cases import BILLS

from finance.invoice import Kind
from finance.problems import explain
from finance.transfer import Problem
from handlers.views.causes import of_fault, of_problem
from handlers.views.tongue import LANGUAGES, Tongue

STRANGE = {
    "en": r"(?<!e-)\binvoices?\b|customer|buyer|\bsales?\b|\bsold\b|seller",
    "fi": r"myynti|myyjä|asiak|ostajalle|ostajan",
    "sv": r"försälj|\bkund(?!tj|e\b)|säljare|köparens",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_bill_speaks_of_a_bill(language: str) -> None:
    say = Tongue(language).about(Kind.BILL)
    for fault in {(f.code, f.where, f.found): f for told in BILLS for f in told.faults()}.values():
        cause = of_fault(say, fault)
        for text in (cause.says, cause.do, cause.head):
            assert not re.search(STRANGE[language], text, re.IGNORECASE), (fault.code, text)


@pytest.mark.parametrize(
    ("field", "ours"),
    [
        ("counterParty.identifier", "seller.business_id"),
        ("counterParty.counterPartyAddress.city", "seller.address.city"),
        ("paymentInfo.bankAccount.accountNumber", "payment.iban"),
        ("invoiceRows[2].vatPercent", "lines[2].vat_percent"),
        ("transactions[0].account", ""),
        ("invoiceRows[1].account", ""),
        ("invoiceRows[1].dimensionItemValues", ""),
        ("invoiceRows[1].productId", ""),
    ],
)
def test_a_refusal_leads_to_the_bills_own_field_and_never_to_its_accounting(field: str, ours: str) -> None:
    told = explain("INVALID_VALUE", field, f"Value of the '{field}' field is invalid", Kind.BILL)
    assert told.path == ours
    assert told.register != "bank_account"  # those are our own


def test_a_code_with_a_field_of_its_own_leads_to_the_supplier() -> None:
    assert explain("ERROR_BRN_CODE", "", "", Kind.BILL).path == "seller.business_id"
    assert explain("ERROR_BRN_CODE", "", "").path == "buyer.business_id"
    told = of_problem(Tongue("en").about(Kind.BILL), Problem("ERROR_BRN_CODE", "counterParty.identifier", "", 400))
    assert "supplier's business id" in told.says
