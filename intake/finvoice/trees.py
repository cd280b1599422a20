"""Text of one XML document into a tree, safely: nothing outside the file is ever loaded, no entity is ever expanded."""

from __future__ import annotations

import re
from typing import NoReturn

from lxml import etree

from finance.faults import Fault
from intake.finvoice.frames import Frame, without_comments
from intake.text import shown

DEEPEST = 60
_ROOT = re.compile(r"<[A-Za-z_]")


class Refused(Exception):
    """The document cannot be read at all; carries the fault that says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def tree(name: str, frame: Frame) -> etree._Element:
    """The root element, its tags without namespaces. Raises Refused."""
    prolog = _prolog(frame.text)
    if "<!ENTITY" in prolog:
        _refuse("intake.xml_entity", name, frame, frame.text.count("\n", 0, frame.text.find("<!ENTITY")) + 1, "ENTITY")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(frame.text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as broken:
        line, character = broken.position or (1, 0)
        _refuse("intake.xml_broken", name, frame, line, f"{character}")
    _plain(name, frame, root)
    return root


def _prolog(text: str) -> str:
    """Everything before the root element, comments left out: where a DOCTYPE and its entities would stand."""
    bare = without_comments(text)
    doctype = bare.find("<!DOCTYPE")
    if doctype < 0:
        return ""
    first = _ROOT.search(bare)
    return bare[: first.start()] if first else bare


def _plain(name: str, frame: Frame, root: etree._Element) -> None:
    """Takes the namespaces off, and refuses references that would silently lose text, and absurd depth."""
    reference = next(root.iter(etree.Entity), None)
    if reference is not None:
        line = reference.sourceline
        _refuse("intake.xml_entity", name, frame, line if isinstance(line, int) else 1, shown(reference.text or ""))
    if root.xpath(f"boolean({'/*' * (DEEPEST + 1)})"):
        _refuse("intake.xml_deep", name, frame, 1, str(DEEPEST))
    if root.xpath("boolean(//*[namespace-uri()])"):
        for element in root.iter(etree.Element):
            element.tag = element.tag.rpartition("}")[2]


def _refuse(code: str, name: str, frame: Frame, line: int, found: str) -> NoReturn:
    at = line + frame.lines_before
    raise Refused(Fault(code, "", found, "", {"line": at, "detail": found}, file=name, place=f"line {at}"))
