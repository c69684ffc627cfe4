"""From coding sheets to a release: compile, write aside, validate, put in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

from qantar.builders.assembly import Assembly
from qantar.builders.project import Project
from qantar.dataset.document import own_documents, project_documents
from qantar.dataset.error import ReleaseError, UnexplainedError, UnfitReleaseError
from qantar.dataset.release import Progress, write_release
from qantar.dataset.text import project_texts
from qantar.dataset.tracing import trace_faults
from qantar.dataset.workplace import is_own
from qantar.schema.aside import temporary_folder
from qantar.schema.corpus import Corpus
from qantar.schema.rule import Severity
from qantar.validation.faults.report import Report
from qantar.validation.places.check import check_paths
from qantar.validation.reports.report import render_text


@dataclass(frozen=True)
class Build:
    """What was built.

    warnings: those of the release, rendered; empty where there are none. remarks: what is to
    be told of the project that is no fault.
    """

    folder: Path
    corpus: Corpus
    texts_verified: int
    warnings: str = ""
    remarks: tuple[str, ...] = ()


def build_release(
    project: Project,
    folder: Path,
    version: str | None = None,
    *,
    articles: Path | None = None,
    keep_failed: bool = False,
    progress: Progress | None = None,
) -> Build:
    """Compile a project and release it as ``folder/<version>/``.

    version: by default that of the project's edition. With the articles' texts every span
    is verified. Texts that are free, from there or from the project's folder `texts`, are
    released with it. keep_failed: whether a release with faults is left in a temporary folder,
    which the error names. Raises ``CodingError`` where sheets cannot be compiled, and
    ``ReleaseError`` where the release has faults or cannot be written; what was there
    before is then whole.
    """
    tell = progress or (lambda _: None)
    tell("Compiling the coding sheets")
    assembly = project.assemble()
    corpus = assembly.corpus
    edition = project.edition()
    version = version or edition.version
    documents = _documents(project, corpus, version)
    with temporary_folder() as made:
        inspection = _Inspection(assembly, articles, made)

        def inspect(files: Mapping[str, bytes]) -> None:
            tell("Validating the release" + (" against the texts" if articles else ""))
            inspection.refuse_faults(files)

        try:
            released = write_release(
                corpus,
                folder,
                version,
                documents=documents,
                edition=edition,
                released=edition.released,
                texts=project_texts(project.folder, articles),
                inspect=inspect,
                progress=tell,
            )
        except ReleaseError as error:
            told: ReleaseError = error
            if isinstance(error, UnexplainedError):
                told = error.placed(assembly.place_of_event)
            elif isinstance(error, UnfitReleaseError):
                told = error.placed(partial(_place_of_cell, assembly))
            if not (keep_failed and any(made.iterdir())):
                raise told from error
            kept = mkdtemp(prefix="qantar-failed-")
            copytree(made, kept, dirs_exist_ok=True)
            raise ReleaseError(f"{told}\nWhat was made lies in {kept}.") from error
    verified = len(corpus.plain["articles"]) if articles else 0
    return Build(released, corpus, verified, inspection.warnings, assembly.remarks)


def _documents(project: Project, corpus: Corpus, version: str) -> dict[str, str]:
    if is_own(project):
        return own_documents(corpus, version)
    return project_documents(project, corpus, version)


def _place_of_cell(assembly: Assembly, table: str, row: int, column: str) -> str | None:
    origin = assembly.origin_of_row(table, row, column)
    return f"{origin.place}: {origin.name}" if origin else None


@dataclass
class _Inspection:
    """Judges the files of a release, laid out in a folder, before they are put in place."""

    assembly: Assembly
    articles: Path | None
    folder: Path
    warnings: str = ""

    def refuse_faults(self, files: Mapping[str, bytes]) -> None:
        """Keep the warnings; raise ``ReleaseError`` for faults."""
        for path, content in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        found = check_paths([self.folder], articles=self.articles)
        report = trace_faults(found, self.assembly, str(self.folder))
        lost = [fault for fault in report.faults if fault.rule == "text-missing"]
        if report.exit_code or lost:
            faults = render_text(report, details=True).rstrip()
            raise ReleaseError(f"The release has faults and was not written:\n{faults}")
        warned = tuple(f for f in report.faults if f.severity is Severity.warning)
        if warned:
            self.warnings = render_text(Report(warned, report.read), details=True)
