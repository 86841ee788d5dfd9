"""Whether words that can name materiel do so in their sentence: no think tank, gold mine, Mr Abrams or verb "tow".

What shows another sense is data (lang/en/materiel_sense.toml). Names that are also people, places or plain words count
only beside evidence of arms.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from tracewire.codebook import MaterielRow
from tracewire.codebook.matcher import fold
from tracewire.lang import load_words

__all__ = ["SenseJudge"]

WINDOW = 200
"""Characters on each side of a mention that are looked at, inside its sentence."""
LONGEST_CUE = 4
"""Words of the longest phrases in the lists of what stands before and after."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)*")
_ENDS = re.compile(r"(?<=[a-z0-9)\"\u201d]{4})[.!?][\"\u201d\u2019)]*\s+|\n")
"""The end of a sentence; not the full stop of a short title ("Gen.", "Capt.")."""
_APPOSED = re.compile(r"^,\s+(?:the|an?)\s+((?:[a-z-]+\s+){0,2}[a-z-]+)\b")
_JOINED = re.compile(r"[\s\u2010-\u2015-]*[\"'\u201c\u201d\u2018\u2019]?[\s\u2010-\u2015-]*")


class SenseJudge:
    """Says of a match in its sentence whether it names materiel."""

    def __init__(self, rows: Iterable[MaterielRow], countries: Collection[str] = ()) -> None:
        words = load_words("en", "materiel_sense")
        self._before, self._after = _phrases(words["before"]), _phrases(words["after"])
        self._around = _phrases(words["around"])
        self._verbs = {key: frozenset(listed) for key, listed in words["verbs"].items()}
        self._evidence = {key: frozenset(listed) for key, listed in words["evidence"].items()}
        self._persons = frozenset(load_words("en", "nouns")["person"]) | frozenset(words["evidence"]["described"])
        self._countries = frozenset(countries)
        self._doubtful = {_key(form) for row in rows for name in row.doubtful for form in (name, f"{name}s")}
        self._doubtful -= {""}
        self._seen: dict[str, tuple[str, frozenset[str], bool, bool, bool]] = {}
        self._plain = {_key(form) for row in rows for n in row.doubtful if n.islower() for form in (n, f"{n}s")}

    def is_materiel(self, words: str, start: int, end: int, before: str, after: str, *, searched: bool = False) -> bool:
        """Whether `words[start:end]` names materiel between `before` and `after`.

        `searched`: nobody has read the words as materiel yet, so that a doubtful name needs evidence even where
        nothing stands around it.
        """
        name, rest = words[start:end], words[end:]
        seen = self._seen.get(name)
        if seen is None:
            seen = self._seen[name] = self._looked_at(name)
        key, forms, doubtful, listed, named = seen
        if rest.strip() and self._is_people(rest):
            return False
        if not (doubtful or listed or named or key in self._verbs["words"]):
            return True
        left = _sentence_before(before + words[:start])
        right = _sentence_after(rest + after)
        if self._is_verb(key, name, left, right):
            return False
        if listed and self._other_sense(forms, left, right):
            return False
        if named and (self._is_speaker(left, right) or self._is_described(left, right)):
            return False
        if not doubtful or _is_capitals(name):
            return True
        if not (before.strip() or after.strip() or words[:start].strip() or searched):
            return True
        return self._is_armed(key, name, left, right, searched)

    def turns(self, word: str, head: str) -> bool:
        """Whether a word right before another makes that no materiel ("fuel" before "tank")."""
        return bool(head) and _singular(word.casefold()) in self._before.get(_singular(_key(head)), frozenset())

    def _looked_at(self, name: str) -> tuple[str, frozenset[str], bool, bool, bool]:
        """Key and forms of a name; whether it is doubtful, listed with other senses, or a capitalised word."""
        key = _key(name)
        forms = frozenset((key, _singular(key)))
        listed = any(f in table for f in forms for table in (self._before, self._after, self._around))
        named = name[:1].isupper() and name.isalpha() and not _is_capitals(name)
        return key, forms, bool(forms & self._doubtful), listed, named

    def _is_people(self, rest: str) -> bool:
        """Whether the mention goes on to a person ("tank commander", "rocket scientist")."""
        found = [_singular(w.casefold()) for w in _WORD.findall(rest)]
        return len(found) == 1 and _JOINED.match(rest) is not None and found[0] in self._persons

    def _is_verb(self, key: str, name: str, left: str, right: str) -> bool:
        """Whether a word in lower case is a verb here ("to tow a bus", "they shell the town")."""
        if key not in self._verbs["words"] or name != name.lower():
            return False
        ahead, behind = _last(left), _first(right)
        if key == "tow":
            return (
                ahead in self._verbs["before"] | self._verbs["towing"]
                or behind in self._verbs["after"] | self._verbs["towed"]
            )
        return ahead in self._verbs["before"] and behind in self._verbs["after"]

    def _other_sense(self, forms: Collection[str], left: str, right: str) -> bool:
        ahead, behind = _cues_before(left), _cues_after(right)
        for form in forms:
            if ahead & self._before.get(form, frozenset()) or behind & self._after.get(form, frozenset()):
                return True
            if around := self._around.get(form):
                words = [_singular(w.casefold()) for w in _WORD.findall(f"{left} {right}")]
                if around & {*words, *map(" ".join, pairwise(words))}:
                    return True
        return False

    # ------------------------------------------------------------ names of people and places

    def _is_speaker(self, left: str, right: str) -> bool:
        """Whether a title stands before a name ("Colonel Makarov"), or a verb of speech right after it."""
        ahead, behind = _last(left), _first(right)
        return ahead in self._evidence["titles"] or (behind in self._evidence["speech"] and right[:1] == " ")

    def _is_described(self, left: str, right: str) -> bool:
        """Whether what stands around says who somebody is: "Kalashnikov, the designer,", "the Kalashnikov family"."""
        if right[:1] == " " and _first(right) in self._evidence["people"]:
            return True
        if left.rstrip().endswith(",") and right[:1] == "," and _singular(_last(left)) in self._persons:
            return True
        described = _APPOSED.match(right)
        return described is not None and any(_singular(w.casefold()) in self._persons for w in described[1].split())

    def _is_armed(self, key: str, name: str, left: str, right: str, searched: bool) -> bool:
        evidence = self._evidence
        ahead, behind = _WORD.findall(left), _WORD.findall(right)
        close_left = bool(ahead) and _JOINED.fullmatch(left[left.rfind(ahead[-1]) + len(ahead[-1]) :]) is not None
        close_right = bool(behind) and _JOINED.fullmatch(right[: right.find(behind[0])]) is not None
        last = ahead[-1] if close_left else ""
        next_ = behind[0] if close_right else ""
        if _singular(next_.casefold()) in evidence["next_to"] or _singular(last.casefold()) in evidence["next_to"]:
            return True
        if name[:1].isupper() and self._is_person_or_place(name, last, next_, ahead, len(left.split()) <= 1):
            return False
        if name[:1].isupper() and (last.casefold() in evidence["counting"] or last.isdigit()):
            return True  # "a Hellfire", "two Bradleys": people and places are not counted
        if name[:1].islower() and not searched and (key in self._plain or (left + right).islower()):
            return True
        return any(
            w.casefold() in evidence["words"] or _singular(w.casefold()) in evidence["words"] for w in ahead + behind
        )

    def _is_person_or_place(self, name: str, last: str, next_: str, ahead: list[str], opening: bool) -> bool:
        """Whether the words right around a name make it a person's or a place's."""
        evidence = self._evidence
        before, after = last.casefold(), next_.casefold()
        if after in evidence["people"] or after in evidence["elsewhere"]:
            return True
        if next_[:1].isupper() and not next_.isupper() and after not in self._countries:
            return True
        capital = last[:1].isupper() and not last.isupper() and not opening and last.isalpha()
        if capital and before not in self._countries:
            return True
        if before == "of" and len(ahead) > 1 and ahead[-2].casefold() in evidence["places_of"]:
            return True
        return before in evidence["places"] and not name.endswith("s")


def _is_capitals(name: str) -> bool:
    """Whether a name is an abbreviation, alone or in the plural ("SAM", "TOWs")."""
    return len(name) > 1 and name.removesuffix("s").isupper()


def _phrases(table: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {
        key: frozenset(" ".join(map(_singular, phrase.split())) for phrase in listed) for key, listed in table.items()
    }


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    return " ".join(filter(None, map(fold, _WORD.findall(name))))


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


def _sentence_before(text: str) -> str:
    text = text[-WINDOW:]
    ends = [m.end() for m in _ENDS.finditer(text)]
    return text[ends[-1] :] if ends else text


def _sentence_after(text: str) -> str:
    text = text[:WINDOW]
    end = _ENDS.search(text)
    return text[: end.start()] if end else text


def _last(text: str) -> str:
    found = _WORD.findall(text[-30:])
    return found[-1].casefold() if found else ""


def _first(text: str) -> str:
    found = _WORD.search(text[:40])
    return found[0].casefold() if found else ""


def _cues_before(text: str) -> set[str]:
    """The last one to four words, each singular, as far as no comma parts them."""
    words = [_singular(w.casefold()) for w in _WORD.findall(re.split(r"[,;:()]", text)[-1])[-LONGEST_CUE:]]
    return {" ".join(words[-size:]) for size in range(1, len(words) + 1)}


def _cues_after(text: str) -> set[str]:
    words = [_singular(w.casefold()) for w in _WORD.findall(re.split(r"[,;:()]", text)[0])[:LONGEST_CUE]]
    return {" ".join(words[:size]) for size in range(1, len(words) + 1)}
