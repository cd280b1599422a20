"""The engine in a test's hand: what is asked for is done when the test does it."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.database import Tx


@dataclass
class Asked:
    """An engine that only remembers, each key once."""

    known: set[str] = field(default_factory=set)
    tasks: list[tuple[str, list[str], float]] = field(default_factory=list)

    def soon(
        self,
        tx: Tx,
        lane: str,
        task: str,
        key: str,
        company: str,
        args: list[str],
        after: float = 0.0,
        order: int = 0,
    ) -> None:
        if f"{task}:{company}:{key}" not in self.known:
            self.known.add(f"{task}:{company}:{key}")
            self.tasks.append((task, args, after))

    def take(self, *names: str) -> list[tuple[str, list[str], float]]:
        """What has been asked for since, of these names or of all; it is forgotten here."""
        found = [task for task in self.tasks if not names or task[0] in names]
        self.tasks = [task for task in self.tasks if task not in found]
        return found

    def calls(self) -> list[list[str]]:
        """What has been asked for since, each as its name and what it is given."""
        return [[task, *args] for task, args, _ in self.take()]
