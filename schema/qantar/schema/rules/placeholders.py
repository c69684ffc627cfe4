"""Days that programs write where there is none."""

from qantar.schema.rule import Condition, Requires, Severity

# The first and last day of databases and programming languages, which stand for no day.
_PLACEHOLDERS = ("0001-01-01", "9999-12-31")


def placeholder(table: str, column: str) -> Requires:
    """The rule that a column of days holds none that only stands for an absent one."""
    return Requires(
        id="date-placeholder",
        table=table,
        severity=Severity.warning,
        when=(Condition(column=column, is_in=_PLACEHOLDERS),),
        absent=(column,),
        sentence="A day is not the first or the last of the calendar, which programs write for "
        "one that is open or unknown.",
        mend="Leave the day out. Of an event date_edtf says which side is open: 2024-03-11/.. or "
        "../2024-03-11 of an act that lasts, [2024-03-11..] or [..2024-03-11] of one day.",
    )
