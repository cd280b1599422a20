"""A thousand invoices read from Finvoice, CSV and Excel; the formats against each other."""

from __future__ import annotations

import statistics

from benchmarks.figures import line, timed
from bot import practice
from intake.reading import Owner, read
from sandbox.month.files import files

OWNER = Owner("Pohjantuuli Konsultointi Oy", "2077474-0")


def main() -> None:
    """Prints the figures: seconds for a thousand invoices of each format."""
    medians = {}
    for file in files(practice.today()):
        if not file.name.endswith((".xml", ".csv", ".xlsx")):
            continue
        count = len(read(file.name, file.content, OWNER).documents)
        if count < 5:
            continue
        seconds = [s * 1000 / count for s in timed(lambda f=file: read(f.name, f.content, OWNER))]  # type: ignore[misc]
        medians[file.name] = statistics.median(seconds)
        first = next(iter(medians.values()))
        line(f"reading 1,000 invoices as {file.name}", seconds, f"{medians[file.name] / first:.2f} of the first")
