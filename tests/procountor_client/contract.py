"""What contract tests talk to: the client on a registry of `responses`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import responses

from procountor.api import Api
from procountor.connection import Client, Patience, Procountor
from tests.support.responses_bridge import Bridge

URL = "https://procountor.test/api"
CLIENT = Client(URL, "kierto-client", "client-secret-1", "https://kierto.test/back")
KEY = "api-key-of-company-1"
QUICK = Patience(pause=0.0, tries=3)


@dataclass
class Wire:
    """What a test talks to: `api` is the code under test, `mock` answers it, `bridge.calls` saw it."""

    api: Api
    procountor: Procountor
    bridge: Bridge
    mock: responses.RequestsMock

    def says(self, method: str, path: str, **answer: Any) -> None:
        """Registers one answer; `json=`, `body=`, `status=`, `match=` as `responses` has them."""
        self.mock.add(method, f"{URL}/{path}", **answer)

    def grants(self, token: str = "token-1", **members: Any) -> None:
        self.says("POST", "oauth/token", json={"access_token": token, "expires_in": 3600, **members})

    @property
    def requests(self) -> list[str]:
        """METHOD path?query of every request but those for tokens."""
        return [
            f"{call.method} {call.url.raw_path.decode().removeprefix('/api/')}"
            for call in self.bridge.calls
            if call.url.path != "/api/oauth/token"
        ]
