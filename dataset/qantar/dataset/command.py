"""The ``qantar`` command: a list of subcommands, each loaded only when it is run."""

import errno
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version as package_version
from typing import Any

import click

from qantar.dataset.folder import versions
from qantar.dataset.process import (
    BROKEN_PIPE,
    INTERRUPTED,
    close_outputs,
    ended_by_signals,
    escape_what_streams_cannot_hold,
    open_closed_streams,
)

# Loading a subcommand loads the libraries it needs; help and version must not wait for that.
_COMMANDS = {
    "validate": "Check records, tables and packages; report every fault with its place.",
    "convert": "Bring GDELT, UCDP GED and other systems' event files into this format.",
    "summarize": "Count events by dyad and month, country and month, or actor.",
    "repair": "Mend what spreadsheets did to a table, and report each change cell by cell.",
    "link": "Find rows that report one event, within and between sources, to count once.",
    "why-linked": "Say why two rows are counted as one event, or are not.",
    "migrate": "Bring records, tables and packages of schema 0.1.0 to 0.2.0, with a report.",
    "template": "Write an empty sheet to code in: CSV, JSON, or Excel with drop-down lists.",
    "explain": "Say what a rule asks, where it applies and how to mend a fault.",
    "quote": "Print the span of words in a text, to paste into a coding sheet.",
    "pin": "Write the digests beside the coding sheets, from the articles' texts.",
    "why": "Show a record's codes, what was weighed and, with the texts, the words.",
    "build": "Compile the coding sheets, validate them and write the release.",
    "explore": "Write a page to read, search and check a release, and open it.",
    "path": "Print the folder of a release, or the file of one of its tables.",
    "diff": "Show what changed between two releases, record by record.",
}


class _CommandList(click.Group):
    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Run the command as a process of its own."""
        open_closed_streams()
        with ended_by_signals():
            return self.main(*arguments, **named)

    def main(self, *arguments: Any, **named: Any) -> Any:
        """Run the command; what cannot be read or written is told, not shown as a traceback."""
        escape_what_streams_cannot_hold()
        try:
            return super().main(*arguments, **named)
        except OSError as error:
            if error.errno == errno.EPIPE:
                close_outputs()
                sys.exit(BROKEN_PIPE)
            place = _safe(error.filename or "The output")
            reason = (error.strerror or str(error)).lower()
            click.echo(f"Error: {place} cannot be read or written: {reason}.", err=True)
            if error.filename is None:
                close_outputs()
            sys.exit(2)

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        with _ends_told():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:
        with _ends_told():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = cmd_name.replace("-", "_")
        command = importlib.import_module(f"qantar.dataset.commands.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@contextmanager
def _ends_told() -> Iterator[None]:
    """Ends that click would tell otherwise: no reader any more, interrupts, wrong use."""
    try:
        yield
    except BrokenPipeError:
        close_outputs()
        sys.exit(BROKEN_PIPE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except click.UsageError as error:
        told = _safe(error.format_message())
        if told == error.format_message():
            raise
        raise click.UsageError(told, error.ctx) from error


def _safe(text: Any) -> str:
    # Only what goes wrong waits for the library that this loads.
    safe = importlib.import_module("qantar.schema.safe_text").safe_lines(str(text))
    assert isinstance(safe, str)
    return safe


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    schema_version = importlib.import_module("qantar.schema.version").SCHEMA_VERSION
    click.echo(f"package  {package_version('qantar')}")
    click.echo(f"schema   {schema_version}")
    click.echo(f"data     {', '.join(versions()) or 'none'}")
    ctx.exit()


@click.group(cls=_CommandList, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the versions of package, schema and data.",
)
def main() -> None:
    """Event data one can check: validate, code and release event records.

    The data came with the package: `qantar path` prints the folder of the release. Its zip is
    written beside the folder by `qantar build` in a clone; nothing is hosted for download.

    Exit status: 0 when all is well (warnings and notes included), 1 when faults were
    found, 2 when something could not be read or the command was used wrongly.
    """


if __name__ == "__main__":
    sys.exit(main())
