"""Reference data of the company and its user: everything a client reads before it dares to send."""

from __future__ import annotations

from decimal import Decimal

from sandbox.procountor import paging
from sandbox.procountor.call import Call, Routes, invalid
from sandbox.procountor.rights import VIEW, need
from sandbox.procountor.shapes import document
from sandbox.procountor.wire import Answer, Doc, not_found, ok, public, refuse

_RATE_TYPES = {1, 2, 3, 4, 5, 6}
_COUNTRY_VATS = {
    "FI": ["25.5", "24", "14", "13.5", "10", "0"],
    "SE": ["25", "12", "6", "0"],
    "EE": ["24", "22", "13", "9", "0"],
    "DE": ["19", "7", "0"],
    "DK": ["25", "0"],
    "NO": ["25", "15", "12", "0"],
}


def session_info(call: Call) -> Answer:
    info = call.company.info
    return ok(
        {
            "companyId": call.company.id,
            "name": info["name"],
            "country": info["country"],
            "productVersion": info["productVersion"],
            "userId": call.user["id"],
            "userName": call.user["username"],
            "companySettings": {"invoiceDiscussionEnabled": call.company.settings["discussion"]},
        }
    )


def current_user(call: Call) -> Answer:
    return ok({**public(call.user), "companyId": call.company.id, "countryCode": call.company.info["country"]})


def user_rights(call: Call) -> Answer:
    return ok({"role": call.user["_role"], "rights": call.user["_rights"]})


def user_profile(call: Call) -> Answer:
    user = paging.stored(call.company.users, call.id("userId"), "User")
    return ok({"firstname": user["firstName"], "surname": user["lastName"]})


def company_info(call: Call) -> Answer:
    return ok({"id": call.company.id, **call.company.info})


def usage_settings(call: Call) -> Answer:
    return ok(call.company.settings["usage"])


def invoice_templates(call: Call) -> Answer:
    return ok(call.company.settings["template"])


def delivery_terms(call: Call) -> Answer:
    return ok({"deliveryTerms": call.company.settings["deliveryterms"]})


def einvoice_addresses(call: Call) -> Answer:
    return ok(call.company.settings["einvoice"])


def circulation_settings(call: Call) -> Answer:
    return ok(call.company.settings["circulation"])


def verifier_lists(call: Call) -> Answer:
    return ok(
        [
            {
                "id": entry["id"],
                "name": entry["name"],
                "verifiers": [user["userId"] for user in entry["verifiers"]],
                "acceptors": [user["userId"] for user in entry["acceptors"]],
            }
            for entry in call.company.settings["verifierlists"]
        ]
    )


def verifier_list(call: Call) -> Answer:
    for entry in call.company.settings["verifierlists"]:
        if entry["id"] == call.id("id"):
            return ok(entry)
    raise not_found("Verifier list")


def bank_accounts(call: Call) -> Answer:
    need(call, "management.basicCompanyInfo", VIEW)
    full = document()["components"]["schemas"]["CompanyBankAccountBasicInfo"]["properties"]
    orders: dict[str, paging.Key] = {"orderByOrderNo": lambda doc: doc.get("orderNo", 0)}
    return paging.page(
        call,
        call.register("bankaccounts").values(),
        lambda doc: {name: value for name, value in doc.items() if name in full},
        orders=orders,
        default="ASC",
    )


def bank_account(call: Call) -> Answer:
    need(call, "management.basicCompanyInfo", VIEW)
    return ok(public(paging.stored(call.register("bankaccounts"), call.id("id"), "Bank account")))


def chart_of_accounts(call: Call) -> Answer:
    return ok({"ledgerAccounts": [public(account) for account in call.company.settings["coa"]]})


def vats_default(call: Call) -> Answer:
    return ok(call.company.settings["vats"])


def vats_country(call: Call) -> Answer:
    code = call.one("countryCode") or ""
    if code.upper() not in _COUNTRY_VATS:
        raise refuse(f"Country code '{code}' is not supported.", path="countryCode")
    return ok({"vatPercentages": [Decimal(text) for text in _COUNTRY_VATS[code.upper()]]})


def vats_settings(call: Call) -> Answer:
    return ok(call.company.settings["vatsettings"])


def fiscal_years(call: Call) -> Answer:
    need(call, "management.basicAccountingInfo", VIEW)
    years = sorted(call.company.settings["fiscalyears"], key=lambda year: year["startDate"], reverse=True)
    return ok({"fiscalYears": years})


def currencies(call: Call) -> Answer:
    return ok({"currencies": sorted([call.company.currency, *call.company.settings["rates"]])})


def company_currency(call: Call) -> Answer:
    return ok({"companyCurrency": call.company.currency})


def latest_rates(call: Call) -> Answer:
    kind = call.integer("rateType")
    if kind is not None and kind not in _RATE_TYPES:
        raise invalid("rateType")
    rates = call.company.settings["rates"]
    return ok(
        {
            "baseCurrency": call.company.currency,
            "currencyDate": call.now[:10],
            "rates": [{"currencyCode": code, "currencyRate": rate} for code, rate in sorted(rates.items())],
        }
    )


def exchange_rate(call: Call) -> Answer:
    day = call.date("day")
    base, code = call.one("baseCurrency"), call.one("currency")
    if day is None or call.one("rateType") is None:
        raise refuse("Parameters baseCurrency, currency, day and rateType are required.")
    rate: Doc = call.company.settings["rates"]
    if base != call.company.currency or code not in rate:
        raise not_found("Exchange rate")
    return ok({"queryDay": day, "currency": code, "day": day, "rate": rate[code]})


ROUTES: Routes = (
    ("GET", "/sessioninfo", session_info),
    ("GET", "/users", current_user),
    ("GET", "/users/rights", user_rights),
    ("GET", "/users/profiles/{userId}", user_profile),
    ("GET", "/company", company_info),
    ("GET", "/company/usagesettings", usage_settings),
    ("GET", "/company/invoicetemplates", invoice_templates),
    ("GET", "/company/deliveryterms", delivery_terms),
    ("GET", "/company/einvoiceaddresses", einvoice_addresses),
    ("GET", "/company/invoicecirculation/settings", circulation_settings),
    ("GET", "/company/invoicecirculation/verifierlists", verifier_lists),
    ("GET", "/company/invoicecirculation/verifierlists/{id}", verifier_list),
    ("GET", "/bankaccounts", bank_accounts),
    ("GET", "/bankaccounts/{id}", bank_account),
    ("GET", "/coa", chart_of_accounts),
    ("GET", "/vats/default", vats_default),
    ("GET", "/vats/country", vats_country),
    ("GET", "/vats/settings", vats_settings),
    ("GET", "/fiscalyears", fiscal_years),
    ("GET", "/currencies", currencies),
    ("GET", "/currencies/company", company_currency),
    ("GET", "/currencies/latest", latest_rates),
    ("GET", "/currencies/exchangerate", exchange_rate),
)
