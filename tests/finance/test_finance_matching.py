"""Who is who, as tables and as properties: certain only by an address or the PSA's note, one to one, in any order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.faces import Apart, Conflict, Face, Key, Matching, Side, Somebody, Why
from finance.matching import match
from finance.names import likeness, loose, spelled
from finance.people import address
from finance.proposing import LEAST
from finance.waiting import Kind, Tally, tally, waiting

S, A, P, U = Side.SLACK, Side.PSA, Side.PERSON, Side.USER

ANNA = Face(S, "U1", "Anna Virtanen", "anna@x.fi")
ANNA_PSA = Face(A, "h1", "Anna Virtanen", "anna@x.fi", number="1001")
ANNA_PERSON = Face(P, "3001", "Anna Virtanen", "", number="1001")
ANNA_USER = Face(U, "502", "Anna Virtanen", "", person="3001")


def found(*faces: Face, bound: Iterable[tuple[Face, ...]] = (), apart: Iterable[tuple[Face, ...]] = ()) -> Matching:
    held = [tuple(face.key for face in group) for group in bound]
    parted: frozenset[Apart] = frozenset(frozenset(face.key for face in pair) for pair in apart)
    return match(faces, held, parted)


def groups(matching: Matching) -> set[frozenset[str]]:
    """Who is one, by ids."""
    return {frozenset(face.id for face in one.faces) for one in matching.people}


def proposed(matching: Matching) -> set[frozenset[str]]:
    return {frozenset(id for _, id in proposal.keys) for proposal in matching.proposals}


def whys(matching: Matching) -> list[Why]:
    return [conflict.why for conflict in matching.conflicts]


def test_everything_that_is_certain_becomes_one() -> None:
    matching = found(ANNA, ANNA_PSA, ANNA_PERSON, ANNA_USER)
    assert groups(matching) == {frozenset({"U1", "h1", "3001", "502"})}
    assert sorted(link.by for link in matching.people[0].links) == ["email", "id", "number"]
    assert (matching.proposals, matching.conflicts) == ((), ())


# what the faces have in common, and whether that is certain
CERTAIN: dict[str, tuple[Face, Face, bool]] = {
    "equal addresses": (ANNA, ANNA_PSA, True),
    "another case and blanks": (replace(ANNA, email=" Anna@X.FI "), ANNA_PSA, True),
    "a dot more": (replace(ANNA, email="an.na@x.fi"), ANNA_PSA, False),
    "a plus address": (replace(ANNA, email="anna+slack@x.fi"), ANNA_PSA, False),
    "another domain": (replace(ANNA, email="anna@x.se"), ANNA_PSA, False),
    "no addresses but equal names": (replace(ANNA, email=""), replace(ANNA_PSA, email=""), False),
    "both addresses empty": (replace(ANNA, email="", name="Bo Ek"), replace(ANNA_PSA, email=""), False),
    "equal addresses and other names": (replace(ANNA, name="Bo Ek"), ANNA_PSA, True),
    "who has left": (ANNA, replace(ANNA_PSA, there=False), False),
    "a guest": (replace(ANNA, there=False), ANNA_PSA, False),
    "the number and the name": (replace(ANNA_PSA, email=""), ANNA_PERSON, True),
    "the number and a turned name": (replace(ANNA_PSA, email="", name="Virtanen Anna"), ANNA_PERSON, True),
    "the number and another name": (replace(ANNA_PSA, email="", name="Bo Ek"), ANNA_PERSON, False),
    "the number in other letters": (replace(ANNA_PSA, number="A1"), replace(ANNA_PERSON, number="a1 "), True),
    "a number that only looks alike": (replace(ANNA_PSA, number="1001"), replace(ANNA_PERSON, number="01001"), False),
    "no numbers": (replace(ANNA_PSA, number=""), replace(ANNA_PERSON, number=""), False),
    "the user's own entry": (ANNA_PERSON, ANNA_USER, True),
    "the user of another entry": (ANNA_PERSON, replace(ANNA_USER, person="3002"), False),
}


@pytest.mark.parametrize("case", CERTAIN)
def test_what_is_certain(case: str) -> None:
    one, other, certain = CERTAIN[case]
    assert (len(found(one, other).people) == 1) is certain
    assert groups(found(one, other)) == groups(found(other, one))


def test_an_address_that_two_have_proves_nothing() -> None:
    twin = replace(ANNA_PSA, id="h2", number="")
    matching = found(ANNA, ANNA_PSA, twin)
    assert groups(matching) == {frozenset({"U1"}), frozenset({"h1"}), frozenset({"h2"})}
    assert whys(matching) == [Why.SHARED_EMAIL]


def test_a_number_that_two_have_proves_nothing() -> None:
    matching = found(ANNA_PERSON, replace(ANNA_PSA, email=""), replace(ANNA_PSA, id="h2", email=""))
    assert whys(matching) == [Why.SHARED_NUMBER]
    assert len(matching.people) == 3


def test_a_number_of_another_name_is_told() -> None:
    assert whys(found(ANNA_PERSON, replace(ANNA_PSA, email="", name="Bo Ek"))) == [Why.OTHER_NAME]
    same = replace(ANNA_PERSON, email="anna@x.fi")
    assert whys(found(same, replace(ANNA_PSA, name="Anna Ek"))) == []


def test_ways_that_lead_to_two_of_a_system_join_nobody() -> None:
    """The address leads to one person of Procountor's and the number to another."""
    other = Face(P, "3002", "Anna Virtanen", "anna@x.fi", number="9")
    matching = found(ANNA, ANNA_PSA, ANNA_PERSON, other)
    assert all(len(one.faces) == 1 for one in matching.people)
    assert whys(matching) == [Why.SEVERAL]


def test_what_was_said_before_stays() -> None:
    stranger = Face(S, "U2", "Bo Ek", "bo@y.fi")
    matching = found(ANNA, ANNA_PSA, ANNA_PERSON, stranger, bound=[(stranger, ANNA_PSA)])
    assert frozenset({"U2", "h1"}) in groups(matching)
    assert frozenset({"U1"}) in groups(matching)
    assert whys(matching) == [Why.SEVERAL]


def test_who_was_parted_is_not_joined_again_not_even_over_a_third() -> None:
    parted = found(ANNA, ANNA_PSA, apart=[(ANNA, ANNA_PSA)])
    assert len(parted.people) == 2
    assert parted.proposals == ()
    person = replace(ANNA_PERSON, email="anna@x.fi")
    over = found(ANNA, ANNA_PSA, person, apart=[(ANNA, ANNA_PSA)])
    assert all({S, A} - one.sides for one in over.people)
    joined = found(ANNA, ANNA_PSA, bound=[(ANNA, ANNA_PSA)], apart=[(ANNA, ANNA_PSA)])
    assert len(joined.people) == 1


def test_none_of_the_companys_people_is_neither_joined_nor_proposed() -> None:
    matching = found(ANNA, ANNA_PSA, replace(ANNA_PERSON, number=""), apart=[(ANNA,)])
    assert frozenset({"U1"}) in groups(matching)
    assert all("U1" not in ids for ids in proposed(matching))
    assert [w.kind for w in waiting(matching)] == [Kind.PROPOSED]


def test_a_conflict_is_over_when_all_in_it_are_settled() -> None:
    twin = replace(ANNA_PSA, id="h2", number="")
    other = Face(S, "U2", "Toinen Anna")
    settled = found(ANNA, ANNA_PSA, twin, other, bound=[(ANNA, ANNA_PSA), (other, twin)])
    assert settled.conflicts == ()


ALIKE = [
    ("Anna Virtanen", "Virtanen Anna", True),
    ("Anna Virtanen", "Virtanen, Anna", True),
    ("ANNA VIRTANEN", "anna virtanen", True),
    ("Åsa Öhman", "Asa Ohman", True),
    ("Päivi Mäkelä", "Paivi Makela", True),
    ("Søren Ærø", "Soren Aero", True),
    ("Anna-Maria Mäkelä", "Annamaria Mäkelä", True),
    ("Anna-Maria Mäkelä", "Anna Mäkelä", True),
    ("Anna Virtanen-Ek", "Anna Ek", True),
    ("A. Virtanen", "Anna Virtanen", True),
    ("Anna Virtannen", "Anna Virtanen", True),
    ("Anna Virtanen", "Anne Virtanen", False),
    ("Anna Virtanen", "Mika Virtanen", False),
    ("Anna Virtanen", "Anna Lahtinen", False),
    ("A. V.", "Anna Virtanen", False),
    ("Anna", "Anna Virtanen", False),
    ("", "Anna Virtanen", False),
    ("Kari Lindqvist", "Mikael Lindqvist", False),
    ("Juha Niemi", "Juha Nieminen", False),
]


@pytest.mark.parametrize(("one", "other", "like"), ALIKE)
def test_names(one: str, other: str, like: bool) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) >= LEAST) is like
    assert 0 <= likeness(one, other) <= 100


@pytest.mark.parametrize(
    ("email", "name", "wide"),
    [
        ("anna.virtanen@x.fi", "anna virtanen", "annavirtanen@x.fi"),
        ("Anna_Virtanen+slack@X.fi", "anna virtanen", "anna_virtanen@x.fi"),
        ("anna@x.fi", "", "anna@x.fi"),
        ("", "", ""),
        ("@x.fi", "", ""),
        ("anna", "", ""),
    ],
)
def test_what_an_address_tells(email: str, name: str, wide: str) -> None:
    assert (spelled(email), loose(email)) == (name, wide)


def test_names_are_proposed_and_the_likest_wins() -> None:
    slack = Face(S, "U1", "Virtanen Anna", "av@y.fi")
    matching = found(slack, ANNA_PSA, Face(A, "h2", "Hanna Virtanen"), Face(A, "h3", "Anna Laine"))
    assert proposed(matching) == {frozenset({"U1", "h1"})}
    assert groups(matching) == {frozenset({i}) for i in ("U1", "h1", "h2", "h3")}


def test_two_of_one_name_are_not_proposed_to_one() -> None:
    matching = found(Face(S, "U1", "Anna Virtanen"), ANNA_PSA, replace(ANNA_PSA, id="h2", email="", number=""))
    assert matching.proposals == ()


def test_one_proposal_joins_all_its_systems() -> None:
    matching = found(
        Face(S, "U1", "Anna Virtanen"),
        replace(ANNA_PSA, number=""),
        replace(ANNA_PERSON, number=""),
        replace(ANNA_USER, person=""),
    )
    assert proposed(matching) == {frozenset({"U1", "h1", "3001", "502"})}
    assert matching.proposals[0].likeness == 100


def test_the_spelling_of_an_address_and_its_dots_are_proposals() -> None:
    spelled_ = found(Face(S, "U1", "av", "anna.virtanen@gmail.example"), ANNA_PSA)
    assert proposed(spelled_) == {frozenset({"U1", "h1"})}
    dotted = found(Face(S, "U1", "av", "an.na+slack@x.fi"), ANNA_PSA)
    assert proposed(dotted) == {frozenset({"U1", "h1"})}
    assert spelled_.proposals[0].likeness < 100


def test_who_waits_and_how_far_it_is() -> None:
    left = Face(A, "h9", "Left Lately", there=False)
    own = Face(U, "501", "Kierto Rajapinta")
    alone = Face(P, "3009", "Pia Alone")
    newcomer = Face(S, "U9", "Uusi Tulokas")
    matching = found(ANNA, ANNA_PSA, ANNA_PERSON, left, own, alone, newcomer, Face(A, "h8", "Olli Outo"))
    assert [(w.kind, w.parts[0].name) for w in waiting(matching)] == [
        (Kind.SLACK, "Uusi Tulokas"),
        (Kind.PSA, "Olli Outo"),
        (Kind.PERSON, "Pia Alone"),
    ]
    assert [w.kind for w in waiting(matching, elsewhere={"U9"})] == [Kind.PSA, Kind.PERSON]
    assert tally(matching) == Tally(3, 1, 2)


# properties

NAMES = st.sampled_from(
    ["Anna Virtanen", "Virtanen Anna", "Hanna Virtanen", "Bo Ek", "A. Virtanen", "Åsa Ek", "", "Bo"]
)
EMAILS = st.sampled_from(["", "a@x.fi", "A@x.fi", "a+1@x.fi", "b@x.fi", "anna.virtanen@x.fi", "bo.ek@y.fi"])
NUMBERS = st.sampled_from(["", "", "1", "2", "3"])


def faces_of(side: Side) -> st.SearchStrategy[list[Face]]:
    numbered = side in (A, P)
    face = st.builds(
        Face,
        side=st.just(side),
        id=st.integers(1, 5).map(lambda n: f"{side.value}{n}" if side in (S, A) else str(n)),
        name=NAMES,
        email=EMAILS,
        number=NUMBERS if numbered else st.just(""),
        person=NUMBERS if side is U else st.just(""),
        there=st.sampled_from([True, True, True, False]),
    )
    return st.lists(face, max_size=4, unique_by=lambda f: f.id)


WORLDS = st.tuples(*(faces_of(side) for side in Side)).map(lambda lists: [face for one in lists for face in one])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Face], list[tuple[Key, ...]], list[Apart]]:
    """Faces, some bound one to one beforehand, some parted."""
    faces = draw(WORLDS)
    by_side = {side: [face.key for face in faces if face.side is side] for side in Side}
    bound = []
    for slack, psa in zip(by_side[S], draw(st.permutations(by_side[A])), strict=False):
        if draw(st.booleans()):
            bound.append((slack, psa))
    keys = [face.key for face in faces]
    pairs = (
        st.lists(st.sampled_from(keys), min_size=1, max_size=2, unique=True).map(frozenset) if keys else st.nothing()
    )
    apart = draw(st.lists(pairs, max_size=3)) if keys else []
    return faces, bound, apart


@settings(max_examples=300)
@given(worlds())
def test_nobody_is_lost_doubled_or_joined_without_a_proof(
    world: tuple[list[Face], list[tuple[Key, ...]], list[Apart]],
) -> None:
    faces, bound, apart = world
    matching = match(faces, bound, apart)
    told = [face.key for one in matching.people for face in one.faces]
    assert sorted(told) == sorted(face.key for face in faces)
    for one in matching.people:
        assert len(one.sides) == len(one.faces), "one of each system"
        _proven(one, bound)
    for group in bound:
        assert any(set(group) <= one.keys for one in matching.people)
    for pair in apart:
        if len(pair) == 2 and not any(pair <= set(group) for group in bound):
            assert not any(pair <= one.keys for one in matching.people)
            assert not any(pair <= proposal.keys for proposal in matching.proposals)
    in_proposals = [key for proposal in matching.proposals for key in proposal.keys]
    assert len(in_proposals) == len(set(in_proposals)), "each in one proposal at most"
    for proposal in matching.proposals:
        sides = [side for part in proposal.parts for side in part.sides]
        assert len(sides) == len(set(sides))
        assert len(proposal.parts) > 1


def _proven(one: Somebody, bound: list[tuple[Key, ...]]) -> None:
    """A Slack user who was not bound is there by an equal address only, with somebody who is there."""
    slack = one.face(S)
    if slack is None or len(one.faces) == 1 or any(slack.key in group for group in bound):
        return
    assert slack.there
    others = [face for face in one.faces if face is not slack]
    assert any(address(slack.email) == address(face.email) != "" and face.there for face in others)


@settings(max_examples=200)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(
    world: tuple[list[Face], list[tuple[Key, ...]], list[Apart]], random: Random
) -> None:
    faces, bound, apart = world
    mixed, turned = list(faces), [tuple(reversed(group)) for group in reversed(bound)]
    random.shuffle(mixed)
    assert match(mixed, turned, list(reversed(apart))) == match(faces, bound, apart)


def test_conflicts_tell_whom_they_are_about() -> None:
    twin = replace(ANNA_PSA, id="h2", number="")
    assert found(ANNA_PSA, twin).conflicts == (Conflict(Why.SHARED_EMAIL, (ANNA_PSA, twin)),)
