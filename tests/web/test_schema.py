"""The JSON interface against its own description: whatever fits it, and whatever does not, is answered, never a 5xx."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from tracewire.web import Access, User, create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (pip install -e '.[dev]')")
EXAMPLES = 12
"""Questions of each kind to each operation: this runs with every change, a long search by hand (raise it)."""
TOKEN = "token-of-a-reviewer"


@pytest.fixture
def schema(case: Path) -> Any:
    access = Access(users=(User("rob", "reviewer", sha256(TOKEN.encode()).hexdigest()),))
    app = create_app(case, access, any_host=True)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers={"authorization": f"Bearer {TOKEN}"})


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_no_operation_fails(schema: Any, mode: str) -> None:
    from schemathesis.generation import GenerationMode

    operations = [result.ok() for result in schema.get_all_operations()]
    asked: set[str] = set()
    for operation in operations:

        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
        def ask(case: Any) -> None:
            asked.add(f"{case.method} {case.path}")
            answer = case.call(headers={"authorization": f"Bearer {TOKEN}"})
            assert answer.status_code < 500, (case.method, case.path, answer.text[:300])

        with suppress(Unsatisfiable):  # where anything fits, nothing can be asked wrongly
            ask()
    assert len(asked) == len(operations) if mode == "positive" else len(asked) > 4
