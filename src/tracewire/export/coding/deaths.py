"""The dead of a deed: bounds over its reports, never a sum of two reports, and by side where the reports say whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
    """What a document, or one of its disputed accounts, says: each group's highest count, and the highest of all."""

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
    told = [(claim, toll) for claim in deed.claims for toll in claim.casualties if toll.what == "killed"]
    if not told:
        return NO_DEATHS
    # "A number of killed" says less than any report that counts them.
    counted = [(claim, toll) for claim, toll in told if not _uncounted(toll.quantity)]
    split = _disputed(known, [claim for claim, _ in counted])
    reports: dict[tuple[str, str], _Report] = {}
    for claim, toll in counted or told:
        low, high = _bounds(toll.quantity, values or {})
        account = innermost(claim) or "" if claim.id in split else ""
        report = reports.setdefault((claim.document, account), _Report({}, 0))
        key = group(claim)
        report.groups[key] = max(report.groups.get(key, 0), low)
        report.high = max(report.high, high)
    is_open = any(toll.quantity is None or toll.quantity.high is None for _, toll in told)
    figures = [_figure(known, claim, toll) for claim, toll in told]
    counts = Counter(report.total for report in reports.values())
    best = min(counts, key=lambda total: (-counts[total], total))
    chosen = next(reports[document] for document in sorted(reports) if reports[document].total == best)
    high = max(best, *(max(report.total, report.high) for report in reports.values()))
    return Deaths(min(counts), best, high, chosen.parted(), True, is_open, tuple(unique(figures)))


def _disputed(known: View, claims: Sequence[Claim]) -> frozenset[str]:
    """Claims of one document whose counts cannot both be true: two accounts, and no total with its parts."""
    documents = {claim.id: claim.document for claim in claims}
    ends = [(r.source, r.target) for r in known.record.relations if r.type == "contradicts" and r.aspect == "quantity"]
    inside = [pair for pair in ends if all(end in documents for end in pair)]
    return frozenset(end for one, two in inside if documents[one] == documents[two] for end in (one, two))


def _uncounted(quantity: Quantity | None) -> bool:
    return quantity is None or (quantity.low is None and quantity.high is None)


def _bounds(quantity: Quantity | None, values: Mapping[str, int]) -> tuple[int, int]:
    """At least and at most; killed without a number is one at least, an open end stays at what is known."""
    if quantity is None or _uncounted(quantity):
        return 1, 1
    low = values.get(quantity.rule, quantity.low or 0)
    return low, max(low, quantity.high or 0)


def _figure(known: View, claim: Claim, toll: Casualty) -> str:
    victims = unique(known.words(claim, r.mention) for r in claim.roles if r.role == "victim" and r.mention is not None)
    words = f"{toll_words(known, claim, toll)}{f' ({victims[0]})' if victims else ''}"
    return f"“{words}” by {innermost(claim) or 'a source that is not named'}"
