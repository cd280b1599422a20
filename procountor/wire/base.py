"""What all wire models share: camelCase names, unknown members ignored, codes as plain text, null as absence."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from procountor.errors import Broken, Unsure

M = TypeVar("M", bound="Wire")


class Wire(BaseModel):
    """A JSON object of Procountor's. Enumerations are text: they have grown before."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="ignore", frozen=True, coerce_numbers_to_str=True, populate_by_name=False
    )


def _or(instead: object) -> BeforeValidator:
    return BeforeValidator(lambda value: instead if value is None else value)


def _id(value: object) -> object:
    if isinstance(value, bool):  # which Python takes for 0 and 1
        raise ValueError("no id")
    return value


Id = Annotated[int, BeforeValidator(_id), Field(ge=0)]
"""The id of something that has been made or that we act on."""
Text = Annotated[str, _or("")]
Number = Annotated[Decimal, _or(Decimal(0))]
Flag = Annotated[bool, _or(False)]


def read(model: type[M], data: object, *, after_write: bool = False) -> M:
    """``data`` as ``model``. Raises Broken, or Unsure for the answer to a write; only places are told, no values."""
    try:
        return model.model_validate(data)
    except ValidationError as unfit:
        places = sorted({".".join(map(str, error["loc"])) or "(whole)" for error in unfit.errors(include_input=False)})
        raise (Unsure if after_write else Broken)(f"{model.__name__}: {', '.join(places[:5])}") from None


def read_all(model: type[M], data: Iterable[Any]) -> list[M]:
    """Each of ``data`` as ``model``. Raises Broken."""
    return [read(model, entry) for entry in data]
