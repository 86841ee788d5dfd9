"""The JSON interface: pages, ETags, errors in JSON."""

from __future__ import annotations

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
