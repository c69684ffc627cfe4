"""Set up the project and run a task: ``python3 task.py TASK``; needs Python 3.11 and nothing else.

Tasks: build, test, check (what continuous integration runs), format, docs, engines (the rules on
clusters), metadata (what other people's validators say of a release), lock.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENGINES = ("--extra", "dask", "--extra", "ray", "--extra", "spark")
ENGINE_TESTS = (
    "tests/validation/engine/cluster/test_dask_frame.py",
    "tests/validation/engine/cluster/test_ray_dataset.py",
    "tests/validation/engine/cluster/test_spark_frame.py",
    "tests/dataset/test_engine_option.py",
    "tests/dataset/conversion/test_spark.py",
)
BIN = "Scripts" if sys.platform == "win32" else "bin"
# Where one process has run out of tests, it takes some that wait for the other.
SPREAD = ("-q", "-n", "2", "--dist", "worksteal")
# The hooks for commits ask the same.
STYLE = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports",))


def run(*command: str | Path) -> None:
    """Run a command in the project's folder and stop with its status where it fails."""
    print("+", *[str(part).removeprefix(f"{ROOT}/") for part in command], flush=True)
    status = subprocess.run([str(part) for part in command], cwd=ROOT).returncode
    if status:
        sys.exit(status)


def set_up(requirements: str, name: str = ".venv", *, project: str = "-e.") -> Path:
    """Make a virtual environment with the locked requirements and the project in it."""
    folder = ROOT / name
    python = folder / BIN / "python"
    locked = ROOT / "requirements" / f"{requirements}.txt"
    stamp = folder / f"installed-{requirements}"
    wanted = hashlib.sha256(
        locked.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + project.encode()
    ).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and project == "-e.":
        return python
    if not python.exists():
        venv.create(folder, with_pip=True)
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", locked)
    run(*pip, "--no-deps", "--no-build-isolation", "--force-reinstall", project)
    stamp.write_text(wanted)
    return python


def build(*arguments: str) -> None:
    """Compile the coding sheets, validate them and write the release."""
    run(set_up("run"), "-m", "qantar.dataset.command", "build", *arguments)


def test(*arguments: str) -> None:
    """Run the suite, without the slow part."""
    run(set_up("test"), "-m", "pytest", *SPREAD, "-m", "not slow", *arguments)


def format_code() -> None:
    """Mend what can be mended of style, and lay out the code."""
    ruff = set_up("test").parent / "ruff"
    run(ruff, "check", "--fix", ".")
    run(ruff, "format", ".")


def docs() -> None:
    """Build the documentation site in build/docs; a warning is an error."""
    python = set_up("docs", ".venv-docs")
    # Of pages built before, Sphinx would repeat neither the warnings nor the removal.
    shutil.rmtree(ROOT / "build" / "docs", ignore_errors=True)
    run(python, "-m", "sphinx", "--fail-on-warning", "--keep-going", "-q", "docs", "build/docs")
    print(f"Open {ROOT / 'build' / 'docs' / 'index.html'}")


def metadata(*arguments: str) -> None:
    """Let mlcroissant and datasets read a release; heavy, so in an environment of its own."""
    python = set_up("metadata", ".venv-metadata")
    run(python, "-m", "pytest", "-q", "tests/dataset/metadata", *arguments)


def check() -> None:
    """Run what the suite leaves out: style, types, imports, slow tests, the built wheel."""
    python = set_up("test")
    for tool, *arguments in STYLE:
        run(python.parent / tool, *arguments)
    docs()
    run(python, "-m", "pytest", *SPREAD, "-m", "slow")
    metadata()
    engines()
    run(python, "-m", "hatchling", "build", "-t", "wheel", "-d", ROOT / "build" / "wheel")
    wheel = max((ROOT / "build" / "wheel").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    fresh = set_up("test", ".venv-wheel", project=str(wheel))
    run(fresh, "-m", "pytest", *SPREAD, "-m", "not slow", "-o", "pythonpath=tests", "tests")
    run(fresh, "-m", "pytest", "-q", "-m", "slow", "-o", "pythonpath=tests", "tests/typing")


def engines(*arguments: str) -> None:
    """Run the tests of Spark, Dask and Ray, which have an environment of their own (1.5 GB)."""
    python = set_up("engines", ".venv-engines")
    run(python, "-m", "pytest", "-q", "-rs", "-m", "", *ENGINE_TESTS, *arguments)


def lock() -> None:
    """Resolve the requirements anew; needs uv."""
    common = ("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet")
    plain = ("--no-emit-index-url", "--no-header", "--no-annotate", "--upgrade")
    for name, extra in (
        ("run", ("--group", "build")),
        ("test", ("--group", "build", "--group", "dev", "--extra", "duckdb")),
        ("docs", ("--group", "build", "--group", "docs")),
        ("metadata", ("--group", "build", "--group", "metadata")),
        ("engines", ("--group", "build", "--group", "engines", *ENGINES)),
    ):
        target = ROOT / "requirements" / f"{name}.txt"
        run("uv", "pip", "compile", "pyproject.toml", *extra, *common, *plain, "-o", target)


TASKS = {
    "build": build,
    "test": test,
    "check": check,
    "format": format_code,
    "docs": docs,
    "engines": engines,
    "metadata": metadata,
    "lock": lock,
}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever Python the reader has
        sys.exit("Qantar needs Python 3.11 or newer; this is " + sys.version.split()[0])
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        sys.exit(__doc__)
    try:
        TASKS[sys.argv[1]](*sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit("Stopped; what was there is whole.")
