"""A rule's memory of what it was told holds as long as the values that it stands for."""

import pyarrow as pa
import pytest

from qantar.schema import TABLES, Profile
from qantar.validation.engine import column_judge
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.row_rule import RowRuleJudge
from qantar.validation.rules.row.registry import row_rules_of
from qantar.validation.tables.chunk import Listed


def test_a_column_begun_anew_is_judged_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column_judge, "MOST_KEPT", 0)
    names = ("date_earliest", "date_latest")
    judges = {n: ColumnJudge(TABLES["events"].by_name[n], Profile.coded) for n in names}
    rules = row_rules_of("events", Profile.coded)
    judge = RowRuleJudge(next(rule for rule in rules if rule.id == "date-reversed"))
    found = []
    for days in (("2021-05-01", "2021-05-02"), ("2021-05-04", "2021-05-03")):
        stored = [Listed.of(pa.array([day])) for day in days]
        columns = {n: judges[n].judge(s) for n, s in zip(names, stored, strict=True)}
        found.append([index for index, _ in judge.faults(columns, 1)])
    assert found == [[], [0]]
