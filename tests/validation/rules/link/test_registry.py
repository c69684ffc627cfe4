"""Truth tables: what each kind of table rule says of rows that belong together."""

from typing import Any

import pytest

from qantar.schema import Profile
from qantar.schema.rule import Condition, ForeignKey, Join, Sequence, Tally, Unique
from qantar.schema.shape import Row
from qantar.validation.rules.link.registry import faults_of_link_rule, faults_of_tables
from qantar.validation.rules.value.rule import BROKEN

TEXT: dict[str, Any] = {"id": "made-up", "table": "events", "sentence": "So it is.", "mend": "Do."}


def judge(rule: Any, rows: list[Row], others: list[Row] | None = None, **how: Any) -> list[int]:
    """The indices of the rows in which the rule finds a fault."""
    profile = how.get("profile", Profile.coded)
    found = faults_of_link_rule(rule, rows, [rows if others is None else others], profile)
    return [index for index, _ in found]


def rows_of(*names: str, values: list[tuple[Any, ...]]) -> list[Row]:
    return [{n: v for n, v in zip(names, row, strict=True) if v is not None} for row in values]


@pytest.mark.parametrize(
    ("values", "faulty"),
    [
        ([("a", 1), ("a", 2), ("b", 1)], []),
        ([("a", 1), ("a", 1)], [1]),
        ([("a", 1), ("b", 1), ("a", 1), ("a", 1)], [2, 3]),
        ([("a", None), ("a", None)], []),
        ([(BROKEN, 1), (BROKEN, 1)], []),
        ([("a", 1), ("a", BROKEN)], []),
        ([], []),
    ],
)
def test_unique(values: list[tuple[Any, ...]], faulty: list[int]) -> None:
    rule = Unique(**TEXT, columns=("x", "y"))
    assert judge(rule, rows_of("x", "y", values=values)) == faulty


@pytest.mark.parametrize(
    ("key", "faulty"),
    [
        (("a", 1), False),
        (("b", 2), False),
        # Both values occur, but not together.
        (("a", 2), True),
        (("c", 1), True),
        (("a", None), False),
        ((None, None), False),
        ((BROKEN, 9), False),
        (("c", BROKEN), False),
    ],
)
def test_foreign_key(key: tuple[Any, ...], faulty: bool) -> None:
    rule = ForeignKey(**TEXT, columns=("x", "y"), other_table="others", other_columns=("p", "q"))
    others = rows_of("p", "q", values=[("a", 1), ("b", 2), (BROKEN, 3), ("c", None)])
    assert judge(rule, rows_of("x", "y", values=[key]), others) == ([0] if faulty else [])


@pytest.mark.parametrize(
    ("numbers", "faulty"),
    [
        ([1, 2, 3], []),
        ([3, 1, 2], []),
        ([2], [0]),
        ([1, 3], [1]),
        ([1, 3, 4], [1]),
        ([1, 3, 5], [1, 2]),
        # Repetition is for the key to forbid.
        ([1, 1, 2], []),
        ([1, 3, 3], [1, 2]),
        ([1, BROKEN, 3], []),
        ([1, None, 3], []),
        ([], []),
    ],
)
def test_sequence(numbers: list[Any], faulty: list[int]) -> None:
    rule = Sequence(**TEXT, column="n", within=("x",))
    rows = rows_of("x", "n", values=[("a", number) for number in numbers])
    assert judge(rule, rows) == faulty


def test_a_sequence_counts_within_its_group() -> None:
    rule = Sequence(**TEXT, column="n", within=("x",))
    rows = rows_of("x", "n", values=[("a", 1), ("b", 2), ("a", 2), (None, 7), (BROKEN, 8)])
    assert judge(rule, rows) == [1]


LEADS = (Condition(column="leads", is_in=(True,)),)


@pytest.mark.parametrize(
    ("leading", "faulty"),
    [
        ([True], False),
        ([True, False, False], False),
        ([], True),
        ([False], True),
        ([True, True], True),
        # One of these may be the one that leads.
        ([BROKEN], False),
        ([BROKEN, False], False),
        ([BROKEN, True], False),
        ([BROKEN, True, True], True),
        ([None], True),
    ],
)
def test_tally(leading: list[Any], faulty: bool) -> None:
    rule = Tally(
        **TEXT,
        columns=("x",),
        other_table="others",
        other_columns=("x",),
        other_when=LEADS,
        minimum=1,
        maximum=1,
    )
    others = rows_of("x", "leads", values=[("a", value) for value in leading])
    others += rows_of("x", "leads", values=[("b", True), (BROKEN, True), (None, True)])
    assert judge(rule, [{"x": "a"}], others) == ([0] if faulty else [])
    assert judge(rule, [{"x": BROKEN}, {}], others) == []


def test_a_tally_is_asked_only_where_its_conditions_hold() -> None:
    rule = Tally(
        **TEXT, columns=("x",), other_table="others", other_columns=("x",), when=LEADS, minimum=1
    )
    rows = rows_of("x", "leads", values=[("a", True), ("a", False), ("a", None), ("a", BROKEN)])
    assert judge(rule, rows, []) == [0]


@pytest.mark.parametrize(
    ("operator", "left", "right", "profile", "faulty"),
    [
        ("<=", 3, 3, Profile.coded, False),
        ("<=", 4, 3, Profile.coded, True),
        ("<=", None, 3, Profile.coded, False),
        ("<=", 4, None, Profile.coded, False),
        ("==", "a", "a", Profile.coded, False),
        ("==", "a", "b", Profile.coded, True),
        ("==", None, None, Profile.coded, False),
        ("==", "a", None, Profile.coded, True),
        ("==", None, "a", Profile.coded, True),
        # What a converted row leaves out, it does not deny.
        ("==", "a", None, Profile.exchange, False),
        ("==", "a", "b", Profile.exchange, True),
        ("==", BROKEN, "a", Profile.coded, False),
        ("==", "a", BROKEN, Profile.coded, False),
        ("==", BROKEN, None, Profile.coded, False),
    ],
)
def test_join(operator: Any, left: Any, right: Any, profile: Profile, faulty: bool) -> None:
    rule = Join(
        **TEXT,
        columns=("x",),
        other_table="others",
        other_columns=("y",),
        left="n",
        operator=operator,
        right="m",
    )
    rows = rows_of("x", "n", values=[("a", left)])
    others = rows_of("y", "m", values=[("b", "z"), ("a", right)])
    assert judge(rule, rows, others, profile=profile) == ([0] if faulty else [])
    assert judge(rule, rows_of("x", "n", values=[("c", left)]), others) == []


def test_a_rule_whose_other_table_is_not_given_is_not_judged() -> None:
    rows = {"participants": [{"event_id": "TST-000009", "actor_id": "nobody"}]}
    assert not list(faults_of_tables(rows, Profile.coded))
    found = list(faults_of_tables(rows, Profile.coded, {"actors": []}))
    assert [(p.table, p.index, p.fault.rule, p.fault.column) for p in found] == [
        ("participants", 0, "key-dangling", "actor_id")
    ]


def test_known_rows_are_pointed_to_and_not_judged() -> None:
    rows: dict[str, list[Row]] = {"events": [{"event_id": "TST-000001"}], "mentions": []}
    known = {"actors": [{"actor_id": "a"}, {"actor_id": "a"}], "mentions": []}
    assert {p.table for p in faults_of_tables(rows, Profile.coded, known)} == {"events"}


@pytest.mark.parametrize(
    ("count", "minimum", "maximum", "said"),
    [
        (0, 1, 1, "0 rows of others"),
        (0, 0, None, None),
        (0, 0, 0, None),
        (1, 1, 1, None),
        (1, 0, 0, "1 row of others"),
        (1, 2, None, "1 row of others"),
        (2, 1, 1, "2 rows of others"),
        (2, 1, 2, None),
        (2, 2, None, None),
    ],
)
def test_a_tally_counts_from_nothing_on(
    count: int, minimum: int, maximum: int | None, said: str | None
) -> None:
    rule = Tally(
        **TEXT,
        columns=("x",),
        other_table="others",
        other_columns=("p",),
        minimum=minimum,
        maximum=maximum,
    )
    others = rows_of("p", values=[("a",)] * count + [("b",), (BROKEN,)])
    found = [*faults_of_link_rule(rule, [{"x": "a"}], [others], Profile.coded)]
    assert [index for index, _ in found] == [0] * (said is not None)
    assert all(said in fault.message for _, fault in found if said)


def test_rows_of_a_table_and_known_ones_are_pointed_to_alike() -> None:
    rows: dict[str, list[Row]] = {
        "participants": [{"actor_id": "a"}, {"actor_id": "b"}, {"actor_id": "c"}],
        "actors": [{"actor_id": "a"}],
    }

    def dangling(known: dict[str, list[Row]]) -> list[tuple[str, int]]:
        found = faults_of_tables(rows, Profile.coded, known)
        return [(p.table, p.index) for p in found if p.fault.column == "actor_id"]

    assert dangling({}) == [("participants", 1), ("participants", 2)]
    assert dangling({"actors": [{"actor_id": "b"}]}) == [("participants", 2)]


@pytest.mark.parametrize(
    ("own", "known", "is_told"),
    [
        (None, None, False),
        (None, [], True),
        (None, [True], False),
        ([], None, True),
        ([], [True], True),
        ([True], [True], False),
        ([True, True], [], True),
    ],
)
def test_known_rows_are_counted_only_where_none_are_judged(
    own: list[bool] | None, known: list[bool] | None, is_told: bool
) -> None:
    def mentions(leading: list[bool] | None) -> dict[str, list[Row]]:
        event = {"event_id": "TST-000001"}
        return {} if leading is None else {"mentions": [event | {"leading": x} for x in leading]}

    rows = {"events": [{"event_id": "TST-000001"}]} | mentions(own)
    found = faults_of_tables(rows, Profile.coded, mentions(known))
    told = [(p.table, p.index) for p in found if p.fault.rule == "leading-mention-count"]
    assert told == [("events", 0)] * is_told


def only(rule: Any, rows: list[Row], others: list[Row]) -> tuple[int, str, str | None]:
    """Place, message and column of the one fault that a rule finds."""
    [(index, fault)] = faults_of_link_rule(rule, rows, [others], Profile.coded)
    return index, fault.message, fault.column


def test_a_fault_names_what_it_found_in_the_first_column_that_is_asked() -> None:
    keys = {"columns": ("x", "y"), "other_table": "others", "other_columns": ("p", "q")}
    pair, skipped = {"x": "a", "y": 1}, {"x": BROKEN, "y": 2}
    told = only(ForeignKey(**TEXT, **keys), [skipped, pair], [])
    assert (told[0], told[2]) == (1, "x")
    assert "x 'a' and y 1 is not in the table others" in told[1]

    rule = Tally(**TEXT, **keys, other_when=LEADS, minimum=1)
    told = only(rule, [skipped, pair], [])
    assert (told[0], told[2]) == (1, "x")
    assert "0 rows of others with leads true belong to x 'a' and y 1" in told[1]

    lists = (Condition(column="zone", is_in=("body", "lead")), Condition(column="note"))
    told = only(Tally(**TEXT, **keys, other_when=lists, minimum=1), [pair], [])
    assert "0 rows of others with zone body or lead with note belong" in told[1]

    rule_of_numbers = Sequence(**TEXT, column="n", within=("x",))
    rows = [{"x": BROKEN, "n": 9}, {"x": "a", "n": 1}, {"x": "a", "n": 7}]
    told = only(rule_of_numbers, rows, rows)
    assert (told[0], told[2]) == (2, "n")
    assert "n is 7, but 6 is missing for x 'a'" in told[1]

    same = Unique(**TEXT, columns=("x", "y"))
    assert only(same, [pair, pair], [])[::2] == (1, "x")


@pytest.mark.parametrize(
    ("operator", "left", "right", "said"),
    [
        ("==", 4, 3, "n is 4, but must equal m in others, which is 3"),
        ("==", None, 3, "n is missing, but must equal m in others, which is 3"),
        ("==", 4, None, "n is 4, but must equal m in others, which is missing"),
        ("<=", 4, 3, "n is 4, but must not exceed m in others, which is 3"),
    ],
)
def test_a_join_is_asked_of_rows_that_meet_and_its_conditions_hold(
    operator: Any, left: Any, right: Any, said: str
) -> None:
    rule = Join(
        **TEXT,
        columns=("x",),
        other_table="others",
        other_columns=("y",),
        left="n",
        operator=operator,
        right="m",
        when=LEADS,
    )
    others = rows_of("y", "m", values=[(None, right), (BROKEN, right), ("a", right)])
    values = [(None, True), (BROKEN, True), ("b", True), ("a", False), ("a", None), ("a", True)]
    rows = [row | {"n": left} for row in rows_of("x", "leads", values=values)]
    index, message, column = only(rule, rows, others)
    assert (index, column) == (5, "n")
    assert said in message
