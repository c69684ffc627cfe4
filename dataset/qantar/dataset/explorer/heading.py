"""What a page says of its package: title, version, makers, licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qantar.builders.edition import Edition
from qantar.schema.language import suffix_of


@dataclass(frozen=True)
class Heading:
    """The facts at the head and foot of a page; what is not known is empty.

    languages: suffixes of those of the prose, the main one first.
    """

    title: str
    version: str = ""
    summary: str = ""
    creator: str = ""
    keywords: tuple[str, ...] = ()
    license_title: str = ""
    license_url: str = ""
    in_release: bool = False
    languages: tuple[str, ...] = ()

    @classmethod
    def of_edition(cls, edition: Edition, version: str) -> "Heading":
        """Of a release, in whose folder the page lies."""
        return cls(
            title=edition.title,
            version=version,
            summary=" ".join(edition.summary.split()),
            creator=edition.creator,
            keywords=tuple(edition.keywords),
            license_title=edition.license_title or edition.license_name or "",
            license_url=edition.license_url or "",
            in_release=True,
            languages=edition.languages,
        )

    @classmethod
    def of_descriptor(cls, descriptor: Mapping[str, Any], title: str) -> "Heading":
        """Of a Data Package; title: what to call one that does not say."""
        licence = _first(descriptor.get("licenses"))
        maker = _first(descriptor.get("contributors"))
        words, tags = descriptor.get("keywords"), descriptor.get("qantar:languages")
        return cls(
            title=_text(descriptor.get("title")) or title,
            version=_text(descriptor.get("version")),
            summary=" ".join(_text(descriptor.get("description")).split()),
            creator=_text(maker.get("title")),
            keywords=tuple(map(_text, words)) if isinstance(words, list) else (),
            license_title=_text(licence.get("title")) or _text(licence.get("name")),
            license_url=_text(licence.get("path")),
            languages=tuple(suffix_of(_text(tag)) for tag in tags)
            if isinstance(tags, list)
            else (),
        )


def _first(items: Any) -> Mapping[str, Any]:
    first = items[0] if isinstance(items, list) and items else None
    return first if isinstance(first, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
