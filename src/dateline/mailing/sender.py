"""Sending what is due, over several connections at a time (carrying.py). Two servers on one database may do it at once.

That a mail is handed over is on the disk before the server gets its first byte, together with what became of the mail before it.
So a sender that dies leaves at most one mail a connection of which nobody knows.
"""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dateline.errors import SettingsError, StoreError
from dateline.mailing.carrying import Run, Worker
from dateline.publish.safe import plain
from dateline.records.mailing import Mail, Parts
from dateline.settings import Settings
from dateline.store import Store

LONGEST_SAID = 400


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the mails of one call. problem: why the server took none from us; None: it did, or nothing was due."""

    sent: int = 0
    put_off: int = 0
    refused: int = 0
    uncertain: int = 0
    withdrawn: int = 0
    problem: str | None = None


def send_due(store: Store, settings: Settings, make: Callable[[Mail], Parts | None], *, clock: Callable[[], datetime],
             jitter: Callable[[], float] = random.random, for_s: float | None = None,
             stop: threading.Event | None = None, only: int | None = None) -> Sent:
    """Send the mails that are due, until none is left that may be sent now.

    make: what a mail says; None where it is not to be sent any more. It is called by one thread at a time. jitter: 0 to 1.
    for_s: how long to go on claiming; None: to the end. stop: set by another thread, ends it after the mails that are under way.
    only: that mail alone, where it is due.
    Raises SettingsError where nothing can be sent so (the desk shows it too), StoreError.
    """
    if not settings.mail_from:
        return Sent(problem="no mail is sent: the setting mail_from is empty")
    held = store.mails.problem()
    if held is not None and clock() < held.next_at:
        return Sent(problem=held.said)
    try:
        run = Run(store, settings, make, clock, jitter, for_s, stop or threading.Event(), is_probing=held is not None,
                  only=only)
    except SettingsError as error:
        store.mails.keep_problem(plain(str(error))[:LONGEST_SAID], clock(), wait=False)
        raise
    return _to_the_end(run)


def _to_the_end(run: Run) -> Sent:
    workers = [Worker(run) for _ in range(run.settings.mail_connections)]
    threads = [threading.Thread(target=_work, args=(run, one, one is workers[0]), daemon=True) for one in workers]
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(run, [one.name for one in workers], ended), daemon=True)
    try:
        for thread in (renewing, *threads):
            thread.start()
        for thread in threads:
            thread.join()
    finally:                      # Ctrl-C too: what is under way comes to its end
        run.halted.set()
        for thread in threads:
            thread.join()
        ended.set()
        renewing.join()
    if run.errors:
        raise run.errors[0]
    counts = run.counts
    return Sent(counts["sent"], counts["put off"], counts["refused"], counts["uncertain"], counts["withdrawn"], run.problem)


def _work(run: Run, worker: Worker, is_first: bool) -> None:
    """The first connection goes ahead alone, until the server has taken a mail from it: one that takes none is not stormed."""
    try:
        if not is_first:
            run.is_going.wait()
            if run.problem is not None:
                return
        worker.work()
    except BaseException as error:
        run.errors.append(error)
        run.halted.set()
    finally:
        if is_first:
            run.is_going.set()


def _renew(run: Run, workers: list[str], ended: threading.Event) -> None:
    store = run.store.beside()
    while not ended.wait(run.settings.mail_lease_s / 3):
        with contextlib.suppress(StoreError):         # the next one may come through; else the lease runs out, as it should
            store.mails.renew(workers, run.clock(), run.settings.mail_lease_s)
