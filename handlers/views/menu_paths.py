"""Where things are in Procountor's own menus, as its pages call them in the reader's language."""

from __future__ import annotations

from handlers.views.tongue import Tongue


def api_keys(say: Tongue) -> str:
    """Where an administrator makes an API key (R06)."""
    return say("Basics → API client keys → New API key")


def interfaces(say: Tongue) -> str:
    """Where the main user allows chargeable interfaces (R09)."""
    return say(
        "Management → Company info → Usage settings → Integration settings → Allow the usage of invoiceable API clients"
    )


def users(say: Tongue) -> str:
    """Where rights of users are given."""
    return say("Management → Users and user rights")


def bank_accounts(say: Tongue) -> str:
    return say("Management → Company info → Bank account information")


def percents(say: Tongue) -> str:
    """Where VAT percentages are taken into use."""
    return say("Management → Accounting info → Tax information → Used VAT percentages")


def dimensions(say: Tongue) -> str:
    return say("Management → Accounting info → Dimensions")


def products(say: Tongue) -> str:
    return say("Sales → Product register")


def claims(say: Tongue) -> str:
    """Where expense and travel claims are."""
    return say("Purchases → Travel and expense invoices → Search")


def claims_to_pay(say: Tongue) -> str:
    """Where approved claims are paid."""
    return say("Payments → Payment list")


def bills(say: Tongue) -> str:
    """Where purchase invoices are."""
    return say("Purchases → Purchase invoices → Search")
