"""What every test may rely on."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)

# A slow machine must not fail a test; what is measured is behaviour.
settings.register_profile("qantar", deadline=None)
settings.load_profile("qantar")

for source_root in ("schema", "validation", "builders", "dataset"):
    hider = ROOT / source_root / "qantar" / "__init__.py"
    if hider.exists():
        raise RuntimeError(f"{hider} hides the other folders of the namespace; remove it")


# Asked before any test: none may depend on what whoever runs them has set.
ARTICLES = os.environ.get("QANTAR_ARTICLES")
# Each changes what a command prints, or how. What is set of Python's own acts before any test.
_OF_THE_USER = ("QANTAR_ARTICLES", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


@pytest.fixture(scope="session", autouse=True)
def _own_environment() -> Iterator[None]:
    """Tests in an environment without the user's settings, which the commands obey."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _OF_THE_USER:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the two texts, which are not ours to ship."""
    folder = Path(ARTICLES or ROOT.parent / "shared" / "articles")
    if not folder.is_dir():
        pytest.skip("the articles' texts are not here; set QANTAR_ARTICLES to their folder")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, where there is one: named by QANTAR_BROWSER, else found on the path."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = os.environ.get("QANTAR_BROWSER") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("there is no browser: install chromium, or name one in QANTAR_BROWSER")
    with driver.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=_FLAGS.split())
        yield started
        started.close()
