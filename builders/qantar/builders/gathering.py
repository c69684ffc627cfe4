"""Coding errors gathered, so that one run tells them all."""

from collections.abc import Iterator
from contextlib import contextmanager

from qantar.builders.coding import CodingError


class Gathering:
    """Errors of one run, in the order in which they were found."""

    def __init__(self) -> None:
        self.errors: list[CodingError] = []

    def __bool__(self) -> bool:
        return bool(self.errors)

    def add(self, error: CodingError) -> None:
        """Keep an error and go on."""
        self.errors.append(error)

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Keep the error that ends the block, if one does, and go on behind it."""
        try:
            yield
        except CodingError as error:
            self.add(error)

    def raise_any(self) -> None:
        """Raise one CodingError that tells all, each on a line and once."""
        if self.errors:
            raise CodingError("\n".join(dict.fromkeys(map(str, self.errors))))
