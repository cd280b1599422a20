"""What admins fill in and press: refused at its field, pressed twice, or sent when what it was about is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from finance.authority import Right
from finance.bill_rules import Rule
from finance.canonical import dump
from finance.paid_rules import PaidRule
from finance.reference import Product, Reference
from handlers import bill_rules, fetch_bills, fetch_sales, giving, rights_plan
from handlers import company as company_
from handlers.chat import ChatTrouble
from handlers.checks import connection
from handlers.probing import Outcome, Probe
from handlers.rights_plan import Held, Line, Plan
from handlers.settings import Form
from handlers.steps import Look
from handlers.taking_in import UNMAPPED
from handlers.views import paid_rules
from handlers.views.columns import Unmapped
from handlers.views.rights_plans import Left
from handlers.views.settings import Part
from handlers.views.settings_forms import product
from handlers.views.tongue import Tongue
from intake.rights_table import Entry
from procountor.errors import Unsure
from storage import companies, members, references, rights, webhooks
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AWAY, STRANGER, Spoken, spoken

PRODUCTS = (Product(1, "KONS", "Konsultointi"), Product(2, "VANHA", "Vanha", active=False))
FETCHED = datetime(2026, 6, 1, tzinfo=UTC)
ONE_OF = "Choose one of these."


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoken]:
    with spoken(tmp_path_factory.mktemp("settings")) as found:
        yield found


@pytest.fixture
def house(opened: Spoken) -> Iterator[Spoken]:
    """The company's rules are as before afterwards."""
    before = opened.company.choices
    opened.asked.calls()
    yield opened
    with opened.write() as tx:
        companies.choose(tx, opened.id, before)


def filled(house: Spoken, part: Part, *keys: str, listed: bool = False, **values: str) -> str:
    """A form of the settings, filled in."""
    meta = house.handle("settings.form", Form(part, listed, keys).subject)
    return house.say("form", f"settings.{part.value.replace(' ', '_')}", ANNA, meta=meta, values=values, view="V1")


def test_before_anything_was_fetched_no_word_is_compared_and_no_list_offered(house: Spoken) -> None:
    """First of all: the registers come with the tests below."""
    assert "KONS" in house.say("command", "map worktype", text="Konsultointi KONS")
    assert house.company.choices.work_types == {"Konsultointi": "KONS"}
    told = house.press("percents.compare", "percents")
    assert "The registers have not been fetched from Procountor yet." in told
    meta = house.handle("settings.form", Form(Part.WORK_TYPES, False, ("Konsultointi",)).subject)
    assert house.say("options", product(0), meta=meta) == ""


MESSAGES = {"reminder_hour": "08:30", "channel_language": "fi", "default_language": "fi", "vat_period": "month"}
CLAIMS = {"claims_per": "claim", "company_costs_per": "day", "company_costs_as": "charges"}


def test_what_does_not_fit_is_said_at_its_field_and_what_fits_is_kept(house: Spoken) -> None:
    assert "Write the time like this: 08:30" in filled(house, Part.MESSAGES, **MESSAGES | {"reminder_hour": "8:30"})
    assert filled(house, Part.MESSAGES, **MESSAGES | {"vat_period": "week"}) == f"vat_period: {ONE_OF}"
    offered = {name: getattr(house.company.choices, name) for name in CLAIMS}
    for name in CLAIMS:
        assert filled(house, Part.CLAIMS, **offered | {name: "never"}) == f"{name}: {ONE_OF}"
    assert filled(house, Part.CLAIMS, **offered | {"claims_per": "person"}) == ""
    assert house.company.choices.claims_per == "person"
    targets = {f"target_fields.{n}": "" for n in range(3)}
    assert "Choose at least one." in filled(house, Part.BILLS, **targets)
    assert "Expense and travel claims" in house.press("settings.part", f"list|{Part.CLAIMS.value}", view="V1")


def test_accounts_and_products_are_those_of_the_books(house: Spoken) -> None:
    with house.write() as tx:
        references.keep(tx, house.id, Reference(1, "Yhtiö Oy", "2077474-0", FETCHED, products=PRODUCTS))
    assert filled(house, Part.ACCOUNTS, "25.5", **{"settings.account.0": ""}) == "", "there are no dimensions to choose"
    assert "not in use in Procountor" in filled(house, Part.WORK_TYPES, "Koulutus", **{product(0): "VANHA"})
    assert filled(house, Part.WORK_TYPES, "Koulutus", **{product(0): "KONS"}) == ""
    assert house.company.choices.work_types == {"Koulutus": "KONS"}
    meta = house.handle("settings.form", Form(Part.WORK_TYPES, False, ("Koulutus",)).subject)
    assert "KONS" in house.say("options", product(0), meta=meta)
    assert house.say("options", product(5), meta=meta) == "", "the form has no such place"


def test_rules_for_bills_have_names_of_their_own_and_are_not_endless(house: Spoken) -> None:
    house.choose(bill_rules=(Rule("Isot"),))
    wanted = {"least": "", "signatures": "1", "name": "isot"}
    unnamed = "name: Give the rule a name that no other rule has."
    assert house.send("rule.keep", "new", ANNA, **wanted) == unnamed
    assert house.send("rule.keep", "new", ANNA, **wanted | {"name": " "}) == unnamed
    house.choose(bill_rules=tuple(Rule(f"Sääntö {n}") for n in range(bill_rules.MOST)))
    assert "as many as there can be" in house.send("rule.keep", "new", ANNA, **wanted)
    handle = house.handle("rule.remove", "Sääntö 1")
    for left in (bill_rules.MOST - 1, bill_rules.MOST - 1):
        told = house.say("click", "rule.remove", value=handle, view="V1")
        assert "Sääntö 2" in told
        assert "Sääntö 1\n" not in told
        assert len(house.company.choices.bill_rules) == left


def test_a_rule_for_a_channel_is_whole_kept_once_and_not_endless(house: Spoken) -> None:
    wanted = {"projects": "P-1001", "customers": "", "channel": "C1"}

    def keep(**changed: str) -> str:
        meta = house.handle("paid.form", "")
        return house.say("form", "paid.keep_rule", meta=meta, values=wanted | changed, view="V1")

    assert keep(channel="") == "channel: Choose a channel"
    for _ in range(2):
        assert "Saved." in keep()
        assert house.company.choices.paid_rules == (PaidRule("C1", ("P-1001",)),)
    house.choose(paid_rules=tuple(PaidRule(f"C{n}", ("P-1",)) for n in range(paid_rules.MOST)))
    assert "as many as there can be" in keep()


def test_the_same_address_keeps_its_secret(house: Spoken) -> None:
    def keep(url: str) -> str:
        meta = house.handle("paid.form", "")
        return house.say("form", "hook.keep", meta=meta, values={"url": url}, view="V1")

    assert "secret" in keep("https://psa.example.fi/hook").casefold()
    noted = house.trail().count("webhook.set")
    assert "Saved" not in keep("https://psa.example.fi/hook")
    assert house.trail().count("webhook.set") == noted
    with house.read() as tx:
        assert webhooks.url(tx, house.id) == "https://psa.example.fi/hook"


def test_a_word_that_stands_already_is_not_kept_again(house: Spoken) -> None:
    assert "Firmakortti" in house.say("command", "map paymenttype", text="Firmakortti company")
    before = house.trail()
    assert "Firmakortti" not in house.say("command", "map paymenttype", text="Firmakortti company")
    assert house.trail() == before


def test_columns_are_mapped_by_those_who_may_bring_the_file(house: Spoken) -> None:
    house.give(MIKA, Right.ADMIN)
    with house.write() as tx:
        references.mark(tx, house.id, f"{UNMAPPED}f1", dump(Unmapped(("number",), ("Nro",))))
    told = house.say("form", "columns.keep", MIKA, meta=house.handle("columns.map", "f1"), values={}, view="V1")
    assert "do not have the right" in told
    assert house.asked.calls() == []


# rights


def test_a_plan_is_carried_out_once_however_often_and_needs_a_limit_that_can_be_read(house: Spoken) -> None:
    house.give(SAM)
    grants = giving.mark(())
    plan = Plan("oikeudet.csv", (Line(SAM, grants, (), (Held(Right.RECEIVE),)),))
    with house.write() as tx:
        id = rights_plan.keep(tx, house.id, ANNA, plan)
    for _ in range(2):
        assert "1 person has the rights now" in house.do("rights.carry", TEAM, ANNA, id)
    assert [name for name, *_ in house.asked.calls()].count("rights.tell") == 1
    asked = replace(plan, ask=True, lines=(Line(SAM, grants, (), (Held(Right.APPROVE),)),))
    with house.write() as tx:
        id = rights_plan.keep(tx, house.id, ANNA, asked)
    assert "Write up to how much" in house.send("rights.apply", id, ANNA, limits="")
    with house.read() as tx:
        assert Right.APPROVE not in rights.holder(tx, house.id, TEAM, SAM).rights


def test_a_file_of_rights_knows_people_by_their_ids_and_limits_by_their_rights(house: Spoken) -> None:
    given = {Right.APPROVE: False}
    with house.read() as tx:
        assert rights_plan._user(tx, house.id, TEAM, MIKA, {MIKA: True}) == MIKA
        assert rights_plan._user(tx, house.id, TEAM, "U0GONE", {MIKA: True}) == ""
    _, remark = rights_plan._wished(Entry(2, MIKA, given, {Right.APPROVE: "EUR 500"}), {})
    assert remark is not None
    assert (remark.why, remark.row) == (Left.NO_RIGHT, 2)


def test_the_form_of_somebody_slack_does_not_know_says_so(house: Spoken) -> None:
    assert "There is nobody of that name" in house.say("command", "rights", text=f"<@{STRANGER}>")
    with house.refusing(open=AWAY), pytest.raises(ChatTrouble):
        house.say("command", "rights", text=f"<@{MIKA}>")
    assert f"@{MIKA}" in house.press("rights.change", MIKA, view="V1")
    assert not giving.vouched(house.room, STRANGER)  # type: ignore[arg-type]
    with house.refusing(profile=AWAY), pytest.raises(ChatTrouble):
        giving.vouched(house.room, MIKA)  # type: ignore[arg-type]


def test_a_company_left_in_the_moment_of_the_choice_is_not_gone_to(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = members.choose

    def taken_away(tx: Any, *args: Any, **chosen: Any) -> None:
        choose(tx, *args, **chosen)
        companies.place(tx, house.id, None)

    monkeypatch.setattr(company_.members, "choose", taken_away)
    try:
        assert "no longer in use" in house.press("company.be", house.id)
    finally:
        with house.write() as tx:
            companies.place(tx, house.id, TEAM)


# the checklist, and looking into Procountor


@pytest.mark.parametrize(
    ("company", "probe", "told"),
    [
        ({"team": ""}, None, "The company has no Slack workspace."),
        ({}, {"role": "Pääkäyttäjä"}, "This is a main user’s key"),
    ],
)
def test_the_steps_of_the_connection_say_what_is_odd(
    house: Spoken, company: dict[str, str], probe: dict[str, str] | None, told: str
) -> None:
    it = replace(house.company, **company)
    known = {"probe": Probe(house.now, Outcome.OK, "Kirsi", **probe)} if probe else {}
    step = (connection.key_rights if probe else connection.installed)(Look(house.desk, it, Tongue("en"), known))
    assert told in step.told


def test_looking_at_a_word_says_what_came_or_that_nothing_did(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = [2, 0]

    def look(*_: object, **__: object) -> int:
        if not found:
            raise Unsure("no answer")
        return int(found.pop(0))

    monkeypatch.setattr(fetch_sales.sales_read, "look", look)
    assert "2 things are new" in house.say("command", "fetch payments")
    assert "No sent invoice has news" in house.say("command", "fetch payments")
    assert house.say("command", "fetch payments").count("did not answer") == 1
    monkeypatch.setattr(fetch_bills, "look", look)
    assert house.say("command", "fetch bills").count("did not answer") == 1
