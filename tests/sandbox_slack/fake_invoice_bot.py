"""A small app for the practice Slack: verifies signatures, answers, calls the Web API as a real app would."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

Answer = tuple[int, Any]
Handler = Callable[[dict[str, Any]], Any]


class FakeBot:
    """Handlers by command, action_id, callback_id or event type; they give (status, answer), or anything for 200."""

    def __init__(self, token: str, api_url: str, secret: str) -> None:
        self.client = WebClient(token, base_url=api_url)
        self.verifier = SignatureVerifier(secret)
        self.handlers: dict[str, Handler] = {}
        self.heard: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.refused = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler_class())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def on(self, name: str, handler: Handler) -> None:
        """Registers a handler."""
        self.handlers[name] = handler

    def kinds(self) -> list[str]:
        """Names of what was heard, in order."""
        return [name for name, _, _ in self.heard]

    def receive(self, body: bytes, headers: dict[str, str]) -> Answer:
        """One request: 401 on a bad signature, else the handler's answer."""
        if not self.verifier.is_valid_request(body, headers):
            self.refused += 1
            return 401, "bad signature"
        name, payload = named(body, headers)
        self.heard.append((name, payload, headers))
        if payload.get("type") == "url_verification":
            return 200, {"challenge": payload["challenge"]}
        handler = self.handlers.get(name)
        answer = handler(payload) if handler else None
        return answer if isinstance(answer, tuple) else (200, "")

    def _handler_class(bot) -> type[BaseHTTPRequestHandler]:
        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, answer = bot.receive(body, headers)
                data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
                try:
                    self.send_response(status)
                    kind = "text/plain" if isinstance(answer, str) else "application/json"
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # Slack has stopped waiting

            def log_message(self, format: str, *args: Any) -> None:
                """Quiet."""

        return Receiver


def named(body: bytes, headers: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """(what a handler is registered under, the payload) of a verified request."""
    if headers["content-type"].startswith("application/json"):
        payload = json.loads(body)
        return str(payload.get("event", payload).get("type")), payload
    form = {key: values[0] for key, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    if "payload" not in form:
        return form["command"], form
    payload = json.loads(form["payload"])
    if payload["type"] == "block_actions":
        return payload["actions"][0]["action_id"], payload
    if payload["type"] == "block_suggestion":
        return f"options:{payload['action_id']}", payload
    return f"{payload['type']}:{payload['view']['callback_id']}", payload
