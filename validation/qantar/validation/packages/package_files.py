"""The files of a package: their names in faults, their bytes, and the digests that pin them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qantar.schema.digest import DIGESTS
from qantar.schema.table import Table
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault_log import FaultLog
from qantar.validation.packages.alteration import other_content
from qantar.validation.packages.descriptor import (
    DESCRIPTOR,
    Descriptor,
    Resource,
    read_descriptor,
)
from qantar.validation.packages.digest_list import (
    digest_fault,
    plain_list,
    read_digests,
    unlisted,
)
from qantar.validation.packages.store import Store, StoreError
from qantar.validation.rules.observation import fault_by

# Where free texts lie, each under the id of its article.
TEXTS = "texts/"


@dataclass
class PackageFiles:
    """What is read of a package. tell: told each step. faults: what is wrong with its files.

    digests: by path, as the release lists them. spoilt: files that are not what a digest pins.
    """

    store: Store
    tell: Callable[[str], None]
    faults: FaultLog = field(default_factory=FaultLog)
    digests: dict[str, str] | None = None
    spoilt: set[str] = field(default_factory=set)
    _bytes: dict[str, bytes | None] = field(default_factory=dict)

    def note(self, rule: str, message: str, path: str = "") -> None:
        """Add a fault of a file, or of the package as a whole."""
        self.faults.append(fault_by(rule, message, file=self.place_of(path)))

    def place_of(self, path: str) -> str:
        """A file as faults tell it."""
        return f"{self.store.name}/{path}" if path else self.store.name

    def descriptor(self, package: str, tables: Mapping[str, Table] | None = None) -> Descriptor:
        """The descriptor in a folder of the package, whose faults are noted.

        tables: those of its schema, by default of the present one.
        """
        path = f"{package}{DESCRIPTOR}"
        content = self.content(path)
        if content is None:
            return Descriptor()
        if other := other_content(content):
            told = f"The file {other.said}, so its tables are not read. {other.mend}"
            self.note("file-unreadable", told, path)
            return Descriptor()
        found = read_descriptor(content, file=self.place_of(path), tables=tables or TABLES)
        self.faults.extend(found.faults)
        return found

    def texts(self, paths: Iterable[str]) -> dict[str, bytes]:
        """What lies among the package's own texts, by name."""
        names = sorted(path for path in paths if path.startswith(TEXTS))
        read = ((name.removeprefix(TEXTS), self.content(name)) for name in names)
        return {name: content for name, content in read if content is not None}

    def check_digests(self, paths: list[str], *, is_release: bool) -> None:
        """Hold every file against the release's own list, before any is read as data."""
        if DIGESTS not in paths:
            if is_release and not self.is_refused(DIGESTS):
                self.note("file-missing", f"{DIGESTS} is not there.", DIGESTS)
            return
        self.tell("Comparing digests")
        content = self.content(DIGESTS)
        plain, altered = plain_list(content) if content is not None else (None, None)
        if altered is not None:
            self.faults.append(altered.at(file=self.place_of(DIGESTS)))
        if plain is None:
            return
        listed, faults = read_digests(plain)
        self.faults.extend(fault.at(file=self.place_of(DIGESTS)) for fault in faults)
        self.digests = listed
        for path, fault in unlisted(paths, listed):
            self.faults.append(fault.at(file=self.place_of(path)))
        for path, digest in listed.items():
            place = self.store.large(path)
            if place is None:
                self.content(path)
            else:
                self.hold_against(place, path, digest, DIGESTS)

    def hold_against(self, place: Path, path: str, digest: str, said_by: str) -> bool:
        """Whether a file that is too large to be held is the one that a digest pins."""
        try:
            fault = digest_fault(place, digest, said_by)
        except OSError as error:
            self.note("file-unreadable", f"{path} cannot be read: {error.strerror}.", path)
            return False
        if fault:
            self.faults.append(fault.at(file=self.place_of(path)))
            self.spoilt.add(path)
        return fault is None

    def content(self, path: str) -> bytes | None:
        """The bytes of a file whose digest was found right; None where there are none."""
        if path not in self._bytes:
            self._bytes[path] = None
            try:
                content = self.store.read(path)
            except StoreError as error:
                # What was refused as the package was listed is told once.
                if not self.is_refused(path):
                    self.note(error.rule, error.message, path)
                return None
            expected = (self.digests or {}).get(path)
            fault = digest_fault(content, expected, DIGESTS) if expected else None
            if fault:
                self.faults.append(fault.at(file=self.place_of(path)))
            else:
                self._bytes[path] = content
        return self._bytes[path]

    def is_refused(self, path: str) -> bool:
        """Whether a file was refused as the package was listed."""
        return any(path == one or path.startswith(f"{one}/") for one in self.store.refused)

    def is_as_described(self, resource: Resource, path: str, place: Path) -> bool:
        """Whether a large file has the digest and the size that its descriptor says."""
        if resource.digest and not self.hold_against(place, path, resource.digest, DESCRIPTOR):
            return False
        size = place.stat().st_size
        if resource.size not in (None, size):
            told = f"The file has {size} bytes, but {DESCRIPTOR} says {resource.size}."
            self.note("digest-differs", told, path)
            return False
        return True
