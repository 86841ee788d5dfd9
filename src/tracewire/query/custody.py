"""Custody paths: the hops of one kind of item in one story, each tied to the hop before it where a name ties them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracewire.codebook import Codebook
from tracewire.export.coding.parties import related
from tracewire.export.event_phrases import items_over
from tracewire.export.hops import Hop, Party, hops
from tracewire.export.phrases import item_name, told_as_done, who_words
from tracewire.export.plain import unique
from tracewire.export.view import View, view
from tracewire.model import Claim, Materiel, Record
from tracewire.query.match import actor_ids, fold, item_test

_ORDER = {"supply": 0, "backer": 0, "capture": 1, "handover": 1, "loss": 2, "holder": 3, "end": 4}
"""Kinds of hop in the order that materiel goes through them: what parts hops of one date."""

_SEEN = frozenset({"holder", "end"})
"""Kinds that see materiel with someone and do not say how it came there."""


UNNAMED = "materiel that is not named"
_PRONOUNS = frozenset({"them", "they", "it", "its", "these", "those", "this", "that", "which", "some", "ones"})


@dataclass(frozen=True, slots=True)
class Step:
    """One hop of a path, over all claims of one event. Empty `giver` or `holder` is a gap that no document fills.

    `origins` are the fewest and most independent origins of its event, None for a claim outside of events. `denied`
    lists the claims that deny it.
    """

    kind: str
    type: str
    event: str | None
    claims: tuple[str, ...]
    giver: tuple[Party, ...]
    holder: tuple[Party, ...]
    items: tuple[str, ...]
    start: str | None
    end: str | None
    place: str | None
    diversion: tuple[str, ...]
    sources: tuple[str, ...]
    origins: tuple[int, int] | None
    denied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """What a story tells of one kind of item: its steps in order, each with whether it is tied to the one before.

    `tied[i]` says that who holds after step i-1 gives or holds in step i; where it is false lies a gap. `made_in` are
    country codes, `supplied_by` names, both as the reports' words have them.
    """

    item: str
    story: str | None
    made_in: tuple[str, ...]
    supplied_by: tuple[str, ...]
    steps: tuple[Step, ...]
    tied: tuple[bool, ...]


def paths(
    record: Record,
    *,
    item: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    codebook: Codebook | None = None,
) -> list[Path]:
    """The custody paths of a record, by story, item and date.

    `item` is words or a codebook id. `from_` keeps what went through an actor's hands, from there on: where did these
    end up. `to` keeps what came to an actor, up to there: how did this group get those.
    """
    known = view(record, codebook)
    found = [path for thread in _threads(known, item) for path in _paths(known, *thread)]
    if from_ is not None:
        ids = actor_ids(known, from_, parts=True)
        found = [cut for path in found if (cut := _after(path, ids, fold(from_))) is not None]
    if to is not None:
        ids = actor_ids(known, to, parts=True)
        found = [cut for path in found if (cut := _before(path, ids, fold(to))) is not None]
    return sorted({_identity(path): path for path in found}.values(), key=_key)


def _key(path: Path) -> tuple[str, str, str, tuple[str, ...]]:
    first = path.steps[0]
    return path.story or "~", path.item, first.start or first.end or "9999", _identity(path)[1]


def _identity(path: Path) -> tuple[str, tuple[str, ...]]:
    return path.item, tuple(step.claims[0] for step in path.steps)


# ---------------------------------------------------------------- threads: one kind of item in one story

Thread = tuple[str, str | None, list[tuple[Hop, list[Materiel]]]]


def _threads(known: View, item: str | None) -> Iterator[Thread]:
    """The hops of each family of items (or of the words, where they fit no family) in each story."""
    test = None if item is None else item_test(known.codebook, item)
    stories = {document: story.id for story in known.record.stories for document in story.documents}
    told = [c for c in known.claims.values() if told_as_done(c) and c.segment != "title"]
    found: dict[tuple[str, str], list[tuple[Hop, list[Materiel]]]] = {}
    for hop in hops(known, told):
        claim = known.claims[hop.claim]
        by_key: dict[str, list[Materiel]] = {}
        for thing in hop.items:
            words = known.words(claim, thing.mention)
            if test is None or test(thing.item, words):
                by_key.setdefault(_family(thing, words), []).append(thing)
        for key, things in by_key.items():
            found.setdefault((stories.get(hop.document, hop.document), key), []).append((hop, things))
    named = set(stories.values())
    for (story, key), rows in sorted(found.items()):
        yield key, story if story in named else None, rows


def _family(thing: Materiel, words: str) -> str:
    if thing.item is not None:
        return thing.item.partition(".")[0]
    return UNNAMED if fold(words) in _PRONOUNS else f"“{fold(words)}”"


# ---------------------------------------------------------------- paths


def _paths(known: View, key: str, story: str | None, rows: Sequence[tuple[Hop, list[Materiel]]]) -> Iterator[Path]:
    """The paths of a thread: from each hop that no other leads to, along the ties, to each end."""
    steps = sorted(_steps(known, rows), key=_when)
    before = {index: _tie(known, steps, index) for index in range(len(steps))}
    ends = set(before) - set(before.values())
    things = [thing for _, some in rows for thing in some]
    made = tuple(unique(thing.made_in or "" for thing in things))
    entities = [known.entity(thing.supplied_by) for thing in things]
    supplied = tuple(unique(entity.name for entity in entities if entity is not None))
    name = key if key == UNNAMED or key.startswith("“") else item_name(known, key)
    for end in sorted(ends):
        line = [end]
        while (previous := before[line[0]]) is not None:
            line.insert(0, previous)
        chosen = tuple(steps[index] for index in line)
        yield Path(name, story, made, supplied, chosen, (False, *(True for _ in line[1:])))


def _when(step: Step) -> tuple[str, str, int, str]:
    return step.start or step.end or "9999", step.end or "9999", _ORDER.get(step.kind, 3), step.claims[0]


def _steps(known: View, rows: Iterable[tuple[Hop, list[Materiel]]]) -> Iterator[Step]:
    """Hops of one event and type are one step."""
    groups: dict[tuple[str, str], list[Hop]] = {}
    for hop, _ in rows:
        groups.setdefault((hop.event or hop.claim, hop.type), []).append(hop)
    for group in groups.values():
        yield _step(known, group)


def _step(known: View, group: Sequence[Hop]) -> Step:
    claims = [known.claims[hop.claim] for hop in group]
    event = known.events.get(group[0].event or "")
    denied = [] if event is None else [c for c in event.claims if c in known.claims and _denies(known.claims[c])]
    return Step(
        kind=group[0].kind,
        type=group[0].type,
        event=group[0].event,
        claims=tuple(sorted(hop.claim for hop in group)),
        giver=_parties(hop.giver for hop in group),
        holder=_parties(hop.holder for hop in group),
        items=tuple(items_over(known, claims)),
        start=group[0].start if event is None else event.start,
        end=group[0].end if event is None else event.end,
        place=next((hop.place for hop in group if hop.place), None) if event is None else event.place,
        diversion=tuple(unique(hop.diversion for hop in group if hop.diversion != "unknown")),
        sources=tuple(unique(who_words(claim) for claim in claims)),
        origins=None if event is None else (event.origins.min, event.origins.max),
        denied=tuple(denied),
    )


def _denies(claim: Claim) -> bool:
    return claim.polarity == "-" and claim.judgement != "rejected"


def _parties(told: Iterable[Sequence[Party]]) -> tuple[Party, ...]:
    """All parties, resolved ones alone where there are any: "fighters" beside a group's name are that group's."""
    every = list({party.name.casefold(): party for some in told for party in some}.values())
    named = [party for party in every if party.entity is not None]
    return tuple(named or every)


def _tie(known: View, steps: Sequence[Step], index: int) -> int | None:
    """The latest earlier step after which a party had the items that it gives, or is seen with, in this one."""
    step = steps[index]
    needed = step.giver or (step.holder if step.kind in _SEEN else ())
    for earlier in range(index - 1, -1, -1):
        had = steps[earlier].holder
        if not _is_before(steps[earlier], step):
            continue
        if any(_same(known, one, other) for one in had for other in needed):
            return earlier
    return None


def _is_before(left: Step, right: Step) -> bool:
    """Whether one step may come before the other; open dates may."""
    return left.start is None or right.end is None or left.start <= right.end


def _same(known: View, left: Party, right: Party) -> bool:
    one, other = known.entity(left.entity), known.entity(right.entity)
    # a state and the groups that are part of it do not share a depot: only the same actor, or an arm of a group
    if one is None or other is None:
        return False
    return one.id == other.id or ("state" not in (one.type, other.type) and related(known, one, other))


# ---------------------------------------------------------------- from and to


def _after(path: Path, ids: frozenset[str], words: str) -> Path | None:
    first = next((i for i, s in enumerate(path.steps) if _in(s.giver, ids, words) or _in(s.holder, ids, words)), None)
    return None if first is None else _cut(path, first, len(path.steps))


def _before(path: Path, ids: frozenset[str], words: str) -> Path | None:
    held = [i for i, step in enumerate(path.steps) if _in(step.holder, ids, words)]
    return _cut(path, 0, held[-1] + 1) if held else None


def _cut(path: Path, first: int, last: int) -> Path:
    tied = (False, *path.tied[first + 1 : last])
    return Path(path.item, path.story, path.made_in, path.supplied_by, path.steps[first:last], tied)


def _in(parties: Iterable[Party], ids: frozenset[str], words: str) -> bool:
    return any(
        party.entity in ids if party.entity is not None else f" {words} " in f" {fold(party.name)} "
        for party in parties
    )


# ---------------------------------------------------------------- gaps


def gaps(path: Path) -> Mapping[int, str]:
    """What no report tells, by the step before which it lies; one after the last step is where the path ends."""
    found: dict[int, str] = {}
    for index, step in enumerate(path.steps):
        who = " and ".join(party.name for party in (step.giver or step.holder)) or "whoever had it"
        if step.kind in _SEEN and not path.tied[index]:
            found[index] = f"how {who} came by it is not told"
        elif (
            step.giver and not path.tied[index] and step.kind != "backer" and not (index == 0 and step.kind == "supply")
        ):
            found[index] = f"how {who} had come by it is not told"
        elif not step.giver and step.kind not in _SEEN:
            found[index] = "whom it came from is not told"
    last = path.steps[-1]
    if last.kind == "loss" and not last.holder:
        found[len(path.steps)] = "where it went is not told"
    return found
