"""The explorer in a real browser: what it shows, takes, gives back and keeps out."""

import copy
import json
import re
from itertools import product

import pytest

from qantar.dataset.csv_file import write_csv
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import write_page
from qantar.dataset.explorer.source import complete
from qantar.dataset.folder import release_folder
from qantar.dataset.load import checked_content
from qantar.dataset.record import read_records
from qantar.schema.codebook import actions, names_in_languages
from qantar.schema.tables import TABLES
from support import made_up

# Enough for a quick look; the full check has every width, scheme and language.
QUICK = ((390, "dark", "vi-VN"), (1280, "light", "en-GB"))
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)><!--<script>",
    "javascript:alert(3)",
    '=HYPERLINK("http://127.0.0.1/")',
    "{{constructor.constructor('alert(4)')()}}",
    "${alert(5)} \u2028 \u202e \"'><svg onload=alert(6)>",
)


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
    content = open_page(own_page).save("#save-csv")
    assert content == write_csv(TABLES["events"], own_rows["events"])


def test_the_json_download_holds_the_rows_of_the_table(own_page, own_rows, open_page):
    assert json.loads(open_page(own_page).save("#save-json")) == own_rows["events"]


def test_a_record_is_downloaded_as_it_was_released(own_page, open_page):
    records = read_records(checked_content(release_folder(), "events.jsonl"))
    opened = open_page(own_page)
    for record in records[::6]:
        opened.go(f"#{record['event_id']}")
        assert json.loads(opened.save(".permalink button")) == record


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


def rows_of(rows, table, event_id):
    return [row for row in rows[table] if row["event_id"] == event_id]


def test_a_record_tells_what_was_weighed_and_who_says_so(own_page, own_rows, open_page):
    opened = open_page(own_page)
    names = {actor["actor_id"]: actor["name_en"] for actor in own_rows["actors"]}
    codes = {code["action_code"]: code["action_name"] for code in own_rows["codes"]}
    for event in own_rows["events"]:
        key = event["event_id"]
        opened.go(f"#{key}")
        told = opened.page.locator("#record").inner_text()
        alternatives = rows_of(own_rows, "alternatives", key)
        for row in alternatives:
            assert row["value"] in told
            assert row["reason"] in told
            if row["field"] == "action_code":
                assert codes[row["value"]] in told
        rejected = sum(row["standing"] == "rejected" for row in alternatives)
        assert opened.page.locator(".considered .rejected").count() == rejected
        assert event.get("condition_en", "") in told
        for relation in rows_of(own_rows, "relations", key):
            other = f"#{relation['other_event_id']}"
            assert opened.page.locator(f".related a[href='{other}']").count() >= 1
        mentions = rows_of(own_rows, "mentions", key)
        chains = [locator.inner_text() for locator in opened.page.locator(".chain").all()]
        assert len(chains) == len(mentions)
        for mention, chain in zip(mentions, chains, strict=True):
            links = [
                names[link["actor_id"]]
                for link in own_rows["attributions"]
                if link["mention_id"] == mention["mention_id"]
            ]
            places = [chain.index(name) for name in links]
            assert places == sorted(places)
        assert opened.page.input_value("#permalink") == f"{own_page.as_uri()}#{key}"


def test_days_are_dots_and_intervals_are_bars(own_page, own_rows, open_page):
    opened = open_page(own_page)
    core = [row for row in own_rows["events"] if row.get("date_latest", "9") > "2022"]
    certain = sum(row.get("date_earliest") == row.get("date_latest") for row in core)
    open_ends = sum("date_latest" not in row for row in core)
    assert opened.page.locator("#timeline .lines .day").count() == certain > 0
    assert opened.page.locator("#timeline .lines .range").count() == len(core) - certain
    assert opened.page.locator("#timeline .lines .range.openend").count() == open_ends > 0


def arrows_of(rows, first=""):
    tones = {row["event_id"]: row.get("quad_class_gdelt") for row in rows["events"]}
    days = {row["event_id"]: row.get("date_latest", "9") for row in rows["events"]}
    return {
        (dyad["actor_id"], dyad["target_id"], f"tone{tones[dyad['event_id']]}")
        for dyad in rows["dyads"]
        if days[dyad["event_id"]] >= first and dyad["actor_id"] != dyad["target_id"]
    }


def arrows_drawn(opened):
    keys = json.loads(opened.page.locator("#data").inner_text())["actors"]
    drawn = opened.page.eval_on_selector_all(
        ".arrow", "all => all.map(a => [a.dataset.actor, a.dataset.target, a.classList[1]])"
    )
    return {(keys[int(one)]["key"], keys[int(other)]["key"], tone) for one, other, tone in drawn}


def test_arrows_run_from_actor_to_target_by_tone_and_time(own_page, own_rows, open_page):
    opened = open_page(own_page)
    assert arrows_drawn(opened) == arrows_of(own_rows)
    opened.page.focus("#network-window-from")
    for _ in range(14):
        opened.page.keyboard.press("ArrowRight")
    assert opened.page.evaluate("document.activeElement.id") == "network-window-from"
    assert opened.page.input_value("#window-from") == "14"
    later = arrows_of(own_rows, "2022-01-15")
    assert arrows_drawn(opened) == later != arrows_of(own_rows)


def test_the_map_shows_how_near_a_place_is_known(own_page, own_rows, open_page):
    opened = open_page(own_page)
    placed = [row for row in own_rows["events"] if "latitude" in row]
    places = {(row["place_name"], row["place_precision"]) for row in placed}
    assert opened.page.locator(".place").count() == len(places)
    for name, precision in places:
        there = [row["event_id"] for row in placed if row["place_name"] == name]
        mark = opened.page.locator(f".place.{precision}[aria-label^='{name}, {precision}']")
        mark.focus()
        opened.page.keyboard.press("Enter")
        assert opened.shown().startswith(f"{len(there)} of ")
        lines = opened.page.eval_on_selector_all(".lines a", "all => all.map(a => a.hash)")
        assert sorted(lines) == sorted(f"#{key}" for key in there)
        assert opened.page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
        opened.page.keyboard.press("Enter")


def test_the_strip_shows_every_sentence_its_zone_and_its_fate(own_page, own_rows, open_page):
    opened = open_page(own_page)
    boxes = opened.page.eval_on_selector_all(".box", "all => all.map(b => b.className)")
    assert boxes == [
        f"box {row['disposition']} zone-{row['zone']}" for row in own_rows["sentences"]
    ]


@pytest.mark.parametrize(
    ("choice", "column", "value"),
    [
        ("root", "action_root_code", "cameo:11"),
        ("factuality", "factuality", "predicted"),
        ("tone", "quad_class_gdelt", 4),
    ],
)
def test_a_choice_narrows_what_is_shown_and_downloaded(
    own_page, own_rows, open_page, choice, column, value
):
    opened = open_page(own_page)
    opened.page.select_option(f"#choose-{choice}", str(value))
    wanted = [row for row in own_rows["events"] if row.get(column) == value]
    assert opened.shown().startswith(f"{len(wanted)} of ")
    assert opened.save("#save-csv") == write_csv(TABLES["events"], wanted)
    assert json.loads(opened.save("#save-json")) == wanted


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
    assert opened.shown().startswith(f"{len(later)} of ")
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
    opened.wait_for_focus("#record h1")
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
    opened.wait_for_focus("#sentence-36")


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [
        case if case in QUICK else pytest.param(*case, marks=pytest.mark.slow)
        for case in product((390, 768, 1280), ("light", "dark"), ("en-GB", "vi-VN"))
    ],
)
def test_axe_finds_no_violation(own_page, open_page, width, scheme, locale):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core here")
    found = {}
    for hash_ in ("", "#QTR-000001", "#QTR-A0001"):
        options = {"color_scheme": scheme, "locale": locale, "bypass_csp": True}
        opened = open_page(own_page, hash_, width=width, **options)
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


def test_acts_have_names_in_the_language_of_the_page(own_page, own_rows, open_page):
    event = own_rows["events"][0]
    code = event["action_code"]
    in_vietnamese = names_in_languages()["vi"]
    root = event["action_root_code"]
    opened = open_page(own_page, "#" + event["event_id"], locale="vi-VN")
    told = opened.page.locator("#record").inner_text()
    assert f"{code} {in_vietnamese[code]}" in told
    assert event["action_name"] not in told
    assert opened.page.locator("#record [lang=vi]", has_text=in_vietnamese[code]).count()
    opened.page.click("#masthead [lang=en]")
    told = opened.page.locator("#record").inner_text()
    assert f"{code} {event['action_name']}" in told
    assert in_vietnamese[code] not in told
    opened.go("#")
    opened.page.fill("#search", in_vietnamese[code])
    of_code = sum(other["action_code"] == code for other in own_rows["events"])
    assert int(re.match(r"\d+", opened.shown())[0]) >= of_code > 0
    choice = f"#choose-root option[value='{root}']"
    assert actions()[root].action_name in opened.page.locator(choice).inner_text()


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
    lines = opened.save("#save-csv").decode()
    assert "'=HYPERLINK" in lines
    assert ",=HYPERLINK" not in lines
    assert ',"=HYPERLINK' not in lines


def test_no_value_of_the_made_up_corpus_is_changed_by_the_page(made_up_page, open_page):
    corpus = made_up.corpus()
    rows = copy.deepcopy(corpus.tables()["events"])
    assert json.loads(open_page(made_up_page).save("#save-json")) == rows
