"""Five rules of our own, over the syntax of the product's code (gate G23): what no linter knows of this house.

No SQL is made of text, no money is a float, no instant is without its zone, no foreign words stand in Slack's blocks as
they came, nothing is asked over the network without an end. What looks like a breach and is none stands here with its
reason; one that is no longer there must be taken off the list.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.gate("G23")

HOUSE = Path(__file__).parents[2]
PRODUCT = ("finance", "procountor", "storage", "intake", "handlers", "bot")
Found = Iterator[tuple[int, str]]
"""Line, and the piece of code."""


def name(of: ast.expr) -> str:
    """The last word of what is called."""
    return of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name(node.func) in names)


def constants(tree: ast.Module) -> set[str]:
    """Names of the module that stand for one text or number."""
    given = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None]
    targets = {
        getattr(target, "id", ""): node.value
        for node in given
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    known = {name for name, value in targets.items() if isinstance(value, ast.Constant)}
    return known | {name for name, value in targets.items() if isinstance(value, ast.JoinedStr) and fixed(value, known)}


def fixed(text: ast.expr, known: set[str]) -> bool:
    """Whether a text is the same whatever happens: a constant, or one made of the module's constants."""
    if isinstance(text, ast.JoinedStr):
        return all(fixed(part.value, known) for part in text.values if isinstance(part, ast.FormattedValue))
    if isinstance(text, ast.IfExp):
        return fixed(text.body, known) and fixed(text.orelse, known)
    return isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id in known)


STATEMENT = re.compile(r"""f['"]{1,3}\s*(SELECT|INSERT|UPDATE|DELETE|DROP|ALTER|CREATE)\b""")


def sql_of_text(tree: ast.Module, path: str) -> Found:
    """SQL that is not the same whatever happens. `execute` takes statements, too: only texts are judged there."""
    known, made = constants(tree), sqlalchemys_text(tree)
    for call in calls(tree, *made, "exec_driver_sql", "literal_column", "executescript", "execute"):
        sql = call.args[0] if call.args else None
        if name(call.func) == "execute" and not isinstance(sql, ast.JoinedStr | ast.BinOp | ast.Constant):
            continue
        if sql is not None and not fixed(sql, known):
            yield call.lineno, ast.unparse(sql)
    if path.startswith(("storage", "bot")):  # a statement that is put into a name first
        made_of = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and not fixed(node, known))
        yield from ((node.lineno, ast.unparse(node)) for node in made_of if STATEMENT.match(ast.unparse(node)))


def sqlalchemys_text(tree: ast.Module) -> tuple[str, ...]:
    """("text",) where it is SQLAlchemy's; others call their own functions so."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy"]
    return tuple({a.asname or a.name for node in imports for a in node.names if a.name == "text"})


SECONDS = re.compile(
    r"after|age|ahead|answer|beat|behind|connect|every|idle|leave_by|leave_within|left|longest|longest_pause|most|noted|"
    r"patience|pause|pool|rate|read|retry|seconds|settle|ticks|until|value|window|write"
)


def money_in_floats(tree: ast.Module, path: str) -> Found:
    """Floats made of something, members and columns that are floats, and JSON read into them.

    Durations in seconds may be floats; they have the names of durations.
    """
    for call in calls(tree, "float", "Float", "Double", "REAL"):
        yield call.lineno, ast.unparse(call)
    for call in calls(tree, "Decimal"):
        if any(isinstance(node, ast.Constant) and isinstance(node.value, float) for node in ast.walk(call)):
            yield call.lineno, ast.unparse(call)
    if path.startswith("bot"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None and _float(node.annotation):
            named = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
            if not SECONDS.fullmatch(named):
                yield node.lineno, f"{named}: {ast.unparse(node.annotation)}"


def _float(annotation: ast.expr) -> bool:
    """float and float | None; not what only takes or gives one somewhere inside."""
    return re.fullmatch(r"float( \| None)?", ast.unparse(annotation)) is not None


def naive_instants(tree: ast.Module, path: str) -> Found:
    """What ruff's DTZ does not see: a day and an hour put together without a zone, a zone taken off."""
    for call in calls(tree, "combine"):
        if len(call.args) < 3 and not any(word.arg == "tzinfo" for word in call.keywords):
            yield call.lineno, ast.unparse(call)
    for call in calls(tree, "replace"):
        if any(word.arg == "tzinfo" and ast.unparse(word.value) == "None" for word in call.keywords):
            yield call.lineno, ast.unparse(call)
    for call in calls(tree, "DateTime"):
        if "timezone=True" not in ast.unparse(call):
            yield call.lineno, ast.unparse(call)
    for call in calls(tree, "Column"):
        if any(isinstance(kind, ast.Name) and kind.id == "DateTime" for kind in call.args):
            yield call.lineno, "Column(DateTime)"


KEEPING = {"strip", "rstrip", "upper", "lower", "title", "removesuffix", "replace"}
HARMLESS = {"safe", "clean", "cut", "option", "plain_text", "masked"}
SAID = {"section", "context", "mrkdwn", "paragraphs"}
# Texts of records that are ours: numbers, Slack's ids and channels, hours, and sentences that are safe already.
OURS = {
    *("user", "by", "to", "asker", "asked", "taken_by", "substitute", "channel", "paid_channel", "result_channel"),
    *("number", "id", "tick", "series", "print", "hour", "kind", "value", "currency", "alike"),
    *("text", "says", "do", "head", "title", "told", "note", "bar", "why", "who", "psa", "slack"),
}


def foreign_words(tree: ast.Module, path: str) -> Found:
    """A record's text that stands in a sentence, a block or an f-string of a picture without having been made harmless.

    A record's member is foreign unless it is named as ours; also what is formatted by `str.format` and by `%`.
    """
    if not path.startswith("handlers"):
        return
    for call in calls(tree, "format", "format_map"):
        yield call.lineno, ast.unparse(call)
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _textual(node.left):
            yield node.lineno, ast.unparse(node)
    for call in calls(tree, "say", "n"):
        said = ast.unparse(call.func).rpartition(".")[0 if name(call.func) == "n" else 2].endswith("say")
        if said and call.args and not _sentence(call.args[0]):
            yield call.lineno, ast.unparse(call)
    yield from _bare(tree, "views" in path)


def _bare(node: ast.AST, picture: bool) -> Found:
    if isinstance(node, ast.Call):
        if name(node.func) in HARMLESS:
            return
        told: list[ast.expr] = []
        if name(node.func) == "say" or ast.unparse(node.func).endswith("say.n"):
            told = [word.value for word in node.keywords]
        elif name(node.func) in SAID:
            told = list(node.args)
        for value in told:
            yield from _members(value)
    elif isinstance(node, ast.FormattedValue) and picture:
        yield from _members(node.value)
    for child in ast.iter_child_nodes(node):
        yield from _bare(child, picture)


def _members(value: ast.expr) -> Found:
    """Members of records that reach the reader as they are; what a function has made of them is the function's."""
    if isinstance(value, ast.Attribute):
        if value.attr in TEXTS - OURS:
            yield value.lineno, ast.unparse(value)
    elif isinstance(value, ast.Subscript):
        yield from _members(value.value)
    elif isinstance(value, ast.IfExp):
        yield from (*_members(value.body), *_members(value.orelse))
    elif isinstance(value, ast.BoolOp):
        for one in value.values:
            yield from _members(one)
    elif isinstance(value, ast.BinOp):
        yield from (*_members(value.left), *_members(value.right))
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in KEEPING:
        yield from _members(value.func.value)


def _textual(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _sentence(node: ast.expr) -> bool:
    """A sentence of the catalogues: written here, or one of a table of ours under a name."""
    return not isinstance(node, ast.JoinedStr | ast.BinOp | ast.Attribute)


def texts() -> set[str]:
    """The members of every record of ours that are texts."""
    found: set[str] = set()
    for package in ("finance", "procountor", "storage", "intake", "handlers"):
        for path in (HOUSE / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ClassDef):
                    members = [line for line in node.body if isinstance(line, ast.AnnAssign)]
                    found |= {
                        ast.unparse(line.target)
                        for line in members
                        if ast.unparse(line.annotation) in ("str", "str | None")
                    }
    return found


TEXTS = texts()
# What asks somebody else, and at which place of its arguments the seconds stand when they have no name (0: nowhere).
ASKING = {
    "urlopen": 3, "open": 0, "create_connection": 2, "HTTPConnection": 3, "HTTPSConnection": 3, "Client": 0,
    "WebClient": 3, "BrakedClient": 3, "get": 0, "request": 0, "WebhookClient": 2,
}  # fmt: skip
WHOSE = {"open": ("opener",), "get": ("requests", "httpx"), "request": ("requests", "httpx"), "Client": ("httpx",)}


def asked_without_end(tree: ast.Module, path: str) -> Found:
    """Requests that name no time limit."""
    for call in calls(tree, *ASKING):
        asked = name(call.func)
        owner = ast.unparse(call.func).rpartition(".")[0]
        if asked in WHOSE and not any(word in owner for word in WHOSE[asked]):
            continue
        place = ASKING[asked]
        limited = any(word.arg == "timeout" for word in call.keywords)
        if not limited and not (place and len(call.args) >= place):
            yield call.lineno, ast.unparse(call)


BREACHES: dict[str, tuple[str, ...]] = {
    "sql_of_text": (
        'tx.exec_driver_sql(f"DELETE FROM bill WHERE id = {id}")',
        'tx.exec_driver_sql("SELECT " + column)',
        "cursor.execute(\"SELECT * FROM bill WHERE name = '%s'\" % name)",
        'from sqlalchemy import text\ntx.execute(text(f"SELECT {column}"))',
        "statement = f\"UPDATE bill SET name = '{name}'\"",
    ),
    "money_in_floats": (
        "total = float(bill.gross)",
        "vat = Decimal(0.255)",
        "class Bill:\n    gross: float",
        "def pay(amount: float | None) -> None: ...",
        'Column("gross", Float(2))',
    ),
    "naive_instants": (
        "at = datetime.combine(day, hour)",
        "at = at.replace(tzinfo=None)",
        'Column("at", DateTime)',
        'Column("at", DateTime())',
    ),
    "foreign_words": (
        'f"*{bill.supplier}*"',
        'say("From {name}", name=bill.supplier)',
        'b.section("*" + bill.supplier + "*")',
        '"From {}".format(bill.supplier)',
        '"From %s" % bill.supplier',
        'say(f"From {x}")',
        "say(bill.supplier)",
        'here.say.n("{n} of {name}", "{n} of {name}", 2, name=row.comment.strip())',
        'b.context(row.comment if row.comment else "")',
    ),
    "asked_without_end": (
        "urllib.request.urlopen(request)",
        "self._opener.open(request)",
        "httpx.Client(base_url=url)",
        "httpx.get(url)",
        "http.client.HTTPSConnection(host, 443)",
        "socket.create_connection(place)",
        "WebClient(token=token)",
    ),
}
KEPT: dict[str, tuple[str, ...]] = {
    "sql_of_text": ('tx.exec_driver_sql("SELECT 1")', "tx.execute(select(bill))", 'NOW = "now()"\nx = f"SELECT {NOW}"'),
    "money_in_floats": ("def wait(seconds: float) -> None: ...", 'vat = Decimal("0.255")'),
    "naive_instants": ("datetime.combine(day, hour, UTC)", 'Column("at", Instant)', "at.replace(tzinfo=UTC)"),
    "foreign_words": ('f"*{b.safe(bill.supplier)}*"', 'say("Approve")', 'say("{who}", who=b.safe(bill.supplier))'),
    "asked_without_end": ("opener.open(request, timeout=5)", "path.open()", "socket.create_connection(place, 5)"),
}

Rule = Callable[[ast.Module, str], Found]
RULES: dict[str, Rule] = {
    rule.__name__: rule for rule in (sql_of_text, money_in_floats, naive_instants, foreign_words, asked_without_end)
}
EXPLAINED: dict[str, dict[str, str]] = {
    "sql_of_text": {
        "bot/engine.py: _QUEUES.replace('workflow_status', table)": "two constants: the engine's table",
        "storage/database.py: f'PRAGMA {pragma}'": "of a list of constants",
        "storage/database.py: f'PRAGMA foreign_keys={state}'": "ON or OFF",
    },
    "money_in_floats": {
        "bot/brake.py: float(told)": "seconds that Slack wants us to wait",
        "bot/edge.py: float('-inf')": "a moment before all others",
        "bot/figures.py: float('-inf')": "a moment before all others",
        "bot/pages.py: float(value)": "the weight of a language in a browser's header",
        "bot/socket.py: float(getattr(self._line.current_session, 'last_pong_tm', 0.0) or 0.0)": "a moment",
        "finance/names.py: float(_INITIAL)": "how alike two names are",
        "handlers/bill_open.py: float(ts)": "the moment of one of Slack's messages",
        "handlers/hook.py: float(DELAYS[attempt])": "seconds until the next attempt",
        "intake/tables/workbooks.py: float(value)": "a sheet's own; read as it is shown",
    },
    "naive_instants": {
        "bot/installations.py: self._clock().astimezone(UTC).replace(tzinfo=None)": "Slack's library's, UTC",
        "finance/allowances.py: local.replace(tzinfo=None, fold=0)": "two clocks on the wall",
        "finance/allowances.py: there.replace(tzinfo=None)": "two clocks on the wall",
        "procountor/moments.py: instant.astimezone(_zone()).replace(tzinfo=None, microsecond=0)": "Procountor's",
        "storage/slack_tables.py: Column(DateTime)": "Slack's library keeps its own times, in UTC",
    },
    "foreign_words": {
        "handlers/company.py: here.company.name": "a picture's argument, made harmless in views/company.py",
        "handlers/home.py: here.say(r.help)": "the routes' own help, which stands in the catalogues",
        "handlers/pile_facts.py: item.detail": "a Slack user's id, noted by ourselves",
        "handlers/views/settings_forms.py: part.name": "a member of an enumeration of ours",
        "handlers/views/tongue.py: said.format_map(_Shown(self, facts))": "the catalogues' sentences",
    },
    "asked_without_end": {},
}


@pytest.mark.parametrize("rule", RULES)
def test_nothing_breaks_a_rule_of_the_house(rule: str) -> None:
    found = {}
    for package in PRODUCT:
        for path in sorted((HOUSE / package).rglob("*.py")):
            place = str(path.relative_to(HOUSE))
            if "versions" not in path.parts:
                for line, code in RULES[rule](ast.parse(path.read_text()), place):
                    found[f"{place}: {code}"] = f"{place}:{line}"
    known = EXPLAINED[rule]
    assert {code: place for code, place in found.items() if code not in known} == {}
    assert known.keys() - found.keys() == set(), "explained, but no longer there"
    assert all(known.values())


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, codes in BREACHES.items() for code in codes])
def test_a_breach_is_found(rule: str, code: str) -> None:
    assert list(RULES[rule](ast.parse(code), "handlers/views/x.py" if "words" in rule else "storage/x.py"))


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, codes in KEPT.items() for code in codes])
def test_what_keeps_the_rule_is_let_pass(rule: str, code: str) -> None:
    assert list(RULES[rule](ast.parse(code), "handlers/views/x.py" if "words" in rule else "storage/x.py")) == []


def test_ruff_and_bandit_judge_the_product_too() -> None:
    told = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert {"S", "DTZ", "BLE", "T20"} <= set(told["select"])
    assert {rule for rule in told["ignore"] if rule.startswith(("S", "DTZ"))} == {"S101"}
    loose = {place for place in told["per-file-ignores"] if not place.startswith(("tests", "benchmarks", "sandbox"))}
    assert loose == set()
    assert "bandit" in (HOUSE / "Makefile").read_text().partition("\nstatic:")[2].partition("\n\n")[0]
