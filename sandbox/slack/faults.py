"""The fault script of the Web API: "the 2nd chat.update answers 500", written down beforehand."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal, get_args

What = Literal["500", "429", "drop_before", "drop_after", "500_after", "slow"]
KINDS: tuple[str, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the nth call (1 is the next one) of a method; `slow` waits `seconds` first.

    With `about` it is the first call from the nth on in whose body those words stand.
    """

    method: str
    nth: int
    what: What
    seconds: float = 1.0
    about: str = ""

    def meets(self, nth: int, body: bytes) -> bool:
        """Whether it is this call, the nth, that it is for."""
        return nth >= self.nth and self.about.encode() in body if self.about else nth == self.nth


@dataclass(slots=True)
class Faults:
    """Counts calls per method and says which one goes wrong. While ``down`` every one does, in that way."""

    script: list[Fault] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    struck: list[Fault] = field(default_factory=list)
    down: What | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, method: str, nth: int, what: What, seconds: float = 1.0, about: str = "") -> Fault:
        """The nth call from now on of `method` ("*" for any) will suffer `what`; see `Fault` for `about`."""
        if what not in KINDS:
            raise ValueError(f"{what!r} is no fault; known are {', '.join(KINDS)}")
        with self._lock:
            fault = Fault(method, self.counts.get(method, 0) + nth, what, seconds, about)
            self.script.append(fault)
        return fault

    def clear(self) -> None:
        """From now on nothing goes wrong."""
        with self._lock:
            self.script.clear()

    def strike(self, method: str, body: bytes = b"") -> Fault | None:
        """Counts this call and gives the fault that it meets."""
        with self._lock:
            for name in (method, "*"):
                self.counts[name] = self.counts.get(name, 0) + 1
            if self.down is not None:
                return Fault(method, self.counts[method], self.down)
            for fault in self.script:
                if fault.method in (method, "*") and fault.meets(self.counts[fault.method], body):
                    self.script.remove(fault)
                    self.struck.append(fault)
                    return fault
        return None
