"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data beside the checkout; the test is skipped where it is absent."""
    folder = Path(os.environ.get("TRACEWIRE_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        if os.environ.get("TRACEWIRE_SHARED_REQUIRED"):
            pytest.fail(f"the shared data should be at {folder}")
        pytest.skip(f"the shared data are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for the whole session, so that the built-in gazetteer is made once."""
    return tmp_path_factory.mktemp("home")
