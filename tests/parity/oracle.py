"""Verdicts kept as data, compared with those of today, and what is known to differ.

Of an input every fault is kept once, with the representations that tell it where not all do,
so that the data show where representations differ.
"""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from parity.inputs import GROUPS, Input
from parity.representations import REPRESENTATIONS, Told

FOLDER = Path(__file__).parent
FROZEN, MENDS = FOLDER / "verdicts.jsonl", FOLDER / "mends.json"
COMMAND = "python tests/freeze_verdicts.py"
# By representation, each fault as often as it is told.
Verdict = dict[str, Counter[Told]]


def verdict_of(given: Input) -> Verdict:
    """What every representation that can hold an input is told of it today."""
    verdict: Verdict = {}
    for name, judge in REPRESENTATIONS[given.kind].items():
        with tempfile.TemporaryDirectory() as folder:
            told = judge(given, Path(folder))
        if told is not None:
            verdict[name] = Counter(told)
    return verdict


def lines_of(given: Input, verdict: Verdict) -> Iterator[str]:
    """The verdict as data: a line for the input, then one for each fault."""
    without = [name for name in REPRESENTATIONS[given.kind] if name not in verdict]
    head = {"input": given.name, "kind": given.kind} | ({"without": without} if without else {})
    yield _dumped(head)
    faults: Counter[Told] = Counter()
    for told in verdict.values():
        faults |= told
    for fault in sorted(faults, key=str):
        for time in range(faults[fault]):
            tells = [name for name, told in verdict.items() if told[fault] > time]
            places = [] if len(tells) == len(verdict) else [tells]
            yield _dumped([*fault, *places])


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def frozen_lines() -> Mapping[str, list[str]]:
    """By the name of the input, the lines of its verdict; raises OSError."""
    lines: dict[str, list[str]] = {}
    for line in FROZEN.read_text("utf-8").split("\n")[:-1] if FROZEN.exists() else ():
        if line.startswith("{"):
            held = lines.setdefault(json.loads(line)["input"], [])
        held.append(line)
    return lines


def read_verdict(lines: Iterable[str]) -> Verdict:
    """The verdict that lines of data tell."""
    head, *faults = (json.loads(line) for line in lines)
    without = head.get("without", ())
    verdict: Verdict = {n: Counter() for n in REPRESENTATIONS[head["kind"]] if n not in without}
    for parts in faults:
        fault = Told(*parts[: len(Told._fields)])
        for name in parts[len(Told._fields)] if len(parts) > len(Told._fields) else verdict:
            verdict.setdefault(name, Counter())[fault] += 1
    return verdict


@dataclass(frozen=True)
class Mend:
    """A difference from the frozen verdicts that is right.

    inputs, representations: patterns of their names. before: of the faults that it changes,
    patterns that fields match whole; None where a fault is new. after: fields with their new
    text, in which `\\1` stands for a group of the same field's pattern; None where the fault
    is gone.
    """

    name: str
    reason: str
    inputs: tuple[str, ...]
    representations: tuple[str, ...]
    before: Mapping[str, str] | None
    after: Mapping[str, Any] | None

    def meets(self, given: str, representation: str) -> bool:
        """Whether the mend is about what a representation is told of an input."""
        return _is_any(given, self.inputs) and _is_any(representation, self.representations)

    def applied(self, told: Counter[Told]) -> Counter[Told]:
        """The faults as they are after the mend."""
        if self.before is None:
            return told + Counter([Told(**(self.after or {}))])
        mended: Counter[Told] = Counter()
        for fault, times in told.items():
            changed = self._changed(fault, self.before)
            if changed is not None:
                mended[changed] += times
        return mended

    def _changed(self, fault: Told, before: Mapping[str, str]) -> Told | None:
        found = {n: re.fullmatch(p, str(getattr(fault, n)), re.DOTALL) for n, p in before.items()}
        if not all(found.values()):
            return fault
        if self.after is None:
            return None
        new: dict[str, Any] = dict(self.after)
        for name, match in found.items():
            if match and isinstance(new.get(name), str):
                new[name] = match.expand(new[name])
        return fault._replace(**new)


def _is_any(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@cache
def mends() -> tuple[Mend, ...]:
    """What is listed as mended, in the order in which it was."""
    told = json.loads(MENDS.read_text("utf-8"))
    lists = ("inputs", "representations")
    return tuple(Mend(**(m | {name: tuple(m.get(name, ["*"])) for name in lists})) for m in told)


def mended(given: str, verdict: Verdict) -> Verdict:
    """A frozen verdict with the mends in it."""
    for mend in mends():
        verdict = {
            name: mend.applied(told) if mend.meets(given, name) else told
            for name, told in verdict.items()
        }
    return verdict


def differences(given: Input) -> list[str]:
    """How today's verdict on an input differs from the frozen one, in words."""
    expected = mended(given.name, read_verdict(frozen_lines()[given.name]))
    today = verdict_of(given)
    if not set(expected) <= set(today):
        return [f"{given.name}: no more held as {', '.join(set(expected) - set(today))}"]
    return [
        f"{given.name}, as {name}: {word} {tuple(fault)}"
        for name, told in expected.items()
        for word, faults in (("lost", told - today[name]), ("new", today[name] - told))
        for fault in faults
    ]


def inputs(*groups: str) -> Iterator[Input]:
    """All inputs of these groups, or of all."""
    for group in groups or GROUPS:
        yield from GROUPS[group]()
