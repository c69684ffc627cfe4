"""Lines of records are suspects exactly where the rules find a fault, however they are written."""

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile, Severity
from qantar.schema.rule import ForeignKey
from qantar.schema.shape import PARENTS, RECORD_TABLES
from qantar.validation import Fault
from qantar.validation.engine.nested.known_table import KnownTables
from qantar.validation.engine.nested.nested_link import links_of
from qantar.validation.engine.nested.record_judge import RecordJudge
from qantar.validation.engine.records.record import RecordCheck
from qantar.validation.readers.nested.chunks import NestedChunk
from qantar.validation.rules.link.kind import LinkKind
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from support import made_up
from support.changed_records import change, exchange, places_in

CORPUS = made_up.corpus()


def judge_of(profile: Profile) -> RecordJudge:
    known = KnownTables({}, (), profile)
    return RecordJudge(profile, links_of(profile), known, languages=CORPUS.languages)


JUDGES = {profile: judge_of(profile) for profile in Profile}


def suspects(lines: list[str], profile: Profile = Profile.coded) -> list[bool]:
    chunk = NestedChunk.of("".join(line + "\n" for line in lines).encode())
    found: list[bool] = JUDGES[profile].judge(chunk)[1].tolist()
    return found


def is_within_record(fault: Fault) -> bool:
    """Whether the record itself is at fault, and not its ids or what they lead to."""
    return fault.rule not in ("key-dangling", "key-duplicate") and (
        fault.severity is not Severity.note
    )


def assert_alike(records: list[Any], profile: Profile) -> None:
    told = [[*RecordCheck(profile, {}).run([record])] for record in records]
    expected = [any(map(is_within_record, found)) for found in told]
    found = suspects([json.dumps(record) for record in records], profile)
    # What repeats an id is told by all records together, or by its own lists.
    repeats = ["key-duplicate" in {fault.rule for fault in one} for one in told]
    differs = [
        (record, faults)
        for record, faults, is_suspect, is_faulty, repeats_id in zip(
            records, told, found, expected, repeats, strict=True
        )
        if is_suspect != is_faulty and not repeats_id
    ]
    assert differs == []


@given(seed=st.integers(0, 2**32), profile=st.sampled_from(Profile))
@settings(max_examples=100, deadline=None)
def test_lines_are_suspects_exactly_where_the_rules_find_a_fault(
    seed: int, profile: Profile
) -> None:
    chosen = random.Random(seed)
    records = [copy.deepcopy(chosen.choice(CORPUS.events)) for _ in range(5)]
    for record in records:
        for _ in range(chosen.choice([1, 1, 2, 3])):
            exchange(chosen, record, CORPUS.events)
        if chosen.random() < 0.3:
            change(chosen, record)
    assert_alike(records, profile)


@pytest.mark.parametrize("profile", Profile)
def test_every_place_of_a_record_is_looked_at(profile: Profile) -> None:
    """Every column and item is once left out, and once another value."""
    for event in CORPUS.events:
        records = []
        for *outer, last in [path for path in places_in(event) if path]:
            for value in (None, "\x01", 1.5, {}):
                record = copy.deepcopy(event)
                around: Any = record
                for step in outer:
                    around = around[step]
                if value is None:
                    del around[last]
                else:
                    around[last] = value
                records.append(record)
        assert_alike(records, profile)


def with_fractions(value: Any) -> Any:
    """The same with every whole number written as a fraction."""
    if isinstance(value, dict):
        return {name: with_fractions(one) for name, one in value.items()}
    if isinstance(value, list):
        return [with_fractions(one) for one in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def test_sound_records_are_no_suspects_however_they_are_written() -> None:
    for event in CORPUS.events:
        prose = {**event, "summary_en": 'He said : "no": it is 10:30.'}
        lines = [
            json.dumps(event),
            json.dumps(event, separators=(",", " : ")),
            json.dumps(with_fractions(event)),
            json.dumps(event).replace('"event_id"', '"event\\u005fid"'),
            json.dumps(prose),
            json.dumps(prose, ensure_ascii=False),
        ]
        assert suspects(lines) == [False] * len(lines)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"polarity":', '"polarity":"negated","polarity":'),
        ('"mentions":[', '"mentions":[],"mentions":['),
        ('"mentions":[{', '"mentions":[{"zone":"body",'),
        ('"polarity":', '"polarity":"negated","pol\\u0061rity":'),
        ('{"schema_version"', '{"unknown":{"a":[1]},"schema_version"'),
    ],
)
def test_a_key_that_stands_twice_or_is_unknown_makes_a_suspect(old: str, new: str) -> None:
    for event in CORPUS.events:
        text = json.dumps(event, separators=(",", ":"))
        assert old in text
        assert suspects([text, text.replace(old, new, 1), text]) == [False, True, False]


@pytest.mark.parametrize("profile", Profile)
def test_every_rule_between_rows_is_asked(profile: Profile) -> None:
    """One record settles it, all of them together do, or it leads to other tables."""
    links = links_of(profile)
    for table in RECORD_TABLES:
        for rule in link_rules_of(table, profile):
            kind = link_kind(rule)
            leads_out = any(side.table not in RECORD_TABLES for side in kind.sides(rule))
            if isinstance(rule, ForeignKey):
                is_taken_over = PARENTS.get(table) == rule.other_table
                assert leads_out or is_taken_over or rule in links.pointers
            else:
                settles = type(kind).in_record is not LinkKind.in_record
                assert leads_out or settles or rule in links.circles
