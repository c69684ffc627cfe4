"""``qantar explain``: what a rule asks."""

import click

from qantar.dataset.commands.option import fail
from qantar.schema.rules import rules
from qantar.validation.explanation import explain


@click.command("explain")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """Say what RULE asks, where it applies, how severe it is and how to mend a fault.

    Without RULE, list all rules.
    """
    if rule is None:
        for known in dict.fromkeys(r.id for r in rules()):
            click.echo(known)
        return
    try:
        click.echo(explain(rule), nl=False)
    except KeyError as error:
        fail(str(error.args[0]), status=2)
