"""Where what a command writes cannot be written, it says so, and nothing is lost or left half."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.error import ReleaseError
from qantar.dataset.release import write_release
from support.made_up import corpus
from support.made_up_history import DOCUMENTS

BAD = (
    "event_id,record_version,action_code,date_earliest,date_latest\n"
    "AB-000001,1,cameo:042,2024-03-11,2024-03-10\n"
)
FULL = Path("/dev/full")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    return monkeypatch


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_output_to_a_full_disk_ends_with_a_sentence_and_2() -> None:
    command = [sys.executable, "-m", "qantar.dataset.command", "explain"]
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "Error: The output cannot be read or written: no space left on device.\n"


def test_a_page_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    failed = run("explore", "--no-open", "--out", str(page))
    assert (failed.exit_code, page.read_text()) == (2, "old")
    assert "no space left" in failed.output
    assert [*tmp_path.iterdir()] == [page]
    full_disk.undo()
    assert run("explore", "--no-open", "--out", str(page)).exit_code == 0
    assert page.read_text() != "old"


def test_a_template_that_cannot_be_written_can_be_written_later(
    tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "events.csv"
    assert run("template", "csv", "--out", str(sheet)).exit_code == 2
    assert [*tmp_path.iterdir()] == []
    full_disk.undo()
    assert run("template", "csv", "--out", str(sheet)).exit_code == 0
    again = run("template", "csv", "--out", str(sheet))
    assert (again.exit_code, "is there already" in again.output) == (2, True)


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a file, links to it, a folder of files and one of texts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QANTAR_ARTICLES", raising=False)
    for name in ("e.csv", "d/e.csv", "d/deep/f.csv", "texts/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(BAD)
    (tmp_path / "link.csv").symlink_to("e.csv")
    (tmp_path / "dangling.csv").symlink_to("d/new.csv")
    (tmp_path / "d" / "out.csv").symlink_to(tmp_path / "elsewhere.csv")
    (tmp_path / "linked").symlink_to("d", target_is_directory=True)
    (tmp_path / "hard.csv").hardlink_to("e.csv")
    (tmp_path / "hard-in-d.csv").hardlink_to("d/deep/f.csv")
    (tmp_path / "texts" / "hard.csv").hardlink_to("texts/a.txt")
    return tmp_path


@pytest.mark.parametrize(
    ("read", "output"),
    [
        ("e.csv", "e.csv"),
        ("e.csv", "./d/../e.csv"),
        ("e.csv", "link.csv"),
        ("link.csv", "e.csv"),
        ("e.csv", "hard.csv"),
        ("{here}/e.csv", "e.csv"),
        ("e.csv", "{here}/e.csv"),
        ("file://{here}/e.csv", "e.csv"),
        ("zip://x.csv::file://{here}/e.csv", "e.csv"),
        ("d", "d/e.csv"),
        ("d", "d/new.csv"),
        ("d", "d/deep/new.csv"),
        ("d", "linked/deep/new.csv"),
        ("linked", "d/new.csv"),
        ("d", "dangling.csv"),
        ("d", "d/out.csv"),
        ("d", "hard-in-d.csv"),
        ("d/datapackage.json", "d/new.csv"),
        (".", "new.csv"),
        ("*.csv", "e.csv"),
        ("*.csv", "new.csv"),
        ("**/f.csv", "d/deep/f.csv"),
        ("d/**", "d/deep/new.csv"),
        ("[d]", "d/new.csv"),
        ("--articles=texts e.csv", "texts/new.csv"),
        ("--articles=texts e.csv", "texts/hard.csv"),
        ("nowhere.csv e.csv", "e.csv"),
    ],
)
def test_an_output_that_is_read_is_refused(
    read: str, output: str, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_nothing(*_: Any, **__: Any) -> None:
        raise AssertionError("something was read")

    monkeypatch.setattr("qantar.dataset.commands.validate.check_paths", read_nothing)
    before = content_of(inputs)
    arguments = [word.format(here=inputs) for word in (*read.split(), "--output", output)]
    refused = run("validate", *arguments)
    assert refused.exit_code == 2
    assert refused.output.startswith("Error: --output ")
    assert refused.output.count("\n") == 1
    assert "which is read; nothing was read or written. Name another place." in refused.output
    assert content_of(inputs) == before


@pytest.mark.parametrize(
    ("read", "output"),
    [
        ("e.csv", "new.csv"),
        ("e.csv", "d/new.csv"),
        ("d", "new.csv"),
        ("e*.csv", "d/new.csv"),
        ("e*.csv", "new.csv"),
        ("e.csv", "d/e.csv"),
        ("nowhere.csv", "new.csv"),
    ],
)
def test_an_output_that_is_not_read_is_written(read: str, output: str, inputs: Path) -> None:
    done = run("validate", read, "--output", output)
    assert done.exit_code == (2 if read == "nowhere.csv" else 1)
    assert (inputs / output).read_text().startswith("rule,message,")


@pytest.mark.parametrize("command", ["validate", "explore"])
@pytest.mark.parametrize("output", ["csv/spans.csv", "csv/new.csv", "new.csv", "csv/../SUMS.csv"])
def test_an_output_in_the_package_of_a_file_that_is_read_is_refused(
    command: str, output: str, tmp_path: Path, releases: Path
) -> None:
    release = tmp_path / "release"
    shutil.copytree(sorted(releases.glob("[0-9]*"))[-1], release)
    before = content_of(tmp_path)
    read = str(release / "csv" / "events.csv")
    option = "--output" if command == "validate" else "--out"
    done = run(command, read, option, str(release / output))
    assert done.exit_code == 2
    assert "of which events.csv is read; nothing was read or written" in done.output
    assert content_of(tmp_path) == before
    if command == "validate":
        assert run(command, read, option, str(tmp_path / "new.csv")).exit_code == 0


def test_an_output_that_standard_input_comes_from_is_refused(inputs: Path) -> None:
    command = [sys.executable, "-m", "qantar.dataset.command", "validate", "-", "--kind", "csv"]
    with (inputs / "e.csv").open() as given:
        done = subprocess.run(
            [*command, "--output", "link.csv"], stdin=given, capture_output=True, text=True
        )
    assert done.returncode == 2
    assert "link.csv is what standard input is read from" in done.stderr
    assert (inputs / "e.csv").read_text() == BAD


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "e.csv", "--output", "none/x.csv"),
        ("explore", "--no-open", "--out", "none/x.html"),
        ("template", "csv", "--out", "none/x.csv"),
    ],
)
def test_an_output_in_no_folder_is_told_before_anything_is_read(
    arguments: tuple[str, ...], inputs: Path
) -> None:
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert f"there is no folder {inputs / 'none'}; make it first" in refused.output
    assert "date-reversed" not in refused.output


def test_faults_go_through_a_link_to_its_target(inputs: Path) -> None:
    assert run("validate", "e.csv", "--output", "dangling.csv").exit_code == 1
    assert (inputs / "dangling.csv").is_symlink()
    assert (inputs / "d" / "new.csv").read_text().startswith("rule,")


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for version in ("0.8.0", "0.9.0"):
        write_release(corpus(), tmp_path / "rel", version, documents=DOCUMENTS)
    return tmp_path / "rel"


@pytest.mark.parametrize(
    "arguments",
    [
        ("rel/0.9.0", "--out", "rel/0.9.0/explorer.html"),
        ("rel/0.9.0", "--out", "rel/0.9.0/new.html"),
        ("rel/0.9.0/csv", "--out", "rel/0.9.0/csv/events.csv"),
        ("rel/0.9.0/csv/datapackage.json", "--out", "rel/0.9.0/csv/events.csv"),
        ("rel/qantar-0.9.0.zip", "--out", "rel/qantar-0.9.0.zip"),
        ("rel/0.9.0/events.jsonl", "--out", "rel/0.9.0/events.jsonl"),
        ("--folder", "rel", "--out", "rel/0.9.0/README.md"),
        ("--folder", "rel", "--out", "rel/0.8.0/explorer.html"),
    ],
)
def test_a_page_does_not_replace_what_it_shows(arguments: tuple[str, ...], releases: Path) -> None:
    before = content_of(releases)
    refused = run("explore", "--no-open", *arguments)
    assert refused.exit_code == 2
    assert "which is read; nothing was read or written." in refused.output
    assert content_of(releases) == before


def test_a_page_into_a_pipe_is_the_page_alone(releases: Path) -> None:
    command = [sys.executable, "-m", "qantar.dataset.command", "explore", "--no-open"]
    done = subprocess.run(
        [*command, "--folder", releases, "--out", "/dev/stdout"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert done.stdout.rstrip().endswith("</html>")
    assert done.stderr.startswith("wrote /dev/stdout")


TUTORIAL = Path(__file__).parents[2] / "builders" / "tutorial"


@pytest.mark.parametrize(
    ("out", "link", "told"),
    [
        (".", "project", "would replace"),
        ("project/articles", None, "would lie in"),
        ("project/documents", None, "would lie in"),
        (".", "texts", "would replace"),
    ],
)
def test_a_release_does_not_replace_what_it_is_made_of(
    out: str, link: str | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TUTORIAL / "project", tmp_path / "project")
    shutil.copytree(TUTORIAL / "texts", tmp_path / "texts")
    (tmp_path / "project" / "documents").mkdir(exist_ok=True)
    names = {"project": "project", "texts": "texts"}
    if link:
        (tmp_path / link).rename(tmp_path / "0.1.0")
        names[link] = "0.1.0"
    before = content_of(tmp_path)
    arguments = ("--project", names["project"], "--articles", names["texts"], "--out", out)
    refused = run("build", *arguments, "--version", "0.1.0")
    assert (refused.exit_code, told in refused.output) == (2, True), refused.output
    assert content_of(tmp_path) == before


def test_a_release_does_not_take_the_place_of_another_folder(tmp_path: Path) -> None:
    place = tmp_path / "0.9.0"
    place.mkdir()
    write_release(corpus(), tmp_path, "0.9.0", documents={})
    shutil.rmtree(place)
    place.mkdir()
    (place / "thesis.txt").write_text("theirs")
    with pytest.raises(ReleaseError, match="is there already and is no release"):
        write_release(corpus(), tmp_path, "0.9.0", documents={})
    assert (place / "thesis.txt").read_text() == "theirs"
    place.rename(tmp_path / "far")
    place.symlink_to("far")
    with pytest.raises(ReleaseError, match="is a link"):
        write_release(corpus(), tmp_path, "0.9.0", documents={})


def test_what_others_keep_beside_releases_stays(tmp_path: Path) -> None:
    others = [tmp_path / f".qantar-0.9.0.{name}" for name in ("new", "old", "zip")]
    others += [tmp_path / ".qantar-0.9.0-mine", tmp_path / ".qantar-0.9.0-file"]
    for other in others[:-1]:
        other.mkdir()
        (other / "x").write_text("theirs")
    others[-1].write_text("theirs")
    write_release(corpus(), tmp_path, "0.9.0", documents={})
    assert {path.name for path in tmp_path.iterdir()} == {
        "0.9.0",
        "qantar-0.9.0.zip",
        *(other.name for other in others),
    }
    assert all((other / "x").read_text() == "theirs" for other in others[:-1])


def test_digests_do_not_replace_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TUTORIAL / "project", tmp_path / "project")
    shutil.copytree(TUTORIAL / "texts", tmp_path / "texts")
    text = next((tmp_path / "texts").glob("*.txt"))
    digests = tmp_path / "project" / "articles" / "gazette.digests.json"
    digests.unlink(missing_ok=True)
    digests.symlink_to(text)
    before = text.read_bytes()
    refused = run("pin", "--project", "project", "--articles", "texts")
    assert refused.exit_code == 2
    assert "is the same file as" in refused.output
    assert text.read_bytes() == before


def test_sql_has_no_faults_to_write() -> None:
    refused = run("validate", "events", "--engine", "sql", "--output", "x.csv")
    assert (refused.exit_code, "leave it out" in refused.output) == (2, True)


STEERING = "\x1b[31m\x9b\x07\u202e\r\nforged"


def is_harmless(text: str) -> bool:
    return all(character.isprintable() or character in "\n\t" for character in text)


def test_no_value_of_a_record_steers_the_terminal(tmp_path: Path) -> None:
    made = corpus()
    write_release(made, tmp_path, "0.8.0", documents={})
    event = made.events[0]
    event["summary_en"] += STEERING
    for event_of_it in made.events:
        event_of_it["summary_vi"] += STEERING
    write_release(made, tmp_path / "other", "0.8.0", documents={})
    why = run("why", event["event_id"], "--folder", str(tmp_path / "other"))
    diff = run("diff", str(tmp_path / "0.8.0"), str(tmp_path / "other" / "0.8.0"))
    for told in (why, diff):
        assert told.exit_code == 0, told.output
        assert is_harmless(told.output)
        assert "\\x1b[31m\\x9b\\x07\\u202e\\r\\nforged" in told.output
        assert not [line for line in told.output.splitlines() if line.startswith("forged")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense\x1b\u202e",),
        ("--nonsense\x1b\u202e",),
        ("validate", "--nonsense\x1b\u202e"),
        ("validate", "--format", "\x1b\u202e", "x.csv"),
        ("validate", "none\x1b\u202e.csv"),
        ("validate", "none.csv", "--output", "x\x1b\u202e.xml"),
        ("validate", "none.csv", "--articles", "x\x1b\u202e"),
        ("validate", "none.csv", "--first", "\x1b\u202e"),
        ("explore", "none\x1b\u202e.csv"),
        ("explore", "--release", "\x1b\u202e"),
        ("explain", "\x1b\u202e"),
        ("why", "\x1b\u202e"),
        ("diff", "\x1b\u202e", "0.1.0"),
        ("template", "\x1b\u202e"),
        ("build", "--project", "none\x1b\u202e"),
        ("quote", "none\x1b\u202e.txt", "x"),
    ],
)
def test_no_argument_steers_the_terminal(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run(*arguments)
    assert told.exit_code != 0
    assert is_harmless(told.output)
    assert "\\x1b" in told.output
