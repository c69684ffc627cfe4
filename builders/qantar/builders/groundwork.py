"""What compiling an event rests on: the registry, the ledger, digests, and the languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qantar.builders.actors import Registry
from qantar.builders.coding import CodingError, Range
from qantar.builders.digest import Digests
from qantar.builders.gathering import Gathering
from qantar.builders.origin import Place
from qantar.builders.prose import Told, settle_prose
from qantar.schema.shape import Row
from qantar.schema.vocabulary import Zone


@dataclass
class Groundwork:
    """What all events of a project share; faults are gathered.

    digests: by article. zones: of each sentence, by article and number. languages: of the
    project, the main one first; none where they are not known.
    """

    registry: Registry
    digests: Mapping[str, Digests]
    zones: Mapping[tuple[str, int], Zone]
    languages: Sequence[str]
    faults: Gathering
    unpinned: dict[str, list[CodingError]] = field(default_factory=dict)

    def digest(self, article_id: str, words: Range, place: Place | None, what: str) -> str | None:
        """The digest of a run of characters, if it was pinned."""
        try:
            return self.digests[article_id].of(*words)
        except CodingError as error:
            if self.digests[article_id].lost:
                # That is told of the file itself.
                return None
            found = CodingError(f"{what}: {error}", place)
            self.unpinned.setdefault(article_id, []).append(found)
            return None

    def prose(
        self, base: str, told: Told, what: str, place: Place | None, *, in_all: bool = False
    ) -> Row:
        """The keys that hold a prose field. what: whose it is; in_all: see `settle_prose`."""
        row, faults = settle_prose(base, told, self.languages, in_all=in_all)
        for fault in faults:
            self.faults.add(CodingError(f"{what}: {fault}", place))
        return row

    def tell_unpinned(self) -> None:
        """One fault for each sheet that was not pinned, however many spans it has."""
        for errors in self.unpinned.values():
            more = f" ({len(errors) - 1} more have none either)" if len(errors) > 1 else ""
            self.faults.add(CodingError(f"{errors[0]}{more}"))


def present(**values: Any) -> Row:
    """The values that are there, with list members as the plain strings of JSON."""
    return {
        name: str(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }
