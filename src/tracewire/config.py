"""One Settings object, passed in: never global, never read at import."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run works. Sizes are bytes, times seconds; `home` holds installed gazetteers and user knowledge packs.

    `follow` fetches the addresses that a feed in a file names (those of a fetched feed always are); `delay` is the
    least time between two requests to one host, `timeout` the most that one page may take.
    """

    reader: str = "rules"
    store: str = "sqlite"
    home: Path | None = None
    max_document_bytes: int = 20_000_000
    jobs: int = 1
    allow_private: bool = False
    follow: bool = False
    max_listed: int = 500
    delay: float = 1.0
    timeout: float = 60.0

    def data_home(self) -> Path:
        """Where gazetteers and user packs live: `home`, else $TRACEWIRE_HOME, else the platform's data folder."""
        if self.home is not None:
            return self.home
        if found := os.environ.get("TRACEWIRE_HOME"):
            return Path(found)
        import platformdirs

        return Path(platformdirs.user_data_dir("tracewire"))
