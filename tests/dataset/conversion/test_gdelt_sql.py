"""The query for BigQuery gives what the conversion of files gives."""

from itertools import pairwise
from pathlib import Path

import duckdb
import polars as pl
import pytest
import sqlglot

from qantar.dataset.conversion.convert import convert
from qantar.dataset.conversion.gdelt_sql import bigquery_sql, fips_periods
from qantar.schema.systems import LAYOUTS

FIXTURES = Path(__file__).parent / "fixtures" / "gdelt2"
FILES = sorted(FIXTURES.glob("201*.export.CSV"))
NAMES = next(layout.columns for layout in LAYOUTS if layout.key == "gdelt2")
# As the public table has them; its other columns are text.
NUMBERS = ("ActionGeo_Lat", "ActionGeo_Long", "GoldsteinScale")
WHOLE = ("GLOBALEVENTID", "SQLDATE", "DATEADDED", "ActionGeo_Type")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_query_gives_what_the_file_gives(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    convert([path], out)
    rows = pl.read_csv(path, separator="\t", has_header=False, quote_char=None, infer_schema=False)
    rows.columns = list(NAMES)
    table = rows.with_columns(
        *(pl.col(name).cast(pl.Float64, strict=False) for name in NUMBERS),
        *(pl.col(name).cast(pl.Int64, strict=False) for name in WHOLE),
    )
    (query,) = sqlglot.transpile(bigquery_sql("given"), read="bigquery", write="duckdb")
    with duckdb.connect() as database:
        database.register("given", table.to_arrow())
        found = pl.DataFrame(database.sql(query).to_arrow_table())
    wanted = pl.read_parquet(out).select(found.columns)
    assert found.height == wanted.height
    text = pl.all().cast(pl.String)
    both = found.select(text).sort("event_id"), wanted.select(text).sort("event_id")
    assert both[0].to_dicts() == both[1].to_dicts()


def test_a_code_means_one_country_at_a_time() -> None:
    periods = sorted(fips_periods())
    for (code, _, _, last), (other, _, first, _) in pairwise(periods):
        assert code != other or last < first


def test_the_query_is_sound_sql_of_bigquery() -> None:
    (parsed,) = sqlglot.parse(bigquery_sql(), read="bigquery")
    assert parsed is not None
