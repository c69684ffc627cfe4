"""Flat rows in JSON Lines judged chunk by chunk, by columns where these are exact."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qantar.schema.shape import Row
from qantar.validation.engine.records.row_file import faults_of_line
from qantar.validation.engine.table_run import TableRun, unread_faults
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import SeveralFaults
from qantar.validation.faults.untold import keep_untold
from qantar.validation.readers.json.chunks import JsonChunk
from qantar.validation.rules.fault_order import fault_order
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.value.null import NullCount
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import Cells
from qantar.validation.tables.chunk import Chunk


@dataclass
class JsonRun(TableRun):
    """A run in which rows that may be other than their columns have them are judged by line.

    So a row is told the same in the same words, however it was read. malformed: how many of the
    rows hold no JSON. beside: values of all rows that do not stand in their lines.
    """

    malformed: int = 0
    beside: Row = field(default_factory=dict)
    nulls: NullCount = field(default_factory=NullCount)

    def run(self) -> SeveralFaults:
        """Every fault of the file, in the order of its rows; nulls told once."""
        return self.nulls.told(super().run())

    def notes(self) -> Iterator[Fault]:
        """Only of words that stand as text: JSON has one spelling of its own for other values."""
        yield from self.words_taken()

    def faults_of_chunk(
        self, chunk: Chunk, columns: dict[str, Cells]
    ) -> Iterator[tuple[int, Fault]]:
        """(index of the row in the chunk, fault) of each row alone."""
        assert isinstance(chunk, JsonChunk)
        # What a cell that is no value of its column is called depends on how it was written.
        unread = {index for index, _ in unread_faults(columns)}
        exact = chunk.exact | unread
        if len(exact) < chunk.height:
            for index, fault in super().faults_of_chunk(chunk, columns):
                if index not in exact:
                    yield index, fault.as_pointed()
        for index in sorted(exact):
            for fault in self._faults_of_line(chunk.texts[index]):
                # Only what is JSON has places to point at.
                self.malformed += fault.pointer is None
                if self.nulls.passes(fault):
                    yield index, fault
                else:
                    keep_untold([fault.at(row=self.rows + index + 1)])

    def _faults_of_line(self, text: bytes) -> list[Fault]:
        """In the order in which they are told, so that of nulls the first is the same anywhere."""
        order = fault_order(self.table)
        found = faults_of_line(text, self.table.name, self.profile, self.beside)
        return sorted(found, key=lambda fault: order(fault.at(row=1)))

    def faults_between(self, rule: LinkRule, suspects: RowNumbers) -> Iterator[Fault]:
        """A second look at the rows whose hashes say that they may break a rule."""
        return (fault.as_pointed() for fault in super().faults_between(rule, suspects))
