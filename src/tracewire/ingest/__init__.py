"""Ingest: files, folders, addresses, feeds and archives to raw pages: bytes as they came, and how they came."""

from __future__ import annotations

from tracewire.ingest.metadata import load_metadata, unmatched
from tracewire.ingest.preserve import write_warc
from tracewire.ingest.sources import iter_pages

__all__ = ["iter_pages", "load_metadata", "unmatched", "write_warc"]
