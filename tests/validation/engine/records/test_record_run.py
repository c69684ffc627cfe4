"""Records that pass the quick look are told what they are told when judged in full."""

import copy
import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation import check_records
from qantar.validation.engine.records.record import RecordCheck
from qantar.validation.engine.records.record_run import RecordRun
from support import made_up
from support.changed_records import change

CORPUS = made_up.corpus()
KNOWN: list[Rows] = [
    {},
    {"actors": CORPUS.plain["actors"]},
    {"events": [{"event_id": "TST-000001"}]},
    {"actors": [], "events": []},
]


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
    found = RecordRun(profile, known).run(records)
    assert [*found] == [*RecordCheck(profile, known).run(records)]


def test_a_record_that_shares_a_mention_with_a_faulty_one_is_judged_in_full() -> None:
    sound, faulty = copy.deepcopy(CORPUS.events[:2])
    faulty["mentions"][0]["mention_id"] = sound["mentions"][0]["mention_id"]
    told = RecordRun(Profile.coded, {}).run([sound, faulty])
    assert "key-duplicate" in {fault.rule for fault in told if fault.row == 2}


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
