"""Tasks, hooks and the contributors' page agree on what there is to run."""

import re
import runpy
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
TASK = runpy.run_path(str(ROOT / "task.py"), run_name="task")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def hooks():
    settings = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in settings["repos"]] == ["local"]
    return settings["repos"][0]["hooks"]


def test_the_page_names_every_task():
    assert set(re.findall(r"python3 task\.py (\w+)", CONTRIBUTING)) == set(TASK["TASKS"])


def test_the_task_runner_tells_of_every_task():
    told = re.sub(r"\([^)]*\)", "", TASK["__doc__"].split("Tasks:")[1])
    assert re.findall(r"\w+", told) == list(TASK["TASKS"])


def test_the_hooks_ask_what_the_check_asks_first(hooks):
    asked = [hook["entry"].removeprefix(".venv/bin/").split() for hook in hooks]
    for words, (tool, *arguments) in zip(asked, TASK["STYLE"], strict=True):
        assert words[0] == tool
        assert words[1:2] == arguments[:1]


def test_a_hook_needs_nothing_from_elsewhere(hooks):
    for hook in hooks:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def test_commands_that_mend_are_modules_that_exist():
    for module in re.findall(r"python -m (qantar[.\w]+)", CONTRIBUTING):
        found = [ROOT / root / module.replace(".", "/") for root in ("schema", "dataset")]
        assert any(p.with_suffix(".py").exists() or (p / "__main__.py").exists() for p in found)
