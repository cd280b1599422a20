"""Requests against the OpenAPI document: what cannot be parsed is refused at once, the rest is collected.

Procountor answers an unparseable value alone and without `field`; missing members, lengths and limits come
together with the business rules, each with its path.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from sandbox.procountor.wire import Doc, Violation, refuse

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
_PREFIX = "#/components/schemas/"


@cache
def document() -> Doc:
    """The vendored OpenAPI document of release 26.04."""
    text = resources.files("sandbox.procountor").joinpath("openapi-26.04.json").read_text("utf-8")
    parsed: Doc = json.loads(text)
    return parsed


@dataclass(slots=True)
class Findings:
    """What a shape check found besides unparseable values."""

    violations: list[Violation] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def check(model: str, value: object, *, partial: bool = False) -> Findings:
    """Checks a body against a model; `partial` (PATCH) does not ask for required members. Raises Refused."""
    findings = Findings()
    _walk({"$ref": _PREFIX + model}, value, "", findings, partial)
    return findings


def blank(path: str) -> Violation:
    return Violation(path, f"Value of the '{path}' cannot be blank.")


def _resolve(schema: Doc) -> Doc:
    if "allOf" in schema:
        return _resolve(schema["allOf"][0])
    if "$ref" in schema:
        found: Doc = document()["components"]["schemas"][schema["$ref"].removeprefix(_PREFIX)]
        return found
    return schema


def _walk(schema: Doc, value: Any, path: str, findings: Findings, partial: bool) -> None:
    schema = _resolve(schema)
    match schema.get("type", "object"):
        case "object":
            _object(schema, value, path, findings, partial)
        case "array":
            _array(schema, value, path, findings, partial)
        case "string":
            _string(schema, value, path, findings)
        case "boolean":
            _parsed(isinstance(value, bool), path)
        case kind:
            _number(schema, value, path, findings, whole=kind == "integer")


def _object(schema: Doc, value: Any, path: str, findings: Findings, partial: bool) -> None:
    _parsed(isinstance(value, dict), path)
    properties: Doc = schema.get("properties", {})
    at = f"{path}." if path else ""
    if not partial:
        missing = [n for n in schema.get("required", []) if value.get(n) is None]
        findings.violations += [blank(at + name) for name in missing]
    for name, member in value.items():
        if name not in properties and properties:
            findings.unknown.append(at + name)
        elif member is not None and properties:
            _walk(properties[name], member, at + name, findings, partial)


def _array(schema: Doc, value: Any, path: str, findings: Findings, partial: bool) -> None:
    _parsed(isinstance(value, list), path)
    if len(value) < schema.get("minItems", 0):
        findings.violations.append(Violation(path, f"At least {schema['minItems']} item is required."))
    for index, item in enumerate(value):
        _walk(schema["items"], item, f"{path}[{index}]", findings, partial)


def _string(schema: Doc, value: Any, path: str, findings: Findings) -> None:
    _parsed(isinstance(value, str), path)
    _parsed("enum" not in schema or value in schema["enum"], path)
    match schema.get("format"):
        case "date":
            _parsed(is_date(value), path)
        case "date-time":
            _parsed(is_date_time(value), path)
    longest = schema.get("maxLength")
    if longest is not None and len(value) > longest:
        limits = f"size must be between {schema.get('minLength', 0)} and {longest}"
        findings.violations.append(Violation(path, limits))
    elif schema.get("minLength", 0) and not value.strip():
        findings.violations.append(blank(path))


def _number(schema: Doc, value: Any, path: str, findings: Findings, *, whole: bool) -> None:
    kinds = (int,) if whole else (int, Decimal)
    _parsed(isinstance(value, kinds) and not isinstance(value, bool), path)
    if schema.get("format") == "int32":
        _parsed(-(2**31) <= value < 2**31, path)
    if "maximum" in schema and value > schema["maximum"]:
        findings.violations.append(Violation(path, f"must be less than or equal to {schema['maximum']}"))
    if "minimum" in schema and value < schema["minimum"]:
        findings.violations.append(Violation(path, f"must be greater than or equal to {schema['minimum']}"))


def _parsed(fits: bool, path: str) -> None:
    if not fits:
        raise refuse(f"Value of the '{path}' field is invalid: ")


def is_date(text: str) -> bool:
    """An existing calendar day written YYYY-MM-DD."""
    return bool(_DATE.fullmatch(text)) and _exists(date.fromisoformat, text)


def is_date_time(text: str) -> bool:
    """A local time written YYYY-MM-DDTHH:MM:SS, without zone and fraction."""
    return bool(_DATE_TIME.fullmatch(text)) and _exists(datetime.fromisoformat, text)


def _exists(parse: Any, text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
