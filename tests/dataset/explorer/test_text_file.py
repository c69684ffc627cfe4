"""An article's text on the page: checked, its words shown, a wrong one told what is wrong."""

import unicodedata

import pytest

from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import write_page
from qantar.dataset.explorer.source import complete
from support import made_up

SPANS = len(made_up.corpus().tables()["spans"])
ALL_AGREE = f"{SPANS} of {SPANS} spans agree"


def choose_text(opened, path):
    opened.page.set_input_files("#text-file", path)
    opened.page.wait_for_selector("#answers li")
    return opened.page.locator("#answers").inner_text()


def text_file(tmp_path, content):
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    return path


def test_a_text_is_checked_and_its_words_are_shown(made_up_page, open_page, tmp_path):
    opened = open_page(made_up_page, "#TST-000002")
    assert "offered aid" not in opened.page.locator("#record").inner_text()
    told = choose_text(opened, text_file(tmp_path, made_up.TEXT.encode()))
    assert f"this is TST-A0001; {ALL_AGREE}" in told
    marked = opened.page.locator("blockquote mark").all_inner_texts()
    assert [text.split("\n")[-1] for text in marked] != []
    assert any("offered aid" in text for text in marked)
    assert any("if Malta asked for it" in text for text in marked)
    assert opened.requests == [made_up_page.as_uri()]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: b"\xef\xbb\xbf" + text, "byte order mark"),
        (lambda text: text.replace(b"\n", b"\r\n"), "Windows line ends"),
        (lambda text: text + b"\n", "line breaks at its end"),
        (lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"), "several ways"),
        (lambda text: text.replace(b"calm", b"wild"), "the first that differs is sentence 4"),
        (lambda _: b"Something else.", "not the text of any article"),
        (lambda _: b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_wrong_text_is_told_what_is_wrong(made_up_page, open_page, tmp_path, damage, told):
    opened = open_page(made_up_page, f"#{made_up.ARTICLE}")
    assert told in choose_text(opened, text_file(tmp_path, damage(made_up.TEXT.encode())))
    assert opened.page.locator("mark").count() == 0
    assert opened.errors == []


def page_of_longer_text(folder, text):
    """A page on which the article's text has something before it."""
    corpus = made_up.corpus()
    before = len(text) - len(made_up.TEXT)
    corpus.plain["articles"][0] |= {
        "text_sha256": made_up.sha256(text),
        "text_length": len(text),
    }
    spans = [span for e in corpus.events for m in e["mentions"] for span in m["spans"]]
    for place in (*corpus.plain["sentences"], *spans):
        place["char_start"] += before
        place["char_end"] += before
    path = folder / "longer.html"
    path.write_bytes(write_page(complete(corpus.tables()), Heading("Longer")))
    return path


def test_offsets_count_code_points(open_page, tmp_path):
    text = "🐎" + made_up.TEXT
    opened = open_page(page_of_longer_text(tmp_path, text), "#TST-000001")
    assert ALL_AGREE in choose_text(opened, text_file(tmp_path, text.encode()))


def test_decomposed_diacritics_are_told(open_page, tmp_path):
    text = "Trương Minh. " + made_up.TEXT
    opened = open_page(page_of_longer_text(tmp_path, text))
    decomposed = unicodedata.normalize("NFD", text)
    told = choose_text(opened, text_file(tmp_path, decomposed.encode()))
    assert "this is TST-A0001 with decomposed diacritics (NFD)" in told


def test_a_text_can_be_dropped_anywhere(made_up_page, open_page):
    opened = open_page(made_up_page, f"#{made_up.ARTICLE}")
    opened.page.evaluate(
        """text => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "dropped.txt"));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
        }""",
        made_up.TEXT,
    )
    opened.page.wait_for_selector("#answers li")
    assert ALL_AGREE in opened.page.locator("#answers").inner_text()
    assert "The sea was calm." in opened.page.locator("#sentence-4").inner_text()


def test_every_span_of_a_record_is_marked_with_its_field(made_up_page, open_page, tmp_path):
    opened = open_page(made_up_page, "#TST-000001")
    choose_text(opened, text_file(tmp_path, made_up.TEXT.encode()))
    marks = opened.page.eval_on_selector_all(
        "blockquote mark", "all => all.map(mark => [mark.title, mark.lastChild.textContent])"
    )
    labels = {"trigger": "act"}
    spans = made_up.corpus().events[0]["mentions"][0]["spans"]
    for span in spans:
        words = made_up.TEXT[span["char_start"] : span["char_end"]]
        assert [labels.get(span["field"], span["field"]), words] in marks


def test_the_digest_made_by_hand_is_the_browsers(made_up_page, open_page, tmp_path):
    hide = "Object.defineProperty(globalThis, 'crypto', { value: undefined })"
    page = tmp_path / "bare.html"
    page.write_bytes(made_up_page.read_bytes())
    opened = open_page(page)
    opened.page.add_init_script(hide)
    opened.page.reload()
    assert opened.page.evaluate("typeof crypto") == "undefined"
    told = choose_text(opened, text_file(tmp_path, made_up.TEXT.encode()))
    assert ALL_AGREE in told
