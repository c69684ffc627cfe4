"""Models and schema agree, and both refuse what is no record."""

import copy

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import made_up
from qantar.schema import Event, Profile
from qantar.schema.publication import event_schema

SCHEMA = event_schema(Profile.coded)
# The models do not know the conditions between fields; the schema says them under allOf.
VALUES = jsonschema.Draft202012Validator({k: v for k, v in SCHEMA.items() if k != "allOf"})
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
    # JSON knows one kind of number: 1.0 is an integer to a schema and a float to Python.
    if isinstance(value, float) and value.is_integer():
        value += 0.5
    put(record, path, value)
    assert accepted(record) == VALUES.is_valid(record)


@given(st.data())
def test_one_verdict_where_a_field_is_missing(data):
    record = copy.deepcopy(data.draw(st.sampled_from(made_up.corpus().events)))
    path = data.draw(st.sampled_from([p for p in paths(record) if isinstance(p[-1], str)]))
    parent = record
    for step in path[:-1]:
        parent = parent[step]
    del parent[path[-1]]
    assert accepted(record) == VALUES.is_valid(record)


def test_null_is_refused_with_the_name_of_the_field():
    record = made_up.corpus().events[0] | {"object_en": None}
    with pytest.raises(ValidationError, match="leave out object_en"):
        Event.model_validate(record)


@pytest.mark.parametrize("value", ["1", True, 1.5])
def test_nothing_is_coerced(value):
    with pytest.raises(ValidationError):
        Event.model_validate(made_up.corpus().events[0] | {"record_version": value})


def test_a_record_survives_the_model():
    for record in made_up.corpus().events:
        assert Event.model_validate(record).plain() == record
