"""A workspace of a small consultancy, the practice Slack around it, and a fake app that is connected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_invoice_bot import FakeBot

from sandbox.slack import Channel, Command, Hint, Person, PracticeSlack, Sample, Workspace


def consultancy() -> Workspace:
    people = [
        Person("U1ANNA", "anna", "Anna Virtanen", "anna@example.fi", "fi-FI", title="finance", is_admin=True),
        Person("U2BENGT", "bengt", "Bengt Söderholm", "bengt@example.fi", "sv-SE", title="project manager"),
        Person("U3CAT", "cat", "Catherine Doyle", "cat@example.fi", "en-GB", title="consultant"),
        Person("U9GONE", "gone", "Left Lately", "gone@example.fi", deleted=True),
    ]
    channels = [
        Channel("C1FIN", "finance", topic="Month end, invoices, bills"),
        Channel("C2GEN", "general"),
        Channel("C3SEC", "board", "private", ("U1ANNA", "U2BENGT")),
        Channel("C4OUT", "random", "public", ("U1ANNA", "U2BENGT", "U3CAT")),
        Channel("C5OLD", "old-project", is_archived=True),
    ]
    completions = (
        ("send invoices", "check and send the month's invoices"),
        ("check invoices", "dry run, sends nothing"),
        ("runs", "what has been sent"),
        ("help", "all commands"),
    )
    return Workspace(
        "Pohjola Consulting",
        people,
        channels,
        commands=[Command("/procountor", "Invoices and bills", "send invoices | runs | help", True, completions)],
        samples=[
            Sample("taimer-2026-11.csv", b"number;customer;total\n1;Meri;10,00\n", "47 invoices, 3 with faults"),
            Sample("finvoice.xml", b"<Finvoice/>", "one e-invoice"),
        ],
        hints=[
            Hint("U1ANNA", "/procountor send invoices", "start the month"),
            Hint("U2BENGT", "/procountor help", "as a project manager"),
        ],
    )


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack(consultancy()) as running:
        yield running


@pytest.fixture
def bot(slack: PracticeSlack) -> Iterator[FakeBot]:
    with FakeBot(slack.bot_token, slack.api_url, slack.signing_secret) as running:
        slack.bot_url = running.url
        yield running
