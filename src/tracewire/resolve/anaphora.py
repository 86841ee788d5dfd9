"""What "the group", "they" and "who" stand for: the nearest actor that fits, where only one does; else nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from tracewire.model import Reading
from tracewire.resolve.actor_entities import Found, Registry
from tracewire.resolve.actor_index import stripped
from tracewire.resolve.actor_words import NounClass, StatePart, listed, noun_class
from tracewire.resolve.context import TextView
from tracewire.resolve.names import words

__all__ = ["Anaphora"]

FOCUS_SHARE = 0.6
"""A document in which one country has this share of all country words means that state by "the government"."""
LONGEST_REACH = 300
"""Where a text has no full stops, a pronoun still does not reach back further than so many characters."""
_SAYS_THEY = re.compile(r"^\s*(?:[a-z]+\s+){1,3}$")
_ADJACENT = re.compile(r"^\s*,?\s*(?:(?:all|some|many|most|both|one) of\s+)?$")
_DETERMINER = re.compile(r"\b(\w+)\s+$")
_UNARMED = frozenset(
    (
        "state", "state forces", "state agency", "international organisation", "non-governmental organisation",
        "company", "party", "civilians", "external forces",
    )
)  # fmt: skip
_PLURAL = re.compile(r"(?:[^s]s|people|police|men|militiamen|troops)$", re.IGNORECASE)
_OWNER = re.compile(r"^(his|her|its|their)\s+(.+)$", re.IGNORECASE)
UNCLEAR = "?"
"""Two countries may be where a text's groups fight."""
MUCH_MORE = 3.0
"""A text is about the country that it names three times as often as the one where its groups come from."""
NEAR_THE_MOST = 0.5
"""The army of the one state whose arms are named is meant where that state is named half as often as the most named."""


class Anaphora:
    """Resolves the nominals and pronouns of one document; `found` holds what is resolved already."""

    def __init__(
        self,
        view: TextView,
        reading: Reading,
        found: Mapping[int, Found],
        registry: Registry,
        shares: Mapping[str, float],
        named: Collection[str],
    ) -> None:
        self._view, self._mentions, self._registry, self._shares = view, reading.mentions, registry, shares
        self._named = frozenset(named)
        self._found = dict(found)
        self._fillers = {a.mention for c in reading.claims for a in c.arguments}
        self._fillers |= {s for c in reading.claims for s in c.sources}
        actors = [i for i, m in enumerate(reading.mentions) if m.type in ("GROUP", "PERSON")]
        self._order = sorted(actors, key=lambda i: reading.mentions[i].span.start)
        self._place = {index: position for position, index in enumerate(self._order)}
        self._sentence = {i: view.sentence(reading.mentions[i].span) for i in self._order}

    def resolve(self) -> dict[int, Found]:
        """Mention index -> entity, for those that only one actor fits; basis `inferred`."""
        resolved: dict[int, Found] = {}
        for index in self._order:
            if index in self._found or self._sentence[index] < 0:
                continue
            entity = self._one(index)
            if entity is not None:
                self._found[index] = resolved[index] = Found(entity, "inferred")
        for index in self._headline():
            entity = self._of_body(index)
            if entity is not None:
                self._found[index] = resolved[index] = Found(entity, "inferred")
        return resolved

    # ---------------------------------------------------------------- headlines

    def _headline(self) -> list[int]:
        """Descriptions that stand before the first name of the body: a headline speaks of whom the text names later."""
        return [i for i in self._order if i not in self._found and self._sentence[i] >= 0 and self._opens(i)]

    def _opens(self, index: int) -> bool:
        if self._mentions[index].form == "pronoun" or self._mentions[index].type != "GROUP":
            return False
        return self._view.in_title(self._mentions[index].span) or not self._entities_so_far(index)

    def _of_body(self, index: int) -> str | None:
        """Whom a headline's "rebels" or "army" are: the one armed group or the one army of the whole text."""
        word = stripped(self._view.words(self._mentions[index].span)).casefold()
        first, _, rest = word.partition(" ")
        country = self._registry.country(first) if rest else None
        kind = noun_class(word := rest if country else word)
        if first == "army" and word.split()[-1] in listed("army_things"):
            kind, word = "state_forces", "army"
        everyone = {one.entity for one in self._found.values()}
        armed = kind == "many_fighters" or (kind == "one_group" and word.split()[-1] in listed("armed_nouns"))
        if armed and word not in listed("unknown_doers"):
            fits = {e for e in everyone if self._may_be_armed_group(e) and self._sounds_armed(e)}
            fits = {e for e in fits if country is None or country in self._registry.homes(e)}
        elif kind == "state_forces" and word not in listed("agencies"):
            fits = {e for e in everyone if self._registry.draft(e)[1] == "state forces"}
            fits = {e for e in fits if self._registry.is_whole_army(e)} or fits
            fits = {e for e in fits if self._registry.state_of(e) == (country or self._most_named())}
        else:
            return None
        return next(iter(fits)) if len(fits) == 1 else None

    def _one(self, index: int) -> str | None:
        mention = self._mentions[index]
        word = stripped(self._view.words(mention.span)).casefold()
        if mention.form == "pronoun":
            return self._pronoun(index, word)
        if owner := self._possessor(index, word):
            return self._owned(index, *owner)
        kind = noun_class(word)
        if kind in ("state_forces", "state_itself"):
            return self._state(index, word, kind) if mention.type == "GROUP" else None
        parts = word.split()
        if mention.type == "GROUP" and parts[:1] == ["army"] and parts[-1] in listed("army_things"):
            return self._state(index, "army forces", "state_forces")
        if (
            mention.type == "GROUP"
            and len(parts) == 2
            and parts[0] in listed("one_group")
            and self._are_forces(parts[1])
        ):
            return self._named_so(index, parts[0]) if parts[0] not in listed("never_named_so") else None
        if kind is None or not self._determined(index, kind):
            return None
        if kind == "one_group":
            head = word.split()[-1]
            named_so = self._named_so(index, word) if head not in listed("never_named_so") else None
            if named_so or head not in listed("armed_nouns"):
                return named_so
        if kind == "many_fighters":
            return self._only_armed_group(index)
        return self._nearest(index, self._may_be_armed_group, strict=False)

    @staticmethod
    def _are_forces(noun: str) -> bool:
        """ "Warplanes" of "coalition warplanes"."""
        return noun in listed("forces") or noun in listed("members")

    def _determined(self, index: int, kind: NounClass) -> bool:
        match = _DETERMINER.search(self._view.before(self._mentions[index].span, 12))
        inside = self._view.words(self._mentions[index].span).casefold().startswith("the ")
        wanted = ("the", "this", "that") if kind == "one_group" else ("the", "these", "those")
        return inside or (match is not None and match[1].casefold() in wanted)

    # ---------------------------------------------------------------- "his men", "its troops"

    def _possessor(self, index: int, word: str) -> tuple[str, str] | None:
        """("his", "men"), whether the pronoun stands inside the mention or right before it."""
        if match := _OWNER.match(word):
            return match[1].casefold(), match[2].casefold()
        before = _DETERMINER.search(self._view.before(self._mentions[index].span, 12))
        owner = before[1].casefold() if before else ""
        return (owner, word) if owner in ("his", "her", "its", "their") else None

    def _owned(self, index: int, owner: str, noun: str) -> str | None:
        """Whose they are: the side of the one person near, the arms of the one group or state near."""
        kind = noun_class(noun)
        forces = kind in ("state_forces", "many_fighters") or noun in listed("forces") or noun in listed("members")
        if owner in ("his", "her"):
            person = self._nearest(index, self._is_person, strict=True)
            return self._registry.side(person) if person and (forces or kind == "one_group") else None
        if not forces:
            return None
        group = self._nearest(index, lambda entity: not self._is_person(entity), strict=True)
        if group is None or self._registry.draft(group)[0] == "outlet":
            return None
        country = self._registry.state_of(group)
        if self._registry.draft(group)[0] == "state" and country:
            return self._registry.state_part(StatePart(country, "forces", noun))
        return group

    # ---------------------------------------------------------------- pronouns

    def _pronoun(self, index: int, word: str) -> str | None:
        if word in listed("relative_pronouns"):
            return self._relative(index)
        if word in listed("person_pronouns"):
            return self._nearest(index, self._is_person, strict=False, here=word != "him")
        if word in listed("groups_pronouns"):
            if word in ("they", "them", "their"):
                return self._they(index, here=word != "them")
            return self._nearest(index, lambda entity: not self._is_person(entity), strict=True)
        return None

    def _they(self, index: int, *, here: bool) -> str | None:
        """As for "it", but nobody where somebody else near is many by the words for him."""
        first, last = self._sentence[index] - 1, self._sentence[index] - (0 if here else 1)
        near = [i for i in self._order[: self._place[index]] if first <= self._sentence[i] <= last]
        if any(i not in self._found and (self._is_many(i) or self._mentions[i].form == "nominal") for i in near):
            return None
        many = {self._found[i].entity for i in near if i in self._found and self._is_many(i)}
        nearest = self._nearest(index, lambda entity: not self._is_person(entity), strict=True, here=here)
        return nearest if not many or nearest in many else None

    def _is_many(self, index: int) -> bool:
        """Whether the words of a mention are a plural: "rebels", "Houthis", "X Forces"; no "X Relations"."""
        found = self._view.words(self._mentions[index].span)
        parts = found.split()
        if self._mentions[index].form == "name" and len(parts) > 1:
            return parts[-1].casefold() in listed("forces") or parts[-1].casefold() in listed("members")
        return bool(_PLURAL.search(found))

    def _relative(self, index: int) -> str | None:
        """ "Who" and "which" right after an actor stand for it."""
        position = self._place[index]
        if position == 0:
            return None
        before = self._order[position - 1]
        between = self._view.between(self._mentions[before].span, self._mentions[index].span)
        adjacent = between is not None and _ADJACENT.match(between)
        return self._found[before].entity if adjacent and before in self._found else None

    # ---------------------------------------------------------------- the nearest that fits

    def _nearest(self, index: int, fits: Callable[[str], bool], *, strict: bool, here: bool = True) -> str | None:
        """The one actor in a role in this sentence before the mention, else in the sentence before.

        With `strict`, an actor that is not resolved makes it unclear as well; without `here` ("met him") only the
        sentence before counts.
        """
        if here and strict and (right_before := self._right_before(index)) is not None:
            return self._found[right_before].entity if right_before in self._found else None
        for sentence in (self._sentence[index], self._sentence[index] - 1)[0 if here else 1 :]:
            near = list(self._in_sentence(index, sentence))
            entities = {self._found[i].entity for i in near if i in self._found and fits(self._found[i].entity)}
            open_ones = any(i not in self._found for i in near)
            if entities:
                return next(iter(entities)) if len(entities) == 1 and not (strict and open_ones) else None
            if strict and open_ones:
                return None
        return None

    def _right_before(self, index: int) -> int | None:
        """The group that only a few lower-case words part from a pronoun: "X said that they"."""
        position = self._place[index]
        before = self._order[position - 1] if position else None
        if before is None or self._mentions[before].form == "pronoun" or self._mentions[before].type != "GROUP":
            return None
        between = self._view.between(self._mentions[before].span, self._mentions[index].span)
        return before if between is not None and _SAYS_THEY.match(between) else None

    def _in_sentence(self, index: int, sentence: int) -> Iterator[int]:
        """Role fillers of a sentence that stand before a mention."""
        reach = self._mentions[index].span.start - LONGEST_REACH
        for position in range(self._place[index] - 1, -1, -1):
            other = self._order[position]
            if self._sentence[other] < sentence or self._mentions[other].span.start < reach:
                return
            if self._sentence[other] == sentence and other in self._fillers:
                yield other

    def _is_person(self, entity: str) -> bool:
        return self._registry.draft(entity)[0] == "person"

    def _may_be_armed_group(self, entity: str) -> bool:
        type_, kind, _ = self._registry.draft(entity)
        return type_ == "group" and kind not in _UNARMED

    def _sounds_armed(self, entity: str) -> bool:
        """A group that only the text knows fights if its name says so: a press agency does not."""
        name = self._registry.unknown_name(entity)
        return name is None or not listed("armed_names").isdisjoint(words(name))

    def _only_armed_group(self, index: int) -> str | None:
        """ "The rebels": the armed group of the text so far, where there is but one."""
        armed = {e for e in self._entities_so_far(index) if self._may_be_armed_group(e) and self._sounds_armed(e)}
        return next(iter(armed)) if len(armed) == 1 else None

    def _named_so(self, index: int, word: str) -> str | None:
        """ "The observatory": the one actor so far whose name holds the word."""
        head = words(word)[-1]
        earlier = [i for i in self._order[: self._place[index]] if i in self._found]
        held = {
            self._found[i].entity
            for i in earlier
            if head in words(self._view.words(self._mentions[i].span))
            or head in self._registry.name_words(self._found[i].entity)
        }
        return next(iter(held)) if len(held) == 1 else None

    # ---------------------------------------------------------------- states

    def _state(self, index: int, word: str, kind: NounClass) -> str | None:
        """ "The army", "the government": of the state named so far, of where the fighting is, of the main country."""
        specific = kind == "state_itself" or " " in word
        before = _DETERMINER.search(self._view.before(self._mentions[index].span, 12))
        if before is not None and before[1].casefold() in listed("not_the_known_one"):
            return None
        if not specific and not self._determined(index, "many_fighters"):
            return None
        country = self._country_meant(index, word, kind)
        if country is None:
            return None
        if kind == "state_itself":
            return self._registry.state(country)
        if word not in listed("agencies") and (named := self._forces_so_far(index, country)):
            return named
        return self._registry.state_part(StatePart(country, "agency" if word in listed("agencies") else "forces", word))

    def _country_meant(self, index: int, word: str, kind: NounClass) -> str | None:
        so_far, theatre = self._states_so_far(index, kind), self._theatre(index)
        if theatre == UNCLEAR:
            return None
        if len(so_far) == 1 and self._often_named(one := next(iter(so_far))):
            if theatre in (None, one):
                return one
            return theatre if kind == "state_itself" or word == "army" else None
        if kind == "state_itself" and len(so_far) > 1:
            return None if theatre is None else theatre
        return theatre or self._focus()

    def _theatre(self, index: int) -> str | None:
        """The country where all armed groups named so far fight: the one of theirs that the text names most.

        UNCLEAR where that is not the one they all come from, though the text names that one as well.
        """
        homes = [h for e in self._entities_so_far(index) if (h := self._registry.homes(e))]
        if not homes:
            return None
        common = set.intersection(*map(set, homes))
        named = {code: self._shares.get(code, 0.0) for code in common & self._named}
        best = max(named.values(), default=0.0)
        fits = [code for code, share in named.items() if share == best]
        main = {home[0] for home in homes}
        if len(main) == 1 and main <= self._named and fits != list(main):
            often = best >= MUCH_MORE * self._shares.get(next(iter(main)), 0.0)
            return fits[0] if often and len(fits) == 1 else UNCLEAR
        return fits[0] if len(fits) == 1 else None

    def _entities_so_far(self, index: int) -> set[str]:
        return {self._found[i].entity for i in self._order[: self._place[index]] if i in self._found}

    def _states_so_far(self, index: int, kind: NounClass) -> set[str]:
        """Countries whose forces, or which or whose arms, the text has named by more than one word."""
        arms: set[str] = set()
        for i in self._order[: self._place[index]]:
            several = len(self._view.words(self._mentions[i].span).split()) > 1
            if not several or i not in self._found:
                continue
            country = self._registry.state_of(entity := self._found[i].entity)
            if country and (kind == "state_itself" or self._registry.draft(entity)[1] == "state forces"):
                arms.add(country)
        return arms

    def _forces_so_far(self, index: int, country: str) -> str | None:
        """The one army of a country that the text has named."""
        named = {
            e for e in self._entities_so_far(index)
            if self._registry.state_of(e) == country and self._registry.draft(e)[1] == "state forces"
        }  # fmt: skip
        return next(iter(named)) if len(named) == 1 else None

    def _often_named(self, country: str) -> bool:
        most = self._most_named()
        return most is None or self._shares.get(country, 0.0) >= NEAR_THE_MOST * self._shares[most]

    def _most_named(self) -> str | None:
        return max(self._shares, key=lambda code: (self._shares[code], code), default=None)

    def _focus(self) -> str | None:
        best = self._most_named()
        return best if best is not None and self._shares[best] >= FOCUS_SHARE else None
