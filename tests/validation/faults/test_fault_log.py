"""Faults in any number: the same sequence whether they are held or lie in a file."""

import copy
import gc
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema.rule import Severity
from qantar.validation import Fault
from qantar.validation.faults import fault_log
from qantar.validation.faults.fault_log import (
    FaultLog,
    FaultPool,
    FaultRuns,
    FaultView,
    by_row,
    each_once,
    gather_faults,
    join_faults,
    merge_faults,
    sort_faults,
)
from support.mutations import HOSTILE_TEXTS

TEXTS = st.none() | st.sampled_from([*HOSTILE_TEXTS, "\ud800", "\x00", "a\nb", ""])
ROWS = st.none() | st.integers(1, 6)
FAULTS = st.lists(
    st.builds(
        Fault,
        rule=st.sampled_from(["value-type", "key-duplicate"]),
        message=st.text(max_size=3),
        severity=st.sampled_from(Severity),
        file=st.sampled_from(["a.csv", "b.csv", None]),
        line=ROWS,
        row=ROWS,
        pointer=TEXTS,
        column=TEXTS,
        value=TEXTS,
        suggestion=TEXTS,
    ),
    max_size=30,
)


@pytest.fixture(autouse=True, params=[(1, 1), (2, 3), (4, 9)], ids=str)
def few_held(request: pytest.FixtureRequest) -> Iterator[None]:
    """Batches and logs so small that a few faults are spilled."""
    batch, most = request.param
    with patch.object(fault_log, "BATCH", batch), patch.object(fault_log, "MOST_HELD", most):
        yield


@settings(max_examples=30)
@given(faults=FAULTS, ends=st.tuples(st.integers(-45, 45), st.integers(-45, 45)))
def test_a_log_is_the_sequence_of_what_was_appended(
    faults: list[Fault], ends: tuple[int, int]
) -> None:
    log = FaultLog()
    for number, fault in enumerate(faults):
        assert len(log) == number
        log.append(fault)
    start, stop = ends
    assert [*log] == [*log] == faults
    assert log == faults
    assert log == tuple(faults)
    assert [log[n] for n in range(-len(faults), len(faults))] == faults * 2
    assert [*log[start:stop]] == faults[start:stop]
    assert [*log[:stop][start:]] == faults[:stop][start:]
    assert [*reversed(log)] == faults[::-1]


@settings(max_examples=30)
@given(
    faults=FAULTS,
    start=st.none() | st.integers(-45, 45),
    stop=st.none() | st.integers(-45, 45),
    step=st.integers(-4, 4).filter(bool),
)
def test_a_log_is_cut_by_any_step(
    faults: list[Fault], start: int | None, stop: int | None, step: int
) -> None:
    assert [*FaultLog(faults)[start:stop:step]] == faults[start:stop:step]


@settings(max_examples=30)
@given(FAULTS)
def test_a_log_is_copied_and_pickled_with_its_faults(faults: list[Fault]) -> None:
    log = FaultLog(faults)
    for held in (log, FaultView([(log, 0, len(log)), (faults, 0, len(faults))])):
        for copied in (pickle.loads(pickle.dumps(held)), copy.deepcopy(held)):
            assert [*copied] == [*held]
            assert copied is not held


def test_threads_read_one_log_at_once() -> None:
    faults = [Fault("value-type", str(n), row=n) for n in range(300)]
    log = FaultLog(faults)
    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(lambda _: [*log] == faults, range(20))] == [True] * 20


@settings(max_examples=30)
@given(FAULTS)
def test_little_is_held_and_the_rest_lies_in_the_file(faults: list[Fault]) -> None:
    log = FaultLog(faults)
    assert len(log) == len(faults) == log.spilled + len(log._held)
    assert len(log._held) < max(fault_log.MOST_HELD, fault_log.BATCH)


@settings(max_examples=30)
@given(FAULTS)
def test_several_readers_of_one_log_do_not_disturb_each_other(faults: list[Fault]) -> None:
    log = FaultLog(faults)
    assert [*zip(log, log, strict=True)] == [*zip(faults, faults, strict=True)]
    assert [one for pair in pairwise(log) for one in pair] == [
        one for pair in pairwise(faults) for one in pair
    ]
    left = iter(log)
    first = [next(left) for _ in faults[:1]]
    log.extend(faults)
    assert [*first, *left] == faults
    assert [*log] == faults * 2


@settings(max_examples=30)
@given(FAULTS, st.sampled_from([by_row, lambda fault: fault.file or "", lambda _: 0]))
def test_faults_are_sorted_as_in_memory(faults: list[Fault], key: fault_log.Key) -> None:
    assert [*sort_faults(iter(faults), key)] == sorted(faults, key=key)
    ordered = sorted(faults, key=key)
    assert [*sort_faults(ordered, key)] == ordered


@settings(max_examples=30)
@given(FAULTS, FAULTS)
def test_faults_are_gathered_joined_and_merged_as_in_memory(
    one: list[Fault], other: list[Fault]
) -> None:
    logs = gather_faults(one), gather_faults(iter(other))
    assert [*gather_faults(one, other)] == one + other
    assert [*gather_faults(*logs)] == [*one, *other]
    joined = join_faults(*logs, one)
    assert [*joined] == [*one, *other, *one]
    assert len(joined) == 2 * len(one) + len(other)
    assert [*joined[1:-1]] == [*one, *other, *one][1:-1]
    ordered = sorted(one, key=by_row), sorted(other, key=by_row)
    assert [*merge_faults(*ordered)] == sorted([*ordered[0], *ordered[1]], key=by_row)
    assert [*each_once(joined)] == [*dict.fromkeys([*one, *other])]


@settings(max_examples=30)
@given(st.lists(FAULTS, max_size=5))
def test_a_pool_gives_back_what_it_keeps(lots: list[list[Fault]]) -> None:
    pool = FaultPool()
    kept = [pool.keep(gather_faults(faults)) for faults in lots]
    assert [[*faults] for faults in kept] == lots
    assert [*join_faults(*kept)] == [fault for faults in lots for fault in faults]


@settings(max_examples=30)
@given(FAULTS)
def test_runs_know_whether_there_is_an_error(faults: list[Fault]) -> None:
    runs = FaultRuns()
    runs.extend(faults)
    assert runs.has_error == any(fault.severity is Severity.error for fault in faults)
    assert [*runs.merged()] == sorted(faults, key=by_row)


def test_what_is_beyond_the_end_is_refused() -> None:
    faults = [Fault("value-type", str(number)) for number in range(10)]
    for held in (FaultLog(faults), FaultView([(faults, 2, 5), (tuple(faults), 0, 9)])):
        with pytest.raises(IndexError):
            held[len(held)]


def test_the_file_is_closed_with_the_last_reference() -> None:
    log = FaultLog(Fault("value-type", str(number)) for number in range(10))
    part = log[0:9]
    file = log._file
    assert file is not None
    assert len(part) == 9
    del log, part
    gc.collect()
    assert file.closed


def test_on_a_full_disk_a_file_is_closed_without_a_word() -> None:
    class Full(BytesIO):
        def close(self) -> None:
            raise OSError(28, "No space left on device")

    with (
        patch.object(fault_log, "TemporaryFile", lambda **_: Full()),
        patch("sys.unraisablehook") as hook,
    ):
        log = FaultLog([Fault("value-type", "")] * fault_log.MOST_HELD)
        del log
        gc.collect()
    hook.assert_not_called()


def test_a_full_disk_is_told_with_what_to_do() -> None:
    log = FaultLog([Fault("value-type", "")] * fault_log.MOST_HELD)
    full = OSError(28, "No space left on device")
    with (
        patch.object(log, "_opened", side_effect=full),
        pytest.raises(OSError, match=r"do not fit into .* \(No space.*set TMPDIR") as told,
    ):
        log.extend([Fault("value-type", "")] * fault_log.MOST_HELD)
    assert told.value.errno == 28
