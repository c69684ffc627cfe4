"""An Excel workbook to code in: drop-down lists for codes, and a sheet of their labels."""

import io
from typing import Any

from qantar.dataset.template import code_rows, describe_cell, template_columns
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column, Table
from qantar.validation.readers.sheet.workbook import LABELS, LABELS_HEADER
from qantar.validation.rules.value.rule import describe_range

LAST_ROW = 10_000
_LONGEST_PROMPT = 255
_AUTHOR = "Qantar"
# In points; what is longer is read by widening the box.
_COMMENT_SIZE = (320, 160)
_WIDTHS = {LABELS: (24, 24, 100)}
_FORMATS = {ColumnKind.string: "@", ColumnKind.date: "yyyy-mm-dd"}


def workbook_template(table: Table) -> bytes:
    """The bytes of a workbook whose first sheet is the empty table, each header explained.

    Text cells are kept as text, so that no code becomes a number or a date.
    """
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = table.name
    labels = book.create_sheet(LABELS)
    ranges = _write_labels(labels, table)
    for index, column in enumerate(template_columns(table), start=1):
        letter = get_column_letter(index)
        head = sheet.cell(1, index, column.name)
        head.font = Font(bold=column.required)
        head.comment = _explanation(column)
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 2)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "General")
        guard = _guard(column, ranges.get(column.name))
        guard.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(guard)
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _explanation(column: Column) -> Any:
    """What a header says of its column when the pointer rests on it."""
    from openpyxl.comments import Comment

    told = describe_cell(column)
    if len(column.enum or ()) > 0:
        told += f"\nThe sheet {LABELS} says what each means."
    comment = Comment(told, _AUTHOR)
    comment.width, comment.height = _COMMENT_SIZE
    return comment


def _write_labels(sheet: Any, table: Table) -> dict[str, str]:
    """The range of cells that holds the codes of each column."""
    ranges: dict[str, tuple[int, int]] = {}
    sheet.append(LABELS_HEADER)
    for number, (name, code, label) in enumerate(code_rows(table), start=2):
        sheet.append((name, code or None, label))
        if code:
            ranges[name] = (ranges.get(name, (number, 0))[0], number)
    for letter, width in zip("ABC", _WIDTHS[LABELS], strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    return {name: f"{LABELS}!$B${first}:$B${last}" for name, (first, last) in ranges.items()}


def _guard(column: Column, codes: str | None) -> Any:
    """What Excel lets a coder enter, and what it says on entering the cell."""
    from openpyxl.worksheet.datavalidation import DataValidation

    facts: dict[str, Any] = {}
    if codes is not None:
        facts = {"type": "list", "formula1": codes}
    elif column.kind is ColumnKind.boolean:
        facts = {"type": "list", "formula1": '"TRUE,FALSE"'}
    elif column.kind in (ColumnKind.integer, ColumnKind.number):
        kind = "whole" if column.kind is ColumnKind.integer else "decimal"
        low, high = column.minimum, column.maximum
        if low is not None and high is not None:
            facts = {"type": kind, "operator": "between", "formula1": low, "formula2": high}
    guard = DataValidation(allow_blank=True, **facts)
    guard.promptTitle = column.name[:32]
    guard.prompt = column.description[:_LONGEST_PROMPT]
    guard.showInputMessage = True
    guard.showErrorMessage = bool(facts)
    if facts:
        guard.error = _refusal(column, codes)
    return guard


def _refusal(column: Column, codes: str | None) -> str:
    if codes is not None:
        return f"This is no value of {column.name}; the sheet {LABELS} has them."
    if column.kind is ColumnKind.boolean:
        return f"{column.name} is TRUE or FALSE."
    kind = "a whole number" if column.kind is ColumnKind.integer else "a number"
    return f"{column.name} is {kind} {describe_range(column)}."
