"""Open and closed: fiscal years and their tracking periods."""

from __future__ import annotations

from sandbox.procountor.wire import Doc, refuse
from sandbox.procountor.world import Company

CLOSED = "CLOSED_FISCAL_PERIOD"


def is_open(company: Company, day: str) -> bool:
    """Whether the day lies in an open fiscal year and in no closed tracking period (rule R32)."""
    for year in company.settings["fiscalyears"]:
        if year["startDate"] <= day <= year["endDate"]:
            return bool(year["isOpen"]) and not any(
                period["status"] == "CLOSED" and period["startDate"] <= day <= period["endDate"]
                for period in year["trackingPeriods"]
            )
    return False


def need_open(company: Company, invoice: Doc) -> None:
    """Raises Refused (403) when the invoice's date is closed: actions answer as with missing rights."""
    if not is_open(company, invoice["date"]):
        raise refuse(CLOSED, status=403)
