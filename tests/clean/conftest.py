"""Helpers of the cleaning tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracewire.clean import clean_page
from tracewire.model import Document, Metadata, RawPage

Cleaner = Callable[..., Document]
Labeller = Callable[..., list[tuple[str, str]]]


def _clean(text: str | bytes, media_type: str = "text/plain", **given: str) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return clean_page(RawPage("page", data, media_type, "page", "file", "2024-05-01T10:00:00Z", Metadata(**given)))


@pytest.fixture(scope="session")
def clean_text() -> Cleaner:
    """Clean a text (or bytes) of a media type, with what is given of it."""
    return _clean


@pytest.fixture(scope="session")
def labels() -> Labeller:
    """The segments of a text as pairs of label and stripped words."""

    def label(text: str, media_type: str = "text/plain", **given: str) -> list[tuple[str, str]]:
        document = _clean(text, media_type, **given)
        return [(s.label, document.raw[s.start : s.end].strip()) for s in document.segments]

    return label
