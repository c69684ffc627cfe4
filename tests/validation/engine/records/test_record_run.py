"""Records that pass the quick look are told what they are told when judged in full."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.records.record import RecordCheck
from qantar.validation.engine.records.record_run import RecordRun, check_records
from qantar.validation.engine.records.record_screen import screen_of
from support import made_up
from support.mutations import FITTING_TEXTS, HOSTILE_TEXTS

CORPUS = made_up.corpus()
CODES = ["predicted", "negated", "judged", "trigger", "actor", "target"]
ODD = [None, 0, 1, 2, 3, True, False, 1.0, 2.5, -1, [], {}, [1], [None], float("nan"), (1,)]
KNOWN: list[Rows] = [
    {},
    {"actors": CORPUS.plain["actors"]},
    {"events": [{"event_id": "TST-000001"}]},
    {"actors": [], "events": []},
]


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, item in items:
            yield from places_in(item, (*path, step))


def change(chosen: random.Random, record: dict[str, Any]) -> None:
    """Drop, replace, repeat or shift something somewhere in a record."""
    *outer, last = chosen.choice([path for path in places_in(record) if path])
    around: Any = record
    for step in outer:
        around = around[step]
    value, kind = around[last], chosen.random()
    if kind < 0.25:
        del around[last]
    elif kind < 0.6:
        around[last] = chosen.choice(FITTING_TEXTS + CODES)
    elif kind < 0.75:
        around[last] = copy.deepcopy(chosen.choice(ODD))
    elif kind < 0.85 and isinstance(value, list) and value:
        value.append(copy.deepcopy(chosen.choice(value)))
    elif kind < 0.95 and isinstance(value, int):
        around[last] = value + chosen.choice([-1, 1, 100])
    else:
        around[last] = chosen.choice([*HOSTILE_TEXTS, "\ud800"])


def some_records(chosen: random.Random) -> list[dict[str, Any]]:
    """A few records, some alike, some with an id of their own, half of them changed."""
    records = [copy.deepcopy(chosen.choice(CORPUS.events)) for _ in range(chosen.randint(1, 5))]
    if chosen.random() < 0.7:
        for number, record in enumerate(records):
            text = json.dumps(record).replace(record["event_id"], f"TST-{number + 10:06d}")
            records[number] = json.loads(text)
    for record in records:
        for _ in range(chosen.choice([0, 0, 1, 1, 3])):
            change(chosen, record)
    return records


@given(seed=st.integers(0, 2**32), known=st.sampled_from(KNOWN), profile=st.sampled_from(Profile))
@settings(max_examples=150, deadline=None)
def test_a_run_tells_what_the_full_judgement_tells(
    seed: int, known: Rows, profile: Profile
) -> None:
    records = some_records(random.Random(seed))
    assert RecordRun(profile, known).run(records) == [*RecordCheck(profile, known).run(records)]


@pytest.mark.parametrize("profile", Profile)
def test_sound_records_pass(profile: Profile) -> None:
    assert all(screen_of(profile).look(record) is not None for record in CORPUS.events)


def test_a_record_that_shares_a_mention_with_a_faulty_one_is_judged_in_full() -> None:
    sound, faulty = copy.deepcopy(CORPUS.events[:2])
    faulty["mentions"][0]["mention_id"] = sound["mentions"][0]["mention_id"]
    told = RecordRun(Profile.coded, {}).run([sound, faulty])
    assert "key-duplicate" in {fault.rule for fault in told if fault.row == 2}


def test_text_that_utf8_cannot_hold_does_not_pass() -> None:
    record = copy.deepcopy(CORPUS.events[0])
    record["summary_en"] = "Half of a pair: \ud800."
    assert screen_of(Profile.coded).look(record) is None


def test_a_quick_look_misses_no_untraced_value_and_no_circle() -> None:
    call, offer = made_up.corpus().events
    del offer["mentions"][0]["spans"][5]
    assert "span-missing" in {fault.rule for fault in check_records([offer])}
    call, offer = made_up.corpus().events
    call["relations"] = [{"relation": "part_of", "other_event_id": "TST-000002"}]
    assert [f.row for f in check_records([call, offer]) if f.rule == "relation-cycle"] == [1, 2]


def test_an_event_that_stands_twice_hides_no_circle() -> None:
    call, offer = made_up.corpus().events
    again = copy.deepcopy(call)
    for event, other in ((call, "TST-000002"), (again, "TST-000009")):
        event["relations"] = [{"relation": "part_of", "other_event_id": other}]
    end = json.loads(json.dumps(call).replace("TST-000001", "TST-000009")) | {"relations": []}
    found = check_records([call, offer, again, end])
    assert [f.row for f in found if f.rule == "relation-cycle"] == [1, 2]
