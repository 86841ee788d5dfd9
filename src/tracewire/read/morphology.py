"""English inflection by rule and table: forms of a lemma, and the lemma and tense of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

VOWELS = "aeiou"


def verb_forms(lemma: str, irregular: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Form -> tags of one verb: base, s, past, part (past participle), ing."""
    head, _, tail = (
        lemma.partition("-") if lemma.startswith(("re-", "air-", "car-", "test-", "counter-")) else (lemma, "", "")
    )
    if tail:
        return {f"{head}-{form}": tags for form, tags in verb_forms(tail, irregular).items()}
    forms: dict[str, set[str]] = {}
    third, past, part, ing = irregular.get(lemma) or _regular(lemma)
    for form, tag in ((lemma, "base"), (third, "s"), (past, "past"), (part, "part"), (ing, "ing")):
        forms.setdefault(form, set()).add(tag)
    return forms


def _regular(lemma: str) -> tuple[str, str, str, str]:
    if lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing"
        if lemma.endswith(("ee", "ye", "oe")):
            ing = lemma + "ing"
    elif lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    elif _doubles(lemma):
        past, ing = lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    elif lemma.endswith("ic"):
        past, ing = lemma + "ked", lemma + "king"
    else:
        past, ing = lemma + "ed", lemma + "ing"
    return _third(lemma), past, past, ing


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


_DOUBLING = frozenset(
    [
        "stop",
        "drop",
        "ship",
        "plan",
        "ban",
        "rob",
        "grab",
        "strip",
        "transfer",
        "equip",
        "net",
        "kidnap",
        "abet",
        "admit",
        "commit",
        "permit",
        "occur",
        "refer",
        "swap",
        "stab",
        "wrap",
        "step",
        "trap",
        "vet",
        "snap",
    ]
)


def _doubles(lemma: str) -> bool:
    return lemma.rpartition("-")[2] in _DOUBLING or lemma in {"airdrop", "air-drop", "airlift"} - {"airlift"}


def plural(noun: str) -> str:
    """The plural of a noun or of the last word of a phrase."""
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    return noun + "s"
