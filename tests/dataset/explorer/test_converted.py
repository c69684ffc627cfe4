"""Records converted from elsewhere: all that they say is on the page, and no more."""

import json
from pathlib import Path

import pytest

from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import write_page
from qantar.dataset.explorer.source import complete, read_source
from qantar.schema.version import SCHEMA_VERSION

EXAMPLES = Path(__file__).parents[2] / "examples" / "exchange"
NAMES = sorted(
    path.stem
    for path in EXAMPLES.glob("*.json")
    if f'"schema_version": "{SCHEMA_VERSION}"' in path.read_text("utf-8")
)
CODES = ("direction", "certainty", "place_precision", "action_match", "date_basis", "action_code")


def record_of(name):
    content = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return content[0] if isinstance(content, list) else content


@pytest.fixture
def opened(request, open_page, tmp_path):
    """The page of an example, at its record."""
    path = tmp_path / "page.html"
    path.write_bytes(write_page(*read_source(EXAMPLES / f"{request.param}.json")))
    return open_page(path, f"#{record_of(request.param)['event_id']}")


@pytest.mark.parametrize(("opened", "name"), [(n, n) for n in NAMES], indirect=["opened"])
def test_all_that_the_source_says_is_shown(opened, name):
    record = record_of(name)
    told = opened.page.locator("#record").inner_text()
    assert record["event_id"] in told
    for key, value in record.items():
        if key.startswith("source_"):
            assert (f"{value:g}" if isinstance(value, float) else str(value)) in told, key
        elif key in (*CODES, "admin1_name", "date_edtf", "place_id"):
            assert str(value).replace("_", " ") in told, key
    for context in record.get("contexts", []):
        assert context["context"].replace("_", " ") in told
    assert opened.page.locator(".counts tbody tr").count() == len(record.get("counts", []))
    assert opened.page.locator(".tag[title]").count() == sum(
        party.get("associated", False) for party in record.get("participants", [])
    )
    assert "Occurred" not in told
    assert opened.errors == []
    saved = json.loads(opened.save(".permalink button"))
    said = {key: value for key, value in record.items() if value != []}
    assert {key: saved.get(key) for key in said} == said


@pytest.mark.parametrize("opened", ["acled-without-code"], indirect=True)
def test_an_act_without_a_code_has_the_name_of_its_source(opened):
    source_action = record_of("acled-without-code")["source_action"]
    assert opened.page.locator("#record h1").inner_text() == source_action
    opened.go("#list")
    assert opened.page.locator("a.act").inner_text() == source_action
    assert opened.page.locator("td .code").count() == 0


@pytest.mark.parametrize("opened", ["ucdp-clash-by-side"], indirect=True)
def test_a_clash_has_no_direction(opened):
    assert opened.page.locator("#record").get_by_text("undirected").count() == 1
    opened.go("#")
    assert "–" in opened.page.locator(".lines b").inner_text()
    assert opened.page.locator(".arrow").count() == 2


@pytest.mark.parametrize("opened", ["ngec-unresolved-date"], indirect=True)
def test_a_country_is_hatched_and_has_no_point(opened):
    assert "Coordinates" not in opened.page.locator("#record").inner_text()
    opened.go("#")
    assert opened.page.locator(".place").count() == 1
    assert opened.page.locator(".place circle").count() == 0
    assert opened.page.locator(".land.hatched[data-country=ISL]").count() == 1
    opened.page.focus(".place.country")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator(".place[aria-pressed=true]").count() == 1


def test_registers_and_addresses_are_links_that_are_not_followed(open_page, tmp_path):
    event = record_of("acled-battle")
    rows = {
        "events": [
            {
                "event_id": event["event_id"],
                "record_version": 1,
                "action_code": "cameo:190",
                "place_name": "Valletta",
                "place_id": "geonames:2562305",
                "source_url": "https://example.org/a?b=1",
            }
        ],
        "participants": [{"event_id": event["event_id"], "slot": "actor", "actor_id": "malta"}],
        "actors": [{"actor_id": "malta", "name_en": "Malta", "external_id": "wikidata:Q233"}],
    }
    page = tmp_path / "page.html"
    page.write_bytes(write_page(complete(rows), Heading("Links")))
    opened = open_page(page, f"#{event['event_id']}")
    links = opened.page.eval_on_selector_all(
        "#record a.outward", "all => all.map(a => [a.href, a.rel])"
    )
    assert sorted(links) == [
        ["https://example.org/a?b=1", "noreferrer"],
        ["https://www.geonames.org/2562305", "noreferrer"],
        ["https://www.wikidata.org/wiki/Q233", "noreferrer"],
    ]
    assert [url for url in opened.requests if not url.startswith("data:")] == [page.as_uri()]
