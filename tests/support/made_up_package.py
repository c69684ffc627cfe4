"""Packages of the made-up corpus, whole or damaged, as bytes by path."""

import copy
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qantar.dataset.csv_file import write_csv
from qantar.dataset.descriptor import write_descriptor
from qantar.dataset.edition import OWN_EDITION
from qantar.dataset.facts import ReleaseFacts
from qantar.dataset.release import release_files
from qantar.schema.corpus import Corpus, languages_of
from qantar.schema.shape import Rows
from qantar.validation import Report
from support import made_up
from support.patch import patched
from support.told_tables import LANGUAGES

VERSION = "0.1.0"
Files = dict[str, bytes]


def release(corpus: Corpus | None = None) -> Files:
    """The files of a release."""
    documents = {"README.md": "A made-up release.\n"}
    return release_files(corpus or made_up.corpus(), VERSION, documents=documents)


def csv_package(tables: Rows) -> Files:
    """A CSV package of any tables, right or wrong, with digests that fit."""
    facts = ReleaseFacts(OWN_EDITION, VERSION, languages_of(tables) or LANGUAGES)
    contents = {name: write_csv(facts.tables[name], rows) for name, rows in tables.items()}
    files = {f"{name}.csv": content for name, content in contents.items()}
    descriptor = write_descriptor("csv", contents, facts)
    return files | {"datapackage.json": descriptor}


def patched_tables(case: dict[str, Any]) -> Rows:
    """The tables after a case's patches: of the corpus first, then of what is derived."""
    corpus = made_up.corpus()
    whole = patched({"events": corpus.events, "plain": corpus.plain}, case.get("corpus", []))
    tables = Corpus(whole["events"], whole["plain"], corpus.languages).tables()
    return dict(patched(copy.deepcopy(tables), case.get("tables", [])))


def put(files: Files, folder: Path) -> Path:
    """Write files below a folder, and return it."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def redescribe(files: Files, change: Callable[[Any], None]) -> Files:
    """The CSV package with its descriptor changed."""
    descriptor = json.loads(files["datapackage.json"])
    change(descriptor)
    return files | {"datapackage.json": json.dumps(descriptor, indent=2).encode()}


def zipped(files: Files) -> bytes:
    """The files in a zip, deflated, as other people's tools make it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return content.getvalue()


def rules_at(report: Report) -> set[tuple[str, str]]:
    """The rules broken, and the names of the files in which they were."""
    return {(fault.rule, Path(fault.file or "").name) for fault in report.faults}
