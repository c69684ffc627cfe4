"""A release: every file of it from a corpus, checked against the last and put in place whole."""

import errno
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from qantar.builders.edition import Edition
from qantar.dataset.archive import write_zip
from qantar.dataset.cells import UnfitCell, UnfitError, portable_rows
from qantar.dataset.croissant import write_croissant
from qantar.dataset.csv_file import write_csv
from qantar.dataset.descriptor import DESCRIPTOR, write_descriptor
from qantar.dataset.edition import OWN_EDITION
from qantar.dataset.error import (
    DatasetError,
    ReleaseError,
    UnexplainedError,
    UnfitReleaseError,
)
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import PAGE, write_page
from qantar.dataset.facts import ReleaseFacts
from qantar.dataset.folder import is_frozen_version, version_below, version_order
from qantar.dataset.freeze import freeze, frozen_digests
from qantar.dataset.history import find_unexplained
from qantar.dataset.parquet_file import write_parquet
from qantar.dataset.record import write_records
from qantar.dataset.restoration import RECORDS, in_present_schema, read_release
from qantar.dataset.ro_crate import CRATE, write_crate
from qantar.dataset.swap import (
    clear_workshops,
    only_writer,
    restore_folder,
    swap_folder,
    workshop,
    write_file,
    write_folder,
)
from qantar.dataset.text import free_texts
from qantar.schema.aside import remove, undisturbed
from qantar.schema.corpus import Corpus
from qantar.schema.digest import DIGESTS, list_digests
from qantar.schema.publication import PUBLISHED
from qantar.schema.replacement import flush_folder
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.schema.version import SCHEMA_VERSION

EVENT_SCHEMA = "event.schema.json"
CROISSANT = "croissant.json"
Progress = Callable[[str], None]
Inspect = Callable[[Mapping[str, bytes]], None]
_OLD = "old"


def write_release(
    corpus: Corpus,
    folder: Path | str,
    version: str,
    *,
    documents: Mapping[str, str | bytes],
    edition: Edition = OWN_EDITION,
    released: str | None = None,
    texts: Mapping[str, str] | None = None,
    inspect: Inspect | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write ``folder/<version>/`` and its zip beside it; return the former.

    documents: README, licences and the like by file name. edition: what the release says
    of itself, and how its zip is called (``<name>-<version>.zip``). released: the day of release
    (ISO), if it shall be stated. texts: of articles, by SHA-256; those that are free are
    released too. inspect: given every file by path before anything is put
    in place; what it raises stops the release. progress: told what is being done.

    Raises ``ReleaseError`` where the release is frozen, where the table `changes` does not
    explain its difference from the release before it, where a value cannot be released, or
    where the folder cannot be written; what was there before is then whole.
    """
    place = Path(folder)
    tell = progress or _say_nothing
    tell(f"Checking {version} against earlier releases")
    _refuse_frozen(place, version)
    _refuse_foreign(place, version, edition)
    unexplained = _find_unexplained(corpus, place, version)
    tell(f"Making the files of {version}")
    files = release_files(
        corpus, version, documents=documents, edition=edition, released=released, texts=texts
    )
    _refuse_faults(files, inspect, unexplained)
    tell(f"Writing {len(files)} files")
    publish_release(place, version, files, name=edition.name)
    return place / version


def release_files(
    corpus: Corpus,
    version: str,
    *,
    documents: Mapping[str, str | bytes],
    edition: Edition = OWN_EDITION,
    released: str | None = None,
    texts: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Every file of a release by path, the list of digests last.

    Tables have the languages of the corpus. texts: of articles, by SHA-256; none is taken whose
    article has no `text_license`. Depends on the arguments, the code and the version of pyarrow
    alone.
    """
    version_order(version)
    facts = ReleaseFacts(edition, version, corpus.own_languages(), released)
    try:
        rows = _portable_tables(corpus, facts.tables)
        records = write_records(corpus.events)
    except UnfitError as error:
        cells = [(c.table, c.row, c.column, c.told) for c in error.cells]
        raise UnfitReleaseError(f"Release {version} cannot be made:", cells) from error
    except ValueError as error:
        raise ReleaseError(f"Release {version} cannot be made: {error}") from error
    csv = {name: write_csv(facts.tables[name], r) for name, r in rows.items()}
    parquet = {name: write_parquet(facts.tables[name], r) for name, r in rows.items()}
    articles = rows["articles"]
    files = {
        **{f"csv/{name}.csv": content for name, content in csv.items()},
        f"csv/{DESCRIPTOR}": write_descriptor("csv", csv, facts, articles=articles),
        **{f"parquet/{name}.parquet": content for name, content in parquet.items()},
        f"parquet/{DESCRIPTOR}": write_descriptor("parquet", parquet, facts, articles=articles),
        RECORDS: records,
        EVENT_SCHEMA: (PUBLISHED / SCHEMA_VERSION / EVENT_SCHEMA).read_bytes(),
        PAGE: write_page(rows, Heading.of_edition(edition, version)),
        **free_texts(articles, texts or {}),
    }
    files |= _as_files(documents, files)
    files[CROISSANT] = write_croissant(files, facts)
    files[CRATE] = write_crate(files, facts, articles=articles)
    return files | {DIGESTS: list_digests(files).encode()}


def _portable_tables(corpus: Corpus, tables: Mapping[str, Table]) -> dict[str, list[Row]]:
    """The rows of all tables as they are released. Raises UnfitError that tells all."""
    made: dict[str, list[Row]] = {}
    unfit: list[UnfitCell] = []
    for name, rows in corpus.tables().items():
        try:
            made[name] = portable_rows(tables[name], rows)
        except UnfitError as error:
            unfit.extend(error.cells)
    if unfit:
        raise UnfitError(unfit)
    return made


def publish_release(
    folder: Path, version: str, files: Mapping[str, bytes], *, name: str = OWN_EDITION.name
) -> None:
    """Put a release's files in place of whatever release of that version was there.

    Everything is written aside on the same file system and renamed when it is on disk, so
    that a run that fails or is killed leaves the old release or the new one.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with only_writer(folder):
            _put_in_place(folder, version, files, name)
    except OSError as error:
        raise ReleaseError(_explain_failure(error, folder, version)) from error


def _put_in_place(folder: Path, version: str, files: Mapping[str, bytes], name: str) -> None:
    target, archive = folder / version, _archive(folder, version, name)
    clear_workshops(target, _OLD)
    with workshop(target) as made:
        write_folder(made / "new", files)
        write_file(made / "zip", write_zip(files, f"{name}-{version}"))
        with undisturbed():
            swap_folder(made / "new", target, made / _OLD)
            _put_archive(made / "zip", archive, target, made / _OLD)
            _freeze_or_undo(folder, version, name)


def _put_archive(new: Path, archive: Path, release: Path, old: Path) -> None:
    try:
        new.replace(archive)
    except OSError:
        remove(release)
        restore_folder(release, old)
        raise
    # Both are in place by now; an entry that is not flushed is lost only if power fails.
    with suppress(OSError):
        flush_folder(archive.parent)


def _freeze_or_undo(folder: Path, version: str, name: str) -> None:
    try:
        freeze(folder, version)
    except OSError:
        # Nothing of that version was there before, or it would have been refused.
        remove(folder / version, _archive(folder, version, name))
        raise


def _archive(folder: Path, version: str, name: str) -> Path:
    return folder / f"{name}-{version}.zip"


def _refuse_frozen(folder: Path, version: str) -> None:
    try:
        there = is_frozen_version(version) and (folder / version).exists()
    except DatasetError as error:
        raise ReleaseError(str(error)) from error
    if there or version in frozen_digests(folder):
        raise ReleaseError(
            f"Release {version} in {folder} is frozen: what is released stays as it is. Give the "
            "new one a higher version."
        )


def _refuse_foreign(folder: Path, version: str, edition: Edition) -> None:
    """Raises ReleaseError where something stands in the place that the release would take."""
    place = folder / version
    if place.is_symlink():
        raise ReleaseError(f"{place} is a link; remove it, or choose another folder with --out.")
    if not place.is_dir() or not any(place.iterdir()):
        return
    try:
        descriptor = (place / "csv" / DESCRIPTOR).read_text(encoding="utf-8")
        name = json.loads(descriptor)["name"]
    except (OSError, ValueError, KeyError, TypeError):
        raise ReleaseError(
            f"{place} is there already and is no release; move it away, or choose another folder "
            "with --out."
        ) from None
    if name != edition.name:
        raise ReleaseError(
            f"{folder / version} is a release of {name}, not of {edition.name}; choose another "
            "folder with --out."
        )


def _find_unexplained(corpus: Corpus, folder: Path, version: str) -> UnexplainedError | None:
    try:
        before = version_below(version, folder)
        old = None if before is None else read_release(folder / before)
    except DatasetError as error:
        raise ReleaseError(f"Release {version} cannot be compared: {error}") from error
    if old is not None:
        # What a new schema tells otherwise is no change of a record.
        old = in_present_schema(old, beside=corpus)
    faults = find_unexplained(old, corpus, version, old_version=before)
    head = (
        f"The table changes does not explain how release {version} differs from "
        f"{before or 'nothing'}; mend it:"
    )
    return UnexplainedError(head, faults) if faults else None


def _refuse_faults(
    files: Mapping[str, bytes], inspect: Inspect | None, unexplained: UnexplainedError | None
) -> None:
    """Raise one error for what is not explained and for what the inspection finds."""
    try:
        if inspect is not None:
            inspect(files)
    except ReleaseError as error:
        if unexplained is None:
            raise
        raise UnexplainedError(unexplained.head, unexplained.faults, str(error)) from error
    if unexplained is not None:
        raise unexplained


def _as_files(documents: Mapping[str, str | bytes], taken: Mapping[str, bytes]) -> dict[str, bytes]:
    for name in documents:
        if (
            name in (*taken, CROISSANT, CRATE, DIGESTS)
            or "/" in name
            or "\\" in name
            or name.startswith(".")
        ):
            raise ReleaseError(f"A document cannot be called {name!r}; choose another name.")
    return {
        name: content.encode() if isinstance(content, str) else content
        for name, content in documents.items()
    }


def _explain_failure(error: OSError, folder: Path, version: str) -> str:
    what = f"Release {version} could not be written to {folder}"
    if isinstance(error, BlockingIOError):
        return f"{what}: another run is writing there; wait for it to end."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{what}: the disk is full; make room and run again. Nothing has changed."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{what}: you may not write there; choose another folder."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{what}: there is a file where a folder is needed; choose another folder."
    return f"{what}: {error.strerror or error}. Nothing has changed."


def _say_nothing(_: str) -> None:
    pass
