"""Paths checked, whatever lies there: records, tables, packages, folders and zips of them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Unpack

from qantar.schema.tables import TABLES
from qantar.validation.faults.argument import (
    asked_count,
    asked_name,
    asked_path,
    asked_paths,
    asked_profile,
    asked_table,
    asked_text,
)
from qantar.validation.faults.report import Reading, Report
from qantar.validation.faults.suggestion import nearest
from qantar.validation.places.asked_files import AskedFiles
from qantar.validation.places.options import PathOptions, names_options, refuse_others
from qantar.validation.places.path_list import KINDS, without_litter
from qantar.validation.places.path_run import PathRun
from qantar.validation.places.place_check import PlaceCheck
from qantar.validation.places.source_check import SourceCheck, unjudged
from qantar.validation.readers.csv.form import csv_form
from qantar.validation.readers.expansion import raised_to
from qantar.validation.rules.observation import fault_by


@names_options(PathOptions)
def check_path(path: Path | str, **options: Unpack[PathOptions]) -> Report:
    """Check what lies at a path; see `check_paths`."""
    return check_paths([path], **options)


@names_options(PathOptions)
def check_paths(paths: Iterable[Path | str], **options: Unpack[PathOptions]) -> Report:
    """Check files, folders, packages, patterns, standard input (``-``) and remote paths.

    A `.json` or `.jsonl` file holds nested records, or flat rows of a table. A folder is a
    release or a package where it has a descriptor, else every data file below it is
    checked; folders named as ``year=2022`` give their files a column. Only a path with a
    scheme (``https://``) leads to the network. profile: what is asked, by default what the
    columns or the descriptor promise. table: which table CSV, TSV, Parquet and Excel files
    and flat rows are, by default told by their columns. articles: a folder of the articles'
    texts. progress: told each step. kind: of standard input and of files that are named,
    where their names do not tell it. first: how many rows of each file to read. fail_fast:
    whether to stop after the first error; the report tells what was not read. separator, decimal:
    the signs between cells and in numbers of CSV and TSV files, such as ``;`` and ``,``.
    encoding: of text, by default UTF-8. max_expansion: how many times its own size a compressed
    file may expand, by default some hundreds.

    Bad files give faults, not exceptions. Raises ValueError for a profile, a kind, a separator,
    an encoding or a decimal sign that there is not, TypeError for what is no path, no name or
    no number.
    """
    refuse_others(options, PathOptions)
    profile = asked_profile(options.get("profile"), optional=True)
    articles, table = options.get("articles"), options.get("table")
    texts = None if articles is None else Path(asked_path(articles))
    named = asked_paths(paths)
    rows = asked_count("first", options.get("first"))
    kind = options.get("kind")
    kind = None if kind is None else asked_name("kind", kind, KINDS)
    if not isinstance(table, str | None):
        asked_table(table)
    form = csv_form(
        asked_text("separator", options.get("separator")),
        asked_text("encoding", options.get("encoding")),
        asked_text("decimal", options.get("decimal")),
    )
    fail_fast, progress = options.get("fail_fast", False), options.get("progress")
    keeps = texts is not None
    files = SourceCheck(AskedFiles(profile, table, rows, fail_fast, keeps, progress, form))
    expansion = asked_count("max_expansion", options.get("max_expansion"))
    if table is not None and table not in TABLES:
        return _unknown_table(table)
    meant = named if kind else without_litter(named)
    lost = Report()
    if texts is not None and not texts.is_dir():
        told = f"There is no folder {texts}, so no span was checked against the articles' texts."
        lost, texts = unjudged(texts, "", "file-unreadable", told), None
    with files.gathered.opened, raised_to(expansion):
        run = PathRun(PlaceCheck(files, texts, progress, kind))
        found = run.run(meant, fail_fast=fail_fast)
    return lost.joined(found)


def _unknown_table(table: str) -> Report:
    guess = nearest(table, list(TABLES))
    fault = fault_by("table-unknown", f"There is no table {table!r}.", suggestion=guess)
    return Report((fault,), (Reading(table, "table", judged=False),))
