"""What is wrong with records, frames, files and packages, and where."""

from qantar.validation.fault import Fault
from qantar.validation.frame import check_frame
from qantar.validation.record import check_record, check_records

__all__ = ["Fault", "check_frame", "check_record", "check_records"]
