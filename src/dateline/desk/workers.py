"""Several processes that answer for one desk on one socket, `dateline serve --workers N`: uvicorn's, watched over by this one.

What a request leaves behind for the next one is in the record or in what the browser holds, signed with the record's secret, so
that any of them may answer any request (docs/design.md lists it). Rounds of issues, mails and calls are made in this one alone.
"""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
from contextlib import suppress
from functools import partial
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import Any

from fastapi import FastAPI

from dateline.desk.app import create_app
from dateline.desk.metrics import OF_ALL
from dateline.errors import SettingsError
from dateline.settings import Settings

LONGEST_SILENCE_S = 60            # of a worker that is busy; then another takes its place


def serve_by_workers(settings: Settings, hosts: tuple[str, ...], taken: socket.socket, given: dict[str, Any]) -> None:
    """Answer on `taken` by `settings.desk_workers` processes until told to stop; one that ends is started again.

    given: further settings of uvicorn. Raises SettingsError where they cannot begin; what they said of it is on standard error.
    """
    import uvicorn
    from uvicorn.config import STARTUP_FAILURE
    from uvicorn.supervisors import Multiprocess

    with tempfile.TemporaryDirectory(prefix="dateline-metrics-") as counted:
        os.environ[OF_ALL] = counted      # the workers inherit it
        try:
            config = uvicorn.Config(partial(app_of_a_worker, settings, hosts), factory=True, workers=settings.desk_workers,
                                    timeout_worker_healthcheck=LONGEST_SILENCE_S, **given)
            workers = Multiprocess(config, [taken])
            workers.run()
        finally:
            del os.environ[OF_ALL]
    if any(one.exitcode == STARTUP_FAILURE for one in workers.processes):
        raise SettingsError("--workers: a worker could not begin; what it said stands above")


def app_of_a_worker(settings: Settings, hosts: tuple[str, ...]) -> FastAPI:
    """The desk in a worker, which ends when the process that watches over it has gone, however that ended."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), name="dateline parent", daemon=True).start()
    return create_app(settings, hosts=hosts)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    with suppress(ProcessLookupError):
        os.kill(os.getpid(), signal.SIGTERM)
