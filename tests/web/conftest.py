"""A served copy of the demo's case, asked without a network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")

from starlette.testclient import TestClient

from tracewire.store.reviewing import ReviewStore
from tracewire.web import Access, User, create_app

Post = Callable[..., Any]


@pytest.fixture
def case(demo_case: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_case, tmp_path / "demo.case"))


@pytest.fixture
def client(case: Path) -> Iterator[TestClient]:
    access = Access(local=User("ana", "admin"))
    with TestClient(create_app(case, access), base_url="http://127.0.0.1", follow_redirects=False) as made:
        yield made


@pytest.fixture
def store(case: Path) -> Iterator[ReviewStore]:
    with ReviewStore(case) as opened:
        yield opened


def csrf_of(client: TestClient, page: str = "/queue") -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(page).text)
    assert found, f"{page} has no form"
    return found[1]


@pytest.fixture
def post(client: TestClient) -> Post:
    mark = csrf_of(client)

    def send(path: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        return client.post(path, data={"csrf": mark, "version": "0", **fields}, headers=headers)

    return send
