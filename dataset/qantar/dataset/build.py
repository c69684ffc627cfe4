"""From coding sheets to a release: compile, write aside, validate, put in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from qantar.builders.project import Project
from qantar.dataset.document import own_documents, project_documents
from qantar.dataset.error import ReleaseError
from qantar.dataset.release import Progress, write_release
from qantar.dataset.workplace import is_own
from qantar.schema.corpus import Corpus
from qantar.validation.paths.check import check_paths
from qantar.validation.reports.report import render_text


@dataclass(frozen=True)
class Build:
    """What was built."""

    folder: Path
    corpus: Corpus
    texts_verified: int


def build_release(
    project: Project,
    folder: Path,
    version: str | None = None,
    *,
    articles: Path | None = None,
    progress: Progress | None = None,
) -> Build:
    """Compile a project and release it as ``folder/<version>/``.

    version: by default that of the project's edition. With the articles' texts every span
    is verified. Raises ``CodingError`` where a sheet cannot be compiled, and
    ``ReleaseError`` where the release has faults or cannot be written; what was there
    before is then whole.
    """
    tell = progress or (lambda _: None)
    tell("Compiling the coding sheets")
    corpus = project.compile()
    edition = project.edition()
    version = version or edition.version
    documents = (
        own_documents(corpus, version)
        if is_own(project)
        else project_documents(project, corpus, version)
    )

    def refuse_faults(files: Mapping[str, bytes]) -> None:
        tell("Validating the release" + (" against the texts" if articles else ""))
        _refuse_faults(files, articles)

    released = write_release(
        corpus,
        folder,
        version,
        documents=documents,
        edition=edition,
        inspect=refuse_faults,
        progress=tell,
    )
    return Build(released, corpus, len(corpus.plain["articles"]) if articles else 0)


def _refuse_faults(files: Mapping[str, bytes], articles: Path | None) -> None:
    with TemporaryDirectory() as name:
        for path, content in files.items():
            target = Path(name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        report = check_paths([Path(name)], articles=articles)
    lost = [fault for fault in report.faults if fault.rule == "text-missing"]
    if report.exit_code or lost:
        faults = render_text(report).replace(f"{name}/", "")
        raise ReleaseError(f"The release has faults and was not written:\n{faults}")
