"""Finvoice 1.2 to 3.0, bare or behind SOAP, into invoices."""

from intake.finvoice.documents import read_finvoice

__all__ = ["read_finvoice"]
