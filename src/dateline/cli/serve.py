"""dateline serve: the desk in a browser."""

from __future__ import annotations

import webbrowser
from dataclasses import replace
from typing import Annotated

import typer

from dateline.cli.common import RecordOption, settings_with

NAME = "serve"
SHORT = "Open the record in a browser."
HELP = ("Serve the desk: the record in a browser, to see, check and correct it. It is bound to this machine alone unless told "
        "otherwise, and fetches nothing.")
EXAMPLE = "dateline serve --record demo/demo.db --open"


def command(
    host: Annotated[str | None, typer.Option(help="Address to bind to. [default: DATELINE_DESK_HOST, else 127.0.0.1]",
                                             metavar="ADDRESS", show_default=False)] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 for any that is free. [default: DATELINE_DESK_PORT, else 8471]",
                                             metavar="PORT", min=0, max=65535, show_default=False)] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that answer. [default: DATELINE_DESK_WORKERS, else 1]",
                                                metavar="N", min=1, max=64, show_default=False)] = None,
    browser: Annotated[bool, typer.Option("--open", help="Open it in this machine's browser.")] = False,
    without_accounts: Annotated[bool, typer.Option("--without-accounts", help="Bind to an address that others can reach though "
                                                   "nobody has to sign in.")] = False,
    record: RecordOption = None,
) -> None:
    from dateline.desk.serving import serve

    settings = settings_with(record)
    settings = replace(settings, desk_host=settings.desk_host if host is None else host,
                       desk_port=settings.desk_port if port is None else port,
                       desk_workers=settings.desk_workers if workers is None else workers)

    def ready(address: str) -> None:
        typer.echo(f"the desk is at {address}  (Ctrl-C ends it)", err=True)
        if browser:
            webbrowser.open(address)

    serve(settings, without_accounts=without_accounts, ready=ready)
