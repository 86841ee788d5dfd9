"""Who is let in, and what each role may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tracewire.errors import UsageError
from tracewire.store.reviewing import ReviewStore
from tracewire.web import Access, User, create_app, load_users, new_token
from tracewire.web.server import make_access


def _user(name: str, role: str, expires: date | None = None) -> User:
    return User(name, role, sha256(f"token-of-{name}".encode()).hexdigest(), expires)  # type: ignore[arg-type]


@pytest.fixture
def guarded(case: Path) -> Iterator[TestClient]:
    users = (
        _user("ana", "admin"), _user("rob", "reviewer"), _user("ria", "reader"), _user("cleo", "coder"),
        _user("old", "admin", date(2020, 1, 1)),
    )  # fmt: skip
    app = create_app(case, Access(users=users), any_host=True)
    with TestClient(app, base_url="http://host.example", follow_redirects=False) as client:
        yield client


def _log_in(client: TestClient, name: str) -> str:
    client.cookies.clear()
    assert client.post("/login", data={"token": f"token-of-{name}", "next": "/"}).status_code == 303
    page = client.get("/coding" if name == "cleo" else "/queue").text
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    return found[1] if found else ""


def _bearer(name: str) -> dict[str, str]:
    return {"authorization": f"Bearer token-of-{name}"}


def test_strangers_are_asked_for_a_token(guarded: TestClient) -> None:
    assert guarded.get("/events").headers["location"] == "/login?next=/events"
    assert guarded.get("/api/v1/case").status_code == 401
    assert guarded.post("/login", data={"token": "wrong"}).status_code == 401
    assert guarded.get("/static/app.css").status_code == 200


def test_an_expired_token_is_said(guarded: TestClient) -> None:
    answer = guarded.post("/login", data={"token": "token-of-old"})
    assert answer.status_code == 401
    assert "expired" in answer.text
    assert guarded.get("/api/v1/case", headers=_bearer("old")).status_code == 401


def test_a_forged_session_is_none(guarded: TestClient) -> None:
    guarded.cookies.set("tracewire", "eyJ1IjoiYW5hIiwibiI6IjAifQ.abc.def")
    assert guarded.get("/events").status_code == 303


def test_a_reader_reads_and_judges_nothing(guarded: TestClient, store: ReviewStore) -> None:
    mark = _log_in(guarded, "ria")
    event = store.find_events({}, 1).ids[0]
    assert guarded.get(f"/events/{event}").status_code == 200
    assert "Accept" not in guarded.get(f"/events/{event}").text
    assert not mark
    body = {"on": event, "what": "accept"}
    assert guarded.post("/api/v1/judgements", json=body, headers=_bearer("ria")).status_code == 403


def test_only_an_admin_undoes_what_another_did(guarded: TestClient, store: ReviewStore) -> None:
    event = store.find_events({}, 1).ids[0]
    body = {"on": event, "what": "accept", "version": 0}
    made = guarded.post("/api/v1/judgements", json=body, headers=_bearer("ana"))
    assert made.status_code == 201
    mark = _log_in(guarded, "rob")
    assert guarded.post(f"/undo/{made.json()[0]['id']}", data={"csrf": mark}).status_code == 403
    again = guarded.post("/api/v1/judgements", json=body, headers=_bearer("rob"))
    assert again.status_code == 409


def test_a_coder_works_blind(guarded: TestClient, store: ReviewStore) -> None:
    claim = store.find_claims({}, 1).ids[0]
    body = {"on": claim, "what": "reject", "version": 0}
    assert guarded.post("/api/v1/judgements", json=body, headers=_bearer("rob")).status_code == 201
    mark = _log_in(guarded, "cleo")
    for path in ("/", "/log", "/queue", f"/claims/{claim}", "/agreement"):
        assert guarded.get(path).headers["location"] == "/coding"
    page = guarded.get("/coding").text
    assert f"/coding/{claim}" in page
    assert "rejected" not in page
    assert guarded.post(f"/coding/{claim}", data={"csrf": mark, "what": "accept"}).status_code == 303
    assert store.claims_of([claim])[0].judgement == "rejected"
    assert "1 done" in guarded.get("/coding").text
    _log_in(guarded, "ana")
    page = guarded.get("/agreement?first=cleo&second=rob").text
    assert "verdict" in page
    assert "accepted" in page


def test_the_users_file_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    with pytest.raises(UsageError, match="cannot be read"):
        load_users(path)
    for text, words in (
        ("x = [", "no TOML"), ("", "no \\[\\[user\\]\\]"), ("[[user]]\nrole='admin'", "needs a name"),
        ("[[user]]\nname='a'\nrole='king'", "role must be"), ("[[user]]\nname='a'\nrole='admin'", "token_sha256"),
    ):  # fmt: skip
        path.write_text(text)
        with pytest.raises(UsageError, match=words):
            load_users(path)
    token, digest = new_token()
    path.write_text(f"[[user]]\nname='a'\nrole='coder'\ntoken_sha256='{digest}'\nexpires=2099-01-01\n")
    (user,) = load_users(path)
    assert Access(users=(user,)).by_token(token) == user
    assert user.blind


def test_other_addresses_need_a_token() -> None:
    with pytest.raises(UsageError, match="--token or --users"):
        make_access("0.0.0.0", None, None, None)
    with pytest.raises(UsageError, match="too short"):
        make_access("0.0.0.0", "123", None, None)
    assert make_access("127.0.0.1", None, None, "ana").local == User("ana", "admin")


def test_a_session_ends_with_its_token(case: Path, store: ReviewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracewire.web import access as module

    users = (_user("ana", "admin"), _user("tim", "reviewer", date(2099, 1, 1)))
    access = Access(users=users)
    with TestClient(create_app(case, access), base_url="http://127.0.0.1", follow_redirects=False) as client:
        mark = _log_in(client, "tim")
        event = store.find_events({}, 1).ids[0]
        access.users = (users[0], _user("tim", "reviewer", date(2020, 1, 1)))
        assert client.get("/events").headers["location"] == "/login?next=/events"
        data = {"csrf": mark, "version": "0", "what": "accept"}
        assert client.post(f"/judge/event/{event}", data=data).status_code == 303
        assert client.post(f"/judge/event/{event}", data=data, headers={"hx-request": "true"}).status_code == 401
        access.users = users
        monkeypatch.setattr(module, "SESSION_SECONDS", -1)
        assert client.get("/events").status_code == 303
    assert store.judgement_count() == 0
