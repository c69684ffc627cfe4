"""The function generated from the rules is in doubt exactly where they find a fault."""

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile, Severity
from qantar.validation import Fault
from qantar.validation.engine.records.record import RecordCheck
from qantar.validation.engine.records.record_screen import code_of, screen_of
from qantar.validation.rules.record.code import Memory
from support import made_up
from support.changed_records import change, exchange, places_in

CORPUS = made_up.corpus()


def is_within_record(fault: Fault) -> bool:
    """Whether the record itself is at fault, and not what its ids lead to."""
    return fault.rule != "key-dangling" and fault.severity is not Severity.note


def assert_alike(record: Any, profile: Profile) -> None:
    found = [*RecordCheck(profile, {}).run([record])]
    is_sound = screen_of(profile).look(record) is not None
    if is_sound:
        # Ids that come again are found by the run, within a record and among several.
        mentions = [mention["mention_id"] for mention in record.get("mentions", ())]
        is_sound = len(mentions) == len({*mentions})
    assert is_sound != any(map(is_within_record, found)), found


@given(seed=st.integers(0, 2**32), profile=st.sampled_from(Profile))
@settings(max_examples=300, deadline=None)
def test_it_is_in_doubt_exactly_where_the_rules_find_a_fault(seed: int, profile: Profile) -> None:
    chosen = random.Random(seed)
    record = copy.deepcopy(chosen.choice(CORPUS.events))
    for _ in range(chosen.choice([1, 1, 2, 3])):
        exchange(chosen, record, CORPUS.events)
    if chosen.random() < 0.3:
        change(chosen, record)
    assert_alike(record, profile)


@pytest.mark.parametrize("profile", Profile)
def test_every_place_of_a_record_is_looked_at(profile: Profile) -> None:
    """Every column and item of the records is left out once, and every item repeated."""
    for event in CORPUS.events:
        for path in [path for path in places_in(event) if path]:
            for repeat in (False, True):
                record = copy.deepcopy(event)
                *outer, last = path
                around: Any = record
                for step in outer:
                    around = around[step]
                if not repeat:
                    del around[last]
                elif isinstance(around, list):
                    around.append(copy.deepcopy(around[last]))
                assert_alike(record, profile)


@pytest.mark.parametrize("profile", Profile)
def test_sound_records_pass(profile: Profile) -> None:
    assert all(screen_of(profile).look(record) is not None for record in CORPUS.events)


def test_text_that_utf8_cannot_hold_does_not_pass() -> None:
    for event in CORPUS.events:
        for *outer, last in [path for path in places_in(event) if path]:
            record = copy.deepcopy(event)
            around: Any = record
            for step in outer:
                around = around[step]
            if isinstance(around[last], str):
                around[last] = f"{around[last]}\ud800"
                assert screen_of(Profile.coded).look(record) is None


def test_what_leads_out_of_a_record_is_gathered_with_its_place() -> None:
    call, _ = CORPUS.events
    leads = screen_of(Profile.coded).look(call)
    assert leads is not None
    found = {(way.table, way.pointer % positions, value) for way, value, positions in leads[0]}
    for number, item in enumerate(call["participants"]):
        assert ("actors", f"/participants/{number}/actor_id", item["actor_id"]) in found


def test_a_memory_is_begun_anew_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qantar.validation.rules.record.code.MOST_REMEMBERED", 3)
    memory = Memory(lambda number: number * 2)
    assert [memory[number] for number in (1, 2, 3, 4, 1)] == [2, 4, 6, 8, 2]
    assert len(memory) == 2


def test_the_function_reads_each_value_once() -> None:
    lines = code_of(Profile.coded).text().splitlines()
    held = [line.split(" = ")[0] for line in lines if "_row.get(" in line or "_row[" in line]
    assert len(held) == len(set(held))
