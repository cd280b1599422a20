"""Slack's own stores of installations and of states, made safe: what they write is sealed or hashed."""

from __future__ import annotations

import copy
import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from storage import installations
from storage.database import Store
from storage.sealing import seal
from storage.slack_tables import TOKENS

LIFE = 600  # seconds between the beginning of an installation and Slack's answer

_QUIET = logging.getLogger("kierto.oauth")
_QUIET.setLevel(logging.CRITICAL)  # the library writes states and rows


class Installations(SQLAlchemyInstallationStore):
    """Keeps the newest installation of each workspace, its tokens sealed. Reading them is `storage.installations`'."""

    def __init__(self, client_id: str, store: Store) -> None:
        super().__init__(client_id, store.writing, logger=_QUIET)
        self._store = store

    def save(self, installation: Installation) -> None:
        """Keeps the tokens; those of an earlier installation go. Raises KeyMissing without KIERTO_SECRET_KEY."""
        sealed = copy.copy(installation)
        with self._store.read() as tx:
            for name in TOKENS:
                if token := getattr(installation, name):
                    setattr(sealed, name, seal(tx, token).decode())
        sealed.incoming_webhook_url = None  # whoever knows it may post: we ask for none and keep none
        super().save(sealed)
        with self._store.write() as tx:
            installations.keep_newest(tx, self.client_id, installation.team_id or "")


class States(SQLAlchemyOAuthStateStore):
    """States of 256 random bits, each good once and for ten minutes, in whichever process Slack's answer arrives.

    The library's own have 122 bits, stand in clear, stay for ever when nobody comes back with them, and are good
    twice when they come back twice at once.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(LIFE, store.writing, logger=_QUIET)
        self._clock = clock

    def issue(self, *args: Any, **kwargs: Any) -> str:
        state, now = secrets.token_urlsafe(32), self._now()
        with self.engine.begin() as tx:
            tx.execute(self.oauth_states.delete().where(self.oauth_states.c.expire_at <= now))
            until = now + timedelta(seconds=self.expiration_seconds)
            tx.execute(self.oauth_states.insert().values(state=_hash(state), expire_at=until))
        return state

    def consume(self, state: str) -> bool:
        """True the first time within ten minutes."""
        mine = (self.oauth_states.c.state == _hash(state), self.oauth_states.c.expire_at > self._now())
        with self.engine.begin() as tx:
            return bool(tx.execute(self.oauth_states.delete().where(*mine)).rowcount)

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC).replace(tzinfo=None)


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()
