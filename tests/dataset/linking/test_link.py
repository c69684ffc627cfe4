"""Which rows are linked, which are not, and that nothing depends on their order."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from qantar.dataset.linking.blocking import Blocking
from qantar.dataset.linking.link import LinkError, link_events
from qantar.dataset.linking.rows import rows_of
from qantar.dataset.linking.rule import PRESETS, rule_of
from qantar.dataset.linking.score import compare, linkable
from support.linked_rows import IN_COUNTRY, KM, SHARED, frame, on, row


def groups(*rows, rule="qantar"):
    """The groups of more than one row, each as its ids in one text."""
    found = link_events(frame(*rows), rule).groups.group_by("group_id").agg("event_id")
    return sorted(" ".join(sorted(ids)) for ids in found["event_id"] if len(ids) > 1)


def test_one_act_of_two_sources_is_one_event():
    assert groups(row("A-1"), row("B-1", "acled")) == ["A-1 B-1"]


@pytest.mark.parametrize(
    "other",
    [
        on("2022-03-07"),
        {"latitude": SHARED["latitude"] + 16 * KM},
        {"action_code": "cameo:042"},
        {"actor_name": "Fog Riders"},
        {"target_name": "Protesters (Botswana)"},
        {"date_latest": None},
    ],
)
def test_another_day_place_act_or_party_is_another_event(other):
    assert groups(row("A-1"), row("B-1", "acled", **other)) == []


def test_what_a_row_says_of_its_place_widens_the_window():
    far = {"latitude": SHARED["latitude"] + 60 * KM}
    assert groups(row("A-1"), row("B-1", "acled", **far)) == []
    assert groups(row("A-1"), row("B-1", "acled", place_precision="region", **far)) == ["A-1 B-1"]


def test_bounds_that_overlap_can_be_one_day():
    wide = on("2022-03-01", "2022-03-07")
    assert groups(row("A-1"), row("B-1", "acled", **wide)) == ["A-1 B-1"]
    assert groups(row("A-1", **on("2022-03-09")), row("B-1", "acled", **wide)) == []


def test_a_clash_told_from_the_other_side_is_one_and_an_accusation_is_not():
    turned = {"actor_name": SHARED["target_name"], "target_name": SHARED["actor_name"]}
    assert groups(row("A-1"), row("B-1", "polecat", **turned)) == ["A-1 B-1"]
    found = link_events(frame(row("A-1"), row("B-1", "polecat", **turned)))
    assert found.links["mirrored"].to_list() == [True]
    accused = {"action_code": "cameo:112"}
    assert groups(row("A-1", **accused), row("B-1", "polecat", **turned, **accused)) == []


def test_hosting_and_visiting_are_one_visit():
    states = {"actor_name": "Malta", "target_name": "Fiji"}
    turned = {"actor_name": "Fiji", "target_name": "Malta"}
    visit = row("A-1", action_code="cameo:042", **states)
    assert groups(visit, row("B-1", action_code="cameo:043", **turned)) == ["A-1 B-1"]


@pytest.mark.parametrize("source", ["acled", "ucdp-ged"])
def test_coders_who_count_events_have_counted(source):
    assert groups(row("A-1", source), row("A-2", source)) == []
    assert groups(row("A-1", "gdelt2"), row("A-2", "gdelt2")) == ["A-1 A-2"]


def test_one_source_dates_an_act_in_one_way_unless_it_lasts():
    later = on("2022-03-06")
    assert groups(row("A-1"), row("A-2", **later)) == []
    strike = {"action_code": "cameo:143"}
    assert groups(row("A-1", **strike), row("A-2", **strike, **later)) == ["A-1 A-2"]


def test_a_row_that_fits_two_events_alike_joins_none():
    two = (row("A-1", "acled"), row("A-2", "acled"))
    assert groups(*two, row("B-1", "gdelt2")) == []


def test_equal_deaths_tell_which_of_two_it_is():
    two = (row("A-1", "acled", fatalities_best=3), row("A-2", "acled", fatalities_best=4))
    assert groups(*two, row("B-1", "ucdp-ged", fatalities_best=4)) == ["A-2 B-1"]
    assert groups(row("A-1", "acled", fatalities_best=1), row("B-1", fatalities_best=17)) == []


def test_days_are_not_chained():
    rows = [
        row(f"{name}-{day}", source, **on(f"2022-03-{day:02}"))
        for day in range(1, 8)
        for name, source in (("A", "acled"), ("B", "ucdp-ged"))
    ]
    assert groups(*rows) == [f"A-{day} B-{day}" for day in range(1, 8)]


def test_places_are_not_chained():
    rows = [
        row(f"A-{step}", source, latitude=SHARED["latitude"] + 12 * step * KM)
        for step, source in enumerate(("icews", "polecat", "phoenix", "gdelt2"))
    ]
    for group in groups(*rows):
        assert len(group.split()) == 2


def test_a_row_in_a_country_joins_no_two_events_together():
    far = {"latitude": SHARED["latitude"] + 300 * KM}
    vague = row("C-1", "gdelt2", **IN_COUNTRY)
    assert groups(row("A-1"), vague) == ["A-1 C-1"]
    assert groups(row("A-1"), row("B-1", "acled", **far), vague) == []
    assert groups(row("A-1"), row("B-1", "acled"), vague) == ["A-1 B-1 C-1"]


def test_wide_bounds_join_no_two_events_together():
    wide = row("C-1", "gdelt2", **on("2022-01-01", "2022-12-31"))
    later = row("B-1", "acled", **on("2022-06-01"))
    assert groups(row("A-1"), wide) == ["A-1 C-1"]
    assert groups(row("A-1"), later, wide) == []


def test_another_country_is_another_event():
    abroad = IN_COUNTRY | {"place_country_code": "FJI"}
    assert groups(row("A-1"), row("C-1", "gdelt2", **abroad)) == []


@pytest.mark.parametrize("clarity", ["2", "2.0"])
def test_a_sum_is_no_part_of_itself(clarity):
    week = on("2022-03-01", "2022-03-07")
    whole = row("A-1", "ucdp-ged", source_event_clarity=clarity, **week)
    assert groups(whole, row("B-1", "acled")) == []
    assert groups(whole, row("B-1", "acled", **week)) == ["A-1 B-1"]


def test_acts_without_a_code_are_linked_by_their_word_alone():
    without = {"action_code": None, "source_action": "Change to group/activity"}
    assert groups(row("A-1", **without), row("B-1")) == []
    assert groups(row("A-1", **without), row("B-1", "polecat", **without)) == ["A-1 B-1"]


def test_a_report_that_is_repeated_without_end_is_one():
    again = [row(f"R-{number:03}", "gdelt2") for number in range(300)]
    found = link_events(frame(*again, row("A-1", "acled")))
    assert found.groups["group_id"].unique().to_list() == ["G-A-1"]
    assert found.links.height == 300


def test_runners_up_are_kept_with_their_rank():
    rows = (
        row("A-1", "acled", actor_name="Salt Road Column"),
        row("B-1", "gdelt2"),
        row("C-1", "acled", actor_name="Rebels"),
    )
    found = link_events(frame(*rows))
    assert found.links.select("a", "b", "rank", "chosen").rows() == [
        ("A-1", "B-1", 1, True),
        ("B-1", "C-1", 1, False),
    ]
    assert found.plain()["runners_up"] == 1


def test_every_row_has_a_group_and_nothing_is_deleted():
    found = link_events(frame(row("A-2"), row("A-1", "acled"), row("Z-1", **on("1999-01-01"))))
    assert found.groups.rows() == [("A-1", "G-A-1"), ("A-2", "G-A-1"), ("Z-1", "G-Z-1")]


def test_rows_without_bounds_are_told():
    found = link_events(frame(row("A-1", date_earliest=None), row("B-1")))
    assert found.undated == 1
    assert "Without a bound of the date, and so alone: 1." in found.as_text()


def test_no_rows_have_no_links():
    found = link_events(frame())
    assert (found.links.height, found.groups.height) == (0, 0)


def test_windows_of_presets_ignore_what_rows_say_of_themselves():
    near = row("B-1", "acled", latitude=SHARED["latitude"] + 4 * KM)
    assert groups(row("A-1"), near, rule="xsub-1km-1d") == []
    assert groups(row("A-1"), near, rule="xsub-5km-1d") == ["A-1 B-1"]
    assert groups(row("A-1"), near, rule="meltt-4km-2d") == ["A-1 B-1"]
    assert groups(row("A-1", "gdelt2"), row("A-2", "gdelt2"), rule="xsub-5km-2d") == []


def test_options_change_a_preset():
    rule = rule_of("qantar", days=3, km=1.5, min_score=0.5)
    assert (rule.name, rule.days, rule.km, rule.min_score) == ("qantar", 3, 1.5, 0.5)
    assert PRESETS["qantar"].days == 1
    with pytest.raises(ValueError, match="no preset"):
        rule_of("nothing")
    with pytest.raises(ValueError, match="below 0"):
        rule_of(days=-1)


def test_ids_that_come_twice_are_refused():
    with pytest.raises(LinkError, match="A-1 comes more than once"):
        link_events(frame(row("A-1"), row("A-1")))
    with pytest.raises(LinkError, match="no event_id"):
        link_events(frame(row(None)))
    with pytest.raises(LinkError, match="no column event_id"):
        link_events(pl.DataFrame({"id": [1]}))


def test_other_libraries_frames_give_the_same():
    rows = frame(row("A-1"), row("B-1", "acled"), row("C-1", **IN_COUNTRY))
    expected = link_events(rows)
    for other in (rows.to_pandas(), rows.to_arrow()):
        assert_frame_equal(link_events(other).links, expected.links)


ROWS = st.lists(
    st.builds(
        lambda source, day, width, step, act, parties, place: row(
            "",
            source,
            **on(f"2022-03-{day:02}", f"2022-03-{day + width:02}"),
            action_code=act,
            actor_name=parties[0],
            target_name=parties[1],
            **({"latitude": SHARED["latitude"] + step * KM} if place else IN_COUNTRY),
        ),
        source=st.sampled_from(["acled", "ucdp-ged", "gdelt2", "icews"]),
        day=st.integers(1, 4),
        width=st.sampled_from([0, 0, 2, 20]),
        step=st.sampled_from([0, 3, 9, 14]),
        act=st.sampled_from(["cameo:190", "cameo:193", "cameo:180", "cameo:112"]),
        parties=st.sampled_from(
            [("Fog Riders", "Police"), ("Police", "Fog Riders"), ("Rebels", None), (None, None)]
        ),
        place=st.sampled_from([True, True, True, False]),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(rows, draw):
    named = [one | {"event_id": f"R-{number}"} for number, one in enumerate(rows)]
    expected = link_events(frame(*named))
    draw.shuffle(named)
    found = link_events(frame(*named))
    assert_frame_equal(found.links, expected.links)
    assert_frame_equal(found.groups, expected.groups)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_no_pair_of_placed_rows_is_passed_over(rows):
    placed = [one for one in rows if one["place_precision"] == "city"]
    held = frame(*(one | {"event_id": f"R-{number:02}"} for number, one in enumerate(placed)))
    rule = rule_of()
    made = rows_of(held, rule)
    one, other = np.triu_indices(len(made), 1)
    every = linkable(compare(made, rule, one, other)).select("one", "other")
    found = [pl.DataFrame({"one": a, "other": b}) for a, b in Blocking(made, rule).pairs()]
    empty = pl.DataFrame(schema=every.schema)
    assert every.join(pl.concat([empty, *found]), on=["one", "other"], how="anti").is_empty()


def test_a_vague_row_finds_what_tells_of_the_same_state():
    vague = row("C-1", "gdelt2", actor_name=None, actor_code="BWAREB", **IN_COUNTRY)
    vague |= {"target_name": "GOVERNMENT", "target_code": "BWAGOV"}
    assert groups(row("A-1"), vague) == ["A-1 C-1"]


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_groups_are_whole_and_vague_rows_lead_nowhere(rows):
    named = [one | {"event_id": f"R-{number:02}"} for number, one in enumerate(rows)]
    found = link_events(frame(*named))
    linked = {frozenset(pair) for pair in found.links.select("a", "b").iter_rows()}
    # Of rows that are the same the first stands for all.
    same = {
        one["event_id"]: min(o["event_id"] for o in named if {**o, "event_id": ""} == told)
        for one, told in zip(named, rows, strict=True)
    }
    counted = {"acled", "ucdp-ged"}
    same |= {one["event_id"]: one["event_id"] for one in named if one["source_system"] in counted}
    vague = {
        one["event_id"]
        for one in named
        if one["place_precision"] == "country"
        or int(one["date_latest"][-2:]) - int(one["date_earliest"][-2:]) > 7
        or one["actor_name"] is None
    }
    for (group_id,), group in found.groups.group_by("group_id"):
        ids = group["event_id"].to_list()
        assert group_id == f"G-{min(ids)}"
        firm = [one for one in ids if one not in vague]
        for one in ids:
            pairs = [(same[one], same[other]) for other in firm]
            assert all(frozenset(pair) in linked for pair in pairs if pair[0] != pair[1])
