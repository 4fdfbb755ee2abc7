"""Connections that reach the public internet only: each resolved address is checked when the connection is made.

A check of the name before the request would miss a redirect and a name that resolves to another address a moment
later; here the address that is checked is the address that is connected to. Imported only where something is fetched.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import httpcore
import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Allow = Callable[[Address], bool]
Resolve = Callable[[str, int], Sequence[str]]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_NAMES_AT_HOME = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa")


class PrivateAddress(Exception):
    """The name stands for an address that is not on the public internet."""


def is_public(address: Address) -> bool:
    """Whether `address` is on the public internet; of an address that carries another one, whether both are."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = _carried(address)
        if carried is not None:
            return is_public(carried)
        if address.is_site_local or address.is_reserved:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which traffic for `address` is handed on: mapped, 6to4 or NAT64."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def literal_address(host: str) -> Address | None:
    """The address that `host` writes out, in any form that a resolver takes ("127.1", "0x7f000001"); None: a name."""
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, ValueError, UnicodeError):
        return None


def is_name_at_home(host: str) -> bool:
    """Whether `host` is a name that only a private network knows. For use behind a proxy, where no name is resolved."""
    bare = host.lower().rstrip(".")
    return bare == "localhost" or bare.endswith(_NAMES_AT_HOME) or ("." not in bare and ":" not in bare)


def resolve(host: str, port: int) -> list[str]:
    """The addresses that `host` stands for. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedBackend(httpcore.SyncBackend):
    """Opens connections to allowed addresses only, and ends every wait at `deadline`."""

    def __init__(self, allow: Allow | None, resolve: Resolve, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._allow, self._resolve, self.clock = allow, resolve, clock
        self.deadline = float("inf")

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if self._allow is None:   # the user's own proxy, or private addresses are allowed
            return self._open(host, port, timeout, socket_options)
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known") from error
        if not addresses:
            raise httpcore.ConnectError(f"the name {host} is not known")
        for address in addresses:
            if not self._allow(ipaddress.ip_address(address.partition("%")[0])):
                raise PrivateAddress(address)
        failed: Exception | None = None
        for address in addresses:
            try:
                return self._open(address, port, timeout, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        assert failed is not None
        raise failed

    def _open(
        self, host: str, port: int, timeout: float | None, options: Iterable[Any] | None,
    ) -> httpcore.NetworkStream:
        stream = super().connect_tcp(host, port, self.wait(timeout), None, options)
        return _TimedStream(stream, self)

    def wait(self, timeout: float | None) -> float:
        """The longest that the next wait may be. Raises ReadTimeout when no time is left."""
        left = self.deadline - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return left if timeout is None else min(timeout, left)


class _TimedStream(httpcore.NetworkStream):
    """A connection of which each wait ends at the deadline: a server that sends a byte at a time gets no further."""

    def __init__(self, stream: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.wait(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.wait(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.wait(timeout))
        return _TimedStream(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class CheckedTransport(httpx.BaseTransport):
    """httpx's transport over `backend`; through `proxy` when one is given (then that is all that is connected to)."""

    def __init__(self, backend: CheckedBackend, proxy: str = "") -> None:
        context = httpx.create_ssl_context(trust_env=False)
        via = httpx.Proxy(proxy) if proxy else None
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=4, keepalive_expiry=5.0, network_backend=backend,
            proxy=httpcore.Proxy(str(via.url), auth=via.raw_auth) if via else None,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(httpcore.Request(
            method=request.method, headers=request.headers.raw, content=request.read(), extensions=request.extensions,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        ))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()
