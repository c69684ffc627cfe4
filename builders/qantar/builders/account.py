"""The account of a record: its codes, what was weighed, why, and from which words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qantar.schema.codebook import actions
from qantar.schema.corpus import Corpus
from qantar.schema.derivation import name_by_actor
from qantar.schema.language import split_prose
from qantar.schema.safe_text import isolated, line_of_isolated
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.schema.vocabulary import CountedSide, Direction

_DATE = ("date_edtf", "date_earliest", "date_latest", "date_basis", "date_anchor_event_id")
# What is told behind another value.
_RESTS_ON = {
    "date_earliest": "date_earliest_event_id",
    "date_latest": "date_latest_event_id",
}
_PLACE = ("place_name", "place_id", "admin1_name", "place_country_code", "place_precision")
_STATUS = ("factuality", "certainty", "polarity", "content_status")
_DIRECTIONS = {
    Direction.symmetric: "symmetric: done by actor and target alike",
    Direction.undirected: "undirected: who acts against whom is not said",
}


def give_account(corpus: Corpus, event_id: str, texts: Mapping[str, str]) -> str:
    """Render why a record is as it is, for reading in a terminal: no value steers it.

    texts: text of an article by its SHA-256; where one is given, the words themselves are
    shown, else their offsets. Raises KeyError for an event that does not stand.
    """
    event = next((e for e in corpus.events if e["event_id"] == event_id), None)
    if event is None:
        raise KeyError(event_id)
    by_article = {
        article["article_id"]: texts.get(article["text_sha256"])
        for article in corpus.plain["articles"]
    }
    names = name_by_actor(corpus.plain["actors"], corpus.languages)
    account = _Account(names, corpus.languages, by_article)
    return "".join(f"{line_of_isolated(line)}\n" for line in account.lines(event))


@dataclass(frozen=True)
class _Account:
    """What an account is made with: names by actor, languages, text by article."""

    names: Mapping[str, str]
    languages: Sequence[str]
    texts: Mapping[str, str | None]

    def lines(self, event: Row) -> Iterator[str]:
        yield f"{event['event_id']}, version {event['record_version']}"
        yield from (f"  {text}" for text in self.prose(event, "summary"))
        yield ""
        yield from self.action(event)
        for party in event.get("participants", []):
            code = party.get("actor_code", "no code")
            beside = ", associated" if party.get("associated") else ""
            yield f"{party['slot']:<11} {self.name(party['actor_id'])}  ({code}){beside}"
        yield from self.labelled("object", self.prose(event, "object"))
        if told := _DIRECTIONS.get(_direction_of(event)):
            yield f"            {told}"
        yield from self.values(event, "status", _STATUS, "content_status_note", "condition")
        yield from self.values(event, "date", _date_fields(event), "date_note")
        yield from self.values(event, "place", _PLACE)
        for count in event.get("counts", []):
            yield f"{count['kind']:<11} {self.figures(count)}"
        contexts = [item["context"] for item in event.get("contexts", [])]
        yield from self.labelled("contexts", [", ".join(contexts)] if contexts else [])
        yield from self.values(event, "confidence", ("confidence",), "confidence_note")
        for relation in event.get("relations", []):
            yield f"{relation['relation']:<15} {relation['other_event_id']}"
        if event.get("alternatives"):
            yield ""
            yield "considered"
        for other in event.get("alternatives", []):
            yield f"  {other['standing']:<10} {other['field']} = {isolated(other['value'])}"
            yield f"             {isolated(other['reason'])}"
        for mention in event["mentions"]:
            yield ""
            yield from self.mention(mention)

    def action(self, event: Row) -> Iterator[str]:
        action = actions().get(event["action_code"])
        yield f"action      {event['action_code']}  {action.action_name if action else ''}".rstrip()
        glosses = action.gloss if action else {}
        known = [language for language in self.languages if language in glosses]
        for language in known[:1] or [*glosses][:1]:
            yield f"            {isolated(glosses[language])}"
        yield f"code fit    {event['code_fit']}"

    def values(self, event: Row, label: str, fields: Sequence[str], *notes: str) -> Iterator[str]:
        """The values of fields on one line, and what prose belongs to them below."""
        told = [
            isolated(str(event[field])) + _ground(event, field)
            for field in fields
            if field in event
        ]
        below = [text for base in notes for text in self.prose(event, base)]
        yield from self.labelled(label, [*(["; ".join(told)] if told else []), *below])

    def labelled(self, label: str, told: Sequence[str]) -> Iterator[str]:
        for place, text in enumerate(told):
            yield f"{'' if place else label:<11} {text}"

    def prose(self, row: Row, base: str) -> list[str]:
        """The texts of a prose field, in the order of the languages."""
        found = {
            split[1]: isolated(str(row[name]))
            for name in row
            if (split := split_prose(name, TABLES["events"].prose)) and split[0] == base
        }
        first = [language for language in self.languages if language in found]
        return [found[language] for language in dict.fromkeys([*first, *found])]

    def figures(self, count: Row) -> str:
        figures = [f"{name} {count[name]}" for name in ("low", "best", "high") if name in count]
        told = "; ".join([*figures, *([count["precision"]] if "precision" in count else [])])
        whom = "" if count["of_whom"] == CountedSide.all else f", of {count['of_whom']}"
        if "of_actor_id" in count:
            whom += f" ({self.name(count['of_actor_id'])})"
        by = self.name(count["claimant_id"]) if "claimant_id" in count else "the article"
        return f"{told}{whom}, says {by}"

    def mention(self, mention: Row) -> Iterator[str]:
        leads = ", leads" if mention["leading"] else ""
        status = [mention["factuality"], mention.get("certainty"), mention["polarity"]]
        yield (
            f"{mention['mention_id']}  {mention['article_id']} sentence {mention['sentence_no']} "
            f"({mention['zone']}{leads}), {', '.join(filter(None, status))}"
        )
        if "quotation" in mention:
            yield f"  words of the act given: {mention['quotation']}"
        if not mention.get("attributions"):
            yield "  the article's own voice"
        for link in mention.get("attributions", []):
            manner = [word for word in ("verbatim", "implied") if link[word]]
            who = self.name(link["actor_id"])
            yield f"  {who} {link['speech_act']}" + (f" ({', '.join(manner)})" if manner else "")
        for span in mention["spans"]:
            words = _words(span, self.texts.get(mention["article_id"]))
            other = f"  (names {self.name(span['actor_id'])})" if "actor_id" in span else ""
            yield f"  {_label(span):<14} {words}{other}"

    def name(self, actor_id: str) -> str:
        return isolated(self.names.get(actor_id, actor_id))


def _date_fields(event: Row) -> list[str]:
    """The fields of the date; a day that stands in the EDTF date already is not told again."""
    shown = event.get("date_edtf", "")
    return [
        field
        for field in _DATE
        if field not in _RESTS_ON or _RESTS_ON[field] in event or event.get(field, "") not in shown
    ]


def _ground(event: Row, field: str) -> str:
    rests_on = event.get(_RESTS_ON.get(field, ""))
    return f" (from {rests_on})" if rests_on else ""


def _label(span: Mapping[str, Any]) -> str:
    return str(span["field"]) + (f" {span['ordinal']}" if span["ordinal"] > 1 else "")


def _words(span: Mapping[str, Any], text: str | None) -> str:
    start, end = span["char_start"], span["char_end"]
    return f"({start}, {end})" + (f"  {isolated(text[start:end])}" if text else "")


def _direction_of(event: Row) -> Direction:
    """The direction; records of schema 0.1.0 say only whether the act is symmetric."""
    return Direction(event.get("direction", "symmetric" if event.get("symmetric") else "directed"))
