"""A small made-up corpus on which everything can be tried without the articles."""

import copy
import hashlib
from typing import Any

from qantar.schema import SCHEMA_VERSION
from qantar.schema.corpus import Corpus
from qantar.schema.digest import digester_of

TEXT = (
    "Minister Arna offers help\n"
    "On 3 May 2021 Minister Arna of Iceland telephoned Malta's Minister Borg. "
    "She offered aid in Valletta, where none had died, if Malta asked for it, "
    "the Gazette says. "
    "The sea was calm."
)
ARTICLE = "TST-A0001"
_OFFERED = (
    "She offered aid in Valletta, where none had died, if Malta asked for it, the Gazette says."
)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def span(words: str, field: str, ordinal: int = 1, part: int = 1) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "field": field,
        "ordinal": ordinal,
        "part": part,
        "char_start": start,
        "char_end": start + len(words),
        "span_sha256": sha256(words),
    }


def party(slot: str, actor_id: str, code: str, country: str, ordinal: int = 1) -> dict[str, Any]:
    return {
        "slot": slot,
        "ordinal": ordinal,
        "actor_id": actor_id,
        "actor_code": code,
        "actor_country_code": country,
    }


def sentence(number: int, words: str, zone: str, disposition: str, **reason: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "article_id": ARTICLE,
        "sentence_no": number,
        "zone": zone,
        "char_start": start,
        "char_end": start + len(words),
        "sentence_sha256": sha256(words),
        "disposition": disposition,
        **reason,
    }


_CALL: dict[str, Any] = {
    "schema_version": SCHEMA_VERSION,
    "event_id": "TST-000001",
    "record_version": 1,
    "action_code": "cameo:041",
    "code_fit": "exact",
    "participants": [
        party("actor", "arna", "ISLGOV", "ISL"),
        party("target", "borg", "MLTGOV", "MLT"),
    ],
    "direction": "symmetric",
    "factuality": "asserted",
    "polarity": "affirmative",
    "conditional": False,
    "date_edtf": "2021-05-03",
    "date_earliest": "2021-05-03",
    "date_latest": "2021-05-03",
    "date_basis": "stated",
    "summary_en": "Iceland's minister calls her Maltese colleague.",
    "summary_vi": "Bộ trưởng Iceland gọi điện cho người đồng cấp Malta.",
    "confidence": "high",
    "counts": [],
    "contexts": [],
    "mentions": [
        {
            "mention_id": "TST-000001-M1",
            "article_id": ARTICLE,
            "sentence_no": 2,
            "zone": "body",
            "leading": True,
            "factuality": "asserted",
            "polarity": "affirmative",
            "conditional": False,
            "spans": [
                span("telephoned", "trigger"),
                span("Minister Arna of Iceland", "actor"),
                span("Malta's Minister Borg", "target"),
                span("3 May 2021", "time"),
            ],
            "attributions": [],
        }
    ],
    "relations": [],
    "alternatives": [],
}

_OFFER: dict[str, Any] = {
    "schema_version": SCHEMA_VERSION,
    "event_id": "TST-000002",
    "record_version": 1,
    "action_code": "cameo:033",
    "code_fit": "exact",
    "participants": [
        party("actor", "arna", "ISLGOV", "ISL"),
        party("target", "malta", "MLT", "MLT"),
    ],
    "direction": "directed",
    "factuality": "asserted",
    "polarity": "affirmative",
    "content_status": "pledged",
    "conditional": True,
    "condition_en": "Malta asks for aid.",
    "date_edtf": "2021-05-03",
    "date_earliest": "2021-05-03",
    "date_latest": "2021-05-03",
    "date_basis": "relative_to_event",
    "date_anchor_event_id": "TST-000001",
    "date_note_en": "Said in the call.",
    "place_name": "Valletta",
    "place_country_code": "MLT",
    "latitude": 35.9,
    "longitude": 14.5,
    "place_precision": "city",
    "summary_en": "Iceland offers aid to Malta on condition of a request.",
    "summary_vi": "Iceland đề nghị viện trợ nếu Malta yêu cầu.",
    "confidence": "medium",
    "counts": [
        {
            "ordinal": 1,
            "kind": "deaths",
            "of_whom": "all",
            "low": 0,
            "best": 0,
            "high": 0,
            "precision": "exact",
            "claimant_id": "gazette",
        }
    ],
    "contexts": [{"context": "military"}],
    "mentions": [
        {
            "mention_id": "TST-000002-M1",
            "article_id": ARTICLE,
            "sentence_no": 3,
            "zone": "body",
            "leading": True,
            "factuality": "asserted",
            "polarity": "affirmative",
            "content_status": "pledged",
            "conditional": True,
            "quotation": "indirect",
            "spans": [
                span("offered aid", "trigger"),
                span("if Malta asked for it", "condition"),
                span("She", "actor"),
                span("Malta", "target"),
                span("3 May 2021", "time"),
                span("Valletta", "place"),
                span("none", "number"),
                span("the Gazette", "source"),
            ],
            "attributions": [
                {
                    "ordinal": 1,
                    "actor_id": "gazette",
                    "speech_act": "reports",
                    "verbatim": False,
                    "implied": False,
                }
            ],
        },
        {
            "mention_id": "TST-000002-M2",
            "article_id": ARTICLE,
            "sentence_no": 1,
            "zone": "headline",
            "leading": False,
            "factuality": "asserted",
            "polarity": "affirmative",
            "content_status": "pledged",
            "conditional": False,
            "spans": [span("offers help", "trigger")],
            "attributions": [],
        },
    ],
    "relations": [
        {"relation": "part_of", "other_event_id": "TST-000001", "mention_id": "TST-000002-M1"}
    ],
    "alternatives": [
        {
            "field": "action_code",
            "value": "cameo:0333",
            "standing": "defensible",
            "reason": "The aid may be humanitarian; the text does not say.",
        }
    ],
}

_PLAIN: dict[str, list[dict[str, Any]]] = {
    "actors": [
        {
            "actor_id": "arna",
            "kind": "person",
            "identified": True,
            "name_en": "Arna",
            "name_vi": "Arna",
            "country_code": "ISL",
        },
        {
            "actor_id": "borg",
            "kind": "person",
            "identified": True,
            "name_en": "Borg",
            "name_vi": "Borg",
            "country_code": "MLT",
        },
        {
            "actor_id": "gazette",
            "kind": "media",
            "identified": True,
            "name_en": "The Gazette",
            "name_vi": "Báo Gazette",
        },
        {
            "actor_id": "malta",
            "kind": "state",
            "identified": True,
            "name_en": "Malta",
            "name_vi": "Malta",
            "country_code": "MLT",
        },
    ],
    "actor_names": [{"actor_id": "arna", "name": "Minister Arna", "language_code": "en"}],
    "actor_roles": [
        {
            "actor_id": "arna",
            "represents_id": "arna",
            "actor_code": "ISLGOV",
            "code_source": "cameo",
            "actor_country_code": "ISL",
            "office_en": "Minister",
            "valid_from": "2021-01-01",
        },
        {
            "actor_id": "borg",
            "represents_id": "malta",
            "actor_code": "MLTGOV",
            "code_source": "cameo",
            "actor_country_code": "MLT",
        },
        {
            "actor_id": "malta",
            "represents_id": "malta",
            "actor_code": "MLT",
            "code_source": "cameo",
            "actor_country_code": "MLT",
        },
        {
            "actor_id": "gazette",
            "represents_id": "gazette",
            "actor_code": "MED",
            "code_source": "cameo",
        },
    ],
    "articles": [
        {
            "article_id": ARTICLE,
            "title": "Minister Arna offers help",
            "publisher": "The Daily",
            "language_code": "en",
            "published_local": "printed 04/05/2021",
            "published_earliest": "2021-05-04",
            "published_latest": "2021-05-04",
            "published_basis": "stated",
            "text_sha256": sha256(TEXT),
            "text_length": len(TEXT),
            "digest_key": "none",
        }
    ],
    "sentences": [
        sentence(1, "Minister Arna offers help", "headline", "coded"),
        sentence(
            2,
            "On 3 May 2021 Minister Arna of Iceland telephoned Malta's Minister Borg.",
            "body",
            "coded",
        ),
        sentence(3, _OFFERED, "body", "coded"),
        sentence(
            4, "The sea was calm.", "body", "not_codeable", reason="no_act", note_en="Weather."
        ),
    ],
    "changes": [
        {
            "event_id": event_id,
            "record_version": 1,
            "change": "created",
            "reason": "First coding.",
            "dataset_version": "0.1.0",
        }
        for event_id in ("TST-000001", "TST-000002")
    ],
    "codings": [],
    "agreement": [],
}


def corpus() -> Corpus:
    """A fresh copy, so that a test may damage it."""
    return Corpus(copy.deepcopy([_CALL, _OFFER]), copy.deepcopy(_PLAIN), ("en", "vi"))


def keyed_corpus() -> Corpus:
    """The corpus with span and sentence digests that only who has the text can make."""
    made = corpus()
    digest = digester_of(TEXT, "text")
    made.plain["articles"][0]["digest_key"] = "text"
    for held in made.plain["sentences"]:
        held["sentence_sha256"] = digest(TEXT[held["char_start"] : held["char_end"]])
    for mention in (mention for event in made.events for mention in event["mentions"]):
        for held in mention["spans"]:
            held["span_sha256"] = digest(TEXT[held["char_start"] : held["char_end"]])
    return made
