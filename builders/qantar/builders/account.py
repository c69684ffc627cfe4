"""The account of a record: its codes, what was weighed, why, and from which words."""

from collections.abc import Iterator, Mapping
from typing import Any

from qantar.schema.codebook import actions
from qantar.schema.corpus import Corpus
from qantar.schema.safe_text import one_line
from qantar.schema.shape import Row

_STATUS = ("factuality", "polarity", "content_status", "content_status_note_en", "condition_en")
_DATE = (
    "date_edtf",
    "date_earliest",
    "date_latest",
    "date_basis",
    "date_anchor_event_id",
    "date_note_en",
)
_PLACE = ("place_name", "place_country_code", "place_precision")
_TOLL = ("fatalities_low", "fatalities_best", "fatalities_high", "fatalities_claimant_id")


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
    names = {actor["actor_id"]: actor["name_en"] for actor in corpus.plain["actors"]}
    return "".join(f"{one_line(line)}\n" for line in _lines(event, names, by_article))


def _lines(event: Row, names: Mapping[str, str], texts: Mapping[str, str | None]) -> Iterator[str]:
    action = actions().get(event["action_code"])
    yield f"{event['event_id']}, version {event['record_version']}"
    yield f"  {event['summary_en']}"
    yield f"  {event['summary_vi']}"
    yield ""
    yield f"action      {event['action_code']}  {action.action_name if action else ''}".rstrip()
    if action:
        yield f"            {action.gloss_en}"
    yield f"code fit    {event['code_fit']}"
    for party in event.get("participants", []):
        code = party.get("actor_code", "no code")
        yield f"{party['slot']:<11} {names.get(party['actor_id'], party['actor_id'])}  ({code})"
    if "object_en" in event:
        yield f"object      {event['object_en']}"
    if event["symmetric"]:
        yield "            symmetric: done by actor and target alike"
    yield from _values("status", event, _STATUS)
    yield from _values("date", event, _DATE)
    yield from _values("place", event, _PLACE)
    yield from _values("deaths", event, _TOLL)
    yield f"confidence  {event['confidence']}"
    if "confidence_note_en" in event:
        yield f"            {event['confidence_note_en']}"
    for relation in event.get("relations", []):
        yield f"{relation['relation']:<15} {relation['other_event_id']}"
    if event.get("alternatives"):
        yield ""
        yield "considered"
    for other in event.get("alternatives", []):
        yield f"  {other['standing']:<10} {other['field']} = {other['value']}"
        yield f"             {other['reason']}"
    for mention in event["mentions"]:
        yield ""
        yield from _mention_lines(mention, names, texts.get(mention["article_id"]))


def _values(label: str, event: Row, fields: tuple[str, ...]) -> Iterator[str]:
    values = [str(event[field]) for field in fields if field in event]
    notes = [value for value in values if value.endswith(".")]
    if values:
        yield f"{label:<11} " + "; ".join(value for value in values if value not in notes)
    yield from (f"            {note}" for note in notes)


def _mention_lines(mention: Row, names: Mapping[str, str], text: str | None) -> Iterator[str]:
    leads = ", leads" if mention["leading"] else ""
    yield (
        f"{mention['mention_id']}  {mention['article_id']} sentence {mention['sentence_no']} "
        f"({mention['zone']}{leads}), {mention['factuality']}, {mention['polarity']}"
    )
    if not mention.get("attributions"):
        yield "  the article's own voice"
    for link in mention.get("attributions", []):
        manner = [word for word in ("verbatim", "implied") if link[word]]
        who = names.get(link["actor_id"], link["actor_id"])
        yield f"  {who} {link['speech_act']}" + (f" ({', '.join(manner)})" if manner else "")
    for span in mention["spans"]:
        yield f"  {_label(span):<14} {_words(span, text)}"


def _label(span: Mapping[str, Any]) -> str:
    return str(span["field"]) + (f" {span['ordinal']}" if span["ordinal"] > 1 else "")


def _words(span: Mapping[str, Any], text: str | None) -> str:
    start, end = span["char_start"], span["char_end"]
    return f"({start}, {end})" + (f"  {text[start:end]}" if text else "")
