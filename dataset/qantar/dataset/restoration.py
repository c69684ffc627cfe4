"""A release read back as the corpus that it was made from."""

from pathlib import Path

from qantar.dataset.arrow import arrow_rows
from qantar.dataset.digest import DIGESTS
from qantar.dataset.error import DatasetError
from qantar.dataset.folder import release_folder, versions
from qantar.dataset.load import checked_content, released_facts, table_content
from qantar.dataset.parquet_file import read_parquet
from qantar.dataset.record import read_records
from qantar.schema.corpus import PLAIN_TABLES, Corpus
from qantar.schema.language import suffix_of
from qantar.schema.migration import migrate_records, migrate_rows
from qantar.schema.past import PAST_VERSIONS
from qantar.schema.shape import Rows

RECORDS = "events.jsonl"


def as_of(version: str | None = None, *, folder: Path | str | None = None) -> Corpus:
    """Everything that a release says, by default the latest.

    A release of an earlier schema is given as it is; `qantar migrate` brings it to today's.
    Raises ``DatasetError`` where there is no such release or a file of it was altered.
    """
    return read_release(release_folder(version, folder))


def read_release(release: Path) -> Corpus:
    """The corpus of a release's folder in the schema of the release, digests checked."""
    events = read_records(checked_content(release, RECORDS))
    plain = {name: arrow_rows(read_parquet(table_content(release, name))) for name in PLAIN_TABLES}
    named = released_facts(release).get("qantar:languages", ())
    return Corpus(events, plain, tuple(suffix_of(tag) for tag in named))


def read_tables(release: Path) -> Rows:
    """The rows of every table of a release's folder as they were released, digests checked."""
    names = [resource["name"] for resource in released_facts(release)["resources"]]
    return {name: arrow_rows(read_parquet(table_content(release, name))) for name in names}


def is_past(corpus: Corpus) -> bool:
    """Whether records are of an earlier schema."""
    return any(event.get("schema_version") in PAST_VERSIONS for event in corpus.events)


def in_present_schema(corpus: Corpus, *, beside: Corpus) -> Corpus:
    """A corpus of an earlier schema as the present one tells it, to be compared with another.

    Acts that last in the other keep the days from and to which they last, since only people
    know which these are.
    """
    if not is_past(corpus):
        return corpus
    lasting = [e["event_id"] for e in beside.events if "/" in e.get("date_edtf", "")]
    events, _ = migrate_records(corpus.events, lasting=lasting)
    plain = {name: migrate_rows(name, rows)[0] for name, rows in corpus.plain.items()}
    return Corpus(events, plain, corpus.languages)


def corpus_at(place: Path | str, *, folder: Path | str | None = None) -> Corpus:
    """The corpus of a release, named by its version or by its folder."""
    path = Path(place)
    if (path / DIGESTS).is_file():
        return read_release(path)
    if path.exists() and str(place) not in versions(folder):
        what = "a file; unpack a zip first" if path.is_file() else f"a folder without {DIGESTS}"
        raise DatasetError(f"{place} is no release: it is {what}. Give the folder of a release.")
    return as_of(str(place), folder=folder)
