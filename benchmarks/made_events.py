"""Made-up rows of the table events, some of them faulty, the same for every run."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from qantar.schema.codebook import actions
from qantar.schema.country_box import country_boxes

ROWS_PER_PART = 100_000
FAULTY_SHARE = 0.005
# Of rows that vary: over so many days, intervals of up to so many, so many places.
DAYS, LONGEST, MANY_PLACES = 3_652, 30, 20_000
COUNTRIES = ("KAZ", "RUS", "USA", "CHN", "UZB", "KGZ", "BLR", "ARM", "TJK", "TUR")
ACTORS = tuple(f"actor-{number}" for number in range(2_000))
PLACES = ("Almaty", "Astana", "Aktau", "Zhanaozen", "Shymkent", "Aktobe", "Taraz", "Kyzylorda")
NOTES = ("The act may be another.", "Who acted is open.", "It may have been another day.")
WORDS = ("soldiers", "protesters", "the president", "a court", "two ministers", "the union")
Row = dict[str, Any]

# What a faulty row gets in place of its own values.
DAMAGES: dict[str, Row] = {
    "id malformed": {"event_id": "ben-000000001"},
    "id missing": {"event_id": None},
    "version missing": {"record_version": None},
    "version zero": {"record_version": 0},
    "code unknown": {"action_code": "cameo:999"},
    "fit unknown": {"code_fit": "nearly"},
    "factuality missing": {"factuality": None},
    "polarity unknown": {"polarity": "positive"},
    "day impossible": {"date_latest": "2023-02-30"},
    "days reversed": {"date_earliest": "2023-12-31", "date_latest": "2022-01-01"},
    "date outside": {"date_edtf": "2019-XX-XX"},
    "date malformed": {"date_edtf": "January 2022"},
    "note missing": {"date_basis": "bounded", "date_note_en": None},
    "anchor unexpected": {"date_anchor_event_id": "BEN-000000002"},
    "country malformed": {"place_country_code": "Kazakhstan"},
    "latitude too far": {"latitude": 96.5},
    "longitude missing": {"longitude": None},
    "deaths reversed": {"fatalities_low": 9, "fatalities_best": 3},
    "summary missing": {"summary_en": None},
    "summary a formula": {"summary_en": "=1+1"},
    "condition unexpected": {"condition_en": "if they go on"},
    "name of another code": {"action_name": "Something else"},
    "scale of another code": {"goldstein_gdelt": 9.9},
    "actor in no registry": {"actor_id": "nobody-known"},
}
# The row takes the id of one that stands so many rows before it.
OPPOSITE = "occurred wrong"
DUPLICATE = "id repeated"
DISTANCE = 700


def make_parts(
    rows: int, seed: int = 1, shape: Callable[[pl.DataFrame, int], pl.DataFrame] | None = None
) -> Iterator[pl.DataFrame]:
    """Typed frames of at most 100,000 rows, together so many rows.

    shape: gives sound rows other values, from the number of the first of them.
    """
    for start in range(0, rows, ROWS_PER_PART):
        yield _make_part(start, min(ROWS_PER_PART, rows - start), seed, shape)


def write_shaped(folder: Path, rows: int) -> dict[str, Path]:
    """Write CSV files of events whose values come back hardly ever, or always; return them."""
    paths = {name: folder / f"events-{rows}-{name}.csv" for name in SHAPES}
    for name, path in paths.items():
        if not path.exists():
            with path.open("wb") as cells:
                for number, part in enumerate(make_parts(rows, shape=SHAPES[name])):
                    part.write_csv(cells, include_header=number == 0)
    return paths


def write_parts(folder: Path, rows: int, seed: int = 1) -> dict[str, Path]:
    """Write `events.csv`, `.parquet` and `.jsonl` with the same rows; return them by kind.

    Beside each lies the registry that `actor_id` points to, of the same kind.
    """
    paths = {kind: folder / f"events-{rows}.{kind}" for kind in ("csv", "jsonl", "parquet")}
    if all(path.exists() for path in paths.values()):
        return paths
    _write_registry(folder)
    with paths["csv"].open("wb") as cells, paths["jsonl"].open("wb") as lines:
        writer = None
        for number, part in enumerate(make_parts(rows, seed)):
            part.write_csv(cells, include_header=number == 0)
            lines.write(_without_nulls(part))
            table = part.to_arrow(compat_level=pl.CompatLevel.oldest())
            writer = writer or pq.ParquetWriter(paths["parquet"], table.schema, compression="zstd")
            writer.write_table(table)
        if writer:
            writer.close()
    return paths


def registry_of(path: Path) -> Path:
    """The registry beside a file of events."""
    return path.with_name(f"actors{path.suffix}")


def _write_registry(folder: Path) -> None:
    actors = pl.DataFrame(
        {
            "actor_id": ACTORS,
            "kind": ["organisation"] * len(ACTORS),
            "identified": [True] * len(ACTORS),
            "name_en": [f"Organisation {number}" for number in range(len(ACTORS))],
            "name_vi": [f"Tổ chức {number}" for number in range(len(ACTORS))],
        }
    )
    actors.write_csv(folder / "actors.csv")
    actors.write_parquet(folder / "actors.parquet")
    (folder / "actors.jsonl").write_bytes(_without_nulls(actors))


def _without_nulls(part: pl.DataFrame) -> bytes:
    text = part.write_ndjson()
    cells = pl.Series(text.splitlines()).str.replace_all(r'"[a-z_]+":null,?', "")
    ended = cells.str.replace(",}$", "}")
    return "".join(f"{line}\n" for line in ended.to_list()).encode()


def varied(part: pl.DataFrame, start: int) -> pl.DataFrame:
    """Sound rows with days of ten years, intervals in EDTF and many places."""
    random = np.random.default_rng((2, start))
    count = part.height
    first = np.datetime64("2020-01-01") + random.integers(0, DAYS, count)
    last = first + random.integers(0, LONGEST + 1, count)
    days = [pl.Series(day).dt.to_string("%Y-%m-%d") for day in (first, last)]
    interval = pl.select(pl.format("{}/{}", *days)).to_series()
    is_placed = part["place_name"].is_not_null()
    place = pl.select(pl.format("Place {}", pl.Series(random.integers(0, MANY_PLACES, count))))
    columns = {
        "date_earliest": days[0],
        "date_latest": days[1],
        "date_edtf": interval.zip_with(pl.Series(first != last), days[0]),
        "place_name": _only(place.to_series(), is_placed),
        **_points(random, part["place_country_code"], digits=10),
        "n_mentions": pl.Series(random.integers(1, 1_000_000, count)),
    }
    return part.with_columns(**columns)


def repetitive(part: pl.DataFrame, _: int) -> pl.DataFrame:
    """Sound rows that are all the same but for their ids."""
    return pl.concat([part[:1]] * part.height).with_columns(part["event_id"])


SHAPES: dict[str, Callable[[pl.DataFrame, int], pl.DataFrame]] = {
    "varied": varied,
    "repetitive": repetitive,
}


def _make_part(
    start: int,
    count: int,
    seed: int,
    shape: Callable[[pl.DataFrame, int], pl.DataFrame] | None = None,
) -> pl.DataFrame:
    random = np.random.default_rng((seed, start))
    part = _good_part(random, start, count)
    part = shape(part, start) if shape else part
    faulty = np.sort(random.choice(count, round(count * FAULTY_SHARE), replace=False))
    kinds = [*DAMAGES, OPPOSITE, DUPLICATE]
    changes: dict[str, dict[int, Any]] = {}
    for position, index in enumerate(faulty.tolist()):
        kind = kinds[position % len(kinds)]
        if kind == DUPLICATE:
            twin = max(0, start + index - DISTANCE)
            changed: Row = {"event_id": _event_id(twin)}
        elif kind == OPPOSITE:
            changed = {"occurred": not part["occurred"][index]}
        else:
            changed = DAMAGES[kind]
        for name, value in changed.items():
            changes.setdefault(name, {})[index] = value
    for name, cells in changes.items():
        new = pl.Series(name, list(cells.values()), dtype=part.schema[name])
        part = part.with_columns(part[name].scatter(list(cells), new))
    return part


def _event_id(number: int) -> str:
    return f"BEN-{number + 1:09d}"


def _good_part(random: np.random.Generator, start: int, count: int) -> pl.DataFrame:
    codes = [action for action in actions().values() if action.goldstein_gdelt is not None]
    action = random.integers(0, len(codes), count)
    occurred = random.random(count) < 0.8
    deaths, symmetric = random.random(count) < 0.1, random.random(count) < 0.1
    day = np.datetime64("2022-01-01") + random.integers(0, 365, count)
    least = random.integers(0, 4, count)
    country = random.integers(0, len(COUNTRIES), count)
    words = random.integers(0, len(WORDS), count)
    days = pl.Series(day).dt.to_string("%Y-%m-%d")
    ids = pl.Series([_event_id(number) for number in range(start, start + count)])

    def coded(field: str, where: Any = None) -> pl.Series:
        told = [getattr(code, field) for code in codes]
        values = pl.Series([str(v) if isinstance(v, str) else v for v in told], strict=False)
        return _only(values.gather(action), where)

    def drawn(values: tuple[str, ...], where: Any = None) -> pl.Series:
        return _only(pl.Series(values).gather(random.integers(0, len(values), count)), where)

    told = pl.select(
        pl.format("The act of {} on {} by {}", ids, days, pl.Series(WORDS).gather(words))
    ).to_series()
    confidence = drawn(("high", "medium", "low"))
    columns = {
        "event_id": ids,
        "record_version": pl.Series(random.integers(1, 4, count)),
        "action_code": coded("action_code"),
        "action_name": coded("action_name"),
        "action_root_code": coded("root_code"),
        "code_fit": drawn(("exact", "approximate")),
        "goldstein_gdelt": coded("goldstein_gdelt", occurred),
        "quad_class_gdelt": coded("quad_class_gdelt", occurred),
        "actor_id": drawn(ACTORS),
        "actor_name": pl.Series(WORDS).gather(words),
        "actor_country_code": pl.Series(COUNTRIES).gather(country),
        "direction": _either(symmetric, "symmetric", "directed"),
        "symmetric": pl.Series(symmetric),
        "occurred": pl.Series(occurred),
        "factuality": _either(occurred, "asserted", "predicted"),
        "certainty": _only(pl.Series(["probable"] * count), ~occurred),
        "polarity": pl.Series(["affirmative"] * count),
        "content_status": coded("content_status_default"),
        "conditional": pl.Series([False] * count),
        "condition_en": pl.Series([None] * count, dtype=pl.String),
        "attributed": pl.Series(random.random(count) < 0.5),
        **_dates(days),
        **_places(random, country),
        "fatalities_low": _only(pl.Series(least), deaths),
        "fatalities_best": _only(pl.Series(least + 1), deaths),
        "fatalities_claimant_id": _only(pl.Series([ACTORS[0]] * count), deaths),
        "summary_en": told + ", as far as is known.",
        "summary_vi": told + " (Việt)",
        "confidence": confidence,
        "confidence_note_en": drawn(NOTES, confidence == "low"),
        "n_mentions": pl.Series(random.integers(1, 9, count)),
        "n_articles": pl.Series(random.integers(1, 4, count)),
    }
    return pl.DataFrame({name: values.alias(name) for name, values in columns.items()})


def _dates(days: pl.Series) -> dict[str, pl.Series]:
    """The columns of the date, each act on one day that its source states."""
    none = pl.Series([None] * len(days), dtype=pl.String)
    return {
        "date_edtf": days,
        "date_earliest": days,
        "date_latest": days,
        "date_basis": pl.Series(["stated"] * len(days)),
        "date_anchor_event_id": none,
        "date_note_en": none,
    }


def _places(random: np.random.Generator, country: Any) -> dict[str, pl.Series]:
    """The columns of the place, which not every act has."""
    count = len(country)
    placed = random.random(count) < 0.6
    place = random.integers(0, len(PLACES), count)
    codes = _only(pl.Series(COUNTRIES).gather(country), placed)
    return {
        "place_name": _only(pl.Series(PLACES).gather(place), placed),
        "place_country_code": codes,
        **_points(random, codes, digits=4),
        "place_precision": _only(pl.Series(["city"] * count), placed),
    }


def _points(random: np.random.Generator, codes: pl.Series, *, digits: int) -> dict[str, pl.Series]:
    """Coordinates in each row's country, absent where it has none."""
    found: dict[str, pl.Series] = {}
    for name, low, high in (
        ("latitude", "south", "north"),
        ("longitude", "west", "unwrapped_east"),
    ):
        ends = [
            codes.replace_strict(
                {code: float(getattr(country_boxes()[code][0], end)) for code in COUNTRIES},
                default=None,
                return_dtype=pl.Float64,
            )
            for end in (low, high)
        ]
        value = ends[0] + (ends[1] - ends[0]) * pl.Series(random.random(len(codes)))
        found[name] = (
            pl.select(pl.when(value > 180).then(value - 360).otherwise(value))
            .to_series()
            .round(digits)
        )
    return found


def _only(values: pl.Series, where: Any) -> pl.Series:
    if where is None:
        return values
    return pl.select(pl.when(pl.Series(where)).then(values)).to_series()


def _either(where: Any, yes: str, no: str) -> pl.Series:
    return pl.select(pl.when(pl.Series(where)).then(pl.lit(yes)).otherwise(pl.lit(no))).to_series()
