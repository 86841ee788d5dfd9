"""The word lists of one language, compiled once for look-up by form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tracewire.lang import load_words
from tracewire.read.morphology import plural, verb_forms


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of triggers.toml: what a word means and where its roles stand."""

    type: str
    noun: bool
    agent: str
    patient: str
    needs: frozenset[str] = frozenset()
    needs_not: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    preps: Mapping[str, str] = field(default_factory=dict)
    object_words: frozenset[str] = frozenset()
    intransitive: frozenset[str] = frozenset()
    between: str | None = None
    with_materiel: bool = False
    needs_actor: bool = False
    needs_agent: bool = False
    needs_place: bool = False
    weak: bool = False
    counted: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class VerbSense:
    """A verb form that may be a trigger: its lemma, the words that must follow, its tags and frame."""

    lemma: str
    rest: tuple[str, ...]
    tags: frozenset[str]
    frame: Frame


@dataclass(frozen=True, slots=True)
class NounSense:
    """A noun (phrase) that may be a trigger."""

    words: tuple[str, ...]
    frame: Frame


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the rules know about the words of a language."""

    verbs: Mapping[str, tuple[VerbSense, ...]]
    nouns: Mapping[str, tuple[NounSense, ...]]
    verb_tags: Mapping[str, frozenset[str]]
    verb_lemma: Mapping[str, str]
    heads: Mapping[tuple[str, ...], str]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    titles: frozenset[str]
    directions: frozenset[str]
    demonyms: frozenset[str]
    capitals: frozenset[str]

    def is_a(self, kind: str, word: str) -> bool:
        """Whether a lower-cased word stands in a closed-class list ("determiners", "prepositions", ...)."""
        return word in self.words[kind]


HEAD_TYPES = {"group": "GROUP", "person": "PERSON", "facility": "FACILITY", "place": "PLACE"}


@lru_cache(maxsize=4)
def load_lexicon(language: str = "en") -> Lexicon:
    """The compiled lists of `lang/<language>/`."""
    verbs_file = load_words(language, "verbs")
    nouns_file = load_words(language, "nouns")
    words_file = load_words(language, "words")
    cues = load_words(language, "cues")
    triggers = load_words(language, "triggers")
    irregular = verbs_file["irregular"]
    verbs = _verb_senses(triggers["verb"], irregular)
    tags, lemmas = _verb_table(triggers["verb"], verbs_file, cues, irregular)
    closed = {k: frozenset(v) for k, v in words_file.items()}
    closed |= {k: frozenset(verbs_file[k]) for k in ("auxiliaries", "have", "do", "modals")}
    closed |= {k: frozenset(nouns_file[k]) for k in ("group_names", "facility_names", "place_names")}
    closed["speech"] = _forms(cues["speech"], irregular)
    closed["denying"] = _forms(cues["denying"], irregular)
    closed["alleging"] = _forms(cues["alleging"], irregular)
    closed["believing"] = _forms(cues["believing"], irregular)
    closed["implicative"] = frozenset(cues["implicative"])
    closed["voices"] = frozenset(cues["voices"])
    closed["light"] = _forms([v.split()[0] for v in verbs_file["light"]], irregular)
    closed["passive_light"] = _forms([v.split()[0] for v in verbs_file["passive_light"]], irregular)
    phrases = {f"hedge:{k}": _split(v) for k, v in cues["hedges"].items()}
    phrases |= {k: _split(cues[k]) for k in ("conditional", "negation", "opinion", "according")}
    phrases["approximators"] = _split(words_file["approximators"])
    phrases["measures"] = _split(words_file["measures"])
    return Lexicon(
        verbs=verbs,
        nouns=_noun_senses(triggers["noun"]),
        verb_tags=tags,
        verb_lemma=lemmas,
        heads=_heads(nouns_file),
        words=closed,
        phrases=phrases,
        titles=frozenset(nouns_file["titles"]),
        directions=frozenset(nouns_file["directions"]),
        demonyms=frozenset(_demonyms(language)),
        capitals=frozenset(load_words(language, "demonyms").get("capitals", {})),
    )


def _demonyms(language: str) -> set[str]:
    tables = load_words(language, "demonyms")
    return {w for key in ("demonyms", "regions") for w in tables.get(key, {}) if " " not in w}


def _split(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(p.split()) for p in phrases), key=lambda p: (-len(p), p)))


def _forms(lemmas: list[str], irregular: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(f for lemma in lemmas for f in verb_forms(lemma.split()[0], irregular))


def _frame(row: dict[str, Any], noun: bool, order: int) -> Frame:
    preps = {k: v for k, v in row.get("preps", {}).items() if v}
    if noun:
        preps |= {k: row[k] for k in ("to", "from") if k in row}
    return Frame(
        type=row["type"],
        noun=noun,
        agent=row["agent"],
        patient=row["patient"],
        needs=frozenset(row.get("needs", ())),
        needs_not=frozenset(row.get("needs_not", ())),
        actors=frozenset(row.get("actors", ())),
        preps=preps,
        object_words=frozenset(row.get("object_words", ())),
        intransitive=frozenset(row.get("intransitive", ())),
        between=row.get("between") or row.get("preps", {}).get("between"),
        with_materiel=row.get("with_materiel", False),
        needs_actor=row.get("needs_actor", False),
        needs_agent=row.get("needs_agent", False),
        needs_place=row.get("needs_place", False),
        weak=row.get("weak", False),
        counted=row.get("counted", False),
        order=order,
    )


def _verb_senses(rows: list[dict[str, Any]], irregular: Mapping[str, Any]) -> dict[str, tuple[VerbSense, ...]]:
    found: dict[str, list[VerbSense]] = defaultdict(list)
    for order, row in enumerate(rows):
        frame = _frame(row, False, order)
        for lemma in row["lemmas"]:
            head, *rest = lemma.split()
            forms = {head: {"part"}} if row.get("fixed") else verb_forms(head, irregular)
            for form, tags in forms.items():
                found[form].append(VerbSense(lemma, tuple(rest), frozenset(tags), frame))
    return {f: tuple(sorted(v, key=lambda s: (-len(s.rest), s.frame.order))) for f, v in found.items()}


def _noun_senses(rows: list[dict[str, Any]]) -> dict[str, tuple[NounSense, ...]]:
    found: dict[str, list[NounSense]] = defaultdict(list)
    for order, row in enumerate(rows):
        frame = _frame(row, True, order)
        for lemma in row["lemmas"]:
            for form in {lemma, plural(lemma)}:
                words = tuple(form.replace("-", " - ").split()) if "-" in form else tuple(form.split())
                found[words[0]].append(NounSense(words, frame))
                if "-" in form:
                    found[form.split()[0]].append(NounSense(tuple(form.split()), frame))
    return {f: tuple(sorted(v, key=lambda s: (-len(s.words), s.frame.order))) for f, v in found.items()}


def _verb_table(
    rows: list[dict[str, Any]], verbs_file: dict[str, Any], cues: dict[str, Any], irregular: Mapping[str, Any]
) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    lemmas = {lemma.split()[0] for row in rows for lemma in row["lemmas"] if not row.get("fixed")}
    lemmas |= {v.split()[0] for key in ("common", "light") for v in verbs_file[key]}
    lemmas |= {v.split()[0] for v in cues["speech"]} | set(irregular)
    tags: dict[str, set[str]] = defaultdict(set)
    base: dict[str, str] = {}
    for lemma in sorted(lemmas):
        for form, marks in verb_forms(lemma, irregular).items():
            tags[form] |= marks
            base.setdefault(form, lemma)
    return {f: frozenset(t) for f, t in tags.items()}, base


def _heads(nouns_file: dict[str, Any]) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for key, type_ in HEAD_TYPES.items():
        for noun in nouns_file[key]:
            for form in (noun, plural(noun)):
                found.setdefault(tuple(form.split()), type_)
    return found
