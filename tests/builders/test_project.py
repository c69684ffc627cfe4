"""The two articles are coded as the manual says, and every span holds its words."""

import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from qantar.builders import CodingError, Project
from qantar.builders.actors import read_registry
from qantar.builders.digest import digests_path, render_digests
from qantar.builders.project import OWN_PROJECT
from qantar.builders.span_range import ranges_of
from qantar.builders.text import texts_by_digest
from qantar.schema import Event
from qantar.schema.codebook import actor_parts, countries
from qantar.schema.digest import sha256_of

ROOT = Path(__file__).parents[2]
LONGEST_RUN = 10
SHORTEST_SHARED_RUN = 6


@pytest.fixture(scope="module")
def corpus():
    return Project().compile()


@pytest.fixture(scope="module")
def texts(articles):
    return texts_by_digest(articles)


def test_every_record_is_valid(corpus):
    assert len(corpus.events) >= 10
    for record in corpus.events:
        assert Event.model_validate(record).plain() == record


def test_every_hard_kind_occurs(corpus):
    events = corpus.events
    articles = [{m["article_id"] for m in e["mentions"]} for e in events]
    slots = [Counter(p["slot"] for p in e["participants"]) for e in events]
    kinds = {
        "conditional offer": any(
            e["conditional"] and e["action_code"].startswith("cameo:03") for e in events
        ),
        "symmetric call": any(
            e["direction"] == "symmetric" and e["action_code"] == "cameo:041" for e in events
        ),
        "founding by six states": any(s["actor"] == 6 and s["product"] for s in slots),
        "presupposed act": any(e["factuality"] == "presupposed" for e in events),
        "negated forecast": any(
            e["factuality"] == "predicted" and e["polarity"] == "negated" for e in events
        ),
        "accusation": any(e.get("content_status") == "alleged" for e in events),
        "authorisation": any(e.get("content_status") == "authorised" for e in events),
        "claimed toll": any("claimant_id" in c for e in events for c in e["counts"]),
        "each certainty": {"certain", "probable", "possible"}
        <= {e.get("certainty") for e in events},
        "each quotation": {"direct", "indirect", "none"}
        <= {m.get("quotation") for e in events for m in e["mentions"]},
        "one day between": any(e.get("date_edtf", "").startswith("[") for e in events),
        "an act that lasts": any("?/" in e.get("date_edtf", "") for e in events),
        "words for another party": any(
            "actor_id" in s for e in events for m in e["mentions"] for s in m["spans"]
        ),
        "event in both articles": any(len(a) == 2 for a in articles),
        "dated teaser": any(
            m["zone"] == "teaser" and any(s["field"] == "time" for s in m["spans"])
            for e in events
            for m in e["mentions"]
        ),
        "relative date": any(e["date_basis"] == "relative_to_event" for e in events),
    }
    assert not [kind for kind, occurs in kinds.items() if not occurs]


def test_the_ledger_holds_every_word_of_the_texts(corpus, texts):
    for article in corpus.plain["articles"]:
        text = texts[article["text_sha256"]]
        covered = [False] * len(text)
        for line in corpus.plain["sentences"]:
            if line["article_id"] == article["article_id"]:
                covered[line["char_start"] : line["char_end"]] = [True] * (
                    line["char_end"] - line["char_start"]
                )
        assert "".join(c for c, seen in zip(text, covered, strict=True) if not seen).strip() == ""


def test_every_span_and_sentence_has_the_digest_of_its_words(corpus, texts):
    text_of = {a["article_id"]: texts[a["text_sha256"]] for a in corpus.plain["articles"]}
    spans = [
        (mention["article_id"], span["char_start"], span["char_end"], span["span_sha256"])
        for event in corpus.events
        for mention in event["mentions"]
        for span in mention["spans"]
    ]
    spans += [
        (s["article_id"], s["char_start"], s["char_end"], s["sentence_sha256"])
        for s in corpus.plain["sentences"]
    ]
    assert len(spans) > 200
    for article_id, start, end, digest in spans:
        words = text_of[article_id][start:end]
        assert words == words.strip()
        assert sha256_of(words) == digest


def test_the_digest_files_are_up_to_date(texts):
    for path, sheet in Project().sheets():
        text = texts[sheet.text_sha256]
        content = render_digests(sheet.article_id, text, ranges_of(sheet), sheet.digest_key)
        assert digests_path(path).read_text(encoding="utf-8") == content, (
            "run: qantar pin --articles DIR"
        )


def test_every_field_that_is_filled_in_was_read_from_words(corpus):
    for event in corpus.events:
        read = {(s["field"], s["ordinal"]) for m in event["mentions"] for s in m["spans"]}
        fields = {field for field, _ in read}
        for party in event["participants"]:
            assert (party["slot"], party["ordinal"]) in read, (event["event_id"], party)
        for filled, field in (
            ("place_name", "place"),
            ("condition_en", "condition"),
            ("object_en", "object"),
        ):
            assert filled not in event or field in fields, (event["event_id"], filled)
        for claim in event["counts"]:
            assert ("number", claim["ordinal"]) in read, (event["event_id"], claim)
        assert event["polarity"] == "affirmative" or "negation" in fields, event["event_id"]
        dated_by_words = event["date_basis"] == "stated" or "relative" in event["date_basis"]
        assert not dated_by_words or "time" in fields, event["event_id"]
        for mention in event["mentions"]:
            sources = {s["ordinal"] for s in mention["spans"] if s["field"] == "source"}
            for link in mention["attributions"]:
                assert link["implied"] or link["ordinal"] in sources, mention["mention_id"]


def test_confidence_follows_from_what_its_note_names(corpus):
    due = {"high": {0}, "medium": {1}, "low": {2, 3, 4}}
    for event in corpus.events:
        named = event.get("confidence_note_en", "").partition(":")[0].lower()
        doubts = [doubt for doubt in re.split(", | and ", named) if doubt]
        assert set(doubts) <= {"record", "root", "parties", "date"}, event["event_id"]
        assert len(doubts) in due[event["confidence"]], event["event_id"]


def test_later_captures_yield_no_event(corpus):
    later = {
        (s["article_id"], s["sentence_no"])
        for s in corpus.plain["sentences"]
        if s.get("reason") == "later_capture"
    }
    assert len(later) == 10
    for event in corpus.events:
        for mention in event["mentions"]:
            assert (mention["article_id"], mention["sentence_no"]) not in later


def test_actor_codes_are_built_of_known_parts():
    known = set(actor_parts()) | set(countries())
    for role in read_registry(OWN_PROJECT / "registry", ("en", "vi")).roles:
        parts = set(re.findall("...", role.actor_code))
        assert parts <= known, role
        extended = any(
            part.code_source == "qantar" for code in parts for part in actor_parts().get(code, ())
        )
        assert extended == (role.code_source == "qantar"), role


def test_every_actor_of_the_registry_occurs(corpus):
    used = {s["actor_id"] for e in corpus.events for m in e["mentions"] for s in m["attributions"]}
    used |= {p["actor_id"] for e in corpus.events for p in e["participants"]}
    used |= {c["claimant_id"] for e in corpus.events for c in e["counts"] if "claimant_id" in c}
    used |= {role["represents_id"] for role in corpus.plain["actor_roles"]}
    assert {actor["actor_id"] for actor in corpus.plain["actors"]} == used


def _words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def _runs(words, length):
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def _tracked_texts():
    listed = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in (ROOT / name for name in names.split("\0") if name):
        try:
            yield path, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a git checkout to list its files")
def test_no_sentence_of_the_articles_stands_in_the_repository(corpus, texts):
    titles = [_words(a["title"]) for a in corpus.plain["articles"] if "title" in a]
    titled = set().union(*(_runs(words, LONGEST_RUN + 1) for words in titles))
    forbidden = (
        set().union(*(_runs(_words(text), LONGEST_RUN + 1) for text in texts.values())) - titled
    )
    assert len(forbidden) > 500
    found = {
        path.relative_to(ROOT).as_posix()
        for path, text in _tracked_texts()
        if _runs(_words(text), LONGEST_RUN + 1) & forbidden
    }
    assert not found


def test_summaries_share_no_run_with_the_articles(corpus, texts):
    told = (actor_name["name"] for actor_name in corpus.plain["actor_names"])
    names = [name for name in told if name[0].isupper()]
    runs = set().union(
        *(_runs(_words_beside(names, text), SHORTEST_SHARED_RUN) for text in texts.values())
    )
    assert len(runs) > 500
    for event in corpus.events:
        told = _words_beside(names, event["summary_vi"])
        assert not _runs(told, SHORTEST_SHARED_RUN) & runs, event["event_id"]


def test_names_do_not_count_in_a_run():
    left = _words_beside(["Trương Minh", "Ardania"], "Ông Trương Minh nói Ardania sẽ giúp")
    assert left == ["ông", "nói", "sẽ", "giúp"]


def _words_beside(names, text):
    """The words of a text without the names, the longest of them first."""
    left = unicodedata.normalize("NFC", text)
    for name in sorted(names, key=len, reverse=True):
        left = re.sub(rf"\b{re.escape(unicodedata.normalize('NFC', name))}\b", " ", left)
    return _words(left)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no coding sheet"),
        ({"articles/a.py": "x = 1"}, "has 0 SHEETs"),
        ({"articles/a.py": "SHEET = 3"}, "exactly one module"),
        ({"articles/a.py": "def"}, "cannot be read as a coding sheet"),
        ({"articles/a.py": "1 / 0"}, "ZeroDivisionError"),
    ],
)
def test_a_broken_project_is_refused_with_the_reason(tmp_path, files, message):
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    with pytest.raises(CodingError, match=message):
        Project(tmp_path).compile()


def test_a_wrong_cell_of_the_registry_is_named(tmp_path):
    (tmp_path / "actors.csv").write_text(
        "actor_id,kind,identified,name_en,name_vi\narna,wizard,true,Arna,Arna\n"
    )
    with pytest.raises(CodingError, match=r"actors.csv, line 2, column kind"):
        read_registry(tmp_path, ("en", "vi"))


ROLE = "actor_id,represents_id,actor_code,code_source\narna,arna,%s,cameo\n"
PART = "part_code,kind,title,full_code,code_source,note_en\nQQX,ethnic,The Q,,cameo,\n"


@pytest.mark.parametrize(
    ("code", "parts", "message"),
    [
        (
            "ISLGVO",
            None,
            "actor_roles.csv, line 2, column actor_code, actor arna: .* has the part 'GVO'.*'GOV'",
        ),
        ("ISLQQX", None, "has the part 'QQX'.*actor_parts.csv of the registry"),
        ("ISLQQX", PART.replace("QQX", "QQZ"), "has the part 'QQX'.*did you mean 'QQZ'"),
    ],
)
def test_an_actor_code_of_unknown_parts_is_refused_by_name(tmp_path, code, parts, message):
    write_registry(tmp_path, code, parts)
    with pytest.raises(CodingError, match=message):
        read_registry(tmp_path, ("en", "vi"))


@pytest.mark.parametrize(("code", "parts"), [("ISLGOV", None), ("ISLQQX", PART), ("HKGMED", None)])
def test_an_actor_code_of_known_or_added_parts_is_read(tmp_path, code, parts):
    write_registry(tmp_path, code, parts)
    assert [role.actor_code for role in read_registry(tmp_path, ("en", "vi")).roles] == [code]


def write_registry(folder, code, parts):
    (folder / "actors.csv").write_text("actor_id,kind,identified,name_en,name_vi\n")
    (folder / "actor_names.csv").write_text("actor_id,name,language_code\n")
    (folder / "actor_roles.csv").write_text(ROLE % code)
    if parts:
        (folder / "actor_parts.csv").write_text(parts)


def test_a_missing_text_is_named_with_its_digest(tmp_path):
    with pytest.raises(CodingError, match="has the digest"):
        Project().pin(tmp_path)


def test_the_digest_files_hold_no_words():
    for path, _ in Project().sheets():
        document = json.loads(digests_path(path).read_text(encoding="utf-8"))
        for key, digest in document["digests"].items():
            assert re.fullmatch("[0-9]+-[0-9]+", key)
            assert re.fullmatch("[0-9a-f]{64}", digest)


TUTORIAL = ROOT / "builders" / "tutorial" / "project"


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        (
            "codings/coder-1.csv",
            b"coding_id,value\na,b\n",
            "coder-1.csv, line 1: the file has no column field",
        ),
        ("codings/coder-1.csv", b"coding_id,field,value\na,trigger\n", "line 2: 2 cells"),
        ("codings/settlement.csv", None, "cannot read"),
        ("codings/settlement.csv", b"", "the trigger 'x 1' of a is not of the form"),
        ("articles/gazette.digests.json", b"{", "is not a file of digests"),
        ("articles/gazette.digests.json", b'{"digests": {"12": "x"}}', "is not a file of digests"),
        ("registry/actors.csv", b"actor_id,kind\n\xff,x\n", "is not UTF-8"),
        ("registry/actors.csv", b"", "the file is empty; its first line is actor_id,kind,"),
        ("registry/actors.csv", b"actor_id;kind\na;b\n", "is separated by semicolons"),
        ("registry/actors.csv", b"actor_id,kind,kind\n", "names 'kind' twice"),
        ("registry/actors.csv", b"actor_id,colour\n", "the column 'colour' is unknown"),
        ("articles/gazette.py", b"import sys\nsys.exit()\n", "gazette.py, line 2 cannot be read"),
        ("articles/gazette.py", b"x = 1\nx = (", "gazette.py, line 2 cannot be read"),
        ("registry/actors.csv", b"actor_id,kind\na,b,c\n", "line 2: 3 cells, but the header has 2"),
        ("registry/actors.csv", b'actor_id,kind\n"a,b\n', "not well-formed CSV"),
        ("project.toml", b"name = 3", "name must be text"),
        ("project.toml", b"colour = 'red'", "colour is unknown"),
        ("project.toml", b"name = 'A B'", "small letters, digits and hyphens"),
        ("project.toml", b"name", "cannot be read"),
        ("project.toml", b"keywords = 'x'", "keywords must be a list of texts"),
        ("project.toml", b"title = 'x'", 'add the line languages = ["en"]'),
        ("project.toml", b"released = 'May'", "write a day such as 2022-01-31"),
        ("project.toml", b"languages = 'en'", "languages must be a list of texts"),
        ("project.toml", b"languages = []", "languages has an empty list"),
        ("project.toml", b"languages = ['English']", "languages has 'English'"),
        ("project.toml", b"languages = ['pt-BR', 'pt_br']", "names a language twice"),
    ],
)
def test_every_hand_kept_file_is_named_where_it_is_wrong(tmp_path, path, content, message):
    project = tmp_path / "project"
    shutil.copytree(TUTORIAL, project)
    if path.startswith("codings"):
        (project / "codings").mkdir()
        trigger = b"x 1-2" if content is None else b"x 1"
        for name in ("coder-1", "coder-2"):
            rows = b"coding_id,field,value\na,trigger,%s\na,action_code,c\ns1,disposition,coded\n"
            (project / "codings" / f"{name}.csv").write_bytes(rows % trigger)
    if content is not None:
        (project / path).write_bytes(content)
    read = Project(project).edition if path == "project.toml" else Project(project).compile
    with pytest.raises(CodingError, match=re.escape(message)):
        read()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda text: text.replace("\n", "\r\n"), "other line ends"),
        (lambda text: "\ufeff" + text, "byte order mark"),
        (lambda text: text + "x", "none is the text in another encoding"),
    ],
)
def test_pin_tells_how_a_text_differs(tmp_path, change, what):
    text = (TUTORIAL.parent / "texts" / "gazette.txt").read_bytes().decode()
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.txt").write_bytes(change(text).encode())
    (tmp_path / "stray.txt").write_bytes(b"\xff")
    with pytest.raises(CodingError, match=what):
        Project(TUTORIAL).pin(tmp_path)


@pytest.mark.parametrize("written", ["2022-01-31", "'2022-01-31'"])
def test_the_day_of_release_is_read_quoted_or_not(tmp_path, written):
    (tmp_path / "project.toml").write_text(f"languages = ['pt-BR']\nreleased = {written}\n")
    edition = Project(tmp_path).edition()
    assert edition.released == "2022-01-31"
    assert edition.languages == ("pt_br",)
