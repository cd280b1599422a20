"""Whose token opens which workspace: each its own. Looked up anew every time, so that a changed one is seen at once."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from bot.calls import call, client
from bot.chat import SlackChat
from bot.settings import Settings
from handlers.chat import ChatGone, ChatTrouble
from storage import installations, workspaces
from storage.database import Store
from storage.installations import Standing


@dataclass(frozen=True, slots=True)
class Owner:
    """The workspace that SLACK_BOT_TOKEN belongs to, by Slack's own word."""

    team: str
    name: str
    bot_user: str


class Chats:
    """The Slack of each workspace: by its own token when the app was installed there by OAuth.

    SLACK_BOT_TOKEN opens the one workspace it belongs to and is shown to Slack for no other.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self._token = settings.slack_bot_token.get_secret_value()
        self._client_id = settings.slack_client_id
        self._api_url = settings.slack_api_url
        self._store = store
        self._lock = threading.Lock()
        self._made: dict[str, tuple[str, SlackChat]] = {}
        self._owner: Owner | None = None

    def __call__(self, team: str) -> SlackChat:
        """Raises ChatGone after the bot was removed there, ChatTrouble for a workspace that no token opens."""
        with self._store.read() as tx:
            now = installations.standing(tx, self._client_id, team)
        with self._lock:
            mark, chat = self._made.get(team, ("", None))
            if now.state == workspaces.GONE:
                self._made.pop(team, None)
                raise ChatGone
            if chat is not None and mark == now.mark:
                return chat
        made = SlackChat(self._opened(team, now), self._api_url, team)
        with self._lock:
            self._made[team] = (now.mark, made)
        return made

    def owner(self) -> Owner | None:
        """The workspace of SLACK_BOT_TOKEN, asked of Slack once; None without one. Raises ChatTrouble."""
        if self._token and self._owner is None:
            told = call(client(self._token, self._api_url, patient=False).auth_test)
            self._owner = Owner(str(told["team_id"]), str(told["team"]), str(told["user_id"]))
        return self._owner

    def _opened(self, team: str, now: Standing) -> str:
        if now.mark:
            with self._store.read() as tx:
                token = installations.bot_token(tx, self._client_id, team)
            if token is None:
                raise ChatTrouble("not_installed")  # taken away in between
            return token
        owner = self.owner()
        if owner is None or owner.team != team:
            raise ChatTrouble("not_installed")
        return self._token
