"""The CSV files of the codebook, line by line."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

CODEBOOK = Path(__file__).parent / "codebook"
GLOSSES = "glosses"
# The list, and the language as the suffix of columns has it.
_GLOSS_FILE = re.compile("([a-z]+)_([a-z]{2,3}(?:_[a-z0-9]{2,8})*)")


def read_lines(file_name: str | Path) -> Iterator[dict[str, str]]:
    """The lines of a file as text; an empty cell is no key.

    file_name: of the codebook, or the path of another list that is kept so.
    """
    with (CODEBOOK / file_name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield {name: cell for name, cell in line.items() if cell != ""}


def read_glosses(name: str) -> dict[str, dict[str, str]]:
    """What a list of the codebook says in further languages: text by code, by language.

    ``glosses/actions_es.csv`` has the glosses of actions in Spanish: a line for each code, the
    code and then the text, under a header. ``glosses/countries_es.csv`` has names of countries.
    """
    found: dict[str, dict[str, str]] = {}
    for path in sorted((CODEBOOK / GLOSSES).glob(f"{name}_*.csv")):
        named = _GLOSS_FILE.fullmatch(path.stem)
        if named is None or named[1] != name:
            raise ValueError(f"{path} is not named by a list and a language, as actions_es.csv is")
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        found[named[2]] = {line[0]: line[1] for line in lines[1:] if len(line) > 1 and line[1]}
    return found
