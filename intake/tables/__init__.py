"""CSV and XLSX: rows under headers in three languages, gathered into invoices or into the entries of a list."""

from intake.tables.lists import Listed
from intake.tables.sheets import read_table

__all__ = ["Listed", "read_table"]
