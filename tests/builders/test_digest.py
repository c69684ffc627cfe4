"""Digests are pinned from the text; keyed by it, they cannot be guessed."""

import json
import shutil
from pathlib import Path

import pytest

from qantar.builders import CodingError, Project
from qantar.builders.text import read_text
from qantar.schema.digest import digester_of, sha256_of

TUTORIAL = Path(__file__).parents[2] / "builders" / "tutorial"
TEXTS = TUTORIAL / "texts"
# What somebody without the text would try: names, days and verbs of the time.
GUESSES = [
    "Arna",
    "Borg",
    "Malta",
    "Iceland",
    "Valletta",
    "the Harbour Post",
    "protesters",
    "telephoned",
    "demanded",
    "engineers",
    "On 3 May",
    "would send",
    "She",
    "minister",
    "asked",
]


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    shutil.copytree(TUTORIAL / "project", folder)
    return Project(folder)


def key(project, digest_key):
    """Let the sheet of the project key its digests so, and pin them."""
    sheet = project.folder / "articles" / "gazette.py"
    words = '    source_kind="newspaper",\n'
    content = sheet.read_text()
    assert words in content
    sheet.write_text(content.replace(words, f'{words}    digest_key="{digest_key}",\n'))
    project.pin(TEXTS)


def digests_of(corpus):
    spans = {s["span_sha256"] for e in corpus.events for m in e["mentions"] for s in m["spans"]}
    return spans | {s["sentence_sha256"] for s in corpus.plain["sentences"]}


def tried(corpus):
    """The digests of the guesses under all keys that a package tells."""
    article = corpus.plain["articles"][0]
    keys = ["", article["article_id"], article["title"], article["text_sha256"]]
    ways = [sha256_of, *(digester_of(known, "text") for known in keys)]
    return {digest(guess) for digest in ways for guess in GUESSES}


def test_plain_digests_can_be_guessed(project):
    corpus = project.compile()
    assert len(digests_of(corpus) & tried(corpus)) >= 5


def test_digests_keyed_by_the_text_cannot_be_guessed(project):
    key(project, "text")
    corpus = project.compile()
    assert corpus.plain["articles"][0]["digest_key"] == "text"
    assert not digests_of(corpus) & tried(corpus)


def test_whoever_holds_the_text_verifies_keyed_digests(project):
    key(project, "text")
    corpus = project.compile()
    text = read_text(TEXTS / "gazette.txt")
    digest = digester_of(text, "text")
    spans = [s for e in corpus.events for m in e["mentions"] for s in m["spans"]]
    assert len(spans) > 20
    for span in spans:
        assert span["span_sha256"] == digest(text[span["char_start"] : span["char_end"]])
    for line in corpus.plain["sentences"]:
        assert line["sentence_sha256"] == digest(text[line["char_start"] : line["char_end"]])


def test_one_letter_of_the_text_changes_every_keyed_digest():
    one, other = digester_of("a text", "text"), digester_of("a Text", "text")
    assert one("a") != other("a")


def test_the_key_must_be_that_of_the_sheet(project):
    key(project, "text")
    digests = project.folder / "articles" / "gazette.digests.json"
    document = json.loads(digests.read_text())
    assert document["digest_key"] == "text"
    digests.write_text(json.dumps(document | {"digest_key": "none"}))
    with pytest.raises(CodingError, match=r"gazette.digests.json has digests of the key 'none'"):
        project.compile()


def test_another_key_is_refused(project):
    with pytest.raises(CodingError, match="'secret' is not a valid DigestKey"):
        key(project, "secret")
