"""The explorer in a real browser: what it shows, takes, gives back and keeps out."""

import copy
import json
from pathlib import Path

import pytest

import made_up
from qantar.dataset.csv_file import write_csv
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import write_page
from qantar.dataset.explorer.source import complete
from qantar.dataset.folder import release_folder
from qantar.dataset.load import checked_content
from qantar.dataset.record import read_records
from qantar.schema.tables import TABLES

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)><!--<script>",
    "javascript:alert(3)",
    '=HYPERLINK("http://127.0.0.1/")',
    "{{constructor.constructor('alert(4)')()}}",
    "${alert(5)} \u2028 \u202e \"'><svg onload=alert(6)>",
)
MANY = 100_000


def shown(opened):
    return opened.page.locator("#tally strong").inner_text()


def save(opened, button):
    with opened.page.expect_download() as download:
        opened.page.click(button)
    return Path(download.value.path()).read_bytes()


@pytest.fixture
def made_up_page(tmp_path):
    path = tmp_path / "made-up.html"
    path.write_bytes(write_page(complete(made_up.corpus().tables()), Heading("Made up", "0.1.0")))
    return path


def choose_text(opened, path):
    opened.page.set_input_files("#text-file", path)
    opened.page.wait_for_selector("#answers li")
    return opened.page.locator("#answers").inner_text()


def text_file(tmp_path, content):
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    return path


def test_nothing_is_asked_for_and_nothing_fails(own_page, open_page):
    opened = open_page(own_page)
    for hash_ in ("#timeline", "#QTR-000001", "#QTR-A0001", "#list", "#nothing"):
        opened.go(hash_)
    asked = [url for url in opened.requests if not url.startswith("data:")]
    assert asked == [own_page.as_uri()]
    assert opened.errors == []


def test_a_page_that_tries_to_reach_out_is_stopped(own_page, open_page):
    opened = open_page(own_page)
    stopped_by = opened.page.evaluate(
        "new Promise(done => { addEventListener('securitypolicyviolation',"
        " event => done(event.effectiveDirective));"
        " fetch('http://127.0.0.1:9/').then(() => done('sent'), () => {}); })"
    )
    assert stopped_by == "connect-src"


def test_the_csv_download_is_the_table_of_the_release(own_page, own_rows, open_page):
    content = save(open_page(own_page), "#save-csv")
    assert content == write_csv(TABLES["events"], own_rows["events"])


def test_the_json_download_holds_the_rows_of_the_table(own_page, own_rows, open_page):
    assert json.loads(save(open_page(own_page), "#save-json")) == own_rows["events"]


def test_a_record_is_downloaded_as_it_was_released(own_page, open_page):
    records = read_records(checked_content(release_folder(), "events.jsonl"))
    opened = open_page(own_page)
    for record in records[::6]:
        opened.go(f"#{record['event_id']}")
        assert json.loads(save(opened, ".permalink button")) == record


def test_every_event_has_its_line_its_row_and_its_page(own_page, own_rows, open_page):
    opened = open_page(own_page)
    ids = [event["event_id"] for event in own_rows["events"]]
    lines = opened.page.eval_on_selector_all(".lines a", "all => all.map(a => a.hash.slice(1))")
    assert sorted(lines) == sorted(ids)
    opened.page.click("[data-sort=record]")
    listed = opened.page.locator("td.c-record").all_inner_texts()
    opened.page.click("#page-on")
    assert listed + opened.page.locator("td.c-record").all_inner_texts() == sorted(ids)
    for event in own_rows["events"]:
        opened.go(f"#{event['event_id']}")
        text = opened.page.locator("#record").inner_text()
        for column in ("summary_en", "summary_vi", "action_code", "action_name", "date_edtf"):
            assert event[column] in text


@pytest.mark.parametrize(
    ("typed", "found"), [("truong minh", True), ("Trương Minh", True), ("zhang xx", False)]
)
def test_search_needs_no_diacritics(own_page, open_page, typed, found):
    opened = open_page(own_page)
    opened.page.fill("#search", typed)
    texts = opened.page.locator("#list tbody").inner_text()
    assert ("Zhang Ming" in texts) is found


def test_the_window_of_days_narrows_every_view(own_page, own_rows, open_page):
    opened = open_page(own_page)
    opened.page.focus("#window-from")
    for _ in range(14):
        opened.page.keyboard.press("ArrowRight")
    later = [
        event
        for event in own_rows["events"]
        if event.get("date_latest", "9") >= "2022-01-15" and event.get("date_earliest", "0") <= "9"
    ]
    assert shown(opened).startswith(f"{len(later)} of ")
    assert opened.page.locator(".lines a").count() == len(later)


def test_columns_sort_both_ways(own_page, open_page):
    opened = open_page(own_page)
    for direction in ("ascending", "descending"):
        opened.page.click("[data-sort=act]")
        header = opened.page.locator("th.c-act")
        assert header.get_attribute("aria-sort") == direction
        codes = opened.page.locator("td.c-act .code").all_inner_texts()
        assert codes == sorted(codes, reverse=direction == "descending")


def test_the_keyboard_alone_reaches_and_opens_everything(own_page, open_page):
    opened = open_page(own_page)
    seen, keyboard = [], opened.page.keyboard
    for _ in range(80):
        keyboard.press("Tab")
        seen.append(
            opened.page.evaluate(
                "(() => { const e = document.activeElement; return e.id || "
                "e.getAttribute('data-sort') || e.getAttribute('class') || e.tagName; })()"
            )
        )
    for wanted in ("skip", "search", "window-from", "line", "node", "save-csv", "act", "text-file"):
        assert any(wanted in name for name in seen), wanted
    opened.page.focus(".lines a")
    keyboard.press("ArrowDown")
    target = opened.page.evaluate("document.activeElement.hash")
    keyboard.press("Enter")
    # The address changes first, the page is drawn and takes the focus after that.
    opened.page.wait_for_function("document.activeElement.matches('#record h1')")
    assert opened.page.title().startswith(target.removeprefix("#"))
    opened.page.goto(own_page.as_uri())
    opened.page.focus(".node")
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    assert opened.page.locator(".node.on").count() == 1
    opened.page.focus(".strip button")
    keyboard.press("End")
    assert "36" in opened.page.locator(".detail").first.inner_text()
    keyboard.press("Enter")
    opened.page.wait_for_function("document.activeElement.matches('li#sentence-36')")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "dark"),
        (1280, "light"),
        *(
            pytest.param(*case, marks=pytest.mark.slow)
            for case in ((390, "light"), (768, "light"), (768, "dark"), (1280, "dark"))
        ),
    ],
)
def test_axe_finds_no_violation(own_page, open_page, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core here")
    found = {}
    for hash_ in ("", "#QTR-000001", "#QTR-A0001"):
        opened = open_page(own_page, hash_, width=width, color_scheme=scheme, bypass_csp=True)
        violations = axe.Axe().run(opened.page).response["violations"]
        found |= {
            f"{hash_} {v['id']}": [node["html"][:160] for node in v["nodes"][:3]]
            for v in violations
        }
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert opened.page.evaluate(overflow) <= 0
    assert found == {}


def test_both_languages(own_page, own_rows, open_page):
    opened = open_page(own_page, locale="vi-VN")
    assert opened.page.locator("html").get_attribute("lang") == "vi"
    assert "Dòng thời gian" in opened.page.locator("nav").first.inner_text()
    assert own_rows["events"][0]["summary_vi"] in opened.page.locator("#timeline").inner_text()
    opened.page.click("#masthead [lang=en]")
    assert own_rows["events"][0]["summary_en"] in opened.page.locator("#timeline").inner_text()


def test_a_text_is_checked_and_its_words_are_shown(made_up_page, open_page, tmp_path):
    opened = open_page(made_up_page, "#TST-000002")
    assert "offered aid" not in opened.page.locator("#record").inner_text()
    told = choose_text(opened, text_file(tmp_path, made_up.TEXT.encode()))
    assert "this is TST-A0001; 7 of 7 spans agree" in told
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


def test_offsets_count_code_points(open_page, tmp_path):
    corpus = made_up.corpus()
    text = "🐎" + made_up.TEXT
    corpus.plain["articles"][0] |= {
        "text_sha256": made_up.sha256(text),
        "text_length": len(text),
    }
    spans = [span for e in corpus.events for m in e["mentions"] for span in m["spans"]]
    for place in (*corpus.plain["sentences"], *spans):
        place["char_start"] += 1
        place["char_end"] += 1
    page = tmp_path / "horse.html"
    page.write_bytes(write_page(complete(corpus.tables()), Heading("Horse")))
    opened = open_page(page, "#TST-000001")
    assert "7 of 7 spans agree" in choose_text(opened, text_file(tmp_path, text.encode()))


def test_the_digest_made_by_hand_is_the_browsers(made_up_page, open_page, tmp_path):
    hide = "Object.defineProperty(globalThis, 'crypto', { value: undefined })"
    page = tmp_path / "bare.html"
    page.write_bytes(made_up_page.read_bytes())
    opened = open_page(page)
    opened.page.add_init_script(hide)
    opened.page.reload()
    assert opened.page.evaluate("typeof crypto") == "undefined"
    told = choose_text(opened, text_file(tmp_path, made_up.TEXT.encode()))
    assert "7 of 7 spans agree" in told


def test_hostile_strings_stay_inert(open_page, tmp_path):
    corpus = made_up.corpus()
    texts = iter(HOSTILE * 10)
    for row in (*corpus.plain["actors"], *corpus.plain["articles"], *corpus.events):
        for name in ("name_en", "name_vi", "title", "summary_en", "summary_vi", "condition_en"):
            if name in row:
                row[name] = next(texts)
    for event in corpus.events:
        for item in event["alternatives"]:
            item["reason"] = next(texts)
    page = tmp_path / "hostile.html"
    heading = Heading(HOSTILE[0], HOSTILE[1], HOSTILE[4], HOSTILE[0], license_url=HOSTILE[1])
    page.write_bytes(write_page(complete(corpus.tables()), heading))
    opened = open_page(page)
    for hash_ in ("#TST-000002", "#TST-A0001", "#%3Cimg%20src=x%20onerror=alert(7)%3E", "#"):
        opened.go(hash_)
        bad = opened.page.evaluate(
            "document.querySelectorAll('img, iframe, object, [onerror], [onload]').length + "
            "[...document.links].filter(a => a.protocol === 'javascript:').length"
        )
        assert bad == 0
    assert [url for url in opened.requests if not url.startswith("data:")] == [page.as_uri()]
    assert opened.errors == []
    assert HOSTILE[0] in opened.page.locator("h1").inner_text()
    lines = save(opened, "#save-csv").decode()
    assert "'=HYPERLINK" in lines
    assert ",=HYPERLINK" not in lines
    assert ',"=HYPERLINK' not in lines


def many_events():
    cities = [(f"Town{n}x", -50 + n % 100, -170 + n * 3 % 340) for n in range(500)]
    rows = []
    for n in range(MANY):
        name, latitude, longitude = cities[n % len(cities)]
        rows.append(
            {
                "event_id": f"GDELT-{n:06}",
                "record_version": 1,
                "action_code": ("cameo:043", "cameo:190", "cameo:112", "cameo:073")[n % 4],
                "actor_name": f"ACTOR {n * 7 % 200}",
                "actor_code": f"A{n * 7 % 200}",
                "target_name": f"ACTOR {n * 11 % 190}",
                "target_code": f"A{n * 11 % 190}",
                "date_earliest": f"20{10 + n % 12}-{1 + n % 11:02}-{1 + n % 27:02}",
                "date_latest": f"20{10 + n % 12}-{1 + n % 11:02}-{1 + n % 27:02}",
                "place_name": name,
                "latitude": float(latitude),
                "longitude": float(longitude),
                "place_precision": "city",
            }
        )
    return rows


@pytest.mark.slow
def test_a_hundred_thousand_events_stay_usable(open_page, tmp_path):
    page = tmp_path / "many.html"
    page.write_bytes(write_page(complete({"events": many_events()}), Heading("Many")))
    opened = open_page(page)
    assert shown(opened) == "100,000 of 100,000 events shown"
    assert opened.errors == []
    assert "too many for a line each" in opened.page.locator("#timeline").inner_text()
    assert "40 actors with most acts, of 200" in opened.page.locator("#network").inner_text()
    took = opened.page.evaluate(
        "(() => { const box = document.getElementById('search'); const start = performance.now();"
        "box.value = 'town17'; box.dispatchEvent(new Event('input'));"
        "box.value = 'town171x'; const second = performance.now();"
        "box.dispatchEvent(new Event('input')); return [second - start, performance.now() - second]"
        "})()"
    )
    assert shown(opened) == "200 of 100,000 events shown"
    assert took[0] < 10_000
    assert took[1] < 3_000
    opened.go("#GDELT-099999")
    assert "cameo:073" in opened.page.locator("#record").inner_text()


def test_no_value_of_the_made_up_corpus_is_changed_by_the_page(made_up_page, open_page):
    corpus = made_up.corpus()
    rows = copy.deepcopy(corpus.tables()["events"])
    assert json.loads(save(open_page(made_up_page), "#save-json")) == rows
