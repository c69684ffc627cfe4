"""Freeze the verdicts on inputs that are not frozen yet, and drop those no more tried.

Run as `python tests/freeze_verdicts.py`. What is frozen stays as it is: a difference that is
right is listed in `tests/parity/mends.json`, with its reason. To freeze all verdicts anew,
which is right only while nothing depends on them, remove `tests/parity/verdicts.jsonl` first.
"""

from parity.inputs import GROUPS
from parity.oracle import FROZEN, frozen_lines, inputs, lines_of, verdict_of


def main() -> None:
    """Write the file, and say what changed in it."""
    lines = dict(frozen_lines())
    before, tried = {*lines}, [given.name for given in inputs()]
    if len({*tried}) < len(tried):
        raise ValueError(f"inputs share a name: {sorted(n for n in tried if tried.count(n) > 1)}")
    for group in GROUPS:
        for given in inputs(group):
            if given.name not in lines:
                lines[given.name] = [*lines_of(given, verdict_of(given))]
        # What took minutes is not lost where a later input fails.
        held = (line for name in tried for line in lines.get(name, ()))
        FROZEN.write_text("".join(f"{line}\n" for line in held), "utf-8")
    gone = sorted(before - {*tried})
    print(f"{len(tried)} inputs, {len({*tried} - before)} new, {len(gone)} gone", *gone, sep="\n")


if __name__ == "__main__":
    main()
