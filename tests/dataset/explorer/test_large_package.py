"""A package of a hundred thousand converted events stays usable on the page."""

import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from support.made_up_exchange import exchange_events, exchange_package
from support.made_up_package import put

MANY = 100_000
# Well under what a browser opens from a disk without ado; benchmarks/explorer.py tells times.
LARGEST = 12_000_000


@pytest.mark.slow
def test_a_hundred_thousand_events_stay_usable(open_page, tmp_path):
    package, page = put(exchange_package(MANY), tmp_path / "package"), tmp_path / "many.html"
    told = CliRunner().invoke(main, ["explore", str(package), "--no-open", "--out", str(page)])
    assert told.exit_code == 0, told.output
    assert page.stat().st_size < LARGEST
    rows = exchange_events(MANY)
    opened = open_page(page)
    assert opened.shown() == "100,000 of 100,000 events shown"
    assert opened.requests == [page.as_uri()]
    assert "too many for a line each" in opened.page.locator("#timeline").inner_text()
    assert "40 actors with most acts, of 840" in opened.page.locator("#network").inner_text()
    assert opened.page.locator(".arrow").count() == 120
    without = sum("latitude" not in row for row in rows)
    told = f"{without:,} of 100,000 events have no place"
    assert told in opened.page.locator("#map").inner_text()

    opened.page.fill("#search", "gdelt-00001234")
    assert opened.shown() == "10 of 100,000 events shown"
    assert opened.page.locator(".lines a").count() == 10
    opened.page.fill("#search", "")
    opened.page.select_option("#choose-root", "cameo:20")
    rarest = opened.shown()
    opened.page.select_option("#choose-root", "")
    opened.page.locator(".lines.many a").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.tagName") == "H2"
    assert opened.shown() != rarest
    opened.go("#GDELT-000099999")
    assert rows[-1]["action_code"] in opened.page.locator("#record").inner_text()
    assert opened.errors == []
