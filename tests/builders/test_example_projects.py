"""A project in Spanish only, and one in Arabic and English, go from texts to records."""

import re
import shutil
from pathlib import Path

import pytest

from qantar.builders import Project
from qantar.builders.account import give_account
from qantar.builders.text import texts_by_digest
from qantar.schema import Actor, Article, Event, Sentence
from qantar.schema.digest import digester_of

EXAMPLES = Path(__file__).parents[1] / "examples"
LANGUAGES = {"spanish": ("es",), "arabic_english": ("ar", "en")}
NAMES = [*LANGUAGES]
ARABIC = re.compile("[\u0600-\u06ff]")


def texts_of(name):
    return EXAMPLES / "texts" / name


@pytest.fixture(scope="module")
def corpora():
    """Read only."""
    return {name: Project(EXAMPLES / "projects" / name).compile() for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_all_records_and_rows_are_valid(corpora, name):
    corpus = corpora[name]
    assert corpus.languages == LANGUAGES[name]
    assert len(corpus.events) == 10
    for event in corpus.events:
        assert Event.model_validate(event).plain() == event
    for table, model in (("actors", Actor), ("articles", Article), ("sentences", Sentence)):
        for row in corpus.plain[table]:
            assert model.model_validate(row).plain() == row


@pytest.mark.parametrize("name", NAMES)
def test_every_prose_is_in_a_language_of_the_project(corpora, name):
    corpus = corpora[name]
    rows = [*corpus.events, *(row for rows in corpus.plain.values() for row in rows)]
    keys = {key for row in rows for key in row}
    bases = "summary|object|condition|note|date_note|confidence_note|name|office|status_note"
    found = {m[1] for key in keys if (m := re.fullmatch(f"(?:.*_)?(?:{bases})_([a-z]{{2}})", key))}
    assert found == set(LANGUAGES[name])
    assert all(f"summary_{language}" in e for e in corpus.events for language in LANGUAGES[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_span_has_the_digest_of_its_words(corpora, name):
    corpus = corpora[name]
    texts = texts_by_digest(texts_of(name))
    digests = {
        article["article_id"]: (
            texts[article["text_sha256"]],
            digester_of(texts[article["text_sha256"]], article["digest_key"]),
        )
        for article in corpus.plain["articles"]
    }
    mentions = [mention for event in corpus.events for mention in event["mentions"]]
    assert len(mentions) >= 10
    for mention in mentions:
        text, digest = digests[mention["article_id"]]
        for span in mention["spans"]:
            words = text[span["char_start"] : span["char_end"]]
            assert words == words.strip()
            assert digest(words) == span["span_sha256"]
    for line in corpus.plain["sentences"]:
        text, digest = digests[line["article_id"]]
        assert digest(text[line["char_start"] : line["char_end"]]) == line["sentence_sha256"]


@pytest.mark.parametrize("name", NAMES)
def test_the_digest_files_are_up_to_date(tmp_path, name):
    project = tmp_path / name
    shutil.copytree(EXAMPLES / "projects" / name, project)
    assert Project(project).pin(texts_of(name)) == [], "run: qantar pin --articles DIR"


def test_what_is_hard_in_the_spanish_text_is_said(corpora):
    events = {event["event_id"]: event for event in corpora["spanish"].events}
    camp, arrest = events["FAR-000006"], events["FAR-000007"]
    assert (camp["counts"][0]["low"], camp["counts"][0]["precision"]) == (20, "vague")
    assert [claim["kind"] for claim in arrest["counts"]] == ["arrested", "injured"]
    assert (camp["date_edtf"], arrest["date_edtf"]) == (
        "2024-03-04/2024-03-08",
        "[2024-03-04..2024-03-12]",
    )
    assert arrest["date_earliest_event_id"] == "FAR-000006"
    unlikely = events["FAR-000010"]
    assert (unlikely["certainty"], unlikely["polarity"]) == ("probable", "negated")
    headline = events["FAR-000005"]["mentions"][1]
    assert "faroleros" in {span.get("actor_id") for span in headline["spans"]}


def test_what_is_hard_in_two_languages_is_said(corpora):
    events = {event["event_id"]: event for event in corpora["arabic_english"].events}
    both = [e for e in events.values() if len({m["article_id"] for m in e["mentions"]}) == 2]
    assert len(both) == 7
    claimants = [claim["claimant_id"] for claim in events["MED-000005"]["counts"]]
    assert claimants == ["ministry-of-seas", "malta"]
    assert events["MED-000008"]["certainty"] == "certain"
    assert {m.get("quotation") for m in events["MED-000003"]["mentions"]} == {"direct", "indirect"}


def test_an_account_shows_the_words_of_each_text_as_they_run(corpora):
    texts = texts_by_digest(texts_of("arabic_english"))
    account = give_account(corpora["arabic_english"], "MED-000005", texts)
    shown = [line for line in account.splitlines() if ARABIC.search(line)]
    assert len(shown) > 10
    for line in shown:
        # Nothing that runs from right to left stands outside of an isolate.
        assert not ARABIC.search(re.sub("\u2068[^\u2069]*\u2069", "", line))
        assert line.count("\u2068") == line.count("\u2069")
    assert "\u2068" not in give_account(corpora["spanish"], "FAR-000001", {})


@pytest.mark.parametrize(
    ("event_id", "pointer", "words"),
    [
        ("FAR-000007", "/counts/1/best", 'count("injured"'),
        ("FAR-000007", "/date_earliest_event_id", "when=on("),
        ("FAR-000006", "/place_name", "where=place("),
        ("FAR-000009", "/certainty", "mention("),
    ],
)
def test_a_value_is_traced_to_the_call_that_gave_it(event_id, pointer, words):
    folder = EXAMPLES / "projects" / "spanish"
    assembly = Project(folder).assemble()
    ids = [event["event_id"] for event in assembly.corpus.events]
    origin = assembly.origin_of_field(ids.index(event_id), pointer)
    lines = (folder / "articles" / "faroleros.py").read_text(encoding="utf-8").splitlines()
    assert words in lines[origin.place.line - 1]


def test_an_account_tells_each_day_once_and_counts_in_words(corpora):
    account = give_account(corpora["spanish"], "FAR-000007", {})
    assert "[2024-03-04..2024-03-12]; 2024-03-04 (from FAR-000006); bounded\n" in account
    assert "arrested    low 3; at_least, of target_side, says Fuentes municipales\n" in account
    month = give_account(corpora["spanish"], "FAR-000008", {})
    assert "2024-02-XX; 2024-02-01; 2024-02-29; relative_to_publication\n" in month
