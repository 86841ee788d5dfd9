"""One Settings object, passed in: never global, never read at import."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Favour = Literal["balanced", "precision", "recall"]
"""What the threshold of a reader that knows how sure it is favours."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run works. Sizes are bytes; `home` holds installed gazetteers and user knowledge packs."""

    reader: str = "model"
    favour: Favour = "balanced"
    store: str = "sqlite"
    home: Path | None = None
    max_document_bytes: int = 20_000_000
    jobs: int = 1

    def data_home(self) -> Path:
        """Where gazetteers and user packs live: `home`, else $TRACEWIRE_HOME, else the platform's data folder."""
        if self.home is not None:
            return self.home
        if found := os.environ.get("TRACEWIRE_HOME"):
            return Path(found)
        import platformdirs

        return Path(platformdirs.user_data_dir("tracewire"))
