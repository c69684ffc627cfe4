"""Types of Arrow and of pandas that nobody knows."""

from typing import Any

import numpy as np
import pyarrow as pa
from pandas.api.extensions import ExtensionArray, ExtensionDtype


class MadeUpType(pa.ExtensionType):  # type: ignore[misc]
    """A type of Arrow that nobody knows."""

    def __init__(self) -> None:
        super().__init__(pa.int64(), "qantar.made-up")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage_type: Any, serialized: bytes) -> "MadeUpType":
        return cls()


class MadeUpDtype(ExtensionDtype):
    """A dtype of pandas that nobody knows."""

    name = "made-up"
    type = int

    @classmethod
    def construct_array_type(cls) -> type:
        return MadeUpArray


class MadeUpArray(ExtensionArray):
    """Whole numbers under a dtype of that kind."""

    dtype = MadeUpDtype()

    def __init__(self, numbers: Any) -> None:
        self.numbers = np.asarray(numbers)

    @classmethod
    def _from_sequence(cls, scalars: Any, **_: Any) -> "MadeUpArray":
        return cls(scalars)

    def __getitem__(self, item: Any) -> Any:
        held = self.numbers[item]
        return held if np.isscalar(held) else MadeUpArray(held)

    def __len__(self) -> int:
        return len(self.numbers)

    def isna(self) -> Any:
        return np.zeros(len(self), np.bool_)

    def take(self, indices: Any, **_: Any) -> "MadeUpArray":
        return MadeUpArray(self.numbers.take(indices))

    def copy(self) -> "MadeUpArray":
        return MadeUpArray(self.numbers.copy())
