"""Models and schema agree, and both refuse what is no record."""

import copy
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qantar.schema import Event, Profile
from qantar.schema.condition import expressible_rules
from qantar.schema.publication import event_schema
from support import made_up

SCHEMA = event_schema(Profile.coded)
WHOLE = jsonschema.Draft202012Validator(SCHEMA)
HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(
        [
            "=1+1",
            "-x",
            "a\nb",
            "a\n",
            "QTR-000001\n",
            "cameo:041",
            "041",
            "asserted",
            "KAZ",
            "2022-02-30",
        ]
    ),
    st.lists(st.none(), max_size=1),
    st.dictionaries(st.text(max_size=1), st.none(), max_size=1),
)


def accepted(record):
    try:
        Event.model_validate(record)
    except ValidationError:
        return False
    return True


def paths(value, path=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from paths(item, (*path, position))


def put(record, path, value):
    *parents, last = path
    for step in parents:
        record = record[step]
    record[last] = value


@given(st.data())
def test_one_verdict_of_model_and_schema_on_any_value(data):
    record = copy.deepcopy(data.draw(st.sampled_from(made_up.corpus().events)))
    path = data.draw(st.sampled_from(list(paths(record))))
    value = data.draw(HOSTILE)
    put(record, path, value)
    assert accepted(record) == WHOLE.is_valid(record)


@given(st.data())
def test_one_verdict_where_a_field_is_missing(data):
    record = copy.deepcopy(data.draw(st.sampled_from(made_up.corpus().events)))
    path = data.draw(st.sampled_from([p for p in paths(record) if isinstance(p[-1], str)]))
    parent = record
    for step in path[:-1]:
        parent = parent[step]
    del parent[path[-1]]
    assert accepted(record) == WHOLE.is_valid(record)


def test_null_is_refused_with_the_name_of_the_field():
    record = made_up.corpus().events[0] | {"object_en": None}
    with pytest.raises(ValidationError, match="leave out object_en"):
        Event.model_validate(record)


@pytest.mark.parametrize("value", ["1", True, 1.5])
def test_nothing_is_coerced(value):
    with pytest.raises(ValidationError):
        Event.model_validate(made_up.corpus().events[0] | {"record_version": value})


# A change that breaks the rule, for each condition that the schema says.
BREAKING = {
    "date-bounds-missing": {"date_latest": None},
    "date-edtf-missing": {"date_edtf": None},
    "date-edtf-unexpected": {"date_basis": "none"},
    "date-anchor-missing": {"date_anchor_event_id": None},
    "date-anchor-unexpected": {"date_basis": "none"},
    "date-earliest-event-unexpected": {
        "date_edtf": "../2021-05-03",
        "date_earliest": None,
        "date_earliest_event_id": "TST-000001",
    },
    "date-latest-event-unexpected": {
        "date_edtf": "2021-05-03/..",
        "date_latest": None,
        "date_latest_event_id": "TST-000001",
    },
    "date-bound-event-unexpected": {
        "date_basis": "none",
        "date_earliest_event_id": "TST-000001",
        "date_latest_event_id": "TST-000001",
    },
    "date-unexplained": {"date_note_en": None},
    "condition-missing": {"condition_en": None},
    "condition-unexpected": {"conditional": False},
    "longitude-missing": {"longitude": None},
    "latitude-missing": {"latitude": None},
    "place-precision-missing": {"place_precision": None},
    "place-name-missing": {"place_name": None},
    "place-id-unnamed": {"place_id": "geonames:2562305", "place_name": None},
    "certainty-missing": {"factuality": "predicted", "certainty": None},
    "certainty-unexpected": {"factuality": "hypothetical", "certainty": "possible"},
}


@pytest.mark.parametrize("rule", sorted({r.id for r in expressible_rules(Profile.coded)}))
def test_a_condition_that_is_not_met_is_an_error_at_its_field(rule):
    changed = made_up.corpus().events[1] | BREAKING[rule]
    record = {name: value for name, value in changed.items() if value is not None}
    assert not WHOLE.is_valid(record)
    for validate, content in (
        (Event.model_validate, record),
        (Event.model_validate_json, json.dumps(record)),
    ):
        with pytest.raises(ValidationError) as refused:
            validate(content)
        same = [r for r in expressible_rules(Profile.coded) if r.id == rule]
        found = [error for error in refused.value.errors() if error["type"] == rule]
        assert {error["loc"] for error in found} == {
            (name,)
            for declared in same
            for name in declared.on
            if {name, f"{name}_en"} & {*BREAKING[rule]} or rule.endswith("unexpected")
        }
        assert {error["msg"] for error in found} <= {f"{r.sentence} {r.mend}" for r in same}


def test_whole_numbers_may_be_spelled_as_json_spells_them():
    text = json.dumps(made_up.corpus().events[0]).replace(
        '"record_version": 1', '"record_version": 1.0'
    )
    assert Event.model_validate_json(text).record_version == 1
    assert Event.model_validate(json.loads(text)).record_version == 1


def test_a_record_survives_the_model():
    for record in made_up.corpus().events:
        assert Event.model_validate(record).plain() == record
