"""Points and radii of what is no place of its own: parts of a country or province, stretches between two places."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tracewire.resolve.gazetteer_db import distance_km

__all__ = ["Area", "middle", "part_of_area", "part_of_country", "shifted"]

Point = tuple[float, float]
Area = tuple[Point, float]
"""A point and a radius in km."""
PART = 0.4
"""How much of a country's breadth its eastern part is."""
LEAST_TOWNS = 8
OUTLYING = 0.02
"""Towns farther out than all but this share do not stretch a country: islands, exclaves, wrong rows."""
AREA_SHIFT, AREA_RADIUS = 0.5, 0.65
"""The north of a province: its middle moved by half of its radius, with two thirds of it."""
WIDEST_KM = 150.0
LEAST_BETWEEN_KM = 5.0
_EARTH_KM = 6371.0


def shifted(point: Point, bearing: str, distance: float) -> Point:
    """A point so many km in a direction of the compass ("ne") from another."""
    north = ("n" in bearing) - ("s" in bearing)
    east = ("e" in bearing) - ("w" in bearing)
    length = math.hypot(north, east) or 1.0
    latitude = point[0] + math.degrees(distance * north / length / _EARTH_KM)
    longitude = point[1] + math.degrees(distance * east / length / _EARTH_KM / math.cos(math.radians(point[0])))
    return round(latitude, 4), round(longitude, 4)


def middle(a: Point, b: Point) -> Area | None:
    """The stretch between two places; None where they lie too far apart for it to say anything."""
    apart = distance_km(a, b)
    if apart > WIDEST_KM:
        return None
    point = round((a[0] + b[0]) / 2, 4), round((a[1] + b[1]) / 2, 4)
    return point, round(max(LEAST_BETWEEN_KM, apart / 2), 1)


def part_of_area(point: Point, radius: float, side: str) -> Area:
    """The part of a province on one side of its middle."""
    return shifted(point, side, radius * AREA_SHIFT), round(radius * AREA_RADIUS, 1)


def part_of_country(towns: Sequence[Point], side: str) -> Area | None:
    """The part of a country where its towns on that side lie; None where too few are known."""
    if len(towns) < LEAST_TOWNS:
        return None
    inside = _outer(_outer(towns, 0, "s", "n", side), 1, "w", "e", side)
    if not inside:
        return None
    box = [(min(p[axis] for p in inside), max(p[axis] for p in inside)) for axis in (0, 1)]
    point = round(sum(box[0]) / 2, 2), round(sum(box[1]) / 2, 2)
    return point, float(round(max(distance_km(point, town) for town in inside)))


def _outer(towns: Sequence[Point], axis: int, low: str, high: str, side: str) -> list[Point]:
    """The towns in the outer part of one axis, outlying ones left off; all of them where the side says nothing."""
    if not towns:
        return []
    values = sorted(town[axis] for town in towns)
    cut = int(len(values) * OUTLYING)
    least, most = values[cut], values[-1 - cut]
    if low in side:
        most = least + (most - least) * PART
    elif high in side:
        least = most - (most - least) * PART
    return [town for town in towns if least <= town[axis] <= most]
