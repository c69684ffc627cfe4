"""The strict base of every model: no coercion, no unknown field, no null."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Record(BaseModel):
    """A piece of a record. An absent value is an absent key, so null is refused.

    Numbers are those of JSON: 1.0 is whole. Nothing else is taken for another type.

    Models raise ``pydantic.ValidationError``; people who check files want
    ``qantar.validation``, which reports every fault with its place instead.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

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
        return value | whole if whole else value

    def plain(self) -> dict[str, Any]:
        """The record as JSON would hold it: absent values are absent keys."""
        return self.model_dump(mode="json", exclude_none=True)
