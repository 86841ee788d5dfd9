"""Who says a claim, how surely, and whether it is denied: cues with their scope."""

from __future__ import annotations

from dataclasses import dataclass

from tracewire.model import Modality, Polarity
from tracewire.read.frames import Draft
from tracewire.read.lexicon import Lexicon
from tracewire.read.sentence import Sentence
from tracewire.read.syntax import (
    ACTORS,
    is_passive,
    objects,
    phrase_at,
    previous_verb,
    subject,
    verb_group_start,
)

HEDGE_ORDER: tuple[Modality, ...] = ("alleged", "reported", "possible", "probable", "planned")
"""Where several hedges reach a trigger the nearest decides; at equal distance the earlier of this order."""
TOLD = frozenset({"told", "tell", "tells", "telling", "informed"})
QUANTITIES = frozenset({"QUANTITY"})
HEDGE_REACH = 8
"""Tokens a hedge reaches to its right within a clause; longer distances were mostly other events in own-x, own-y."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution in a sentence: the cue tokens, who speaks, who relays, and the tokens it governs."""

    cue: tuple[int, int]
    speakers: tuple[int, ...]
    relays: tuple[int, ...]
    scope: tuple[int, int]
    denies: bool
    hedge: Modality | None


def find_attributions(sentence: Sentence, lexicon: Lexicon) -> list[Said]:
    """All attributions of a sentence by position."""
    found: list[Said] = []
    for i, token in enumerate(sentence.toks):
        cited = _according(sentence, i, lexicon)
        found += cited
        if not cited and sentence.classes[i] == "V" and token.lower in lexicon.words["speech"]:
            said = _speech(sentence, i, lexicon)
            found += [said] if said is not None else []
    return found


def _speech(sentence: Sentence, i: int, lexicon: Lexicon) -> Said | None:
    word = sentence.toks[i].lower
    if i and sentence.classes[i - 1] in ("X", "A") and is_passive(sentence, i, lexicon):
        return None
    inverted = _inverted_speaker(sentence, i)
    speakers = inverted or subject(sentence, i, ACTORS)
    if not speakers:
        return None
    governs = _complement(sentence, i, word in lexicon.words["denying"])
    scope: tuple[int, int] | None = None
    alleging = word in lexicon.words["alleging"]
    if not alleging and (inverted or _closes(sentence, i, speakers)):
        scope = (0, min([i, *(sentence.phrases[s].start for s in speakers)]))
    elif governs is not None:
        scope = (governs, _scope_end(sentence, i, lexicon))
    if scope is None or scope[1] <= scope[0]:
        return None
    relays = _told(sentence, i, word)
    denies = word in lexicon.words["denying"]
    hedge: Modality | None = "alleged" if alleging else None
    if word in lexicon.words["believing"]:
        hedge = "probable"
    return Said((i, i + 1), tuple(speakers), tuple(relays), scope, denies, hedge)


def _inverted_speaker(sentence: Sentence, i: int) -> list[int]:
    """`..., said a spokesman`: a comma or quotation mark before the verb and the speaker right behind it."""
    before = sentence.toks[i - 1].text if i else ""
    if before not in (",", '"', "”", "''", "»"):
        return []
    behind = [m for m in objects(sentence, i + 1) if sentence.phrases[m].type in ACTORS]
    if not behind:
        return []
    end = sentence.phrases[behind[-1]].end
    return behind[:1] if end >= len(sentence.toks) or sentence.toks[end].lower not in ("that",) else []


def _closes(sentence: Sentence, i: int, speakers: list[int]) -> bool:
    """`..., the monitor said on Sunday`: a clause and a comma before the speaker, no clause of its own behind."""
    first = min(sentence.phrases[s].start for s in speakers)
    j = first - 1
    while j >= 0 and (sentence.classes[j] in ("D", "W", "G", "-", "N", "A") or phrase_at(sentence, j, QUANTITIES) >= 0):
        j -= 1
    if j <= 2 or sentence.toks[j].text not in (",", '"', "”", "''", "»", "—", "?"):
        return False
    if not any(c in ("V", "X") for c in sentence.classes[:j]):
        return False
    following = sentence.classes[i + 1 : i + 2]
    plain = (
        not following
        or following[0] in (".", "P", "T", "A")
        or sentence.toks[i + 1].lower == "and"
        or sentence.toks[i].lower in TOLD
    )
    return plain and not any(t.lower == "that" for t in sentence.toks[i + 1 : i + 8])


def _complement(sentence: Sentence, i: int, denies: bool) -> int | None:
    """Where the reported clause begins after a speech verb; None where an infinitive, a plain object or nothing
    follows ("agreed to let", "rejects the ceasefire")."""
    following = sentence.toks[i + 1].lower if i + 1 < len(sentence.toks) else ""
    if following in ("to", "for", "against", "of", "with", "by"):
        return None
    for j in range(i + 1, min(len(sentence.toks), i + 12)):
        if sentence.toks[j].lower in ("that", ":", "how", "whether") or sentence.toks[j].text in ('"', "“"):
            return j + 1
    has_verb = any(c in ("V", "X", "H", "M") for c in sentence.classes[i + 1 :])
    return i + 1 if has_verb or denies else None  # "denied involvement in the attack"


def _scope_end(sentence: Sentence, i: int, lexicon: Lexicon) -> int:
    """A reported clause ends at "but X said/denied" and at a semicolon."""
    for j in range(i + 2, len(sentence.toks)):
        if sentence.toks[j].text == ";" or sentence.toks[j].lower in ("but", "while", "whereas", "although", "though"):
            rest = range(j + 1, min(len(sentence.toks), j + 14))
            if any(sentence.classes[k] == "V" and sentence.toks[k].lower in lexicon.words["speech"] for k in rest):
                return j
    return len(sentence.toks)


def _told(sentence: Sentence, i: int, word: str) -> list[int]:
    """ "Told Reuters": the one told is a relay, where it is a named outlet or group."""
    if word not in TOLD:
        return []
    behind = objects(sentence, i + 1)[:1]
    return [m for m in behind if sentence.phrases[m].type == "GROUP" and sentence.phrases[m].form == "name"]


def _according(sentence: Sentence, i: int, lexicon: Lexicon) -> list[Said]:
    for words in lexicon.phrases["according"]:
        if not sentence.follows(i, words):
            continue
        speakers = [m for m in objects(sentence, i + len(words)) if sentence.phrases[m].type in ACTORS]
        if not speakers:
            speakers = _report_of(sentence, i + len(words))
        if speakers:
            cue = (i, i + len(words))
            return [Said(cue, tuple(speakers[:2]), (), (0, len(sentence.toks)), False, None)]
    return []


def _report_of(sentence: Sentence, at: int) -> list[int]:
    """ "According to a report by U.N. experts": the actors behind the report."""
    for j in range(at, min(len(sentence.toks), at + 9)):
        if sentence.toks[j].lower in ("by", "from", "in", "of"):
            owner = phrase_at(sentence, j + 1, ACTORS)
            if owner < 0:
                owner = phrase_at(sentence, j + 2, ACTORS)
            if owner >= 0:
                return [owner]
        if sentence.classes[j] == "V":
            break
    return []


def without_mere_sayings(drafts: list[Draft], attributions: list[Said]) -> list[Draft]:
    """ "X announced that Y" is Y with source X, not a statement of its own."""
    kept = []
    for draft in drafts:
        cues = [a for a in attributions if draft.type == "statement" and _is_cue(draft, a)]
        governs = any(a.scope[0] <= d.start < a.scope[1] for a in cues for d in drafts if d is not draft)
        if not governs:
            kept.append(draft)
    return kept


def sources_of(draft: Draft, attributions: list[Said]) -> tuple[list[int], Said | None]:
    """Mentions that say a claim, innermost first, and the attribution nearest to it."""
    governing = [a for a in attributions if a.scope[0] <= draft.start < a.scope[1] and not _is_cue(draft, a)]
    before = sorted((a for a in governing if a.cue[0] < draft.start), key=lambda a: -a.cue[0])
    after = sorted((a for a in governing if a.cue[0] > draft.start), key=lambda a: a.cue[0])
    order = before + after
    found: list[int] = []
    for said in order:
        for mention in (*said.speakers, *said.relays):
            if mention not in found:
                found.append(mention)
    return found, (order[0] if order else None)


def _is_cue(draft: Draft, said: Said) -> bool:
    return draft.start <= said.cue[0] < draft.end


# ---------------------------------------------------------------- modality and polarity


def modality_of(
    sentence: Sentence, draft: Draft, lexicon: Lexicon, said: Said | None
) -> tuple[Modality, tuple[int, int] | None]:
    """The modality of a claim and the token range of the cue that gives it."""
    if is_conditional(sentence, draft):
        return "conditional", None
    hedged = _nearest_hedge(sentence, draft, lexicon) or _infinitive(sentence, draft, lexicon)
    if hedged is not None:
        return hedged
    if said is not None and said.hedge is not None:
        return said.hedge, said.cue
    return "asserted", (said.cue if said is not None else None)


def _nearest_hedge(sentence: Sentence, draft: Draft, lexicon: Lexicon) -> tuple[Modality, tuple[int, int]] | None:
    best: tuple[int, int, Modality, tuple[int, int]] | None = None
    for rank, name in enumerate(HEDGE_ORDER):
        for words in lexicon.phrases[f"hedge:{name}"]:
            if draft.type == "verification" and words[-1] in lexicon.words["modals"]:
                continue  # "could not be verified" tells of a failed check, not of a possible one
            for at in _occurrences(sentence, words, draft):
                distance = draft.start - at
                if best is None or (distance, rank) < best[:2]:
                    best = (distance, rank, name, (at, at + len(words)))
    return (best[2], best[3]) if best is not None else None


def _infinitive(sentence: Sentence, draft: Draft, lexicon: Lexicon) -> tuple[Modality, tuple[int, int]] | None:
    """What is to be done is planned, unless the verb before implies that it was done ("began to", "was forced to")."""
    anchor = draft.governor if draft.governor >= 0 else draft.start
    begin = verb_group_start(sentence, anchor)
    group = [t.lower for t in sentence.toks[begin:anchor]]
    finite = lexicon.verb_tags.get(sentence.toks[anchor].lower, frozenset())
    passive = "be" in group and "part" in finite
    if (draft.noun and draft.governor < 0) or "to" not in group or "have" in group or not ("base" in finite or passive):
        return None
    at = begin + group.index("to")
    verb = previous_verb(sentence, at)
    if verb < 0:
        return "planned", (at, at + 1)
    if lexicon.verb_lemma.get(sentence.toks[verb].lower) in lexicon.words["implicative"]:
        return None
    return "planned", (verb, verb + 1)


def _occurrences(sentence: Sentence, words: tuple[str, ...], draft: Draft) -> list[int]:
    """Where a cue stands and reaches the trigger: to its left in the same clause."""
    anchor = draft.governor if draft.governor >= 0 else draft.start
    low = max(0, draft.start - HEDGE_REACH)
    found = []
    for at in range(low, draft.start):
        if sentence.follows(at, words) and _reaches(sentence, at + len(words), min(anchor, draft.start), words):
            found.append(at)
    return found


def _reaches(sentence: Sentence, after: int, anchor: int, words: tuple[str, ...]) -> bool:
    """No other finite verb and no clause mark between the cue and the trigger's verb."""
    for i in range(after, anchor):
        mark, word = sentence.classes[i], sentence.toks[i].lower
        if mark == "V" and not _nonfinite(sentence, i):
            return False
        if sentence.toks[i].text in (";", ":") or word in (
            "but",
            "while",
            "because",
            "after",
            "before",
            "since",
            "who",
            "which",
        ):
            return False
    single = len(words) == 1 and words[0] in ("will", "would", "may", "might", "could", "must", "should", "shall")
    return not single or not any(sentence.classes[i] in ("P", ".", "D") for i in range(after, anchor))


def _nonfinite(sentence: Sentence, i: int) -> bool:
    return (
        sentence.toks[i].lower.endswith("ing")
        or (i > 0 and sentence.toks[i - 1].lower == "to")
        or sentence.classes[i - 1] in ("X", "H")
    )


def is_conditional(sentence: Sentence, draft: Draft) -> bool:
    """Inside an if-clause, or in the main clause of a sentence that begins with one."""
    first = next((i for i, t in enumerate(sentence.toks) if t.is_word), 0)
    opening = sentence.toks[first].lower
    if opening in ("if", "unless") or (opening in ("should", "were", "had") and _inversion(sentence, first)):
        return True
    for i in range(draft.start - 1, max(-1, draft.start - 14), -1):
        word = sentence.toks[i].lower
        if word in ("if", "unless"):
            return sentence.toks[i - 1].lower not in ("as", "what", "see", "know", "asked", "say") if i else True
        if sentence.toks[i].text in (";", ":") or word in ("but", "because"):
            break
    return _main_of_if(sentence, draft)


def _main_of_if(sentence: Sentence, draft: Draft) -> bool:
    """ "Will retake the town if ..." and "said it would strike unless ...": a modal before, the condition behind."""
    anchor = draft.governor if draft.governor >= 0 else draft.start
    group = sentence.toks[verb_group_start(sentence, anchor) : anchor]
    if not any(t.lower in ("will", "would", "could", "may", "might", "to", "'ll") for t in group):
        return False
    return any(t.lower in ("if", "unless") for t in sentence.toks[draft.end : draft.end + 15])


def _inversion(sentence: Sentence, first: int) -> bool:
    """ "Should the council endorse ...,": a noun phrase right behind and no question mark at the end."""
    return sentence.classes[first + 1 : first + 2] in (["D"], ["W"], ["R"]) and sentence.toks[-1].text != "?"


def polarity_of(sentence: Sentence, draft: Draft, lexicon: Lexicon, said: Said | None) -> Polarity:
    """ "-" where the sentence says that it did not happen."""
    flips = said is not None and said.denies
    if _negated(sentence, draft, lexicon):
        flips = not flips
    return "-" if flips else "+"


def _negated(sentence: Sentence, draft: Draft, lexicon: Lexicon) -> bool:
    if sentence.classes[draft.start] == "G":
        return False  # "it was not clear where the seized weapons came from": the seizing is not what is negated
    anchor = draft.governor if draft.governor >= 0 else draft.start
    low = max(0, verb_group_start(sentence, anchor) - 5)
    for at in range(low, draft.start):
        for words in lexicon.phrases["negation"]:
            if sentence.follows(at, words) and _reaches_negation(sentence, at + len(words), anchor, words):
                return True
    return draft.type == "verification" and sentence.toks[draft.start].lower in (
        "decline",
        "declined",
        "refuse",
        "refused",
        "declines",
        "refuses",
    )


def _reaches_negation(sentence: Sentence, after: int, anchor: int, words: tuple[str, ...]) -> bool:
    between = range(after, anchor)
    if any(sentence.classes[i] == "V" for i in between) or any(
        sentence.toks[i].text in (",", ";", ":") for i in between
    ):
        return False
    if any(sentence.toks[i].lower in ("but", "and", "who", "which", "that") for i in between):
        return False
    if words == ("no",) and after < len(sentence.toks):
        return sentence.toks[after].lower not in ("doubt", "longer", "fewer", "less", "matter")
    return not (words == ("without",) and any(sentence.classes[i] == "D" for i in between))


def is_opinion(sentence: Sentence, lexicon: Lexicon) -> bool:
    """A sentence that judges or asks."""
    if sentence.toks and sentence.toks[-1].text == "?":
        return True
    return any(sentence.follows(at, words) for at in range(len(sentence.toks)) for words in lexicon.phrases["opinion"])
