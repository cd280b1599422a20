"""What each fault of a file means and what to do about it, in Finnish, Swedish (Finland) and English."""

from intake.sentences import cells, claims, elements, files, invoices, list_cells, lists, tables

EXPLANATIONS = (
    *files.EXPLANATIONS,
    *tables.EXPLANATIONS,
    *cells.EXPLANATIONS,
    *claims.EXPLANATIONS,
    *elements.EXPLANATIONS,
    *invoices.EXPLANATIONS,
    *lists.EXPLANATIONS,
    *list_cells.EXPLANATIONS,
)

__all__ = ["EXPLANATIONS"]
