"""One Settings object, passed in: never global, never read at import."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Favour = Literal["balanced", "precision", "recall"]
"""What the threshold of a reader that knows how sure it is favours."""


Cleaning = Literal["best", "fast"]
"""How the main text of HTML is found: by three extractors, or for crawls by one, in two fifths of the time."""


@dataclass(frozen=True, slots=True)
class LLMSettings:
    """The service that `--reader llm` asks; the key to it is never kept here (see TRACEWIRE_LLM_KEY).

    `url` is the base of an OpenAI-compatible interface ("http://localhost:8080/v1"). Prices are per million tokens,
    None where unknown; `timeout` is in seconds, for one answer.
    """

    url: str
    model: str
    price_in: float | None = None
    price_out: float | None = None
    timeout: float = 300.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run works. Sizes are bytes, times seconds; `home` holds installed gazetteers and user knowledge packs.

    `follow` fetches the addresses that a feed in a file names (those of a fetched feed always are); `delay` is the
    least time between two requests to one host, `timeout` the most that one page may take. `copy_window_days` limits
    which documents are compared for copies, by their days of publication; None compares all. `restore` gives readers
    tokenised and lower-case reports as their authors wrote them; it does not change what was read before. `clean` is
    how pages of HTML that are new to a case are cleaned.
    """

    reader: str = "model"
    favour: Favour = "balanced"
    store: str = "sqlite"
    home: Path | None = None
    max_document_bytes: int = 20_000_000
    jobs: int = 1
    llm: LLMSettings | None = None
    copy_window_days: int | None = None
    restore: bool = False
    clean: Cleaning = "best"
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
