"""Which ACLED event and sub-event type a deed is; a reason in words where none fits."""

from __future__ import annotations

from collections.abc import Callable

from tracewire.export.coding.deeds import Deed, sentences, taker_named, texts
from tracewire.export.coding.parties import ARMED_KINDS, STATE_KINDS, Party, kind_of
from tracewire.export.coding.words import kinds, says
from tracewire.export.view import View

SUB_EVENTS: dict[str, tuple[str, ...]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    ),
}  # fmt: skip
"""ACLED's sub-event types by event type."""

DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Strategic developments": "Strategic developments",
}

_MEANS = {
    "chemical": "Chemical weapon",
    "suicide": "Suicide bomb",
    "mine": "Remote explosive/landmine/IED",
    "grenade": "Grenade",
    "air": "Air/drone strike",
    "artillery": "Shelling/artillery/missile attack",
}
_STRATEGIC = "Strategic developments"
Pair = tuple[str, str]


def acled_type(known: View, deed: Deed, country: str) -> Pair | str:
    """Event and sub-event type of a deed in a country (alpha-2), or why there is none."""
    rule = _RULES.get(deed.event.type)
    if rule is None:
        return f"a {deed.event.type} is no ACLED event of its own"
    return rule(known, deed, country)


# ---------------------------------------------------------------- violence


def _strike(known: View, deed: Deed, _country: str) -> Pair | str:
    # words at the deed decide; a sentence only where it names one means alone
    near = kinds("means", texts(known, deed))
    found = near or kinds("means", sentences(known, deed))
    if not found or (not near and len(found) > 1):
        return "the reports do not say whether the strike came from the air, from guns or from a planted bomb"
    return "Explosions/Remote violence", _MEANS[found[0]]


def _attack(known: View, deed: Deed, _country: str) -> Pair | str:
    means = kinds("means", texts(known, deed))
    if means and means[0] in ("suicide", "mine", "chemical"):
        return "Explosions/Remote violence", _MEANS[means[0]]
    target = _target_kind(known, deed)
    if target is None:
        return "the reports do not say whether fighters or civilians were attacked"
    return ("Violence against civilians", "Attack") if target == "civilians" else ("Battles", "Armed clash")


def _casualty(known: View, deed: Deed, country: str) -> Pair | str:
    if deed.acting.main is None:
        return "deaths without the deed or the doer behind them"
    means = kinds("means", sentences(known, deed))
    return ("Explosions/Remote violence", _MEANS[means[0]]) if len(means) == 1 else _attack(known, deed, country)


def _target_kind(known: View, deed: Deed) -> str | None:
    """Whether who was attacked bears arms; places are taken for the people in them ("a market", "an army post")."""
    party = deed.suffering.main
    if party is not None:
        return "civilians" if party.civilian else "armed" if _bears_arms(party) else None
    words = [known.words(c, r.mention) for c in deed.told for r in c.roles if r.role == "target" and r.mention]
    if found := kind_of(" ¶ ".join(words)):
        return found
    return "armed" if any(says("base", "base", text) for text in words) else None


def _bears_arms(party: Party) -> bool:
    return party.kind in STATE_KINDS | ARMED_KINDS | {"forces", "armed", "coalition", "external forces"}


def _clash(_known: View, deed: Deed, _country: str) -> Pair | str:
    if deed.acting.main is None and deed.suffering.main is None:
        return "no side of the fighting is known"
    return "Battles", "Armed clash"


def _offensive(_known: View, deed: Deed, _country: str) -> Pair | str:
    if deed.acting.main is None or deed.suffering.main is None:
        return "an offensive of which one side is not known"
    return "Battles", "Armed clash"


def _control(known: View, deed: Deed, country: str) -> Pair | str:
    holder, loser = deed.acting.main, deed.suffering.main
    if not any(says("taking", "taken", known.words(c, c.trigger)) for c in deed.told):
        return "a place is held or besieged, it does not change hands"
    if holder is None or not taker_named(known, deed):
        return "who took the place is not known"
    if holder.state and holder.country == country:
        return "Battles", "Government regains territory"
    armed = holder.kind in ARMED_KINDS | {"armed"} or (holder.state and holder.country is not None)
    lost_by_state = loser is not None and ((loser.state and loser.country == country) or loser.kind == "forces")
    if armed or lost_by_state:
        return "Battles", "Non-state actor overtakes territory"
    return "whether a state or an armed group took the place is not known"


# ---------------------------------------------------------------- strategic developments


def _detention(known: View, deed: Deed, _country: str) -> Pair | str:
    if any(says("release", "freed", known.words(c, c.trigger)) for c in deed.told):
        return "a release or a trial is no ACLED event of its own"
    doer = deed.acting.main
    if doer is None or doer.kind is None:
        return "who detained them, a state or a group, is not known"
    if doer.state or doer.kind == "forces":
        return _STRATEGIC, "Arrests"
    victim = deed.suffering.main
    if victim is not None and victim.civilian:
        return "Violence against civilians", "Abduction/forced disappearance"
    return _STRATEGIC, "Other"


def _movement(known: View, deed: Deed, _country: str) -> Pair | str:
    mover = deed.acting.main
    if mover is None or not _bears_arms(mover):
        return "the movement of people who bear no arms, or of nobody named"
    established = any("establish" in known.words(c, c.trigger).casefold() for c in deed.told)
    based = any(says("base", "base", text) for text in sentences(known, deed))
    return _STRATEGIC, "Headquarters or base established" if established and based else "Change to group/activity"


def _talks(known: View, deed: Deed, _country: str) -> Pair | str:
    if not any(says("agreement", "agreed", known.words(c, c.trigger)) for c in deed.told):
        return "a meeting or talks without an agreement"
    return _STRATEGIC, "Agreement"


def _destruction(_known: View, deed: Deed, _country: str) -> Pair | str:
    if any(c.materiel for c in deed.told):
        return _STRATEGIC, "Disrupted weapons use"
    return "a building destroyed is told with the strike or attack that did it"


def _capture(_known: View, deed: Deed, _country: str) -> Pair | str:
    return _named(deed, "Looting/property destruction")


def _other(_known: View, deed: Deed, _country: str) -> Pair | str:
    return _named(deed, "Other")


def _group_change(_known: View, deed: Deed, _country: str) -> Pair | str:
    return _named(deed, "Change to group/activity")


def _named(deed: Deed, sub_event: str) -> Pair | str:
    # a transfer is an event of the recipient too; who joins, splits or backs whom is none without who does it
    either = deed.event.type in ("transfer", "handover", "capture") and deed.suffering.main is not None
    if deed.acting.main is None and not either:
        return "a strategic development of which nobody is known who did it"
    return _STRATEGIC, sub_event


_RULES: dict[str, Callable[[View, Deed, str], Pair | str]] = {
    "strike": _strike,
    "attack": _attack,
    "casualty": _casualty,
    "clash": _clash,
    "offensive": _offensive,
    "control": _control,
    "detention": _detention,
    "movement": _movement,
    "talks": _talks,
    "destruction": _destruction,
    "capture": _capture,
    "transfer": _other,
    "handover": _other,
    "loss": _other,
    "support": _other,
    "sanction": _other,
    "alignment": _group_change,
    "breakup": _group_change,
}
