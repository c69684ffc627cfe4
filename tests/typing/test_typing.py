"""A user's type checker knows the installed package as well as ours knows the checkout."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SETTINGS = """\
[mypy]
strict = true
# pyarrow says nothing of its types.
[mypy-pyarrow.*]
ignore_missing_imports = true
"""

pytestmark = pytest.mark.slow


def check_types(file: Path, folder: Path) -> list[tuple[int, str]]:
    """Line and code of what mypy finds, run from a folder that knows nothing of the checkout."""
    settings = folder / "mypy.ini"
    settings.write_text(SETTINGS)
    mypy = (sys.executable, "-m", "mypy", "--config-file", settings, "--cache-dir", folder / "c")
    done = subprocess.run([*mypy, file], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode < 2, done.stderr
    found = re.findall(r"^[^\n]*:(\d+): error: [^\n]*\[([\w-]+)\]$", done.stdout, re.M)
    assert bool(found) == bool(done.returncode), done.stdout
    return [(int(line), code) for line, code in found]


def test_ordinary_use_is_typed(tmp_path):
    assert check_types(HERE / "ordinary_use.py", tmp_path) == []


def test_misuse_is_refused(tmp_path):
    lines = (HERE / "misuse.py").read_text(encoding="utf-8").splitlines()
    wanted = [(n, line.split("# ")[1]) for n, line in enumerate(lines, 1) if "# " in line]
    assert wanted
    assert check_types(HERE / "misuse.py", tmp_path) == wanted
