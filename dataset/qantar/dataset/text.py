"""The texts of articles that are free, as a package holds them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from qantar.builders.text import texts_by_digest
from qantar.schema.digest import sha256_of
from qantar.schema.shape import Row

TEXTS = "texts"


def text_path(article_id: str) -> str:
    """Where the text of an article lies in a package."""
    return f"{TEXTS}/{article_id}.txt"


def free_texts(articles: Iterable[Row], texts: Mapping[str, str]) -> dict[str, bytes]:
    """The texts that a package holds, by path: those whose article has a `text_license`.

    texts: by SHA-256. One that has no licence, or is not the one that its article is pinned to,
    is left out, whoever gives it.
    """
    found: dict[str, bytes] = {}
    for article in articles:
        text = texts.get(article["text_sha256"]) if article.get("text_license") else None
        if text is not None and sha256_of(text) == article["text_sha256"]:
            found[text_path(article["article_id"])] = text.encode()
    return found


def project_texts(project: Path, articles: Path | None = None) -> dict[str, str]:
    """What a build knows, by SHA-256: texts in the project's folder `texts`, and in articles."""
    folders = [folder for folder in (project / TEXTS, articles) if folder and folder.is_dir()]
    return {digest: text for folder in folders for digest, text in texts_by_digest(folder).items()}
