"""Counts by dyad and month, country and month, and actor."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qantar.dataset.command import main
from qantar.dataset.conversion.convert import convert
from qantar.dataset.error import DatasetError
from qantar.dataset.events_file import event_files, read_events
from qantar.dataset.folder import release_folder
from qantar.dataset.summary import summarize

NAMES = ("event_id", "action_code", "date_earliest", "date_latest", "actor_country_code")
TABLES = ("dyad-month", "country-month", "actor")


def events(*rows: tuple[str | None, ...]) -> pl.DataFrame:
    """Rows of Malta towards Iceland unless the actor's country says otherwise."""
    schema = {name: pl.String() for name in NAMES}
    held = pl.DataFrame([row + ("MLT",) * (5 - len(row)) for row in rows], schema, orient="row")
    return held.with_columns(
        target_country_code=pl.lit("ISL"),
        place_country_code=pl.lit("ISL"),
        actor_name=pl.lit("Malta"),
        target_name=pl.lit("Iceland"),
    )


def test_a_day_counts_in_its_month_under_its_class() -> None:
    found = summarize(events(("A-000001", "cameo:190", "2020-01-31", "2020-01-31")), "dyad-month")
    (row,) = found.counts.to_dicts()
    assert (row["month"], row["events"], row["material_conflict"]) == ("2020-01", 1.0, 1.0)
    assert row["verbal_cooperation"] == 0


def test_an_event_between_two_months_counts_in_both_by_its_days() -> None:
    given_rows = events(("A-000001", "cameo:042", "2020-01-31", "2020-02-03"))
    found = summarize(given_rows, "country-month").counts
    assert found.select("month", "events").rows() == [("2020-01", 0.25), ("2020-02", 0.75)]
    first = summarize(given_rows, "country-month", days="earliest").counts
    assert first.select("month", "events").rows() == [("2020-01", 1.0)]


def test_an_open_date_is_counted_without_a_month() -> None:
    found = summarize(events(("A-000001", "cameo:042", None, "2020-02-03")), "dyad-month").counts
    assert found.select("month", "events").rows() == [(None, 1.0)]


def test_rows_of_a_group_are_one_event() -> None:
    rows = events(
        ("A-000001", "cameo:190", "2020-01-01", "2020-01-01"),
        ("A-000002", "cameo:190", "2020-01-01", "2020-01-01"),
        ("A-000003", "cameo:190", "2020-01-01", "2020-01-01"),
    )
    groups = pl.DataFrame({"event_id": ["A-000001", "A-000002"], "group_id": ["G-1", "G-1"]})
    found = summarize(rows, "dyad-month", groups=groups)
    assert found.counts["events"].to_list() == [2.0]
    assert found.events == 2


def test_acts_that_did_not_take_place_are_told_and_left_out() -> None:
    rows = events(
        ("A-000001", "cameo:190", "2020-01-01", "2020-01-01"),
        ("A-000002", "cameo:190", "2020-01-01", "2020-01-01"),
    ).with_columns(factuality=pl.Series(["asserted", "predicted"]), polarity=pl.lit("affirmative"))
    found = summarize(rows, "dyad-month")
    assert (found.counts["events"].to_list(), found.unreported) == ([1.0], 1)
    assert "1 rows do not say" in found.as_text()
    assert summarize(rows, "dyad-month", every_row=True).counts["events"].to_list() == [2.0]


def test_what_lacks_a_country_is_told_and_left_out() -> None:
    found = summarize(
        events(("A-000001", "cameo:190", "2020-01-01", "2020-01-01", None)), "dyad-month"
    )
    assert found.counts.height == 0
    assert found.unplaced == 1


def test_an_actor_counts_on_both_sides() -> None:
    found = summarize(events(("A-000001", "cameo:190", "2020-01-01", "2020-01-01")), "actor").counts
    assert found.select("country_code", "name", "part", "events").rows() == [
        ("ISL", "Iceland", "target", 1.0),
        ("MLT", "Malta", "actor", 1.0),
    ]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90)), max_size=8))
def test_counts_add_up_to_the_events(spans: list[tuple[int, int]]) -> None:
    start = date(2020, 1, 1)
    rows = [
        (
            f"A-{n:06}",
            "cameo:042",
            (start + timedelta(low)).isoformat(),
            (start + timedelta(low + more)).isoformat(),
        )
        for n, (low, more) in enumerate(spans)
    ]
    found = summarize(events(*rows), "dyad-month").counts
    assert found["events"].sum() == pytest.approx(len(rows))


@pytest.mark.parametrize("by", TABLES)
@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
def test_the_command_counts_a_release(by: str, suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"counts.{suffix}"
    folder = str(release_folder("0.3.0"))
    ran = CliRunner().invoke(main, ["summarize", folder, "-o", str(out), "--by", by])
    assert ran.exit_code == 0, ran.output
    assert f"Wrote {out}." in ran.output
    assert out.stat().st_size > 0


def test_a_release_counts_what_it_says_occurred() -> None:
    held = pl.read_parquet(release_folder("0.3.0") / "parquet" / "events.parquet")
    found = summarize(held, "actor")
    assert found.unreported == int((~held["occurred"]).sum())


def test_what_is_no_table_of_events_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    ran = CliRunner().invoke(main, ["summarize", str(path), "-o", str(tmp_path / "o.csv")])
    assert ran.exit_code == 2
    assert "no table of events" in ran.output


def test_of_a_folder_and_a_package_only_events_are_counted(tmp_path: Path) -> None:
    fixtures = Path(__file__).parent / "conversion" / "fixtures"
    sources = ("gdelt2/20160311101500.export.CSV", "gdelt-mentions/20160311103000.mentions.CSV")
    convert([fixtures / name for name in sources], tmp_path / "parts", partition="year")
    assert read_events([tmp_path / "parts"]).height == 10
    release = release_folder("0.3.0")
    assert read_events([release]).height == 36
    assert [path.name for path in event_files([release])] == ["events.parquet"]
    with pytest.raises(DatasetError, match="is no table of events"):
        read_events([release / "csv" / "mentions.csv"])
