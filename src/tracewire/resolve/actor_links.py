"""Which actors that only the texts know are one over a case: likeness proposes, reviewers decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracewire.link import MAX_BLOCK, Scored, cluster, score_pairs
from tracewire.model import Entity, Judgement
from tracewire.resolve.actor_index import generic_words
from tracewire.resolve.actor_likeness import SHORT, SLIP, content, group_likeness, is_short_for, person_likeness
from tracewire.resolve.names import marked_words, words

__all__ = ["Decisions", "Doubt", "Split", "Unknown", "decisions", "doubts", "link_actors"]


LONGEST_NAME = 12
"""Phrases of more words are no names that vary in spelling."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An actor that only the texts know."""

    id: str
    type: str
    name: str
    scope: str


@dataclass(frozen=True, slots=True)
class Split:
    """A reviewer's word that some mentions of an actor mean another: those in a form, in a document, or both."""

    entity: str
    forms: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    def takes(self, form: str, document: str) -> bool:
        """Whether a mention goes to the other actor."""
        return (not self.forms or form in self.forms) and (not self.documents or document in self.documents)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What reviewers decided of actors: pairs of ids (kept, gone) that are one, and splits, in order of time."""

    together: tuple[tuple[str, str], ...] = ()
    splits: tuple[Split, ...] = ()

    def joined(self, proposed: Mapping[str, str], there: Collection[str]) -> dict[str, str]:
        """`proposed` (old id -> new id) with the reviewers' merges over it, of the entities that are there."""
        into = dict(proposed)

        def end(id_: str) -> str:
            while id_ in into:
                id_ = into[id_]
            return id_

        for kept, gone in self.together:
            kept, gone = end(kept), end(gone)
            if kept != gone and kept in there and gone in there:
                into[gone] = kept
        return {old: end(old) for old in into}


def decisions(judgements: Iterable[Judgement]) -> Decisions:
    """What the standing judgements say of actors; a later one that splits what an earlier one merged takes it back.

    A merge is `change: {actors: [kept, gone]}`, a split `change: {forms: [...], documents: [...]}` on an actor.
    """
    together: list[tuple[str, str]] = []
    splits: list[Split] = []
    standing = (j for j in judgements if not j.undone and not j.change.get("blind"))
    for judgement in sorted(standing, key=lambda j: (j.at, j.id)):
        actors = judgement.listed("actors")
        forms, documents = judgement.listed("forms"), judgement.listed("documents")
        if judgement.what == "merge" and len(actors) == 2:
            together.append((actors[0], actors[1]))
        elif judgement.what == "split" and (forms or documents):
            splits.append(Split(judgement.on, frozenset(forms), frozenset(documents)))
    return Decisions(tuple(together), tuple(splits))


def link_actors(unknown: Sequence[Unknown]) -> dict[str, tuple[str, str]]:
    """Id -> (id of the fullest name it stands for, why), for those that are another one's."""
    items = sorted(unknown, key=lambda item: (item.name, item.id))  # ties go by name, not by the order of documents
    items = [item for item in items if len(words(item.name)) <= LONGEST_NAME]

    def cannot(i: int, j: int) -> bool:
        return _likeness(items[i], items[j]) is None and not _short_either_way(items[i], items[j])

    pairs = score_pairs(items, _keys, _likeness)
    alike = [pair for pair in pairs if pair.score >= SLIP]
    groups = cluster(len(items), alike, SLIP, cannot)
    alike += _shortenings(items, groups)
    why = {(p.left, p.right): p.why for p in alike}
    joined: dict[str, tuple[str, str]] = {}
    for group in cluster(len(items), alike, SHORT, cannot):
        main = min(group, key=lambda i: (-len(content(items[i].name)), items[i].name, items[i].id))
        for i in group:
            if i != main:
                reason = why.get((min(i, main), max(i, main)), ("by way of another spelling",))
                joined[items[i].id] = (items[main].id, f"{items[i].name} / {items[main].name}: {reason[0]}")
    return joined


def _keys(item: Unknown) -> Iterator[tuple[str, str]]:
    if item.type == "person":
        found = words(item.name)
        if len(found) > 1:
            yield "person", marked_words(found[-1]).replace("_", "").translate(_SOFT)
        return
    for word in content(item.name):
        if word not in generic_words():
            yield "group", marked_words(word) if not word.isdigit() else word


_SOFT = str.maketrans("gjw", "hsv")


def _likeness(one: Unknown, other: Unknown) -> tuple[float, tuple[str, ...]] | None:
    if one.type != other.type or one.scope != other.scope:
        return None
    found = (person_likeness if one.type == "person" else group_likeness)(one.name, other.name)
    return (found[0], (found[1],)) if found else None


def _short_either_way(one: Unknown, other: Unknown) -> bool:
    if one.type != "group" or other.type != "group":
        return False
    return is_short_for(one.name, other.name) or is_short_for(other.name, one.name)


def _shortenings(items: Sequence[Unknown], groups: Sequence[Sequence[int]]) -> Iterator[Scored]:
    """Short names with the one group of full names that they can be short for; none where there are several."""
    home = {i: number for number, group in enumerate(groups) for i in group}
    by_key: dict[tuple[str, str], list[int]] = {}
    for i, item in enumerate(items):
        for key in _keys(item):
            by_key.setdefault(key, []).append(i)
    for i, item in enumerate(items):
        near = {j for key in _keys(item) if len(by_key[key]) <= MAX_BLOCK for j in by_key[key]}
        fuller = {j for j in near if j != i and _is_short(item, items[j])}
        if fuller and len({home[j] for j in fuller}) == 1 and home[i] not in {home[j] for j in fuller}:
            for j in sorted(fuller):
                yield Scored(min(i, j), max(i, j), SHORT, ("one name is short for the other",))


def _is_short(one: Unknown, other: Unknown) -> bool:
    if one.type != other.type or one.scope != other.scope:
        return False
    if one.type == "person":
        return len(words(one.name)) < len(words(other.name)) and person_likeness(one.name, other.name) is not None
    return is_short_for(one.name, other.name)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reviewer may want to see of the actors that only the texts know."""

    what: str
    actors: tuple[str, ...]
    names: tuple[str, ...]
    why: str


def doubts(entities: Iterable[Entity]) -> list[Doubt]:
    """Actors joined of several spellings, and pairs that may be one but that nothing tells apart or joins."""
    unknown = [e for e in entities if e.basis == "corpus" and e.type in ("group", "person") and e.kind is None]
    found = [
        Doubt("joined", (e.id,), e.forms, "spellings taken for one actor")
        for e in unknown
        if len({tuple(sorted(content(form))) for form in e.forms if len(content(form)) > 1}) > 1
    ]
    items = [Unknown(e.id, e.type, max((e.name, *e.forms), key=lambda f: (len(content(f)), f)), "") for e in unknown]
    for pair in score_pairs(items, _keys, _may_be_one):
        left, right = items[pair.left], items[pair.right]
        found.append(Doubt("apart", (left.id, right.id), (left.name, right.name), pair.why[0]))
    return found


def _may_be_one(one: Unknown, other: Unknown) -> tuple[float, tuple[str, ...]] | None:
    if one.type != other.type:
        return None
    if _short_either_way(one, other):
        return SHORT, ("one name may be short for the other",)
    return _likeness(one, other)
