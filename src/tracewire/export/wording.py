"""How each type of claim is put into words: patterns over its codebook roles, never more than its slots hold.

A pattern names slots in braces. What stands in square brackets falls away with its slot. A sentence is used only
where all of its slots outside brackets are known; the noun phrase always can be. `*` is where the modality goes.
Types that cover opposite acts (a place taken or lost, a person arrested or freed) have no sentence of their own and
show the word of the document, `{trigger}`, instead.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences for a deed told as done, best first, and the noun phrase that names it."""

    noun: str
    sentences: tuple[str, ...] = ()


WORDINGS: dict[str, Wording] = {
    "transfer": Wording(
        "*supply[ of {materiel}][ by {giver}][ to {recipient}][ through {transit}]",
        (
            "{giver} *supplied {materiel}[ to {recipient}][ through {transit}]",
            "{giver} *supplied {recipient}[ through {transit}]",
            "{recipient} *received {materiel}[ through {transit}]",
        ),
    ),
    "capture": Wording(
        "*capture[ of {materiel}][ by {captor}][ from {loser}]", ("{captor} *captured {materiel}[ from {loser}]",)
    ),
    "handover": Wording(
        "*handover[ of {materiel}][ by {giver}][ to {recipient}]",
        ("{giver} *handed over {materiel}[ to {recipient}]",),
    ),
    "loss": Wording(
        "*loss[ of {materiel}][ by {loser}][, now held by {holder}]",
        ("{loser} *lost {materiel}[, now held by {holder}]",),
    ),
    "destruction": Wording(
        "*destruction[ of {thing}][ belonging to {owner}][ by {attacker}]",
        ("{attacker} *destroyed {thing}[ belonging to {owner}]",),
    ),
    "possession": Wording("*possession[ of {materiel}][ by {holder}]", ("{holder} *had {materiel}",)),
    "use": Wording(
        "*use[ of {materiel}][ by {user}][ against {target}]", ("{user} *used {materiel}[ against {target}]",)
    ),
    "clash": Wording("*clash[ involving {actor}][ against {opponent}]", ("{actor} *clashed with {opponent}",)),
    "strike": Wording(
        "*strike[ by {attacker}][ on {target}][ with {instrument}]",
        ("{attacker} *struck {target}[ with {instrument}]",),
    ),
    "attack": Wording(
        "*attack[ by {attacker}][ on {target}][ with {instrument}]",
        ("{attacker} *attacked {target}[ with {instrument}]",),
    ),
    "offensive": Wording("*offensive[ by {actor}][ against {opponent}] ({trigger})"),
    "casualty": Wording("{toll}[ among {victim}][, inflicted by {attacker}]*"),
    "control": Wording("*control[ of {ground}][ by {holder}][ from {loser}] ({trigger})"),
    "movement": Wording("*movement[ of {actor}][ from {origin}][ to {destination}] ({trigger})"),
    "alignment": Wording("*alignment[ of {actor}][ with {counterpart}] ({trigger})"),
    "breakup": Wording("*break-up[ of {actor}][ with {counterpart}] ({trigger})"),
    "support": Wording("*support[ by {backer}][ for {recipient}] ({trigger})", ("{backer} *supported {recipient}",)),
    "talks": Wording("*talks[ of {actor}][ with {counterpart}] ({trigger})"),
    "statement": Wording("*statement[ by {speaker}][ to {addressee}] ({trigger})"),
    "publication": Wording("*publication[ by {publisher}] ({trigger})"),
    "verification": Wording("*word on a claim[ by {speaker}] ({trigger})"),
    "detention": Wording("*detention[ of {detainee}][ by {detainer}] ({trigger})"),
    "sanction": Wording("*sanction[ by {actor}][ against {target}] ({trigger})"),
}

ADVERBS = {
    "reported": "reportedly",
    "alleged": "allegedly",
    "probable": "probably",
    "possible": "possibly",
}
"""Modality before the verb of a sentence; planned and conditional claims never become sentences."""

NEGATED = {"verification": "*refusal or failure to confirm[ by {speaker}] ({trigger})"}
"""Noun phrases of types whose negation is itself something that was said; all others begin with "denied"."""

DENIAL = "*denial[ by {speaker}] ({trigger})"
"""A verification that says no, where `NEGATED` only does not confirm."""

TOLLS = {"killed": "killed", "wounded": "wounded", "missing": "missing", "unspecified": "casualties"}
