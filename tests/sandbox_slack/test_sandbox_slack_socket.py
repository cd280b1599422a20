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
from sandbox.slack.frames import CLOSE, PING, PONG, TEXT, accept_key, frame, handshake, texts


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


class Heard:
    """What would have gone over the line."""

    def __init__(self) -> None:
        self.sent = b""

    def write(self, data: bytes) -> None:
        self.sent += data


def read(*pieces: bytes) -> tuple[list[str], bytes]:
    """The messages in these bytes, and what was answered to them."""
    heard = Heard()

    async def all_of() -> list[str]:
        reader = asyncio.StreamReader()
        reader.feed_data(b"".join(pieces))
        reader.feed_eof()
        return [message async for message in texts(reader, heard)]  # type: ignore[arg-type]

    return asyncio.run(all_of()), heard.sent


def test_pings_are_answered_and_pieces_put_together() -> None:
    first = bytes([frame(TEXT, b"")[0] & 0x7F, 2]) + b"ab"  # one that is not the last
    rest = bytes([0x80, 1]) + b"c"
    ended = frame(CLOSE, b"\x03\xe8")
    found, answered = read(frame(PONG, b"x"), frame(PING, b"y"), first, frame(PING, b"z"), rest, ended)
    assert found == ["abc"]
    assert answered == frame(PONG, b"y") + frame(PONG, b"z") + ended


def test_a_frame_without_end_is_not_read() -> None:
    with pytest.raises(ConnectionError, match="too large"):
        read(bytes([0x80 | TEXT, 127]) + (2**40).to_bytes(8, "big"))


def test_what_is_no_upgrade_is_turned_away() -> None:
    async def shaken(head: bytes) -> tuple[str | None, bytes]:
        reader, heard = asyncio.StreamReader(), Heard()
        reader.feed_data(head)
        return await handshake(reader, heard), heard.sent  # type: ignore[arg-type]

    plain = b"GET /link/ HTTP/1.1\r\nHost: x\r\n"
    keyed = plain + b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    for head in (plain, keyed, plain + b"Upgrade: websocket\r\n"):
        target, answer = asyncio.run(shaken(head + b"\r\n"))
        assert (target, answer.split()[1]) == (None, b"400")
    target, answer = asyncio.run(shaken(keyed + b"Upgrade: WebSocket\r\n\r\n"))
    assert (target, answer.split()[1]) == ("/link/", b"101")
