"""When Slack says how long to wait, all of the process wait: one refusal is enough for everybody who calls the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import SlackResponse

APART = 1.2  # seconds between two calls of a method that was refused lately: fifty a minute, Slack's third tier
LATELY = 60.0
LONGEST = 120.0  # what Slack asks for is a minute at most
BY_CHANNEL = frozenset({"chat.postMessage"})  # limited for each channel: `bot.lines` and the engine keep those in line


class Brake:
    """Until when nobody calls a method. ``ticks`` are seconds that only grow."""

    def __init__(
        self, ticks: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._ticks, self._sleep = ticks, sleep
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def refused(self, method: str, seconds: float) -> None:
        """Slack takes the method again in so many seconds."""
        if method not in BY_CHANNEL:
            with self._lock:
                until = self._ticks() + min(seconds, LONGEST)
                self._free[method] = max(until, self._free.get(method, 0.0))

    def wait(self, method: str) -> None:
        """Returns when the method may be called; those who waited go one after the other."""
        with self._lock:
            now, free = self._ticks(), self._free.get(method)
            if free is None or now - free > LATELY:
                self._free.pop(method, None)
                return
            at = max(now, free)
            self._free[method] = at + APART
        if at > now:
            self._sleep(at - now)


class Obeying(RateLimitErrorRetryHandler):
    """Waits as long as Slack says, and tells the others."""

    def __init__(self, brake: Brake, tries: int) -> None:
        super().__init__(tries)
        self._brake = brake

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        assert response is not None, "only an answer of Slack's makes it wait"
        named = {name.lower(): told for name, told in response.headers.items()}
        told = (named.get("retry-after") or ["1"])[0]
        self._brake.refused(request.url.rpartition("/")[2], float(told) if str(told).isdigit() else 1.0)
        super().prepare_for_next_attempt(state=state, request=request, response=response, error=error)


class BrakedClient(WebClient):
    """A Web API client that calls nothing while Slack wants it not called."""

    brake: Brake | None = None

    def api_call(self, api_method: str, *args: object, **more: object) -> SlackResponse:
        if self.brake is not None:
            self.brake.wait(api_method)
        return super().api_call(api_method, *args, **more)  # type: ignore[arg-type]
