"""Which differences between two releases the table of changes explains."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from qantar.dataset.history import changed_fields, explain_difference
from qantar.schema.corpus import Corpus
from support.made_up import corpus
from support.made_up_history import (
    CALL,
    OFFER,
    RELEASES,
    SPLIT,
    change,
    draft,
    event_of,
    first,
    recoded,
    remove,
    second,
    third,
)

Damage = Callable[[Corpus], Any]


def rows_of(made: Corpus, event_id: str) -> list[dict[str, Any]]:
    return [row for row in made.plain["changes"] if row["event_id"] == event_id]


def test_a_first_release_is_explained_by_itself() -> None:
    assert explain_difference(None, corpus(), "0.1.0") == []


def test_each_release_is_explained_from_the_one_before() -> None:
    made = [(version, make()) for version, make in RELEASES.items()]
    for (_, old), (version, new) in pairwise(made):
        assert explain_difference(old, new, version) == []


def test_releases_may_be_skipped() -> None:
    assert explain_difference(draft(), second(), "1.1.0") == []
    # Created and merged within the interval, the third event leaves no trace but its history.
    assert explain_difference(draft(), third(), "2.0.0") == []


def test_a_release_may_change_nothing() -> None:
    assert explain_difference(first(), first(), "1.0.1") == []


def test_an_event_may_come_back() -> None:
    made = third()
    made.events.append(event_of(second(), SPLIT) | {"record_version": 3})
    made.plain["changes"].append(change(SPLIT, 3, "reinstated", "2.1.0"))
    assert explain_difference(third(), made, "2.1.0") == []
    assert explain_difference(second(), made, "2.1.0") == []


def test_an_event_may_be_split() -> None:
    made = second()
    event_of(made, CALL)["record_version"] = 2
    event_of(made, CALL)["summary_en"] = "Half of the call."
    made.plain["changes"] = rows_of(first(), CALL) + rows_of(first(), OFFER)
    made.plain["changes"] += [
        change(CALL, 2, "split", "1.1.0", fields="summary_en", other_event_id=SPLIT),
        change(SPLIT, 1, "split", "1.1.0", other_event_id=CALL),
    ]
    assert explain_difference(first(), made, "1.1.0") == []


def test_two_changes_may_name_the_fields_between_them() -> None:
    made = recoded(draft(), "1.0.0")
    rows_of(made, OFFER)[-1]["fields"] = "action_code"
    made.plain["changes"].append(change(OFFER, 3, "refined", "1.0.0", fields="confidence"))
    event_of(made, OFFER)["record_version"] = 3
    assert explain_difference(draft(), made, "1.0.0") == []


def test_versions_are_no_content_and_empty_lists_are_no_difference() -> None:
    event = event_of(corpus(), CALL)
    other = event | {"record_version": 9, "schema_version": "9.0.0"}
    del other["relations"]
    assert changed_fields(event, other) == []
    assert changed_fields(event, event | {"symmetric": False}) == ["symmetric"]


def _set_field(event_id: str, **fields: Any) -> Damage:
    return lambda made: event_of(made, event_id).update(fields)


def _set_change(event_id: str, position: int, **fields: Any) -> Damage:
    return lambda made: rows_of(made, event_id)[position].update(fields)


def _drop_change(event_id: str, position: int) -> Damage:
    def damage(made: Corpus) -> None:
        made.plain["changes"].remove(rows_of(made, event_id)[position])

    return damage


def _add_change(*arguments: Any, **fields: str) -> Damage:
    return lambda made: made.plain["changes"].append(change(*arguments, **fields))


def _remove(event_id: str) -> Damage:
    return lambda made: remove(made, event_id)


@pytest.mark.parametrize(
    ("old", "new", "version", "damage", "words"),
    [
        (None, draft, "0.9.0", _drop_change(CALL, 0), "new without having been created"),
        (None, draft, "0.9.0", _set_change(CALL, 0, change="corrected"), "comes before"),
        (None, draft, "0.0.9", _set_change(CALL, 0), "which is above 0.0.9"),
        (None, draft, "0.9.0", _set_change(CALL, 0, dataset_version="0.9"), "is not a version"),
        (draft, first, "1.0.0", _drop_change(OFFER, 1), "action_code of TST-000002 differs"),
        (draft, first, "1.0.0", _set_field(OFFER, record_version=1), "has 2 changes"),
        (draft, first, "1.0.0", _set_field(OFFER, latitude=36.0), "latitude of TST-000002 diff"),
        (draft, first, "1.0.0", _set_field(OFFER, action_code="cameo:033"), "names action_code"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, fields="confidence"), "action_code of"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, fields=" ; "), "names no field"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, change="merged"), "merged but is among"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, change="created"), "existed before"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, change="reinstated"), "cannot follow"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, record_version=3), "numbered from 1"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, dataset_version="0.1.0"), "are past"),
        (draft, first, "1.0.0", _set_change(OFFER, 1, dataset_version="1.0.1"), "is above"),
        (draft, first, "1.0.0", _set_change(OFFER, 0, reason="Other."), "has been altered"),
        (draft, first, "1.0.0", _drop_change(CALL, 0), "was released and is gone"),
        (draft, first, "1.0.0", _remove(CALL), "gone without having been merged"),
        (first, second, "1.1.0", _drop_change(SPLIT, 0), "new without having been created"),
        (first, second, "1.1.0", _set_change(SPLIT, 0, change="refined"), "comes before"),
        (first, second, "1.1.0", _set_change(SPLIT, 0, change="reinstated"), "comes before"),
        (first, second, "1.1.0", _remove(SPLIT), "has changes but is not among"),
        (second, third, "2.0.0", _drop_change(SPLIT, 1), "gone without having been merged"),
        (second, third, "2.0.0", _set_change(SPLIT, 1, change="corrected"), "gone without"),
        (third, third, "2.1.0", _add_change(SPLIT, 3, "retracted", "2.1.0"), "cannot follow"),
        (third, third, "2.1.0", _add_change(SPLIT, 3, "corrected", "2.1.0"), "cannot follow"),
        (third, third, "2.1.0", _add_change(SPLIT, 3, "reinstated", "2.1.0"), "not among"),
        (third, third, "2.1.0", _add_change(CALL, 2, "retracted", "2.1.0"), "is among"),
    ],
)
def test_what_is_not_explained_is_told(
    old: Callable[[], Corpus] | None,
    new: Callable[[], Corpus],
    version: str,
    damage: Damage,
    words: str,
) -> None:
    made = new()
    damage(made)
    faults = explain_difference(old() if old else None, made, version)
    assert any(words in fault for fault in faults), faults


def test_the_last_version_counts_even_if_it_changed_no_record() -> None:
    made = recoded(draft(), "0.9.5")
    assert explain_difference(draft(), made, "1.0.0", old_version="0.9.0") == []
    assert explain_difference(draft(), made, "1.0.0", old_version="0.9.9")
