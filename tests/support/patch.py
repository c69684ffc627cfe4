"""The part of JSON Patch (RFC 6902) that the counterexamples use."""

import copy
from typing import Any


def patched(document: Any, operations: list[dict[str, Any]]) -> Any:
    """A copy of the document with the operations add, replace and remove applied."""
    result = copy.deepcopy(document)
    for operation in operations:
        _apply(result, operation)
    return result


def _apply(document: Any, operation: dict[str, Any]) -> None:
    *outer, last = operation["path"].split("/")[1:]
    for step in outer:
        document = document[int(step) if isinstance(document, list) else step]
    if isinstance(document, list) and operation["op"] == "add":
        document.insert(len(document) if last == "-" else int(last), operation["value"])
        return
    key = int(last) if isinstance(document, list) else last
    if operation["op"] != "add":
        # A patch of what is not there is a mistake in the counterexample.
        del document[key]
    if operation["op"] != "remove":
        if isinstance(document, list):
            document.insert(key, operation["value"])
        else:
            document[key] = operation["value"]
