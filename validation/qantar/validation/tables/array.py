"""Types of arrays that stand for rows."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

# Which rows, from 0.
RowNumbers: TypeAlias = npt.NDArray[np.int64]
# On which lines of a file rows begin, from 1.
LineNumbers: TypeAlias = npt.NDArray[np.int64]
# Whether something is true, for each row, value or byte.
Mask: TypeAlias = npt.NDArray[np.bool_]
