"""Persons, users and the circulation of bills: what is asked for, and what is never even read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from procountor import circulation, persons, users
from procountor.circulation import ListIds, Named, NamedList, Settings, Substitution
from procountor.errors import Broken, Forbidden
from procountor.users import User
from tests.procountor_client.contract import Wire

CANARY = "131052-900W"
SETTINGS: dict[str, Any] = {
    "useForPurchaseInvoices": True,
    "useForTravelAndExpenseInvoices": False,
    "reminderInterval": "NEVER_HEARD_OF",
    "useDeterminedOrder": True,
    "allowPaymentOnlyWhenApproved": True,
    "allowInvoiceSpecificDiscussion": None,
    "maxVerifiers": 5,
    "verifiers": [
        {"userId": 505, "firstname": "Jussi", "surname": "Heikkinen", "orderNo": 2},
        {"userId": 504, "firstname": "Maria", "surname": "Saarinen", "orderNo": 1},
    ],
    "acceptors": None,
    "allowPersonalSubstitution": True,
    "substitutions": [
        {"userId": 503, "start": "2026-07-01", "end": "2026-07-31", "substituteForApproving": 502, "notes": CANARY},
        {"userId": 504},
    ],
}
LISTS = [{"id": 702, "name": "Hallinto", "verifiers": [502]}, {"id": 701, "name": "Projektit", "acceptors": [503]}]
ME = {
    "id": 501,
    "firstName": "Kierto",
    "lastName": "API",
    "email": "k@x.fi",
    "partnerId": 3001,
    "socialSecurityNumber": CANARY,
}


def person(id: int, **more: Any) -> dict[str, Any]:
    info = {"personNumber": str(1000 + id), "identifier": CANARY, "identifierType": "HETU", **more}
    return {"id": id, "firstName": "Matti", "lastName": "Meikäläinen", "invoicingInfo": info}


def listed(*entries: Any) -> dict[str, Any]:
    return {"results": list(entries), "meta": {"pageSize": 200}}


def test_the_settings_in_our_words(wire: Wire) -> None:
    wire.says("GET", "company/invoicecirculation/settings", json=SETTINGS)
    assert circulation.settings(wire.api) == Settings(
        bills=True,
        in_order=True,
        pay_only_approved=True,
        own_substitutes=True,
        most_verifiers=5,
        verifiers=(Named(504, "Maria", "Saarinen", 1), Named(505, "Jussi", "Heikkinen", 2)),
        substitutions=(
            Substitution(503, date(2026, 7, 1), date(2026, 7, 31), approver=502),
            Substitution(504),
        ),
    )
    assert circulation.Named(1, "Maria", "Saarinen").name == "Maria Saarinen"


def test_the_lists_by_id_and_one_with_names(wire: Wire) -> None:
    wire.says("GET", "company/invoicecirculation/verifierlists", json=LISTS)
    assert circulation.lists(wire.api) == (
        ListIds(701, "Projektit", approvers=(503,)),
        ListIds(702, "Hallinto", (502,)),
    )
    whole = {"id": 701, "name": "Projektit", "verifiers": [{"userId": 504, "firstname": "Maria"}], "acceptors": []}
    wire.says("GET", "company/invoicecirculation/verifierlists/701", json=whole)
    assert circulation.named_list(wire.api, 701) == NamedList(701, "Projektit", (Named(504, "Maria"),))


@pytest.mark.parametrize("answer", [{"results": []}, [{"name": "without an id"}], [{"id": "x"}]])
def test_lists_of_another_shape_are_broken_answers(wire: Wire, answer: Any) -> None:
    wire.says("GET", "company/invoicecirculation/verifierlists", json=answer)
    with pytest.raises(Broken) as broken:
        circulation.lists(wire.api)
    assert "without an id" not in str(broken.value)


def test_the_users_that_are_named_anywhere(wire: Wire) -> None:
    wire.says("GET", "users", json=ME)
    wire.says("GET", "company/invoicecirculation/settings", json=SETTINGS)
    wire.says("GET", "company/invoicecirculation/verifierlists", json=LISTS)
    wire.says("GET", "users/profiles/502", json={"firstname": "Anna", "surname": "Virtanen"})
    wire.says("GET", "users/profiles/503", status=404, json={"errors": [{"status": 404, "message": "User not found"}]})
    assert users.known(wire.api) == (
        User(501, "Kierto", "API", "k@x.fi", 3001),
        User(502, "Anna", "Virtanen"),
        User(504, "Maria", "Saarinen"),
        User(505, "Jussi", "Heikkinen"),
    )
    assert len(wire.requests) == 5


def test_the_keys_user_is_known_already_where_it_circulates_itself(wire: Wire) -> None:
    wire.says("GET", "users", json=ME)
    wire.says("GET", "company/invoicecirculation/settings", json={**SETTINGS, "acceptors": [{"userId": 501}]})
    wire.says("GET", "company/invoicecirculation/verifierlists", json=[])
    wire.says("GET", "users/profiles/502", json={"firstname": "Anna", "surname": "Virtanen"})
    wire.says("GET", "users/profiles/503", json={"firstname": "Kari", "surname": "Lindqvist"})
    assert users.known(wire.api)[0] == User(501, "Kierto", "API", "k@x.fi", 3001)
    assert "GET users/profiles/501" not in wire.requests


def test_where_the_circulation_is_not_to_be_seen_the_keys_user_is_all(wire: Wire) -> None:
    wire.says("GET", "users", json=ME)
    refused = {"errors": [{"status": 403, "message": "No access right"}]}
    wire.says("GET", "company/invoicecirculation/settings", status=403, json=refused)
    assert [user.id for user in users.known(wire.api)] == [501]


def test_persons_with_and_without_those_who_have_left(wire: Wire) -> None:
    wire.says("GET", "persons", json=listed(person(1), {**person(2), "registryInfo": {"active": False}}))
    wire.says("GET", "persons", json=listed())
    found = persons.all(wire.api, inactive=True)
    assert [(p.id, p.name, p.number, p.active) for p in found] == [
        (1, "Matti Meikäläinen", "1001", True),
        (2, "Matti Meikäläinen", "1002", False),
    ]
    assert "includeInactive=true" in wire.requests[0]
    assert persons.all(wire.api) == ()
    assert "includeInactive" not in wire.requests[1]


def test_an_address_needs_the_whole_entry(wire: Wire) -> None:
    whole = {**person(1), "registryInfo": {"active": True, "email": " matti@x.fi "}}
    wire.says("GET", "persons/1", json=whole)
    wire.says("GET", "persons/2", json={**person(2), "registryInfo": {"active": True}})
    wire.says("GET", "persons/3", status=404, json={"errors": [{"status": 404, "message": "Person not found"}]})
    assert [persons.email(wire.api, id) for id in (1, 2, 3)] == ["matti@x.fi", "", ""]


def test_identity_codes_are_not_read_wherever_they_stand(wire: Wire) -> None:
    wire.says("GET", "persons", json=listed(person(1), person(2, personNumber=CANARY)))
    wire.says("GET", "users", json=ME)
    wire.says("GET", "company/invoicecirculation/settings", json=SETTINGS)
    found = (persons.all(wire.api), users.me(wire.api), circulation.settings(wire.api))
    assert CANARY not in repr(found)
    assert [p.number for p in found[0]] == ["1001", ""]


def test_a_refusal_is_a_refusal(wire: Wire) -> None:
    refused = {"errors": [{"status": 403, "message": "No access right"}]}
    wire.says("GET", "persons", status=403, json=refused)
    with pytest.raises(Forbidden):
        persons.all(wire.api)
