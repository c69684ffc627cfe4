"""Everything that a release of schema 0.1.0 says, as 0.2.0 says it."""

from collections.abc import Iterable

from qantar.schema.corpus import Corpus, languages_of
from qantar.schema.migration.account import Account
from qantar.schema.migration.record import migrate_records
from qantar.schema.migration.tables import migrate_rows
from qantar.schema.past import PAST_VERSIONS


def is_past(corpus: Corpus) -> bool:
    """Whether the records of a corpus are of an earlier schema."""
    return any(event.get("schema_version") in PAST_VERSIONS for event in corpus.events)


def migrate_corpus(corpus: Corpus, *, lasting: Iterable[str] = ()) -> tuple[Corpus, Account]:
    """A corpus of 0.1.0 as one of 0.2.0, and what was set; the first stays as it was.

    lasting: the ids of events whose dates stay intervals. Raises MigrationError where a record
    is of another schema.
    """
    events, account = migrate_records(corpus.events, lasting=lasting)
    plain = {}
    for table, rows in corpus.plain.items():
        plain[table], own = migrate_rows(table, rows)
        account.add(table, own.settings, rows=len(rows))
    languages = corpus.languages or languages_of({"events": events, **plain})
    return Corpus(events, plain, languages), account
