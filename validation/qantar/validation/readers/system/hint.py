"""What is told of a file of another system where a table of this format is asked for."""

from pathlib import Path

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.system.start import NoEventsError, NotConvertibleError, start_of
from qantar.validation.rules.observation import fault_by


def foreign_table(path: Path, file: str) -> Fault | None:
    """The fault of a file that another system's layout fits, with the command that converts it.

    path: where it lies as plain bytes. file: its name in reports. None where no layout fits.
    Raises OSError.
    """
    try:
        start = start_of(path)
        remedy = f"Convert it first: qantar convert FILE -o {start.layout.holds}.parquet."
    except NoEventsError as error:
        start, remedy = error.start, error.start.layout.refusal
    except NotConvertibleError:
        return None
    told = f"The file looks like {start.told}, not like a table of this format. {remedy}"
    return fault_by("table-unknown", told, file=file)
