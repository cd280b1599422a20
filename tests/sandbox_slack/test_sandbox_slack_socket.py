"""Socket Mode with slack_sdk's own client, and frames by themselves."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.socket_mode.websocket_client import SocketModeClient

from sandbox.slack import PracticeSlack
from sandbox.slack.frames import TEXT, accept_key, frame, texts


@pytest.fixture
def app(slack: PracticeSlack) -> Any:
    client: Any = SocketModeClient(slack.app_token, web_client=WebClient(slack.bot_token, base_url=slack.api_url))
    client.heard = []
    client.answers = {"slash_commands": {"text": "over the socket"}}
    client.silent = threading.Event()

    def listen(mine: Any, request: SocketModeRequest) -> None:
        mine.heard.append(request)
        if not mine.silent.is_set():
            mine.send_socket_mode_response(SocketModeResponse(request.envelope_id, mine.answers.get(request.type)))

    client.socket_mode_request_listeners.append(listen)
    client.connect()
    slack.wait_for(lambda: slack.sockets.connected == 1)
    yield client
    # close() may wait ten seconds for a read that nobody ends: the practice Slack hangs up instead
    client.closed, client.auto_reconnect_enabled, client.current_session = True, False, None
    client.current_app_monitor.shutdown()
    client.message_processor.shutdown()
    client.message_workers.shutdown()


def test_commands_and_events_come_as_envelopes(slack: PracticeSlack, app: Any) -> None:
    assert slack.command("anna", "help", "C1FIN").ok
    assert slack.whispers("anna")[-1].text == "over the socket"
    assert slack.say("anna", "hello " + "long " * 20_000).ok, "frames of more than 64 kB too"
    command, event = app.heard
    assert (command.type, command.payload["text"]) == ("slash_commands", "help")
    assert (event.type, event.payload["event"]["type"]) == ("events_api", "message")


def test_silence_over_the_socket(slack: PracticeSlack, app: Any) -> None:
    app.silent.set()
    slack.courier.seconds = 0.1
    slack.desk.retry_delays = (0.0,)
    assert "operation_timeout" in slack.command("anna", "help").error
    slack.say("anna", "hello")
    slack.wait_for(lambda: [r.retry_attempt for r in app.heard if r.type == "events_api"] == [0, 1])
    assert len({r.payload["event_id"] for r in app.heard if r.type == "events_api"}) == 1


def test_after_a_disconnect_the_app_comes_back(slack: PracticeSlack, app: Any) -> None:
    slack.sockets.disconnect()
    # the client may try once more, and when a try fails only its look every ten seconds begins another
    slack.wait_for(lambda: slack.sockets.opened >= 2 and slack.sockets.connected == 1, 40)
    assert slack.command("anna", "help").ok


def test_the_accept_key_is_the_one_of_the_rfc() -> None:
    assert accept_key("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_001])
def test_masked_frames_are_read(size: int) -> None:
    said = "å" * size

    async def read() -> list[str]:
        reader = asyncio.StreamReader()
        whole = bytearray(frame(TEXT, said.encode()))
        head = len(whole) - len(said.encode())
        mask, data = os.urandom(4), whole[head:]
        whole[1] |= 0x80
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        reader.feed_data(bytes(whole[:head]) + mask + masked)
        return [message async for message in _one(reader)]

    async def _one(reader: asyncio.StreamReader) -> Any:
        async for message in texts(reader, None):  # type: ignore[arg-type]
            yield message
            return

    assert asyncio.run(read()) == [said]
