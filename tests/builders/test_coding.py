"""A coding sheet becomes records, or says what is wrong with it."""

import re
from dataclasses import replace

import pytest

from qantar.builders import (
    CodingError,
    Sheet,
    count,
    defensible,
    event,
    link,
    mention,
    naming,
    on,
    place,
    rejected,
    source,
)
from qantar.builders.digest import Digests
from qantar.schema import Article, Event
from support import made_up
from support.made_up_sheet import (
    REGISTRY,
    TRIGGER,
    compile_one,
    compile_sheet,
    offer,
    sheet,
)


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
    record = compile_sheet(made, registry=registry).events[0]
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
        compile_sheet(made)


def test_another_article_adds_its_mentions_after_the_first():
    made = sheet()
    made.event(offer())
    made.also("TST-000002", mention(1, spans={"trigger": TRIGGER}))
    mentions = compile_sheet(made).events[0]["mentions"]
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
        lambda: count("dead", best=1),
        lambda: count("deaths", best=1, of="everybody"),
        lambda: count("deaths", best=1, precision="roughly"),
        lambda: mention(1, spans={}, certainty="sure"),
        lambda: mention(1, spans={}, quotation="verbatim"),
        lambda: offer(direction="both"),
        lambda: offer(contexts=["weather"]),
        lambda: sheet().not_codeable(5, "body", 1, 2, "boring", "Note."),
    ],
)
def test_a_word_outside_the_vocabulary_is_refused_at_once(wrong):
    with pytest.raises(ValueError, match="is not a valid"):
        wrong()


@pytest.mark.parametrize(
    "prose",
    [
        {"summary": "A.", "summary_vi": "B."},
        {"summary": {"en": "A.", "vi": "B."}},
        {"summary": {"vi": "B."}, "summary_en": "A."},
        {"summary": None, "summary_en": "A.", "summary_vi": "B."},
    ],
)
def test_prose_is_given_plain_by_language_or_by_suffix(prose):
    coding = told({"condition_vi": "B."} | prose)
    record = compile_one(coding).events[0]
    assert (record["summary_en"], record["summary_vi"]) == ("A.", "B.")


def told(prose, **more):
    """The offer with this prose and no other."""
    coding = offer(**more)
    return event(
        coding.event_id,
        coding.action_code,
        when=coding.when,
        mentions=coding.mentions,
        confidence="high",
        condition="Malta asks.",
        **prose,
    )


def test_a_plain_text_is_in_the_main_language():
    coding = told({"summary": "A."})
    record = compile_one(coding, languages=("es",)).events[0]
    assert record["summary_es"] == "A."
    assert record["condition_es"] == "Malta asks."
    assert not [name for name in record if name.endswith(("_en", "_vi"))]


def test_the_corpus_knows_its_languages():
    assert compile_one(told({"summary": "A."}), languages=("pt_br",)).languages == ("pt_br",)


@pytest.mark.parametrize(
    ("prose", "languages", "message"),
    [
        ({"summary": "A."}, ("en", "vi"), "summary_vi is missing, and each has one in every lang"),
        ({"summary": "A."}, ("en", "ar"), "summary_ar is missing"),
        ({}, ("es",), "summary_es is missing"),
        ({"summary": "A.", "summary_fr": "B."}, ("en",), "summary_fr is in a language that proj"),
        ({"summary": "A.", "summary_en": "B."}, ("en",), "given plain and as summary_en"),
        (
            {"summary": "A.", "confidence_note_vi": "B."},
            ("en",),
            "confidence_note_vi is in a language",
        ),
        (
            {"summary": {"en": "A.", "vi": "B."}, "confidence_note_vi": "C."},
            ("en", "vi"),
            "confidence_note_en is missing, and en is the project's main language",
        ),
    ],
)
def test_prose_that_the_project_does_not_promise_or_lacks_is_refused(prose, languages, message):
    with pytest.raises(CodingError, match=f"TST-000002: .*{re.escape(message)}"):
        compile_one(told(prose), languages=languages)


def test_notes_of_a_date_a_sentence_and_an_article_are_prose_too():
    made = Sheet(
        article_id=made_up.ARTICLE,
        language_code="en",
        text_sha256=made_up.sha256(made_up.TEXT),
        text_length=len(made_up.TEXT),
        published_earliest="2021-05-04",
        published_latest="2021-05-04",
        published_basis="stated",
        published_note_es="Impreso.",
        url="https://example.org/a",
        retrieved_on="2021-05-05",
        source_kind="newspaper",
        text_license="CC0-1.0",
        digest_key="text",
    )
    made.coded(3, "body", 98, 188)
    made.not_codeable(4, "body", 189, 206, "no_act", note_es="El tiempo.")
    when = on("2021-05-03", "bounded", between=("2021-05-03", "2021-05-03"), note_es="Nota.")
    made.event(told({"summary": "A."}, when=when))
    corpus = compile_sheet(made, languages=("es",))
    assert corpus.events[0]["date_note_es"] == "Nota."
    assert corpus.plain["sentences"][1]["note_es"] == "El tiempo."
    article = corpus.plain["articles"][0]
    assert article["published_note_es"] == "Impreso."
    assert article["digest_key"] == "text"
    assert Article.model_validate(article).plain() == article
    with pytest.raises(CodingError, match=r"sentence 4: note_es is in a language"):
        compile_sheet(made, languages=("en",))


def test_counts_stand_in_their_order_each_with_its_claimant():
    counts = [
        count("deaths", best=164, by="borg", precision="exact"),
        count("deaths", low=200, by="arna", precision="at_least"),
        count("injured", low=24, of="civilians", precision="vague"),
        count("deployed", best=2000, of="actor_side", of_actor="arna", precision="about"),
    ]
    record = compile_one(offer(counts=counts)).events[0]
    assert Event.model_validate(record).plain() == record
    assert [(c["ordinal"], c["precision"]) for c in record["counts"]] == [
        (1, "exact"),
        (2, "at_least"),
        (3, "vague"),
        (4, "about"),
    ]
    assert record["counts"][3]["of_actor_id"] == "arna"
    assert "claimant_id" not in record["counts"][2]


def test_what_schema_0_2_0_adds_stands_in_the_record():
    record = compile_one(
        offer(
            direction="undirected",
            others=["borg"],
            targets=["malta"],
            associated=["borg"],
            contexts=["military"],
            when=on(
                "[2021-05-01..2021-05-03]",
                "bounded",
                between=("2021-05-01", "2021-05-03"),
                earliest_from="TST-000001",
                latest_from="TST-000003",
                note="Between.",
            ),
            where=place("Valletta", "MLT", "city", place_id="geonames:2562305", admin1="South"),
            mentions=[
                mention(
                    3,
                    leading=True,
                    factuality="predicted",
                    certainty="possible",
                    status="pledged",
                    conditional=True,
                    quotation="indirect",
                    spans={"trigger": TRIGGER, "actor": naming([TRIGGER], "malta")},
                )
            ],
        )
    ).events[0]
    assert Event.model_validate(record).plain() == record
    assert record["direction"] == "undirected"
    assert record["certainty"] == record["mentions"][0]["certainty"] == "possible"
    assert record["mentions"][0]["quotation"] == "indirect"
    assert record["mentions"][0]["spans"][1]["actor_id"] == "malta"
    assert record["contexts"] == [{"context": "military"}]
    assert (record["date_earliest_event_id"], record["date_latest_event_id"]) == (
        "TST-000001",
        "TST-000003",
    )
    assert (record["place_id"], record["admin1_name"]) == ("geonames:2562305", "South")
    beside = [p for p in record["participants"] if p.get("associated")]
    assert [(p["slot"], p["actor_id"]) for p in beside] == [("other", "borg")]


def test_an_associated_actor_fills_a_slot():
    with pytest.raises(CodingError, match="'borg' is associated and fills no slot"):
        compile_one(offer(targets=["malta"], associated=["borg"]))


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda: offer(sumary_en="A."), "did you mean summary_en?"),
        (lambda: offer(toll=3), "there is no argument 'toll'"),
        (lambda: on("2021-05-03", "stated", notes_en="A."), "did you mean note_en?"),
    ],
)
def test_an_argument_that_is_none_is_refused_with_a_hint(wrong, hint):
    with pytest.raises(TypeError, match=re.escape(hint)):
        wrong()


def test_a_language_that_is_none_is_refused():
    with pytest.raises(ValueError, match="'English' is not a language"):
        offer(summary={"English": "A."})
