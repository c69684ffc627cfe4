"""Row rules asked of chunks: just the rows that break one are told, whatever they hold."""

from typing import Any, get_args

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Computed, RowRule, WithinEdtf
from qantar.schema.rules import rules
from qantar.schema.shape import Row
from qantar.schema.table import Column
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.row_rule import RowRuleJudge
from qantar.validation.rules.row.registry import faults_of_rule, kind_of
from qantar.validation.rules.value.rule import mark
from qantar.validation.rules.value.screen import TYPES
from qantar.validation.tables.cells import Cells
from qantar.validation.tables.chunk import Listed
from qantar.validation.tables.prose_cells import with_prose
from support.mutations import HOSTILE_NUMBERS, HOSTILE_TEXTS

TEXT: Any = {"id": "made-up", "table": "events", "sentence": "So it is.", "mend": "Do."}
RULES = [rule for rule in rules() if isinstance(rule, get_args(RowRule))]
BY_ID = {rule.id: rule for rule in RULES}
WHOLE = [n for n in HOSTILE_NUMBERS if isinstance(n, int)]
# Days and dates that meet often, and those at the ends of what the format takes.
NEAR = st.dates().map(lambda day: f"2021-0{1 + day.month % 3}-{1 + day.day % 28:02d}")
DAYS = NEAR | st.sampled_from(["0001-01-01", "9999-12-31", "2020-02-29"])
MONTHS = st.sampled_from(["2021-02-XX", "2021-XX-XX", "2020-02-XX", "0001-XX-XX", "9999-12-XX"])
DATES = st.tuples(DAYS | MONTHS, st.sampled_from(["", "", "", "?", "~", "%"])).map("".join)
INTERVALS = st.tuples(DATES | st.just(".."), DATES | st.just("..")).map("/".join)
SETS = st.tuples(DAYS | st.just(""), DAYS | st.just("")).map(lambda e: f"[{e[0]}..{e[1]}]")
LANGUAGES = ("en", "vi")
EDTF = DATES | INTERVALS | SETS
EVENTS = st.sampled_from(["TST-000001", "TST-0000011", "M-000001", "TST-000002"])
MENTIONS = st.tuples(EVENTS, st.sampled_from(["-M1", "-M12", "", "-M", "-m1"])).map("".join)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Values that a column may have or not."""
    near: st.SearchStrategy[Any]
    if column.kind is ColumnKind.boolean:
        near = st.booleans()
    elif column.kind is ColumnKind.integer:
        near = st.integers(0, 3) | st.sampled_from(WHOLE)
    elif column.kind is ColumnKind.number:
        near = st.sampled_from([-10.0, -2.0, 0.0, 1.0, 3.4, 8.0])
    elif column.kind is ColumnKind.date:
        near = DAYS
    elif column.enum:
        near = st.sampled_from(sorted(column.codes)[:8] + sorted(column.codes)[-4:])
    else:
        near = {"date_edtf": EDTF, "mention_id": MENTIONS}.get(column.name, EVENTS)
    if column.kind in (ColumnKind.string, ColumnKind.date):
        near |= st.sampled_from(HOSTILE_TEXTS)
    return near | st.none()


def profile_of(rule: Any) -> Profile:
    """Coded, but for rules that are only asked of converted rows."""
    return rule.profiles[0]


def columns_of(rule: Any) -> list[Column]:
    """The columns that a rule reads; of prose those of two languages."""
    table = TABLES[rule.table].of(profile_of(rule))
    seen = kind_of(rule).sees(rule)
    names = [name for name in seen if name not in table.prose]
    names += [
        f"{name}_{language}" for name in seen if name in table.prose for language in LANGUAGES
    ]
    return [table.by_name[name] for name in names]


def rows_of(rule: Any) -> st.SearchStrategy[list[Row]]:
    """Rows of the columns that a rule reads."""
    columns = columns_of(rule)
    row = st.fixed_dictionaries({column.name: values(column) for column in columns})
    return st.lists(row, min_size=1, max_size=12)


def breaking(rule: Any, rows: list[Row]) -> set[int]:
    """The rows of which the interpreted rule tells a fault."""
    marked = [mark(TABLES[rule.table], row, profile_of(rule))[0] for row in rows]
    return {index for index, row in enumerate(marked) if any(faults_of_rule(rule, row))}


def held(rule: Any, rows: list[Row], *, is_listed: bool) -> dict[str, Cells]:
    """The columns of rows as a chunk has them, each plain or with its values that come back."""
    columns = {}
    for column in columns_of(rule):
        name = column.name
        stored = pl.Series(name, [row[name] for row in rows], TYPES[column.kind])
        values = Listed.of(pa.array(stored.to_arrow())) if is_listed else stored
        columns[name] = ColumnJudge(column, profile_of(rule)).judge(values)
    return with_prose(columns, TABLES[rule.table], profile_of(rule))


@pytest.mark.parametrize("is_listed", [False, True])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.table}-{rule.id}")
@given(data=st.data())
@settings(max_examples=8)
def test_just_the_rows_that_break_a_rule_are_told(
    rule: Any, is_listed: bool, data: st.DataObject
) -> None:
    rows = data.draw(rows_of(rule))
    columns = held(rule, rows, is_listed=is_listed)
    broken = breaking(rule, rows)
    asked = RowRuleJudge(rule).suspects(columns, len(rows))
    assert {*asked.tolist()} == broken
    whole = kind_of(rule).maybe(rule, columns, len(rows))
    assert {*np.flatnonzero(whole).tolist()} == broken


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.table}-{rule.id}")
@given(data=st.data())
@settings(max_examples=3)
def test_a_column_that_is_not_there_has_no_values(rule: Any, data: st.DataObject) -> None:
    rows = data.draw(rows_of(rule))
    lost = data.draw(st.sampled_from([*kind_of(rule).sees(rule)]))
    table = TABLES[rule.table]
    without = [
        {n: value for n, value in row.items() if lost not in (n, table.base_of(n))} for row in rows
    ]
    columns = held(rule, rows, is_listed=False)
    del columns[lost]
    told = kind_of(rule).maybe(rule, columns, len(rows))
    marked = [mark(table, row, profile_of(rule))[0] for row in without]
    # What is not there at all is absent, also where each row would have to have it.
    rows_without = [{n: v for n, v in row.items() if n != lost} for row in marked]
    broken = {n for n, row in enumerate(rows_without) if any(faults_of_rule(rule, row))}
    assert {*np.flatnonzero(told).tolist()} == broken


@given(
    edtf=st.from_regex(TABLES["events"].by_name["date_edtf"].pattern or "", fullmatch=True),
    day=st.from_regex(TABLES["events"].by_name["date_latest"].pattern or "", fullmatch=True),
)
@example(edtf="2021-05-03?/..", day="2021-05-02")
@example(edtf="../2021-05-03", day="2021-05-04")
@example(edtf="2021-02-XX?", day="2021-02-28")
@example(edtf="2021-05-03/2021-05-04~", day="2022-01-01")
@example(edtf="2000-XX-XX/..", day="1999-12-31")
@example(edtf="[2021-05-03..2021-05-05]", day="2021-05-06")
@example(edtf="[2021-05-03..]", day="2021-05-02")
@example(edtf="[..2021-05-03]", day="2021-05-04")
@example(edtf="2021-05-05/2021-05-03", day="2021-05-06")
@example(edtf="../0001-01-01", day="9999-12-31")
def test_texts_of_days_stand_in_the_order_of_days(edtf: str, day: str) -> None:
    rule = BY_ID["date-latest-outside-edtf"]
    assert isinstance(rule, WithinEdtf)
    row = {"date_edtf": edtf, "date_latest": day}
    told = kind_of(rule).maybe(rule, held(rule, [row], is_listed=False), 1)
    assert {*np.flatnonzero(told).tolist()} == breaking(rule, [row])


@given(edtf=EDTF, extent=st.sampled_from(["day", "within", "span"]))
def test_what_is_computed_is_so_column_by_column(edtf: str, extent: str) -> None:
    rule = Computed(**TEXT, column="action_code", function="date-extent", argument="date_edtf")
    asked = {"date_edtf": edtf, "action_code": extent}
    columns = {
        name: ColumnJudge(Column(name, ColumnKind.string, "Text."), Profile.coded).judge(
            pl.Series(name, [value])
        )
        for name, value in asked.items()
    }
    row = mark(TABLES["events"], {"date_edtf": edtf}, Profile.coded)[0]
    if row["date_edtf"] == edtf:
        told = kind_of(rule).maybe(rule, columns, 1)
        assert bool(told[0]) is any(faults_of_rule(rule, asked))


def test_a_value_that_the_screen_holds_back_is_compared_as_it_is() -> None:
    # More bytes than the column has letters, so that only the exact rule takes it.
    column = TABLES["events"].by_name["summary_en"]
    text = "ệ" * (column.max_length or 0)
    judged = ColumnJudge(column, Profile.coded).judge(pl.Series("summary_en", ["a", text]))
    assert judged.screened.to_list() == ["a", text]
