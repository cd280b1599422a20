"""The Events API: envelopes, retries, and the events that dropping files and opening the Home tab cause."""

from __future__ import annotations

import threading
from typing import Any

from sandbox.slack.desk import Desk
from sandbox.slack.records import Ack, Delivery, Sent
from sandbox.slack.shapes import view_json

REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "connection_failed"}


def envelope(desk: Desk, event: dict[str, Any]) -> dict[str, Any]:
    """An event_callback around an event."""
    space = desk.space
    who = {
        "enterprise_id": None,
        "team_id": space.team_id,
        "user_id": space.app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": space.app.verification_token,
        "team_id": space.team_id,
        "context_team_id": space.team_id,
        "context_enterprise_id": None,
        "api_app_id": space.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": desk.world.new_id("Ev"),
        "event_time": int(desk.world.clock()),
        "authorizations": [who],
        "is_ext_shared_channel": False,
        "event_context": desk.world.new_id("4-"),
    }


def emit(desk: Desk, event: dict[str, Any]) -> Delivery:
    """Sends an event; after a failure Slack tries again in the background, up to three times."""
    sent = desk.courier.pack("event", envelope(desk, event))
    ack = desk.courier.send(sent)
    if not ack.ok and not ack.no_retry:
        threading.Thread(target=_retry, args=(desk, sent, ack), daemon=True, name="slack-retries").start()
    return Delivery("event", sent.payload, ack, ack.error, None, sent)


def _retry(desk: Desk, sent: Sent, ack: Ack) -> None:
    pause = threading.Event()
    for number, delay in enumerate(desk.retry_delays, 1):
        pause.wait(delay)
        again = desk.courier.pack(sent.kind, sent.payload)  # same event_id, new timestamp and signature
        ack = desk.courier.send(again, number, REASONS.get(ack.error, "http_error"))
        if ack.ok or ack.no_retry:
            return


def verify_url(desk: Desk) -> Delivery:
    """The url_verification handshake: the app must give the challenge back."""
    challenge = desk.world.new_id("challenge")
    payload = {"token": desk.space.app.verification_token, "challenge": challenge, "type": "url_verification"}
    sent = desk.courier.pack("event", payload)
    ack = desk.courier.send(sent)
    right = challenge in ack.body.decode("utf-8", "replace")
    error = ack.error or ("" if right else "Your URL didn't respond with the value of the challenge parameter.")
    return Delivery("url_verification", payload, ack, error, None, sent)


def open_home(desk: Desk, user: str) -> Delivery:
    """The person looks at the app's Home tab."""
    user = desk.person(user).id
    if "app_home_opened" not in desk.space.events:
        return desk.local("event")
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user,
        "channel": desk.space.direct(user).id,
        "tab": "home",
        "event_ts": desk.world.next_ts(),
    }
    if home := desk.world.homes.get(user):
        event["view"] = view_json(desk.space, home)
    return emit(desk, event)


def uninstall(desk: Desk) -> Delivery:
    """The workspace removes the app: its tokens die and it is told so."""
    with desk.world.changing():
        desk.world.tokens.clear()
    emit(desk, {"type": "tokens_revoked", "tokens": {"bot": [desk.space.app.bot_user]}})
    return emit(desk, {"type": "app_uninstalled"})
