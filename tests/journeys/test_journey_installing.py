"""An admin opens the bot's page of installation: Slack asks, the browser comes back, and the bot says what is next."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from finance.authority import Right
from storage import companies, installations, rights, workspaces
from tests.support.browsing import Browser, words
from tests.support.databases import fresh
from tests.support.many import ANNA, BERTIL, Many, many


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Many]:
    """Two workspaces that have not met the bot."""
    with many(fresh(request.param, tmp_path), "T0YKSI", "T0KAKSI", working=False) as made:
        yield made


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Many]:
    """The same on SQLite, for what the database does not matter to."""
    with many(fresh("sqlite", tmp_path), "T0YKSI", "T0KAKSI", working=False) as made:
        yield made


def installed(made: Many) -> int:
    with made.house.store.read() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM slack_bots").scalar() or 0)


def test_an_admin_installs_it_and_is_told_what_comes_next(empty: Many) -> None:
    empty.start_worker()
    slack = empty.slacks[1]
    page = empty.install(slack)
    assert page.status_code == 200
    assert words(page).startswith("Installed Kierto is installed in Työtila 2. Go to Slack and type /procountor setup")
    id, team = empty.company(slack), slack.workspace.team_id
    with empty.house.store.read() as tx:
        place, company = workspaces.get(tx, team), companies.get(tx, id)
        holder = rights.holder(tx, id, team, ANNA)
        token = installations.bot_token(tx, slack.workspace.app.client_id, team)
        assert companies.of_team(tx, "T0YKSI") == ()
    assert place is not None
    assert (place.name, place.state, place.bot_user) == ("Työtila 2", "installed", slack.workspace.app.bot_user)
    assert (company.name, company.state) == ("Työtila 2", "new")
    assert [(g.right, g.by) for g in holder.grants] == [(Right.ADMIN, "slack installation")]
    assert token in slack.world.tokens
    assert [(row.company, row.who) for row in empty.trail("slack.installed")] == [(id, f"{team}/{ANNA}")]
    assert [row.subject for row in empty.trail("rights.given")] == [f"{team}/{ANNA}"]
    empty.until(slack, "Type /procountor setup here")
    assert "company" in empty.whispered(slack, "help", "Kierto carries")


def test_only_the_first_one_becomes_admin(bare: Many) -> None:
    bare.start_worker()
    bare.install(bare.slack, ANNA)
    bare.install(bare.slack, BERTIL)
    with bare.house.store.read() as tx:
        assert rights.with_right(tx, bare.company(bare.slack), Right.ADMIN) == (ANNA,)
    assert "first admin" not in bare.until(bare.slack, "Type /procountor help", BERTIL)
    assert installed(bare) == 1  # the tokens of the earlier one are gone


@pytest.mark.parametrize(("user", "admin"), [(ANNA, True), (BERTIL, False)])
def test_connected_books_are_given_only_to_an_admin_of_the_workspace(bare: Many, user: str, admin: bool) -> None:
    bare.install(bare.slack, BERTIL)
    id = bare.connect(bare.slack)
    with bare.house.store.write() as tx:
        for somebody in (ANNA, BERTIL):
            rights.give(tx, id, "T0YKSI", somebody, (Right.FINANCE,), "test", bare.house.desk.clock())
    bare.install(bare.slack, user)
    with bare.house.store.read() as tx:
        holder = rights.holder(tx, id, "T0YKSI", user)
    assert holder.rights == ({Right.FINANCE, Right.ADMIN} if admin else {Right.FINANCE})


# the state: random, once, ten minutes, this browser


def test_what_is_asked_of_slack_is_what_the_manifest_asks_for(bare: Many) -> None:
    browser = Browser()
    place = urlsplit(browser.begin(bare.url))
    assert f"{place.scheme}://{place.netloc}{place.path}" == f"{bare.one.url}/oauth/v2/authorize"
    asked = parse_qs(place.query)
    assert asked["client_id"] == [bare.slack.workspace.app.client_id]
    assert set(asked["scope"][0].split(",")) >= {"chat:write", "commands", "im:history", "users:read.email"}
    (cookie,) = browser.set
    assert cookie.startswith("__Host-kierto-install=")
    assert all(f"; {word}" in cookie for word in ("Secure", "HttpOnly", "Path=/", "Max-Age=600", "SameSite=Lax"))
    assert "Domain" not in cookie


def test_states_are_random_and_stand_nowhere_in_clear(bare: Many) -> None:
    states = {parse_qs(urlsplit(Browser().begin(bare.url)).query)["state"][0] for _ in range(50)}
    assert len(states) == 50
    assert min(map(len, states)) >= 43  # 256 bits
    with bare.house.store.read() as tx:
        kept = set(tx.exec_driver_sql("SELECT state FROM slack_oauth_states").scalars())
    assert len(kept) == 50
    assert not kept & states


def test_a_state_is_good_once(bare: Many) -> None:
    browser = Browser()
    back = browser.allow(browser.begin(bare.url), ANNA, "T0YKSI")
    cookie = dict(browser.cookies[urlsplit(bare.url).netloc])
    assert browser.get(back).status_code == 200
    assert browser.cookies[urlsplit(bare.url).netloc] == {}
    again = browser.get(back)
    assert (again.status_code, words(again)[:16]) == (400, "Not this browser")
    browser.cookies[urlsplit(bare.url).netloc] = cookie
    late = browser.get(back)
    assert (late.status_code, words(late)[:8]) == (400, "Too late")
    assert len(bare.trail("slack.installed")) == 1


def test_two_at_once_with_one_state_install_once(bare: Many) -> None:
    browser = Browser()
    back = browser.allow(browser.begin(bare.url), ANNA, "T0YKSI")
    cookies = dict(browser.cookies[urlsplit(bare.url).netloc])
    with ThreadPoolExecutor(8) as pool:
        twins = [Browser(cookies={urlsplit(bare.url).netloc: dict(cookies)}) for _ in range(8)]
        pages = list(pool.map(lambda one: one.get(back).status_code, twins))
    assert sorted(pages) == [200] + [400] * 7


def test_the_answer_to_one_browser_does_nothing_in_another(bare: Many) -> None:
    for _ in range(20):
        attacker, victim = Browser(), Browser()
        back = attacker.allow(attacker.begin(bare.url), BERTIL, "T0YKSI")
        victim.begin(bare.url)
        for one in (victim, Browser()):
            page = one.get(back)
            assert page.status_code == 400
            assert "not begun in this browser" in words(page)
    assert installed(bare) == 0
    assert bare.trail("slack.installed") == []


@pytest.mark.parametrize("cut", ["state=", "state=x", ""])
def test_without_a_state_of_ours_nothing_is_done(bare: Many, cut: str) -> None:
    browser = Browser()
    browser.allow(browser.begin(bare.url), ANNA, "T0YKSI")
    assert browser.get(f"{bare.url}/slack/oauth_redirect?code=x&{cut}").status_code == 400
    assert installed(bare) == 0


def test_after_ten_minutes_it_is_too_late(bare: Many) -> None:
    browser = Browser()
    back = browser.allow(browser.begin(bare.url), ANNA, "T0YKSI")
    bare.clock.ahead = timedelta(seconds=601)
    late = browser.get(back)
    assert (late.status_code, words(late)[:8]) == (400, "Too late")
    assert installed(bare) == 0
    bare.clock.ahead = timedelta(seconds=1200)
    Browser().begin(bare.url)
    with bare.house.store.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM slack_oauth_states").scalar() == 1  # old ones go


# how else it may end


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi-FI,fi;q=0.9,en;q=0.8", "Asennus peruttu"),
        ("sv", "Installationen avbröts"),
        ("de", "Installation cancelled"),
    ],
)
def test_cancelling_is_said_in_the_browsers_language(bare: Many, language: str, title: str) -> None:
    browser = Browser(language)
    page = bare.install(bare.slack, ANNA, browser, decision="cancel")
    assert page.status_code == 200
    assert words(page).startswith(title)
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"
    assert installed(bare) == 0
    assert bare.trail("slack.installed") == []


@pytest.mark.parametrize("what", ["500", "drop_before"])
def test_when_slack_gives_no_token_one_can_begin_again(bare: Many, what: Any) -> None:
    for nth in range(1, 5):
        bare.slack.faults.add("oauth.v2.access", nth, what)
    page = bare.install(bare.slack)
    assert page.status_code == 502
    assert "Begin again" in words(page)
    assert installed(bare) == 0
    bare.slack.faults.clear()
    assert bare.install(bare.slack).status_code == 200


def test_an_invented_code_is_refused_in_words(bare: Many) -> None:
    browser = Browser()
    state = parse_qs(urlsplit(browser.begin(bare.url)).query)["state"][0]
    page = browser.get(f"{bare.url}/slack/oauth_redirect?code=invented&state={state}")
    assert (page.status_code, "Slack did not carry" in words(page)) == (502, True)
    for trouble in ("error=server_error", "error=a%0Ab", ""):
        state = parse_qs(urlsplit(browser.begin(bare.url)).query)["state"][0]
        page = browser.get(f"{bare.url}/slack/oauth_redirect?state={state}&{trouble}")
        assert (page.status_code, "Slack did not carry" in words(page)) == (502, True)


def test_a_failure_of_ours_is_a_page_with_a_number(bare: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("bot.install.installing.joined", broken)
    page = bare.install(bare.slack)
    assert page.status_code == 503
    assert "Incident number" in words(page)
    assert "secret words" not in page.text
    monkeypatch.undo()
    assert bare.install(bare.slack).status_code == 200


def test_without_oauth_there_is_no_such_page(tmp_path: Path) -> None:
    with many(fresh("sqlite", tmp_path), working=False, slack_client_secret="") as made:
        assert Browser().get(f"{made.url}/slack/install").status_code == 404
