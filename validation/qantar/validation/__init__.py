"""What is wrong with records, frames, files and packages, and where."""

from qantar.validation.check import check_path, check_paths
from qantar.validation.fault import Fault
from qantar.validation.fault_frame import faults_as_frame
from qantar.validation.frame import check_frame
from qantar.validation.frame_verdict import FrameVerdict, judge_frame
from qantar.validation.package import check_package
from qantar.validation.record import check_record, check_records
from qantar.validation.verdict import Report

__all__ = [
    "Fault",
    "FrameVerdict",
    "Report",
    "check_frame",
    "check_package",
    "check_path",
    "check_paths",
    "check_record",
    "check_records",
    "faults_as_frame",
    "judge_frame",
]
