"""Calls to Slack's Web API, patient or in a hurry, and Slack's refusals as ChatTrouble."""

from __future__ import annotations

import http.client
import logging
import re
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.web import SlackResponse

from bot import meters
from bot.brake import Brake, BrakedClient, Obeying
from bot.hosts import Hosts
from handlers.chat import ChatTrouble

log = logging.getLogger(__name__)

PATIENT, HURRIED = 20, 2  # seconds for an answer; an acknowledgement has three in all

_CODE = re.compile(r"[a-z0-9_]{2,60}")
_UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


def client(token: str, api_url: str, *, patient: bool) -> WebClient:
    """A Web API client. A patient one waits and tries again; one in a hurry, before an acknowledgement, does not."""
    quiet = logging.getLogger("kierto.slack")
    quiet.setLevel(logging.WARNING)  # below that the library writes whole requests
    brake = Brake()
    retries = [ConnectionErrorRetryHandler(), Obeying(brake, 2), ServerErrorRetryHandler()]
    made = BrakedClient(
        token=token,
        base_url=api_url,
        timeout=PATIENT if patient else HURRIED,
        logger=quiet,
        retry_handlers=retries if patient else [],
    )
    made.brake = brake if patient else None
    if Hosts(api_url).local:
        made.proxy = None  # the library asks the environment for a proxy, for this machine too
    return made


def call(method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
    """Calls ``method`` and measures it. Raises ChatTrouble."""
    began, outcome = time.monotonic(), "ok"
    try:
        return method(**arguments)
    except SlackApiError as refused:
        trouble = _trouble(refused)
        outcome = trouble.code
        raise trouble from None
    except (SlackClientError, OSError, http.client.HTTPException, UnicodeDecodeError) as silent:
        outcome = "no_answer"
        raise ChatTrouble(outcome, certain=_unsent(silent)) from None
    finally:
        meters.slack(getattr(method, "__name__", "?"), outcome, time.monotonic() - began)


def _trouble(refused: SlackApiError) -> ChatTrouble:
    answer = refused.response
    status = int(getattr(answer, "status_code", 200))
    code = str(answer.get("error", "")) if hasattr(answer, "get") else ""
    if status == 429 or code == "ratelimited":
        return ChatTrouble("ratelimited")
    if status >= 500 or not _CODE.fullmatch(code):
        return ChatTrouble(f"http_{status}", certain=False)
    for message in (answer.get("response_metadata") or {}).get("messages", [])[:3]:
        log.error("Slack refused a shape with %s: %s", code, str(message)[:300])  # places in the shape, not its words
    return ChatTrouble(code, certain=code not in _UNSURE)


def _unsent(silent: BaseException) -> bool:
    """True when not a byte can have reached Slack."""
    reason = silent.reason if isinstance(silent, URLError) else silent
    return isinstance(reason, ConnectionRefusedError | socket.gaierror)
