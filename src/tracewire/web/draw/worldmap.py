"""A map of places with the radius of their doubt, over country outlines that ship with the package.

Outlines: world-atlas 2.0.2 (made from Natural Earth, public domain), 1:50 million; see maps/world-atlas-LICENSE.txt.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

WIDTH, HEIGHT = 720, 440
_LEAST_DEGREES = 2.5
_KM_PER_DEGREE = 111.2
_HIDDEN = 0.35
"""Units of the drawing that two points of an outline must lie apart to be drawn both."""

Line = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: centre and radius in units of the drawing, and the events there."""

    name: str
    x: float
    y: float
    radius: float
    latitude: float
    longitude: float
    radius_km: float | None
    events: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing: outlines as one path, points, and the events that no place is known for."""

    outline: str
    points: tuple[Point, ...]
    unlocated: tuple[dict[str, Any], ...]
    width: int = WIDTH
    height: int = HEIGHT


@lru_cache(maxsize=1)
def _rings() -> tuple[tuple[str, Line], ...]:
    """Rings of all countries, each with the country's name."""
    world = json.loads((files("tracewire.web") / "maps" / "countries-50m.json").read_text("utf-8"))
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs: list[Line] = []
    for arc in world["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    found = []
    for country in world["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        if country["type"] not in ("Polygon", "MultiPolygon"):
            continue
        for polygon in polygons:
            for ring in polygon:
                found.append((country["properties"].get("name", ""), _joined(arcs, ring)))
    return tuple(found)


def _joined(arcs: list[Line], ring: Iterable[int]) -> Line:
    line: Line = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        line += arc[1:] if line else arc
    return line


def outline(west: float, south: float, east: float, north: float) -> list[dict[str, Any]]:
    """Country outlines that touch a box, as GeoJSON features."""
    features = []
    for name, ring in _rings():
        if _touches(ring, west, south, east, north):
            rounded = [[round(x, 3), round(y, 3)] for x, y in ring]
            geometry = {"type": "Polygon", "coordinates": [rounded]}
            features.append({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
    return features


def _touches(ring: Line, west: float, south: float, east: float, north: float) -> bool:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south


def draw_map(places: Iterable[tuple[dict[str, Any], Iterable[dict[str, Any]]]]) -> Map:
    """A map of places (rows with name, latitude, longitude, radius_km), each with its events."""
    located, unlocated = [], []
    for place, events in places:
        rows = tuple(events)
        if place.get("latitude") is None or place.get("longitude") is None:
            unlocated += list(rows)
        else:
            located.append((place, rows))
    if not located:
        return Map("", (), tuple(unlocated))
    box = _Box([(p["longitude"], p["latitude"], p.get("radius_km") or 0.0) for p, _ in located])
    points = []
    for place, rows in located:
        x, y = box.at(place["longitude"], place["latitude"])
        radius = (place.get("radius_km") or 0.0) / _KM_PER_DEGREE * box.scale
        points.append(
            Point(
                place["name"],
                x,
                y,
                round(min(radius, 4.0 * WIDTH), 1),
                place["latitude"],
                place["longitude"],
                place.get("radius_km"),
                rows,
            )
        )
    points.sort(key=lambda p: (-p.radius, p.name))  # wide circles below narrow ones
    return Map(box.outline(), tuple(points), tuple(unlocated))


class _Box:
    """A stretch of the world fitted to the drawing, degrees east shrunk by latitude."""

    def __init__(self, places: list[tuple[float, float, float]]) -> None:
        self._shrink = max(0.2, math.cos(math.radians(sum(p[1] for p in places) / len(places))))
        xs = [lon * self._shrink + s * min(r, 400) / _KM_PER_DEGREE for lon, _, r in places for s in (-1, 1)]
        ys = [lat + s * min(r, 400) / _KM_PER_DEGREE for _, lat, r in places for s in (-1, 1)]
        wide = max(max(xs) - min(xs), _LEAST_DEGREES) * 1.25
        high = max(max(ys) - min(ys), _LEAST_DEGREES) * 1.25
        self.scale = min(WIDTH / wide, HEIGHT / high)
        self._x = (max(xs) + min(xs)) / 2
        self._y = (max(ys) + min(ys)) / 2

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Units of the drawing."""
        x = WIDTH / 2 + (longitude * self._shrink - self._x) * self.scale
        y = HEIGHT / 2 - (latitude - self._y) * self.scale
        return round(x, 1), round(y, 1)

    def outline(self) -> str:
        """Outlines that the drawing shows, as the data of one path."""
        half_x = WIDTH / 2 / self.scale / self._shrink
        half_y = HEIGHT / 2 / self.scale
        x = self._x / self._shrink
        sides = (x - half_x, self._y - half_y, x + half_x, self._y + half_y)
        return "".join(self._ring(ring) for _, ring in _rings() if _touches(ring, *sides))

    def _ring(self, ring: Line) -> str:
        parts: list[str] = []
        last = (math.inf, math.inf)
        for longitude, latitude in ring:
            x, y = self.at(longitude, latitude)
            x, y = _clamp(x, WIDTH), _clamp(y, HEIGHT)
            if abs(x - last[0]) + abs(y - last[1]) > _HIDDEN:
                parts.append(f"{x:g},{y:g}")
                last = (x, y)
        return f"M{'L'.join(parts)}Z" if len(parts) > 2 else ""


def _clamp(value: float, size: int) -> float:
    """Points far outside are drawn just outside: the path stays small."""
    return min(max(value, -size), 2.0 * size)
