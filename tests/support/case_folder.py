"""A counterexample made of files, laid out in a folder as its data say."""

import gzip
import hashlib
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from support import made_up
from support.made_up_package import Files, put, release, zipped

EXAMPLES = Path(__file__).parents[1] / "examples"
DESCRIPTOR, DIGESTS = "datapackage.json", "SHA256SUMS"
PACKINGS = {"gzip": gzip.compress, "zstd": lambda data: pa.compress(data, "zstd", asbytes=True)}


def lay_out(case: dict[str, Any], folder: Path) -> Path:
    """Put what a case says into a folder; the answer is the path to check."""
    files = started(case) | {name: content(told) for name, told in case.get("files", {}).items()}
    for change in case.get("changes", []):
        files = changed(files, change)
    files = sealed(files) if case.get("sealed") else files
    put({case["zip"]: zipped(files)} if "zip" in case else files, folder)
    for name, target in case.get("links", {}).items():
        (folder / name).symlink_to(target)
    for name, text in case.get("texts", {}).items():
        put({name: content(text)}, folder / "texts")
    return folder / case["check"]


def started(case: dict[str, Any]) -> Files:
    """The files that a case starts from: none, a made-up release or an example package.

    The digests of a "keyed release" are keyed by its text.
    """
    start = case.get("start")
    if start is None:
        return {}
    if start in ("release", "keyed release"):
        return dict(made_up_release(is_keyed=start.startswith("keyed")))
    package = EXAMPLES / "packages" / start
    return {path.name: path.read_bytes() for path in sorted(package.iterdir())}


@cache
def made_up_release(*, is_keyed: bool = False) -> Files:
    return release(made_up.keyed_corpus() if is_keyed else made_up.corpus())


def content(told: Any) -> bytes:
    """Bytes as data tell them: a text, or a list of pieces put together.

    A piece is a text; ``{"hex": "ef bb bf"}``; ``{"text": "x", "times": 9}``; a Parquet
    file by its columns ``{"parquet": {"name": ["a"]}}``, of which one may also be told as
    ``{"type": "binary", "hex": ["ff"]}`` or ``{"type": "uint64", "values": [1]}``; or
    ``{"packed": "gzip", "of": ...}``.
    ``"without": 8`` leaves out the last 8 bytes of a piece.
    """
    pieces = told if isinstance(told, list) else [told]
    return b"".join(_piece(piece) for piece in pieces)


def _piece(piece: Any) -> bytes:
    if isinstance(piece, str):
        return piece.encode()
    if "hex" in piece:
        made = bytes.fromhex(piece["hex"])
    elif "text" in piece:
        made = piece["text"].encode() * piece.get("times", 1)
    elif "parquet" in piece:
        made = _parquet(piece["parquet"])
    else:
        made = PACKINGS[piece["packed"]](content(piece["of"]))
    return made[: len(made) - piece.get("without", 0)]


def _parquet(columns: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table({name: _column(told) for name, told in columns.items()}), made)
    return made.getvalue()


def _column(told: Any) -> Any:
    if not isinstance(told, dict):
        return pa.array([_cell(value) for value in told])
    values = told.get("values") or [bytes.fromhex(value) for value in told["hex"]]
    return pa.array(values, pa.type_for_alias(told["type"]))


def _cell(value: Any) -> Any:
    return content(value).decode() if isinstance(value, dict) else value


def changed(files: Files, change: dict[str, Any]) -> Files:
    """The files with one of them removed, begun otherwise, or with words replaced."""
    name = change["file"]
    if "remove" in change:
        return {path: data for path, data in files.items() if path != name}
    before = files[name].decode()
    if "before" in change:
        return files | {name: (change["before"] + before).encode()}
    assert before.count(change["replace"]) == 1, f"{change['replace']} is not there once"
    return files | {name: before.replace(change["replace"], change["with"]).encode()}


def sealed(files: Files) -> Files:
    """The files with every digest and size made to fit what they pin."""
    for name in [path for path in files if path.rpartition("/")[2] == DESCRIPTOR]:
        descriptor = json.loads(files[name])
        for resource in descriptor["resources"]:
            data = files[name.removesuffix(DESCRIPTOR) + resource["path"]]
            resource |= {"bytes": len(data), "hash": f"sha256:{_sha256(data)}"}
        files = files | {name: json.dumps(descriptor, indent=2).encode()}
    if DIGESTS not in files:
        return files
    lines = (f"{_sha256(data)}  {path}\n" for path, data in files.items() if path != DIGESTS)
    return files | {DIGESTS: "".join(lines).encode()}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
