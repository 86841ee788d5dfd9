"""A flow diagram of materiel: from hand to hand, a gap drawn as a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracewire.export.hops import Hop

MOST = 40
"""Links drawn; the table beside the drawing has all."""
NODE_WIDTH, ROW, GAP, TOP = 200, 22, 10, 12
COLUMN = 330
UNKNOWN = "?"


@dataclass(slots=True)
class Node:
    """A party in a column; `x`, `y`, `height` in units of the drawing."""

    name: str
    column: int
    entity: str | None = None
    weight: int = 0
    x: float = 0
    y: float = 0
    height: float = 0
    used_out: float = 0
    used_in: float = 0

    @property
    def known(self) -> bool:
        """Whether anybody is named: a gap is drawn in dashes."""
        return self.name != UNKNOWN


@dataclass(frozen=True, slots=True)
class Link:
    """A band between two parties: its path, its words, and the claims behind it."""

    path: str
    width: float
    words: str
    claims: tuple[str, ...]
    denied: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """The drawing: its size, parties and bands."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left_out: int


@dataclass(slots=True)
class _Bundle:
    claims: list[str] = field(default_factory=list)
    items: dict[str, None] = field(default_factory=dict)
    denied: bool = True


def draw_flow(hops: Iterable[tuple[Hop, str]]) -> Flow | None:
    """A drawing of hops, each with its items in words; None where nothing moves from one to another."""
    bundles: dict[tuple[str, str], _Bundle] = {}
    entities: dict[str, str | None] = {}
    for hop, items in hops:
        givers = [(p.name, p.entity) for p in hop.giver] or [(UNKNOWN, None)]
        holders = [(p.name, p.entity) for p in hop.holder] or [(UNKNOWN, None)]
        if givers[0][0] == UNKNOWN == holders[0][0]:
            continue
        for giver, giver_id in givers:
            for holder, holder_id in holders:
                if giver == holder:
                    continue
                entities[giver], entities[holder] = giver_id, holder_id
                bundle = bundles.setdefault((giver, holder), _Bundle())
                bundle.claims.append(hop.claim)
                bundle.items[items] = None
                bundle.denied &= hop.polarity == "-"
    if not bundles:
        return None
    chosen = sorted(bundles, key=lambda k: (-len(bundles[k].claims), k))[:MOST]
    columns = _columns(chosen)
    nodes = _place(chosen, bundles, columns, entities)
    links = [_link(nodes, k, bundles[k], columns) for k in sorted(chosen, key=lambda k: _order(nodes, k, columns))]
    width = max(n.column for n in nodes.values()) * COLUMN + NODE_WIDTH + 4
    height = max(n.y + n.height for n in nodes.values()) + TOP
    rows = sorted(nodes.values(), key=lambda n: (n.column, n.y))
    return Flow(round(width), round(height), tuple(rows), tuple(links), len(bundles) - len(chosen))


def _columns(links: list[tuple[str, str]]) -> dict[str, int]:
    """How many hands before each party; gaps take a place of their own, and circles are cut."""
    onward: dict[str, set[str]] = {}
    for giver, holder in links:
        if UNKNOWN not in (giver, holder):
            onward.setdefault(giver, set()).add(holder)
    depth: dict[str, int] = {}

    def visit(name: str, at: int, path: tuple[str, ...]) -> None:
        if name in path or at > 6 or depth.get(name, -1) >= at:
            return
        depth[name] = at
        for other in sorted(onward.get(name, ())):
            visit(other, at + 1, (*path, name))

    given = {holder for _, holder in links}
    for name in sorted({g for g, _ in links} - given) or sorted({g for g, _ in links}):
        visit(name, 0, ())
    for giver, holder in links:  # what stands in a circle alone, or behind a gap
        if giver not in depth and giver != UNKNOWN:
            visit(giver, 0, ())
        if holder not in depth and holder != UNKNOWN:
            visit(holder, 1, ())
    return depth


def _ends(key: tuple[str, str], columns: dict[str, int]) -> tuple[tuple[str, int], tuple[str, int]]:
    """Name and column of both ends; a gap stands one column before or after."""
    giver, holder = key
    low = columns[giver] if giver != UNKNOWN else max(0, columns[holder] - 1)
    high = columns[holder] if holder != UNKNOWN else columns[giver] + 1
    return (giver, low), (holder, high if high > low else low + 1 if holder == UNKNOWN else high)


def _place(
    links: list[tuple[str, str]],
    bundles: dict[tuple[str, str], _Bundle],
    columns: dict[str, int],
    entities: dict[str, str | None],
) -> dict[tuple[str, int], Node]:
    if any(h != UNKNOWN and g == UNKNOWN and columns[h] == 0 for g, h in links):
        for name in columns:
            columns[name] += 1  # room for a gap before the first
    nodes: dict[tuple[str, int], Node] = {}
    sides: dict[tuple[str, int], list[int]] = {}
    for key in links:
        weight = len(bundles[key].claims)
        for side, end in enumerate(_ends(key, columns)):
            nodes.setdefault(end, Node(end[0], end[1], entities.get(end[0])))
            sides.setdefault(end, [0, 0])[side] += weight
    ys: dict[int, float] = {}
    for end in sorted(nodes, key=lambda e: (e[1], -max(sides[e]), e[0])):
        node = nodes[end]
        node.weight = max(sides[end])
        node.x = 2 + node.column * COLUMN
        node.y = ys.get(node.column, TOP)
        node.height = max(ROW, 6.0 * min(node.weight, 12))
        ys[node.column] = node.y + node.height + GAP
    return nodes


def _order(nodes: dict[tuple[str, int], Node], key: tuple[str, str], columns: dict[str, int]) -> tuple[float, float]:
    left, right = _ends(key, columns)
    return nodes[left].y, nodes[right].y


def _link(nodes: dict[tuple[str, int], Node], key: tuple[str, str], bundle: _Bundle, columns: dict[str, int]) -> Link:
    first, second = (nodes[end] for end in _ends(key, columns))
    width = max(3.0, 6.0 * min(len(bundle.claims), 12) * 0.8)
    y1 = first.y + min(first.used_out + width / 2 + 2, first.height - 2)
    y2 = second.y + min(second.used_in + width / 2 + 2, second.height - 2)
    first.used_out += width
    second.used_in += width
    x1, x2 = first.x + NODE_WIDTH, second.x
    bend = max(40.0, abs(x2 - x1) / 2)
    path = f"M{x1:.0f},{y1:.1f}C{x1 + bend:.0f},{y1:.1f} {x2 - bend:.0f},{y2:.1f} {x2:.0f},{y2:.1f}"
    items = "; ".join(list(bundle.items)[:4])
    words = f"{key[0]} → {key[1]}: {items} ({len(bundle.claims)} claim{'' if len(bundle.claims) == 1 else 's'})"
    return Link(path, round(width, 1), words, tuple(bundle.claims), bundle.denied)
