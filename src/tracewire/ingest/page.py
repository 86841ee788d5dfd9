"""Bytes that came some way other than a file of known ending: what they are, and the page that they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracewire.config import Settings
from tracewire.ingest.bytes_ import unusable
from tracewire.ingest.kinds import kind_of
from tracewire.ingest.pdf import MEDIA_TYPE, pdf_text
from tracewire.ingest.source import STAGE
from tracewire.model import Exchange, Failure, Metadata, Original, RawPage

__all__ = ["Arrival", "make_page", "pdf_page"]

_TYPES = {"html": "text/html", "text": "text/plain", "markdown": "text/markdown"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes with what is known of how they came."""

    name: str
    data: bytes
    location: str
    how: str
    retrieved: str
    declared: str | None = None
    given: Metadata = field(default_factory=Metadata)
    exchange: Exchange | None = None


def make_page(arrival: Arrival, settings: Settings) -> RawPage | Failure:
    """The page of an arrival, or why it is none."""
    kind = kind_of(arrival.data, arrival.declared)
    if kind == "pdf":
        return pdf_page(arrival, settings)
    if reason := unusable(arrival.data, settings.max_document_bytes):
        return Failure(arrival.name, STAGE, _with_status(reason, arrival))
    media_type = _TYPES.get(kind)
    if media_type is None:
        return Failure(arrival.name, STAGE, f"{arrival.declared or kind} is no report")
    return _page(arrival, arrival.data, media_type, None)


def pdf_page(arrival: Arrival, settings: Settings) -> RawPage | Failure:
    """The text layer of a PDF as a page that keeps the PDF as its original."""
    if len(arrival.data) > settings.max_document_bytes:
        reason = f"{len(arrival.data):,} bytes are more than the limit of {settings.max_document_bytes:,}"
        return Failure(arrival.name, STAGE, reason)
    text, reason = pdf_text(arrival.data, settings.max_document_bytes)
    if reason:
        return Failure(arrival.name, STAGE, reason)
    original = Original(arrival.data, MEDIA_TYPE)
    return _page(arrival, text.encode("utf-8", "replace"), MEDIA_TYPE, original)


def _page(arrival: Arrival, data: bytes, media_type: str, original: Original | None) -> RawPage:
    return RawPage(
        name=arrival.name,
        data=data,
        media_type=media_type,
        location=arrival.location,
        how=arrival.how,
        retrieved=arrival.retrieved,
        given=arrival.given,
        exchange=arrival.exchange,
        original=original,
    )


def _with_status(reason: str, arrival: Arrival) -> str:
    status = arrival.exchange.status if arrival.exchange else None
    return f"status {status}: {reason}" if status is not None and status >= 400 else reason
