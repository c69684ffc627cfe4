"""Spark gives what a file of the same rows gives, partition by partition."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.dataset.conversion.convert import convert
from qantar.dataset.conversion.frame import convert_frame
from qantar.dataset.conversion.spark import convert_spark
from qantar.schema.systems import LAYOUTS
from support.local_spark import local_spark

spark = pytest.fixture(scope="module", name="spark")(local_spark)
FIXTURES = Path(__file__).parent / "fixtures"
GDELT = next(layout.columns for layout in LAYOUTS if layout.key == "gdelt2")


def gdelt_rows() -> pl.DataFrame:
    path = FIXTURES / "gdelt2" / "20160311101500.export.CSV"
    rows = pl.read_csv(path, separator="\t", has_header=False, quote_char=None, infer_schema=False)
    rows.columns = list(GDELT)
    later = rows.head(3).with_columns(GoldsteinScale=pl.lit("8.25"))
    return pl.concat([rows, later, rows.head(2), rows.tail(1).with_columns(SQLDATE=pl.lit("x"))])


@pytest.mark.slow
def test_spark_is_converted_as_a_frame_is(spark: Any) -> None:
    rows = gdelt_rows().with_row_index("place").cast({"place": pl.Int64})
    given = spark.createDataFrame(rows.to_arrow()).repartition(3)
    found = convert_spark(given, order=["place"])
    wanted = convert_frame(rows.drop("place"))
    kept = pl.DataFrame(pl.from_arrow(found.frame.toArrow())).sort("event_id")
    assert kept.to_dicts() == wanted.frame.drop("source_row").sort("event_id").to_dicts()
    lost = pl.DataFrame(pl.from_arrow(found.rejected.toArrow()))
    assert sorted(lost.rows()) == sorted(wanted.rejected.select("reason", "record").rows())
    assert lost.height == 3


def test_a_frame_is_converted_as_its_file_is(tmp_path: Path) -> None:
    path, out = tmp_path / "x.csv", tmp_path / "out.parquet"
    gdelt_rows().write_csv(path, separator="\t")
    account = convert([path], out)
    found = convert_frame(gdelt_rows(), name=path.name)
    assert found.frame.to_dicts() == pl.read_parquet(out).to_dicts()
    assert found.rejected.height == account.rejected == 3
