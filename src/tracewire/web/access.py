"""Who may do what: on loopback the one at the machine; elsewhere only who brings a token."""

from __future__ import annotations

import hmac
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from itsdangerous import BadData, URLSafeTimedSerializer

from tracewire.errors import UsageError

Role = Literal["reader", "coder", "reviewer", "admin"]
SESSION_SECONDS = 12 * 3600
"""A working day; then the token is asked for again."""
COOKIE = "tracewire"


@dataclass(frozen=True, slots=True)
class User:
    """A person at work. A reader judges nothing; a coder judges blind; an admin also undoes what others did."""

    name: str
    role: Role = "reviewer"
    token_sha256: str | None = None
    expires: date | None = None

    @property
    def judges(self) -> bool:
        """Whether the person may judge at all."""
        return self.role != "reader"

    @property
    def blind(self) -> bool:
        """Whether the person must not see what others decided."""
        return self.role == "coder"


@dataclass(frozen=True, slots=True)
class Session:
    """Who a browser belongs to, and the value that its forms must bring back."""

    user: User
    csrf: str


@dataclass(slots=True)
class Access:
    """The users that are let in; without any, whoever sits at the machine is `local`."""

    local: User | None = None
    users: tuple[User, ...] = ()
    secret: str = field(default_factory=lambda: secrets.token_hex(32))

    def by_token(self, token: str) -> User | None:
        """The user whose token this is; None for an unknown or expired one."""
        digest = sha256(token.encode("utf-8", "replace")).hexdigest()
        today = datetime.now(UTC).date()
        for user in self.users:
            if user.token_sha256 and hmac.compare_digest(user.token_sha256, digest):
                return user if user.expires is None or user.expires >= today else None
        return None

    def expired(self, token: str) -> bool:
        """Whether the token was good once."""
        digest = sha256(token.encode("utf-8", "replace")).hexdigest()
        return self.by_token(token) is None and any(u.token_sha256 == digest for u in self.users)

    def start(self, user: User) -> str:
        """The cookie of a new session."""
        return self._signer().dumps({"u": user.name, "n": secrets.token_hex(8)})

    def session(self, cookie: str | None) -> Session | None:
        """The session of a cookie; None where it is missing, forged, too old, or of a user who is gone."""
        try:
            held: Any = self._signer().loads(cookie or "", max_age=SESSION_SECONDS)
        except BadData:
            return None
        user = next((u for u in self._all() if u.name == held.get("u")), None)
        if user is None or (user.expires and user.expires < datetime.now(UTC).date()):
            return None
        mark = hmac.new(self.secret.encode(), f"csrf:{held.get('n')}".encode(), sha256).hexdigest()
        return Session(user, mark)

    def _all(self) -> Iterable[User]:
        return (*((self.local,) if self.local else ()), *self.users)

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt="tracewire-session")


def new_token() -> tuple[str, str]:
    """A new token, to be told to a person once, and its hash, to be kept in the users file."""
    token = secrets.token_urlsafe(24)
    return token, sha256(token.encode()).hexdigest()


def load_users(path: Path) -> tuple[User, ...]:
    """The users of a TOML file: [[user]] rows with name, role, token_sha256 and perhaps expires (a date)."""
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("user", [])
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is no TOML file: {error}") from error
    users = tuple(_user(path, number, row) for number, row in enumerate(rows, 1))
    if not users:
        raise UsageError(f"{path}: has no [[user]] row; `tracewire token NAME` prints one")
    if len({u.name for u in users}) < len(users):
        raise UsageError(f"{path}: two users have one name: judgements could not be told apart")
    return users


def _user(path: Path, number: int, row: Any) -> User:
    where = f"{path}: user {number}"
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise UsageError(f"{where} needs a name")
    if row.get("role") not in get_args(Role):
        raise UsageError(f"{where} ({row['name']}): role must be one of {', '.join(get_args(Role))}")
    digest = row.get("token_sha256")
    if not isinstance(digest, str) or len(digest) != 64:
        raise UsageError(f"{where} ({row['name']}): token_sha256 must be 64 hex digits; `tracewire token` prints them")
    expires = row.get("expires")
    if expires is not None and not isinstance(expires, date):
        raise UsageError(f"{where} ({row['name']}): expires must be a date such as 2030-01-31")
    return User(row["name"].strip(), row["role"], digest.lower(), expires)
