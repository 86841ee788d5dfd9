"""Who says so when a sentence alone does not tell: pronouns, denials, quotations told first and named after, posts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tracewire.codebook.speech_acts import SPEECH_ACTS, speaker_of_act
from tracewire.lang import load_words
from tracewire.model import Mention, ReadClaim

REACH, CALLED_REACH = 6, 20
"""Sentences over which "he said" still means who spoke last, and "the spokesman" the one who was called so."""
_DETERMINER = re.compile(r"\b((?:the|this|that)(?:\s+same)?)\s+$", re.IGNORECASE)
_POST = re.compile(
    r"(?:>+\s*)?(?:(?P<name>@\w{2,30})\b(?=\s*(?:[:(\[,–—-]|\d|on\b))|[^\n@]{1,40}\((?P<handle>@\w{2,30})\)"
    r"|[^\n@:]{1,40}\s(?P<account>@\w{2,30})\s*:)"
)
"""A line that quotes a post: "@name 12 March: ..."; "@name" before other words may be whom the post answers."""


@dataclass(slots=True)
class _Spoke:
    """A mention that spoke, the words of its sentence, and the number of that sentence."""

    mention: int
    words: str
    number: int


@dataclass(slots=True)
class SourceTracker:
    """Goes through a document sentence by sentence; `mentions` is the document's growing list."""

    mentions: Sequence[Mention]
    number: int = 0
    spoke: list[_Spoke] = field(default_factory=list)
    post: int | None = None

    def attribute(self, words: str, claims: Sequence[ReadClaim], beside: Mapping[int, str]) -> list[ReadClaim]:
        """The claims of the next sentence with the sources that it states, names by a pronoun or leaves to the post.

        `beside` are the mentions of the sentence, each with the determiner before it ("the", "the same", "").
        """
        self.number += 1
        made = [self._named(claim, beside) for claim in claims]
        denier = next((v for c in made if c.type == "verification" and (v := self._voice(c)) is not None), None)
        if denier is not None:
            made = [self._denied(claim, denier) for claim in made]
        if self.post is not None:
            made = [self._posted(claim, self.post) for claim in made]
        for claim in made:
            if (voice := self._voice(claim)) is not None:
                self.heard(voice, words)
        return made

    def heard(self, mention: int, words: str) -> None:
        """Somebody spoke; pronouns say nothing new."""
        if self.mentions[mention].form != "pronoun":
            self.spoke.append(_Spoke(mention, words, self.number))

    def _voice(self, claim: ReadClaim) -> int | None:
        """Who says a claim: its source, of a speech act its speaker."""
        return claim.sources[0] if claim.sources else speaker_of_act(claim, self.mentions)

    def _denied(self, claim: ReadClaim, denier: int) -> ReadClaim:
        """ "X denied that Y" and "X accused Z of Y": X says so."""
        said = claim.type not in SPEECH_ACTS and (claim.polarity == "-" or claim.modality == "alleged")
        return replace(claim, sources=(denier,)) if said and not claim.sources else claim

    def _posted(self, claim: ReadClaim, post: int) -> ReadClaim:
        """The account as written ("@name") is the source of all that names no other."""
        at = self.mentions[post].span
        inside = [i for i in claim.sources if at.start <= self.mentions[i].span.start < at.end]
        if claim.sources and not inside:
            return claim
        return replace(claim, sources=tuple(post if i in inside else i for i in claim.sources) or (post,))

    def _named(self, claim: ReadClaim, beside: Mapping[int, str]) -> ReadClaim:
        if not claim.sources:
            return claim
        first, *rest = claim.sources
        found = self.antecedent(first, beside)
        if found is None or found in rest:
            return claim
        return replace(claim, sources=(found, *rest))

    def antecedent(self, index: int, beside: Mapping[int, str]) -> int | None:
        """Who "he", "it" or "the same source" is: the last that spoke and fits; None where `beside` holds a nearer one.

        `beside` are the mentions of its own sentence.
        """
        mention = self.mentions[index]
        words = " ".join(mention.span.quote.casefold().split())
        if mention.form == "pronoun":
            kinds = _pronoun_kinds(words)
            nearer = [i for i in beside if self._may_be(i, kinds) and self.mentions[i].span.end <= mention.span.start]
            if nearer:
                return nearer[0] if len(nearer) == 1 and kinds == ("PERSON",) else None
            return next((s.mention for s in self._near(REACH) if self.mentions[s.mention].type in kinds), None)
        determiner = beside.get(index, "")
        if mention.form != "nominal" or not determiner:
            return None
        head = re.compile(rf"\b{re.escape(words.split()[-1].rstrip('s'))}", re.IGNORECASE)
        kinds = ("PERSON", "GROUP") if determiner.endswith("same") else ("PERSON",)
        if mention.type not in kinds:
            return None
        near = (s for s in self._near(CALLED_REACH) if s.mention != index and s.mention not in beside)
        return next((s.mention for s in near if self.mentions[s.mention].type in kinds and head.search(s.words)), None)

    def _may_be(self, index: int, kinds: Sequence[str]) -> bool:
        """ "He" is no "men": of persons only a named one stands in the way."""
        mention = self.mentions[index]
        return mention.type in kinds and (mention.form == "name" or (mention.form, kinds) == ("nominal", ("GROUP",)))

    def _near(self, reach: int) -> list[_Spoke]:
        return [s for s in reversed(self.spoke) if self.number - s.number <= reach]


def post_name(words: str) -> tuple[int, int] | None:
    """Where the name of the account stands when a paragraph quotes a post."""
    match = _POST.match(words)
    return match.span(match.lastgroup or 0) if match else None


def without_header(words: str, claim: ReadClaim, mentions: Sequence[Mention], start: int) -> ReadClaim:
    """A claim of a quoted post without roles of its head: whose account it is took no part in the deed.

    `start` is where the sentence begins in the raw text.
    """
    match = _POST.match(words)
    if match is None:
        return claim
    end = start + match.end()
    kept = tuple(a for a in claim.arguments if mentions[a.mention].span.start >= end)
    return claim if kept == claim.arguments else replace(claim, arguments=kept)


def determiner_before(words: str, start: int) -> str:
    """ "the" or "the same" right before a position, else nothing."""
    match = _DETERMINER.search(words, 0, start)
    return " ".join(match[1].casefold().split()) if match else ""


@lru_cache(maxsize=64)
def _pronoun_kinds(word: str) -> tuple[str, ...]:
    lists = load_words("en", "actor_words")
    if word in lists["person_pronouns"]:
        return ("PERSON",)
    return ("GROUP",) if word in lists["groups_pronouns"] else ()
