"""The stub service and readers that ask it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracewire.codebook import load_codebook
from tracewire.config import LLMSettings
from tracewire.read import ReaderContext
from tracewire.read.llm import LLMReader, service


@pytest.fixture(scope="session")
def kit() -> ModuleType:
    """What the stub may do (stub.py), as a module."""
    name = "tracewire_tests_llm_stub"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("stub.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def stub(kit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The service; no pause between tries, no proxy, no key."""
    monkeypatch.setattr(service, "FIRST_PAUSE", 0.0)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.delenv(service.KEY_VARIABLE, raising=False)
    with kit.running() as found:
        yield found


@pytest.fixture
def make_reader(stub: Any, tmp_path: Path) -> Callable[..., LLMReader]:
    """A reader that asks the stub; its answers are kept in the test's folder."""

    def make(**options: Any) -> LLMReader:
        settings = LLMSettings(**{"url": stub.url, "model": "tiny", "timeout": 5.0} | options)
        return LLMReader(ReaderContext(load_codebook(), llm=settings, home=tmp_path))

    return make
