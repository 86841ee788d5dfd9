"""Which addresses may be asked: public ones, checked after names are resolved and again at every redirect."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from tracewire.ingest.refusal import RefusalError

__all__ = ["GuardedTransport", "check_url", "is_public"]

_TRANSLATED = ip_network("64:ff9b::/96")
Resolve = Callable[[str, int], list[str]]


def check_url(url: httpx.URL) -> None:
    """Raise RefusalError for an address that is no plain http(s) one."""
    if url.scheme not in ("http", "https"):
        raise RefusalError(f"{url.scheme or 'relative'} addresses are not fetched")
    if not url.host:
        raise RefusalError("the address names no host")
    if url.userinfo:
        raise RefusalError("the address holds a user name or password; custody records would show it")


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public network; those that carry another one inside are judged by it."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and (inner := _inside(address)):
        return all(is_public(str(each)) for each in inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inside(address: IPv6Address) -> list[IPv4Address]:
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _TRANSLATED:
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in inner if each is not None]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name, by the system."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"the host {host} is not known: {error}") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class GuardedTransport(httpx.BaseTransport):
    """Resolves a name once, refuses addresses that are not public, and connects to the address that was checked."""

    def __init__(
        self, *, allow_private: bool, inner: httpx.BaseTransport | None = None, names: Resolve = resolve
    ) -> None:
        # no connection is kept: two names on one address must not share one that was verified for the first
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = inner or httpx.HTTPTransport(limits=limits, trust_env=False)
        self._allow_private = allow_private
        self._names = names

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the checked address of its host."""
        check_url(request.url)
        host = request.url.host
        addresses = self._names(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        barred = [each for each in addresses if not is_public(each)]
        if barred and not self._allow_private:
            raise RefusalError(f"{host} is {barred[0]}, a private or reserved address; --allow-private permits it")
        if not addresses:
            raise httpx.ConnectError(f"the host {host} has no address")
        return self._send(request, host, addresses)

    def _send(self, request: httpx.Request, host: str, addresses: list[str]) -> httpx.Response:
        for index, address in enumerate(addresses):
            checked = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return self._inner.handle_request(checked)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if index + 1 == len(addresses):
                    raise
        raise AssertionError("a host without addresses was let through")

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()
