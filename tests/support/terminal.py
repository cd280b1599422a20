"""The command line in this process: what a person types and reads, with a database of one company."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from bot import cli
from storage import companies
from storage.companies import Company
from storage.database import Store


@dataclass
class Terminal:
    """Types commands into a database with one company."""

    store: Store
    company: str
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def type(self, *words: str) -> tuple[int, str]:
        """The exit code, and all that was said, on one line."""
        self.patch.setattr(sys, "argv", ["kierto", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = self.capture.readouterr()
        return code, " ".join(f"{told.out} {told.err}".split())

    @property
    def now(self) -> Company:
        with self.store.read() as tx:
            return companies.get(tx, self.company)
