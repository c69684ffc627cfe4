"""The command and what holds of any file: nothing is lost, and nothing is mended twice."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from qantar.dataset.command import main
from qantar.dataset.repair.run import RepairError, changes_beside, mended, repair

TESTS = Path(__file__).parents[2]
SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
CONVERTED = [
    path
    for path in sorted((TESTS / "dataset/conversion/fixtures").rglob("*"))
    if path.suffix.lower() in (".csv", ".tsv", ".tab", ".txt")
]
OURS = "event_id,record_version,action_code,place_name\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["repair", *map(str, arguments)])


def content(data: bytes) -> bytes:
    return b"".join(mended(data).content)


def sample(name: str) -> bytes:
    found = [*SAMPLES.glob(name)]
    if not found:
        pytest.skip(f"needs {name} in shared/samples")
    return found[0].read_bytes()


def test_each_change_is_a_line_beside_the_output(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    given = f"{OURS}MY-000001,1.0,42, Blue Quay\nMY-000002,1,10,Blue Quay\n"
    source.write_text(given)
    result = run(source, "-o", out)
    assert result.exit_code == 0
    assert "2 rows: 3 changes, 1 left." in result.output
    assert source.read_text() == given
    assert out.read_text() == f"{OURS}MY-000001,1,cameo:042,Blue Quay\nMY-000002,1,10,Blue Quay\n"
    told = pl.read_csv(changes_beside(out), infer_schema=False).rows()
    assert [line[:6] for line in told] == [
        ("1", "2", "record_version", "1.0", "1", "whole-number"),
        ("1", "2", "action_code", "42", "cameo:042", "leading-zero"),
        ("1", "2", "place_name", " Blue Quay", "Blue Quay", "blanks"),
        ("2", "3", "action_code", "10", None, "left"),
    ]


@pytest.mark.parametrize("name", ["in.csv", "link.csv"])
def test_the_input_is_never_written_to(tmp_path: Path, name: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text(f"{OURS}MY-000001,1,42,Blue Quay\n")
    (tmp_path / "link.csv").symlink_to(source)
    result = run(source, "-o", tmp_path / name)
    assert result.exit_code == 2
    assert source.read_text().endswith("42,Blue Quay\n")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "It is empty."),
        (b'{"event_id": "MY-000001"}', "Only text in columns"),
        (b"PAR1" + bytes(20), "Only text in columns"),
        (b"a,b\n1,2\n", "no layout that is known"),
        (b"caf\x81\n", "--encoding"),
        (f"{OURS}MY-000001,1\n".encode(), "None of its rows has 4 cells"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(
    tmp_path: Path, data: bytes, told: str
) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(data)
    result = run(source, "-o", out)
    assert result.exit_code == 2
    assert told in result.output
    assert not out.exists()


def test_the_encoding_may_be_named() -> None:
    data = f"{OURS}MY-000001,1,cameo:042,Łódź\n".encode("cp1250")
    assert "Łódź" in b"".join(mended(data, "cp1250").content).decode()
    with pytest.raises(RepairError, match="no encoding nonsense"):
        mended(data, "nonsense")


def test_a_line_that_is_no_row_stays_where_it_is() -> None:
    rows = ["MY-000001,1,42,Blue Quay", "MY-000002,1", "", "MY-000003,1,42,Blue Quay"]
    out = content(f"{OURS}{chr(10).join(rows)}\n".encode()).decode().splitlines()
    assert out[1].startswith("MY-000001,1,cameo:042")
    assert out[2:4] == ["MY-000002,1", ""]
    assert out[4].startswith("MY-000003,1,cameo:042")


def test_names_among_the_rows_go() -> None:
    row = "MY-000001,1,cameo:042,Blue Quay\n"
    done = mended(f"{OURS}{row}{OURS}{row}".encode())
    assert b"".join(done.content).decode() == f"{OURS}{row}{row}"
    assert done.changes.select("row", "line", "kind").rows() == [(2, 3, "header")]


def test_line_ends_and_quotes_survive() -> None:
    data = f'{OURS}MY-000001,1,42,"Blue, ""old"" Quay"\n'.replace("\n", "\r\n").encode()
    assert content(data) == data.replace(b",42,", b",cameo:042,")


def test_a_quote_in_a_file_without_quotes_is_a_letter() -> None:
    names = ["GLOBALEVENTID", "EventCode", "ActionGeo_ADM2Code", "ActionGeo_FullName"]
    data = "\t".join(names) + '\n1\t42\t\t"Blue\n2\t112\t\tQuay"\n'
    assert content(data.encode()) == data.replace("\t42\t", "\t042\t").encode()


@pytest.mark.parametrize("path", CONVERTED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files_of_other_systems_are_mended_once(path: Path) -> None:
    try:
        first = mended(path.read_bytes())
    except RepairError:
        return
    out = b"".join(first.content)
    second = mended(out)
    assert second.account.changed == {}
    assert b"".join(second.content) == out
    assert second.account.rows == first.account.rows


def test_the_damaged_sample_has_every_code_that_its_rows_prove() -> None:
    done = mended(sample("gdelt2/*excel_damaged.csv"))
    out = b"".join(done.content)
    codes = ("EventCode", "EventBaseCode", "EventRootCode")
    found = Counter(done.changes.select("column", "kind").iter_rows())
    assert {(column, "left") for column in codes}.isdisjoint(found)
    assert done.account.left == {"DATEADDED": 1629}
    assert content(out) == out


def test_rows_without_an_address_keep_their_width() -> None:
    data = sample("gdelt1/*mixed_57_58cols.tsv")
    out = content(data).partition(b"\n")[2]
    assert Counter(line.count(b"\t") for line in out.splitlines()) == {56: 201, 57: 509}


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(f"{OURS}MY-000001,1,42,Blue Quay\n")
    assert run(source, "-o", tmp_path / "none" / "out.csv").exit_code == 2
    with pytest.raises(OSError, match="none"):
        repair(source, tmp_path / "none" / "out.csv")
