"""The real Slack behind the port `handlers.chat.Chat`: one workspace, one bot token."""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.web import SlackResponse

from bot import acks
from bot.calls import HURRIED, PATIENT, call, client
from bot.hosts import Hosts
from bot.lines import Lines
from bot.shelf import Shelf
from handlers.chat import Block, ChatTrouble, Download, Modal, Picture, Posted, Profile
from handlers.said import Said
from handlers.views.blocks import without_tables

log = logging.getLogger(__name__)

DAY = 86_400.0
REMEMBERED = 5_000
DOWNLOAD = 60.0
LOOKS = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)  # seconds between the looks for an uploaded file
NOT_THERE = frozenset(
    {"channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived", "messages_tab_disabled"}
)
SHAPELESS = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_arguments"})


class SlackChat:
    """``api_url`` is Slack's Web API base; ``ticks`` seconds that only grow; ``sleep`` waits between two looks."""

    def __init__(
        self,
        token: str,
        api_url: str,
        team: str,
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._token = token
        self._team = team
        self._api_url = api_url
        self._hosts = Hosts(api_url)
        self._web = client(token, api_url, patient=True)
        self._wait = PATIENT
        self._sleep = sleep
        self._hurried: SlackChat | None = None
        self._lines = Lines()
        self._profiles: Shelf[Profile] = Shelf(REMEMBERED, DAY, ticks)
        self._directs: Shelf[str] = Shelf(REMEMBERED, DAY, ticks)

    def hurried(self) -> SlackChat:
        """The same chat for use before an acknowledgement: it tries once and gives up in time."""
        if self._hurried is None:
            twin = copy.copy(self)
            twin._web = client(self._token, self._api_url, patient=False)
            twin._wait = HURRIED
            self._hurried = twin
        return self._hurried

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        shown = _shown(picture)
        if thread:
            shown["thread_ts"] = thread
        quiet = {"unfurl_links": False, "unfurl_media": False, "link_names": False}
        # Somebody who waits for an acknowledgement does not stand in line.
        with self._lines.turn(channel) if self._wait == PATIENT else nullcontext():
            answer = _drawn(self._web.chat_postMessage, shown, channel=channel, **quiet)
        return Posted(str(answer["channel"]), str(answer["ts"]))

    def redraw(self, where: Posted, picture: Picture) -> None:
        _drawn(self._web.chat_update, _shown(picture), channel=where.channel, ts=where.ts, link_names=False)

    def direct(self, user: str) -> str:
        known = self._directs.get(user)
        if known:
            return known
        return self._directs.put(user, str(call(self._web.conversations_open, users=user)["channel"]["id"]))

    def whisper(self, said: Said, picture: Picture) -> None:
        """By the response_url; when that is used up or gone in the channel; else in the direct conversation."""
        if said.reply and self._replied(said.reply, picture):
            return
        if said.channel:
            try:
                call(self._web.chat_postEphemeral, channel=said.channel, user=said.user, **_shown(picture))
            except ChatTrouble as trouble:
                if trouble.code not in NOT_THERE:
                    raise
            else:
                return
        self.post(self.direct(said.user), picture)

    def _replied(self, url: str, picture: Picture) -> bool:
        if not self._hosts.answers(url):
            log.warning("a response_url leads to a host that is not Slack's: not used")
            return False
        payload = {"response_type": "ephemeral", "replace_original": False, **_shown(picture)}
        status = self._hosts.reply(url, payload, self._wait)
        if status != 200:
            log.info("a response_url answered %d: the words go another way", status)
        return status == 200

    def open(self, said: Said, modal: Modal) -> None:
        if not said.trigger:
            raise ChatTrouble("no_trigger")
        method = self._web.views_push if said.view else self._web.views_open
        call(method, trigger_id=said.trigger, view=acks.view(modal))

    def refresh(self, view: str, modal: Modal) -> None:
        call(self._web.views_update, view_id=view, view=acks.view(modal))

    def home(self, user: str, picture: Picture) -> None:
        try:
            call(self._web.views_publish, user_id=user, view=acks.home(picture))
        except ChatTrouble as refused:
            if not _tabled(refused, picture.blocks):
                raise
            bare = replace(picture, blocks=without_tables(picture.blocks))
            call(self._web.views_publish, user_id=user, view=acks.home(bare))

    def profile(self, user: str, *, fresh: bool = False) -> Profile:
        known = None if fresh else self._profiles.get(user)
        if known:
            return known
        found = call(self._web.users_info, user=user, include_locale=True)["user"]
        return self._profiles.put(user, _profile(found, user, self._team))

    def people(self) -> tuple[Profile, ...]:
        found: list[Profile] = []
        cursor = ""
        while True:
            page = call(self._web.users_list, limit=200, cursor=cursor or None)
            found += [_profile(user, str(user["id"]), self._team) for user in page["members"]]
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                self._unlearn(found)
                return tuple(found)

    def _unlearn(self, found: list[Profile]) -> None:
        """Forgets those who are trusted otherwise than remembered: a guest of today is none of yesterday's."""
        for profile in found:
            known = self._profiles.get(profile.user)
            if known is not None and known.trusted is not profile.trusted:
                self._profiles.drop(profile.user)

    def download(self, file: str, most: int) -> Download:
        found: dict[str, Any] = call(self._web.files_info, file=file)["file"]
        if found.get("is_external") or found.get("mode") in ("external", "tombstone", "hidden_by_limit"):
            raise ChatTrouble("file_not_in_slack")
        if int(found.get("size") or 0) > most:
            raise ChatTrouble("file_too_large")
        url = str(found.get("url_private_download") or found.get("url_private") or "")
        if not self._hosts.keeps(url):  # the token goes to nobody else
            raise ChatTrouble("file_not_in_slack")
        content, kind = self._hosts.fetch(url, self._token, most, DOWNLOAD)
        if kind == "text/html" and found.get("mimetype") != "text/html":
            raise ChatTrouble("file_not_readable")  # a page to sign in on, in the place of the file
        return Download(file, str(found.get("name") or file), content)

    def upload(self, channel: str, thread: str, name: str, content: bytes, comment: str) -> None:
        """Returns once the file is seen in the channel: Slack says ok before it is."""
        more = {key: value for key, value in (("thread_ts", thread), ("initial_comment", comment)) if value}
        answer = call(self._web.files_upload_v2, channel=channel, filename=name, title=name, file=content, **more)
        made = str(answer["files"][0]["id"])
        for pause in (0.0, *LOOKS):
            self._sleep(pause)
            if _shared(call(self._web.files_info, file=made), channel):
                return
        raise ChatTrouble("file_not_shared", certain=False)

    def keep_picture(self, name: str, content: bytes, alt: str) -> str:
        """Returns once Slack has looked at the picture: a message that shows it sooner is refused."""
        answer = call(self._web.files_upload_v2, filename=name, title=name, file=content, alt_txt=alt)
        made = str(answer["files"][0]["id"])
        for pause in (0.0, *LOOKS):
            self._sleep(pause)
            if str(call(self._web.files_info, file=made)["file"].get("mimetype") or "").startswith("image/"):
                return made
        raise ChatTrouble("file_not_ready", certain=False)


def _shown(picture: Picture) -> dict[str, Any]:
    """Blocks are given even when there are none: an update would else keep the old ones."""
    return {"text": picture.text, "blocks": list(picture.blocks)}


def _profile(found: dict[str, Any], user: str, team: str) -> Profile:
    told = found.get("profile") or {}
    barred = ("is_bot", "deleted", "is_restricted", "is_ultra_restricted", "is_stranger")
    teams = {found.get("team_id"), *((found.get("enterprise_user") or {}).get("teams") or ())}
    locale = str(found.get("locale") or "")[:2].lower()
    return Profile(
        user=user,
        name=str(
            told.get("real_name") or found.get("real_name") or told.get("display_name") or found.get("name") or user
        ),
        language=locale if locale in ("fi", "sv") else "en",
        zone=_zone(str(found.get("tz") or "")),
        email=str(told.get("email") or ""),
        trusted=team in teams and not any(found.get(word) for word in barred),
        boss=any(found.get(word) for word in ("is_admin", "is_owner", "is_primary_owner")),
    )


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # unknown, odd or empty names
        return "Europe/Helsinki"
    return name


def _drawn(method: Callable[..., SlackResponse], shown: dict[str, Any], **to: Any) -> SlackResponse:
    """Says it; where Slack takes no tables, in lines."""
    try:
        return call(method, **to, **shown)
    except ChatTrouble as refused:
        if not _tabled(refused, shown["blocks"]):
            raise
        return call(method, **to, **{**shown, "blocks": list(without_tables(shown["blocks"]))})


def _tabled(refused: ChatTrouble, blocks: Sequence[Block]) -> bool:
    """Whether it is a shape that was refused, and has a table in it."""
    return refused.code in SHAPELESS and any(block["type"] == "table" for block in blocks)


def _shared(answer: SlackResponse, channel: str) -> bool:
    file: dict[str, Any] = answer["file"]
    named = [place for word in ("channels", "groups", "ims") for place in file.get(word) or ()]
    shares = [place for kind in (file.get("shares") or {}).values() for place in kind]
    return channel in named or channel in shares
