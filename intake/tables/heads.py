"""What the rows of one invoice say about the invoice: the first that says it counts, and no other may say otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finance.faults import Fault
from finance.invoice import Address, Attachment, Channel, EInvoiceAddress, Party
from intake import codes
from intake.tables.cells import Cells
from intake.tables.fields import Holds, columns
from intake.text import one_line

Value = str | Decimal | date
_BETWEEN_NAMES = re.compile(r"[;|\n]|(?<=\.\w{3})\s*,\s*|(?<=\.\w{4})\s*,\s*")


@dataclass(slots=True)
class Head:
    """The invoice's own values, gathered from its rows."""

    rows: Sequence[Cells]
    faults: list[Fault] = field(default_factory=list)
    _values: dict[str, Value] = field(default_factory=dict)

    def gather(self) -> None:
        """Reads every head field of every row; a row that contradicts an earlier one is a fault."""
        present = [c for c in columns().values() if c.head and not c.many and c.field in self.rows[0].headers.places]
        for cells in self.rows:
            for column in present:
                value = _value(cells, column.field, column.holds)
                first = self._values.get(column.field)
                if value is None or value == "":
                    continue
                if first is None:
                    self._values[column.field] = value
                elif first != value:
                    cells.fault("intake.cell.contradiction", column.field, str(value), str(first), first=str(first))

    def text(self, name: str) -> str:
        """A text field; "" when no row has it."""
        found = self._values.get(name, "")
        return found if isinstance(found, str) else ""

    def number(self, name: str) -> Decimal | None:
        """A number or percentage; None when no row has it."""
        found = self._values.get(name)
        return found if isinstance(found, Decimal) else None

    def day(self, name: str) -> date | None:
        """A day; None when no row has it."""
        found = self._values.get(name)
        return found if isinstance(found, date) else None

    def currency(self) -> str:
        """The invoice's currency (EUR when the file does not say); signs beside amounts must agree with it."""
        text = self.text("currency")
        code = codes.currency_code(text)
        if code is None:
            self.rows[0].fault("intake.cell.currency", "currency", text, "EUR")
        told = code or next((m for cells in self.rows for m in cells.marks), "EUR")
        for cells in self.rows:
            for mark, name in cells.marks.items():
                if mark != told:
                    cells.fault("intake.cell.currency", name, mark, told)
        return told

    def language(self) -> str:
        """ISO 639-1, or "" with a warning for a word that is no language we know."""
        return self._coded("language", codes.language_code(self.text("language")), "fi, sv, en")

    def channel(self) -> Channel | None:
        """The delivery channel, or None (with a warning for a word that is no channel)."""
        text = self.text("channel")
        found = codes.channel(text) if text else None
        if text and found is None:
            self.rows[0].fault("intake.cell.unknown_word", "channel", text, "", warning=True)
        return found

    def buyer(self) -> Party:
        """The buyer."""
        ovt = self.text("ovt")
        return Party(
            name=self.text("buyer_name"),
            business_id=self.text("buyer_business_id"),
            vat_number=self.text("buyer_vat_number"),
            customer_number=self.text("customer_number"),
            contact_person=self.text("buyer_contact"),
            email=self.text("buyer_email"),
            phone=self.text("buyer_phone"),
            address=self.address("buyer", self.text("buyer_name")) or Address(),
            e_invoice=EInvoiceAddress(self.text("e_invoice_operator"), self.text("e_invoice_address") or ovt, ovt),
        )

    def seller(self) -> Party:
        """The seller; empty when the file has no columns for one."""
        return Party(
            name=self.text("seller_name"),
            business_id=self.text("seller_business_id"),
            vat_number=self.text("seller_vat_number"),
            customer_number=self.text("supplier_number"),
        )

    def address(self, side: str, name: str) -> Address | None:
        """The address of ``side`` ("buyer", "billing", "delivery"), or None when every part of it is empty."""
        country = f"{side}_country"
        code = self._coded(country, codes.country_code(self.text(country)), "FI")
        parts = Address(
            name=self.text(f"{side}_name"),
            specifier=self.text(f"{side}_specifier"),
            street=self.text(f"{side}_street"),
            post_code=self.text(f"{side}_post_code"),
            city=self.text(f"{side}_city"),
            country=code,
        )
        if parts == Address():
            return None
        return Address(parts.name or name, parts.specifier, parts.street, parts.post_code, parts.city, parts.country)

    def attachments(self) -> tuple[Attachment, ...]:
        """The names of files, from every row: several in a cell are divided by a semicolon, a bar or a line break."""
        told = [cell for cells in self.rows for cell in cells.all("attachments")]
        names = [one_line(re.split(r"[/\\]", n)[-1]) for cell in told for n in _BETWEEN_NAMES.split(cell)]
        return tuple(Attachment(name) for name in dict.fromkeys(n for n in names if n))

    def _coded(self, name: str, code: str | None, expected: str) -> str:
        if code is None:
            self.rows[0].fault("intake.cell.unknown_word", name, self.text(name), expected, warning=True)
        return code or ""


def _value(cells: Cells, name: str, holds: Holds) -> Value | None:
    if holds is Holds.NUMBER:
        return cells.number(name)
    if holds is Holds.PERCENT:
        return cells.percent(name)
    return cells.day(name) if holds is Holds.DAY else cells.text(name)
