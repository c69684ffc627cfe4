"""Editors complete codes with their labels, in JSON and YAML, without a key in the record."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from qantar.schema.codebook import actions
from qantar.schema.publication import PUBLISHED
from qantar.schema.version import SCHEMA_VERSION
from support import made_up

SCRIPT = Path(__file__).parents[1] / "editor" / "complete.js"
SCHEMA = PUBLISHED / SCHEMA_VERSION / "event.editor.schema.json"
MODELINE = f"# yaml-language-server: $schema={SCHEMA.as_uri()}\n"


def ask(language: str, text: str, after: str, folder: Path) -> dict[str, Any]:
    """What the language server offers right after the first place where a text stands."""
    before = text[: text.index(after) + len(after)]
    request = {
        "language": language,
        "schema": SCHEMA.as_uri(),
        "file": (folder / f"record.{language}").as_uri(),
        "text": text,
        "line": before.count("\n"),
        "character": len(before) - before.rfind("\n") - 1,
    }
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not here")
    done = subprocess.run(
        [node, SCRIPT], input=json.dumps(request), capture_output=True, text=True, check=False
    )
    if "Cannot find module" in done.stderr and "QANTAR_NODE_MODULES" not in os.environ:
        pytest.skip("set QANTAR_NODE_MODULES to a folder with the language servers' packages")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    ("language", "text", "after"),
    [
        ("json", '{\n  "action_code": \n}', '"action_code": '),
        ("yaml", f"{MODELINE}event_id: TST-000001\naction_code: ", "action_code: "),
    ],
)
def test_codes_are_offered_with_their_labels(
    tmp_path: Path, language: str, text: str, after: str
) -> None:
    offered = ask(language, text, after, tmp_path)
    told = {label.strip('"'): words for label, words in offered["documentation"].items()}
    assert actions().keys() <= told.keys()
    assert actions()["cameo:041"].action_name in told["cameo:041"]


@pytest.mark.parametrize("language", ["json", "yaml"])
def test_a_good_record_has_no_problem_and_a_bad_code_one(tmp_path: Path, language: str) -> None:
    event = made_up.corpus().events[0]
    start = MODELINE if language == "yaml" else ""
    good = start + json.dumps(event, indent=2)
    assert ask(language, good, "{", tmp_path)["problems"] == []
    bad = good.replace(event["action_code"], "cameo:41", 1)
    line = good[: good.index('"action_code"')].count("\n")
    assert [n for n, _ in ask(language, bad, "{", tmp_path)["problems"]] == [line]
