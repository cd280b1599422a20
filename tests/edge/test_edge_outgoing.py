"""What is posted to a customer's system leaves over TLS, to the address that was judged, and is followed nowhere."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.outgoing import Outgoing
from finance.webhook import Reply

HOST = "psa.example.fi"


@dataclass
class Receiver:
    """A system that listens; ``status`` is what it answers."""

    port: int = 0
    status: int = 204
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/kierto?a=1"


def certificate(folder: Path, host: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    paths[1].write_bytes(key.private_bytes(*private))
    return paths


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    told = Receiver()

    class Ears(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            told.heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}, content))
            self.send_response(told.status)
            if told.status == 302:
                self.send_header("Location", told.url)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    cert, key = certificate(tmp_path, HOST)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ears)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    told.port, told.trust = server.server_address[1], ssl.create_default_context(cafile=str(cert))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_it_arrives_whole_at_the_address_its_name_leads_to(receiver: Receiver) -> None:
    out = Outgoing(loopback, lambda _: True, receiver.trust)
    assert out(receiver.url, {"webhook-id": "evt_1"}, b'{"a":1}') == Reply(204)
    ((path, headers, content),) = receiver.heard
    assert (path, content) == ("/kierto?a=1", b'{"a":1}')
    assert headers["webhook-id"] == "evt_1"
    assert headers["host"] == f"{HOST}:{receiver.port}"


@pytest.mark.parametrize("found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["169.254.169.254"]])
def test_a_name_that_leads_inside_is_not_connected_to(receiver: Receiver, found: list[str]) -> None:
    out = Outgoing(lambda host, port: found, trust=receiver.trust)
    assert out(receiver.url, {}, b"{}") == Reply(problem="private")
    assert receiver.heard == []


def test_a_name_is_looked_up_once(receiver: Receiver) -> None:
    asked: list[str] = []

    def look(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    assert Outgoing(look, lambda _: True, receiver.trust)(receiver.url, {}, b"{}").taken
    assert asked == [HOST]


def test_a_certificate_nobody_vouches_for_is_not_spoken_to(receiver: Receiver) -> None:
    assert Outgoing(loopback, lambda _: True)(receiver.url, {}, b"{}") == Reply(problem="SSLCertVerificationError")
    assert receiver.heard == []


def test_a_certificate_of_another_name_is_not_spoken_to(receiver: Receiver) -> None:
    out = Outgoing(loopback, lambda _: True, receiver.trust)
    assert not out(receiver.url.replace(HOST, "other.example.fi"), {}, b"{}").taken
    assert receiver.heard == []


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.status = 302
    assert Outgoing(loopback, lambda _: True, receiver.trust)(receiver.url, {}, b"{}") == Reply(302)
    assert len(receiver.heard) == 1


@pytest.mark.parametrize("url", ["http://psa.example.fi/", "https://localhost/", "file:///etc/passwd"])
def test_what_was_no_address_never_leaves(url: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError("looked up")

    assert Outgoing(never)(url, {}, b"{}") == Reply(problem="private")


def test_nobody_there_is_an_answer() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    assert Outgoing(nobody)("https://psa.example.fi/", {}, b"{}") == Reply(problem="OSError")
