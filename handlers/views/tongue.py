"""A reader's language: sentences from the gettext catalogues, amounts and dates as he writes them.

What is said of invoices is said of bills and claims too: ``words/bill.*.po`` has, by the sentence about an invoice, the
one about a bill, ``words/claim.*.po`` the one about a claim, and what does not stand there fits all.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, parse_pattern

from finance.faults import Fact, Words
from finance.invoice import CLAIMS, Kind

LANGUAGES = ("fi", "sv", "en")
_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en"}
_CATALOGUES = Path(__file__).parent.parent / "words"


@lru_cache(maxsize=8)
def catalogue(language: str, kind: Kind = Kind.SALES_INVOICE) -> Catalog:
    """The sentences of a language by their English text; empty for English itself.

    Of another kind of document only those that are said otherwise of it, in English too.
    """
    path = _CATALOGUES / (f"{language}.po" if kind is Kind.SALES_INVOICE else f"{_said_of(kind)}.{language}.po")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _said_of(kind: Kind) -> str:
    """Both sections of claims are spoken of alike."""
    return "claim" if kind in CLAIMS else kind.value


class Tongue:
    """Says things to one reader. ``language`` is "fi", "sv" or "en", ``zone`` his time zone, ``kind`` what it is."""

    def __init__(self, language: str, zone: str = "Europe/Helsinki", kind: Kind = Kind.SALES_INVOICE) -> None:
        self.kind = kind
        self.language = language if language in LANGUAGES else "en"
        self.locale = _LOCALES[self.language]
        self.zone = zone

    def about(self, kind: Kind) -> Tongue:
        """The same reader, told of documents of this kind."""
        return self if kind is self.kind else Tongue(self.language, self.zone, kind)

    def __call__(self, text: str, **facts: Fact) -> str:
        """The sentence whose English is ``text``, with its {places} filled."""
        found = self._turned(text) or catalogue(self.language).get(text)
        said = str(found.string) if found and found.string else text
        return self.fill(said, facts)

    def n(self, one: str, many: str, count: int, **facts: Fact) -> str:
        """The sentence for ``count`` things; {n} is the count."""
        found = self._turned(one) or catalogue(self.language).get(one)
        forms = found.string if found and isinstance(found.string, tuple) and all(found.string) else (one, many)
        return self.fill(forms[0] if count == 1 else forms[1], {**facts, "n": count})

    def words(self, words: Words, facts: dict[str, Fact]) -> str:
        """A sentence kept side by side in three languages. A fact it names and nobody gave shows as a dash."""
        return self.fill(self.turned(words).by(self.language), facts)

    def turned(self, words: Words) -> Words:
        """These words as they are said of the documents it is about."""
        found = self._turned(words.en)
        return Words(*(str(found.string) for _ in LANGUAGES)) if found else words

    def _turned(self, text: str) -> Message | None:
        found = None if self.kind is Kind.SALES_INVOICE else catalogue(self.language, self.kind).get(text)
        return found if found and found.string else None

    def fill(self, said: str, facts: dict[str, Fact]) -> str:
        return said.format_map(_Shown(self, facts))

    def shown(self, fact: Fact) -> str:
        """A fact as this reader writes it; a number without zeros that say nothing: 25,5, not 25,50."""
        if isinstance(fact, datetime):
            return self.moment(fact)
        if isinstance(fact, date):
            return format_date(fact, "d.M.yyyy", locale=self.locale)
        if isinstance(fact, bool) or not isinstance(fact, int | Decimal):
            return str(fact)
        return self._number(fact, 0)

    def amount(self, amount: Decimal) -> str:
        """A sum of money without its currency: two decimals, more only when it has more (a price of 0,125)."""
        return self._number(amount, 2)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with two decimals and its currency: 1 234,50 € to a Finn."""
        pattern = "#,##0.00 ¤" if currency == "EUR" else "#,##0.00"
        shown = _pattern(pattern).apply(amount, _locale(self.locale), currency="EUR", currency_digits=False)
        return shown if currency == "EUR" else f"{shown}\N{NO-BREAK SPACE}{currency}"

    def _number(self, value: int | Decimal, least: int) -> str:
        if isinstance(value, Decimal) and not value.is_finite():
            return str(value)
        if isinstance(value, int) and not least and 0 <= value < 1000:
            return str(value)  # alike in every language, and most of what is counted
        places = max(0, -int(value.normalize().as_tuple().exponent)) if isinstance(value, Decimal) else 0
        digits = min(max(places, least), 28)
        return format_decimal(value, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=self.locale)

    def moment(self, at: datetime) -> str:
        """An instant in the reader's own time."""
        local = at.replace(tzinfo=at.tzinfo or UTC).astimezone(ZoneInfo(self.zone))
        return (
            f"{format_date(local.date(), 'd.M.', locale=self.locale)} {format_time(local, 'HH:mm', locale=self.locale)}"
        )


_locale = lru_cache(maxsize=8)(Locale.parse)
_pattern = lru_cache(maxsize=8)(parse_pattern)


class _Shown(dict[str, str]):
    """Fills a place with its fact, or with a dash: a missing fact must not cost the reader the sentence."""

    def __init__(self, tongue: Tongue, facts: dict[str, Fact]) -> None:
        super().__init__({key: tongue.shown(fact) for key, fact in facts.items()})

    def __missing__(self, key: str) -> str:
        return "–"
