"""The edition of a coding project: its name, version, makers and licence, from project.toml."""

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from qantar.builders.coding import CodingError
from qantar.schema.language import is_language, suffix_of

FILE = "project.toml"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Edition:
    """What a release says of itself. A licence that is not stated is not claimed.

    name: for files, small letters, digits and hyphens. how_coded: a paragraph for the
    datasheet. languages: suffixes of those of its prose, the main one first. released: the day
    of release (ISO), where one is stated.
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
    """Read ``project.toml``; without one the folder's name is all that is known.

    Raises CodingError where the file cannot be read or holds what an edition has not.
    """
    path = folder / FILE
    plain = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    if not path.exists():
        return Edition(plain or "project", folder.resolve().name)
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CodingError(f"{path} cannot be read: {error}") from error
    known = {field.name for field in fields(Edition)}
    if unknown := sorted(set(stated) - known):
        raise CodingError(f"{path}: {', '.join(unknown)} is unknown; known are {', '.join(known)}")
    words = stated.pop("keywords", Edition.keywords)
    languages = tuple(suffix_of(str(tag)) for tag in stated.pop("languages", ()))
    if odd := [suffix for suffix in languages if not is_language(suffix)]:
        raise CodingError(f"{path}: languages are tags such as es or pt-BR, not {', '.join(odd)}")
    if wrong := [name for name, value in stated.items() if not isinstance(value, str)]:
        raise CodingError(f"{path}: {', '.join(wrong)} must be text")
    edition = Edition(
        **{
            "name": plain,
            "title": plain,
            **stated,
            "keywords": tuple(words),
            "languages": languages,
        }
    )
    if not _NAME.fullmatch(edition.name):
        raise CodingError(f"{path}: name takes small letters, digits and hyphens only")
    return edition
