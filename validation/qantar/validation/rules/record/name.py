"""What a row is called where it has no number: by its key, in the words of its cells."""

from qantar.schema.table import Table

BETWEEN = " / "


def naming_columns(table: Table) -> tuple[str, ...]:
    """The columns that name a row: its key, or what every row has where there is none."""
    return table.primary_key or tuple(c.name for c in table.columns if c.required)
