"""What a release says of itself, worded once for every description that is made of it."""

from dataclasses import dataclass
from functools import cached_property

from qantar.builders.edition import Edition
from qantar.schema.language import tag_of
from qantar.schema.package_tables import package_tables
from qantar.schema.rule import Profile
from qantar.schema.table import Table

MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True)
class ReleaseFacts:
    """An edition in one version.

    languages: suffixes of those of its prose, the main one first. released: the day of release
    (ISO), if it is known.
    """

    edition: Edition
    version: str
    languages: tuple[str, ...] = ()
    released: str | None = None

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables of coded records in the languages of the release."""
        return package_tables(self.languages, Profile.coded)

    @property
    def summary(self) -> str:
        """What the edition says of itself, in one line; empty where it says nothing."""
        return " ".join(self.edition.summary.split())

    @property
    def description(self) -> str:
        """The summary; the title where there is none."""
        return self.summary or self.edition.title

    @property
    def citation(self) -> str:
        """How to cite the release, in words."""
        return f"{self.edition.creator}. {self.edition.title}. Version {self.version}."

    @property
    def language_tags(self) -> list[str]:
        """The languages as tags (BCP 47)."""
        return [tag_of(language) for language in self.languages]

    @property
    def licence_title(self) -> str:
        """What the licence is called; empty where none is claimed."""
        return self.edition.license_title or self.edition.license_name or ""
