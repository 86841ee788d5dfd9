"""Judgements of people: what they make of claims and events, and how far two coders agree."""

from tracewire.review.agreement import Agreement, FieldAgreement, agreement
from tracewire.review.apply import Judged, apply_judgements, settle
from tracewire.review.desk import Reviewer

__all__ = ["Agreement", "FieldAgreement", "Judged", "Reviewer", "agreement", "apply_judgements", "settle"]
