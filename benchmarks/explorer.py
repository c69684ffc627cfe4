"""The explorer with many events: size of the page, time to first paint, time of each view.

``python benchmarks/explorer.py [EVENTS] [--keep FOLDER]`` makes a valid exchange package of
so many events (100,000 by default), explores it with ``qantar explore`` and opens the page
in chromium; needs playwright and the browser.
"""

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.made_up_exchange import exchange_package
from support.made_up_package import put

WIDTH, HEIGHT = 1280, 900
PAINT = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()
    .find(entry => entry.name === "first-contentful-paint").startTime))
    .observe({ type: "paint", buffered: true }))"""
# From the choice to the picture that shows it.
AFTER = """change => new Promise(done => {
    const start = performance.now();
    new Function(change)();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
CHOICES = {
    "first search (texts are folded once)": "type('town 1')",
    "another search": "type('town 12')",
    "search emptied": "type('')",
    "one tone": "pick('choose-tone', '4')",
    "all tones": "pick('choose-tone', '')",
    "window of days": "slide('window-from', 60)",
    "sorted by actor": "document.querySelector('[data-sort=actor]').click()",
}
HELPERS = """
const set = (id, value, kind) => {
    const box = document.getElementById(id);
    box.value = value;
    box.dispatchEvent(new Event(kind, { bubbles: true }));
};
const type = (text) => set('search', text, 'input');
const pick = (id, value) => set(id, value, 'change');
const slide = (id, value) => set(id, value, 'input');
"""


def measure(page: Page, path: Path) -> dict[str, float]:
    """Milliseconds by what was done."""
    page.goto(path.as_uri())
    times = {"first paint": page.evaluate(PAINT)}
    page.wait_for_selector("#tally strong")
    return times | {name: page.evaluate(AFTER, HELPERS + do) for name, do in CHOICES.items()}


def main() -> None:
    """Make, explore, open, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="?", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="folder to leave package and page in")
    options = parser.parse_args()
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = options.keep or Path(name)
        package = put(exchange_package(options.events), folder / "package")
        path = folder / "explorer.html"
        start = time.perf_counter()
        command = (sys.executable, "-m", "qantar.dataset.command", "explore", "--no-open")
        subprocess.run([*command, "--out", path, package], check=True)
        print(f"validated and written in {time.perf_counter() - start:.1f} s")
        print(f"page: {path.stat().st_size:,} bytes")
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        for what, took in measure(page, path).items():
            print(f"{what}: {took:,.0f} ms")
        print(f"requests: {len([url for url in requests if not url.startswith('data:')])}")
        started.close()


if __name__ == "__main__":
    main()
