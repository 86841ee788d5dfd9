"""Objects that the store tests share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tracewire.model import Document, Metadata, RawPage
from tracewire.testing import make_document

MakePage = Callable[..., RawPage]
MakeDocument = Callable[[RawPage], Document]


@pytest.fixture
def make_page() -> MakePage:
    """Builds a page of plain text; `text` may be bytes."""

    def build(name: str = "a.txt", text: str | bytes = "Guards found nine mortars.", **given: str) -> RawPage:
        data = text if isinstance(text, bytes) else text.encode()
        return RawPage(name, data, "text/plain", f"/in/{name}", "file", "2031-05-06T07:08:09Z", Metadata(**given))

    return build


@pytest.fixture
def cleaned() -> MakeDocument:
    """Makes the document of a page, as cleaning would."""

    def build(page: RawPage) -> Document:
        document = make_document(page.data.decode("utf-8", "replace"), page.name, title=None, outlet=page.given.outlet)
        return replace(document, id=_id(page), sha256=page.sha256)

    return build


def _id(page: RawPage) -> str:
    from tracewire.model import document_id

    return document_id(page.name, page.sha256)
