"""Use of Qantar that a type checker refuses; each line says why."""

from qantar.dataset import load
from qantar.validation import check_frame, check_path, check_records

load("events", form="excel")  # call-overload
load("events", form="polars").groupby("actor_id")  # attr-defined
print(check_path("events.csv").faults[0].rules)  # attr-defined
check_records(7)  # arg-type
check_frame(None, profile=7)  # arg-type
check_path("events.csv").as_frame("excel")  # arg-type
check_frame(None)[0]  # index
