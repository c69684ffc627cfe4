"""The built site: no warning, no request to anywhere, readable on a phone and in the dark."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What a browser fetches by itself; links that a reader follows are another matter.
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "srcset"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built by the task's environment into a folder of its own."""
    bin_folder = "Scripts" if sys.platform == "win32" else "bin"
    python = ROOT / ".venv-docs" / bin_folder / "python"
    if not python.exists():
        pytest.skip("the environment of the documentation is not here: run python3 task.py docs")
    folder = tmp_path_factory.mktemp("site")
    strict = ("--fail-on-warning", "--keep-going", "-q", "-d", folder / "doctrees")
    build = (python, "-m", "sphinx", *strict, "docs", folder / "pages")
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "pages"


def pages(site):
    return sorted(site.rglob("*.html"))


class Fetches(HTMLParser):
    """The addresses that a page makes a browser fetch."""

    def __init__(self, text):
        super().__init__()
        self.addresses = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in FETCHED and given.get("rel") not in ("canonical", "author"):
            self.addresses += [given[a] for a in (FETCHED[tag],) if given.get(a)]


def test_a_page_fetches_only_what_is_beside_it(site):
    for page in pages(site):
        addresses = Fetches(page.read_text(encoding="utf-8")).addresses
        assert addresses
        for address in addresses:
            if not address.startswith(("data:", "#")):
                target = page.parent / re.split("[?#]", address)[0]
                assert target.exists(), (page.name, address)


def test_styles_import_nothing(site):
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(['\"]?(?:https?:)?//", text), sheet.name


def test_every_page_is_built(site):
    written = {p.relative_to(ROOT / "docs").with_suffix("") for p in (ROOT / "docs").rglob("*.md")}
    built = {page.relative_to(site).with_suffix("") for page in pages(site)}
    assert written <= built


def test_the_search_finds_a_page_without_a_server(site, browser):
    tab = browser.new_page()
    tab.goto((site / "search.html").as_uri() + "?q=dyads")
    tab.wait_for_selector("#search-results li a")
    found = tab.eval_on_selector_all("#search-results li a", "all => all.map(a => a.href)")
    assert any("dictionary.html" in address for address in found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_and_ask_for_nothing_and_read_well(site, browser, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for page in pages(site):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        tab = context.new_page()
        asked, errors = [], []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        tab.goto(page.as_uri())
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert errors == []
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.name
        # The reference pages are long tables of one kind; the search page is the theme's own.
        if page.parent == site and page.name != "search.html":
            violations = axe.run(tab).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == [], page.name
        context.close()
