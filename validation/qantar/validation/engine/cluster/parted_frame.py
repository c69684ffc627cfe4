"""A frame of an engine beside others, in the steps that every engine takes with its own means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeAlias

import polars as pl

from qantar.schema import Profile
from qantar.validation.engine.cluster.partition import (
    ANSWER,
    FOUND,
    PartitionCheck,
    begin_partitions,
)
from qantar.validation.faults.argument import asked_columns, asked_others

# Where parts are numbered, a place is the part's number and the row's place within it.
PLACES_PER_PART = 2**33
# A part with the place of its first row, and shreds that were brought together, as frames.
Judge: TypeAlias = Callable[[Any, int], pl.DataFrame]
Join: TypeAlias = Callable[[pl.DataFrame], pl.DataFrame]
Schema: TypeAlias = dict[str, type[pl.DataType]]


class Engine(Protocol):
    """What maps the parts of frames and shuffles rows; the frames are of its own kind."""

    def judge(self, frame: Any, table: str, judge: Judge) -> Any:
        """What is told of every part of a frame, as a frame with the columns of `FOUND`.

        table: what the frame is called in the format.
        """
        ...

    def meet(self, found: Sequence[Any], join: Join, schema: Schema) -> Any:
        """What is made of all rows of a `link` and `key`, as a frame of such a schema."""
        ...


@dataclass(frozen=True)
class PartedFrame:
    """What is asked of a frame.

    others: by name of their table, the frames to which rules lead.
    """

    check: PartitionCheck
    frame: Any
    others: Mapping[str, Any]

    def run(self, engine: Engine) -> Any:
        """The faults of all rows, as a frame of the engine with the columns of `ANSWER`."""
        found = [engine.judge(self.frame, self.check.table, self.check.judge)]
        found.extend(self._of_others(engine, self.check.columns_of, self.check.judge_other))
        sent = [*self._of_others(engine, self.check.columns_sent_of, self.check.send)]
        if sent:
            found.append(engine.meet(sent, self.check.lead, FOUND))
        return engine.meet(found, self.check.join, ANSWER)

    def _of_others(
        self, engine: Engine, columns: Callable[[str], frozenset[str]], judge: Callable[..., Any]
    ) -> Iterator[Any]:
        for name, other in self.others.items():
            if columns(name):
                yield engine.judge(other, name, partial(judge, name))


def ask_parts(
    library: str,
    frame: Any,
    table: str | None,
    profile: Profile | str | None,
    others: Mapping[str, Any] | None,
    file: str | None,
) -> PartedFrame:
    """What to ask of a frame of a library, by what its user gave; see `begin_partitions`.

    Raises TypeError for what is no such frame, and for others that are no mapping.
    """
    columns, named = asked_columns(frame, library), asked_others(others)
    return PartedFrame(begin_partitions(columns, table, profile, named, file), frame, named)
