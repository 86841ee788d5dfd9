"""The hand-made record, as a fixture; tests that need its parts take the module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tracewire.model import Record


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The module sample.py beside this file."""
    name = "tracewire_tests_sample"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("sample.py"))
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
