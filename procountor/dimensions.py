"""Cost centres, projects and whatever else a company follows its money by."""

from __future__ import annotations

from finance.reference import Dimension, DimensionItem
from procountor.api import Api
from procountor.errors import Broken
from procountor.wire import base
from procountor.wire import registers as wire


def all(api: Api) -> tuple[Dimension, ...]:
    """Every dimension with its items; an item of status P is closed. Raises as any read."""
    told = api.get("dimensions")
    if not isinstance(told, list):
        raise Broken("dimensions did not answer with a list")
    return tuple(_dimension(entry) for entry in base.read_all(wire.Dimension, told))


def _dimension(told: wire.Dimension) -> Dimension:
    items = (DimensionItem(i.id, i.code_name, i.description, open=i.status != "P") for i in told.items or [])
    return Dimension(told.id, told.name, tuple(items))
