"""Find the words that name an event and fill their roles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tracewire.read.lexicon import Frame, Lexicon, VerbSense
from tracewire.read.sentence import Sentence
from tracewire.read.syntax import (
    ACTORS,
    clause_end,
    is_passive,
    objects,
    phrase_at,
    prepositional,
    previous_verb,
    subject,
    verb_group_start,
)

ANY = frozenset({"GROUP", "PERSON", "MATERIEL", "FACILITY", "PLACE"})
MATERIEL_TYPES = frozenset({"capture", "transfer", "handover", "loss", "possession", "use", "destruction"})
_THING_ROLES = {"materiel": "MATERIEL", "instrument": "MATERIEL", "facility": "FACILITY"}


@dataclass(slots=True)
class Draft:
    """A claim in the making: token range of its trigger, and role -> mention indices in text order."""

    type: str
    start: int
    end: int
    noun: bool
    roles: dict[str, list[int]] = field(default_factory=dict)
    quantity_of: list[tuple[int, int]] = field(default_factory=list)
    governor: int = -1
    """Token index of the light verb that carries a noun trigger; -1 where there is none."""

    def put(self, role: str, mentions: list[int]) -> None:
        """Add mentions to a role, each once."""
        if role and mentions:
            known = self.roles.setdefault(role, [])
            known += [m for m in mentions if m not in known]


def find_triggers(sentence: Sentence, lexicon: Lexicon) -> list[Draft]:
    """All drafts of a sentence, by position; a token carries at most one."""
    found: list[Draft] = []
    taken: set[int] = set()
    for i in range(len(sentence.toks)):
        if i in taken or (
            sentence.owner[i] >= 0 and sentence.phrases[sentence.owner[i]].type in ("MATERIEL", "TIME", "QUANTITY")
        ):
            continue
        draft = _noun_trigger(sentence, i, lexicon) or _verb_trigger(sentence, i, lexicon)
        if draft is None or any(t in taken for t in range(draft.start, draft.end)):
            continue
        _share_quantities(sentence, draft)
        found.append(draft)
        taken.update(range(draft.start, draft.end))
    return _once(found)


def _once(drafts: list[Draft]) -> list[Draft]:
    """One claim per event: a verb and its noun of the same type with no other verb between them are one."""
    kept: list[Draft] = []
    for draft in drafts:
        last = kept[-1] if kept else None
        if last and last.type == draft.type and _same_event(last, draft):
            for role, mentions in draft.roles.items():
                last.put(role, mentions)
            last.quantity_of += [q for q in draft.quantity_of if q not in last.quantity_of]
            continue
        kept.append(draft)
    return kept


def _same_event(last: Draft, draft: Draft) -> bool:
    if draft.type == "casualty" and not draft.noun:
        return False  # the killed and the wounded are counted apart
    gap = draft.start - last.end
    return (gap <= 3 and (draft.governor == last.start or last.noun == draft.noun)) or (gap <= 1 and last.noun)


# ---------------------------------------------------------------- verbs


def _verb_trigger(sentence: Sentence, i: int, lexicon: Lexicon) -> Draft | None:
    mark = sentence.classes[i]
    if mark not in ("V", "G", "H"):
        return None
    for sense in lexicon.verbs.get(sentence.toks[i].lower, ()):
        end = _sense_end(sentence, i, sense)
        if end is None or (mark == "G" and sense.frame.type not in MATERIEL_TYPES):
            continue
        if mark == "H" and not _main_have(sentence, i):
            continue
        draft = _fill_verb(sentence, i, end, sense, lexicon)
        if draft is not None:
            return draft
    return None


def _main_have(sentence: Sentence, i: int) -> bool:
    following = sentence.classes[i + 1] if i + 1 < len(sentence.classes) else "."
    return following in ("D", "N", "W", "G") or phrase_at(sentence, i + 1) >= 0


def _sense_end(sentence: Sentence, i: int, sense: VerbSense) -> int | None:
    """Token index after the trigger words, None where they do not stand here."""
    if not sense.rest:
        return i + 1
    if sentence.follows(i + 1, sense.rest):
        return i + 1 + len(sense.rest)
    if len(sense.rest) == 1 and sense.rest[0] in ("over", "up", "down", "off", "out", "in"):
        for gap in range(2, 6):
            if sentence.follows(i + gap, sense.rest) and all(
                c in ("D", "W", "-", "N", "S", "G") for c in sentence.classes[i + 1 : i + gap]
            ):
                return i + 1
    return None


def _fill_verb(sentence: Sentence, i: int, end: int, sense: VerbSense, lexicon: Lexicon) -> Draft | None:
    frame = sense.frame
    draft = Draft(frame.type, i, end, noun=False)
    right = _things(sentence, objects(sentence, end))
    if sentence.classes[i] == "G":
        draft.put(_patient_role(sentence, frame, right[:1]), right[:1])
        return draft if _accept(sentence, draft, frame) else None
    right = _as_things(sentence, right, frame, i)
    passive = is_passive(sentence, i, lexicon)
    bare = [] if passive or right else _bare_patient(sentence, i, frame, lexicon)
    left = bare or subject(sentence, i, ANY if (passive or not right) else ACTORS)
    if passive or bare or _reduced(sentence, i, left, right, frame, lexicon):
        _fill_passive(sentence, draft, frame, left, right)
    elif sense.lemma in frame.intransitive or _loses_itself(sense):
        draft.put(_patient_role(sentence, frame, left), left)
    else:
        draft.put(frame.agent, [m for m in left if sentence.phrases[m].type in ACTORS])
        _struck(sentence, draft, i)
        patients = right or _relative_object(sentence, left, frame)
        draft.put(_patient_role(sentence, frame, patients), patients)
        _ditransitive(sentence, draft, right)
    _prepositions(sentence, draft, frame, end, clause_end(sentence, i))
    _listed(sentence, draft)
    return draft if _accept(sentence, draft, frame) else None


def _struck(sentence: Sentence, draft: Draft, i: int) -> None:
    """ "Drones hit the depot": what strikes is the instrument, and the deed a strike."""
    weapon = phrase_at(sentence, verb_group_start(sentence, i) - 1, frozenset({"MATERIEL"}))
    if draft.type == "attack" and weapon >= 0:
        draft.type = "strike"
        draft.put("instrument", [weapon])


def _listed(sentence: Sentence, draft: Draft) -> None:
    """A list after a colon is what was taken, given or lost: "captured at Qasr: 7 tanks 12 mortars"."""
    if draft.type not in MATERIEL_TYPES:
        return
    colon = next((k for k in range(draft.end, len(sentence.toks)) if sentence.toks[k].text == ":"), -1)
    if colon < 0 or any(c == "V" for c in sentence.classes[draft.end : colon]):
        return
    listed = [i for i, p in enumerate(sentence.phrases) if p.type == "MATERIEL" and p.start > colon]
    draft.put("materiel", sorted(listed, key=lambda m: sentence.phrases[m].start))


def _as_things(sentence: Sentence, mentions: list[int], frame: Frame, at: int) -> list[int]:
    """The mentions, with "them" as materiel where weapons were spoken of and the verb takes materiel."""
    before = sentence.things or any(p.type == "MATERIEL" and p.end <= at for p in sentence.phrases)
    if before and "MATERIEL" in frame.needs:
        for m in mentions:
            if sentence.phrases[m].form == "pronoun":
                sentence.phrases[m] = replace(sentence.phrases[m], type="MATERIEL")
    return mentions


def _loses_itself(sense: VerbSense) -> bool:
    """What goes missing or ends up somewhere is the materiel, though it is the subject."""
    return sense.frame.type == "loss" and sense.lemma.split()[0] in ("go", "disappear", "vanish", "fall", "end")


def _fill_passive(sentence: Sentence, draft: Draft, frame: Frame, left: list[int], right: list[int]) -> None:
    kinds = {sentence.phrases[m].type for m in right}
    if draft.type == "transfer" and "MATERIEL" in kinds:  # "rebels were given missiles"
        draft.put("recipient", [m for m in left if sentence.phrases[m].type in ACTORS])
        draft.put("materiel", right)
    else:
        draft.put(_patient_role(sentence, frame, left), left)


def _bare_patient(sentence: Sentence, i: int, frame: Frame, lexicon: Lexicon) -> list[int]:
    """The materiel right before a bare participle, whatever governs it: "over weapons recovered from the front"."""
    tags = lexicon.verb_tags.get(sentence.toks[i].lower, frozenset())
    owner = phrase_at(sentence, i - 1, frozenset({"MATERIEL"}))
    if owner < 0 or "part" not in tags or frame.type not in MATERIEL_TYPES:
        return []
    return [owner] if not frame.needs or "MATERIEL" in frame.needs else []


def _relative_object(sentence: Sentence, agents: list[int], frame: Frame) -> list[int]:
    """ "The rifles (that) the kingdom donated": the noun phrase right before the subject is the object."""
    if not agents or "MATERIEL" not in frame.needs:
        return []
    i = min(sentence.phrases[m].start for m in agents) - 1
    while i >= 0 and (sentence.classes[i] == "D" or sentence.toks[i].lower in ("that", "which")):
        i -= 1
    owner = phrase_at(sentence, i, frozenset({"MATERIEL"}))
    return [owner] if owner >= 0 else []


def _things(sentence: Sentence, mentions: list[int]) -> list[int]:
    return [m for m in mentions if sentence.phrases[m].type not in ("TIME", "QUANTITY")]


def _reduced(sentence: Sentence, i: int, left: list[int], right: list[int], frame: Frame, lexicon: Lexicon) -> bool:
    """A bare participle after its patient: "weapons seized in Bani", "soldiers killed on Monday"."""
    tags = lexicon.verb_tags.get(sentence.toks[i].lower, frozenset())
    if "part" not in tags or right or verb_group_start(sentence, i) != i:
        return False
    if not left or not any(sentence.phrases[m].type in frame.needs for m in left):
        return False
    if frame.type in MATERIEL_TYPES:
        return any(sentence.phrases[m].type == "MATERIEL" for m in left)
    begin = min(sentence.phrases[m].start for m in left)
    relative = begin > 0 and sentence.toks[begin - 1].lower in ("that", "which", "whom")
    return frame.type == "casualty" or (not relative and _next_is(sentence, i, ("by", "in", "at", "near")))


def _next_is(sentence: Sentence, i: int, words: tuple[str, ...]) -> bool:
    return i + 1 < len(sentence.toks) and sentence.toks[i + 1].lower in words


def _patient_role(sentence: Sentence, frame: Frame, mentions: list[int]) -> str:
    """The patient's role, by what stands there: a place taken is the claim's place, not its facility."""
    if not mentions:
        return frame.patient
    kind = sentence.phrases[mentions[0]].type
    if frame.patient == "facility" and kind == "MATERIEL":
        return ""
    if frame.patient in _THING_ROLES and kind != _THING_ROLES[frame.patient]:
        if frame.patient == "materiel" and kind == "FACILITY" and frame.type == "destruction":
            return "facility"
        return "place" if kind in ("PLACE",) else ("" if kind in ACTORS else frame.patient)
    if kind == "PLACE" and frame.patient not in ("opponent", "target", "counterpart"):
        return "place"
    if kind == "MATERIEL" and frame.patient in ("victim", "opponent", "counterpart", "actor", "detainee"):
        return ""
    return frame.patient


def _prepositions(sentence: Sentence, draft: Draft, frame: Frame, after: int, stop: int) -> None:
    for word, mentions in prepositional(sentence, after, stop):
        kinds = {sentence.phrases[m].type for m in mentions}
        if word == "by" and draft.roles.get(frame.agent):
            continue  # "ambushed a convoy escorted by the army"
        if word == "by" and kinds & ACTORS:
            draft.put(frame.agent, [m for m in mentions if sentence.phrases[m].type in ACTORS])
        elif word == "between" and frame.between:
            draft.put(frame.between, [m for m in mentions if sentence.phrases[m].type in ACTORS])
        elif word in frame.preps:
            role = frame.preps[word]
            wanted = {"MATERIEL"} if role in ("materiel", "instrument") else _wanted(role)
            draft.put(role, _fitting(sentence, mentions, role, wanted))
        elif word == "with" and "MATERIEL" in kinds and draft.type in ("attack", "strike"):
            draft.put("instrument", [m for m in mentions if sentence.phrases[m].type == "MATERIEL"])


def _fitting(sentence: Sentence, mentions: list[int], role: str, wanted: set[str]) -> list[int]:
    """Mentions of a wanted type; a state that gives or receives acts, whatever preposition stands before it."""
    for m in mentions:
        phrase = sentence.phrases[m]
        if role in ("giver", "recipient", "backer") and phrase.type == "PLACE" and phrase.state:
            sentence.phrases[m] = replace(phrase, type="GROUP")
    return [m for m in mentions if sentence.phrases[m].type in wanted]


def _wanted(role: str) -> set[str]:
    if role in ("origin", "destination", "transit"):
        return {"PLACE", "FACILITY"}
    if role == "target":
        return {"GROUP", "PERSON", "FACILITY", "PLACE"}
    return {"GROUP", "PERSON"}


def _ditransitive(sentence: Sentence, draft: Draft, right: list[int]) -> None:
    """ "Gave the rebels missiles": the first object receives the second."""
    if draft.type not in ("transfer", "handover") or len(right) != 1:
        return
    first = sentence.phrases[right[0]]
    if first.type in ACTORS:
        second = [m for m in objects(sentence, first.end) if sentence.phrases[m].type == "MATERIEL"]
        if second:
            draft.put("recipient", right)
            draft.put("materiel", second)


def _accept(sentence: Sentence, draft: Draft, frame: Frame) -> bool:
    """Whether the row's conditions hold for what was found."""
    patients = draft.roles.get(frame.patient, []) + draft.roles.get("place", []) + draft.roles.get("materiel", [])
    patients += draft.roles.get("facility", [])
    kinds = {sentence.phrases[m].type for m in patients}
    if frame.needs and not (kinds & frame.needs):
        return False
    if frame.needs_not and kinds & frame.needs_not:
        return False
    if frame.with_materiel and not draft.roles.get("materiel"):
        return False
    if frame.object_words and not _object_word(sentence, draft.end, frame.object_words):
        return False
    actors = [m for role in (frame.agent, frame.patient) for m in draft.roles.get(role, [])]
    actor_kinds = {sentence.phrases[m].type for m in actors}
    if frame.needs_actor and not (actor_kinds & ACTORS):
        return False
    if frame.needs_agent and not draft.roles.get(frame.agent):
        return False
    return not frame.actors or bool(actor_kinds & frame.actors)


def _object_word(sentence: Sentence, after: int, words: frozenset[str]) -> bool:
    return any(t.lower in words for t in sentence.toks[after : after + 5])


# ---------------------------------------------------------------- nouns


def _noun_trigger(sentence: Sentence, i: int, lexicon: Lexicon) -> Draft | None:
    if sentence.classes[i] in ("P", "D", "R", "C", "X", "M"):
        return None
    for sense in lexicon.nouns.get(sentence.toks[i].lower, ()):
        end = i + len(sense.words)
        if not sentence.follows(i, sense.words) or not _is_noun(sentence, i, end, lexicon):
            continue
        draft = _fill_noun(sentence, i, end, sense.frame, lexicon)
        if draft is not None:
            return draft
    return None


def _is_noun(sentence: Sentence, i: int, end: int, lexicon: Lexicon) -> bool:
    if end - i == 1 and sentence.classes[i] == "V":
        return False
    owner = sentence.owner[end - 1]
    if owner >= 0:
        phrase = sentence.phrases[owner]
        if phrase.end > end or phrase.form == "name" or phrase.type == "GROUP":
            return False
    if end < len(sentence.toks) and sentence.classes[end] == "-":
        return False
    return not (
        end < len(sentence.toks)
        and sentence.classes[end] == "W"
        and sentence.owner[end] < 0
        and (sentence.toks[end].lower,) in lexicon.heads
    )


def _fill_noun(sentence: Sentence, i: int, end: int, frame: Frame, lexicon: Lexicon) -> Draft | None:
    draft = Draft(frame.type, i, end, noun=True)
    if frame.counted:  # "left 55 dead": the word names the victims themselves
        draft.put(frame.patient, [sentence.owner[i]] if sentence.owner[i] >= 0 else [])
        return draft if any(_quantity_before(sentence, m) >= 0 for m in draft.roles.get(frame.patient, [])) else None
    stop = clause_end(sentence, i)
    _before_noun(sentence, draft, frame, i)
    for word, mentions in prepositional(sentence, end, stop):
        _noun_preposition(sentence, draft, frame, word, mentions)
    _listed(sentence, draft)
    draft.governor = _light_verb(sentence, i, lexicon)
    if draft.governor >= 0 and not draft.roles.get(frame.agent):
        _light_subject(sentence, draft, frame, lexicon)
    return draft if _accept_noun(sentence, draft, frame) else None


def _before_noun(sentence: Sentence, draft: Draft, frame: Frame, i: int) -> None:
    """Adjective or possessor before the noun acts: "Russian air strikes", "the army's offensive"."""
    j = i - 1
    while j >= 0 and sentence.owner[j] < 0 and sentence.classes[j] in ("W", "G", "-", "A", "N"):
        j -= 1
    if j >= 0 and sentence.classes[j] == "S":
        j -= 1
    owner = phrase_at(sentence, j)
    if owner < 0:
        return
    kind = sentence.phrases[owner].type
    if kind in ACTORS and (j == i - 1 or sentence.classes[j + 1] in ("S", "W", "G")):
        draft.put(frame.agent, [owner])
    elif kind == "MATERIEL":
        role = (
            "materiel"
            if "materiel" in (frame.patient,)
            else ("instrument" if frame.type in ("strike", "attack") else "")
        )
        draft.put(role, [owner])


def _noun_preposition(sentence: Sentence, draft: Draft, frame: Frame, word: str, mentions: list[int]) -> None:
    kinds = {m: sentence.phrases[m].type for m in mentions}
    actors = [m for m in mentions if kinds[m] in ACTORS]
    if word == "by":
        draft.put(frame.agent, actors)
    elif word == "between":
        draft.put(frame.between or frame.agent, actors)
    elif word in ("with", "against") and frame.patient in ("opponent", "counterpart", "target"):
        draft.put(frame.patient, actors)
    elif word == "of":
        things = [m for m in mentions if kinds[m] == "MATERIEL"]
        if frame.patient == "materiel":
            draft.put("materiel", things)
        elif frame.patient in ("victim", "detainee", "target", "recipient"):
            draft.put(frame.patient, actors)
        elif frame.type == "control":
            draft.put("facility", [m for m in mentions if kinds[m] == "FACILITY"])
            draft.put("place", [m for m in mentions if kinds[m] == "PLACE"])
        else:
            draft.put(frame.agent, actors)
    elif word in ("on", "against", "at", "in") and frame.patient == "target":
        draft.put(
            "target", [m for m in mentions if kinds[m] in ("GROUP", "PERSON", "FACILITY")] if word != "in" else []
        )
    elif word in ("over",) and frame.type == "control":
        draft.put("place", [m for m in mentions if kinds[m] == "PLACE"])
    elif word in frame.preps:
        role = frame.preps[word]
        draft.put(role, _fitting(sentence, mentions, role, _wanted(role)))
    elif word in ("for", "to") and frame.patient in ("recipient", "counterpart"):
        draft.put(frame.patient, actors)


def _light_verb(sentence: Sentence, i: int, lexicon: Lexicon) -> int:
    """The verb whose object the noun is: "launched an offensive"."""
    verb = previous_verb(sentence, i)
    if verb < 0 or i - verb > 6 or sentence.toks[verb].lower not in lexicon.words["light"]:
        return -1
    between = sentence.classes[verb + 1 : i]
    return (
        verb
        if all(c in ("D", "W", "G", "A", "-", "N", "P", "S") for c in between)
        and "," not in [t.text for t in sentence.toks[verb:i]]
        else -1
    )


def _light_subject(sentence: Sentence, draft: Draft, frame: Frame, lexicon: Lexicon) -> None:
    verb = draft.governor
    if is_passive(sentence, verb, lexicon):
        return
    found = subject(sentence, verb, ACTORS)
    suffers = sentence.toks[verb].lower in lexicon.words["passive_light"]
    draft.put(frame.patient if suffers else frame.agent, found)


def _accept_noun(sentence: Sentence, draft: Draft, frame: Frame) -> bool:
    filled = any(draft.roles.values())
    if frame.with_materiel and not draft.roles.get("materiel"):
        return False
    if frame.needs_place and not (draft.roles.get("place") or draft.roles.get("facility")):
        return False
    if frame.weak and not filled:
        return False
    if frame.needs_actor:
        return any(sentence.phrases[m].type in ACTORS for ms in draft.roles.values() for m in ms)
    return True


# ---------------------------------------------------------------- quantities


def _share_quantities(sentence: Sentence, draft: Draft) -> None:
    """Give each quantity to the mention that it counts, where that mention fills a role that can be counted."""
    if draft.type == "casualty" and not draft.noun:
        beside = phrase_at(sentence, draft.start - 1, frozenset({"QUANTITY"}))
        victims = draft.roles.get("victim", [])
        if beside >= 0:  # "six people were killed and 21 wounded"
            draft.quantity_of.append((beside, victims[0] if victims else beside))
            return
    counted = ("materiel", "instrument", "victim", "detainee", "actor", "facility", "recipient")
    for role in counted:
        for mention in list(draft.roles.get(role, [])):
            quantity = _quantity_before(sentence, mention)
            if quantity >= 0:
                draft.quantity_of.append((quantity, mention))


def _quantity_before(sentence: Sentence, mention: int) -> int:
    i = sentence.phrases[mention].start - 1
    steps = 0
    while i >= 0 and steps < 5:
        owner = sentence.owner[i]
        if owner >= 0 and sentence.phrases[owner].type == "QUANTITY":
            return owner
        if owner >= 0 and sentence.classes[sentence.phrases[owner].end] != "S":
            return -1  # but "31 of the general's men" counts the men
        if owner >= 0:
            i = sentence.phrases[owner].start
        elif sentence.classes[i] not in ("W", "G", "-", "D", "S") and sentence.toks[i].lower != "of":
            return -1
        i -= 1
        steps += 1
    return -1
