"""Agreement is measured as the literature defines it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.builders.agreement import masi, measure_alpha, measure_f1, nominal

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


# Krippendorff (2011), section C: four coders, twelve units, values missing; nominal 0.743.
KRIPPENDORFF_C = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def units_of(coders):
    """The values of each unit, without those that are missing."""
    columns = zip(*(coder.split() for coder in coders), strict=True)
    return [[value for value in column if value != "."] for column in columns]


def test_alpha_of_the_published_example_of_four_coders_with_missing_values():
    figure = measure_alpha(units_of(KRIPPENDORFF_C))
    assert figure.value == pytest.approx(0.743, abs=0.0005)
    assert figure.n == 11, "what one coder alone judged is not compared"


@pytest.mark.parametrize("coders", [KRIPPENDORFF_C, KRIPPENDORFF_C[:3], KRIPPENDORFF_C[1:]])
def test_alpha_is_that_of_the_package_krippendorff(coders):
    krippendorff = pytest.importorskip(
        "krippendorff", reason="alpha is compared with the package krippendorff"
    )
    data = [[float("nan") if v == "." else float(v) for v in one.split()] for one in coders]
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert measure_alpha(units_of(coders)).value == pytest.approx(expected)


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
    ("finders", "coders", "value"),
    [
        ([2, 2, 2], 2, 1.0),
        ([2, 2, 1, 1], 2, 2 / 3),
        ([1, 1], 2, 0.0),
        ([3, 3], 3, 1.0),
        # Each pair of three coders: all have the first act, two the second, one the third.
        ([3, 2, 1], 3, 2 * (3 + 1) / (2 * 6)),
    ],
)
def test_f1_by_hand(finders, coders, value):
    assert measure_f1(finders, coders).value == pytest.approx(value)


def test_nothing_cannot_agree():
    for units in ([], [["a"], []]):
        with pytest.raises(ValueError, match="without units"):
            measure_alpha(units)
    with pytest.raises(ValueError, match="without units"):
        measure_f1([])


UNITS = st.lists(st.lists(VALUES, min_size=2, max_size=5), min_size=2, max_size=12)


def alpha_by_its_definition(units):
    """One less observed over expected disagreement, summed over ordered pairs of values."""
    values = [value for unit in units for value in unit]
    n = len(values)
    observed = sum(
        sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    expected = sum(a != b for a, b in permutations(values, 2)) / (n - 1)
    return 1 - observed / expected if expected else 1


@given(UNITS)
def test_alpha_of_any_number_of_coders_is_as_defined(units):
    assert measure_alpha(units).value == pytest.approx(alpha_by_its_definition(units))
