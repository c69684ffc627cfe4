"""The edition of a coding project: its name, version, makers and licence, from project.toml."""

import re
import tomllib
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from qantar.builders.coding import CodingError
from qantar.schema.language import is_language, suffix_of

FILE = "project.toml"
_LINE = 'languages = ["en"]'
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Edition:
    """What a release says of itself. A licence that is not stated is not claimed.

    name: for files, small letters, digits and hyphens. how_coded: a paragraph for the
    datasheet. languages: suffixes of those of its prose, the main one first; title, summary and
    how_coded are in that one. released: the day of release (ISO), where one is stated.
    """

    name: str
    title: str
    version: str = "0.1.0"
    summary: str = ""
    creator: str = "unknown"
    keywords: tuple[str, ...] = ("event data", "CAMEO")
    license_name: str | None = None
    license_title: str | None = None
    license_url: str | None = None
    how_coded: str = ""
    languages: tuple[str, ...] = ()
    released: str | None = None


def read_edition(folder: Path) -> Edition:
    """Read ``project.toml``; all but `languages` has a default.

    Raises CodingError where the file cannot be read, names no language, or holds what an edition
    has not.
    """
    path = folder / FILE
    if not path.exists():
        raise CodingError(f"{folder} has no {FILE}; make one, with the line {_LINE}")
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CodingError(f"{path} cannot be read: {error}") from error
    known = {field.name for field in fields(Edition)}
    if unknown := sorted(set(stated) - known):
        raise CodingError(f"{path}: {', '.join(unknown)} is unknown; known are {', '.join(known)}")
    words = _list_of_texts(path, "keywords", stated.pop("keywords", [*Edition.keywords]))
    languages = stated.pop("languages", None)
    stated |= _released(path, stated.get("released"))
    if wrong := [name for name, value in stated.items() if not isinstance(value, str)]:
        raise CodingError(f"{path}: {', '.join(wrong)} must be text")
    plain = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "project"
    edition = Edition(**{"name": plain, "title": plain, **stated, "keywords": words})
    if not _NAME.fullmatch(edition.name):
        raise CodingError(f"{path}: name takes small letters, digits and hyphens only")
    return replace(edition, languages=_languages(path, languages))


def _languages(path: Path, stated: object) -> tuple[str, ...]:
    if stated is None:
        raise CodingError(
            f"{path} does not say in which languages summaries, names and notes are written; "
            f"add the line {_LINE}, the main language first"
        )
    tags = _list_of_texts(path, "languages", stated)
    languages = tuple(suffix_of(tag) for tag in tags)
    wrong = [tag for tag, suffix in zip(tags, languages, strict=True) if not is_language(suffix)]
    if wrong or not languages:
        found = repr(wrong[0]) if wrong else "an empty list"
        raise CodingError(f"{path}: languages has {found}; write tags such as {_LINE}")
    if len(set(languages)) < len(languages):
        raise CodingError(f"{path}: languages names a language twice; name each once")
    return languages


def _released(path: Path, stated: object) -> dict[str, str]:
    if stated is None:
        return {}
    try:
        # TOML reads a day without quotes as a date.
        return {"released": date.fromisoformat(str(stated)).isoformat()}
    except ValueError:
        raise CodingError(
            f"{path}: released is {str(stated)!r}; write a day such as 2022-01-31"
        ) from None


def _list_of_texts(path: Path, name: str, stated: object) -> tuple[str, ...]:
    if not isinstance(stated, list) or not all(isinstance(item, str) for item in stated):
        raise CodingError(f"{path}: {name} must be a list of texts")
    return tuple(stated)
