"""The label sets of the network, in the order of its outputs."""

from __future__ import annotations

from typing import get_args

from tracewire.codebook import load_codebook
from tracewire.model import Form, MentionType

TYPES: tuple[str, ...] = tuple(sorted(load_codebook().events))
MENTION_TYPES: tuple[str, ...] = get_args(MentionType)
FORMS: tuple[str, ...] = get_args(Form)
MENTION_TAGS: tuple[str, ...] = ("O", *(f"{mark}-{t}" for t in MENTION_TYPES for mark in "BI"))
TRIGGER_TAGS: tuple[str, ...] = ("O", *(f"{mark}-{t}" for t in TYPES for mark in "BI"))
CUE_TAGS: tuple[str, ...] = ("O", "B", "I")
SOURCES: tuple[str, ...] = ("none", "innermost", "relay")
CIRCUMSTANCES: tuple[str, ...] = ("place", "time")
ROLE_NAMES: dict[str, tuple[str, ...]] = {t: tuple(row.roles) for t, row in load_codebook().events.items()}
ROLES: tuple[str, ...] = ("none", *sorted({r for rs in ROLE_NAMES.values() for r in rs} | set(CIRCUMSTANCES)))
