"""``qantar quote``: where words stand in a text."""

from pathlib import Path

import click

from qantar.builders.coding import LedgerLine
from qantar.builders.project import Project
from qantar.builders.text import Quote, find_near_quotes, find_quotes, read_text
from qantar.dataset.commands.option import fail, project_option, say
from qantar.schema.digest import sha256_of


@click.command("quote")
@click.argument("article", type=click.Path(path_type=Path))
@click.argument("words")
@project_option
def command(article: Path, words: str, project: Path | None) -> None:
    """Print the span of WORDS in the text ARTICLE, ready to paste into a coding sheet.

    Offsets count Unicode code points from 0; the end is one past the last character. Where
    the words stand more than once, every place is printed with its sentence.
    """
    try:
        text = read_text(article)
    except UnicodeDecodeError as error:
        fail(f"{article} is not UTF-8 (byte {error.start}); save it as UTF-8, unchanged else.")
    except OSError as error:
        fail(f"Cannot read {article}: {error.strerror}.")
    lines = _ledger(text, project)
    quotes = find_quotes(text, words)
    if not quotes:
        near = find_near_quotes(text, words)
        hint = "; ".join(_render(quote, lines) for quote in near)
        fail(
            f"The words do not stand in {article.name}."
            + (f" But for case, spaces or quotation marks they do at {hint}." if hint else ""),
            status=1,
        )
    for quote in quotes:
        say(_render(quote, lines))


def _ledger(text: str, project: Path | None) -> list[LedgerLine]:
    digest = sha256_of(text)
    sheets = (Project(project) if project else Project()).sheets()
    return next((sheet.lines for _, sheet in sheets if sheet.text_sha256 == digest), [])


def _render(quote: Quote, lines: list[LedgerLine]) -> str:
    place = f"({quote.char_start}, {quote.char_end})"
    for line in lines:
        if line.char_start <= quote.char_start < line.char_end:
            return f"{place}  sentence {line.sentence_no} ({line.zone})"
    return place
