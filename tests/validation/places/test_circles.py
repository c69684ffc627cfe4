"""A table's circles are told the same, whatever holds it and however large it is."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.validation import check_frame, check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import gathered

CIRCLES = {"relation-cycle", "cause-cycle"}
RELATIONS = ["precedes", "part_of", "caused_by", "no relation"]
WRITERS: dict[str, Callable[[pl.DataFrame, Path], object]] = {
    "csv": lambda frame, path: frame.write_csv(path),
    "parquet": lambda frame, path: frame.write_parquet(path, row_group_size=3),
    "jsonl": lambda frame, path: frame.write_ndjson(path),
}
EDGES = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(RELATIONS), st.integers(1, 6)),
    min_size=1,
    max_size=14,
)
IN_CHUNKS = {**check_large.__kwdefaults__, "least": 0, "chunk": 200}


def frame_of(edges: list[tuple[int, str, int]]) -> pl.DataFrame:
    rows = [
        (f"TST-{source:06d}", relation, f"TST-{target:06d}", f"TST-{source:06d}-M1")
        for source, relation, target in edges
    ]
    names = ["event_id", "relation", "other_event_id", "mention_id"]
    return pl.DataFrame(rows, schema=names, orient="row")


def expected(frame: pl.DataFrame) -> Counter[tuple[str, str]]:
    found = check_frame(frame, "relations")
    return Counter((f.rule, f.message) for f in found if f.rule in CIRCLES)


def told(paths: list[Path], *, in_chunks: bool = False) -> Counter[tuple[str, str]]:
    asked = IN_CHUNKS if in_chunks else check_large.__kwdefaults__
    with patch.object(check_large, "__kwdefaults__", asked):
        report = check_paths(paths, table="relations")
    return Counter((f.rule, f.message) for f in report.faults if f.rule in CIRCLES)


@pytest.mark.parametrize("kind", WRITERS)
@given(edges=EDGES, cut=st.integers(0, 14), held=st.booleans())
@settings(max_examples=12, deadline=None)
def test_one_file_and_parts_in_memory_and_in_chunks_have_the_same_circles(
    kind: str,
    edges: list[tuple[int, str, int]],
    cut: int,
    held: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("circles")
    frame = frame_of(edges)
    one, *parts = (folder / f"{name}.{kind}" for name in ("one", "a", "b"))
    WRITERS[kind](frame, one)
    for path, part in zip(parts, (frame[:cut], frame[cut:]), strict=True):
        WRITERS[kind](part, path)
    parts = [
        path for path, part in zip(parts, (frame[:cut], frame[cut:]), strict=True) if len(part)
    ]
    wanted = expected(frame)
    with patch.object(gathered, "MOST_HELD", 10**9 if held else 0):
        assert told([one]) == wanted
        assert told([one], in_chunks=True) == wanted
        assert told(parts) == wanted
        assert told(parts, in_chunks=True) == wanted


def test_a_circle_is_told_at_its_row_and_line(tmp_path: Path) -> None:
    path = tmp_path / "relations.csv"
    frame_of([(1, "precedes", 2), (5, "precedes", 6), (2, "precedes", 1)]).write_csv(path)
    for in_chunks in (False, True):
        asked = IN_CHUNKS if in_chunks else check_large.__kwdefaults__
        with patch.object(check_large, "__kwdefaults__", asked):
            report = check_paths([path])
        found = [f for f in report.faults if f.rule in CIRCLES]
        assert [(f.row, f.line, f.column) for f in found] == [
            (1, 2, "other_event_id"),
            (3, 4, "other_event_id"),
        ]
