"""A real browser, and pages opened in it with everything they ask for written down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.edition import OWN_EDITION
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.page import write_page
from qantar.dataset.explorer.source import complete, read_release_source
from qantar.dataset.folder import release_folder
from qantar.schema.shape import Rows
from support.made_up import corpus


@dataclass
class Opened:
    """A page in the browser, the addresses it asked for and the errors it met."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, hash_: str) -> None:
        """Follow a link within the page; it has drawn what the link names when this returns."""
        # The page listens first, so its listener has run when this one does.
        self.page.evaluate(
            """hash => new Promise(done => {
                if (location.hash === hash) { done(); return; }
                addEventListener("hashchange", () => done(), { once: true });
                location.hash = hash;
            })""",
            hash_,
        )

    def wait_for_focus(self, selector: str) -> None:
        """Wait until an element has the focus.

        Without `wait_for_function`, which evaluates text when it asks a second time: the
        page's policy forbids that.
        """
        self.page.wait_for_selector(f"{selector}:focus")

    def shown(self) -> str:
        """What the page says of how many events it shows."""
        return str(self.page.locator("#tally strong").inner_text())

    def save(self, button: str) -> bytes:
        """The file that a button gives."""
        with self.page.expect_download() as download:
            self.page.click(button)
        return Path(download.value.path()).read_bytes()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Open a file in a fresh context; what it asks for and what fails in it is kept."""
    contexts = []

    def open_file(path: Path, hash_: str = "", *, width: int = 1280, **options: Any) -> Opened:
        viewport = {"width": width, "height": 900}
        context = browser.new_context(viewport=viewport, **{"locale": "en-GB", **options})
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("console", lambda m: m.type == "error" and opened.errors.append(m.text))
        opened.page.on("dialog", lambda dialog: opened.errors.append(dialog.message))
        opened.page.goto(path.as_uri() + hash_)
        opened.page.wait_for_selector("#masthead a")
        return opened

    yield open_file
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def own_rows() -> Rows:
    """The tables of the latest release."""
    rows, _ = read_release_source(release_folder())
    return rows


@pytest.fixture(scope="session")
def own_page(own_rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the latest release."""
    path = tmp_path_factory.mktemp("own") / "explorer.html"
    path.write_bytes(write_page(own_rows, Heading.of_edition(OWN_EDITION, OWN_EDITION.version)))
    return path


@pytest.fixture
def made_up_page(tmp_path: Path) -> Path:
    """The page of the made-up corpus."""
    path = tmp_path / "made-up.html"
    path.write_bytes(write_page(complete(corpus().tables()), Heading("Made up", "0.1.0")))
    return path
