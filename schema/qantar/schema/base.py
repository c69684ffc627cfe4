"""The strict base of every model: no coercion, no unknown field, no null."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Record(BaseModel):
    """A piece of a record. An absent value is an absent key, so null is refused.

    Models raise ``pydantic.ValidationError``; people who check files want
    ``qantar.validation``, which reports every fault with its place instead.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_null(cls, value: Any) -> Any:
        if isinstance(value, dict):
            nulls = sorted(name for name, item in value.items() if item is None)
            if nulls:
                raise ValueError(f"null is not a value; leave out {', '.join(nulls)}")
        return value

    def plain(self) -> dict[str, Any]:
        """The record as JSON would hold it: absent values are absent keys."""
        return self.model_dump(mode="json", exclude_none=True)
