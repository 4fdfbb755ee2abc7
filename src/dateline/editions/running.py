"""What goes by itself: issues whose hour has come, alerts, mails, calls of webhooks, addresses that nobody confirmed.

`tick` does one round of all of it. `Running` makes rounds twice a minute beside the desk of `dateline serve`. Several of them may
work on one record: an issue is one row, and mails and calls are leased.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from dateline.editions.issuing import draft_due
from dateline.editions.mails import maker_of
from dateline.editions.schedule import Due, due, is_ahead
from dateline.publish.safe import plain
from dateline.settings import Settings
from dateline.store import Store, open_record

if TYPE_CHECKING:
    from dateline.records.mailing import Issue

EVERY_S = 30.0
LONGEST_STOP_S = 30.0             # in which mails that are in hand are settled
LONGEST_PROBLEM = 500             # characters

log = logging.getLogger("dateline.editions")
Clock = Callable[[], datetime]


class Step(NamedTuple):
    """One thing of a round; what it could not do does not keep the others from being done."""

    name: str
    do: Callable[[Store, Settings, Clock, threading.Event], None]       # the event: set when it should come to its end


def issue_due(store: Store, settings: Settings, at: datetime) -> list[Issue]:
    """Draft the issues that are due, and issue those of editions that go out by themselves. What could not be made is kept with
    its edition, logged, and tried again later."""
    editions, standings = store.editions.all(), store.editions.standings()
    for (slug, frequency), standing in standings.items():
        if is_ahead(standing, at):
            log.warning("%s, %s: its last issue was made at %s, which is still to come: none is made until then; set the clock",
                        slug, frequency, standing.kept_until)

    def failed(one: Due, error: Exception) -> None:
        problem = _problem(error)
        log.error("%s, %s of %s: %s; it is tried again", one.edition.slug, one.frequency, one.window.last, problem)
        store.editions.keep_failure(one.edition.slug, one.frequency, at, problem)

    made = list(draft_due(store, due(editions, standings, at), settings, at=at, failed=failed))
    for issue in made:
        log.info("%s: %s is %s", issue.edition, issue.name, issue.state)
    return made


def _issues(store: Store, settings: Settings, clock: Clock, stop: threading.Event) -> None:
    issue_due(store, settings, clock())


def _alerts(store: Store, settings: Settings, clock: Clock, stop: threading.Event) -> None:
    from dateline.alerts.telling import tell_changes

    tell_changes(store, settings, clock())


def _mails(store: Store, settings: Settings, clock: Clock, stop: threading.Event) -> None:
    from dateline.mailing.sender import send_due

    if settings.mail_from:
        send_due(store, settings, maker_of(store, settings), clock=clock, stop=stop)


def _calls(store: Store, settings: Settings, clock: Clock, stop: threading.Event) -> None:
    from dateline.alerts.calls import call_due

    call_due(store, settings, clock())


def _unconfirmed(store: Store, settings: Settings, clock: Clock, stop: threading.Event) -> None:
    from dateline.subscribing.leaving import delete_unconfirmed

    delete_unconfirmed(store, settings, clock())


# Each lane has a thread: a mail server that takes its time, or a webhook that does not answer, holds up no alert and no issue.
LANES: tuple[tuple[Step, ...], ...] = (
    (Step("alerts", _alerts), Step("issues", _issues), Step("unconfirmed addresses", _unconfirmed)),
    (Step("mails", _mails),),
    (Step("calls of webhooks", _calls),),
)


def tick(store: Store, settings: Settings, at: datetime, *, lanes: Sequence[Sequence[Step]] = LANES) -> tuple[str, ...]:
    """One round of everything, one after another. Returns a line for each step that could not be done; they are logged too."""
    clock, stop = _clock_from(at), threading.Event()
    done = [_tried(step, store, settings, clock, stop) for lane in lanes for step in lane]
    return tuple(problem for problem in done if problem is not None)


class Running:
    """Makes rounds until it is stopped. It has the record open for itself, made by `start` where it is not there.

    every_s: from the end of one round to the beginning of the next. clock: as every step reads it.
    """

    def __init__(self, settings: Settings, *, every_s: float = EVERY_S, clock: Clock = lambda: datetime.now(UTC),
                 lanes: Sequence[Sequence[Step]] = LANES) -> None:
        self._settings, self._every_s, self._clock, self._lanes = settings, every_s, clock, lanes
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._store: Store | None = None

    def start(self) -> None:
        self._store = open_record(self._settings.record)
        for lane in self._lanes:
            thread = threading.Thread(target=self._go, args=(lane, self._store.beside()), name=f"dateline {lane[0].name}",
                                      daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Begin no further round, and wait for those that have begun, for a while. What a round leaves undone the next server
        takes up; a mail that was handed over and not answered yet becomes uncertain."""
        self._stopped.set()
        until = monotonic() + LONGEST_STOP_S
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        if self._store is not None and not any(thread.is_alive() for thread in self._threads):
            self._store.close()

    def _go(self, lane: Sequence[Step], store: Store) -> None:
        while not self._stopped.is_set():
            for step in lane:
                _tried(step, store, self._settings, self._clock, self._stopped)
            self._stopped.wait(self._every_s)


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """Rounds are made while this lasts, unless the settings say that none are."""
    if not settings.brief_by_schedule:
        yield
        return
    rounds = Running(settings)
    rounds.start()
    try:
        yield
    finally:
        rounds.stop()


def _tried(step: Step, store: Store, settings: Settings, clock: Clock, stop: threading.Event) -> str | None:
    try:
        step.do(store, settings, clock, stop)
    except Exception as error:    # whatever it is, the other steps are done, and this one is tried again
        problem = f"{step.name}: {_problem(error)}"
        log.error("%s; it is tried again", problem)
        return problem
    return None


def _problem(error: Exception) -> str:
    return f"{type(error).__name__}: {plain(str(error))}"[:LONGEST_PROBLEM]


def _clock_from(at: datetime) -> Clock:
    """A clock that shows `at` now and goes on from there."""
    started = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - started)
