"""A coding project: a folder with a registry, coding sheets and the changes of records."""

from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from qantar.builders.actors import read_cells, read_registry, read_rows
from qantar.builders.coding import CodingError, Sheet
from qantar.builders.comparison import (
    RawPass,
    coding_rows,
    match_acts,
    measure_agreement,
    read_pass,
)
from qantar.builders.compilation import compile_corpus, ranges_of
from qantar.builders.digest import digests_path, read_digests, render_digests
from qantar.builders.edition import Edition, read_edition
from qantar.builders.text import tell_difference, texts_by_digest
from qantar.schema.corpus import Corpus
from qantar.schema.history import Change
from qantar.schema.replacement import replace_text
from qantar.schema.shape import Rows

OWN_PROJECT = Path(__file__).parent
SETTLEMENT = "settlement.csv"


@dataclass(frozen=True)
class Project:
    """A folder with ``project.toml``, ``registry/*.csv``, ``articles/`` and ``changes.csv``.

    Where two coders coded blindly, ``codings/`` holds their raw passes, ``coder-*.csv``, and
    ``settlement.csv``, which says into which event each coding went.

    An article is a module with a SHEET, or a folder of modules of which one has the SHEET
    and the others, to keep them short, have EVENTS or FURTHER mentions that go into it.
    """

    folder: Path = OWN_PROJECT

    def edition(self) -> Edition:
        """What a release of the project says of itself. Raises CodingError."""
        return read_edition(self.folder)

    def sheets(self) -> list[tuple[Path, Sheet]]:
        """The sheets with the modules that hold them, in the order of article ids.

        Raises CodingError for a module that is no coding sheet, or where there is none.
        """
        articles = self.folder / "articles"
        entries = sorted(articles.iterdir()) if articles.is_dir() else []
        groups = [
            sorted(entry.glob("*.py")) if entry.is_dir() else [entry]
            for entry in entries
            if entry.is_dir() or entry.suffix == ".py"
        ]
        found = [_load_article(modules) for modules in groups if modules]
        if not found:
            raise CodingError(f"{articles} holds no coding sheet; add a module with a SHEET")
        return sorted(found, key=lambda pair: pair[1].article_id)

    def compile(self) -> Corpus:
        """Compile the sheets; needs no text. Raises CodingError."""
        sheets = [(sheet, read_digests(path, sheet.article_id)) for path, sheet in self.sheets()]
        registry = read_registry(self.folder / "registry")
        changes = read_rows(self.folder / "changes.csv", Change)
        corpus = compile_corpus(sheets, registry, changes)
        corpus.plain |= self._compare_passes(corpus)
        return corpus

    def _compare_passes(self, corpus: Corpus) -> Rows:
        """The tables of raw codings and of agreement, where two passes were made."""
        folder = self.folder / "codings"
        passes = [_read_pass(path) for path in sorted(folder.glob("coder-*.csv"))]
        if len(passes) != 2:
            return {}
        first, second = passes
        pairs = match_acts(first, second, corpus.plain["sentences"])
        settled = {
            row["coding_id"]: row["event_id"]
            for row in _read_raw(folder / SETTLEMENT, "coding_id", "event_id")
        }
        return {
            "codings": list(coding_rows(passes, settled)),
            "agreement": measure_agreement(first, second, pairs),
        }

    def pin(self, articles: Path) -> list[Path]:
        """Write the digest file of every sheet from its text; return those that changed.

        Raises CodingError where a text is not there or an offset lies outside it.
        """
        texts = texts_by_digest(articles)
        changed = []
        for path, sheet in self.sheets():
            text = texts.get(sheet.text_sha256)
            if text is None:
                raise CodingError(
                    f"no .txt file in {articles} has the digest {sheet.text_sha256} to which "
                    f"{sheet.article_id} is pinned, and "
                    f"{tell_difference(sheet.text_sha256, texts)}; "
                    "use the text exactly as it was stored"
                )
            content = render_digests(sheet.article_id, text, ranges_of(sheet))
            target = digests_path(path)
            if replace_text(target, content):
                changed.append(target)
        return changed


def _read_pass(path: Path) -> RawPass:
    return read_pass(path.stem, _read_raw(path, "coding_id", "field", "value"))


def _read_raw(path: Path, *columns: str) -> list[dict[str, str]]:
    rows = [cells for _, cells in read_cells(path)]
    missing = [name for name in columns if rows and name not in rows[0]]
    if missing:
        raise CodingError(f"{path.name} has no column {', '.join(missing)}")
    return rows


def _load_article(modules: list[Path]) -> tuple[Path, Sheet]:
    loaded = {path: _load(path) for path in modules}
    holders = [path for path, module in loaded.items() if hasattr(module, "SHEET")]
    if len(holders) != 1 or not isinstance(loaded[holders[0]].SHEET, Sheet):
        raise CodingError(
            f"{modules[0].parent if len(modules) > 1 else modules[0]} has {len(holders)} SHEETs; "
            "exactly one module of an article makes SHEET = Sheet(...)"
        )
    sheet: Sheet = loaded[holders[0]].SHEET
    for module in loaded.values():
        for coding in getattr(module, "EVENTS", ()):
            sheet.event(coding)
        for event_id, coding in getattr(module, "FURTHER", ()):
            sheet.also(event_id, coding)
    return holders[0], sheet


def _load(path: Path) -> ModuleType:
    spec = spec_from_file_location(f"qantar_sheet_{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise CodingError(f"{path} is not a Python module")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        # A sheet is the coder's own program: whatever goes wrong in it is for the coder to see.
        what = f"{type(error).__name__}: {error}"
        raise CodingError(f"{path} cannot be read as a coding sheet: {what}") from error
    return module
