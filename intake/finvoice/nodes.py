"""Values taken from elements by name, each misreading a fault that names the element, its line and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lxml import etree

from finance.faults import Fact, Fault
from intake.text import lines, one_line, shown
from intake.values import Unreadable, day, number

Element = etree._Element

MOST_FAULTS = 100  # of one document; a hundred tell enough
_EXPECTED = {"number": "1234,56", "number_size": "≤ 1 000 000 000 000", "date": "CCYYMMDD"}
_OTHER_MONEY = ("OtherCurrency", "InvoiceTotalVatAccounting", "CreditLimit", "OperationLimit", "Monthly")


def source_line(element: Element) -> int:
    """The line an element begins on within its own document, from 1."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


@dataclass(slots=True)
class Source:
    """One Finvoice document under reading: where it stands in the file, and what has been found wrong with it."""

    file: str
    root: Element
    lines_before: int = 0
    number: str = ""
    faults: list[Fault] = field(default_factory=list)
    _children: dict[Element, dict[str, list[Element]]] = field(default_factory=dict)

    def below(self, parent: Element | None, path: str) -> list[Element]:
        """The elements at ``path`` ("A/B") below ``parent``, in order; none when there is no parent.

        The children of an element are sorted by name once: a row is asked for some thirty names.
        """
        found = [] if parent is None else [parent]
        for step in path.split("/"):
            found = [child for element in found for child in self._named(element).get(step, ())]
        return found

    def _named(self, element: Element) -> dict[str, list[Element]]:
        named = self._children.get(element)
        if named is None:
            named = self._children[element] = {}
            for child in element:
                named.setdefault(str(child.tag), []).append(child)
        return named

    def text(self, parent: Element | None, *paths: str) -> str:
        """The first of ``paths`` below ``parent`` that has text, on one line; "" when none has."""
        for path in paths:
            for element in self.below(parent, path):
                if found := one_line(element.text or ""):
                    return found
        return ""

    def texts(self, parent: Element | None, path: str) -> tuple[str, ...]:
        """Every text at ``path``, line breaks kept, empty ones left out."""
        return tuple(t for element in self.below(parent, path) if (t := lines(element.text or "")))

    def number_at(self, parent: Element | None, *paths: str, where: str = "") -> Decimal | None:
        """The first number at ``paths``; None when there is none, or when it is a fault."""
        for path in paths:
            for element in self.below(parent, path):
                if one_line(element.text or ""):
                    return self.number_of(element, where)
        return None

    def number_of(self, element: Element, where: str = "") -> Decimal | None:
        """The number an element holds. A lone point or comma is always the decimal sign here (Finvoice: comma)."""
        text = one_line(element.text or "")
        try:
            return number(text, sign=".,")
        except Unreadable as unreadable:
            self.fault(f"intake.element.{unreadable.reason}", element, where, text, _EXPECTED[unreadable.reason])
        return None

    def day_at(self, parent: Element | None, *paths: str, where: str = "") -> date | None:
        """The first day at ``paths`` (CCYYMMDD, also ISO and d.M.yyyy); None when there is none, or a fault."""
        for path in paths:
            for element in self.below(parent, path):
                if text := one_line(element.text or ""):
                    return self._day(element, where, text)
        return None

    def _day(self, element: Element, where: str, text: str) -> date | None:
        try:
            return day(text)
        except Unreadable:
            self.fault("intake.element.date", element, where, text, _EXPECTED["date"])
        return None

    def fault(
        self,
        code: str,
        element: Element | None = None,
        where: str = "",
        found: str = "",
        expected: str = "",
        *,
        warning: bool = False,
        **facts: Fact,
    ) -> None:
        """Notes a fault at ``element`` (the whole document when None)."""
        if len(self.faults) >= MOST_FAULTS:
            return
        at = self.root if element is None else element
        line = source_line(at) + self.lines_before
        path = self.path(at)
        about = {"number": self.number or "–", "line": line, "element": path, **facts}
        self.faults.append(
            Fault(code, where, shown(found), expected, about, file=self.file, place=path, warning=warning)
        )

    def path(self, element: Element) -> str:
        """Where an element stands below Finvoice, as "InvoiceRow[3]/RowVatRatePercent"."""
        whole = element.getroottree().getpath(element)
        return re.sub(r"^.*Finvoice(\[[0-9]+\])?/?", "", whole) or "Finvoice"

    def currencies(self) -> Iterator[tuple[str, Element]]:
        """The currency of every amount, those of other currencies' totals left out."""
        for element in self.root.iter():
            code = element.get("AmountCurrencyIdentifier")
            if code and not str(element.tag).startswith(_OTHER_MONEY) and one_line(element.text or ""):
                yield code.strip().upper(), element
