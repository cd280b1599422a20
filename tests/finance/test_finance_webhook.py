"""The signed word to another system: where it may go, how it is signed, what it says."""

from __future__ import annotations

import ipaddress
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from finance import webhook
from finance.paid import News, What
from finance.webhook import Reply, Slip

GOOD = [
    "https://psa.example.fi/kierto",
    "https://psa.example.fi:8443/a?b=c",
    "https://8.8.8.8/",
    "https://[2a00:1450::1]/",
]
BAD = {
    "http://psa.example.fi/": Slip.SCHEME,
    "ftp://psa.example.fi/": Slip.SCHEME,
    "psa.example.fi": Slip.SCHEME,
    "": Slip.SCHEME,
    "https://": Slip.SHAPE,
    "https://anna:pw@psa.example.fi/": Slip.SHAPE,
    "https://psa.example.fi/#a": Slip.SHAPE,
    "https://psa.example.fi:99999/": Slip.SHAPE,
    "https://psa.example.fi/a b": Slip.SHAPE,
    "https://psa.example.fi/\r\nX: y": Slip.SHAPE,
    "https://[::1": Slip.SHAPE,
    "https://psa.example.fi/" + "a" * 600: Slip.SHAPE,
    "https://localhost/": Slip.PRIVATE,
    "https://printer/": Slip.PRIVATE,
    "https://db.internal/": Slip.PRIVATE,
    "https://127.0.0.1/": Slip.PRIVATE,
    "https://127.1/": Slip.PRIVATE,
    "https://0x7f.0.0.0x1/": Slip.PRIVATE,
    "https://2130706433/": Slip.PRIVATE,
    "https://10.1.2.3/": Slip.PRIVATE,
    "https://169.254.169.254/latest/meta-data": Slip.PRIVATE,
    "https://[::1]/": Slip.PRIVATE,
    "https://[fe80::1]/": Slip.PRIVATE,
    "https://[fd00::1]/": Slip.PRIVATE,
    "https://[::ffff:10.0.0.1]/": Slip.PRIVATE,
}


@pytest.mark.parametrize("url", GOOD)
def test_public_https_addresses_will_do(url: str) -> None:
    assert webhook.slip(url) is None


@pytest.mark.parametrize(("url", "slip"), BAD.items(), ids=range(len(BAD)))
def test_others_will_not(url: str, slip: Slip) -> None:
    assert webhook.slip(url) is slip


@pytest.mark.parametrize(
    "text",
    ["0.0.0.0", "100.64.0.1", "192.168.1.1", "172.16.0.1", "224.0.0.1", "255.255.255.255", "::", "ff02::1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe"],
)  # fmt: skip
def test_no_address_within_leads_inside(text: str) -> None:
    assert not webhook.public(ipaddress.ip_address(text))


def test_it_is_signed_as_the_standard_says() -> None:
    """The example of standardwebhooks.com and its libraries."""
    secret, content = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    signed = webhook.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, content)
    assert signed == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_another_byte_time_id_or_secret_is_another_signature() -> None:
    secret, other = webhook.secret_of(b"a" * 32), webhook.secret_of(b"b" * 32)
    asked = [(secret, "e", 1, b"x"), (other, "e", 1, b"x"), (secret, "f", 1, b"x"), (secret, "e", 2, b"x"),
             (secret, "e", 1, b"y")]  # fmt: skip
    assert len({webhook.signature(*one) for one in asked}) == len(asked)


def test_what_it_says() -> None:
    news = News(
        What.PARTLY, "pay:1", Decimal("1506"), "EUR", Decimal("500"), Decimal("1006"), date(2026, 11, 17),
        date(2026, 11, 20),
    )  # fmt: skip
    told = json.loads(webhook.body("evt_1", datetime(2026, 11, 18, 7, tzinfo=UTC), "2077474-0", "1042", 30117, news))
    assert told == {
        "id": "evt_1",
        "type": "invoice.partly",
        "timestamp": "2026-11-18T07:00:00+00:00",
        "data": {
            "company": "2077474-0", "number": "1042", "procountor_number": 30117, "currency": "EUR",
            "total": "1506.00", "paid": "500.00", "open": "1006.00", "due": "2026-11-20", "paid_on": "2026-11-17",
            "by_hand": False,
        },
    }  # fmt: skip


def test_each_thing_has_one_id() -> None:
    ids = {
        webhook.event_id(*one) for one in (("a", 1, "pay:1"), ("a", 1, "pay:2"), ("a", 2, "pay:1"), ("b", 1, "pay:1"))
    }
    assert len(ids) == 4
    assert webhook.event_id("a", 1, "pay:1") in ids


@pytest.mark.parametrize(
    ("reply", "taken"), [(Reply(200), True), (Reply(204), True), (Reply(301), False), (Reply(), False)]
)
def test_a_redirect_is_not_taken(reply: Reply, taken: bool) -> None:
    assert reply.taken is taken
