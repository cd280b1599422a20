"""Words that people write for countries, languages, currencies, VAT categories and channels, to their codes."""

from __future__ import annotations

from finance import countries, languages
from finance.invoice import Channel
from intake.text import bare

_CHANNELS: tuple[tuple[Channel, str], ...] = (
    (Channel.E_INVOICE, "verkkolasku, e-lasku, nätfaktura, e-faktura, e-invoice, einvoice, finvoice"),
    (Channel.EMAIL, "sähköposti, e-post, epost, email, e-mail, mail"),
    (Channel.MAIL, "posti, kirje, paperi, paperilasku, post, brev, pappersfaktura, letter, paper, postal"),
    (Channel.NONE, "ei lähetetä, ei toimiteta, skickas inte, ingen, none, do not send"),
)

_CURRENCY_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "euro": "EUR", "euroa": "EUR"}
_CATEGORIES = frozenset({"S", "Z", "E", "AE", "K", "G", "O"})


def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 for a code or a name; "" for an empty text, None when it cannot be told."""
    plain = text.strip()
    if not plain:
        return ""
    return countries.find(plain) or _two_letters(plain.upper())


def language_code(text: str) -> str | None:
    """ISO 639-1 for a code ("FI", "sv-FI") or a name; "" for an empty text, None when it cannot be told."""
    plain = text.strip()
    if not plain:
        return ""
    code = plain.replace("_", "-").partition("-")[0].casefold()
    return languages.find(plain) or languages.find(code) or _two_letters(code)


def currency_code(text: str) -> str | None:
    """ISO 4217 letters for a code or a sign; "" for an empty text, None when it cannot be told."""
    plain = text.strip()
    if not plain:
        return ""
    if known := _CURRENCY_SIGNS.get(plain.casefold()):
        return known
    return plain.upper() if len(plain) == 3 and plain.isascii() and plain.isalpha() else None


def vat_category(text: str) -> str | None:
    """The EN 16931 VAT category code; "" for an empty text, None when it is not one."""
    plain = text.strip().upper()
    return plain if not plain or plain in _CATEGORIES else None


def channel(text: str) -> Channel | None:
    """The delivery channel a word names; None when it names none."""
    return _CHANNEL.get(bare(text))


def _two_letters(code: str) -> str | None:
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


_CHANNEL = {bare(w): code for code, names in _CHANNELS for w in names.split(",")}
