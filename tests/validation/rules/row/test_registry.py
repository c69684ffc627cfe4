"""Truth tables: what each kind of row rule says of every sort of operand."""

from typing import Any

import pytest

from qantar.schema import TABLES, Profile
from qantar.schema.codebook import actions
from qantar.schema.rule import (
    Compare,
    Computed,
    Condition,
    Implies,
    Lookup,
    OrderedEdtf,
    PrefixOf,
    Requires,
    WithinEdtf,
)
from qantar.schema.shape import Row
from qantar.validation.rules.condition import holds
from qantar.validation.rules.row.registry import (
    faults_of_row,
    faults_of_rule,
    kind_of,
    row_rules_of,
)
from qantar.validation.rules.value.rule import BROKEN

TEXT: dict[str, Any] = {"id": "made-up", "table": "events", "sentence": "So it is.", "mend": "Do."}


def judge(rule: Any, row: Row) -> list[str | None]:
    """The columns at which the rule finds a fault."""
    return [fault.column for fault in faults_of_rule(rule, row)]


@pytest.mark.parametrize(
    ("operator", "left", "right", "holds"),
    [
        ("<", 1, 2, True),
        ("<", 2, 2, False),
        ("<", 3, 2, False),
        ("<=", 2, 2, True),
        ("<=", 3, 2, False),
        ("<=", "2021-05-03", "2021-05-03", True),
        ("<=", "2021-05-04", "2021-05-03", False),
        ("!=", "a", "b", True),
        ("!=", "a", "a", False),
        ("==", "a", "a", True),
        ("==", "a", "b", False),
        ("<=", None, 2, True),
        ("<=", 3, None, True),
        ("<=", None, None, True),
        ("<=", BROKEN, 2, True),
        ("<=", 3, BROKEN, True),
    ],
)
def test_compare(operator: Any, left: Any, right: Any, holds: bool) -> None:
    rule = Compare(**TEXT, left="low", operator=operator, right="high")
    assert judge(rule, {"low": left, "high": right}) == ([] if holds else ["high"])


@pytest.mark.parametrize(
    ("prefix", "value", "holds"),
    [
        ("TST-1", "TST-1-M1", True),
        ("TST-1", "TST-10-M1", False),
        ("TST-1", "TST-1", False),
        ("TST-1", "x", False),
        (None, "TST-1-M1", True),
        ("TST-1", None, True),
        (BROKEN, "x", True),
        ("TST-1", BROKEN, True),
    ],
)
def test_prefix_of(prefix: Any, value: Any, holds: bool) -> None:
    rule = PrefixOf(**TEXT, prefix="event", column="mention", separator="-M")
    assert judge(rule, {"event": prefix, "mention": value}) == ([] if holds else ["mention"])


@pytest.mark.parametrize(
    ("edtf", "day", "holds"),
    [
        ("2022-01-05", "2022-01-05", True),
        ("2022-01-05", "2022-01-06", False),
        ("2022-01-05?", "2022-01-06", False),
        ("2022-01-05~", "2022-01-06", True),
        ("2022-01-05%", "1999-01-01", True),
        ("2022-02-XX", "2022-02-28", True),
        ("2022-02-XX", "2022-03-01", False),
        ("2020-02-XX", "2020-02-29", True),
        ("2022-XX-XX", "2022-12-31", True),
        ("2022-XX-XX", "2023-01-01", False),
        ("2022-01-05/2022-01-07", "2022-01-06", True),
        ("2022-01-05/2022-01-07", "2022-01-08", False),
        ("2022-01-05/2022-01-XX", "2022-01-31", True),
        ("2022-01-05/..", "9999-12-31", True),
        ("2022-01-05/..", "2022-01-04", False),
        ("../2022-01-05", "0001-01-01", True),
        ("../2022-01-05", "2022-01-06", False),
        ("2022-01-05?/2022-01-07?", "2022-01-08", False),
        ("2022-01-05?/2022-01-07?", "2022-01-07", True),
        ("[2022-01-05..2022-01-07]", "2022-01-05", True),
        ("[2022-01-05..2022-01-07]", "2022-01-04", False),
        ("[2022-01-05..2022-01-07]", "2022-01-08", False),
        ("[2022-01-05..]", "2022-01-04", False),
        ("[2022-01-05..]", "9999-12-31", True),
        ("[..2022-01-05]", "0001-01-01", True),
        ("[..2022-01-05]", "2022-01-06", False),
        # That the ends are reversed is told once, by another rule.
        ("2022-01-07/2022-01-05", "2021-01-01", True),
        ("[2022-01-07..2022-01-05]", "2023-01-01", True),
        (None, "2022-01-06", True),
        ("2022-01-05", None, True),
        (BROKEN, "2022-01-06", True),
        ("2022-01-05", BROKEN, True),
    ],
)
def test_within_edtf(edtf: Any, day: Any, holds: bool) -> None:
    rule = WithinEdtf(**TEXT, edtf="edtf", column="day")
    assert judge(rule, {"edtf": edtf, "day": day}) == ([] if holds else ["day"])


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022-01-05/2022-01-05", None),
        ("2022-01-06/2022-01-05", "2022-01-05/2022-01-06"),
        ("2022-01-06~/2022-01-05?", "2022-01-05?/2022-01-06~"),
        ("2022-01-XX/2022-01-05", None),
        ("2022-02-XX/2022-01-05", "2022-01-05/2022-02-XX"),
        ("2022-01-05/2021-XX-XX", "2021-XX-XX/2022-01-05"),
        ("[2022-01-06..2022-01-05]", "[2022-01-05..2022-01-06]"),
        ("[2022-01-05..2022-01-06]", None),
        ("[2022-01-05..]", None),
        ("[..0001-01-01]", None),
        ("9999-12-31/..", None),
        ("../0001-01-01", None),
        (None, None),
        (BROKEN, None),
    ],
)
def test_ordered_edtf(edtf: Any, expected: str | None) -> None:
    rule = OrderedEdtf(**TEXT, column="edtf")
    faults = [*faults_of_rule(rule, {"edtf": edtf})]
    assert [fault.suggestion for fault in faults] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("edtf", "extent", "expected"),
    [
        ("2022-01-05", "day", None),
        ("2022-01-05~", "day", None),
        ("2022-01-05", "within", "day"),
        ("2022-01-XX", "within", None),
        ("2022-XX-XX?", "day", "within"),
        ("[2022-01-05..]", "span", "within"),
        ("2022-01-05/..", "span", None),
        ("2022-01-XX/2022-02-XX", "within", "span"),
        (None, "day", None),
        ("2022-01-05", None, None),
        (BROKEN, "day", None),
        ("2022-01-05", BROKEN, None),
    ],
)
def test_computed(edtf: Any, extent: Any, expected: str | None) -> None:
    rule = Computed(**TEXT, column="extent", function="date-extent", argument="edtf")
    faults = [*faults_of_rule(rule, {"edtf": edtf, "extent": extent})]
    assert [fault.suggestion for fault in faults] == ([expected] if expected else [])


IS_A_OR_B = Condition(column="x", is_in=("a", "b"))
IS_TRUE = Condition(column="x", is_in=(True,))
IS_THERE = Condition(column="x", present=True)
IS_NOT_THERE = Condition(column="x", present=False)
LACKS_END = Condition(column="x", lacks=("/..", "..]"))


@pytest.mark.parametrize(
    ("conditions", "value", "met"),
    [
        ([IS_A_OR_B], "a", True),
        ([IS_A_OR_B], "c", False),
        ([IS_A_OR_B], None, False),
        ([IS_A_OR_B], BROKEN, None),
        ([IS_TRUE], True, True),
        ([IS_TRUE], False, False),
        ([IS_THERE], "c", True),
        ([IS_THERE], False, True),
        ([IS_THERE], 0, True),
        ([IS_THERE], None, False),
        ([IS_THERE], BROKEN, None),
        ([IS_NOT_THERE], None, True),
        ([IS_NOT_THERE], "c", False),
        ([LACKS_END], "2022-01-05", True),
        ([LACKS_END], "../2022-01-05", True),
        ([LACKS_END], "[2022-01-05..2022-01-08]", True),
        ([LACKS_END], "2022-01-05/..", False),
        ([LACKS_END], "[2022-01-05..]", False),
        ([LACKS_END], None, True),
        ([LACKS_END], BROKEN, None),
        ([], "a", True),
    ],
)
def test_conditions(conditions: list[Condition], value: Any, met: bool | None) -> None:
    assert holds(tuple(conditions), {"x": value}) is met


@pytest.mark.parametrize(
    ("x", "y", "met"),
    [
        ("a", True, True),
        ("c", True, False),
        ("a", False, False),
        (BROKEN, True, None),
        (BROKEN, False, False),
        (BROKEN, BROKEN, None),
        ("a", BROKEN, None),
        ("c", BROKEN, False),
    ],
)
def test_several_conditions_hold_together(x: Any, y: Any, met: bool | None) -> None:
    both = (IS_A_OR_B, Condition(column="y", is_in=(True,)))
    assert holds(both, {"x": x, "y": y}) is met


@pytest.mark.parametrize(
    ("when", "value", "faulty"),
    [
        ("a", "there", False),
        ("a", None, True),
        ("a", False, False),
        ("a", 0, False),
        ("a", BROKEN, False),
        ("c", None, False),
        (None, None, False),
        (BROKEN, None, False),
    ],
)
def test_requires_presence(when: Any, value: Any, faulty: bool) -> None:
    rule = Requires(**TEXT, when=(IS_A_OR_B,), present=("y",))
    assert judge(rule, {"x": when, "y": value}) == (["y"] if faulty else [])


@pytest.mark.parametrize(
    ("when", "value", "faulty"),
    [
        ("a", "there", True),
        ("a", False, True),
        ("a", None, False),
        ("a", BROKEN, False),
        ("c", "there", False),
        (None, "there", False),
        (BROKEN, "there", False),
    ],
)
def test_requires_absence(when: Any, value: Any, faulty: bool) -> None:
    rule = Requires(**TEXT, when=(IS_A_OR_B,), absent=("y",))
    assert judge(rule, {"x": when, "y": value}) == (["y"] if faulty else [])


def test_requires_tells_each_column_that_is_missing() -> None:
    rule = Requires(**TEXT, when=(IS_A_OR_B,), present=("y", "z"))
    assert judge(rule, {"x": "a"}) == ["y", "z"]
    assert judge(rule, {"x": "a", "y": 1}) == ["z"]


@pytest.mark.parametrize(
    ("when", "value", "faulty"),
    [
        ("a", True, False),
        ("a", False, True),
        ("c", True, True),
        ("c", False, False),
        ("a", None, False),
        ("a", BROKEN, False),
        (None, True, False),
        (BROKEN, False, False),
    ],
)
def test_implies(when: Any, value: Any, faulty: bool) -> None:
    rule = Implies(**TEXT, when=(IS_A_OR_B,), column="y", value=True, otherwise=False)
    assert judge(rule, {"x": when, "y": value}) == (["y"] if faulty else [])


OCCURRED = Condition(column="occurred", is_in=(True,))
KNOWN, WITHOUT_TYPE, STRAY = "cameo:041", "cameo:010", "icews:1213"
TYPE = actions()[KNOWN].plover_type
SCALE = actions()[KNOWN].goldstein_gdelt


@pytest.mark.parametrize(
    ("code", "value", "faulty"),
    [
        (KNOWN, TYPE, False),
        (KNOWN, "AGREE", True),
        # A derived column may be left out.
        (KNOWN, None, False),
        (WITHOUT_TYPE, None, False),
        (WITHOUT_TYPE, TYPE, True),
        # The codebook is silent about codes that are not in it.
        (STRAY, TYPE, False),
        (None, TYPE, False),
        (BROKEN, TYPE, False),
        (KNOWN, BROKEN, False),
    ],
)
def test_look_up_of_a_derived_column(code: Any, value: Any, faulty: bool) -> None:
    rule = Lookup(**TEXT, key="action_code", column="plover_type", field="plover_type")
    row = {"action_code": code, "plover_type": value}
    assert judge(rule, row) == (["plover_type"] if faulty else [])


@pytest.mark.parametrize(
    ("occurred", "value", "faulty"),
    [
        (True, SCALE, False),
        (True, -10.0, True),
        (True, None, False),
        (False, None, False),
        (False, SCALE, True),
        (None, SCALE, False),
        (BROKEN, SCALE, False),
        (False, BROKEN, False),
    ],
)
def test_look_up_under_a_condition(occurred: Any, value: Any, faulty: bool) -> None:
    rule = Lookup(
        **TEXT,
        key="action_code",
        column="goldstein_gdelt",
        field="goldstein_gdelt",
        when=(OCCURRED,),
    )
    row = {"action_code": KNOWN, "occurred": occurred, "goldstein_gdelt": value}
    assert judge(rule, row) == (["goldstein_gdelt"] if faulty else [])


@pytest.mark.parametrize(
    ("code", "value", "note", "faulty"),
    [
        ("cameo:033", "pledged", None, False),
        ("cameo:033", "opinion", None, True),
        ("cameo:033", "opinion", "A reason.", False),
        ("cameo:033", "opinion", BROKEN, False),
        ("cameo:033", None, None, True),
        ("cameo:033", None, "A reason.", False),
        ("cameo:112", "alleged", None, False),
        ("cameo:112", "opinion", None, True),
        (KNOWN, None, None, False),
        (KNOWN, "opinion", None, True),
        (STRAY, "opinion", None, False),
        (BROKEN, None, None, False),
    ],
)
def test_look_up_of_a_stored_column(code: Any, value: Any, note: Any, faulty: bool) -> None:
    rule = Lookup(
        **TEXT,
        key="action_code",
        column="content_status",
        field="content_status_default",
        unless="content_status_note_en",
    )
    row = {"action_code": code, "content_status": value, "content_status_note_en": note}
    assert judge(rule, row) == (["content_status"] if faulty else [])


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_nothing_and_a_row_of_broken_cells_break_no_rule(
    table: str, profile: Profile
) -> None:
    # What the days of an event are is the one thing that several columns together require.
    told = [(fault.rule, fault.column) for fault in faults_of_row(table, {}, profile)]
    days = [("date-bounds-missing", name) for name in ("date_earliest", "date_latest")]
    code = [("action-code-missing", "action_code")] if profile is Profile.exchange else []
    expected = {"events": days + code, "counts": [("count-figure-missing", "best")]}
    assert told == expected.get(table, [])
    assert not list(faults_of_row(table, dict.fromkeys(TABLES[table].declared, BROKEN), profile))


@pytest.mark.parametrize("table", TABLES)
def test_a_rule_reads_columns_of_its_table(table: str) -> None:
    for rule in row_rules_of(table, Profile.coded):
        assert set(kind_of(rule).sees(rule)) <= TABLES[table].declared.keys()


def test_a_fault_says_what_was_found_and_what_must_hold() -> None:
    rule = Compare(**TEXT, left="low", operator="<=", right="high")
    (fault,) = faults_of_rule(rule, {"low": 3, "high": 2})
    assert fault.message == "high is 2, but must not be less than low, which is 3. So it is."
    assert (fault.rule, fault.column, fault.value) == ("made-up", "high", "2")
