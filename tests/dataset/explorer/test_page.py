"""The page as a file: small, closed, reproducible, and true to its tables."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from qantar.dataset.edition import OWN_EDITION
from qantar.dataset.explorer import page as composer
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import PAGE, SCRIPTS, write_page
from qantar.dataset.explorer.source import complete
from qantar.schema import vocabulary
from qantar.schema.vocabulary import Vocabulary
from support import made_up
from support.made_up_package import release

HERE = Path(composer.__file__).parent
LARGEST = 285_000
# What the page never names: who is of what kind, and where a code or a day comes from.
UNSHOWN = ("actor-kind", "code-source", "published-basis", "counted-acts")
WORDS = {
    language: json.loads((HERE / "words" / f"{language}.json").read_text(encoding="utf-8"))
    for language in ("en", "vi")
}


@pytest.fixture(scope="module")
def text(own_rows):
    heading = Heading.of_edition(OWN_EDITION, OWN_EDITION.version)
    return write_page(own_rows, heading).decode()


def element(text, start):
    return re.search(f"<{re.escape(start)}[^>]*>(.*?)</{start.split()[0]}>", text, re.DOTALL)[1]


def decoded(column, size):
    values = column.get("v", [None] * size)
    if "d" in column:
        values = [None if place < 0 else column["d"][place] for place in values]
    if column["k"] == "x":
        return [value and base64.b64decode(f"{value}=").hex() for value in values]
    if column["k"] == "b":
        return [None if value is None else bool(value) for value in values]
    return values


def placeholders(language, key):
    return sorted(re.findall(r"\{\w+\}", WORDS[language][key]))


def test_it_is_small(text):
    assert len(text.encode()) <= LARGEST


def test_the_policy_names_the_very_style_and_script(text):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy.startswith("default-src 'none'; ")
    for directive, content in (
        ("style-src", element(text, "style")),
        ("script-src", text[text.rindex("<script>") + 8 : text.rindex("</script>")]),
    ):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy


def test_it_names_nothing_to_load(text):
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', markup) == []
    assert "url(" not in element(text, "style").replace("url(#hatch)", "")
    assert "@import" not in text


def test_its_tables_are_those_of_the_release(text, own_rows):
    data = json.loads(element(text, 'script type="application/json" id="data"'))
    rows = own_rows
    for name in ("events", "participants", "mentions", "spans", "attributions", "alternatives"):
        table = data["tables"][name]
        for column in table["c"]:
            values = [row.get(column["n"]) for row in rows[name]]
            assert decoded(column, table["n"]) == values, (name, column["n"])


def test_its_linked_data_describe_the_dataset(text):
    linked = json.loads(element(text, 'script type="application/ld+json"'))
    assert linked["@context"] == {"@vocab": "https://schema.org/"}
    assert (linked["@type"], linked["name"]) == ("Dataset", OWN_EDITION.title)
    assert linked["license"] == OWN_EDITION.license_url
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", linked["temporalCoverage"])
    assert {part["contentUrl"] for part in linked["distribution"]} == {
        "csv/events.csv",
        "parquet/events.parquet",
    }


def test_two_runs_differ_in_nothing():
    first, second = release(), release()
    assert first[PAGE] == second[PAGE]
    assert f"  {PAGE}\n" in first["SHA256SUMS"].decode()


def test_no_value_leaves_its_element():
    corpus = made_up.corpus()
    corpus.events[0]["summary_en"] = "</script><script>alert(1)</script><!--"
    heading = Heading("</title><script>", "1", '"><script>alert(1)</script>')
    text = write_page(complete(corpus.tables()), heading).decode()
    assert text.count("<script") == text.count("</script>") == 4
    assert "alert(1)</script>" not in text


def test_both_languages_say_everything():
    needed = set(WORDS["en"]) - {key for key in WORDS["en"] if key.endswith(".one")}
    assert needed == set(WORDS["vi"])
    for key in needed:
        assert placeholders("vi", key) == placeholders("en", key)


def test_every_code_has_a_label():
    for kind in vars(vocabulary).values():
        if not (isinstance(kind, type) and issubclass(kind, Vocabulary)) or kind is Vocabulary:
            continue
        name = re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()
        missing = [m.value for m in kind if f"{name}.{m.value}" not in WORDS["en"]]
        assert missing == [] or name in UNSHOWN, name


def test_every_word_asked_for_is_there():
    for name in SCRIPTS:
        script = (HERE / "assets" / f"{name}.js").read_text(encoding="utf-8")
        for key in re.findall(r'\bt\("([\w.]+)"', script):
            assert key in WORDS["en"], (name, key)


def test_every_script_is_part_of_the_page_and_short():
    found = {path.stem: path for path in (HERE / "assets").glob("*.js")}
    assert set(found) == set(SCRIPTS)
    for path in found.values():
        assert len(path.read_text(encoding="utf-8").splitlines()) < 400
