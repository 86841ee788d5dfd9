"""Bind a socket and serve: loopback by default, elsewhere only with a token or a users file."""

from __future__ import annotations

import getpass
import ipaddress
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.web.access import Access, User, load_users

LOOPBACK = "127.0.0.1"


def make_access(host: str, token: str | None, users: Path | None, name: str | None) -> Access:
    """Who is let in; UsageError for an address that others reach without a token or a users file."""
    if users is not None:
        return Access(users=load_users(users))
    person = name or _login()
    if token is not None:
        if len(token) < 12:
            raise UsageError("--token: is too short to be safe: take at least 12 characters (`tracewire token NAME`)")
        return Access(users=(User(person, "admin", sha256(token.encode()).hexdigest()),))
    if not is_loopback(host):
        raise UsageError(
            f"--host {host}: others can reach this address; give --token or --users as well, or leave --host out"
        )
    return Access(local=User(person, "admin"))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


def serve(
    path: Path,
    *,
    host: str = LOOPBACK,
    port: int = 8765,
    access: Access | None = None,
    settings: Settings | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a case until stopped; `ready` is told the address. Port 0 takes any that is free."""
    import uvicorn

    from tracewire.web.app import create_app
    from tracewire.web.draw import outline

    threading.Thread(target=outline, args=(0, 0, 0, 0), daemon=True).start()  # the first map need not wait for it
    app = create_app(path, access or make_access(host, None, None, None), settings, any_host=not is_loopback(host))
    bound = _bind(host, port)
    shown = f"[{host}]" if ":" in host else host
    if ready is not None:
        ready(f"http://{shown}:{bound.getsockname()[1]}/")
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=True)
    with suppress(KeyboardInterrupt):  # how a person ends it
        uvicorn.Server(config).run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except (OSError, OverflowError) as error:
        found.close()
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot listen on {host} port {port}: {reason}; give another --port, or 0 for any") from error
    return found
