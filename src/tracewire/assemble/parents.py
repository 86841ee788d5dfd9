"""Which event is part of which: the dead, the spoils and the prisoners of a fight belong to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracewire.assemble.events import fatalities_of, founds_event
from tracewire.assemble.view import ClaimView
from tracewire.model import Event

PARTS = frozenset({"casualty", "capture", "loss", "destruction", "handover", "detention"})
"""What a fight leaves behind; each may also stand alone."""
FIGHTS = ("strike", "attack", "clash", "offensive")
LAND = "control"
WHOLES = (*FIGHTS, LAND)
"""Taking a place is the whole that its spoils belong to where no fight is told."""
SAME_SENTENCE, SAME_PLACE, NEXT_SENTENCE = 3, 2, 1
NEAR = 250
"""Characters between a fight and a sentence that goes on about it."""


def with_parents(events: Sequence[Event], views: Mapping[str, ClaimView]) -> list[Event]:
    """Events with the fight that they are part of, which takes over the dead that are counted apart."""
    fights = _Fights(events, views)
    parent: dict[str, str] = {}
    children: dict[str, list[Event]] = {}
    for event in events:
        if event.type in PARTS and (found := fights.of(event)) is not None:
            parent[event.id] = found
            if event.type == "casualty":
                children.setdefault(found, []).append(event)
    result = []
    for event in events:
        changed = replace(event, parent=parent[event.id]) if event.id in parent else event
        if event.id in children and event.fatalities.best is None:
            inner = [v for c in children[event.id] for k in c.claims if founds_event(v := views[k])]
            changed = replace(changed, fatalities=fatalities_of(inner))
        result.append(changed)
    return result


class _Fights:
    """Fights by sentence, and by story, day and place."""

    def __init__(self, events: Sequence[Event], views: Mapping[str, ClaimView]) -> None:
        self._views = views
        self._rank = {e.id: e.type == LAND for e in events if e.type in WHOLES}
        self._sentence: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._settings: dict[tuple[str, int, str], set[str]] = defaultdict(set)
        self._in_document: dict[str, list[tuple[int, str, ClaimView]]] = defaultdict(list)
        for event in events:
            if event.id not in self._rank:
                continue
            for view in self._claims(event):
                for key in _sentences(view):
                    self._sentence[key].add(event.id)
                for setting in _settings(view):
                    self._settings[setting].add(event.id)
                self._in_document[view.document.id].append((view.claim.trigger.start, event.id, view))

    def of(self, event: Event) -> str | None:
        """The fight that the claims of the event point to most: in their sentence, at their place and day, or near."""
        points: Counter[str] = Counter()
        for view in self._claims(event):
            for found, weight in self._candidates(view):
                if found != event.id:
                    points[found] += weight
        return min(points, key=lambda e: (self._rank[e], -points[e], e)) if points else None

    def _candidates(self, view: ClaimView) -> Iterator[tuple[str, int]]:
        yield from ((e, SAME_SENTENCE) for key in _sentences(view) for e in self._sentence.get(key, ()))
        yield from ((e, SAME_PLACE) for key in _settings(view) for e in self._settings.get(key, ()))
        for start, event, other in self._in_document.get(view.document.id, ()):
            behind = view.claim.trigger.start - start
            if 0 < behind <= NEAR and not _apart(view, other):
                yield event, NEXT_SENTENCE

    def _claims(self, event: Event) -> Iterable[ClaimView]:
        return (v for c in event.claims if founds_event(v := self._views[c]))


def _sentences(view: ClaimView) -> Iterator[tuple[str, int]]:
    return ((view.document.id, span.start) for span in view.claim.evidence)


def _settings(view: ClaimView) -> Iterator[tuple[str, int, str]]:
    """Story, day and place of a claim of one day."""
    if view.story is None or view.first is None or view.last is None or view.last - view.first > 1:
        return
    yield from ((view.story, day, place) for place in view.places for day in {view.first, view.last})


def _apart(left: ClaimView, right: ClaimView) -> bool:
    days = left.first is not None and right.last is not None and left.first - right.last > 1
    return days or (bool(left.own_places) and bool(right.places) and not left.own_places & right.places)
