"""Nested records with and without faults, and those who judge them: every rule within a record."""

import json
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import polars as pl
import pydantic

from qantar.schema import SCHEMA_VERSION, Event, Severity
from qantar.validation import check_path, check_record

FAULTY_EVERY = 200
Found = set[tuple[int, str]]
Record = dict[str, Any]


def _set(name: str, value: Any) -> Callable[[Record], None]:
    return lambda record: record.__setitem__(name, value)


def _no_lead(record: Record) -> None:
    for mention in record["mentions"]:
        mention["leading"] = False


def _reverse_span(record: Record) -> None:
    span = record["mentions"][0]["spans"][0]
    span["char_start"], span["char_end"] = span["char_end"], span["char_start"]


def _differ(record: Record) -> None:
    lead = next(mention for mention in record["mentions"] if mention["leading"])
    lead["polarity"] = "negated" if record["polarity"] == "affirmative" else "affirmative"


def _no_trigger(record: Record) -> None:
    for span in record["mentions"][0]["spans"]:
        if span["field"] == "trigger":
            span["field"] = "product"


def _foreign_mention(record: Record) -> None:
    record["mentions"][0]["mention_id"] = "BEN-999999-M1"


def _gap(record: Record) -> None:
    record["mentions"][0]["spans"][0]["part"] = 7


DAMAGES: tuple[Callable[[Record], None], ...] = (
    _set("action_code", "cameo:999"),
    _set("summary_en", "=1+1"),
    _set("record_version", "1"),
    _set("unknown", True),
    _set("date_earliest", "2031-01-01"),
    _no_lead,
    _reverse_span,
    _differ,
    _no_trigger,
    _foreign_mention,
    _gap,
)


def write_nested(folder: Path, rows: int) -> Path:
    """Write so many records: those of the newest release, over and over under new ids."""
    path = folder / f"nested-{rows}.jsonl"
    if path.exists():
        return path
    records = (_newest() / "events.jsonl").read_text("utf-8").splitlines()
    with path.open("w", encoding="utf-8") as lines:
        for number in range(rows):
            text = records[number % len(records)]
            record = json.loads(text.replace(json.loads(text)["event_id"], f"BEN-{number + 1:07d}"))
            # What leads to records of the release would lead nowhere here.
            record["relations"] = []
            record.pop("date_anchor_event_id", None)
            if record["date_basis"] == "relative_to_event":
                record["date_basis"] = "bounded"
            if number % FAULTY_EVERY == FAULTY_EVERY - 1:
                DAMAGES[number // FAULTY_EVERY % len(DAMAGES)](record)
            lines.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    return path


def by_qantar(path: Path) -> Found:
    return {(f.row or 0, "") for f in check_path(path).faults if f.severity is Severity.error}


def by_schema(path: Path) -> Found:
    """The published schema by jsonschema-rs, then the other rules in plain Python."""
    return _judged(path, _validator().is_valid)


def by_pydantic(path: Path) -> Found:
    """The models by pydantic, then the other rules in plain Python."""

    def is_valid(record: Record) -> bool:
        try:
            Event.model_validate(record)
        except pydantic.ValidationError:
            return False
        return True

    return _judged(path, is_valid)


def read_by_polars(path: Path) -> Found:
    # One faulty record has a text for a number, which is to stop nobody from reading.
    for frame in pl.scan_ndjson(path, ignore_errors=True).collect_batches(chunk_size=20_000):
        frame.height  # noqa: B018
    return set()


def time_one_record(rounds: int = 300) -> tuple[float, float]:
    """Seconds for one sound record of the release, warm: by Qantar, by jsonschema-rs alone."""
    path = _newest() / "events.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    is_valid = _validator().is_valid
    return (
        min(_time(check_record, records) for _ in range(rounds)),
        min(_time(is_valid, records) for _ in range(rounds)),
    )


def _time(judge: Callable[[Record], Any], records: list[Record]) -> float:
    begun = time.perf_counter()
    for record in records:
        judge(record)
    return (time.perf_counter() - begun) / len(records)


def _newest() -> Any:
    releases = files("qantar.dataset") / "releases"
    newest = max(entry.name for entry in releases.iterdir() if entry.is_dir())
    return releases / newest


def _validator() -> jsonschema_rs.Draft202012Validator:
    folder = files("qantar.schema") / "published" / SCHEMA_VERSION
    schema = json.loads((folder / "event.schema.json").read_text("utf-8"))
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=False)


def _judged(path: Path, is_valid: Callable[[Record], bool]) -> Found:
    seen: set[str] = set()
    found: Found = set()
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            record = json.loads(line)
            if not is_valid(record) or any(_differences(record, seen)):
                found.add((number, ""))
    return found


def _differences(record: Record, seen: set[str]) -> Iterator[bool]:
    """Each of the rules that neither schema nor model says, where it is broken."""
    earliest, latest = record.get("date_earliest"), record.get("date_latest")
    yield earliest is not None and latest is not None and earliest > latest
    yield earliest is not None and not record["date_edtf"].startswith("..") and _lies_before(record)
    yield record["event_id"] in seen
    seen.add(record["event_id"])
    yield _has_gap((item["slot"], item["ordinal"]) for item in record["participants"])
    yield sum(mention["leading"] for mention in record["mentions"]) != 1
    for mention in record["mentions"]:
        yield mention["mention_id"] in seen
        seen.add(mention["mention_id"])
        yield not mention["mention_id"].startswith(record["event_id"] + "-M")
        yield mention["leading"] and any(
            mention.get(name) != record.get(name)
            for name in ("factuality", "polarity", "content_status", "conditional")
        )
        spans = mention["spans"]
        yield not any(span["field"] == "trigger" for span in spans)
        yield any(span["char_start"] >= span["char_end"] for span in spans)
        yield _has_gap(((s["field"], s["ordinal"]), s["part"]) for s in spans)
        yield _has_gap(("", link["ordinal"]) for link in mention["attributions"])


def _lies_before(record: Record) -> bool:
    """Whether the first day lies in a later year than the date can mean."""
    return record["date_earliest"][:4] > record["date_edtf"].rpartition("/")[2][:4] != ".."


def _has_gap(numbered: Iterator[tuple[Any, int]]) -> bool:
    groups: dict[Any, list[int]] = {}
    for group, number in numbered:
        groups.setdefault(group, []).append(number)
    return any(sorted(numbers) != [*range(1, len(numbers) + 1)] for numbers in groups.values())
