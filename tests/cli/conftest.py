"""The command line as a person calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def run(tmp_path: Path, home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line in a folder of its own."""
    environment = os.environ | {"TRACEWIRE_HOME": str(home), "COLUMNS": "200"}

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tracewire", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)

    return call
