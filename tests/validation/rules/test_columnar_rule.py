"""Rules asked of whole columns: no row that breaks one is passed over, whatever it holds."""

from typing import Any, get_args

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import WithinEdtf
from qantar.schema.rules import rules
from qantar.schema.shape import Row
from qantar.schema.table import Column
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.row_rule import RuleJudge
from qantar.validation.rules.row_rules import ColumnarRule, breaks_rule, faults_of_rule
from qantar.validation.rules.value_rule import judge_cell, mark
from qantar.validation.tables.chunk import Listed
from support.mutations import HOSTILE_NUMBERS, HOSTILE_TEXTS

RULES = [rule for rule in rules() if isinstance(rule, get_args(ColumnarRule))]
BY_ID = {rule.id: rule for rule in RULES}
WHOLE = [n for n in HOSTILE_NUMBERS if isinstance(n, int)]
# Days and dates that meet often, and those at the ends of what the format takes.
NEAR = st.dates().map(lambda day: f"2021-0{1 + day.month % 3}-{1 + day.day % 28:02d}")
DAYS = NEAR | st.sampled_from(["1000-01-01", "2999-12-31", "2020-02-29"])
MONTHS = st.sampled_from(["2021-02-XX", "2021-XX-XX", "2020-02-XX", "1000-XX-XX", "2999-12-XX"])
DATES = st.tuples(DAYS | MONTHS, st.sampled_from(["", "", "", "?", "~", "%"])).map("".join)
EDTF = DATES | st.tuples(DATES | st.just(".."), DATES | st.just("..")).map("/".join)
EVENTS = st.sampled_from(["TST-000001", "TST-0000011", "M-000001", "TST-000002"])
MENTIONS = st.tuples(EVENTS, st.sampled_from(["-M1", "-M12", "", "-M", "-m1"])).map("".join)


def values(column: Column, *, whole: bool = False) -> st.SearchStrategy[Any]:
    """Values that a column may have or not; whole: only those without a fault of their own."""
    near: st.SearchStrategy[Any]
    if column.kind is ColumnKind.integer:
        near = st.integers(0, 3) | st.sampled_from(WHOLE)
    elif column.kind is ColumnKind.date:
        near = DAYS
    else:
        near = {"date_edtf": EDTF, "mention_id": MENTIONS}.get(column.name, EVENTS)
    if column.kind is not ColumnKind.integer:
        near |= st.sampled_from(HOSTILE_TEXTS)
    if whole:
        return near.filter(lambda value: judge_cell(column, value, Profile.coded) is None)
    return near | st.none()


@st.composite
def cases(draw: st.DrawFn, *, whole: bool = False) -> tuple[Any, list[Row]]:
    """A rule, and rows of the columns that it compares."""
    rule = draw(st.sampled_from(RULES))
    columns = [TABLES[rule.table].by_name[name] for name in rule.on]
    row = st.fixed_dictionaries({c.name: values(c, whole=whole) for c in columns})
    return rule, draw(st.lists(row, min_size=1, max_size=12))


def breaking(rule: Any, rows: list[Row]) -> set[int]:
    """The rows of which the interpreted rule tells a fault."""
    marked = [mark(TABLES[rule.table], row, Profile.coded)[0] for row in rows]
    return {index for index, row in enumerate(marked) if any(faults_of_rule(rule, row))}


def suspected(rule: Any, rows: list[Row], *, is_listed: bool) -> set[int]:
    """The rows of which the rule is asked in a chunk, each column plain or with its values."""
    columns = {}
    for name in rule.on:
        column = TABLES[rule.table].by_name[name]
        kind = pl.Int64 if column.kind is ColumnKind.integer else pl.String
        stored = pl.Series(name, [row[name] for row in rows], kind)
        held = Listed.of(pa.array(stored.to_arrow())) if is_listed else stored
        columns[name] = ColumnJudge(column, Profile.coded).judge(held)
    return {*RuleJudge(rule).suspects(columns).tolist()}


@pytest.mark.parametrize("is_listed", [False, True])
@given(case=cases())
@settings(max_examples=100)
def test_no_row_that_breaks_a_rule_is_passed_over(
    case: tuple[Any, list[Row]], is_listed: bool
) -> None:
    rule, rows = case
    assert suspected(rule, rows, is_listed=is_listed) == breaking(rule, rows)


@given(case=cases(whole=True))
@settings(max_examples=200)
def test_a_whole_column_tells_just_the_rows_that_break_a_rule(
    case: tuple[Any, list[Row]],
) -> None:
    rule, rows = case
    told = pl.DataFrame(rows).select(breaks=breaks_rule(rule)).to_series()
    assert {*told.arg_true().to_list()} == breaking(rule, rows)


@given(
    edtf=st.from_regex(TABLES["events"].by_name["date_edtf"].pattern or "", fullmatch=True),
    day=st.from_regex(TABLES["events"].by_name["date_latest"].pattern or "", fullmatch=True),
)
@example(edtf="2021-05-03?/..", day="2021-05-02")
@example(edtf="../2021-05-03", day="2021-05-04")
@example(edtf="2021-02-XX?", day="2021-02-28")
@example(edtf="2021-05-03/2021-05-04~", day="2022-01-01")
@example(edtf="2000-XX-XX/..", day="1999-12-31")
def test_texts_of_days_stand_in_the_order_of_days(edtf: str, day: str) -> None:
    rule = BY_ID["date-latest-outside-edtf"]
    assert isinstance(rule, WithinEdtf)
    row = {"date_edtf": edtf, "date_latest": day}
    assert suspected(rule, [row], is_listed=False) == breaking(rule, [row])


def test_a_value_that_the_screen_holds_back_is_compared_as_it_is() -> None:
    # More bytes than the column has letters, so that only the exact rule takes it.
    column = TABLES["events"].by_name["summary_en"]
    text = "ệ" * (column.max_length or 0)
    judged = ColumnJudge(column, Profile.coded).judge(pl.Series("summary_en", ["a", text]))
    assert judged.screened.to_list() == ["a", text]
