"""What a journey has at hand: the store, the books, the chat, the engine and a clock. Built once, in `bot.compose`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from finance import authority
from finance.authority import Holder, Right, Verdict
from finance.transfer import Timing
from finance.webhook import Reply
from handlers.chat import Chat, Picture, Profile
from handlers.memo import Memo
from handlers.ranks import Ranks
from handlers.said import Said
from handlers.views.tongue import Tongue
from procountor.api import Api
from storage.companies import Company
from storage.database import Store, Tx
from storage.members import Member


class Work(Protocol):
    """The port to the engine."""

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
        """Asks, inside ``tx``, for ``task`` to be done once for this key, ``after`` seconds or later.

        Of what waits in a lane the lowest ``order`` comes first.
        """


def _nowhere(url: str, headers: Mapping[str, str], content: bytes) -> Reply:
    return Reply(problem="nowhere")


@dataclass(frozen=True, slots=True)
class Desk:
    """``books`` gives a company's conversation with Procountor, ``chats`` a workspace's Slack.

    ``own_books`` gives the conversation with the own key of a Slack user (company, team, user), None without one.
    ``keyed`` gives one with any API key, for a person who waits: a fresh token, and no long patience.
    ``client_id`` is our API client's at Procountor, which an API key is made for.
    ``hook`` posts something to a customer's own system (address, headers, content): https, public addresses only.
    ``clock`` gives aware UTC; ``ticks`` seconds of a clock that goes on while the machine sleeps.
    """

    store: Store
    work: Work
    chats: Callable[[str], Chat]
    books: Callable[[str], Api]
    own_books: Callable[[str, str, str], Api | None]
    keyed: Callable[[str], Api]
    clock: Callable[[], datetime]
    ticks: Callable[[], float]
    timing: Timing
    memo: Memo
    ranks: Ranks = field(default_factory=Ranks)
    client_id: str = ""
    hook: Callable[[str, Mapping[str, str], bytes], Reply] = _nowhere


@dataclass(frozen=True, slots=True)
class Here:
    """One thing said, with who said it resolved anew: the company, the rights, the language."""

    desk: Desk
    said: Said
    company: Company
    member: Member
    holder: Holder
    profile: Profile
    say: Tongue
    chat: Chat

    def whisper(self, picture: Picture) -> None:
        """Answers the one who spoke, seen by nobody else."""
        self.chat.whisper(self.said, picture)

    def may(self, right: Right) -> Verdict:
        """Whether the one who spoke may use a right now."""
        return authority.may(self.holder, right, self.desk.clock(), alone=self.company.choices.one_person)

    @property
    def who(self) -> str:
        """The person as the audit trail names him."""
        return f"{self.said.team}/{self.said.user}"
