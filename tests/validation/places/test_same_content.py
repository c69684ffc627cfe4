"""The same content gets the same verdict as a folder, as a zip, and as a list of files."""

import io
import os
import socket
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest

from qantar.validation import Report, check_path, check_paths
from support.made_up_package import Files, put, release, zipped

HEADER = "event_id,record_version,action_code,date_earliest,date_latest\n"
ROWS = f"{HEADER}TST-000001,1,cameo:041,2022-01-05,2022-01-05\n".encode()
OTHERS = ROWS.replace(b"000001", b"000002")
LINK, PIPE, SOCKET = stat.S_IFLNK, stat.S_IFIFO, stat.S_IFSOCK
UNSAFE = ("path-unsafe", "error")
Special = tuple[str, int]

# What no one means to be checked, by the programs that leave it.
LITTER = [
    *(".DS_Store", "deep/.DS_Store", "__MACOSX/._events.csv", "__MACOSX/deep/more.csv"),
    *("._events.csv", "Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini", "~$events.xlsx"),
    *(".~lock.events.csv#", "events.csv~", "#events.csv#", ".events.csv.swp", ".~events.xlsx"),
    *("~wrl0001.tmp", ".git/config.json", ".gitattributes", ".ipynb_checkpoints/events.csv"),
    *("$RECYCLE.BIN/events.csv", ".nfs0000abc", ".directory"),
]
# What is refused in any folder or zip: a special file, and names beside those of the data.
SPECIAL: list[Special] = [
    ("link.csv", LINK),
    ("link", LINK),
    ("deep/link.csv", LINK),
    ("__MACOSX", LINK),
    (".DS_Store.csv/pipe", PIPE),
    ("pipe.csv", PIPE),
    ("pipe", PIPE),
    ("Thumbs.db", PIPE),
    ("socket", SOCKET),
]


@pytest.fixture(scope="module")
def whole() -> Files:
    return release()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in; names of sockets must be short, so paths are relative."""
    monkeypatch.chdir(tmp_path)
    return Path()


def make(path: Path, kind: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == LINK:
        path.symlink_to("/etc/passwd")
    elif kind == PIPE:
        os.mkfifo(path)
    else:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))


def zip_of(files: Files, special: Special | None = None, top: str = "") -> bytes:
    """The files in a zip, and one whose mode is not that of a file."""
    buffer = io.BytesIO(zipped({f"{top}{path}": data for path, data in files.items()}))
    if special:
        member = zipfile.ZipInfo(top + special[0])
        member.create_system, member.external_attr = 3, (special[1] | 0o777) << 16
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(member, "/etc/passwd" if special[1] == LINK else "")
    return buffer.getvalue()


def told(report: Report) -> tuple[list[tuple[str, str]], int]:
    return [(fault.rule, str(fault.severity)) for fault in report.faults], report.exit_code


def verdicts(here: Path, files: Files, special: Special | None = None) -> list[Report]:
    """What is said of the files in a folder, in a zip, and in a zip below one folder."""
    folder = put(files, here / "d")
    if special:
        make(folder / special[0], special[1])
    put({"a.zip": zip_of(files, special), "b.zip": zip_of(files, special, "top/")}, here)
    return [check_path(path) for path in (folder, here / "a.zip", here / "b.zip")]


@pytest.mark.parametrize("name", LITTER)
def test_litter_of_programs_is_passed_over(here: Path, name: str) -> None:
    files = {"events.csv": ROWS, "deep/more.csv": OTHERS}
    for report in verdicts(here, files | {name: b"no table"}):
        assert told(report) == ([], 0)
        assert len(report.read) == len(files)


def test_litter_of_programs_is_passed_over_in_a_release(here: Path, whole: Files) -> None:
    litter = dict.fromkeys((*LITTER, "csv/.DS_Store", "csv/~$events.xlsx"), b"no table")
    del litter["thumbs.db"], litter["Desktop.ini"]
    assert [told(report) for report in verdicts(here, whole | litter)] == [([], 0)] * 3


def test_litter_in_a_list_of_files_is_passed_over(here: Path) -> None:
    book = openpyxl.Workbook()
    for line in ROWS.decode().splitlines():
        book.active.append([int(cell) if cell == "1" else cell for cell in line.split(",")])
    book.save("e.xlsx")
    names = ["e.xlsx", "~$e.xlsx", "._e.xlsx", "e.csv~"]
    put(dict.fromkeys(names[1:], b"a lock"), here)
    put(
        {"__MACOSX/._e.xlsx": b"x", "z.zip": zipped({n: Path(n).read_bytes() for n in names})}, here
    )
    for paths in ([*names, "__MACOSX"], ["*.xlsx"], ["*xlsx", "e*"]):
        assert told(check_paths(paths)) == ([], 0)
    assert told(check_path("z.zip")) == ([], 0)


def test_litter_that_is_all_there_is_is_what_is_meant(here: Path) -> None:
    put({"~$e.xlsx": b"a lock"}, here)
    assert told(check_paths(["~$e.xlsx"])) == ([("file-unreadable", "error")], 2)


@pytest.mark.parametrize("special", SPECIAL, ids=lambda s: f"{s[0]} {s[1]:o}")
def test_what_is_no_file_is_refused(here: Path, special: Special) -> None:
    reports = verdicts(here, {"events.csv": ROWS, "deep/more.csv": OTHERS}, special)
    expected = ([], 0) if special[0].startswith(".") else ([UNSAFE], 1)
    assert [told(report) for report in reports] == [expected] * 3
    assert all(len(report.read) == 2 for report in reports)


@pytest.mark.parametrize(
    "special", [("csv/link.csv", LINK), (".link", LINK), ("pipe", PIPE)], ids=lambda s: s[0]
)
def test_what_is_no_file_is_refused_in_a_release(
    here: Path, whole: Files, special: Special
) -> None:
    assert [told(report) for report in verdicts(here, whole, special)] == [([UNSAFE], 1)] * 3


@pytest.mark.parametrize(
    "name", ["link.csv", "link", "pipe.csv", "deep", "**/*.csv", "*/*.csv", "*", "**"]
)
def test_a_pattern_follows_no_link_and_opens_no_pipe(here: Path, name: str) -> None:
    put({"d/events.csv": ROWS, "far/more.csv": OTHERS}, here)
    Path("d/link.csv").symlink_to("events.csv")
    Path("d/link").symlink_to("events.csv")
    Path("d/deep").symlink_to("../far")
    os.mkfifo("d/pipe.csv")
    pattern = f"d/[{name[0]}]{name[1:]}" if name[0] != "*" else f"d/{name}"
    report = check_path(pattern)
    assert ("path-unsafe", "error") in told(report)[0]
    assert all("more.csv" not in reading.file for reading in report.read)


def test_a_circle_of_links_ends(here: Path) -> None:
    put({"d/events.csv": ROWS}, here)
    for name in ("a", "b", "c"):
        Path("d", name).symlink_to("../d")
    assert told(check_path("d/**/*.csv")) == ([UNSAFE] * 3, 1)
    assert told(check_path("d")) == ([UNSAFE] * 3, 1)


def test_a_path_that_is_named_may_be_a_link(here: Path) -> None:
    put({"d/events.csv": ROWS}, here)
    Path("latest.csv").symlink_to("d/events.csv")
    Path("latest").symlink_to("d")
    for name in ("latest.csv", "latest", "latest/*.csv"):
        assert told(check_path(name)) == ([], 0)


@pytest.mark.parametrize("name", [".deep/hidden.csv", "csv/.hidden"])
def test_a_hidden_file_of_a_release_is_refused(here: Path, whole: Files, name: str) -> None:
    reports = verdicts(here, whole | {name: ROWS})
    assert [told(report) for report in reports] == [([UNSAFE], 1)] * 3


@pytest.mark.parametrize("name", [".hidden.csv", ".deep/hidden.csv"])
def test_a_hidden_file_beside_tables_is_none_of_them(here: Path, name: str) -> None:
    for report in verdicts(here, {"events.csv": ROWS, name: b"no table"}):
        assert told(report) == ([], 0)


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        (("Events.csv", "events.csv"), 1),
        (("D/events.csv", "d/more.csv"), 1),
        (("\u00e9.csv", "e\u0301.csv"), 1),
        (("STRASSE.csv", "stra\u00dfe.csv"), 1),
        (("a\\b.csv", "events.csv"), 1),
        (("C:x.csv", "events.csv"), 1),
        (("a\x07.csv", "events.csv"), 1),
        (("e\u0301.csv", "what?.csv"), 0),
        (("con.csv", " x.csv"), 0),
    ],
)
def test_names_are_judged_alike(here: Path, names: tuple[str, str], faults: int) -> None:
    reports = verdicts(here, dict(zip(names, (ROWS, OTHERS), strict=True)))
    expected = ([UNSAFE] * faults, 1 if faults else 0)
    assert [told(report) for report in reports] == [expected] * 3


@pytest.mark.parametrize("names", [("csv/A.csv", "csv/a.csv"), ("CSV/x.md", "x.md")])
def test_twins_in_a_release_are_told(here: Path, whole: Files, names: tuple[str, str]) -> None:
    files = whole | dict.fromkeys(names, b"x\n")
    for report in verdicts(here, files):
        assert told(report)[0].count(UNSAFE) == 1
        assert report.exit_code == 1


@pytest.mark.parametrize(
    "name",
    [
        *("events.csv/x.csv", "events.csv", "../x.csv", "/x.csv", "C:/x.csv", "a\\x.csv"),
        *("x.csv\0.png", "a//x.csv", "./x.csv", "a/../x.csv", "EVENTS.csv", "\\\\host\\x.csv"),
        *("../", "C:/"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_only_a_zip_can_have_is_refused(here: Path, name: str) -> None:
    buffer = io.BytesIO(zipped({"events.csv": ROWS}))
    with zipfile.ZipFile(buffer, "a") as archive:
        member = zipfile.ZipInfo("placeholder")
        member.filename = member.orig_filename = name
        archive.writestr(member, OTHERS)
    put({"a.zip": buffer.getvalue()}, here)
    report = check_path("a.zip")
    assert told(report) == ([UNSAFE], 1)
    assert "a.zip/events.csv" in [reading.file for reading in report.read]


def test_a_locked_file_in_a_zip_cannot_be_read(here: Path) -> None:
    data = bytearray(zipped({"events.csv": ROWS, "more.csv": OTHERS}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        local = archive.getinfo("more.csv").header_offset
    data[local + 6] |= 1
    data[data.rindex(b"PK\1\2") + 8] |= 1
    put({"a.zip": bytes(data)}, here)
    report = check_path("a.zip")
    assert told(report) == ([("file-unreadable", "error")], 2)
    assert "password" in report.faults[0].message


def test_the_folder_in_a_zip_is_part_of_the_place(here: Path) -> None:
    files = {"d/events.csv": ROWS, "d/.DS_Store": b"x", "__MACOSX/d/._events.csv": b"x"}
    put({"m.zip": zipped(files), "n.zip": zipped({"d/events.csv": ROWS})}, here)
    for name in ("m.zip", "n.zip"):
        report = check_path(name)
        assert told(report) == ([], 0)
        assert [reading.file for reading in report.read] == [f"{name}/d/events.csv"]


def test_packages_below_a_folder_are_packages_in_a_zip_too(here: Path, whole: Files) -> None:
    files = {f"all/{name}/{path}": data for name in ("a", "b") for path, data in whole.items()}
    del files["all/b/README.md"]
    reports = verdicts(here, files | {"all/note.txt": b"x"})
    assert [told(report) for report in reports] == [([("file-missing", "error")], 1)] * 3
    assert [len(report.read) for report in reports] == [len(reports[0].read)] * 3


def test_what_a_writer_leaves_in_parts_of_a_table_is_passed_over(here: Path) -> None:
    files = {
        "year=2022/part.csv": ROWS,
        "year=2022/_metadata.json": b"{",
        "_delta_log/0.json": b"{",
    }
    reports = verdicts(here, files)
    assert [{fault.rule for fault in report.faults} for report in reports] == [
        {"column-unknown"}
    ] * 3
    assert [report.exit_code for report in reports] == [0] * 3


def test_a_zip_in_a_zip_is_told(here: Path) -> None:
    put({"a.zip": zipped({"events.csv": ROWS, "b.zip": zipped({"x.csv": ROWS})})}, here)
    assert told(check_path("a.zip")) == ([("file-unreadable", "error")], 2)


@pytest.mark.parametrize("kind", [LINK, PIPE])
@pytest.mark.parametrize("name", ["csv/events.csv", "SHA256SUMS"])
def test_what_a_release_names_and_is_no_file_is_told_once(
    here: Path, whole: Files, name: str, kind: int
) -> None:
    files = {path: data for path, data in whole.items() if path != name}
    for report in verdicts(here, files, (name, kind)):
        assert told(report)[0].count(UNSAFE) == 1
        assert {fault.rule for fault in report.faults} <= {"path-unsafe", "tables-differ"}
        assert report.exit_code == 1
