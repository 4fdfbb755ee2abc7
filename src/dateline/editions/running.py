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
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from dateline.editions.issuing import draft_due
from dateline.editions.mails import maker_of
from dateline.editions.schedule import Due, due, is_ahead
from dateline.errors import DatelineError
from dateline.publish.safe import plain
from dateline.settings import Settings
from dateline.store import Store, open_record

if TYPE_CHECKING:
    from dateline.records.briefing import Frequency
    from dateline.records.mailing import Edition, Issue

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
    standings = store.editions.standings()
    for (slug, frequency), standing in standings.items():
        if is_ahead(standing, at):
            _warn_of_clock(slug, frequency, standing.kept_until)

    def failed(edition: Edition, frequency: Frequency, error: Exception) -> None:
        problem = _problem(error)
        log.error("%s, %s: %s; it is tried again", edition.slug, frequency, problem)
        store.editions.keep_failure(edition.slug, frequency, at, problem)

    found: list[Due] = []
    for one in store.editions.all():
        try:
            found += due([one], standings, at)
        except Exception as error:        # of its zone, which this machine may not know: the other editions come out
            for name in one.frequencies:
                failed(one, name, error)
    made = list(draft_due(store, found, settings, at=at, failed=lambda one, error: failed(one.edition, one.frequency, error)))
    for issue in made:
        log.info("%s: %s is %s", issue.edition, issue.name, issue.state)
    return made


@lru_cache(maxsize=1_000)
def _warn_of_clock(slug: str, frequency: Frequency, kept_until: datetime | None) -> None:
    """Once while this program runs, not at every round."""
    log.warning("%s, %s: its last issue was made at %s, which is still to come: none is made until then; set the clock",
                slug, frequency, kept_until)


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
            for step in lane if _is_used(store, self._settings) else ():
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


def _is_used(store: Store, settings: Settings) -> bool:
    """Whether there is anything that could go by itself. Most records have no briefing, and some cannot be written to."""
    try:
        return bool(settings.mail_from or store.editions.all() or store.watches.all())
    except DatelineError as error:
        log.error("%s; it is tried again", _problem(error))
        return False


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
