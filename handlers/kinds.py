"""What a batch is of decides the words: whoever handles a batch of bills is answered about bills."""

from __future__ import annotations

from dataclasses import replace

from finance.invoice import Kind
from handlers.desk import Here
from storage import runs


def about(here: Here, run: int) -> Here:
    """The same, speaking of what the company's batch ``run`` is of. Raises LookupError for a batch it does not have."""
    with here.desk.store.read() as tx:
        return of(here, runs.get(tx, here.company.id, run).kind)


def of(here: Here, kind: Kind) -> Here:
    """The same, speaking of documents of a kind."""
    return replace(here, say=here.say.about(kind))
