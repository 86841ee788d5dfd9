"""Fixtures shared by all tests."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from tracewire.model import Record

settings.register_profile("tracewire", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("tracewire")

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


@pytest.fixture(scope="session")
def demo_case(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the reports that ship, read once by the rules; copy it before writing to it."""
    import tracewire

    folder = REPOSITORY / "src" / "tracewire" / "demo"
    path = tmp_path_factory.mktemp("cases") / "demo.case"
    reports = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".html"))
    settings_ = tracewire.Settings(reader="rules", home=home)
    tracewire.open_case(path, settings_).add_and_run(*reports, metadata=folder / "metadata.csv")
    return path


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The hand-made record of export/sample.py, as a module: tests that need its parts take them from here."""
    name = "tracewire_tests_sample"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / "export" / "sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def record(sample: ModuleType) -> Record:
    """The whole hand-made record."""
    made = sample.record()
    assert isinstance(made, Record)
    return made
