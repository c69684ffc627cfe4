"""The RO-Crate 1.1 description of a release: every file of it, its makers and its sources.

Source: https://www.researchobject.org/ro-crate/1.1/
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from qantar.dataset.digest import sha256
from qantar.dataset.facts import MEDIA_TYPES, ReleaseFacts
from qantar.dataset.text import TEXTS, text_path
from qantar.schema.shape import Row

CRATE = "ro-crate-metadata.json"
_ROOT, _CREATOR = "./", "#creator"
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
# The context of 1.1 is older than the term.
_CONTEXT = [f"{_SPECIFICATION}/context", {"sha256": "https://schema.org/sha256"}]
_MEDIA_TYPES = {
    **{f".{form}": media_type for form, media_type in MEDIA_TYPES.items()},
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".html": "text/html",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".cff": "application/yaml",
}
_FOLDERS = {
    "csv": "The tables as CSV, a Data Package.",
    "parquet": "The tables as Parquet, a Data Package.",
    TEXTS: "Texts of articles that are free.",
}


def write_crate(
    files: Mapping[str, bytes], facts: ReleaseFacts, *, articles: Iterable[Row] = ()
) -> bytes:
    """The description as JSON-LD, flat as the specification has it.

    files: bytes by path. articles: rows of the table `articles`, which become the sources. The
    specification asks for the day of release; where it is not known none is invented.
    """
    sources, files = list(articles), dict(sorted(files.items()))
    licensed = {text_path(article["article_id"]): article for article in sources}
    graph = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _SPECIFICATION},
            "about": {"@id": _ROOT},
        },
        _root(files, facts, sources),
        {"@id": _CREATOR, "@type": "Organization", "name": facts.edition.creator},
        *_licence(facts),
        *_folders(files),
        *(_file(path, content, facts, licensed.get(path)) for path, content in files.items()),
        *(_article(article) for article in sources),
        *(_text_licence(article) for path, article in licensed.items() if path in files),
    ]
    document = {"@context": _CONTEXT, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _root(files: Mapping[str, bytes], facts: ReleaseFacts, articles: list[Row]) -> dict[str, Any]:
    edition = facts.edition
    return _stated(
        {
            "@id": _ROOT,
            "@type": "Dataset",
            "name": edition.title,
            "alternateName": edition.name,
            "description": facts.description,
            "version": facts.version,
            "datePublished": facts.released,
            "license": edition.license_url and {"@id": edition.license_url},
            "creator": {"@id": _CREATOR},
            "creditText": facts.citation,
            "keywords": ", ".join(edition.keywords),
            "inLanguage": facts.language_tags,
            "isBasedOn": [{"@id": _id_of(article)} for article in articles],
            "hasPart": [
                *({"@id": f"{name}/"} for name in _folders_in(files)),
                *({"@id": path} for path in files if "/" not in path),
            ],
        }
    )


def _licence(facts: ReleaseFacts) -> Iterator[dict[str, Any]]:
    url = facts.edition.license_url
    if url:
        yield {"@id": url, "@type": "CreativeWork", "name": facts.licence_title or url}


def _folders(files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    for name in _folders_in(files):
        yield {
            "@id": f"{name}/",
            "@type": "Dataset",
            "name": name,
            "description": _FOLDERS[name],
            "hasPart": [{"@id": path} for path in files if path.startswith(f"{name}/")],
        }


def _folders_in(files: Mapping[str, bytes]) -> list[str]:
    return list(dict.fromkeys(path.partition("/")[0] for path in files if "/" in path))


def _file(path: str, content: bytes, facts: ReleaseFacts, text_of: Row | None) -> dict[str, Any]:
    place = PurePosixPath(path)
    table = facts.tables.get(place.stem) if place.suffix[1:] in MEDIA_TYPES else None
    return _stated(
        {
            "@id": path,
            "@type": "File",
            "name": place.name,
            "description": table and table.description,
            "encodingFormat": _MEDIA_TYPES.get(place.suffix, "text/plain"),
            "contentSize": str(len(content)),
            "sha256": sha256(content),
            "license": text_of and {"@id": _licence_id(text_of)},
        }
    )


def _article(article: Row) -> dict[str, Any]:
    return _stated(
        {
            "@id": _id_of(article),
            "@type": "NewsArticle",
            "name": article.get("title") or article["article_id"],
            "identifier": article["article_id"],
            "publisher": article.get("publisher"),
            "inLanguage": article.get("language_code"),
            "url": article.get("url"),
        }
    )


def _text_licence(article: Row) -> dict[str, Any]:
    return {
        "@id": _licence_id(article),
        "@type": "CreativeWork",
        "name": article["text_license"],
        "description": f"The licence of the text of {article['article_id']}.",
    }


def _id_of(article: Row) -> str:
    return f"#{article['article_id']}"


def _licence_id(article: Row) -> str:
    return f"#licence-of-{article['article_id']}"


def _stated(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}
