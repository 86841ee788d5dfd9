"""Cleaning: a raw page becomes a document whose every character has a label. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracewire.clean.decode import decode
from tracewire.clean.page import clean_page
from tracewire.clean.repair import restored
from tracewire.config import Cleaning
from tracewire.errors import DocumentError
from tracewire.model import Document, Failure, RawPage

__all__ = ["clean", "clean_page", "decode", "restored"]


def clean(pages: Iterable[RawPage], how: Cleaning = "best") -> Iterator[Document | Failure]:
    """Clean each page; one that cannot be cleaned gives a Failure, and the rest goes on. `how` weighs the main text of
    HTML against speed: "best" asks three extractors, "fast" one."""
    for page in pages:
        try:
            yield clean_page(page, how)
        except DocumentError as error:
            yield Failure(error.name, error.stage, error.reason)
        except (MemoryError, ImportError):
            raise
        except Exception as error:  # a fault in a parser costs one document, never the run
            yield Failure(page.name, "clean", f"unexpected {type(error).__name__}: {error}")
