"""What is wrong with records, frames, files and packages, and where."""

from qantar.validation.check import check_path, check_paths
from qantar.validation.fault import Fault
from qantar.validation.frame import check_frame
from qantar.validation.package import check_package
from qantar.validation.record import check_record, check_records
from qantar.validation.verdict import Report

__all__ = [
    "Fault",
    "Report",
    "check_frame",
    "check_package",
    "check_path",
    "check_paths",
    "check_record",
    "check_records",
]
