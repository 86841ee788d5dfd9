"""Why something is not taken from the network."""

from __future__ import annotations

__all__ = ["RefusalError"]


class RefusalError(Exception):
    """One address is not taken; the message says why. Becomes a Failure, never leaves ingest."""
