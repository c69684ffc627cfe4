"""What is told of a file of another system where a table of this format is asked for."""

from pathlib import Path

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.system.json_start import layout_at_start
from qantar.validation.readers.system.start import (
    NoEventsError,
    NotConvertibleError,
    Start,
    start_of,
)
from qantar.validation.rules.observation import fault_by


def foreign_table(path: Path, file: str, *, is_json: bool = False) -> Fault | None:
    """The fault of a file that another system's layout fits, with the command that converts it.

    path: where it lies as plain bytes. file: its name in reports. is_json: whether it is to hold
    records, of which only the first is looked at. None where no layout fits. Raises OSError.
    """
    start = _start_of_records(path) if is_json else _start(path)
    if start is None:
        return None
    remedy = f"Convert it first: qantar convert FILE -o {start.layout.holds}.parquet."
    if start.layout.holds == "none":
        remedy = start.layout.refusal
    told = f"The file looks like {start.told}, not like a table of this format. {remedy}"
    return fault_by("table-unknown", told, file=file)


def _start_of_records(path: Path) -> Start | None:
    found = layout_at_start(path)
    return None if found is None else Start(found[0], (), "", 0, 1, True, found[1])


def _start(path: Path) -> Start | None:
    try:
        return start_of(path)
    except NoEventsError as error:
        return error.start
    except NotConvertibleError:
        return None
