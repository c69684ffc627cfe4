"""How far what is compressed may expand, so that a bomb is stopped early."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expansion:
    """How far a file may expand: bytes in all, and beyond the free ones so many times what
    was read of it. Text of real tables shrinks to a tenth or a fiftieth, a bomb's far more.
    """

    most: int = 64_000_000_000
    free: int = 32_000_000
    times: int = 250

    def allows(self, unpacked: int, packed: int) -> bool:
        return unpacked <= self.most and unpacked <= max(self.free, self.times * packed)


EXPANSION = Expansion()
