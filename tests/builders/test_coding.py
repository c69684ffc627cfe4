"""A coding sheet becomes records, or says what is wrong with it."""

import re
from dataclasses import replace

import pytest

from qantar.builders import (
    CodingError,
    Sheet,
    defensible,
    event,
    link,
    mention,
    on,
    place,
    rejected,
    source,
)
from qantar.builders.actors import Registry
from qantar.builders.coding import Toll
from qantar.builders.compilation import compile_corpus, ranges_of
from qantar.builders.digest import Digests
from qantar.schema import Actor, ActorRole, Event
from support import made_up

ROLES = [
    {"actor_id": "arna", "actor_code": "ISLOPP", "valid_to": "2020-12-31"},
    {"actor_id": "arna", "actor_code": "ISLGOV", "valid_from": "2021-01-01"},
    {"actor_id": "borg", "actor_code": "MLTGOV"},
    {"actor_id": "malta", "actor_code": "MLT", "actor_country_code": "MLT"},
]
REGISTRY = Registry(
    actors=tuple(Actor(**row) for row in made_up.corpus().plain["actors"]),
    names=(),
    roles=tuple(
        ActorRole(**{"represents_id": row["actor_id"], "code_source": "cameo", **row})
        for row in ROLES
    ),
)
TRIGGER = (made_up.TEXT.index("offered aid"), made_up.TEXT.index("offered aid") + 11)
CONDITION = made_up.TEXT.index("if Malta")


def sheet():
    made = Sheet(
        article_id=made_up.ARTICLE,
        language_code="en",
        text_sha256=made_up.sha256(made_up.TEXT),
        text_length=len(made_up.TEXT),
        published_earliest="2021-05-04",
        published_latest="2021-05-04",
        published_basis="stated",
    )
    for row in made_up.corpus().plain["sentences"]:
        line = (row["sentence_no"], row["zone"], row["char_start"], row["char_end"])
        if row["disposition"] == "coded":
            made.coded(*line)
        else:
            made.not_codeable(*line, row["reason"], row["note_en"])
    return made


def offer(**changes):
    coding = {
        "when": on("2021-05-03", "stated", between=("2021-05-03", "2021-05-03")),
        "actors": ["arna"],
        "targets": ["malta", "borg"],
        "condition": "Malta asks for aid.",
        "where": place("Valletta", "MLT", "city", (35.9, 14.5)),
        "toll": Toll(0, 1, 2, "borg"),
        "summary_en": "Iceland offers aid.",
        "summary_vi": "Iceland đề nghị viện trợ.",
        "confidence": "high",
        "mentions": [
            mention(
                3,
                leading=True,
                status="pledged",
                conditional=True,
                spans={
                    "trigger": [[TRIGGER, (CONDITION, CONDITION + 2)]],
                    "target": [None, (CONDITION + 3, CONDITION + 8)],
                },
                sources=[source("borg", "reports", verbatim=True)],
            )
        ],
        "links": [link("part_of", "TST-000001", said_in=1)],
        "considered": [
            defensible("action_code", "cameo:0331", "Perhaps."),
            rejected("action_code", "cameo:07", "No."),
        ],
    } | changes
    return event("TST-000002", "cameo:033", **coding)


def compile_one(coding, *, digests=None):
    made = sheet()
    made.event(coding)
    return compile_corpus([(made, digests or pinned(made))], REGISTRY, [])


def pinned(made):
    words = {
        (start, end): made_up.sha256(made_up.TEXT[start:end]) for start, end in ranges_of(made)
    }
    return Digests(made.article_id, words)


def test_a_sheet_compiles_to_a_valid_record():
    record = compile_one(offer()).events[0]
    assert Event.model_validate(record).plain() == record
    assert record["content_status"] == "pledged"
    assert record["conditional"] is True
    assert record["relations"][0]["mention_id"] == "TST-000002-M1"
    assert [a["standing"] for a in record["alternatives"]] == ["defensible", "rejected"]
    assert record["mentions"][0]["zone"] == "body"


def test_spans_count_values_and_their_pieces():
    spans = compile_one(offer()).events[0]["mentions"][0]["spans"]
    assert [(s["field"], s["ordinal"], s["part"]) for s in spans] == [
        ("trigger", 1, 1),
        ("trigger", 1, 2),
        ("target", 2, 1),
    ]
    assert spans[0]["span_sha256"] == made_up.sha256("offered aid")


def test_a_party_acts_in_its_role_at_the_date():
    codes = {
        day: compile_one(offer(when=on(day, "stated", between=(day, day)))).events[0][
            "participants"
        ][0]["actor_code"]
        for day in ("2020-12-31", "2021-01-01")
    }
    assert codes == {"2020-12-31": "ISLOPP", "2021-01-01": "ISLGOV"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"actors": ["nobody"]}, "TST-000002: there is no actor 'nobody'"),
        ({"mentions": [mention(3, spans={"trigger": TRIGGER})]}, "0 mentions lead"),
        (
            {"mentions": [mention(9, leading=True, spans={"trigger": TRIGGER})]},
            "sentence 9 of TST-A0001, which the ledger does not have",
        ),
    ],
)
def test_what_no_record_can_hold_is_refused_by_name(changes, message):
    with pytest.raises(CodingError, match=message):
        compile_one(offer(**changes))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("action_code", "cameo:0333x", "did you mean 'cameo:0333'"),
        ("action_code", "034", "'034' is not a CAMEO code; did you mean 'cameo:034'"),
        ("action_code", "maybe an offer", "is not a CAMEO code; write one such as"),
        ("action_code", "cameo:033", "both the code and an alternative"),
        ("actor_code", "ISLGVO", "has the part 'GVO', which is neither a country nor"),
        ("target_code", "MLTOPP perhaps", "has the part ' pe'"),
    ],
)
def test_an_alternative_that_is_no_code_is_refused_by_name(field, value, message):
    with pytest.raises(CodingError, match="TST-000002: .*" + re.escape(message)):
        compile_one(offer(considered=[defensible(field, value, "Perhaps.")]))


def test_alternatives_of_other_fields_are_free_and_codes_may_be_built_of_added_parts():
    considered = [rejected("unit", "two", "One."), rejected("actor_code", "ISLQQX", "No.")]
    with pytest.raises(CodingError, match="'QQX'"):
        compile_one(offer(considered=considered))
    made = sheet()
    made.event(offer(considered=considered))
    registry = replace(REGISTRY, further_parts=frozenset({"QQX"}))
    record = compile_corpus([(made, pinned(made))], registry, []).events[0]
    assert [a["value"] for a in record["alternatives"]] == ["two", "ISLQQX"]


def test_a_span_without_digest_says_how_to_pin_it():
    made = sheet()
    digests = Digests(
        made.article_id,
        {(s.char_start, s.char_end): made_up.sha256("x") for s in made.lines},
    )
    with pytest.raises(CodingError, match=r"trigger: .* run qantar pin"):
        compile_one(offer(), digests=digests)


def test_a_mention_of_an_event_that_no_sheet_codes_is_refused():
    made = sheet()
    made.also("TST-000009", mention(3, spans={"trigger": TRIGGER}))
    with pytest.raises(CodingError, match="TST-000009, which no sheet codes"):
        compile_corpus([(made, pinned(made))], REGISTRY, [])


def test_another_article_adds_its_mentions_after_the_first():
    made = sheet()
    made.event(offer())
    made.also("TST-000002", mention(1, spans={"trigger": TRIGGER}))
    mentions = compile_corpus([(made, pinned(made))], REGISTRY, []).events[0]["mentions"]
    assert [m["mention_id"] for m in mentions] == ["TST-000002-M1", "TST-000002-M2"]
    assert [m["sentence_no"] for m in mentions] == [3, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: mention(1, spans={"verb": (1, 2)}),
        lambda: mention(1, spans={}, factuality="maybe"),
        lambda: source("arna", "whispers"),
        lambda: on("2021-05-03", "guessed"),
        lambda: link("near", "TST-000001"),
        lambda: sheet().not_codeable(5, "body", 1, 2, "boring", "Note."),
    ],
)
def test_a_word_outside_the_vocabulary_is_refused_at_once(wrong):
    with pytest.raises(ValueError, match="is not a valid"):
        wrong()
