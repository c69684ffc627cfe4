"""How Sphinx builds the site: ``python3 task.py docs``; neither build nor pages need a network."""

import os
import re
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
# The pages that are files of the repository, which keeps one text for readers of both.
PAGES = {
    (DOCS / found[1]).resolve(): page
    for page in DOCS.glob("*.md")
    if (found := re.match(r"```\{include\} (\S+)\n", page.read_text(encoding="utf-8")))
} | {DOCS.parent / "README.md": DOCS / "index.md"}

project = "Qantar"
author = "The Qantar developers"
copyright = "The Qantar developers; text and data CC BY 4.0, code MIT"
release = version = package_version("qantar")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["attrs_block", "colon_fence"]
myst_heading_anchors = 4
autodoc_typehints = "signature"
python_use_unqualified_type_names = True
add_module_names = False

html_theme = "furo"
html_title = "Qantar"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}
pygments_dark_style = "github-dark"


def lead_links(text: str, file: Path, page: Path) -> str:
    """The text of a file with its links led from the page that shows it.

    A link to a file that is a page leads to the page, one to any other file to the file.
    """

    def led(found: re.Match[str]) -> str:
        target = (file.parent / found[1]).resolve()
        return f"]({os.path.relpath(PAGES.get(target, target), page.parent)}{found[2] or ''})"

    return re.sub(r"\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)", led, text)


def _lead_links_of_page(_: Any, docname: str, source: list[str]) -> None:
    page = DOCS / f"{docname}.md"
    source[0] = lead_links(source[0], page, page)


def _lead_links_of_file(_: Any, path: Path, docname: str, content: list[str]) -> None:
    content[0] = lead_links(content[0], (DOCS / path).resolve(), DOCS / f"{docname}.md")


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _lead_links_of_page)
    app.connect("include-read", _lead_links_of_file)
