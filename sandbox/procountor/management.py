"""Levers for what a company's administrator changes in Procountor's own web pages, under Management."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.procountor.wire import Doc, not_found, refuse

if TYPE_CHECKING:
    from sandbox.procountor.world import Company

INTERFACES = "invoiceableInterfaces"
REFUSAL = "Usage of invoiceable API clients is not allowed in the company."


def allows_interfaces(company: Company) -> bool:
    """Whether the use of chargeable interfaces is switched on; it is unless somebody has switched it off."""
    return bool(company.settings.get(INTERFACES, True))


def interfaces(company: Company, doc: Doc) -> Doc:
    """{"allowed": false}: API keys yield no tokens from now on; tokens already given go on until their hour is over."""
    company.settings[INTERFACES] = bool(doc["allowed"])
    return {"allowed": company.settings[INTERFACES]}


def rights(company: Company, doc: Doc) -> Doc:
    """{"user": 501, "rights": {"sales.customerRegister": "NO_ACCESS"}}; a limitation takes true or false."""
    user = company.users.get(doc["user"])
    if user is None:
        raise not_found("User")
    for path, level in doc["rights"].items():
        group, name = path.split(".")
        if name not in user["_rights"][group]:
            raise refuse(f"There is no right {path}.")
        user["_rights"][group][name] = level
    return {"user": doc["user"], "rights": user["_rights"]}


def bank_accounts(company: Company, doc: Doc) -> Doc:
    """{"iban": …, "active": false}"""
    wanted = "".join(str(doc["iban"]).split()).upper()
    for account in company.registers["bankaccounts"].values():
        if account["iban"] == wanted:
            account["status"] = "ACTIVE" if doc["active"] else "INACTIVE"
            return {"iban": wanted, "status": account["status"]}
    raise not_found("Bank account")


def vats(company: Company, doc: Doc) -> Doc:
    """{"percent": 14, "sales": true, "purchase": true}: ticked or not among the used VAT percentages."""
    percent = Decimal(str(doc["percent"]))
    listed = company.settings["vats"]["vatInformation"][0]["percentages"]
    others = [entry for entry in listed if Decimal(str(entry["vatPercent"])) != percent]
    sales, purchase = bool(doc.get("sales", True)), bool(doc.get("purchase", True))
    if sales or purchase:
        others.append({"vatPercent": percent, "sales": sales, "purchase": purchase})
    listed[:] = others
    return {"percentages": listed}


def products(company: Company, doc: Doc) -> Doc:
    """{"code": "KONS-K", "active": false}"""
    for product in company.registers["products"].values():
        if product.get("code") == doc["code"]:
            product["active"] = bool(doc["active"])
            return {"code": doc["code"], "active": product["active"]}
    raise not_found("Product")
