"""The documents that travel with a release: figures in them are computed, not typed.

``python -m qantar.dataset.document`` writes those that also stand at the top of the
repository; a test compares them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any

from qantar.builders.edition import Edition
from qantar.builders.project import Project
from qantar.dataset.card import write_card
from qantar.dataset.edition import OWN_EDITION
from qantar.schema.corpus import Corpus, languages_of
from qantar.schema.replacement import replace_text
from qantar.schema.shape import Rows
from qantar.schema.tables import TABLES
from qantar.schema.vocabulary import CountedActs

TEMPLATES = Path(__file__).parent / "documents"
AT_THE_TOP = ("CITATION.cff", "DATASHEET.md", "LICENSE", "LICENSE-DATA")


def own_documents(corpus: Corpus, version: str) -> dict[str, str]:
    """README, datasheet, citation and licences of the project's own dataset by file name."""
    facts = _facts(corpus.tables(), version, OWN_EDITION)
    return {
        path.name: Template(path.read_text(encoding="utf-8")).substitute(facts)
        for path in sorted(TEMPLATES.iterdir())
        if path.is_file()
    }


def project_documents(project: Project, corpus: Corpus, version: str) -> dict[str, str]:
    """A README made for any coding project, and the files of its folder ``documents``."""
    facts = _facts(corpus.tables(), version, project.edition())
    readme = Template((TEMPLATES / "README.md").read_text(encoding="utf-8")).substitute(facts)
    own = project.folder / "documents"
    given = {
        path.name: path.read_text(encoding="utf-8")
        for path in (sorted(own.iterdir()) if own.is_dir() else [])
        if path.is_file()
    }
    return {"README.md": readme} | given


def _facts(rows: Rows, version: str, edition: Edition) -> dict[str, Any]:
    events = rows["events"]
    return {
        "card": write_card(edition, rows),
        "title": edition.title,
        "summary": edition.summary.strip(),
        "version": version,
        "summaries": ", ".join(f"`summary_{language}`" for language in languages_of(rows)),
        "how_coded": edition.how_coded.strip(),
        "tables": "\n".join(
            f"| {name} | {len(rows[name])} | "
            f"{table.description.removeprefix('One row is ').rstrip('.')} |"
            for name, table in TABLES.items()
        ),
        **{f"n_{name}": len(content) for name, content in rows.items()},
        "n_occurred": sum(event["occurred"] for event in events),
        "n_low": _count(events, "confidence", "low"),
        "n_medium": _count(events, "confidence", "medium"),
        "n_defensible": _count(rows["alternatives"], "standing", "defensible"),
        "n_begun": sum("valid_from" in role for role in rows["actor_roles"]),
        "n_ended": sum("valid_to" in role for role in rows["actor_roles"]),
        "by_factuality": _tally(events, "factuality"),
        "by_disposition": _tally(rows["sentences"], "disposition"),
        "agreement": "\n".join(_agreement_lines(rows["agreement"])),
    }


def _count(rows: Iterable[Mapping[str, Any]], column: str, value: str) -> int:
    return sum(row.get(column) == value for row in rows)


def _tally(rows: Iterable[Mapping[str, Any]], column: str) -> str:
    counts = Counter(str(row[column]) for row in rows)
    return ", ".join(f"{value} {count}" for value, count in counts.most_common())


def _agreement_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line for what was compared by how: in the acts that match, beside it in all acts."""
    lines: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows:
        interval = f"{row['low']:.2f} to {row['high']:.2f}"
        line = lines.setdefault((row["coders"], row["field"], row["measure"]), {})
        line[row["counted"]] = f"{row['value']:.2f} ({interval}), {row['n']}"
    for (coders, field, measure), line in lines.items():
        figures = (line.get(counted, "") for counted in CountedActs)
        cells = (coders.replace(";", ", "), field, measure, *figures)
        yield f"| {' | '.join(cells)} |"


def write_at_the_top(root: Path) -> list[Path]:
    """Write the documents that stand at the top of the repository; return those changed."""
    documents = own_documents(Project().compile(), OWN_EDITION.version)
    return [root / name for name in AT_THE_TOP if replace_text(root / name, documents[name])]


if __name__ == "__main__":
    for written in write_at_the_top(Path.cwd()):
        print(written.name)
