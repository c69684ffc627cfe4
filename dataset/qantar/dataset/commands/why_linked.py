"""``qantar why-linked``: the parts of a link in plain sentences."""

from typing import Any

import click

from qantar.dataset.commands.link import rule_options
from qantar.dataset.commands.option import fail, say
from qantar.dataset.error import DatasetError
from qantar.dataset.linking.explanation import why_linked
from qantar.dataset.linking.files import read_events
from qantar.dataset.linking.link import LinkError
from qantar.dataset.linking.rule import rule_of


@click.command("why-linked")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--in",
    "paths",
    multiple=True,
    required=True,
    help="A table that was linked, or a folder; once for each.",
)
@rule_options
def command(one: str, other: str, paths: tuple[str, ...], **asked: Any) -> None:
    """Say why the events A and B are counted as one, or are not.

    Give all tables that were linked and the same options: other rows decide with which of several
    a row goes.
    """
    try:
        for line in why_linked(read_events(paths).frame, one, other, rule_of(**asked)):
            say(line)
    except (LinkError, DatasetError) as error:
        fail(str(error))
