"""The dead of a deed: bounds over its reports, never a sum of two reports, and by side where the reports say whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tracewire.export.coding.deeds import Deed
from tracewire.export.phrases import innermost, toll_words
from tracewire.export.plain import unique
from tracewire.export.view import View
from tracewire.model import Casualty, Claim, Quantity

Group = Literal["a", "b", "civilians", "unknown"]
GROUPS: tuple[Group, ...] = ("a", "b", "civilians", "unknown")


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths over the reports of a deed. `low` is the lowest report, `high` the highest, `best` what most reports say.

    `groups` part `best` by side and sum to it. `open` says that a figure is only a lower bound, `figures` are the
    reports' words. No report of deaths: `reported` is false and all are 0.
    """

    low: int
    best: int
    high: int
    groups: Mapping[Group, int]
    reported: bool
    open: bool
    figures: tuple[str, ...]


NO_DEATHS = Deaths(0, 0, 0, dict.fromkeys(GROUPS, 0), False, False, ())


@dataclass(slots=True)
class _Report:
    """What one document says: for each group the highest count, and the highest of all."""

    groups: dict[Group, int]
    high: int

    @property
    def total(self) -> int:
        """The dead by this report: a total that names no side holds those of sides ("20, 5 of them soldiers")."""
        sides = sum(count for group, count in self.groups.items() if group != "unknown")
        return max(sides, self.groups.get("unknown", 0))

    def parted(self) -> dict[Group, int]:
        """`total` by group; what no side is named for is unknown."""
        found = {group: self.groups.get(group, 0) for group in GROUPS}
        found["unknown"] = self.total - sum(count for group, count in found.items() if group != "unknown")
        return found


def deaths(known: View, deed: Deed, group: Callable[[Claim], Group], values: Mapping[str, int] | None = None) -> Deaths:
    """Deaths over the claims of a deed; `values` are a format's own numbers for vague words, by rule."""
    reports: dict[str, _Report] = {}
    figures: list[str] = []
    is_open = False
    for claim in deed.claims:
        for toll in claim.casualties:
            if toll.what != "killed":
                continue
            low, high = _bounds(toll.quantity, values or {})
            is_open = is_open or toll.quantity is None or toll.quantity.high is None
            report = reports.setdefault(claim.document, _Report({}, 0))
            key = group(claim)
            report.groups[key] = max(report.groups.get(key, 0), low)
            report.high = max(report.high, high)
            figures.append(_figure(known, claim, toll))
    if not reports:
        return NO_DEATHS
    counts = Counter(report.total for report in reports.values())
    best = min(counts, key=lambda total: (-counts[total], total))
    chosen = next(reports[document] for document in sorted(reports) if reports[document].total == best)
    high = max(best, *(max(report.total, report.high) for report in reports.values()))
    return Deaths(min(counts), best, high, chosen.parted(), True, is_open, tuple(unique(figures)))


def _bounds(quantity: Quantity | None, values: Mapping[str, int]) -> tuple[int, int]:
    """At least and at most; killed without a number is one at least, an open end stays at what is known."""
    if quantity is None or (quantity.low is None and quantity.high is None):
        return 1, 1
    low = values.get(quantity.rule, quantity.low or 0)
    return low, max(low, quantity.high or 0)


def _figure(known: View, claim: Claim, toll: Casualty) -> str:
    victims = unique(known.words(claim, r.mention) for r in claim.roles if r.role == "victim" and r.mention is not None)
    words = f"{toll_words(known, claim, toll)}{f' ({victims[0]})' if victims else ''}"
    return f"“{words}” by {innermost(claim) or 'a source that is not named'}"
