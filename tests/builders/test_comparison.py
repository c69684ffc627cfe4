"""Passes are compared by pairs and all together, in the acts that match and in all acts."""

import pytest

from qantar.builders.comparison import measure_agreement
from qantar.builders.matching import match_acts
from qantar.builders.raw_pass import coding_rows
from support.made_up_passes import SENTENCES, act, raw

FIRST = raw("coder-1", {"a": act("5-10"), "b": act("20-30", code="cameo:033")})


def agreement(*passes):
    rows = measure_agreement(passes, match_acts(passes, SENTENCES))
    return {(r["coders"], r["field"], r["measure"], r["counted"]): r for r in rows}


def value(rows, field, measure="alpha_nominal", counted="matched", coders="coder-1;coder-2"):
    return rows[coders, field, measure, counted]["value"]


def test_raw_values_keep_the_event_they_went_into():
    second = raw("coder-2", {"x": act("5-10")})
    settled = {("coder-1", "a"): "TST-000001", ("coder-2", "x"): "TST-000001"}
    rows = coding_rows((FIRST, second), settled)
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
    other = act("20-30", code="cameo:0331", defensible_code=["cameo:033"])
    rows = agreement(FIRST, raw("coder-2", {"x": act("5-10"), "y": other}))
    assert value(rows, "event", "detection_f1", "all") == 1
    assert value(rows, "sentence", counted="all") == 1
    assert value(rows, "action_root_code") == 1
    assert value(rows, "action_code") < value(rows, "action_code", "alpha_masi") < 1


def test_an_act_that_one_coder_lacks_is_disagreement_in_all_acts_only():
    rows = agreement(FIRST, raw("coder-2", {"x": act("5-10")}))
    for field in ("action_root_code", "action_code", "actor_code", "date", "factuality"):
        assert value(rows, field) == 1
        assert value(rows, field, counted="all") < 1
    # Of four values two are the code of the call, one that of the pledge, one is absent:
    # of the two units one differs; of twelve ordered pairs of values ten do.
    assert value(rows, "action_code", counted="all") == pytest.approx(1 - 0.5 / (10 / 12), abs=5e-4)
    assert value(rows, "action_code", "alpha_masi", "all") == value(
        rows, "action_code", counted="all"
    )
    assert rows["coder-1;coder-2", "action_code", "alpha_nominal", "matched"]["n"] == 1
    assert rows["coder-1;coder-2", "action_code", "alpha_nominal", "all"]["n"] == 2


def test_two_coders_without_an_act_in_common_have_figures_of_all_acts_only():
    rows = agreement(raw("coder-1", {"a": act("5-10")}), raw("coder-2", {"x": act("41-45")}))
    assert {counted for *_, counted in rows} == {"all"}
    assert value(rows, "event", "detection_f1", "all") == 0


def test_three_coders_have_figures_of_each_pair_and_of_all():
    same = {"a": act("5-10"), "b": act("20-30", code="cameo:033")}
    other = {"a": act("5-10", code="cameo:036"), "b": act("20-30", code="cameo:033")}
    rows = agreement(raw("coder-1", same), raw("coder-2", same), raw("coder-3", other))
    pairs = ("coder-1;coder-2", "coder-1;coder-3", "coder-2;coder-3")
    together = "coder-1;coder-2;coder-3"
    assert {coders for coders, *_ in rows} == {*pairs, together}
    assert {row["n_coders"] for (coders, *_), row in rows.items() if coders == together} == {3}
    codes = [value(rows, "action_code", coders=coders) for coders in (*pairs, together)]
    assert codes[0] == 1
    assert codes[1] == codes[2] < codes[3] < 1


def test_a_pair_has_the_figures_of_its_own_acts_alone():
    third = raw("coder-3", {"m": act("41-45")})
    two, three = agreement(FIRST, FIRST_AGAIN), agreement(FIRST, FIRST_AGAIN, third)
    assert {key: three[key] for key in two} == two


FIRST_AGAIN = raw("coder-2", {"x": act("5-9"), "y": act("21-30", code="cameo:030")})


def test_one_pass_has_no_agreement():
    assert agreement(FIRST) == {}
