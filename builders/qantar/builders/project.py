"""A coding project: a folder with a registry, coding sheets and the changes of records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from traceback import extract_tb
from types import ModuleType

from qantar.builders.actors import Registry, read_registry
from qantar.builders.assembly import Assembly
from qantar.builders.coding import CodingError
from qantar.builders.compilation import Compilation
from qantar.builders.digest import (
    Digests,
    check_range,
    digests_path,
    read_digests,
    render_digests,
)
from qantar.builders.edition import Edition, read_edition
from qantar.builders.event_compiler import Compiled
from qantar.builders.gathering import Gathering
from qantar.builders.hand_kept_file import PlacedRow, read_rows
from qantar.builders.origin import Place, place_in
from qantar.builders.passes import Compared, compare_passes
from qantar.builders.sheet import Sheet
from qantar.builders.span_range import written_ranges
from qantar.builders.text import tell_difference, texts_by_digest
from qantar.schema.corpus import Corpus
from qantar.schema.history import Change
from qantar.schema.replacement import replace_text

OWN_PROJECT = Path(__file__).parent


@dataclass(frozen=True)
class Project:
    """A folder with ``project.toml``, ``registry/*.csv``, ``articles/`` and ``changes.csv``.

    Where coders coded blindly, ``codings/`` holds their raw passes, ``coder-*.csv``, and
    ``settlement.csv``, which says into which event each coding went, or why into none.

    An article is a module with a SHEET, or a folder of modules of which one has the SHEET
    and the others, to keep them short, have EVENTS or FURTHER mentions that go into it.
    """

    folder: Path = OWN_PROJECT

    def edition(self) -> Edition:
        """What a release of the project says of itself. Raises CodingError."""
        return read_edition(self.folder)

    def sheets(self) -> list[tuple[Path, Sheet]]:
        """The sheets with the modules that hold them, in the order of article ids.

        Raises CodingError for every module that is no coding sheet, or where there is none.
        """
        faults = Gathering()
        found = self._sheets(faults)
        faults.raise_any()
        return found

    def compile(self) -> Corpus:
        """Compile the sheets; needs no text. Raises CodingError that tells all faults."""
        return self.assemble().corpus

    def assemble(self) -> Assembly:
        """Compile the sheets and remember where each row was written. Raises CodingError."""
        faults = Gathering()
        read = self._sheets(faults)
        whole = not faults
        languages: tuple[str, ...] = ()
        with faults.catching():
            languages = self.edition().languages
        changes: list[PlacedRow] = []
        with faults.catching():
            changes = read_rows(self.folder / "changes.csv", Change)
        sheets = [(sheet, _digests_of(path, sheet, faults)) for path, sheet in read]
        registry = Registry((), (), ())
        compiled: list[Compiled] = []
        run = Compilation(sheets, registry, languages, faults, whole)
        with faults.catching():
            # An actor whom a registry lacks that is not whole is no fault of the sheets.
            registry = read_registry(self.folder / "registry", languages)
            run = Compilation(sheets, registry, languages, faults, whole)
            compiled = run.events()
        compared = Compared({}, {})
        with faults.catching():
            compared = compare_passes(self.folder / "codings", run.sentence_starts())
        plain = {
            **registry.rows(),
            "articles": run.articles(),
            "sentences": run.sentences(),
            "changes": [placed.cells for placed in changes],
            **{"codings": [], "agreement": [], **compared.rows},
        }
        run.ground.tell_unpinned()
        faults.raise_any()
        places: dict[str, Sequence[Place | None]] = {
            **registry.places,
            "articles": [sheet.written_at for sheet, _ in sheets],
            "sentences": [line.written_at for sheet, _ in sheets for line in sheet.lines],
            "changes": [placed.place for placed in changes],
            **compared.places,
        }
        corpus = Corpus([event.record for event in compiled], plain, languages)
        return Assembly(corpus, tuple(compiled), places, compared.remarks)

    def pin(self, articles: Path) -> list[Path]:
        """Write the digest file of every sheet from its text; return those that changed.

        Raises CodingError where texts are not there or offsets lie outside them; nothing is
        written then.
        """
        texts = texts_by_digest(articles)
        faults = Gathering()
        contents: dict[Path, str] = {}
        for path, sheet in self.sheets():
            with faults.catching():
                contents[digests_path(path)] = _pinned(sheet, texts, articles)
        faults.raise_any()
        return [target for target, content in contents.items() if replace_text(target, content)]

    def _sheets(self, faults: Gathering) -> list[tuple[Path, Sheet]]:
        articles = self.folder / "articles"
        entries = sorted(articles.iterdir()) if articles.is_dir() else []
        groups = [
            sorted(entry.glob("*.py")) if entry.is_dir() else [entry]
            for entry in entries
            if entry.is_dir() or entry.suffix == ".py"
        ]
        found = []
        for modules in filter(None, groups):
            with faults.catching():
                found.append(_load_article(modules))
        if not found and not faults:
            told = f"{place_in(articles)} holds no coding sheet; add a module with a SHEET"
            faults.add(CodingError(told))
        return sorted(found, key=lambda pair: pair[1].article_id)


def _pinned(sheet: Sheet, texts: Mapping[str, str], articles: Path) -> str:
    """The digest file of a sheet. Raises CodingError for all offsets that are wrong."""
    text = texts.get(sheet.text_sha256)
    if text is None:
        raise CodingError(
            f"no .txt file in {articles} has the digest {sheet.text_sha256} to which "
            f"{sheet.article_id} is pinned, and {tell_difference(sheet.text_sha256, texts)}; "
            "use the text exactly as it was stored",
            sheet.written_at,
        )
    faults = Gathering()
    ranges = set()
    for words, place, what in written_ranges(sheet):
        try:
            check_range(sheet.article_id, text, words)
            ranges.add(words)
        except CodingError as error:
            faults.add(CodingError(f"{what}: {error}", place))
    faults.raise_any()
    return render_digests(sheet.article_id, text, sorted(ranges), sheet.digest_key)


def _digests_of(path: Path, sheet: Sheet, faults: Gathering) -> Digests:
    with faults.catching():
        return read_digests(path, sheet.article_id, sheet.digest_key)
    return Digests(sheet.article_id, {}, lost=True)


def _load_article(modules: list[Path]) -> tuple[Path, Sheet]:
    loaded = {path: _load(path) for path in modules}
    holders = [path for path, module in loaded.items() if hasattr(module, "SHEET")]
    if len(holders) != 1 or not isinstance(loaded[holders[0]].SHEET, Sheet):
        article = place_in(modules[0].parent if len(modules) > 1 else modules[0])
        raise CodingError(
            f"{article} has {len(holders)} SHEETs; "
            "exactly one module of an article makes SHEET = Sheet(...)"
        )
    sheet: Sheet = loaded[holders[0]].SHEET
    for path, module in loaded.items():
        try:
            for coding in getattr(module, "EVENTS", ()):
                sheet.event(coding)
            for event_id, coding in getattr(module, "FURTHER", ()):
                sheet.also(event_id, coding)
        except (AttributeError, TypeError, ValueError) as error:
            told = "EVENTS takes event(...), FURTHER pairs of an event id and mention(...)"
            raise CodingError(f"{told}: {error}", place_in(path)) from error
    return holders[0], sheet


def _load(path: Path) -> ModuleType:
    spec = spec_from_file_location(f"qantar_sheet_{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise CodingError(f"{place_in(path)} is not a Python module")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        # A sheet is the coder's own program: whatever goes wrong in it is for the coder to see.
        told = error.msg if isinstance(error, SyntaxError) else error
        what = f"{type(error).__name__}: {told}"
        place = place_in(path, _line_of(error, path))
        raise CodingError(f"{place} cannot be read as a coding sheet: {what}") from error
    return module


def _line_of(error: BaseException, path: Path) -> int | None:
    """The line of the module at which it stopped."""
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename) == path.absolute()]
    return lines[-1] if lines else None
