"""Units, countries, languages, currencies and parties by the words of a file."""

from __future__ import annotations

import pytest

from finance.invoice import Channel, EInvoiceAddress, Kind, Party
from intake import codes
from intake.ownership import Owner, identity, which_way
from intake.text import bare, lines, one_line, shown
from intake.units import unit_code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("h tunti tuntia tim timmar hour HUR Hours h. TUNTIA", "HUR"),
        ("kpl st pcs ea styck kappale C62 KPL.", "C62"),
        ("pv päivä dag day d D htp päiviä", "DAY"),
        ("km KMT kilometri kilometer", "KMT"),
        ("kk mån month MON kuukausi", "MON"),
        ("PCE", "PCE"),
        ("kg KGM", "KGM"),
        ("sessio xyz", ""),
    ],
)
def test_unit_words(words: str, code: str) -> None:
    assert {unit_code(word) for word in words.split()} == {code}


def test_an_empty_unit_is_no_unit_and_own_words_come_first() -> None:
    assert unit_code("  ") == ""
    assert unit_code("Sessio", {"sessio ": "hur"}) == "HUR"
    assert unit_code("h", {"h": "C62"}) == "C62"


@pytest.mark.parametrize(
    ("text", "code"),
    [("FI", "FI"), ("fi", "FI"), ("Suomi", "FI"), ("Sverige", "SE"), ("VIRO", "EE"), ("", ""), ("Atlantis", None)],
)
def test_countries(text: str, code: str | None) -> None:
    assert codes.country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("FI", "fi"), ("sv-FI", "sv"), ("Englanti", "en"), ("de", "de"), ("", ""), ("klingon", None)]
)
def test_languages(text: str, code: str | None) -> None:
    assert codes.language_code(text) == code


def test_currencies_categories_and_channels() -> None:
    assert [codes.currency_code(t) for t in ("€", "eur", "SEK", "", "kruunu")] == ["EUR", "EUR", "SEK", "", None]
    assert [codes.vat_category(t) for t in ("s", "AE", "", "XX")] == ["S", "AE", "", None]
    assert [codes.channel(t) for t in ("Verkkolasku", "e-post", "paperi", "kyyhky")] == [
        Channel.E_INVOICE,
        Channel.EMAIL,
        Channel.MAIL,
        None,
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2077474-0", "FI20774740"),
        ("2077474-0", "003720774740"),
        ("2077474-0", "00372077474000012"),
        ("2077474-0", " fi 2077474-0 "),
        ("114162-2", "0114162-2"),
    ],
)
def test_one_company_has_many_ids(one: str, other: str) -> None:
    assert identity(one) == identity(other)


def test_ids_that_differ_stay_apart() -> None:
    assert identity("2077474-0") != identity("2077474-1")
    assert identity("SE556677889901") == "SE556677889901"


def test_ids_come_before_names_on_both_sides() -> None:
    owner = Owner("Sama Oy", "2077474-0")
    seller = Party("Sama Oy", business_id="1572860-0")
    buyer = Party("Toinen Oy", e_invoice=EInvoiceAddress(ovt="003720774740"))
    assert which_way(seller, buyer, owner, None, "x")[0] is Kind.BILL


def test_a_foreign_company_is_known_with_and_without_its_country() -> None:
    owner = Owner("Bolaget AB", "556677889901", "SE")
    assert which_way(Party(vat_number="SE556677889901"), Party(), owner, None, "x")[0] is Kind.SALES_INVOICE


def test_text_is_made_safe_to_carry() -> None:
    assert one_line(" a\u00a0 b\n\tc\x00\u202e d ") == "a b c d"
    assert lines("a\r\n b \u200bc\r\rd") == "a\nb c\n\nd"
    assert bare("À-hinta (€)") == "àhinta"
    assert shown("x" * 100, 10) == "x" * 9 + "…"
