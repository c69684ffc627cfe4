"""Whether the table `changes` explains how a release differs from the one before it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from qantar.dataset.error import DatasetError
from qantar.dataset.folder import version_order
from qantar.dataset.record import order_record
from qantar.schema.corpus import Corpus
from qantar.schema.shape import Row
from qantar.schema.vocabulary import TOMBSTONES, ChangeType

# The version counts changes and is none; a new schema rewrites every record alike.
_NOT_CONTENT = frozenset({"record_version", "schema_version"})
_ENTRANCES = frozenset({ChangeType.created, ChangeType.divided, ChangeType.reinstated})
_FIRST = frozenset({ChangeType.created, ChangeType.divided})


class Unexplained(NamedTuple):
    """A sentence on a difference that `changes` does not explain, or the reverse."""

    event_id: str
    told: str


@dataclass(frozen=True)
class _Case:
    """One event before and after, with its whole history and the part that is new."""

    event_id: str
    old: Row | None
    new: Row | None
    history: list[Row]
    recent: list[Row]

    @property
    def past(self) -> list[Row]:
        return self.history[: len(self.history) - len(self.recent)]


def explain_difference(
    old: Corpus | None, new: Corpus, version: str, *, old_version: str | None = None
) -> list[str]:
    """A sentence for each difference that `changes` does not explain, and the reverse.

    Between two releases an event that is new must be created, split off or reinstated, one
    that is gone must be merged or retracted, and one that differs must have changes whose
    `fields` (names of the record's top level, separated by semicolons) are together those
    that differ. The version of a record is the number of its changes, and rows of earlier
    releases stay as they were. The empty list means that all is explained.

    old: the last release, None for the first. version: of the new release. old_version: of
    the last one; by default the highest in its own history.
    """
    return [fault.told for fault in find_unexplained(old, new, version, old_version=old_version)]


def find_unexplained(
    old: Corpus | None, new: Corpus, version: str, *, old_version: str | None = None
) -> list[Unexplained]:
    """What `explain_difference` tells, each with the event that it is about."""
    misnamed = [
        Unexplained(row["event_id"], told) for row in _changes(new) for told in _check_release(row)
    ]
    if misnamed:
        return misnamed
    before = _changes(old) if old else []
    floor = old_version or max(
        (r["dataset_version"] for r in before), key=version_order, default=None
    )
    faults = list(_check_past(before, _changes(new), floor, version))
    return faults + [
        Unexplained(case.event_id, told)
        for case in _cases(old, new, floor)
        for told in _check(case)
    ]


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The fields of the record's top level that differ, versions aside, in model order."""
    one, other = order_record(old), order_record(new)
    return [
        name
        for name in (*one, *(name for name in other if name not in one))
        if name not in _NOT_CONTENT and one.get(name) != other.get(name)
    ]


def _changes(corpus: Corpus) -> list[Row]:
    rows = corpus.plain.get("changes", [])
    return sorted(rows, key=lambda row: (row["event_id"], row["record_version"]))


def _check_release(row: Row) -> Iterator[str]:
    try:
        version_order(row["dataset_version"])
    except DatasetError as error:
        yield f"{_name(row)} names no release: {error}"


def _check_past(
    before: list[Row], after: list[Row], floor: str | None, version: str
) -> Iterator[Unexplained]:
    kept = {(row["event_id"], row["record_version"]): row for row in before}
    for row in after:
        key = row["event_id"], row["record_version"]
        release = row["dataset_version"]
        if key in kept:
            if kept.pop(key) != row:
                told = f"{_name(row)} was released and has been altered; put it back."
                yield Unexplained(row["event_id"], told)
        elif version_order(release) > version_order(version):
            told = f"{_name(row)} is of release {release}, which is above {version}."
            yield Unexplained(row["event_id"], told)
        elif floor and version_order(release) <= version_order(floor):
            told = (
                f"{_name(row)} is of release {release}, which did not hold it; releases up to "
                f"{floor} are past."
            )
            yield Unexplained(row["event_id"], told)
    for row in kept.values():
        told = f"{_name(row)} was released and is gone; put it back."
        yield Unexplained(row["event_id"], told)


def _cases(old: Corpus | None, new: Corpus, floor: str | None) -> Iterator[_Case]:
    history: dict[str, list[Row]] = defaultdict(list)
    for row in _changes(new):
        history[row["event_id"]].append(row)
    before = {event["event_id"]: event for event in (old.events if old else [])}
    after = {event["event_id"]: event for event in new.events}
    for event_id in sorted({*before, *after, *history}):
        rows = history[event_id]
        recent = [
            r
            for r in rows
            if not floor or version_order(r["dataset_version"]) > version_order(floor)
        ]
        yield _Case(event_id, before.get(event_id), after.get(event_id), rows, recent)


def _check(case: _Case) -> Iterator[str]:
    yield from _check_numbers(case)
    yield from _check_sequence(case)
    if case.new is None:
        if case.old is not None and not _is_gone(case.recent):
            yield f"{case.event_id} is gone without having been merged or retracted."
        elif case.recent and not _is_gone(case.recent):
            yield f"{case.event_id} has changes but is not among the events."
        return
    if _is_gone(case.history):
        yield f"{case.event_id} was {case.history[-1]['change']} but is among the events."
    elif case.old is None:
        if not case.recent or case.recent[0]["change"] not in _ENTRANCES:
            yield f"{case.event_id} is new without having been created, split or reinstated."
    else:
        yield from _check_fields(case, changed_fields(case.old, case.new))


def _check_numbers(case: _Case) -> Iterator[str]:
    numbers = [row["record_version"] for row in case.history]
    if numbers != list(range(1, len(numbers) + 1)):
        found = ", ".join(map(str, numbers))
        yield f"The changes of {case.event_id} must be numbered from 1 and are {found}."
    elif case.new is not None and case.new["record_version"] != len(numbers):
        yield (
            f"{case.event_id} is in version {case.new['record_version']} and has "
            f"{len(numbers)} changes; the two must agree."
        )


def _check_sequence(case: _Case) -> Iterator[str]:
    gone = _is_gone(case.past)
    started = bool(case.past)
    for row in case.recent:
        change = row["change"]
        if not started and change not in _FIRST:
            yield f"{_name(row)} comes before the event was created or split off."
        elif started and change == ChangeType.created:
            yield f"{_name(row)} is of an event that existed before."
        elif started and gone != (change == ChangeType.reinstated):
            state = "is gone" if gone else "stands"
            yield f"{_name(row)} cannot follow, since the event {state}."
        started, gone = True, change in TOMBSTONES


def _check_fields(case: _Case, differing: list[str]) -> Iterator[str]:
    named = {name for row in case.recent for name in _fields(row)}
    for name in differing:
        if name not in named:
            yield f"{name} of {case.event_id} differs and no change names it."
    for name in sorted(named.difference(differing)):
        yield f"A change of {case.event_id} names {name}, which does not differ."
    for row in case.recent:
        lasting = row["change"] not in {*TOMBSTONES, ChangeType.reinstated}
        if lasting and not _fields(row):
            yield f"{_name(row)} names no field."


def _fields(row: Row) -> list[str]:
    return [name.strip() for name in row.get("fields", "").split(";") if name.strip()]


def _is_gone(history: list[Row]) -> bool:
    return bool(history) and history[-1]["change"] in TOMBSTONES


def _name(row: Row) -> str:
    return f"Change {row['record_version']} of {row['event_id']} ({row['change']})"
