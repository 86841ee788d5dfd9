"""Readers: from a cleaned document to mentions and claims."""

from tracewire.read.base import Reader, ReaderContext

__all__ = ["Reader", "ReaderContext"]
