"""CSV and XLSX: rows under headers in three languages, gathered into invoices."""

from intake.tables.documents import read_table

__all__ = ["read_table"]
