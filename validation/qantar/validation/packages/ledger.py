"""What must hold of offsets: sentences in their order, spans within sentences."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from qantar.schema.vocabulary import SpanField
from qantar.validation.rules.observation import Observed, Tables, fault_by, sound, value_of

Sentence = tuple[int, int, int]


def observe_ledger(tables: Tables) -> Iterator[Observed]:
    """Sentences that overlap, triggers and spans outside of where they belong."""
    yield from observe_overlaps(tables)
    if "sentences" in tables and "mentions" in tables:
        yield from _spans(tables)


def observe_overlaps(tables: Tables) -> Iterator[Observed]:
    """Sentences that begin before another of their article has ended."""
    by_article: dict[str, list[tuple[Sentence, int]]] = defaultdict(list)
    for index, row in enumerate(tables.get("sentences", ())):
        if _is_placed(row):
            by_article[row["article_id"]].append((_sentence(row), index))
    for article, sentences in by_article.items():
        reached, before = 0, 0
        for (number, start, end), index in sorted(sentences):
            if start < reached:
                message = (
                    f"Sentence {number} of {article} begins at character {start}, but sentence "
                    f"{before} reaches to {reached}."
                )
                fault = fault_by("sentence-overlap", message, column="char_start", value=start)
                yield Observed("sentences", index, fault)
            if end > reached:
                reached, before = end, number


def _spans(tables: Tables) -> Iterator[Observed]:
    ledger: dict[str, list[Sentence]] = defaultdict(list)
    unsure: set[Any] = set()
    for row in tables["sentences"]:
        if _is_placed(row):
            ledger[row["article_id"]].append(_sentence(row))
        else:
            unsure.add(value_of(row, "article_id"))
    mentions = {m["mention_id"]: m for m in tables["mentions"] if sound(m, "mention_id")}
    for index, span in enumerate(tables.get("spans", ())):
        mention = mentions.get(span.get("mention_id"), {})
        if not (sound(span, "char_start", "char_end") and sound(mention, "article_id")):
            continue
        # A sentence whose offsets are faulty may be the one that holds the span.
        if unsure & {None, mention["article_id"]}:
            continue
        for rule_id, said in _misplaced(span, mention, ledger[mention["article_id"]]):
            message = f"Characters {span['char_start']} to {span['char_end']} {said}."
            fault = fault_by(rule_id, message, column="char_start", value=span["char_start"])
            yield Observed("spans", index, fault)


def _misplaced(
    span: Mapping[str, Any], mention: Mapping[str, Any], sentences: list[Sentence]
) -> Iterator[tuple[str, str]]:
    article = mention["article_id"]
    around = [s for s in sentences if s[1] <= span["char_start"] and span["char_end"] <= s[2]]
    if not around:
        yield "span-outside-ledger", f"lie within no sentence of {article}"
    number = value_of(mention, "sentence_no")
    known = any(sentence[0] == number for sentence in sentences)
    inside = any(sentence[0] == number for sentence in around)
    if span.get("field") == SpanField.trigger and known and not inside:
        yield "trigger-outside-sentence", f"lie outside sentence {number} of {article}"


def _is_placed(row: Mapping[str, Any]) -> bool:
    return sound(row, "article_id", "sentence_no", "char_start", "char_end")


def _sentence(row: Mapping[str, Any]) -> Sentence:
    return row["sentence_no"], row["char_start"], row["char_end"]
