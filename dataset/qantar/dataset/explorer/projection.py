"""From longitude and latitude to the plane: a region seen from above its middle, or the world."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

Point = tuple[float, float]
# Šavrič, Patterson and Jenny (2019), The Equal Earth map projection.
_A = (1.340264, -0.081106, 0.000893, 0.003796)


class Projection(Protocol):
    """A way to flatten the globe; y grows downwards."""

    @property
    def middle(self) -> float:
        """The longitude in the middle."""

    @property
    def reach(self) -> float:
        """How many degrees east and west of the middle can be drawn."""

    def __call__(self, longitude: float, latitude: float) -> Point: ...


@dataclass(frozen=True)
class EqualArea:
    """Lambert's azimuthal equal-area projection around a point."""

    middle: float
    latitude: float
    reach: float = 85.0

    def __call__(self, longitude: float, latitude: float) -> Point:
        turn, here, there = map(radians, (longitude - self.middle, latitude, self.latitude))
        nearness = 1 + sin(there) * sin(here) + cos(there) * cos(here) * cos(turn)
        scale = sqrt(2 / max(nearness, 1e-6))
        across = cos(here) * sin(turn)
        along = cos(there) * sin(here) - sin(there) * cos(here) * cos(turn)
        return scale * across, -scale * along


@dataclass(frozen=True)
class EqualEarth:
    """The Equal Earth projection of the whole world."""

    middle: float = 11.0
    reach: float = 180.0

    def __call__(self, longitude: float, latitude: float) -> Point:
        root = sqrt(3) / 2
        angle = asin(root * sin(radians(latitude)))
        square = angle * angle
        sixth = square * square * square
        slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
        across = radians(longitude - self.middle) * cos(angle) / (root * slope)
        along = angle * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
        return across, -along
