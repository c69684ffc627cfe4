"""A project in Spanish, and one in Arabic and English, on the page."""

import json
import re
from pathlib import Path

import pytest

from qantar.builders import Project
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import write_page
from qantar.dataset.explorer.source import complete
from support.made_up_languages import arabic_and_english

EXAMPLES = Path(__file__).parents[2] / "examples"
VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
ARABIC = re.compile("[\u0600-\u06ff]")
CHOOSER = "#masthead .switch"
# Every run of Arabic letters and the direction in which it is set.
SET = """
() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!/[\u0600-\u06ff]/.test(walker.currentNode.data)) continue;
        if (parent.closest("script, title, option")) continue;
        found.push([walker.currentNode.data, getComputedStyle(parent).direction,
                    parent.closest("[lang]").getAttribute("lang")]);
    }
    return found;
}
"""


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """The corpus and the page of each project."""
    made = {}
    for name in ("spanish", "arabic_english"):
        project = Project(EXAMPLES / "projects" / name)
        corpus = project.compile()
        page = tmp_path_factory.mktemp(name) / "explorer.html"
        heading = Heading.of_edition(project.edition(), "0.1.0")
        page.write_bytes(write_page(complete(corpus.tables()), heading))
        made[name] = corpus, page
    return made


@pytest.fixture(scope="module")
def spanish(projects):
    return projects["spanish"]


@pytest.fixture(scope="module")
def arabic(projects):
    return projects["arabic_english"]


def hashes_of(corpus):
    articles = [article["article_id"] for article in corpus.plain["articles"]]
    return ["", *(event["event_id"] for event in corpus.events), *articles]


def visible(opened):
    """What can be read or heard on the page but the chooser of its language."""
    return opened.page.evaluate(
        """chooser => {
            document.querySelector(chooser).remove();
            const labels = [...document.body.querySelectorAll("[aria-label], [title], option")]
                .flatMap(e => [e.ariaLabel, e.title, e.label]);
            return [document.title, document.body.innerText, ...labels].join("\\n");
        }""",
        CHOOSER,
    )


@pytest.mark.parametrize("locale", ["en-GB", "vi-VN"])
def test_a_spanish_page_has_no_word_of_vietnamese(spanish, open_page, locale):
    corpus, page = spanish
    for hash_ in hashes_of(corpus):
        opened = open_page(page, f"#{hash_}", locale=locale)
        assert opened.page.locator("html").get_attribute("lang") == "en"
        told = visible(opened)
        assert not VIETNAMESE.search(told)
        assert "(none)" not in told
        assert "undefined" not in told
        assert opened.errors == []


def test_its_data_have_no_column_of_vietnamese(spanish):
    data = re.search('id="data">(.*?)</script>', spanish[1].read_text("utf-8"), re.DOTALL)[1]
    tables = json.loads(data)["tables"]
    names = {column["n"] for table in tables.values() for column in table["c"]}
    assert not [name for name in names if name.endswith("_vi")]


def test_every_word_of_the_spanish_project_is_shown_as_spanish(spanish, open_page):
    corpus, page = spanish
    opened = open_page(page)
    assert opened.page.locator("#content").count() == 0
    for event in corpus.events:
        opened.go(f"#{event['event_id']}")
        assert opened.page.locator("#record h1").inner_text() == event["summary_es"]
        assert opened.page.locator("#record h1").get_attribute("lang") == "es"
        told = opened.page.locator("#record").inner_text()
        prose = [value for name, value in event.items() if name.endswith("_es")]
        for text in (*prose, *(row["reason"] for row in event["alternatives"])):
            assert text in told


def test_the_interface_is_chosen_apart_from_the_content(spanish, open_page):
    corpus, page = spanish
    opened = open_page(page)
    opened.page.click(f"{CHOOSER} [lang=vi]")
    assert "Dòng thời gian" in opened.page.locator("nav").first.inner_text()
    assert corpus.events[0]["summary_es"] in opened.page.locator("#timeline").inner_text()


def test_the_language_of_the_content_is_chosen_among_those_of_the_project(arabic, open_page):
    corpus, page = arabic
    opened = open_page(page, "#MED-000001")
    options = opened.page.eval_on_selector_all("#content option", "all => all.map(o => o.value)")
    assert options == ["ar", "en"]
    event = corpus.events[0]
    assert opened.page.locator("#record h1").inner_text() == event["summary_en"]
    opened.page.select_option("#content", "ar")
    assert opened.page.evaluate("document.activeElement.id") == "content"
    assert opened.page.locator("#record h1").inner_text() == event["summary_ar"]
    assert opened.page.locator("#record .dek").all_inner_texts() == [event["summary_en"]]
    assert "Timeline" in opened.page.locator("nav").first.inner_text()
    opened.go("#")
    shown = opened.page.locator("#timeline").inner_text()
    assert all(event["summary_ar"] in shown for event in corpus.events)
    opened.page.fill("#search", "مالطا")
    assert not opened.shown().startswith("0 of")


def test_all_that_is_arabic_is_set_from_right_to_left_and_says_so(arabic, open_page):
    corpus, page = arabic
    for hash_ in hashes_of(corpus):
        opened = open_page(page, f"#{hash_}")
        opened.page.select_option("#content", "ar")
        opened.page.set_input_files(
            "#text-file", EXAMPLES / "texts/arabic_english/mediation_ar.txt"
        )
        opened.page.wait_for_selector("#answers li")
        found = opened.page.evaluate(SET)
        assert found
        for text, direction, language in found:
            # What an article prints of its day may be told in two scripts.
            if re.match("[A-Za-z]", text):
                continue
            assert (direction, language) == ("rtl", "ar"), text
        assert opened.errors == []


def test_labels_isolate_what_runs_from_right_to_left(arabic, open_page):
    opened = open_page(arabic[1])
    opened.page.select_option("#content", "ar")
    labels = opened.page.eval_on_selector_all(
        "[aria-label], option", "all => all.map(e => e.ariaLabel ?? e.label)"
    )
    told = [text for text in labels if ARABIC.search(text)]
    assert len(told) > 5
    for text in told:
        assert not ARABIC.search(re.sub("\u2068[^\u2069]*\u2069", "", text))


def test_who_acts_stands_before_whom_the_act_is_for(arabic, open_page):
    opened = open_page(arabic[1])
    opened.page.select_option("#content", "ar")
    sides = opened.page.eval_on_selector_all(
        ".pairs li > span:first-child",
        "all => all.map(s => [...s.querySelectorAll('bdi')].map(b => b.getBoundingClientRect()))"
        "  .map(([one, other]) => [one.top < other.top || one.right <= other.left])",
    )
    assert sides
    assert all(before for (before,) in sides)


@pytest.mark.parametrize("extent", ["day", "within", "span"])
def test_a_day_one_day_within_and_a_span_are_drawn_each_in_its_way(spanish, open_page, extent):
    corpus, page = spanish
    events = corpus.tables()["events"]
    opened = open_page(page)
    selector = ".lines .day" if extent == "day" else f".lines .range.{extent}"
    drawn = opened.page.eval_on_selector_all(
        selector, "all => all.map(mark => mark.closest('a').hash.slice(1))"
    )
    assert sorted(drawn) == [e["event_id"] for e in events if e["date_extent"] == extent] != []


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize("name", ["spanish", "arabic_english"])
def test_keyed_digests_agree_with_those_of_the_schema(projects, open_page, name, by_hand):
    corpus, page = projects[name]
    opened = open_page(page)
    if by_hand:
        opened.page.add_init_script(
            "Object.defineProperty(globalThis, 'crypto', { value: undefined })"
        )
        opened.page.reload()
    files = sorted((EXAMPLES / "texts" / name).glob("[!R]*.txt"))
    opened.page.set_input_files("#text-file", files)
    opened.page.wait_for_selector("#answers li")
    answers = " ".join(opened.page.locator("#answers li").all_inner_texts())
    for article in corpus.plain["articles"]:
        key = article["article_id"]
        spans = sum(row["article_id"] == key for row in corpus.tables()["spans"])
        assert f"this is {key}; {spans} of {spans} spans agree" in answers
    keys = {article["digest_key"] for article in corpus.plain["articles"]}
    assert name != "spanish" or keys == {"text"}


def test_a_digest_under_another_key_is_counted(spanish, open_page, tmp_path):
    corpus, _ = spanish
    tables = complete(corpus.tables())
    changed = [row | {"digest_key": "none"} for row in tables["articles"]]
    page = tmp_path / "page.html"
    page.write_bytes(write_page({**tables, "articles": changed}, Heading("Otherwise")))
    opened = open_page(page)
    opened.page.set_input_files("#text-file", EXAMPLES / "texts/spanish/faroleros.txt")
    opened.page.wait_for_selector("#answers li")
    assert f"0 of {len(tables['spans'])} spans" in opened.page.locator("#answers").inner_text()


def test_a_changed_text_under_a_key_is_not_compared_by_sentences(spanish, open_page, tmp_path):
    text = (EXAMPLES / "texts/spanish/faroleros.txt").read_text("utf-8")
    other = tmp_path / "other.txt"
    other.write_text(text.replace("o", "0", 1), encoding="utf-8")
    opened = open_page(spanish[1])
    opened.page.set_input_files("#text-file", other)
    opened.page.wait_for_selector("#answers li")
    assert "keyed by the text" in opened.page.locator("#answers").inner_text()


def test_every_claim_of_a_count_is_shown(spanish, open_page):
    opened = open_page(spanish[1], "#FAR-000007")
    rows = opened.page.locator(".counts tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows] == [
        ["arrested", "the target's side", "3", "–", "–", "at least", "Fuentes municipales"],
        ["injured", "all", "–", "0", "–", "exact", "Fuentes municipales"],
    ]


def test_the_event_from_which_a_bound_follows_is_a_link(spanish, open_page):
    opened = open_page(spanish[1], "#FAR-000007")
    opened.page.click(".facts a[href='#FAR-000006']")
    opened.wait_for_focus("#record h1")
    assert "FAR-000006" in opened.page.locator("#record .kicker").inner_text()


def test_where_an_article_is_from_and_may_be_read_is_told(open_page, tmp_path):
    made = arabic_and_english()
    article = made.plain["articles"][0]
    article |= {
        "source_kind": "news_agency",
        "url": "https://example.org/news",
        "retrieved_on": "2021-05-05",
        "text_license": "https://creativecommons.org/licenses/by/4.0/",
    }
    page = tmp_path / "page.html"
    page.write_bytes(write_page(complete(made.tables()), Heading("Links")))
    opened = open_page(page, f"#{article['article_id']}")
    told = opened.page.locator("#article .facts").inner_text()
    for words in ("news agency", "5 May 2021", article["url"], article["text_license"]):
        assert words in told
    links = opened.page.locator("#article a.outward")
    assert links.evaluate_all("all => all.map(a => a.getAttribute('href'))") == [
        article["url"],
        article["text_license"],
    ]


def test_words_that_name_another_are_told(spanish, open_page):
    opened = open_page(spanish[1], "#FAR-000005")
    spans = opened.page.locator(".mention").nth(1).locator(".spans").inner_text()
    assert "names Faroleros de Puerto Bizcocho" in spans


LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenantrag" * 3


@pytest.mark.parametrize("width", [390, 1280])
def test_long_words_are_broken(open_page, tmp_path, width):
    made = arabic_and_english()
    event, article = made.events[0], made.plain["articles"][0]
    event |= {"summary_en": LONG, "date_note_en": LONG, "place_name": LONG, "condition_en": LONG}
    article |= {"title": LONG, "publisher": LONG, "url": f"https://example.org/{LONG}"}
    made.plain["actors"][0]["name_en"] = LONG
    for row in (*made.plain["changes"], *event["alternatives"]):
        row["reason"] = LONG
    page = tmp_path / "page.html"
    page.write_bytes(write_page(complete(made.tables()), Heading(LONG, LONG, LONG, LONG)))
    for hash_ in ("", f"#{event['event_id']}", f"#{article['article_id']}"):
        opened = open_page(page, hash_, width=width)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert opened.page.evaluate(overflow) <= 0
        assert LONG in opened.page.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("arabic_english", 390, "dark"),
        ("spanish", 1280, "light"),
        pytest.param("arabic_english", 1280, "light", marks=pytest.mark.slow),
        pytest.param("spanish", 390, "dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_no_violation(projects, open_page, name, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core here")
    corpus, page = projects[name]
    texts = sorted((EXAMPLES / "texts" / name).glob("[!R]*.txt"))
    found = {}
    for hash_ in ("", corpus.events[6]["event_id"], corpus.plain["articles"][0]["article_id"]):
        options = {"color_scheme": scheme, "bypass_csp": True}
        opened = open_page(page, f"#{hash_}", width=width, **options)
        if name == "arabic_english":
            opened.page.select_option("#content", "ar")
        opened.page.set_input_files("#text-file", texts)
        opened.page.wait_for_selector("#answers li")
        violations = axe.Axe().run(opened.page).response["violations"]
        found |= {
            f"{hash_} {v['id']}": [node["html"][:200] for node in v["nodes"][:3]]
            for v in violations
        }
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert opened.page.evaluate(overflow) <= 0
    assert found == {}
