"""Agreement is measured as the literature defines it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.builders.agreement import masi, measure_alpha, measure_f1, nominal
from qantar.builders.coding import CodingError
from qantar.builders.comparison import coding_rows, match_acts, measure_agreement, read_pass

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section A: 0.095.
KRIPPENDORFF_A = list(zip("0100000000", "1110010010", strict=True))
# The same paper, section B, nominal data: 0.692.
KRIPPENDORFF_B = list(zip("aabbdcccedda", "babbbcccedd" + "d", strict=True))


def test_alpha_of_the_published_binary_example():
    assert measure_alpha(KRIPPENDORFF_A).value == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_the_published_nominal_example():
    assert measure_alpha(KRIPPENDORFF_B).value == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("ab", "ab", 0.0),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("a", "b", 1.0),
        ("", "", 0.0),
        ("", "a", 1.0),
    ],
)
def test_masi_by_hand(one, other, distance):
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(distance)


VALUES = st.sampled_from("abc")
PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=12)


@given(PAIRS)
def test_perfect_agreement_is_one_and_coders_may_change_places(pairs):
    assert measure_alpha([(a, a) for a, _ in pairs]).value == 1
    swapped = measure_alpha([(b, a) for a, b in pairs]).value
    assert swapped == pytest.approx(measure_alpha(pairs).value)


@given(PAIRS)
def test_the_interval_is_the_same_every_time_and_in_order(pairs):
    figure = measure_alpha(pairs, nominal)
    assert figure == measure_alpha(pairs, nominal)
    assert figure.low <= figure.high
    assert figure.n == len(pairs)


@pytest.mark.parametrize(
    ("matched", "first", "second", "value"), [(3, 0, 0, 1.0), (2, 1, 1, 2 / 3), (0, 1, 1, 0.0)]
)
def test_f1_by_hand(matched, first, second, value):
    assert measure_f1(matched, first, second).value == pytest.approx(value)


def test_nothing_cannot_agree():
    with pytest.raises(ValueError, match="without units"):
        measure_alpha([])
    with pytest.raises(ValueError, match="without units"):
        measure_f1(0, 0, 0)


def raw(coder, acts, dispositions=("coded", "not_codeable")):
    rows = [
        {"coding_id": coding_id, "field": name, "value": value}
        for coding_id, fields in acts.items()
        for name, values in fields.items()
        for value in values
    ]
    rows += [
        {"coding_id": f"s{n}", "field": "disposition", "value": value}
        for n, value in enumerate(dispositions)
    ]
    return read_pass(coder, rows)


def act(trigger, code="cameo:041", **more):
    return {"trigger": [trigger], "action_code": [code], "factuality": ["asserted"], **more}


FIRST = raw("coder-1", {"a": act("T-A0001 5-10"), "b": act("T-A0001 20-30", "cameo:033")})


SENTENCES = [{"article_id": "T-A0001", "char_start": start} for start in (0, 40)]


def agreement(first, second):
    return measure_agreement(first, second, match_acts(first, second, SENTENCES))


def test_acts_are_matched_by_the_most_shared_characters():
    second = raw(
        "coder-2",
        {"x": act("T-A0001 8-22"), "y": act("T-A0001 6-9"), "z": act("T-A0002 5-10")},
    )
    assert match_acts(FIRST, second, SENTENCES) == {"a": "y", "b": "x"}


def test_what_shares_no_words_is_matched_within_the_sentence_nearest_first():
    second = raw("coder-2", {"x": act("T-A0001 12-15"), "y": act("T-A0001 41-45")})
    assert match_acts(FIRST, second, SENTENCES) == {"a": "x"}


def test_raw_values_keep_the_event_they_went_into():
    second = raw("coder-2", {"x": act("T-A0001 5-10")})
    rows = coding_rows((FIRST, second), {"a": "TST-000001", "x": "TST-000001"})
    assert {(r["coder_id"], r["coding_id"], r.get("event_id")) for r in rows} == {
        ("coder-1", "a", "TST-000001"),
        ("coder-1", "b", None),
        ("coder-1", "s0", None),
        ("coder-1", "s1", None),
        ("coder-2", "x", "TST-000001"),
        ("coder-2", "s0", None),
        ("coder-2", "s1", None),
    }


def test_a_root_may_agree_where_the_code_does_not():
    second = raw(
        "coder-2",
        {
            "x": act("T-A0001 5-10"),
            "y": act("T-A0001 20-30", "cameo:0331", defensible_code=["cameo:033"]),
        },
    )
    rows = {(r["field"], r["measure"]): r["value"] for r in agreement(FIRST, second)}
    assert rows["event", "detection_f1"] == 1
    assert rows["sentence", "alpha_nominal"] == 1
    assert rows["action_root_code", "alpha_nominal"] == 1
    assert rows["action_code", "alpha_nominal"] < rows["action_code", "alpha_masi"] < 1


def test_both_coders_must_judge_every_sentence():
    with pytest.raises(CodingError, match="only one coder judged s2"):
        agreement(FIRST, raw("coder-2", {}, ("coded", "coded", "coded")))
