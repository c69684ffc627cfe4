"""What is released: tables to load, releases as corpora, and how a release is made."""

import importlib
from typing import TYPE_CHECKING, Any

from qantar.dataset.error import DatasetError
from qantar.dataset.folder import path, versions
from qantar.dataset.load import load, tables

if TYPE_CHECKING:
    from qantar.dataset.restoration import as_of

__all__ = ["DatasetError", "as_of", "load", "path", "tables", "versions"]


def __getattr__(name: str) -> Any:
    # The models take longer to load than everything else here, and only as_of needs them.
    if name == "as_of":
        return getattr(importlib.import_module("qantar.dataset.restoration"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
