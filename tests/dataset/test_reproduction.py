"""Two builds differ in nothing, whatever the machine, the place and the day."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qantar.dataset.digest import sha256
from qantar.dataset.release import release_files, write_release
from support.made_up import corpus
from support.made_up_history import DOCUMENTS

TESTS = Path(__file__).parents[1]
SCRIPT = """
import os, sys, time
os.umask(int(sys.argv[2], 8))
now = time.time
time.time = lambda: now() + float(sys.argv[3])
sys.path.insert(0, sys.argv[4])
from support.made_up import corpus
from support.made_up_history import DOCUMENTS
from qantar.dataset.release import write_release
write_release(corpus(), sys.argv[1], "0.1.0", documents=DOCUMENTS)
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_in_one_process_are_the_same(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_release(corpus(), tmp_path / name, "0.1.0", documents=DOCUMENTS)
    assert digests(tmp_path / "one") == digests(tmp_path / "other")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("zone", "locale", "seed", "umask", "shift"),
    [
        ("Pacific/Kiritimati", "C", "0", "077", 0),
        ("America/St_Johns", "tr_TR.UTF-8", "4294967295", "000", 10**9),
        ("Asia/Ho_Chi_Minh", "vi_VN.UTF-8", "random", "027", -(10**8)),
    ],
)
def test_builds_elsewhere_are_the_same(
    zone: str, locale: str, seed: str, umask: str, shift: int, tmp_path: Path
) -> None:
    write_release(corpus(), tmp_path / "here", "0.1.0", documents=DOCUMENTS)
    place = tmp_path / "nơi khác" / "deep"
    place.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-c", SCRIPT, "releases", umask, str(shift), str(TESTS)],
        env=os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
        cwd=place,
        check=True,
    )
    assert digests(place / "releases") == digests(tmp_path / "here")


def test_the_files_do_not_depend_on_the_order_of_documents() -> None:
    turned = dict(reversed(DOCUMENTS.items()))
    one = release_files(corpus(), "0.1.0", documents=DOCUMENTS)
    assert one == release_files(corpus(), "0.1.0", documents=turned)
