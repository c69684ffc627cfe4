"""What was done to records from release to release, and how far coders agreed."""

from typing import Annotated

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.patterns import CoderId, ColumnName, Count, EventId, Text, Version
from qantar.schema.vocabulary import ChangeType, CountedActs


class Change(Record):
    """A version of a record; an event that is gone has its tombstone here."""

    event_id: EventId = Field(description="The event.")
    record_version: Annotated[int, Field(ge=1, le=100_000)] = Field(
        description="The version that the change made."
    )
    change: ChangeType = Field(description="What was done.")
    fields: Text | None = Field(
        None, description="The changed fields of the record, separated by semicolons."
    )
    reason: Text = Field(description="Why.")
    dataset_version: Version = Field(description="The release that first holds the change.")
    other_event_id: EventId | None = Field(
        None, description="The event merged into, split off, or superseded."
    )


class Coding(Record):
    """A raw value as one coder gave it, before differences were settled."""

    coder_id: CoderId = Field(description="The coder.")
    coding_id: CoderId = Field(description="The coder's own number of the coded act.")
    event_id: EventId | None = Field(
        None, description="The event it went into; none where it went into no event."
    )
    field: ColumnName = Field(description="The field.")
    value: Text = Field(description="The value.")


class Agreement(Record):
    """One figure of how far coders agreed."""

    coders: Text = Field(description="The coders compared, separated by semicolons.")
    n_coders: Annotated[int, Field(ge=2, le=1_000)] = Field(description="Number of coders.")
    field: ColumnName = Field(description="What was compared.")
    measure: ColumnName = Field(description="The measure.")
    counted: CountedActs = Field(
        description="Whether acts that only some of the coders have count as disagreement."
    )
    value: float = Field(description="Its value.")
    low: float | None = Field(None, description="Lower end of the 95 % bootstrap interval.")
    high: float | None = Field(None, description="Upper end of the 95 % bootstrap interval.")
    n: Count = Field(description="Number of units compared: acts, or sentences.")
