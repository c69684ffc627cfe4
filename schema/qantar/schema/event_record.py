"""The event record whole: its fields, and the conditions between them."""

from collections.abc import Iterator
from typing import Self

from pydantic import ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from qantar.schema.condition import expressible_rules, unmet
from qantar.schema.event import EventFields
from qantar.schema.rule import Profile


class Event(EventFields):
    """One act, with its participants, its mentions and what was considered.

    Accepts what the published schema of coded records accepts. A condition that is not met is
    an error at the field, whose type is the id of the rule.
    """

    @model_validator(mode="after")
    def _meet_conditions(self) -> Self:
        errors = [*self._errors()]
        if errors:
            raise ValidationError.from_exception_data(type(self).__name__, errors)
        return self

    def _errors(self) -> Iterator[InitErrorDetails]:
        for rule in expressible_rules(Profile.coded):
            for name in unmet(rule, self.__dict__):
                told = PydanticCustomError(rule.id, f"{rule.sentence} {rule.mend}")
                yield InitErrorDetails(type=told, loc=(name,), input=self.__dict__.get(name))
