"""Spans and sentences held against the texts of the articles, for whoever has them."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any, Literal, TypeAlias

from qantar.schema.digest import digester_of, sha256_of
from qantar.schema.rule import Profile
from qantar.validation.faults.fault import Fault
from qantar.validation.packages.coverage import observe_gaps
from qantar.validation.rules.observation import Observed, Tables, fault_by, sound, value_of

LARGEST_TEXT = 400_000_000
_FILES_TOLD = 5
_LICENCE = "text_license"
_MARK = "\ufeff"
_FORMS: dict[str, Literal["NFC", "NFD"] | None] = {
    "": None,
    "is in NFD": "NFC",
    "is in NFC": "NFD",
}
Row = Mapping[str, Any]
Digesters: TypeAlias = Mapping[str, Callable[[str], str]]


@dataclass(frozen=True)
class _Text:
    """A file of the folder; text is None where it is not UTF-8."""

    name: str
    digest: str
    text: str | None


def check_texts(
    tables: Tables,
    folder: Path | Mapping[str, bytes],
    profile: Profile = Profile.coded,
    *,
    show_words: bool = False,
) -> Iterator[Observed]:
    """Find each article's text among the .txt files of a folder, and check all offsets in it.

    folder: or the content of such files, by name.

    tables: marked rows of articles, sentences, mentions and spans, as far as there are any.
    Offsets count Unicode code points of the stored text; line ends are not translated. profile:
    only of coded tables every character must lie in a sentence.
    show_words: let faults hold the words found, which are under the publisher's copyright.
    Raises OSError where the folder cannot be read.
    """
    read = folder.items() if isinstance(folder, Mapping) else _read_files(folder)
    files = [_text_of(name, content) for name, content in read if name.endswith(".txt")]
    by_digest = {file.digest: file for file in files}
    texts: dict[str, str] = {}
    for index, article in enumerate(tables.get("articles", ())):
        if not sound(article, "article_id", "text_sha256"):
            continue
        found = by_digest.get(article["text_sha256"])
        if found is None:
            text, fault = _find_similar(article, files, tables)
            yield Observed("articles", index, fault)
        else:
            text = found.text
            yield from _length(index, article, text)
        if text is not None:
            texts[article["article_id"]] = text
    digesters = _digesters(tables, texts)
    differing = [*_sentences(tables, texts, digesters, show_words)]
    yield from differing
    if profile is Profile.coded:
        yield from observe_gaps(tables, texts, {o.index for o in differing if o.index is not None})
    yield from _spans(tables, texts, digesters, show_words)


def observe_licences(tables: Tables, files: Collection[str]) -> Iterator[Observed]:
    """Texts that lie in a package, though their article has no licence, or is not there.

    files: their names, each an article's id and .txt.
    """
    if "articles" not in tables:
        return
    held = {row["article_id"]: n for n, row in enumerate(tables["articles"]) if "article_id" in row}
    for name in files:
        index = held.get(name.removesuffix(".txt"))
        if index is None:
            told = f"The package holds the text {name}, but no article has that id."
            yield Observed("articles", None, fault_by("text-unlicensed", told))
        elif tables["articles"][index].get("text_license") is None:
            told = f"The package holds the text {name}, but text_license is missing."
            yield Observed("articles", index, fault_by("text-unlicensed", told, column=_LICENCE))


def told_of_own(
    found: Iterator[Observed], tables: Tables, own: Collection[str]
) -> Iterator[Observed]:
    """What `check_texts` finds; a text that lies in the package and is another is an error.

    own: the names of the package's texts.
    """
    for observed in found:
        fault = observed.fault
        if fault.rule == "text-missing" and observed.index is not None:
            name = tables["articles"][observed.index].get("article_id")
            if f"{name}.txt" in own:
                told = (
                    f"The text {name}.txt in the package is not the one that {name} is pinned to."
                )
                fault = fault_by("text-differs", told, column=fault.column, value=fault.value)
                observed = replace(observed, fault=fault)
        yield observed


def _read_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.txt")):
        if path.is_file() and path.stat().st_size <= LARGEST_TEXT:
            yield path.name, path.read_bytes()


def _text_of(name: str, content: bytes) -> _Text:
    try:
        text: str | None = content.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    return _Text(name, sha256_of(content), text)


def _find_similar(article: Row, files: list[_Text], tables: Tables) -> tuple[str | None, Fault]:
    """The text that the article most likely is, and the fault that says how it differs."""
    expected = article["text_sha256"]
    for file in files:
        for text, said in _variants(file.text or ""):
            if sha256_of(text) == expected:
                return text, _text_differs(article, file, said)
    sentences = [
        row for row in tables.get("sentences", ()) if row.get("article_id") == article["article_id"]
    ]
    # Of another text, keyed digests can never be those of its own words.
    for file in files:
        if file.text is not None and any(_matches(row, file.text) for row in sentences):
            return file.text, _text_differs(article, file, "has been altered")
    message = f"No .txt file in the folder has the SHA-256 {expected} of {article['article_id']}."
    foreign = [file.name for file in files if file.text is None]
    if foreign:
        message += f" Not UTF-8 and so not compared: {', '.join(foreign[:_FILES_TOLD])}."
    return None, fault_by("text-missing", message, column="text_sha256", value=expected)


def _variants(text: str) -> Iterator[tuple[str, str]]:
    """The text as it may have been before common tools changed it, and what they did."""
    plain = text.removeprefix(_MARK)
    lines = plain.replace("\r\n", "\n").replace("\r", "\n")
    ends = {
        "": plain,
        "has other line ends": lines,
        "has other line ends ": lines.replace("\n", "\r\n"),
    }
    tails = {"": 0, "has a line end more": 1, "lacks a line end": -1}
    for (end, changed), (form, name), tail in product(ends.items(), _FORMS.items(), tails):
        found = unicodedata.normalize(name, changed) if name else changed
        if tails[tail]:
            found = found.removesuffix("\n") if tails[tail] > 0 else found + "\n"
        mark = "begins with a byte order mark" if plain != text else ""
        said = [part.strip() for part in (mark, form, end, tail) if part]
        yield found, " and ".join(said) or "differs"


def _matches(row: Row, text: str) -> bool:
    if not sound(row, "char_start", "char_end", "sentence_sha256"):
        return False
    expected: str = row["sentence_sha256"]
    return sha256_of(text[row["char_start"] : row["char_end"]]) == expected


def _text_differs(article: Row, file: _Text, said: str) -> Fault:
    message = (
        f"{file.name} looks like {article['article_id']}, but {said}: its SHA-256 is "
        f"{file.digest}, and {article['text_sha256']} is expected."
    )
    return fault_by("text-differs", message, column="text_sha256", value=article["text_sha256"])


def _length(index: int, article: Row, text: str | None) -> Iterator[Observed]:
    if text is None:
        message = f"The text of {article['article_id']} is not UTF-8."
        yield Observed("articles", index, fault_by("text-differs", message, column="text_sha256"))
    elif sound(article, "text_length") and article["text_length"] != len(text):
        message = (
            f"text_length is {article['text_length']}, but the text has {len(text)} characters."
        )
        fault = fault_by(
            "text-differs",
            message,
            column="text_length",
            value=article["text_length"],
            suggestion=str(len(text)),
        )
        yield Observed("articles", index, fault)


def _digesters(tables: Tables, texts: Mapping[str, str]) -> Digesters:
    """How the words of each article are digested: as its digest_key says, else plainly."""
    keys = {
        row["article_id"]: row["digest_key"]
        for row in tables.get("articles", ())
        if sound(row, "article_id", "digest_key")
    }
    return {name: digester_of(text, keys.get(name, "none")) for name, text in texts.items()}


def _sentences(
    tables: Tables, texts: dict[str, str], digesters: Digesters, show_words: bool
) -> Iterator[Observed]:
    for index, row in enumerate(tables.get("sentences", ())):
        text = texts.get(value_of(row, "article_id") or "")
        if text is None or not sound(row, "char_start", "char_end", "sentence_sha256"):
            continue
        words = text[row["char_start"] : row["char_end"]]
        found = digesters[row["article_id"]](words)
        if found != row["sentence_sha256"]:
            told = _digest_differs("sentence", row, found, words if show_words else None)
            yield Observed("sentences", index, told)


def _spans(
    tables: Tables, texts: dict[str, str], digesters: Digesters, show_words: bool
) -> Iterator[Observed]:
    articles = {
        m["mention_id"]: m["article_id"]
        for m in tables.get("mentions", ())
        if sound(m, "mention_id", "article_id")
    }
    lengths: dict[str, int] = defaultdict(int)
    for article in tables.get("articles", ()):
        if sound(article, "article_id", "text_length"):
            lengths[article["article_id"]] = article["text_length"]
    for index, row in enumerate(tables.get("spans", ())):
        article_id = articles.get(row.get("mention_id")) or value_of(row, "article_id") or ""
        text = texts.get(article_id)
        if text is None or not sound(row, "char_start", "char_end", "span_sha256"):
            continue
        if row["char_end"] > len(text):
            # Past the stated length too, it is the rule of the tables that says so.
            if row["char_end"] <= lengths[article_id]:
                message = f"char_end is {row['char_end']}, but the text has {len(text)} characters."
                fault = fault_by("span-past-end", message, column="char_end", value=row["char_end"])
                yield Observed("spans", index, fault)
            continue
        words = text[row["char_start"] : row["char_end"]]
        found = digesters[article_id](words)
        if found != row["span_sha256"]:
            told = _digest_differs("span", row, found, words if show_words else None)
            yield Observed("spans", index, told)


def _digest_differs(what: str, row: Row, found: str, words: str | None) -> Fault:
    """found: the digest that the characters have. words: what they read, if that may be told."""
    column = f"{what}_sha256"
    message = (
        f"{column} is {row[column]}, but characters {row['char_start']} to {row['char_end']} of "
        f"the text have {found}."
    )
    if words is not None:
        message += f" They read {words!r}."
    return fault_by(
        f"{what}-digest-differs", message, column=column, value=row[column], suggestion=None
    )
