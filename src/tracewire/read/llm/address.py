"""Where questions may go: checked before anything is sent."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from tracewire.errors import UsageError

if TYPE_CHECKING:
    import httpx

_NEAR = (".local", ".localhost", ".lan", ".internal", ".home.arpa")
"""Endings of names that only a local network knows."""


def check_url(url: str) -> httpx.URL:
    """The address of the service's chat completions; raises UsageError for one that must not be used."""
    import httpx

    try:
        found = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise UsageError(f"--llm-url {url}: not an address: {error}") from error
    if found.userinfo or found.query or found.fragment:
        raise UsageError("--llm-url holds more than an address: the key goes into the variable TRACEWIRE_LLM_KEY")
    if found.scheme not in ("http", "https") or not found.host:
        raise UsageError(f"--llm-url {url}: give the base of the interface, such as http://localhost:8080/v1")
    if found.scheme == "http" and not is_near(found.host):
        raise UsageError(f"--llm-url {url}: texts would travel unencrypted to another network; use https")
    path = found.path.rstrip("/").removesuffix("/chat/completions")
    return found.copy_with(path=f"{path}/chat/completions")


def is_near(host: str) -> bool:
    """Whether a host is this machine or one of the local network, as far as its name tells."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.lower().endswith(_NEAR)
    return address.is_private or address.is_loopback or address.is_link_local


def redirected(url: httpx.URL, location: str) -> httpx.URL | None:
    """Where a redirect leads, on the same host and no less encrypted; None for every other one."""
    import httpx

    try:
        target = url.join(location)
    except httpx.InvalidURL:
        return None
    same = target.scheme == url.scheme and target.port == url.port
    encrypted = url.scheme == "http" and target.scheme == "https"
    return target if target.host == url.host and (same or encrypted) and not target.userinfo else None
