"""A browser as far as installing needs one: it keeps cookies, follows where it is sent, and presses Allow or Cancel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx


@dataclass
class Browser:
    """``language`` is its Accept-Language. Cookies belong to a host and port; their attributes are kept for tests."""

    language: str = "en"
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    set: list[str] = field(default_factory=list)

    def get(self, url: str) -> httpx.Response:
        """One request, no redirect followed."""
        return self._ask("GET", url)

    def post(self, url: str, **form: str) -> httpx.Response:
        return self._ask("POST", url, form)

    def begin(self, bot: str) -> str:
        """Opens the bot's page of installation; gives the address at Slack it sends the browser to."""
        sent = self.get(f"{bot}/slack/install")
        assert sent.status_code == 302, sent.text
        return sent.headers["location"]

    def allow(self, place: str, user: str, team: str = "", decision: str = "allow") -> str:
        """Presses a button on Slack's page as ``user``; gives the address Slack sends the browser back to."""
        place = f"{place}&team={team}" if team else place
        shown = self.get(place)
        assert shown.status_code == 200, shown.text
        sent = self.post(place, user=user, decision=decision)
        assert sent.status_code == 302, sent.text
        return sent.headers["location"]

    def install(self, bot: str, user: str, team: str = "", decision: str = "allow") -> httpx.Response:
        """The whole way; gives the page at its end."""
        return self.get(self.allow(self.begin(bot), user, team, decision))

    def _ask(self, method: str, url: str, form: dict[str, str] | None = None) -> httpx.Response:
        host = urlsplit(url).netloc
        mine = self.cookies.setdefault(host, {})
        headers = {"Accept-Language": self.language}
        if mine:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in mine.items())
        answer = httpx.request(method, url, data=form, headers=headers, timeout=30)
        for cookie in answer.headers.get_list("set-cookie"):
            self.set.append(cookie)
            name, _, value = cookie.partition(";")[0].partition("=")
            if "1970" in cookie:
                mine.pop(name, None)
            else:
                mine[name] = value
        return answer


def words(page: httpx.Response) -> str:
    """A page's text without its marks."""
    body = page.text.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
