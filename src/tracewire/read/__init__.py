"""Readers: from a cleaned document to mentions and claims."""

from tracewire.read.base import Account, AccountableReader, Reader, ReaderContext

__all__ = ["Account", "AccountableReader", "Reader", "ReaderContext"]
