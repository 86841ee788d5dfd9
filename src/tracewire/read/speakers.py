"""Who speaks in a sentence that holds no claim of its own: the words around a speech verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tracewire.read.lexicon import load_lexicon
from tracewire.read.neural import FoundMention

ACTORS = frozenset({"GROUP", "PERSON"})


def speaker_of(text: str, mentions: Sequence[FoundMention], pronouns: bool = False) -> int | None:
    """Index of the first actor with a speech verb beside it ("X, its spokesman, said", "said X"); None: nobody.

    With `pronouns`, "he said" counts.
    """
    behind, before = _patterns()
    for index, m in enumerate(mentions):
        if m.type not in ACTORS or (m.form == "pronoun") != pronouns:
            continue
        if behind.match(text, m.end) or before.search(text, max(0, m.start - 40), m.start):
            return index
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    verbs = "|".join(sorted(map(re.escape, load_lexicon("en").words["speech"]), key=len, reverse=True))
    behind = re.compile(rf"(?:\s*\([^)]*\))?(?:,[^,\"“”]{{1,80}},)?\s+(?:(?:also|later|then)\s+)?(?:{verbs})\b")
    before = re.compile(rf"[,\"”]\s*(?:{verbs})\s+(?:(?:the|a|an|its|their|his|her)\s+)?$")
    return behind, before
