"""The words that messages are made of: names of fields, heads of faults, amounts, and foreign text made harmless."""

from __future__ import annotations

import types
from dataclasses import fields as members
from dataclasses import is_dataclass, replace
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any, get_args, get_origin, get_type_hints

import pytest
import views_facts as facts
from hypothesis import given
from hypothesis import strategies as st

from finance import fields as places
from finance.changes import Change
from finance.explain import all_explanations
from finance.faults import Fault
from finance.invoice import Invoice
from finance.problems import codes
from finance.transfer import Problem
from handlers.views import blocks, causes, fields, mending
from handlers.views.batch import Stand
from handlers.views.entries import by_cause
from handlers.views.tongue import Tongue
from handlers.views.wordlists import wordlist
from sandbox.slack.mrkdwn import parse, plain_text

LANGUAGES = ("fi", "sv", "en")
NBSP = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "amount", "currency", "shown"),
    [
        ("fi", "2678.4", "EUR", "2 678,40 €"),
        ("sv", "2678.4", "EUR", "2 678,40 €"),
        ("en", "2678.4", "EUR", "2,678.40 €"),
        ("fi", "-1234567.005", "EUR", "-1 234 567,00 €"),
        ("fi", "2678.4", "SEK", "2 678,40 SEK"),
        ("en", "2678", "USD", "2,678.00 USD"),
    ],
)
def test_money(language: str, amount: str, currency: str, shown: str) -> None:
    assert plain(Tongue(language).money(Decimal(amount), currency)) == shown


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (Decimal("25.50"), "25,5"),
        (Decimal("14"), "14"),
        (Decimal("1E+1"), "10"),
        (Decimal("NaN"), "NaN"),
        (1234, "1 234"),
        (True, "True"),
        (date(2025, 11, 3), "3.11.2025"),
        ("1234", "1234"),
    ],
)
def test_facts(fact: Any, shown: str) -> None:
    assert plain(Tongue("fi").shown(fact)) == shown


@pytest.mark.parametrize(("amount", "shown"), [("1250", "1 250,00"), ("0.125", "0,125"), ("3.1", "3,10")])
def test_amounts_without_currency(amount: str, shown: str) -> None:
    assert plain(Tongue("fi").amount(Decimal(amount))) == shown


def test_money_facts_of_a_sentence_have_cents_and_percentages_do_not() -> None:
    cause = causes.of_fault(Tongue("fi"), facts.sums()[1])
    assert "2 678,40 €" in plain(cause.says)
    assert "25,5 %" in cause.says


@given(st.text(alphabet=st.sampled_from(list("aå1 *_~`:@<>&!|#\n\t\u200b\u202e")), max_size=40))
def test_safe_text_is_text_and_nothing_else(text: str) -> None:
    nodes = parse(f"x {blocks.safe(text)} y")
    assert {node.kind for node in nodes} == {"text"}
    back = str.maketrans({"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`", blocks.JOINER: None})
    assert plain_text(blocks.safe(text)).translate(back) == blocks.clean(text)
    assert {node.kind for node in parse(blocks.safe(text))} <= {"text"}


@pytest.mark.parametrize("text", ["laskut@yritys.fi", "LASKU_1042_b", "3000"])
def test_safe_text_can_be_copied(text: str) -> None:
    assert blocks.safe(text) == text


@given(st.text(max_size=200), st.integers(2, 30))
def test_a_cut_never_cuts_through_an_entity(text: str, most: int) -> None:
    made = blocks.cut(blocks.safe(text, 300), most)
    assert len(made) <= most
    assert "&" not in plain_text(made).replace("&", "", plain_text(blocks.safe(text, 300)).count("&"))


def test_paragraphs_lose_nothing() -> None:
    lines = [f"{n} " + "x" * (n % 90) for n in range(500)]
    told = [block["text"]["text"] for block in blocks.paragraphs(lines)]
    assert "\n".join(told).split("\n") == lines
    assert max(map(len, told)) <= blocks.SECTION


def test_every_fault_with_a_value_in_its_sentence_has_a_head() -> None:
    heads = wordlist("heads")
    ours = [row for row in all_explanations() if not row.code.startswith("problem.")]
    varying = {row.code for row in ours if any(name for _, name, _, _ in Formatter().parse(row.says.en))}
    assert sorted(code for code in varying if causes.of_fault(Tongue("en"), Fault(code)).group not in heads) == []
    assert sorted(heads.keys() - {row.code for row in ours} - {"sum"}) == []
    assert [code for code, words in heads.items() if words.en[-1] in ".:" or not all((words.fi, words.sv))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_without_its_facts_is_told_in_whole_sentences(language: str) -> None:
    for row in all_explanations():
        if row.code.startswith("problem."):
            continue
        told = causes.of_problem(Tongue(language), Problem(row.code, "lines[3].account", "", 0))
        for text in (told.says, told.do):
            assert "…" not in text, row.code
            assert "–" not in text.replace("0–100", "").replace("4–20", ""), row.code
            assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words_and_its_code_only_beside_them(language: str) -> None:
    problems = [*facts.PROBLEMS, *(Problem(code, "", "ł", 400) for code in codes())]
    for problem in problems:
        told = causes.of_problem(Tongue(language), problem)
        assert told.says.count("(") <= 2
        assert problem.code not in told.says + told.do
        assert told.says.endswith((".", "?"))


def test_a_row_is_named_once() -> None:
    told = causes.of_problem(Tongue("fi"), Problem("ERROR_VATSTATUS_VATPERC", "invoiceRows[2].vatStatus", "", 400))
    assert told.says == "ALV-käsittely ja ALV-prosentti eivät sovi yhteen (rivi 3)."
    told = causes.of_problem(Tongue("fi"), Problem("INVALID_VALUE", "invoiceRows[2].unit", "", 400))
    assert told.says == "Procountor ei hyväksynyt tätä tietoa: rivi 3, yksikkö."


def leaves(kind: Any, path: str) -> list[str]:
    """Every path of an invoice that a change or a fix may name."""
    bare = next((a for a in get_args(kind) if a is not type(None)), kind) if isinstance(kind, types.UnionType) else kind
    if get_origin(bare) is tuple:
        return leaves(get_args(bare)[0], f"{path}[0]")
    if not is_dataclass(bare):
        return [path]
    hints = get_type_hints(bare)
    return [p for f in members(bare) for p in leaves(hints[f.name], f"{path}.{f.name}" if path else f.name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name(language: str) -> None:
    say = Tongue(language)
    ours = leaves(Invoice, "")
    theirs = [place.path for name in (*places._INVOICE, *places._ROW) if (place := places.place(name)).path]
    named = {path: fields.name(say, path) for path in (*ours, *theirs)}
    assert [path for path, name in named.items() if not name or "_" in name or "{" in name] == []
    assert len({name for path, name in named.items() if path.startswith("lines")}) > 15


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("lines[2].unit_price", "rivi 3, yksikköhinta"),
        ("lines[0]", "rivi 1"),
        ("buyer.e_invoice.operator", "ostaja, verkkolaskuvälittäjä"),
        ("buyer.e_invoice.address", "ostaja, verkkolaskuosoite"),
        ("buyer.address.city", "ostaja, postitoimipaikka"),
        ("delivery_address.country", "toimitusosoite, maa"),
        ("billing_address", "laskutusosoite"),
        ("payment.due", "eräpäivä"),
        ("stated.gross", "tiedoston loppusumma"),
        ("attachments[a.b].name", "liite"),
        ("payment.discounts[0].percent", "käteisalennus"),
        ("choices.work_types[koulutus.x]", "tuote"),
        ("moon", ""),
    ],
)
def test_names_of_fields(path: str, name: str) -> None:
    assert fields.name(Tongue("fi"), path) == name


def test_a_change_of_a_field_without_a_name_is_told_all_the_same() -> None:
    assert fields.change(Tongue("fi"), Change("moon", "a", "b")) == "Muu tieto: a → b"


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("lines[0].quantity", "x", "“x” is not a number."),
        ("payment.due", "x", "“x” is not a date. Write it like this: 31.12.2026"),
        ("language", "x\n", "“x” does not fit here."),
        ("language", " ", "Something must be given here."),
    ],
)
def test_what_does_not_fit(path: str, typed: str, told: str) -> None:
    assert mending.unfit(Tongue("en"), path, typed) == told


def test_one_root_is_one_cause() -> None:
    entry = facts.entry(1, Stand.FAULTY, faults=(*facts.sums(), facts.DUE))
    told = causes.of_entry(Tongue("en"), entry)
    assert [cause.code for cause in told] == ["sum.line_net", "date.due_before_issued"]
    assert "2 other sums differ too." in told[0].says


def test_invoices_with_one_fault_over_different_values_are_told_apart() -> None:
    two = [facts.entry(d, Stand.FAULTY, faults=(facts.operator(f"X{d}"),)) for d in (1, 2)]
    assert by_cause(Tongue("en"), two, causes.of_entry) == [
        "• *2* · The e-invoice operator is not known: 1040 (“X1”), 1041 (“X2”)"
    ]
    same = [replace(entry, faults=(facts.operator("X"),)) for entry in two]
    assert by_cause(Tongue("en"), same, causes.of_entry)[0].endswith("(1040, 1041)")
