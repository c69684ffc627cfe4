"""Paths checked, whatever lies there: records, tables, packages, folders and zips of them."""

from collections.abc import Iterable
from pathlib import Path

from qantar.schema.rule import Profile
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
from qantar.validation.packages.package import Progress
from qantar.validation.places.asked_files import AskedFiles
from qantar.validation.places.path_list import (
    KINDS,
    without_litter,
)
from qantar.validation.places.path_run import PathRun
from qantar.validation.places.place_check import PlaceCheck
from qantar.validation.places.source_check import SourceCheck, unjudged
from qantar.validation.readers.csv.form import csv_form
from qantar.validation.readers.expansion import raised_to
from qantar.validation.rules.observation import fault_by


def check_path(
    path: Path | str,
    *,
    profile: Profile | str | None = None,
    table: str | None = None,
    articles: Path | str | None = None,
    progress: Progress | None = None,
    kind: str | None = None,
    first: int | None = None,
    fail_fast: bool = False,
    separator: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    max_expansion: int | None = None,
) -> Report:
    """Check what lies at a path; see `check_paths`."""
    return check_paths(
        [path],
        profile=profile,
        table=table,
        articles=articles,
        progress=progress,
        kind=kind,
        first=first,
        fail_fast=fail_fast,
        separator=separator,
        encoding=encoding,
        decimal=decimal,
        max_expansion=max_expansion,
    )


def check_paths(
    paths: Iterable[Path | str],
    *,
    profile: Profile | str | None = None,
    table: str | None = None,
    articles: Path | str | None = None,
    progress: Progress | None = None,
    kind: str | None = None,
    first: int | None = None,
    fail_fast: bool = False,
    separator: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    max_expansion: int | None = None,
) -> Report:
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
    asked = asked_profile(profile, optional=True)
    texts = None if articles is None else Path(asked_path(articles))
    named = asked_paths(paths)
    rows = asked_count("first", first)
    kind = None if kind is None else asked_name("kind", kind, KINDS)
    if not isinstance(table, str | None):
        asked_table(table)
    form = csv_form(
        asked_text("separator", separator),
        asked_text("encoding", encoding),
        asked_text("decimal", decimal),
    )
    keeps = texts is not None
    files = SourceCheck(AskedFiles(asked, table, rows, fail_fast, keeps, progress, form))
    expansion = asked_count("max_expansion", max_expansion)
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
