"""users.info, users.list, users.lookupByEmail and the conversations.* methods."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.slack.api.call import Call, Method
from sandbox.slack.records import SlackRefusal
from sandbox.slack.workspace import Channel, Person


def _user(call: Call, person: Person) -> dict[str, Any]:
    offset = datetime.fromtimestamp(call.world.clock(), UTC).astimezone(ZoneInfo(person.tz)).utcoffset()
    profile = {"real_name": person.shown, "display_name": person.name, "title": person.title}
    if "users:read.email" in call.space.app.scopes and not person.is_bot:
        profile["email"] = person.email
    made = {
        "id": person.id,
        "team_id": call.space.team_id,
        "name": person.name,
        "real_name": person.shown,
        "deleted": person.deleted,
        "tz": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": person.is_admin,
        "is_bot": person.is_bot,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "updated": 0,
    }
    return {**made, "locale": person.locale} if call.flag("include_locale") else made


def users_info(call: Call) -> dict[str, Any]:
    """One member; the locale only when asked for."""
    person = call.space.person(call.need("user", "user_not_found"))
    if person is None:
        raise SlackRefusal("user_not_found")
    return {"user": _user(call, person)}


def users_list(call: Call) -> dict[str, Any]:
    """All members, paged."""
    people, meta = call.page(call.space.people)
    return {"members": [_user(call, person) for person in people], "cache_ts": 0, **meta}


def users_by_email(call: Call) -> dict[str, Any]:
    """The active member with this address."""
    wanted = call.need("email", "users_not_found").lower()
    for person in call.space.people:
        if person.email.lower() == wanted and not person.deleted:
            return {"user": _user(call, person)}
    raise SlackRefusal("users_not_found")


def channel_json(call: Call, channel: Channel) -> dict[str, Any]:
    """A conversation as the conversations.* methods show it."""
    bot = call.space.app.bot_user
    made: dict[str, Any] = {
        "id": channel.id,
        "created": 0,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_member": channel.has(bot),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
    }
    if channel.kind == "im":
        return {**made, "user": next((user for user in channel.members if user != bot), bot)}
    return {**made, "name": channel.name, "name_normalized": channel.name}


def conversations_open(call: Call) -> dict[str, Any]:
    """Opens the direct message with one person, or a group of up to eight."""
    if existing := call.text("channel"):
        return {"channel": {"id": call.world.channel(existing).id}}
    users = [user.strip() for user in call.need("users", "users_list_not_supplied").split(",") if user.strip()]
    if len(users) > 8:
        raise SlackRefusal("too_many_users")
    for user in users:
        person = call.space.person(user)
        if person is None:
            raise SlackRefusal("user_not_found")
        if person.deleted:
            raise SlackRefusal("user_disabled")
    with call.world.changing():
        known = {channel.id for channel in call.space.channels}
        channel = call.space.direct(*users)
    full = channel_json(call, channel) if call.flag("return_im") else {"id": channel.id}
    done = {"no_op": True, "already_open": True} if channel.id in known else {}
    return {**done, "channel": full}


def _seen(call: Call) -> Channel:
    channel = call.space.channel(call.need("channel", "channel_not_found"))
    if channel is None or (channel.kind != "public" and not channel.has(call.space.app.bot_user)):
        raise SlackRefusal("channel_not_found")
    return channel


def conversations_info(call: Call) -> dict[str, Any]:
    """One conversation that the bot can see."""
    return {"channel": channel_json(call, _seen(call))}


def conversations_list(call: Call) -> dict[str, Any]:
    """Conversations of the asked types that the bot can see."""
    names = {"public": "public_channel", "private": "private_channel", "im": "im", "mpim": "mpim"}
    types = call.text("types", "public_channel").split(",")
    bot = call.space.app.bot_user
    seen = [c for c in call.space.channels if names[c.kind] in types and (c.kind == "public" or c.has(bot))]
    if call.flag("exclude_archived"):
        seen = [channel for channel in seen if not channel.is_archived]
    channels, meta = call.page(seen)
    return {"channels": [channel_json(call, channel) for channel in channels], **meta}


def conversations_members(call: Call) -> dict[str, Any]:
    """Ids of those who take part."""
    channel = _seen(call)
    everybody = [person.id for person in call.space.people if not person.deleted]
    members, meta = call.page([user for user in everybody if channel.has(user)])
    return {"members": members, **meta}


METHODS: dict[str, Method] = {
    "users.info": users_info,
    "users.list": users_list,
    "users.lookupByEmail": users_by_email,
    "conversations.open": conversations_open,
    "conversations.info": conversations_info,
    "conversations.list": conversations_list,
    "conversations.members": conversations_members,
}
