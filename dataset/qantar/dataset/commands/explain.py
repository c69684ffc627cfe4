"""``qantar explain``: what a rule asks."""

import sys

import click

from qantar.schema.rules import rules
from qantar.validation.reports.explanation import explain


@click.command("explain")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """Say what RULE asks, where it applies, how severe it is and how to mend a fault.

    Without RULE, list all rules.
    """
    known = dict.fromkeys(declared.id for declared in rules())
    if rule is None:
        click.echo("\n".join(known))
        return
    click.echo(explain(rule), nl=False)
    if rule not in known:
        sys.exit(2)
