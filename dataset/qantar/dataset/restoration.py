"""A release read back as the corpus that it was made from."""

from pathlib import Path

from qantar.dataset.arrow import arrow_rows
from qantar.dataset.digest import DIGESTS
from qantar.dataset.error import DatasetError
from qantar.dataset.folder import release_folder, versions
from qantar.dataset.load import checked_content, table_content
from qantar.dataset.parquet_file import read_parquet
from qantar.dataset.record import read_records
from qantar.schema.corpus import PLAIN_TABLES, Corpus

RECORDS = "events.jsonl"


def as_of(version: str | None = None, *, folder: Path | str | None = None) -> Corpus:
    """Everything that a release says, by default the latest.

    Raises ``DatasetError`` where there is no such release or a file of it was altered.
    """
    return read_release(release_folder(version, folder))


def read_release(release: Path) -> Corpus:
    """The corpus of a release's folder, digests checked."""
    events = read_records(checked_content(release, RECORDS))
    plain = {name: arrow_rows(read_parquet(table_content(release, name))) for name in PLAIN_TABLES}
    return Corpus(events, plain)


def corpus_at(place: Path | str, *, folder: Path | str | None = None) -> Corpus:
    """The corpus of a release, named by its version or by its folder."""
    path = Path(place)
    if (path / DIGESTS).is_file():
        return read_release(path)
    if path.exists() and str(place) not in versions(folder):
        what = "a file; unpack a zip first" if path.is_file() else f"a folder without {DIGESTS}"
        raise DatasetError(f"{place} is no release: it is {what}. Give the folder of a release.")
    return as_of(str(place), folder=folder)
