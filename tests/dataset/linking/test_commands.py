"""The commands that link rows and say why."""

import json

import polars as pl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from support.linked_rows import IN_COUNTRY, frame, on, row


def run(*arguments, status=0):
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == status, done.output
    return done.output


@pytest.fixture
def tables(tmp_path):
    frame(row("A-1"), row("A-2", **on("2022-05-01"))).write_parquet(tmp_path / "icews.parquet")
    frame(row("B-1", "acled")).write_csv(tmp_path / "acled.csv")
    frame(row("C-1", "gdelt2", **IN_COUNTRY)).write_ndjson(tmp_path / "gdelt.jsonl")
    return [tmp_path / name for name in ("icews.parquet", "acled.csv", "gdelt.jsonl")]


def test_files_of_every_format_are_linked(tables, tmp_path):
    out = tmp_path / "links.parquet"
    told = run("link", *tables, "-o", out)
    assert "4 rows in 2 groups, each one event by the rule qantar." in told
    groups = pl.read_parquet(tmp_path / "links-groups.parquet")
    assert groups["group_id"].to_list() == ["G-A-1", "G-A-2", "G-A-1", "G-A-1"]
    assert pl.read_parquet(out).columns[:4] == ["a", "b", "score", "time"]
    report = json.loads((tmp_path / "links.parquet.report.json").read_text())
    assert report["rule"]["days"] == 1
    assert [*report["files"].values()] == [1, 1, 2]
    held = json.loads(pq.read_metadata(out).metadata[b"qantar:linking"])
    assert held == report


def test_the_order_of_files_decides_nothing(tables, tmp_path):
    (tmp_path / "out").mkdir()
    for name, paths in (("one", tables), ("other", tables[::-1])):
        run("link", *paths, "-o", tmp_path / "out" / f"{name}.csv")
    one, other = (tmp_path / "out" / f"{name}.csv" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_folder_is_read_whole(tables, tmp_path):
    (tmp_path / "out").mkdir()
    folder = tmp_path / "in"
    folder.mkdir()
    for table in tables:
        table.rename(folder / table.name)
    (folder / "_report.json").write_text("{}")
    out = tmp_path / "out" / "links.jsonl"
    assert "4 rows in 2 groups" in run("link", folder, "-o", out)
    assert json.loads(out.read_text().splitlines()[0])["a"] == "A-1"


def test_options_are_parameters(tables, tmp_path):
    out = tmp_path / "links.csv"
    run("link", *tables, "-o", out, "--preset", "xsub-1km-1d", "--days", 2, "--min-score", 0.9)
    rule = json.loads((tmp_path / "links.csv.report.json").read_text())["rule"]
    assert (rule["name"], rule["km"], rule["days"], rule["min_score"]) == ("xsub-1km-1d", 1, 2, 0.9)


def test_what_cannot_be_linked_is_refused(tables, tmp_path):
    out = tmp_path / "links.parquet"
    assert "does not exist" in run("link", tmp_path / "none.csv", "-o", out, status=2)
    assert "comes more than once" in run(
        "link", tables[0], tables[1], _copy(tables[1]), "-o", out, status=2
    )
    assert "must end in" in run("link", *tables, "-o", tmp_path / "links.txt", status=2)
    assert "which is read" in run("link", *tables, "-o", tables[0], status=2)
    other = tmp_path / "other.csv"
    other.write_text("id\n1\n")
    assert "qantar convert" in run("link", other, "-o", out, status=2)
    assert not out.exists()


def _copy(path):
    other = path.with_name(f"again-{path.name}")
    other.write_bytes(path.read_bytes())
    return other


def why(one, other, tables, *options, status=0):
    asked = [part for table in tables for part in ("--in", table)]
    return run("why-linked", one, other, *asked, *options, status=status)


def test_a_link_is_told_in_sentences(tables):
    told = why("A-1", "B-1", tables)
    assert told.startswith("A-1 and B-1 are counted as one event.")
    assert "Time 1.00: 2022-03-05 and 2022-03-05; they overlap." in told
    assert "0.0 km apart; 15 km are allowed" in told
    assert "Salt Road Column to Military (Botswana)" in told
    assert "The group G-A-1 has 3 rows." in told


def test_what_keeps_rows_apart_is_told(tables):
    told = why("A-2", "B-1", tables)
    assert told.startswith("A-2 and B-1 are not counted as one event.")
    assert "Their days lie too far apart." in told


def test_a_vague_row_is_told(tables):
    assert "C-1 is vague" in why("A-1", "C-1", tables)


def test_an_event_that_is_not_there_is_told(tables):
    assert "There is no event Z-9" in why("A-1", "Z-9", tables, status=2)
    assert "both ids are the same" in why("A-1", "A-1", tables, status=2)
