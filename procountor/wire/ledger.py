"""The ledger receipt as Procountor answers it; it goes back whole, so only what we decide by is read."""

from __future__ import annotations

from decimal import Decimal

from procountor.wire.base import Number, Text, Wire


class ItemValue(Wire):
    """An amount on an item of a dimension."""

    dimension_id: int
    item_id: int
    value: Number = Decimal(0)

    @classmethod
    def of(cls, dimension: int, item: int, value: Decimal) -> ItemValue:
        """The same from our own values."""
        return cls.model_validate({"dimensionId": dimension, "itemId": item, "value": value})


class Transaction(Wire):
    """One transaction; ``accounting_value`` is net, and negative for sales."""

    transaction_type: Text = ""
    account: Text = ""
    accounting_value: Number = Decimal(0)
    vat_percent: Decimal | None = None
    dimension_item_values: list[ItemValue] | None = None

    @property
    def is_entry(self) -> bool:
        """Accounts and dimensions belong on these, not on the reversing and reconciliation entries."""
        return self.transaction_type == "ENTRY"


class Receipt(Wire):
    version: Text
    transactions: list[Transaction]
