"""What every act of a person needs: the world, the way to the app, and the common parts of payloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.slack.courier import Courier
from sandbox.slack.records import Ack, Block, Delivery, Gone, Message, SlackRefusal, View
from sandbox.slack.shapes import message_json, view_json
from sandbox.slack.walk import find_element, find_pressed
from sandbox.slack.workspace import Person, Workspace
from sandbox.slack.world import World

TROUBLE = "We had some trouble connecting. Try again?"
SLOW_BUTTON = "This app is having trouble responding. Try again in a moment."
SLACKBOT = "USLACKBOT"

Where = Message | View | str | tuple[str, str]
Chosen = tuple[Block, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Container:
    """The message or view in which somebody acts."""

    message: Message | None = None
    view: View | None = None

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Its blocks, those of attachments included."""
        if self.view:
            return self.view.blocks
        return list(self.message.all_blocks()) if self.message else []

    @property
    def key(self) -> str:
        """Names it among the inputs of one person."""
        return self.view.id if self.view else self.message.key if self.message else ""


@dataclass(slots=True)
class Desk:
    """Shared by all acts; `base` gives the practice Slack's address."""

    world: World
    courier: Courier
    base: Callable[[], str]
    retry_delays: tuple[float, ...] = (0.0, 0.3, 1.5)

    @property
    def space(self) -> Workspace:
        """The workspace."""
        return self.world.workspace

    def person(self, user: str) -> Person:
        """The member who acts, by id or by name."""
        for person in self.space.people:
            if user in (person.id, person.name, person.real_name):
                return person
        raise LookupError(f"nobody here is called {user!r}; there are {', '.join(p.name for p in self.space.people)}")

    def container(self, user: str, where: Where) -> Container:
        """The living message or view; LookupError when it is gone or not this person's to see."""
        if isinstance(where, View):
            where = where.id
        if isinstance(where, str):
            view = self.world.homes.get(user) if where == "home" else self.world.views.get(where)
            home = self.world.homes.get(user)
            view = view or (home if home and home.id == where else None)
            if view is None or view.user != user:
                raise Gone(f"{user} has no view {where!r} open")
            return Container(view=view)
        channel, ts = (where.channel, where.ts) if isinstance(where, Message) else where
        try:
            message = self.world.find(channel, ts)
        except SlackRefusal:
            raise Gone(f"there is no message {ts} in {channel}") from None
        room = self.space.channel(channel)
        if (message.seen_by and message.seen_by != user) or (room and not room.has(user)):
            raise LookupError(f"{user} cannot see message {ts} in {channel}")
        return Container(message=message)

    def pressed(self, place: Container, action_id: str, value: Any, index: int = 0, block_id: str = "") -> Chosen:
        """The element a person means. With a block he saw it, maybe before the app drew the place anew.

        Slack's clients send what they show: block, action and value of the old picture, with the message as it is now.
        """
        seen = None
        if block_id:
            with self.world.lock:
                pictures = [place.blocks, *self.world.former.get(place.key, ())]
            seen = find_pressed(pictures, action_id, value, block_id)
        return seen or find_element(place.blocks, action_id, value if isinstance(value, str) else None, index, block_id)

    def common(self, user: str) -> dict[str, Any]:
        """Members of every interaction payload."""
        person, space = self.person(user), self.space
        return {
            "user": {"id": user, "username": person.name, "name": person.name, "team_id": space.team_id},
            "api_app_id": space.app.id,
            "token": space.app.verification_token,
            "team": {"id": space.team_id, "domain": space.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def surroundings(self, user: str, place: Container) -> dict[str, Any]:
        """container, message or view, channel, and for messages the response_url."""
        if place.view:
            return {
                "container": {"type": "view", "view_id": place.view.id},
                "view": view_json(self.space, place.view),
            }
        message = place.message
        if message is None:
            raise LookupError("neither a message nor a view")
        room = self.world.channel(message.channel)
        hook = self.world.issue_hook(message.channel, user, message.ts, message.thread_ts)
        container: dict[str, Any] = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": bool(message.seen_by),
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        shown = {} if message.seen_by else {"message": message_json(self.space, message)}
        name = {"im": "directmessage", "private": "privategroup"}.get(room.kind, room.name)
        return {
            "container": container,
            **shown,
            "channel": {"id": message.channel, "name": name},
            "response_url": f"{self.base()}/hooks/{hook}",
        }

    def deliver(self, kind: str, payload: dict[str, Any], failing: str) -> Delivery:
        """Sends an interaction; `failing` is what the person sees when the app does not answer."""
        sent = self.courier.pack(kind, payload)
        ack = self.courier.send(sent)
        return Delivery(kind, payload, ack, failing.replace("{error}", ack.error) if ack.error else "", None, sent)

    def local(self, kind: str, error: str = "") -> Delivery:
        """An act that stays in the person's client."""
        return Delivery(kind, {}, Ack("local", 0, 0.0), error)
