"""What is released: tables to load, releases as corpora, and how a release is made."""

import importlib
from typing import TYPE_CHECKING, Any

from qantar.dataset.error import DatasetError
from qantar.dataset.folder import path, versions
from qantar.dataset.load import load, tables

if TYPE_CHECKING:
    from qantar.dataset.migration.run import migrate
    from qantar.dataset.restoration import as_of

__all__ = ["DatasetError", "as_of", "load", "migrate", "path", "tables", "versions"]
# The models take longer to load than everything else here, and only these need them.
_LATER = {"as_of": "qantar.dataset.restoration", "migrate": "qantar.dataset.migration.run"}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(importlib.import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
