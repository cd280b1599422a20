"""What a company has decided about its invoices; kept by us, changed by its admins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from finance.invoice import Channel
from finance.reference import Operator


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
    vat_statuses: Mapping[str, int] = field(default_factory=dict)  # undecided VAT case (finance.vat.VatCase) → status
