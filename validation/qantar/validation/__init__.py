"""What is wrong with records, frames, files and packages, and where."""

from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import faults_as_frame
from qantar.validation.faults.verdict import Report
from qantar.validation.frames.frame_verdict import FrameVerdict, check_frame, judge_frame
from qantar.validation.packages.package import check_package
from qantar.validation.paths.check import check_path, check_paths
from qantar.validation.records.record_run import check_record, check_records

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
