"""Ingest: files and folders to raw pages: bytes as they came, with name, kind, place and what is said of them."""

from __future__ import annotations

from tracewire.ingest.metadata import load_metadata, unmatched
from tracewire.ingest.sources import iter_pages

__all__ = ["iter_pages", "load_metadata", "unmatched"]
