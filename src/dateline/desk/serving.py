"""Running the desk: which address it may be bound to, and the server that does it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from dateline.desk.app import LOOPBACK, create_app
from dateline.desk.context import Desk
from dateline.desk.loopback import is_loopback
from dateline.desk.workers import serve_by_workers
from dateline.editions.running import running
from dateline.errors import SettingsError
from dateline.settings import Settings
from dateline.store import open_record

EVERY_ADDRESS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised here so that it can be refused


def serve(settings: Settings, *, without_accounts: bool = False, ready: Callable[[str], None] = print) -> None:
    """Serve the desk at `settings.desk_host` and `desk_port` until it is stopped, and make, send and tell meanwhile what goes by
    itself (setting brief_by_schedule). ready: told its address.

    Raises SettingsError where that address can be reached from elsewhere, the record has no accounts, and nobody said that
    this is meant; StoreError as `open_record` does.
    """
    import uvicorn

    with open_record(settings.record) as store:
        check_address(settings.desk_host, has_accounts=bool(store.team.people()), without_accounts=without_accounts)
    hosts = hosts_of(settings)
    if settings.desk_workers > 1:
        Desk(settings).close()        # what a worker could not begin with is told here, in a line
        app = None
    else:
        app = create_app(settings, hosts=hosts)
    taken = _bound(settings.desk_host, settings.desk_port)
    host, port = taken.getsockname()[:2]
    shown = "127.0.0.1" if host in EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{port}/")
    given: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False, "proxy_headers": False,
                             "timeout_keep_alive": 30, "limit_concurrency": 500, "lifespan": "on"}
    with running(settings):
        if app is None:
            serve_by_workers(settings, hosts, taken, given)
        else:
            uvicorn.Server(uvicorn.Config(app, **given)).run(sockets=[taken])


def check_address(host: str, *, has_accounts: bool, without_accounts: bool) -> None:
    """Raises SettingsError where everyone who can reach `host` could change the record."""
    if is_loopback(host) or has_accounts or without_accounts:
        return
    raise SettingsError(
        f"--host {host!r} can be reached from other machines, and this record has no accounts: whoever reaches it could change "
        "the record; make one with dateline person add NAME --role editor, or say --without-accounts as well")


def hosts_of(settings: Settings) -> tuple[str, ...]:
    """The names by which browsers may call the desk: those of this machine, those of the setting, and the one of public_url.

    Raises SettingsError where that is no address.
    """
    named = tuple(name.strip() for name in settings.desk_names_of_host.split(",") if name.strip())
    own = () if settings.desk_host in EVERY_ADDRESS else (settings.desk_host,)
    return tuple(dict.fromkeys((*LOOPBACK, *own, *named, *_public_host(settings.public_url))))


def _public_host(url: str) -> tuple[str, ...]:
    """The host of setting public_url; none where it is not set. Raises SettingsError for what is no address."""
    if not url:
        return ()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https"):
        raise SettingsError(f"DATELINE_PUBLIC_URL={url!r}: no address of a site; write https://desk.example.org")
    return (f"[{host}]" if ":" in host else host,)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(100)             # who is told the address may call at once, and waits until the application is there
    except OSError as error:
        taken.close()
        raise SettingsError(f"--host {host} --port {port}: {error.strerror}; give another port with --port") from None
    return taken
