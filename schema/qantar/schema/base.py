"""The strict base of every model: no coercion, no unknown field, no null."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from qantar.schema.language import ByLanguage, split_prose


class Record(BaseModel):
    """A piece of a record. An absent value is an absent key, so null is refused.

    Numbers are those of JSON: 1.0 is whole. Nothing else is taken for another type. A field
    marked as prose holds its texts by language; in the record each is a key of its own, such
    as ``summary_en``.

    Models raise ``pydantic.ValidationError``; people who check files want
    ``qantar.validation``, which reports every fault with its place instead.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @classmethod
    def prose_bases(cls) -> frozenset[str]:
        """The fields that are prose."""
        return _prose_bases(cls)

    @model_validator(mode="before")
    @classmethod
    def _read_as_json(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        nulls = sorted(str(name) for name, item in value.items() if item is None)
        if nulls:
            raise ValueError(f"null is not a value; leave out {', '.join(nulls)}")
        # JSON has one kind of number, and 1.0 is whole to every other engine.
        whole = {n: int(v) for n, v in value.items() if isinstance(v, float) and v.is_integer()}
        value = value | whole if whole else value
        return _with_prose(value, cls.prose_bases()) if cls.prose_bases() else value

    @model_serializer(mode="wrap")
    def _write_prose(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = {}
        bases = self.prose_bases()
        for name, value in write(self).items():
            if name in bases:
                written |= {f"{name}_{language}": text for language, text in value.items()}
            else:
                written[name] = value
        return written

    def plain(self) -> dict[str, Any]:
        """The record as JSON would hold it: absent values are absent keys."""
        return self.model_dump(mode="json", exclude_none=True)


@cache
def _prose_bases(model: type[Record]) -> frozenset[str]:
    return frozenset(
        name
        for name, info in model.model_fields.items()
        if any(isinstance(item, ByLanguage) for item in info.metadata)
    )


def _with_prose(value: Mapping[str, Any], bases: frozenset[str]) -> dict[str, Any]:
    """The same with the texts of each prose field together, by language."""
    given = sorted(base for base in bases if base in value)
    if given:
        keys = ", ".join(f"{base}_en" for base in given)
        raise ValueError(f"prose names its language: write {keys} or the like")
    read: dict[str, Any] = {}
    for name, item in value.items():
        split = split_prose(name, bases) if isinstance(name, str) else None
        if split is None:
            read[name] = item
        else:
            read.setdefault(split[0], {})[split[1]] = item
    return read
