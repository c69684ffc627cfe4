"""Two releases of a source, converted: what was added, what is gone, what changed."""

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.conversion.convert import convert
from qantar.dataset.conversion.difference import compare_tables
from qantar.dataset.error import DatasetError

UCDP = Path(__file__).parent / "fixtures" / "ucdp-ged" / "GEDEvent_v99_1.csv"


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    """A release, and one in which a row is gone, one new, and one has more deaths."""
    rows = pl.read_csv(UCDP, infer_schema=False)
    later = pl.concat(
        [
            rows[:1].with_columns(best=pl.lit("77"), source_office=pl.lit("Made-up Radio")),
            rows[2:],
            rows[:1].with_columns(id=pl.lit("999001")),
        ]
    )
    later.write_csv(tmp_path / "GEDEvent_v99_2.csv")
    old, new = tmp_path / "old.parquet", tmp_path / "new.csv"
    convert([UCDP], old)
    convert([tmp_path / "GEDEvent_v99_2.csv"], new)
    return old, new


def test_rows_are_the_same_by_the_sources_own_id(releases: tuple[Path, Path]) -> None:
    found = compare_tables(*releases)
    assert (found.before, found.after) == (7, 7)
    assert found.added == ["GED-999001"]
    assert found.gone == ["GED-004302"]
    changed = {field: (old, new) for _, field, old, new in found.changed.rows()}
    assert changed.keys() == {"fatalities_best", "source_office"}
    assert changed["fatalities_best"] == ("8", "77")
    assert changed["source_office"][1] == "Made-up Radio"


def test_a_table_does_not_differ_from_itself(releases: tuple[Path, Path]) -> None:
    assert compare_tables(releases[0], releases[0]).is_empty


def test_the_command_tells_sums_and_writes_every_value(
    releases: tuple[Path, Path], tmp_path: Path
) -> None:
    output = tmp_path / "changes.csv"
    ran = CliRunner().invoke(main, ["diff", *map(str, releases), "--output", str(output)])
    assert ran.exit_code == 0
    assert "7 rows and 7 rows: 1 added, 1 gone, 1 changed." in ran.output
    assert "~ GED-004301 fatalities_best: 8 -> 77" in ran.output
    assert pl.read_csv(output).height == 2


def test_rows_that_nothing_tells_apart_are_refused(releases: tuple[Path, Path]) -> None:
    new = releases[1]
    twice = pl.read_csv(new, infer_schema=False)
    pl.concat([twice, twice]).write_csv(new)
    with pytest.raises(DatasetError, match="tells the rows of both tables apart"):
        compare_tables(*releases)


def test_what_is_no_table_of_events_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(DatasetError, match="is no table of events"):
        compare_tables(path, path)
