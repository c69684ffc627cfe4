"""Every engine of JSON Schema and the models give one verdict on a record, sound or damaged."""

import copy
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from pydantic import ValidationError

from qantar.dataset import path
from qantar.schema import Event
from qantar.schema.publication import PUBLISHED
from qantar.schema.version import SCHEMA_VERSION
from support import made_up

Record = dict[str, Any]
CONVERTED = Path(__file__).parents[1] / "examples" / "exchange"
MUTATED = 1_500
HOSTILE: list[Any] = [
    None,
    True,
    0,
    1.5,
    "",
    "=1",
    "a\nb",
    "a\n",
    "QTR-000001\n",
    "certain",
    "[2022-01-01..2022-01-02]",
    "[2022-01-01..2022-01-02]?",
    "0001-01-01",
    "GED-~3007",
    "plover:assault",
    [],
    {},
]
NAMES = [
    *("summary_en", "summary_pt_br", "summary_EN", "summary_en\n", "summary", "summary_en-us"),
    *("object_es", "condition_ar", "source_x", "source_", "source_X", "source_url"),
    *("fatalities_best", "x"),
]
# In strict mode ajv refuses what is not portable; it prints 1 for each record that is valid.
AJV = """
const Ajv = require('ajv/dist/2020'), fs = require('fs');
const valid = new Ajv({strict: true}).compile(JSON.parse(fs.readFileSync(process.argv[2])));
for (const line of fs.readFileSync(process.argv[3], 'utf8').split('\\n'))
  if (line) console.log(valid(JSON.parse(line)) ? 1 : 0);
"""


def records(name: str) -> list[Record]:
    """Sound records of a profile: made up, released, and of other systems."""
    found = made_up.corpus().events
    if name == "event":
        return found
    read = (json.loads(file.read_text("utf-8")) for file in sorted(CONVERTED.glob("*.json")))
    # Others are flat rows, and lists of records.
    return [*found, *(r for r in read if isinstance(r, dict) and "schema_version" in r)]


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        yield (*place, key)
        if isinstance(item, dict | list):
            yield from places(item, (*place, key))


def damaged(record: Record, chance: random.Random) -> Record:
    """The record with a field more, less, or otherwise."""
    changed = copy.deepcopy(record)
    if chance.random() < 0.3:
        changed[chance.choice(NAMES)] = chance.choice([*HOSTILE, *["A text."] * len(HOSTILE)])
        return changed
    *around, last = chance.choice([*places(changed)])
    held: Any = changed
    for step in around:
        held = held[step]
    if chance.random() < 0.4 and isinstance(last, str):
        del held[last]
    else:
        held[last] = chance.choice(HOSTILE)
    return changed


def is_modelled(record: Record) -> bool:
    try:
        Event.model_validate(record)
    except ValidationError:
        return False
    return True


@pytest.fixture(scope="module")
def ajv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ajv 8 is installed."""
    folder = tmp_path_factory.mktemp("ajv")
    if shutil.which("npm") is None:
        pytest.skip("Node is not here, so ajv is not asked")
    install = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "ajv@8"]
    if subprocess.run(install, capture_output=True, timeout=120, check=False).returncode:
        pytest.skip("npm cannot install ajv, so it is not asked")
    (folder / "check.js").write_text(AJV)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", ["event", "exchange"])
def test_all_engines_give_one_verdict(name: str, ajv: Path) -> None:
    chance = random.Random(20220105)
    sound = records(name)
    asked = [*sound, *(damaged(chance.choice(sound), chance) for _ in range(MUTATED))]
    (ajv / "records.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in asked), "utf-8")
    schema = PUBLISHED / SCHEMA_VERSION / f"{name}.schema.json"
    command = ["node", "check.js", str(schema), "records.jsonl"]
    told = subprocess.run(command, cwd=ajv, capture_output=True, text=True, check=True).stdout
    published = json.loads(schema.read_text("utf-8"))
    python = jsonschema.Draft202012Validator(published)
    rust = jsonschema_rs.Draft202012Validator(published)
    verdicts = [line == "1" for line in told.split()]
    assert all(verdicts[: len(sound)])
    assert not all(verdicts)
    assert verdicts == [python.is_valid(record) for record in asked]
    assert verdicts == [rust.is_valid(record) for record in asked]
    if name == "event":
        assert verdicts == [is_modelled(record) for record in asked]


@pytest.mark.slow
def test_released_records_keep_the_schema_that_they_name(ajv: Path) -> None:
    for release in ("0.1.0", "0.2.0"):
        folder = path(release)
        schema = PUBLISHED / "0.1.0" / "event.schema.json"
        command = ["node", "check.js", str(schema), str(folder / "events.jsonl")]
        told = subprocess.run(command, cwd=ajv, capture_output=True, text=True, check=True).stdout
        assert {*told.split()} == {"1"}
