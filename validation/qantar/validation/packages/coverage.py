"""Text that no sentence of the ledger holds.

Together with `sentence-overlap` this says that every character lies in exactly one sentence,
white space between sentences aside.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from qantar.schema.digest import sha256_of
from qantar.validation.rules.observation import Observed, Tables, fault_by, sound, value_of

# Unicode's White_Space, and the marks that have no width and no meaning of their own: zero
# width space, joiners and non-joiners, word joiner, byte order mark.
WHITE_SPACE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
)
RULE = "text-outside-ledger"
# (char_start, char_end, index of the row)
Placed = tuple[int, int, int]


def observe_gaps(
    tables: Tables, texts: Mapping[str, str], doubtful: Collection[int]
) -> Iterator[Observed]:
    """Runs of characters of each article that lie in no sentence; none of them is quoted.

    texts: by article; those that are not what the article's digest pins are not judged.
    doubtful: indices of sentences whose own digest differs; what they touch is not judged.
    """
    if "sentences" not in tables:
        return
    ledger, unsure = _ledger(tables)
    for index, article in enumerate(tables.get("articles", ())):
        text = texts.get(value_of(article, "article_id") or "")
        if text is None or sha256_of(text) != article["text_sha256"]:
            continue
        name = article["article_id"]
        if unsure & {None, name}:
            continue
        if not ledger[name]:
            if text.strip(WHITE_SPACE):
                told = f"No sentence of {name} is in the ledger, but its text is not empty."
                fault = fault_by(RULE, told, column="article_id", value=name)
                yield Observed("articles", index, fault)
            continue
        yield from _gaps(name, text, sorted(ledger[name]), {*doubtful})


def _ledger(tables: Tables) -> tuple[dict[str, list[Placed]], set[Any]]:
    """The sentences by article, and articles (or None) of which one has no certain place."""
    ledger: dict[str, list[Placed]] = defaultdict(list)
    unsure: set[Any] = set()
    for index, row in enumerate(tables["sentences"]):
        if sound(row, "article_id", "char_start", "char_end"):
            ledger[row["article_id"]].append((row["char_start"], row["char_end"], index))
        else:
            unsure.add(value_of(row, "article_id"))
    return ledger, unsure


def _gaps(
    article: str, text: str, sentences: list[Placed], doubtful: set[int]
) -> Iterator[Observed]:
    reached, before = 0, None
    for start, end, index in (*sentences, (len(text), len(text), None)):
        if start > reached and not doubtful & {before, index}:
            found = _uncovered(text, reached, start)
            if found and before is not None:
                yield _outside(article, found, before, "char_end", reached)
            elif found and index is not None:
                yield _outside(article, found, index, "char_start", start)
        if end >= reached:
            reached, before = end, index


def _uncovered(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of a run of characters from its first to its last that is not white space."""
    run = text[start:end]
    left, right = run.lstrip(WHITE_SPACE), run.rstrip(WHITE_SPACE)
    return (end - len(left), start + len(right)) if left else None


def _outside(article: str, run: tuple[int, int], index: int, column: str, value: int) -> Observed:
    told = (
        f"Characters {run[0]} to {run[1]} of {article} lie in no sentence; enter the one that is "
        "missing, or mend the offsets."
    )
    return Observed("sentences", index, fault_by(RULE, told, column=column, value=value))
