"""What is deployed: shut in, pinned by hash, nothing secret in it; and tables only gain, so that two versions fit."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from bot import readiness
from bot.compose import build
from bot.settings import Settings
from storage.database import Store
from storage.sealing import new_key
from tests.support.databases import KINDS, fresh

HOUSE = Path(__file__).parents[2]
DEPLOY = HOUSE / "deploy"
VERSIONS = HOUSE / "storage" / "migrations" / "versions"
PROMISED = "0013"  # from here on tables only gain within a release
NARROWING = ("drop_table", "drop_column", "drop_constraint", "rename_table", "alter_column")


def test_the_image_is_pinned_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    last = text.rsplit("\nFROM ", 1)[1]
    assert "\nUSER kierto\n" in last
    installs = re.findall(r"pip install (.*)", text)
    assert len(installs) == 3
    for words in installs:
        assert "--require-hashes" in words or "--no-index" in words
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.MULTILINE))
    packages = re.search(r"packages = \[(.*)\]", (HOUSE / "pyproject.toml").read_text())
    assert packages is not None
    assert copied == set(re.findall(r'"(\w+)"', packages[1]))
    assert (HOUSE / ".dockerignore").read_text().startswith("*\n")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-build.lock", "requirements-dev.lock"])
def test_every_package_is_locked_with_its_hash(name: str) -> None:
    pins = re.split(r"\n(?=[a-z0-9])", (HOUSE / name).read_text().strip())
    assert [pin.split()[0] for pin in pins if "==" not in pin.split()[0] or "--hash=sha256:" not in pin] == []


def test_the_services_are_shut_in() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    replicas = [place.removesuffix(":3000") for place in services["balancer"]["environment"]["KIERTO_REPLICAS"].split()]
    assert len(replicas) > 1
    for name in (*replicas, "worker", "migrate"):
        service = services[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "ports" not in service  # only the balancer is reached from outside
        assert service["depends_on"]
        if name != "migrate":
            assert service["depends_on"] == {"grant": {"condition": "service_completed_successfully"}}
    assert "--data-checksums" in services["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert "/metrics" not in (DEPLOY / "Caddyfile").read_text()


@pytest.mark.parametrize("name", ["kierto.service", "kierto-worker@.service"])
def test_the_units_are_shut_in(name: str) -> None:
    text = (DEPLOY / name).read_text()
    wanted = (
        "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "CapabilityBoundingSet=",
        "User=kierto", "EnvironmentFile=/etc/kierto/kierto.env", "SystemCallFilter=@system-service",
    )  # fmt: skip
    assert [line for line in wanted if f"\n{line}\n" not in text] == []


def test_an_example_holds_names_and_no_values() -> None:
    known = {name.upper() for name in Settings.model_fields}
    for line in (DEPLOY / "kierto.env.example").read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            assert name in known
            assert value == "" or "PASSWORD" in value


def test_every_setting_stands_in_the_manual() -> None:
    manual = (HOUSE / "docs" / "install.md").read_text()
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in manual] == []


def test_the_picture_can_be_drawn_and_read_aloud() -> None:
    drawn = ET.parse(HOUSE / "docs" / "pictures" / "deployment.svg").getroot()
    names = {child.tag.rpartition("}")[2]: child for child in drawn}
    assert names["title"].text
    assert names["desc"].text


def newer() -> list[Path]:
    return [path for path in sorted(VERSIONS.glob("*.py")) if path.stem[:4] >= PROMISED]


def test_tables_only_gain_within_a_release() -> None:
    narrowed = []
    for path in newer():
        tree = ast.parse(path.read_text())
        if "Contract:" in (ast.get_docstring(tree) or ""):  # what the release before last alone needed
            continue
        up = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade")
        called = [
            node.func.attr
            for node in ast.walk(up)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        ]
        narrowed += [f"{path.name}: {name}" for name in called if name in NARROWING]
    assert narrowed == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_older_program_works_on_beside_a_newer_one(kind: str, tmp_path: Path) -> None:
    values = {"database_url": fresh(kind, tmp_path), "kierto_secret_key": new_key()}
    settings = Settings(_env_file=None, **values)  # type: ignore[call-arg, arg-type]
    build(settings).close()
    store = Store(settings.database_url)
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        tx.exec_driver_sql("ALTER TABLE company ADD COLUMN of_the_future TEXT")
    store.close()
    house = build(settings)
    assert readiness.parts(house)["migrations"] == "ok"
    assert house.store.revisions()[0] == "9999"
    house.close()
