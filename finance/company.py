"""What a company has decided about its invoices; kept by us, changed by its admins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from finance.bill_rules import Rule
from finance.invoice import Channel
from finance.paid_rules import PaidRule
from finance.reference import Operator

TARGET_FIELDS = ("order_reference", "buyer_reference", "reference", "note", "additional", "rows")
"""The fields of a bill that may hold a project's or a person's number, in the order they are believed (R44)."""
CHARGES, PURCHASE = "bill_of_charges", "purchase_invoice"


@dataclass(frozen=True, slots=True)
class Choices:
    """The company's own rules. Nothing here is guessed: an empty value means nobody has decided yet.

    ``default_account`` is the ledger account of a sales row that names none, by VAT percentage ("" for any rate).
    ``refused_pairs`` are (account, VAT percentage) pairs Procountor has refused before: it does not publish which are
    allowed, so a refusal is remembered and found before sending the next time.
    """

    default_account: Mapping[str, str] = field(default_factory=dict)
    default_cost_centre: str = ""
    default_channel: Channel = Channel.E_INVOICE
    default_language: str = "fi"
    default_country: str = ""
    cost_centre_dimension: str = "Kustannuspaikka"
    project_dimension: str = ""
    work_types: Mapping[str, str] = field(default_factory=dict)  # work type → product code (R17)
    units: Mapping[str, str] = field(default_factory=dict)  # the PSA's own unit words → UN/ECE code
    operators: tuple[Operator, ...] = ()  # added by the company's admins to the shipped list
    google_drive: bool = False  # attachments are added by hand in Procountor (R32)
    refused_pairs: tuple[tuple[str, Decimal], ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)  # header in the company's files → our field
    reference_hours: int = 12  # reference data older than this is fetched again before a batch
    result_channel: str = ""  # Slack channel for batch results; empty: a direct message to the sender
    largest_batch: int = 2000
    vat_statuses: Mapping[str, int] = field(default_factory=dict)  # undecided VAT case (of a bill: "bill.…") → status
    channel_language: str = "fi"  # what channels are spoken to in
    default_recipient: str = ""  # Slack user who gets the bills that name nobody (R43)
    target_fields: tuple[str, ...] = TARGET_FIELDS  # where a bill's project and person numbers are looked for, in order
    payment_types: Mapping[str, str] = field(default_factory=dict)  # the PSA's payment type → "own" or "company" (R62)
    reminder_hour: str = "08:30"  # when a digest comes unless a person has chosen another hour; local time
    vat_period: str = "month"  # how often a VAT return is given: "month", "quarter", "year", "none"
    one_person: bool = False  # a company of one: what he grants himself he may use at once (reliability.md 7)
    confirm_above: Mapping[str, str] = field(default_factory=dict)  # currency → amount that is asked about
    bill_rules: tuple[Rule, ...] = ()  # who pre-approves and approves which bills; the first that fits counts
    free_days: tuple[str, ...] = ()  # days off of the company's own, ISO 8601
    verify_and_approve: bool = False  # one human may verify (or enter) a bill and approve it (reliability.md 7)
    approve_and_send: bool = True  # one human may approve and start the transfer: it ends at a draft
    company_costs_as: str = CHARGES  # what costs paid with the company's money become: CHARGES or PURCHASE
    company_costs_per: str = "day"  # one document for each "day" they were paid on, or for each "claim"
    claims_per: str = "claim"  # one document for each "claim" (of a section), each "person", or each "receipt"
    paid_rules: tuple[PaidRule, ...] = ()  # in which channel it is told that an invoice has been paid
    paid_channel: str = ""  # the same for what no rule fits
    paid_amounts: bool = True  # whether amounts are told there
    paid_finance: bool = True  # what has no channel is told to finance, else to nobody
    decided: tuple[str, ...] = ()  # steps of the setup that an admin has looked at and left as they are
