"""The JSON interface: pages, ETags, errors in JSON."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tracewire.store.reviewing import ReviewStore


def test_lists_are_paged(client: TestClient, store: ReviewStore) -> None:
    first = client.get("/api/v1/claims?limit=5").json()
    second = client.get("/api/v1/claims?limit=5&offset=5").json()
    assert first["total"] == store.totals()["claim"]
    assert len({c["id"] for c in first["items"] + second["items"]}) == 10


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/api/v1/events").headers["etag"]
    again = client.get("/api/v1/events", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_every_path_of_the_description_answers(client: TestClient, store: ReviewStore) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    ids = {"claims": store.find_claims({}, 1).ids[0], "events": store.find_events({}, 1).ids[0],
           "documents": store.find_documents({}, 1).ids[0]}  # fmt: skip
    assert len(paths) > 10
    for path, methods in paths.items():
        if "get" in methods:
            kind = path.split("/")[3]
            answer = client.get(path.replace("{id}", ids.get(kind, "")))
            assert answer.status_code == 200, path
            assert answer.headers["etag"]
    assert client.get("/api/v1/claims/none").json()["detail"]


def test_spans_quote_the_document(client: TestClient, store: ReviewStore) -> None:
    claim = client.get("/api/v1/claims?limit=1").json()["items"][0]
    document = client.get(f"/api/v1/documents/{claim['document']}").json()
    span = claim["evidence"][0]
    assert document["raw"][span["start"] : span["end"]] == span["quote"]


def test_wrong_questions_are_said_in_json(client: TestClient) -> None:
    for path in ("/api/v1/claims?limit=0", "/api/v1/claims?since=soon", "/api/v1/claims?offset=-1"):
        answer = client.get(path)
        assert answer.status_code == 422
        assert answer.json()["detail"]
    assert client.post("/api/v1/judgements", json={"on": "c1", "what": "accept"}).status_code == 403


VALUES = st.one_of(
    st.none(), st.text(max_size=40), st.integers().map(str), st.sampled_from(["capture", "none", "2021", "%"])
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_question_breaks_the_interface(client: TestClient, data: st.DataObject) -> None:
    paths: dict[str, Any] = client.get("/api/v1/openapi.json").json()["paths"]
    path = data.draw(st.sampled_from(sorted(paths)))
    wanted = [p["name"] for p in paths[path].get("get", {}).get("parameters", ()) if p["in"] == "query"]
    query = {name: value for name in wanted if (value := data.draw(VALUES)) is not None}
    # httpx writes no lone surrogates into an address; a browser does not either
    query = {k: v.encode("utf-8", "replace").decode() for k, v in query.items()}
    answer = client.get(
        path.replace("{id}", data.draw(st.sampled_from(["c0", "%00", "%F0%9F%92%A3", "x" * 300]))), params=query
    )
    assert answer.status_code < 500, (path, query, answer.text[:300])
