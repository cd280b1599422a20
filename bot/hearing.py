"""Bolt as we use it: it finds the listener of a payload. It verifies nothing, holds no token and calls nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot import acks, incident
from bot.calls import HURRIED

log = logging.getLogger(__name__)

Listen = Callable[[dict[str, Any]], BoltResponse]


def bolt(api_url: str = WebClient.BASE_URL) -> App:
    """Bolt without its own verifier, tokens and log lines: requests are verified before it, and it calls nobody."""
    quiet = logging.getLogger("kierto.bolt")
    quiet.setLevel(logging.ERROR)
    logging.getLogger("slack_bolt.RequestVerification").setLevel(logging.CRITICAL)
    app = App(
        name="kierto",
        logger=quiet,
        signing_secret="",
        client=WebClient(base_url=api_url, timeout=HURRIED, logger=quiet),
        authorize=_known,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        token_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_stumbled)
    return app


def _stumbled(error: Exception) -> BoltResponse:
    """Bolt itself fell over a payload (our listeners raise nothing): it would fall again over the same one."""
    incident.note(log, "Bolt", error)
    return acks.unfit()


def _known(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)  # who may do what is ours to decide


def hearing(app: App) -> Listen:
    """Gives ``app`` one payload, however it came, and its answer. What nobody listens to is thanked for."""

    def listen(body: dict[str, Any]) -> BoltResponse:
        # Given as over a socket, because Bolt reads a form whose text holds the word "payload" as empty.
        try:
            answer = app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        except Exception as odd:  # noqa: BLE001 - a payload of a shape that Bolt cannot even look at
            return _stumbled(odd)
        return acks.nothing() if answer.status == 404 else answer

    return listen
