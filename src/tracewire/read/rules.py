"""The rule and lexicon reader: useful alone, and the second reader beside a trained one."""

from __future__ import annotations

from dataclasses import replace

from tracewire.codebook import Codebook
from tracewire.codebook.aliases import materiel_matcher
from tracewire.codebook.matcher import AliasMatcher
from tracewire.model import Argument, Document, Label, Mention, ReadClaim, Reading, Span
from tracewire.read.attribution import (
    Said,
    find_attributions,
    is_opinion,
    modality_of,
    polarity_of,
    sources_of,
    without_mere_sayings,
)
from tracewire.read.base import ReaderContext
from tracewire.read.circumstances import places_of, times_of
from tracewire.read.discourse import OPENING, Setting, Speaker, outside_pointers, quotation_after
from tracewire.read.frames import Draft, find_triggers
from tracewire.read.lexicon import Lexicon, load_lexicon
from tracewire.read.mentions import find_mentions
from tracewire.read.sentence import Names, Sentence, make_sentence
from tracewire.read.text import dateline_end, sentences

LOWERED_SHARE = 0.005
"""A document with fewer capitals than this share of its letters is read as lower-cased text."""
CONFIDENCE = {"full": 0.6, "part": 0.45, "bare": 0.3}
"""By how many roles are filled; set by hand, not calibrated: order claims by it, do not read it as a probability."""


class RulesReader:
    """Reads with word lists and patterns; see docs/explanation for what it misses."""

    name = "rules@1"

    def __init__(self, context: ReaderContext) -> None:
        self._lexicon = load_lexicon("en")
        self._names = Names(
            actors=_actor_matcher(context.codebook),
            materiel=materiel_matcher(context.codebook.materiel.values()),
            is_place=context.is_place,
        )

    def read(self, document: Document) -> Reading:
        """Mentions and claims of all readable blocks."""
        run = _Run(document, self._lexicon, self._names)
        for block in document.reading.blocks:
            run.block(block.start, block.end, block.label)
        return Reading(document.id, self.name, tuple(run.mentions), tuple(run.claims))


def _actor_matcher(codebook: Codebook) -> AliasMatcher:
    rows: list[tuple[str, str, bool]] = []
    for actor in codebook.actors.values():
        rows += [(alias, f"{actor.type}:{actor.id}", False) for alias in (actor.name, *actor.aliases)]
        rows += [(alias, f"{actor.type}:{actor.id}", True) for alias in actor.exact]
    for outlet in codebook.outlets.values():
        rows += [(alias, f"outlet:{outlet.id}", True) for alias in (outlet.name, *outlet.aliases)]
    return AliasMatcher(rows)


class _Run:
    """The reading of one document: collects mentions and claims in document order."""

    def __init__(self, document: Document, lexicon: Lexicon, names: Names) -> None:
        self.document = document
        self.lexicon = lexicon
        self.names = names
        self.mentions: list[Mention] = []
        self.claims: list[ReadClaim] = []
        letters = sum(c.isalpha() for c in document.reading.text) or 1
        self.things = False
        self.setting = Setting()
        self.lowered = sum(c.isupper() for c in document.reading.text) / letters < LOWERED_SHARE

    def block(self, start: int, end: int, label: Label) -> None:
        """Read one block; a quotation hands its speaker on to the sentence that goes on with it."""
        speaker: Speaker | None = None
        self.setting = Setting()
        for low, high in outside_pointers(self.document.reading.text, start, end):
            speaker = self.stretch(low, high, label, speaker)

    def stretch(self, start: int, end: int, label: Label, speaker: Speaker | None) -> Speaker | None:
        """Read the sentences of a stretch of a block."""
        for low, high in sentences(self.document.reading.text, start, end):
            speaker = self.sentence(low, high, label, speaker)
        return speaker

    def sentence(self, start: int, end: int, label: Label, speaker: Speaker | None) -> Speaker | None:
        """Read one sentence; returns whose words the next one may go on with."""
        text = self.document.reading.text
        begin = dateline_end(text, start, end, self.names.is_place)
        sentence = make_sentence(text, begin, end, label, self.lexicon, self.lowered)
        if not sentence.toks:
            return speaker
        sentence.things = self.things
        find_mentions(sentence, self.lexicon, self.names)
        attributions = find_attributions(sentence, self.lexicon)
        drafts = without_mere_sayings(find_triggers(sentence, self.lexicon), attributions)
        offset = len(self.mentions)
        self._keep_mentions(sentence)
        self.things = any(p.type == "MATERIEL" for p in sentence.phrases)
        opinion = is_opinion(sentence, self.lexicon)
        first = len(self.claims)
        for draft in drafts:
            claim = self._claim(sentence, draft, drafts, attributions, offset, speaker)
            self.claims.append(self.setting.lend(replace(claim, opinion=opinion)))
        if drafts:
            self.setting = Setting.after(self.claims[first:], self.setting)
        elif times := [i for i, p in enumerate(sentence.phrases) if p.type == "TIME"]:
            self.setting = Setting((times[0] + offset,), self.setting.places)
        own = tuple(m + offset for said in attributions for m in said.speakers)[:1]
        return quotation_after(text[start:end], own, speaker)

    def _keep_mentions(self, sentence: Sentence) -> None:
        for phrase in sentence.phrases:
            low, high = sentence.toks[phrase.start].start, sentence.toks[phrase.end - 1].end
            span = self.document.span(low, high)
            self.mentions.append(Mention(self.document.id, span, phrase.type, phrase.form))

    def _claim(
        self,
        sentence: Sentence,
        draft: Draft,
        drafts: list[Draft],
        attributions: list[Said],
        offset: int,
        speaker: Speaker | None,
    ) -> ReadClaim:
        sources, said = sources_of(draft, attributions)
        modality, cue = modality_of(sentence, draft, self.lexicon, said)
        roles = {r: ms for r, ms in draft.roles.items() if r != "place"}
        arguments = tuple(Argument(r, m + offset) for r, ms in sorted(roles.items()) for m in ms)
        arguments += tuple(Argument("quantity", q + offset) for q, _ in draft.quantity_of)
        goes_on = speaker is not None and (speaker.open or self._opens_quotation(sentence))
        absolute = tuple(m + offset for m in sources) or (speaker.mentions if speaker and goes_on else ())
        return ReadClaim(
            type=draft.type,
            trigger=self._span(sentence, draft.start, draft.end),
            evidence=(self.document.span(sentence.start, sentence.end),),
            segment=sentence.label,
            arguments=arguments,
            quantity_of=tuple((q + offset, m + offset) for q, m in draft.quantity_of),
            places=tuple(Argument(role, m + offset) for role, m in places_of(sentence, draft, drafts)),
            times=tuple(t + offset for t in times_of(sentence, draft, drafts, _after_cues(draft, attributions))),
            sources=absolute,
            cue=self._span(sentence, *cue) if cue else None,
            modality=modality,
            polarity=polarity_of(sentence, draft, self.lexicon, said),
            confidence=_confidence(roles),
        )

    def _opens_quotation(self, sentence: Sentence) -> bool:
        return sentence.text[sentence.start : sentence.end].startswith(OPENING)

    def _span(self, sentence: Sentence, start: int, end: int) -> Span:
        return self.document.span(sentence.toks[start].start, sentence.toks[end - 1].end)


def _after_cues(draft: Draft, attributions: list[Said]) -> frozenset[int]:
    return frozenset(a.cue[1] for a in attributions if not draft.start <= a.cue[0] < draft.end)


def _confidence(roles: dict[str, list[int]]) -> float:
    filled = sum(bool(m) for m in roles.values())
    return CONFIDENCE["full" if filled > 1 else "part" if filled else "bare"]
