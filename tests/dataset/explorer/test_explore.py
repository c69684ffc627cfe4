"""``qantar explore`` takes anything valid and says what is wrong with anything else."""

import json

import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.explorer.page import PAGE
from support import made_up
from support.made_up_package import put, release, zipped

BARE = (
    "event_id,record_version,action_code,date_earliest,date_latest,actor_name\n"
    "ABC-000001,1,cameo:043,2021-05-03,2021-05-03,RUSSIA\n"
)


def explore(tmp_path, *arguments):
    out = tmp_path / "page.html"
    told = CliRunner().invoke(
        main, ["explore", "--no-open", "--out", str(out), *map(str, arguments)]
    )
    return told, out


@pytest.fixture
def folder(tmp_path):
    return put(release(), tmp_path / "releases" / "0.1.0")


@pytest.mark.parametrize("part", ["", "csv", "parquet", "csv/datapackage.json"])
def test_a_package(tmp_path, folder, part):
    told, out = explore(tmp_path, folder / part)
    assert told.exit_code == 0, told.output
    assert "2 events" in told.output
    assert "TST-000002" in out.read_text(encoding="utf-8")


def test_a_release_by_its_version(tmp_path, folder):
    told, out = explore(tmp_path, "--folder", folder.parent, "--release", "0.1.0")
    assert told.exit_code == 0, told.output
    assert "TST-000002" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["package.zip", "records.jsonl", "record.json", "events.csv"])
def test_a_file(tmp_path, name):
    content = {
        "package.zip": zipped(release()),
        "records.jsonl": release()["events.jsonl"],
        "record.json": json.dumps(made_up.corpus().events[0]).encode(),
        "events.csv": BARE.encode(),
    }[name]
    path = tmp_path / name
    path.write_bytes(content)
    told, out = explore(tmp_path, path)
    assert told.exit_code == 0, told.output
    assert out.exists()


def test_the_release_holds_the_page(folder):
    assert (folder / PAGE).is_file()


def test_what_is_wrong_is_told_and_nothing_is_written(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(BARE.replace("cameo:043", "cameo:999"), encoding="utf-8")
    told, out = explore(tmp_path, path)
    assert told.exit_code == 1
    assert "cameo:999" in told.output
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments", [("nowhere",), ("--release", "9.9.9"), ("--folder", "nowhere")]
)
def test_what_is_not_there(tmp_path, arguments):
    assert explore(tmp_path, *arguments)[0].exit_code == 1


def test_a_path_and_a_release_are_too_much(tmp_path, folder):
    assert explore(tmp_path, folder, "--release", "0.1.0")[0].exit_code == 2
