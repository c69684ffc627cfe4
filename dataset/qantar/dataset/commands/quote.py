"""``qantar quote``: where words stand in a text."""

import unicodedata
from pathlib import Path

import click

from qantar.builders.coding import CodingError, LedgerLine
from qantar.builders.text import (
    Quote,
    find_near_quotes,
    find_quotes,
    read_text,
    tell_near_difference,
)
from qantar.dataset.commands.option import fail, say
from qantar.dataset.commands.project import project_option, workplace
from qantar.dataset.workplace import around
from qantar.schema.digest import sha256_of


@click.command("quote")
@click.argument("article", type=click.Path(path_type=Path))
@click.argument("words")
@project_option
def command(article: Path, words: str, project: Path | None) -> None:
    """Print the span of WORDS in the text ARTICLE, ready to paste into a coding sheet.

    Offsets count Unicode code points from 0; the end is one past the last character. Where
    the words stand more than once, every place is printed, in a text that a sheet of the
    project codes with its sentence.
    """
    try:
        text = read_text(article)
    except UnicodeDecodeError as error:
        fail(f"{article} is not UTF-8 (byte {error.start}); save it as UTF-8, unchanged else.")
    except OSError as error:
        fail(f"Cannot read {article}: {error.strerror}.")
    lines = _ledger(text, project)
    quotes = find_quotes(text, words)
    for quote in quotes:
        say(_render(quote, lines))
    if not unicodedata.is_normalized("NFC", text):
        say(
            f"Warning: {article.name} is not in the normal form NFC, which the format asks for. "
            "Convert it before you code (uconv -x any-nfc, or unicodedata.normalize in Python) "
            "and quote again; the offsets change.",
            error=True,
        )
    if not quotes:
        fail(_tell_absence(article, text, words, lines), status=1)


def _tell_absence(article: Path, text: str, words: str, lines: list[LedgerLine]) -> str:
    told = f"The words do not stand in {article.name}."
    if not words.strip():
        return f"{told} Give at least one letter."
    near = find_near_quotes(text, words)
    if not near:
        return told
    places = "; ".join(_render(quote, lines) for quote in near)
    return f"{told} But for {tell_near_difference(text, words)} they do at {places}."


def _ledger(text: str, project: Path | None) -> list[LedgerLine]:
    """The ledger of the sheet that codes the text; empty where no sheet does."""
    place = workplace(project) if project else around(Path.cwd())
    digest = sha256_of(text)
    try:
        sheets = place.project.sheets() if place else []
    except CodingError as error:
        # A sheet that is being written must not keep its coder from quoting.
        say(f"Warning: sentences are not named: {error}", error=True)
        return []
    return next((sheet.lines for _, sheet in sheets if sheet.text_sha256 == digest), [])


def _render(quote: Quote, lines: list[LedgerLine]) -> str:
    place = f"({quote.char_start}, {quote.char_end})"
    for line in lines:
        if line.char_start <= quote.char_start < line.char_end:
            return f"{place}  sentence {line.sentence_no} ({line.zone})"
    return place
