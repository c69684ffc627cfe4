"""What is wrong with records, frames, files and packages, and where."""

from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import faults_as_frame
from qantar.validation.faults.report import NotAsked, Report
from qantar.validation.past.package import check_package
from qantar.validation.places.check import check_path, check_paths
from qantar.validation.places.frame import check_frame
from qantar.validation.places.record import check_record, check_records
from qantar.validation.places.row_split import Split, split_rows

__all__ = [
    "Fault",
    "NotAsked",
    "Report",
    "Split",
    "check_frame",
    "check_package",
    "check_path",
    "check_paths",
    "check_record",
    "check_records",
    "faults_as_frame",
    "split_rows",
]
