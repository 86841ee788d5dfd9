"""Who is meant: mentions of actors become entities, inside a document first, then over all documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracewire.codebook import Codebook
from tracewire.codebook.rows import ActorRow
from tracewire.model import Document, Entity, Mention, Reading
from tracewire.resolve.actor_aliases import introduced, same_by_words
from tracewire.resolve.actor_entities import Found, Registry, corpus_key
from tracewire.resolve.actor_index import ActorIndex, generic_words, short_heads, stripped
from tracewire.resolve.actor_likeness import holds, is_short_for, person_likeness, same_word
from tracewire.resolve.actor_links import Decisions, Unknown, link_actors
from tracewire.resolve.actor_sides import sides
from tracewire.resolve.actor_words import (
    core_names,
    ends_in_noun,
    is_generic,
    is_loaded,
    is_unit,
    outlet_core,
    person_name,
    split_parenthesis,
    state_part,
    without_attached,
)
from tracewire.resolve.anaphora import Anaphora
from tracewire.resolve.context import TextView
from tracewire.resolve.countries import iso2
from tracewire.resolve.names import keys, marked_words, words
from tracewire.resolve.nations import Nations

__all__ = ["ActorResolver", "Found"]

SHORTEST_LOWERED = 3
"""Shorter abbreviations in lower case ("is", "us") are names only where all of the text is in lower case."""
SHORTEST_TELLING = 5
"""An abbreviation of so many letters or fewer may be another group's in another country."""
FOCUS_SHARE = 0.5
"""A document is about a country that has this share of its country words."""
HOME_WEIGHT = 0.5
"""A group's country counts half as much as the country's own name: it may act abroad."""
REACH = 70
"""So many characters before and after a mention are looked at for a longer name around it."""
_INDEFINITE = re.compile(r"\b(?:an?|another|any|every|each|one)\s+$", re.IGNORECASE)
_BEFORE = re.compile(r"(?:[^\W_][\w'’.]*[ -]\n?){1,5}$")
_AFTER = re.compile(r"(?:['’]s)?(?:[ -]\n?[^\W_][\w'’]*){1,5}")
_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Ý][\w'’.-]*[ -]\n?(?:[a-z]{1,4}[ -]\n?){0,2}$")
_CAPITAL_AFTER = re.compile(r"(?:['’]s)?[ -]\n?(?:[a-z]{1,4}[ -]\n?){0,2}[A-ZÀ-Ý]")
_PIECE = re.compile(r"['’]s|[ -]?\n?[^\W_][\w'’.]*(?:[ -]\n?$)?|.", re.DOTALL)
KINDS = ("brigade", "brigades", "division", "battalion", "battalions", "front", "movement", "army", "regiment")
KIND_SAID = (" group", " faction", " militia", " rebels", " outfit", " unit")
"""What a report calls a group of a full name, and the nouns that its full name may have instead."""
SHORTEST_SLIP, SURNAME_RATIO = 7, 66.0
"""A surname of seven letters and more, two thirds the same from its first to its last letter, after the same given
names in one report, is a slip."""
NAMED_BEFORE_YEARS = 1
"""A group is not named more than a year before the codebook has it founded: the row means another one."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A full name that a document uses, for the short forms that follow."""

    words: tuple[str, ...]
    joined: str
    entity: str
    person: bool


class _Page:
    """What is known inside one document while it is being resolved."""

    def __init__(self, document: Document, view: TextView, shares: Mapping[str, float]) -> None:
        self.id, self.view, self.shares = document.id, view, shares
        start = document.published.start if document.published else None
        self.year = int(start[:4]) if start else None
        best = max(shares.items(), key=lambda item: (item[1], item[0]), default=None)
        self.country = best[0] if best is not None and best[1] >= FOCUS_SHARE else None
        self.aliases: dict[str, Found] = {}
        self.entries: list[_Entry] = []
        self.covering: dict[int, str] = {}


NOTHING_DECIDED = Decisions()
_Way = Callable[[_Page, Mention], Found | None]


class ActorResolver:
    """Resolves documents one by one, after `learn` has seen all of them; collects the entities."""

    def __init__(self, codebook: Codebook, nations: Nations, index: ActorIndex | None = None) -> None:
        self.index = ActorIndex(codebook) if index is None else index
        self.nations = nations
        self.registry = Registry(self.index, nations)
        self._abbreviations: dict[str, dict[str, str]] = {}
        self._named: set[str] = set()
        self._sure: dict[str, tuple[str, ...]] = {}
        self._surnames: dict[str, set[str]] = {}
        self._outlets: dict[str, str] = {}

    def entities(self) -> tuple[Entity, ...]:
        """All entities that the documents name, and those that these are part of, by id."""
        return self.registry.entities()

    def outlet(self, name: str) -> str:
        """The entity of a publisher; outlets that the codebook lacks are entities of the texts."""
        rows = [k for k in self.index.find(name) if k.startswith("outlet:")] or list(self.index.find(name))
        if len(rows) == 1:
            return self.registry.known(rows[0])
        entity = self.registry.corpus(outlet_core(name), "outlet")
        self.registry.form(entity, name)
        return entity

    def is_wire(self, entity: str) -> bool:
        """Whether an entity is a news agency, whose text others carry."""
        return self.registry.is_wire(entity)

    def named(self, words_: str) -> str | None:
        """The entity that a name or demonym outside of any mention stands for ("Saudi"); None where it is unclear."""
        rows = self.index.find(words_, words_.islower())
        if len(rows) == 1:
            return self.registry.known(rows[0])
        country = self.nations.country(stripped(words_))
        return self.registry.state(country) if country else None

    def countries(self, found: Iterable[Found], counts: Mapping[str, float]) -> dict[str, float]:
        """`counts` of country words (alpha-2), with the countries that the groups named in a document fight in."""
        weights = dict(counts)
        for one in found:
            country = self.registry.home(one.entity)
            if country is not None:
                weights[country] = weights.get(country, 0.0) + HOME_WEIGHT
        return weights

    def is_actor(self, phrase: str) -> bool:
        """Whether a phrase taken for a place is a known actor's name, and no state's."""
        rows = self.index.find(phrase)
        return bool(rows) and not any(getattr(self.index.row(key), "type", "") == "state" for key in rows)

    def learn(self, document: Document, view: TextView, mentions: Sequence[Mention]) -> None:
        """Note what a document lets others understand: its outlet, abbreviations it introduces, surnames of names."""
        if document.outlet and (core := keys(outlet_core(document.outlet)).article):
            self._outlets.setdefault(core, document.outlet)
            initials = "".join(word[0] for word in words(document.outlet))
            if len(initials) >= SHORTEST_LOWERED:
                self._outlets.setdefault(initials, document.outlet)
        for index, short in introduced(view, mentions):
            name = split_parenthesis(stripped(view.words(mentions[index].span)))[0]
            full = self._abbreviations.setdefault(short, {})
            key = corpus_key(name, person=False)
            full[key] = min(name, full.get(key, name))
        for mention in mentions:
            if mention.type == "GROUP" and mention.form == "name":
                self._named.update(self._sure_row(view.words(mention.span)))
            if mention.type == "PERSON" and mention.form == "name":
                name = person_name(view.words(mention.span), self.nations)
                if len(words(name)) > 1:
                    self._surnames.setdefault(marked_words(name.split()[-1]), set()).add(name)

    def _sure_row(self, name: str) -> tuple[str, ...]:
        """The one row of a name that is nobody else's and is neither short nor made of common words; else none."""
        if name in self._sure:
            return self._sure[name]
        self._sure[name] = self._surely(stripped(name))
        return self._sure[name]

    def _surely(self, plain: str) -> tuple[str, ...]:
        if (plain.isupper() and len(plain) <= SHORTEST_TELLING) or all(w in generic_words() for w in words(plain)):
            return ()
        rows = self.index.find(plain)
        return rows if len(rows) == 1 and rows[0].startswith("actor:") else ()

    def _weighed(self, view: TextView, mentions: Sequence[Mention], counts: Mapping[str, float]) -> dict[str, float]:
        """`counts` of country words with the homes of the groups that a document surely names."""
        weights = dict(counts)
        names = {view.words(m.span) for m in mentions if m.type == "GROUP" and m.form == "name"}
        for key in sorted({key for name in names for key in self._sure_row(name)}):
            row = self.index.row(key)
            if isinstance(row, ActorRow) and row.type == "group" and row.countries and (home := iso2(row.countries[0])):
                weights[home] = weights.get(home, 0.0) + HOME_WEIGHT
        return weights

    def resolve_document(
        self, document: Document, view: TextView, reading: Reading, counts: Mapping[str, float]
    ) -> dict[int, Found]:
        """Mention index -> entity. `counts` says how often the text names each country (alpha-2)."""
        weights = self._weighed(view, reading.mentions, counts)
        total = sum(weights.values())
        shares = {code: weights[code] / total for code in sorted(weights)} if total else {}
        page = _Page(document, view, shares)
        mentions = reading.mentions
        found: dict[int, Found] = {}
        pending = [i for i, m in enumerate(mentions) if m.type in ("GROUP", "PERSON") and _names(view, m)]
        if document.outlet:  # "the Lantern", in the Aden Lantern
            own = words(stripped(document.outlet))
            page.entries.append(_Entry(own, " ".join(own), self.outlet(document.outlet), False))
        self._introduce(page, mentions, found)
        self._two_names(page, mentions, found)
        self._inside_names(page, mentions, found)
        pending = self._pass(page, mentions, found, [i for i in pending if i not in found], self._direct)
        pending.sort(key=lambda i: (-len(words(view.words(mentions[i].span))), i))
        self._pass(page, mentions, found, pending, self._by_document)
        for index, one in found.items():
            words_ = page.covering.get(index) or self._form(page, mentions[index])
            self.registry.form(one.entity, words_, name=mentions[index].form == "name")
        for person, side in sides(view, mentions, found):
            self.registry.takes_side(person, side)
        found.update(Anaphora(view, reading, found, self.registry, shares, counts.keys()).resolve())
        found.update(self._states_as_places(view, reading, found))
        return dict(sorted(found.items()))

    def _pass(
        self, page: _Page, mentions: Sequence[Mention], found: dict[int, Found], indices: Sequence[int], way: _Way
    ) -> list[int]:
        """Try one way on each mention; returns those that it did not resolve."""
        left = []
        for index in indices:
            one = way(page, mentions[index])
            if one is None:
                left.append(index)
            else:
                found[index] = one
        return left

    def _form(self, page: _Page, mention: Mention) -> str:
        name = split_parenthesis(stripped(page.view.words(mention.span)))[0]
        if mention.type == "PERSON":
            return (person_name(name, self.nations) or name) if mention.form == "name" else name
        return without_attached(name)

    # ---------------------------------------------------------------- names

    def _introduce(self, page: _Page, mentions: Sequence[Mention], found: dict[int, Found]) -> None:
        for index, short in introduced(page.view, mentions):
            name = split_parenthesis(stripped(page.view.words(mentions[index].span)))[0]
            one = found.get(index) or self._direct(page, mentions[index])
            found[index] = one = one or self._new_group(page, name)
            page.aliases.setdefault(keys(short).exact, one)

    def _two_names(self, page: _Page, mentions: Sequence[Mention], found: dict[int, Found]) -> None:
        """Two names that the text gives one group are one actor, unless the codebook knows them as two."""
        for first, second in same_by_words(page.view, mentions):
            known = [found.get(i) or self._direct(page, mentions[i]) for i in (first, second)]
            if known[0] and known[1]:
                continue
            name = split_parenthesis(stripped(page.view.words(mentions[first].span)))[0]
            one = known[0] or known[1] or self._new_group(page, name)
            for index in (first, second):
                found[index] = one
                for part in (words_ := stripped(page.view.words(mentions[index].span)), *core_names(words_)):
                    page.aliases.setdefault(keys(part).exact, one)

    def _inside_names(self, page: _Page, mentions: Sequence[Mention], found: dict[int, Found]) -> None:
        """A mention that is only a piece of a known name ("Human Rights" of an observatory) is what the name names."""
        for index, mention in enumerate(mentions):
            if mention.type not in ("GROUP", "PERSON") or mention.form == "pronoun" or index in found:
                continue
            name = None if self._is_known(page, mention) else self._covering(page, mention)
            if name and (one := self._known(page, name, person=False)):
                found[index], page.covering[index] = one, name
                self._enter(page, name, one, person=self.registry.draft(one.entity)[0] == "person")

    def _covering(self, page: _Page, mention: Mention) -> str | None:
        """The longest known name that holds a mention and more words around it."""
        around = page.view.before(mention.span, REACH), page.view.after(mention.span, REACH)
        if not page.view.caseless and not (_CAPITAL_BEFORE.search(around[0]) or _CAPITAL_AFTER.match(around[1])):
            return None
        before, after = _BEFORE.search(around[0]), _AFTER.match(around[1])
        left, right = _pieces(before), _pieces(after)
        inside = "".join(words(page.view.words(mention.span)))
        if not inside or not (left or right):
            return None
        firsts = [i for i, piece in enumerate(left) if page.view.caseless or piece.strip()[:1].isupper()]
        lasts = [j for j in range(len(right), 0, -1) if page.view.caseless or right[j - 1].strip()[:1].isupper()]
        tails = [(j, "".join(words("".join(right[:j])))) for j in (*lasts, 0)]
        for i in (*firsts, len(left)):
            head = "".join(words("".join(left[i:])))
            for j, tail in tails:
                if (head or tail) and self.index.is_name(head + inside + tail):
                    return ("".join(left[i:]) + page.view.words(mention.span) + "".join(right[:j])).strip()
        return None

    def _is_known(self, page: _Page, mention: Mention) -> bool:
        """Whether the words of a mention alone are somebody's name."""
        words_ = page.view.words(mention.span)
        return bool(self.index.find(words_)) or self.nations.country(stripped(words_)) is not None

    def _direct(self, page: _Page, mention: Mention) -> Found | None:
        """By the codebook, by the names of states, by a name inside the phrase."""
        name = split_parenthesis(stripped(page.view.words(mention.span)))[0]
        person = mention.type == "PERSON"
        if alias := page.aliases.get(keys(name).exact):
            return alias
        named = mention.form != "nominal" or page.view.caseless or any(c.isupper() for c in name)
        if not named or is_loaded(name) or self._is_another(page, mention, name):
            return None
        if mention.form == "name" and (core := keys(outlet_core(name)).article) in self._outlets:
            return Found(self.outlet(self._outlets[core]), "stated")
        person = person and not (mention.form == "name" and ends_in_noun(name))
        whole = (person_name(name, self.nations) if mention.form == "name" else "") if person else name
        if whole and (one := self._known(page, whole, person=person)):
            self._enter(page, whole, one, person=person)
            return one
        if (not person or mention.form != "name") and (one := self._of_state(name, person=person)):
            return one
        if not person or mention.form != "name":
            return self._by_core(page, name)
        return None

    def _known(self, page: _Page, name: str, *, person: bool) -> Found | None:
        lowered = name.islower() and (page.view.caseless or len(name) >= SHORTEST_LOWERED)
        rows = self.index.find(name, lowered) or self.index.find_misspelt(name)
        fits = [k for k in rows if self._type_fits(k, person)]
        if person and not fits and len(words(name)) > 1:
            fits = [k for k in rows if k.startswith("actor:")]  # a group that a reader took for somebody
        key = self._choose(page, name, fits)
        if key is None:
            return None
        state = isinstance(row := self.index.row(key), ActorRow) and row.type == "state"
        metonym = state and self.nations.is_metonym(stripped(name))
        return Found(self.registry.known(key), "knowledge" if metonym else "stated")

    def _is_another(self, page: _Page, mention: Mention, name: str) -> bool:
        """ "Another Iran-backed militia" is one of a kind that has a row, and not the row itself."""
        if mention.form != "nominal" or not _INDEFINITE.search(page.view.before(mention.span, 12)):
            return False
        return any(getattr(self.index.row(k), "type", "") == "group" for k in self.index.find(name))

    def _type_fits(self, key: str, person: bool) -> bool:
        row = self.index.row(key)
        return (isinstance(row, ActorRow) and row.type == "person") or not person

    def _choose(self, page: _Page, name: str, rows: Sequence[str]) -> str | None:
        """The one row that fits the countries and the year of the document; None where several or none do."""
        fits = [k for k in rows if self._in_time(page, k) and not self._elsewhere(page, name, k)]
        if len(fits) > 1:
            fits = [k for k in fits if k.startswith("actor:")] or fits
        if len(fits) > 1:
            share = {k: self._share(page, k) for k in fits}
            fits = [k for k in fits if share[k] == max(share.values())]
        if len(fits) > 1 and page.year is not None:
            fits = [k for k in fits if not self._ended(k, page.year)] or fits
        parents = {row.part_of for k in fits if isinstance(row := self.index.row(k), ActorRow)}
        if len(fits) > 1 and len(above := [k for k in fits if k.partition(":")[2] in parents]) == 1:
            return above[0]
        return fits[0] if len(fits) == 1 else None

    def _share(self, page: _Page, key: str) -> float:
        row = self.index.row(key)
        codes = row.countries if isinstance(row, ActorRow) else ()
        return max((page.shares.get(iso2(code) or "", 0.0) for code in codes), default=0.0)

    def _in_time(self, page: _Page, key: str) -> bool:
        row = self.index.row(key)
        since = row.since if isinstance(row, ActorRow) else None
        return since is None or page.year is None or page.year >= since - NAMED_BEFORE_YEARS

    def _ended(self, key: str, year: int) -> bool:
        row = self.index.row(key)
        return isinstance(row, ActorRow) and row.until is not None and row.until < year

    def _elsewhere(self, page: _Page, name: str, key: str) -> bool:
        """A name of common words only, of a group in a country that the document never names: another group.

        Unless a document of the case names that group by a name that tells.
        """
        row = self.index.row(key)
        if key in self._named:
            return False
        if not isinstance(row, ActorRow) or not row.countries or not page.shares or row.type in ("state", "outlet"):
            return False
        common = all(word in generic_words() for word in words(name)) or (name.isupper() and len(name) <= 4)
        return common and len(row.countries) == 1 and self._share(page, key) == 0.0

    def _of_state(self, name: str, *, person: bool) -> Found | None:
        part = state_part(name, self.nations)
        if part is None or (person and not part.noun):
            return None
        metonym = part.part == "state" and not part.noun and self.nations.is_metonym(stripped(name))
        return Found(self.registry.state_part(part), "knowledge" if metonym else "stated")

    def _by_core(self, page: _Page, name: str) -> Found | None:
        """ "Zahra Front fighters", "forces of the Zahra Front", "Haftar's men"."""
        for core in core_names(name):
            if alias := page.aliases.get(keys(core).exact):
                return Found(alias.entity, "stated")
            one = self._known(page, core, person=False)
            one = one or self._kind_said_otherwise(page, name, core)
            if one is not None and self.registry.draft(one.entity)[0] != "state":
                return self._unit(page, name, core, one) or self._leader_side(name, core, one)
        return None

    def _kind_said_otherwise(self, page: _Page, name: str, core: str) -> Found | None:
        """ "The Zahra Hope group" is the Zahra Hope Brigade where the codebook knows a group so named."""
        if len(words(core)) < 2 or not stripped(name).casefold().endswith(KIND_SAID):
            return None
        rows = {k for noun in KINDS for k in self.index.find(f"{core} {noun}") if k.startswith("actor:")}
        key = self._choose(page, name, sorted(rows))
        return Found(self.registry.known(key), "stated") if key else None

    def _unit(self, page: _Page, name: str, core: str, one: Found) -> Found | None:
        """ "The Front's northern brigade" is a part of the Front; "the Front's brigade" is the Front itself."""
        if self.registry.draft(one.entity)[0] != "group" or not is_unit(name, core):
            return None
        unit = Found(self.registry.corpus(name, "group", part_of=one.entity), "stated")
        self._enter(page, name, unit, person=False)
        return unit

    def _leader_side(self, name: str, core: str, one: Found) -> Found:
        """What belongs to a leader is his side's: "Haftar's army", "the Assad regime"."""
        type_, _, part_of = self.registry.draft(one.entity)
        if type_ != "person" or part_of is None or stripped(name) == core:
            return Found(one.entity, "stated")
        return Found(part_of, "knowledge")

    # ---------------------------------------------------------------- inside the document, and new names

    def _by_document(self, page: _Page, mention: Mention) -> Found | None:
        name = split_parenthesis(stripped(page.view.words(mention.span)))[0]
        person = mention.type == "PERSON"
        if self._is_another(page, mention, name):
            return None
        if mention.form != "name":
            if not person and name[:1].isupper() and (one := self._short_form(page, name, person=False)):
                return one
            return self._core_in_document(page, name) if not person or any(c.isupper() for c in name) else None
        if person:
            return None if ends_in_noun(name) else self._person(page, person_name(name, self.nations))
        if one := self._short_form(page, name, person=False) or self._core_in_document(page, name):
            return one
        if is_generic(name) or is_loaded(name) or not keys(name).exact or self.nations.is_people(name):
            return None
        if len(words(name)) == 1 and (one := self._short_form(page, name, person=True)):
            return one
        full = self._abbreviations.get(name, {})
        if len(full) == 1:  # another document of the case says what it is short for
            name = next(iter(full.values()))
            if one := self._known(page, name, person=False):
                return one
        if country := self.nations.misspelt(name):
            return Found(self.registry.state(country), "stated")
        return self._new_group(page, without_attached(name))

    def _new_group(self, page: _Page, name: str) -> Found:
        """A group that only the texts know; a name of common words ("1st brigade") is another one in each country."""
        common = all(word in generic_words() or word[0].isdigit() for word in words(name))
        scope = (page.country or page.id) if common else ""
        one = Found(self.registry.corpus(name, "group", scope=scope), "stated")
        self._enter(page, name, one, person=False)
        return one

    def _person(self, page: _Page, name: str) -> Found | None:
        if not name or not keys(name).exact or self.nations.country(name):
            return None
        if one := self._short_form(page, name, person=True):
            return one
        whole = words(stripped(name))
        if len(whole) > 1 and (group := {e.entity for e in page.entries if not e.person and e.words == whole}):
            return Found(min(group), "stated")  # a reader took a group for somebody
        if slip := self._misspelt_person(page, whole):
            return slip
        if len(words(name)) == 1:
            if meant := _one_person(self._of_surname(name)):
                return self._known(page, meant, person=True) or Found(self.registry.corpus(meant, "person"), "stated")
            return Found(self.registry.corpus(name, "person", scope=page.id), "stated")
        one = Found(self.registry.corpus(name, "person"), "stated")
        self._enter(page, name, one, person=True)
        return one

    def _of_surname(self, surname: str) -> set[str]:
        """The full names of the case with a surname as it is spelled; else with one that may be spelled so."""
        every = self._surnames.get(marked_words(surname), set())
        own = keys(surname).article
        alike = {name for name in every if same_word(words(name)[-1], words(surname)[-1])}
        return {name for name in every if keys(name.split()[-1]).article == own} or alike

    def _misspelt_person(self, page: _Page, name: tuple[str, ...]) -> Found | None:
        """The one person of the document with these given names and nearly this surname: a slip of one report."""
        from rapidfuzz import fuzz

        if len(name) < 2 or len(name[-1]) < SHORTEST_SLIP:
            return None
        others = (
            e for e in page.entries if e.person and e.words[:-1] == name[:-1] and len(e.words[-1]) >= SHORTEST_SLIP
        )
        ends = name[-1][0], name[-1][-1]
        alike = (e for e in others if (e.words[-1][0], e.words[-1][-1]) == ends)
        near = {e.entity for e in alike if fuzz.ratio(e.words[-1], name[-1]) >= SURNAME_RATIO}
        return Found(next(iter(near)), "inferred") if len(near) == 1 else None

    def _core_in_document(self, page: _Page, name: str) -> Found | None:
        for core in core_names(name):
            if one := self._short_form(page, core, person=False):
                return one
            if one := self._short_form(page, core, person=True):
                return self._leader_side(name, core, one)
        return None

    def _enter(self, page: _Page, name: str, one: Found, *, person: bool) -> None:
        own = words(stripped(name))
        page.entries.append(_Entry(own, " ".join(own), one.entity, person))
        if not person and (full := self.registry.name_words(one.entity)):
            page.entries.append(_Entry(full, " ".join(full), one.entity, person))

    def _short_form(self, page: _Page, name: str, *, person: bool) -> Found | None:
        """The one entity of the document whose full name holds these words in a row."""
        short = words(stripped(name)) if not self.nations.country(stripped(name)) else ()
        common = all(word in generic_words() for word in short)
        if common and not (len(short) == 1 and short[0] in short_heads()):
            return None
        held = {e.entity for e in page.entries if e.person == person and holds(e.words, short)}
        if not held and not person and len(short) > 1:
            joined = " ".join(short)
            held = {e.entity for e in page.entries if not e.person and is_short_for(joined, e.joined)}
        return Found(next(iter(held)), "stated") if len(held) == 1 else None

    # ---------------------------------------------------------------- states that stand as places

    # ---------------------------------------------------------------- over the case

    def link(self, decided: Decisions = NOTHING_DECIDED) -> dict[str, str]:
        """Join the actors of the texts that are one, and those that reviewers joined: old id -> new id.

        Call it when every document is resolved; entities that are joined are gone from then on.
        """
        unknown = [Unknown(*row) for row in self.registry.unknown()]
        joined = {old: new for old, (new, _) in link_actors(unknown).items()}
        joined = decided.joined(joined, self.registry.ids())
        self.registry.keep_names(kept for kept, _ in decided.together)
        self.registry.fold(joined)
        return joined

    def settle(
        self,
        document: Document,
        mentions: Sequence[Mention],
        found: Mapping[int, Found],
        joined: Mapping[str, str],
        decided: Decisions,
    ) -> dict[int, Found]:
        """The entities of a document's mentions after `link`, and after what reviewers split."""
        settled = {i: Found(joined[one.entity], one.basis) if one.entity in joined else one for i, one in found.items()}
        if not decided.splits:
            return settled
        view = TextView(document)
        for index, one in settled.items():
            form = stripped(view.words(mentions[index].span))
            for split in decided.splits:
                if one.entity == split.entity and split.takes(form, document.id):
                    settled[index] = one = Found(self.registry.part(split, form), one.basis)
        return settled

    def _states_as_places(self, view: TextView, reading: Reading, found: Mapping[int, Found]) -> dict[int, Found]:
        """A country that a reader took for a place but that gives, takes or says is the state."""
        acting: dict[int, Found] = {}
        roles = {a.mention for c in reading.claims for a in c.arguments if a.role not in ("origin", "destination")}
        for index in sorted(roles | {s for c in reading.claims for s in c.sources}):
            mention = reading.mentions[index]
            if mention.type != "PLACE" or index in found:
                continue
            if code := self.nations.country(stripped(view.words(mention.span))):
                acting[index] = Found(self.registry.state(code), "stated")
                self.registry.form(acting[index].entity, view.words(mention.span))
        return acting


def _names(view: TextView, mention: Mention) -> bool:
    """Whether a mention may be a name; "US" is no pronoun where the text is not in capitals."""
    return mention.form != "pronoun" or (view.words(mention.span) in ("US", "U.S.") and mention.type == "GROUP")


def _one_person(names: Iterable[str]) -> str | None:
    """The fullest of the names where all are one person's, else None."""
    ordered = sorted(names, key=lambda n: (-len(words(n)), n))
    if not ordered or any(person_likeness(ordered[0], other) is None for other in ordered[1:]):
        return None
    return ordered[0]


def _pieces(match: re.Match[str] | None) -> list[str]:
    """The words of a match, each with the space before it."""
    return _PIECE.findall(match.group()) if match else []
