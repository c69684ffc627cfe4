"""What a user asks of all files of a run."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.places.file_source import FileSource
from qantar.validation.places.folder_value import partitions_of, type_partitions
from qantar.validation.readers.csv.form import PLAIN, CsvForm


@dataclass(frozen=True)
class AskedFiles:
    """profile, table: those that were named. first: how many rows of each file to read.

    fails_fast: whether to stop in a large file after the first error. keeps: whether tables are
    kept, to be compared with texts. tell: told the pace of long files. form: how files of text
    are written.
    """

    profile: Profile | None = None
    table: str | None = None
    first: int | None = None
    fails_fast: bool = False
    keeps: bool = False
    tell: Callable[[str], None] | None = None
    form: CsvForm = PLAIN


def partitions(
    source: FileSource, table: str | None, held: set[str], noted: set[str]
) -> tuple[dict[str, Any], list[Fault]]:
    """Values of the folders' names; that one is ignored is noted once a run.

    held: the columns that the file has itself. noted: the names of which that was noted.
    """
    stated = {n: v for n, v in partitions_of(source.name).items() if n not in noted}
    known = TABLES[table] if table else None
    return type_partitions(stated, known, held, source.name)
