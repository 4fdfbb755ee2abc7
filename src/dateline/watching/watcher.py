"""The watcher: asks each feed when its time has come, and hands what it finds to the job that `dateline run` does.

    list -> feeds, each with its own rhythm -> Turn (one feed) -> Job: keep, extract, reconcile -> what was noted

One thread asks one feed at a time. Feeds that are due together make a round, which ends with what they told reconciled.
When something is asked follows from a monotonic clock alone; stamps come from the clock on the wall.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError, ExtractError, ReadError, StoreError
from dateline.job import Job, job_for
from dateline.logs import told
from dateline.read.apart import Apart
from dateline.read.fetch import Fetcher
from dateline.records.watching import WatchedFeed
from dateline.settings import Settings
from dateline.store import Store
from dateline.watching.apart import pool_for
from dateline.watching.clock import Clock, RealClock
from dateline.watching.entries import KEPT_FOR
from dateline.watching.lists import feeds_of, stamp_of_files
from dateline.watching.lock import sole_watcher_of
from dateline.watching.opml import Listed
from dateline.watching.pace import LONGEST_RETRY_AFTER_S, Asked, Bounds, left_s, next_pace, watched_since_s
from dateline.watching.shape import next_shape
from dateline.watching.telling import Operator
from dateline.watching.troubles import new_troubles, over, with_troubles
from dateline.watching.turn import Turn, host

if TYPE_CHECKING:
    from dateline.extract.pool import Inline

AT_ONCE = 16                      # feeds of one round: what the first of them told is reconciled no later than that
LISTS_EVERY_S = 60.0              # how often it is looked whether a list has changed
FIRST_SPREAD_S = 30.0             # over which feeds that were never asked are begun with
RECORD_RETRY_S = (5.0, 15.0, 60.0, 300.0)     # while the record cannot be written to; the last again and again

log = logging.getLogger("dateline.watch")


@dataclass
class Slot:
    """One feed in this process. due, asked: by the monotonic clock; asked None: not yet by this process."""

    listed: Listed
    due: float
    asked: float | None = None


@dataclass
class Watcher:
    """Made once a process. chance: from 0 to 1, anew each time. fetcher, extract_all: other ways to do these, for tests."""

    store: Store
    settings: Settings
    sources: Sequence[str]
    clock: Clock = field(default_factory=RealClock)
    stop: threading.Event = field(default_factory=threading.Event)
    chance: Callable[[], float] = random.random
    make_fetcher: Callable[..., Fetcher] = Fetcher
    extract_all: Any = None
    slots: dict[str, Slot] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)        # host -> until when it is left alone
    left: bool = True             # an earlier run, or a round that failed, may have kept what is not extracted yet
    job: Job | None = None
    fetcher: Fetcher | None = None
    pool: Inline | None = None    # where extraction runs; None: here
    apart: Apart | None = None    # where pages are parsed; None: here

    def watch(self, *, once: bool = False) -> None:
        """Watch until `stop` is set. once: ask those that are due now, each one time, and end.

        Raises ReadError for a list that cannot be read, StoreError where another watches into this record, or where the record
        cannot be written to at the start; later that is waited for.
        """
        with sole_watcher_of(self.store) as still_alone:
            self._take_list(feeds_of(self.sources, self._left_out), spread_s=0.0 if once else FIRST_SPREAD_S)
            self.fetcher = self.make_fetcher(self.settings, memory=self.store.fetch_memory(before=self._keep_arrived),
                                             sleep=self._pause)
            if self.extract_all is None:
                self.pool, self.apart = self.pool or pool_for(self.settings), self.apart or Apart(self.settings)
            operator = Operator(self.store, self.settings, self.clock)
            log.info("watching", extra=told(feeds=len(self.slots), record=self.store.name))
            try:
                if once:
                    self._take_up()
                    due = self._due()
                    for at in range(0, len(due), AT_ONCE):
                        self._round(due[at:at + AT_ONCE])
                    operator.tell()
                else:
                    self._go(operator, still_alone)
            finally:
                self.fetcher.close()
                for process in (self.pool, self.apart):
                    if process is not None:
                        process.close()
            log.info("stopped", extra=told(feeds=len(self.slots)))

    def _go(self, operator: Operator, still_alone: Callable[[], None]) -> None:
        failures = 0
        looked, stamp = self.clock.monotonic(), stamp_of_files(self.sources)
        while not self.stop.is_set():
            now = self.clock.monotonic()
            if now - looked >= LISTS_EVERY_S:
                looked, stamp = now, self._look_at_lists(stamp)
            due: list[str] = []
            try:
                still_alone()
                self._take_up()
                due = self._due()[:AT_ONCE]
                if due:
                    self._round(due)
                operator.tell()
                failures = 0
            except StoreError as error:       # the disk is full, the database is away: nothing that was kept is lost
                wait_s = RECORD_RETRY_S[min(failures, len(RECORD_RETRY_S) - 1)]
                failures, self.left = failures + 1, True
                log.error("the record cannot be written to", extra=told(problem=str(error), next_s=wait_s))
                self.clock.wait(wait_s, self.stop)
                continue
            if not due:
                next_due = min((slot.due for slot in self.slots.values()), default=now + LISTS_EVERY_S)
                self.clock.wait(max(0.0, min(next_due - self.clock.monotonic(), LISTS_EVERY_S)), self.stop)

    # The list

    def _take_list(self, feeds: dict[str, Listed], spread_s: float) -> None:
        """Begin with what is new on the list, and leave what is on it no more."""
        now, wall = self.clock.monotonic(), self.clock.now()
        held = {one.address: one for one in self.store.feeds.all()}
        kept: list[WatchedFeed] = []
        for address, listed in feeds.items():
            before = held.get(address)
            if address not in self.slots and before is not None and before.in_hand:
                before = self._after_death(before)
                kept.append(before)
            if before is None or not before.watched or before.folder != listed.folder:
                kept.append(replace(before or WatchedFeed(address, title=listed.title), watched=True, folder=listed.folder))
            if address not in self.slots:
                left = (self.chance() * spread_s if before is None or before.asked_at is None
                        else left_s(before.pace, (wall - before.asked_at).total_seconds()))
                self.slots[address] = Slot(listed, now + left)
        kept += [replace(one, watched=False) for one in held.values() if one.watched and one.address not in feeds]
        self.store.feeds.keep({one.address: one for one in kept}.values())
        self.slots = {address: slot for address, slot in self.slots.items() if address in feeds}

    def _after_death(self, feed: WatchedFeed) -> WatchedFeed:
        """A feed that the last watcher was reading when it died: of it, perhaps, so that it is left alone for a while."""
        log.warning("the last watcher ended while it read this feed", extra=told(feed=feed.address))
        return replace(feed, in_hand=False, asked_at=self.clock.now(), problem="the watcher ended while it read this feed",
                       pace=next_pace(feed.pace, Asked(failed=True), 0.0, self.chance(), self._bounds()))

    def _bounds(self) -> Bounds:
        return Bounds(60 * self.settings.watch_least_minutes, 60 * self.settings.watch_most_minutes)

    def _look_at_lists(self, before: tuple[tuple[int, int] | None, ...]) -> tuple[tuple[int, int] | None, ...]:
        """Take a list that has changed. One that cannot be read changes nothing: it may be being written."""
        stamp = stamp_of_files(self.sources)
        if stamp == before:
            return before
        try:
            self._take_list(feeds_of(self.sources, self._left_out), FIRST_SPREAD_S)
        except DatelineError as problem:
            log.error("the list of feeds is left as it was", extra=told(problem=str(problem)))
            return before
        log.info("the list of feeds has changed", extra=told(feeds=len(self.slots)))
        return stamp

    def _left_out(self, line: str) -> None:
        log.warning("left out of the list", extra=told(problem=line))

    # Rounds

    def _due(self) -> list[str]:
        """The feeds whose time has come and whose hosts may be asked, those that are due longest first."""
        now = self.clock.monotonic()
        self.held = {name: until for name, until in self.held.items() if until > now}
        for slot in self.slots.values():
            slot.due = max(slot.due, self.held.get(host(slot.listed.address), slot.due))
        return [address for address, slot in sorted(self.slots.items(), key=lambda one: one[1].due) if slot.due <= now]

    def _take_up(self) -> None:
        """Extract and reconcile what an earlier watcher or run kept and did not come to."""
        if not self.left:
            return
        self.job = self._new_job()
        self.job.take_up_what_is_left()
        self.job.finish()
        self.left = False

    def _round(self, addresses: Sequence[str]) -> None:
        self.job = self._new_job()
        for address in addresses:
            if self.stop.is_set():
                return                # what was read is kept; the next start extracts it
            self._turn(address, self.slots[address])
        if self.stop.is_set():
            return
        self.job.finish()
        summary = self.job.summary()
        if summary.changed_anything:
            log.info("read", extra=told(
                feeds=len(addresses), new=summary.new, copies=summary.copies, extracted=summary.extracted, failed=summary.failed,
                incidents_new=len(summary.incidents_new), incidents_changed=len(summary.incidents_changed)))

    def _turn(self, address: str, slot: Slot) -> None:
        assert self.job is not None
        assert self.fetcher is not None
        began, at = self.clock.monotonic(), self.clock.now()
        feed = self.store.feeds.get(address) or WatchedFeed(address, title=slot.listed.title, folder=slot.listed.folder)
        since_s = began - slot.asked if slot.asked is not None else (
            watched_since_s(feed.pace, (at - feed.asked_at).total_seconds()) if feed.asked_at else 0.0)
        turn = Turn(feed, self.store.feeds, at, gathered=slot.asked is None or feed.succeeded_at is None,
                    may_go_on=lambda: not self.stop.is_set(), is_held=self._is_held, hold=self._hold, apart=self.apart)
        new_before = self.job.counts["new"]
        self.store.feeds.keep([replace(feed, in_hand=True)])
        try:
            self.job.read = turn
            self.job.read_source(address, self.fetcher)
        except StoreError:
            raise
        except Exception as error:    # a parser met what nobody foresaw: this feed has failed, the others go on
            log.exception("a feed broke its reader", extra=told(feed=address))
            turn.problem = f"{type(error).__name__}: {error}"
            turn.asked = replace(turn.asked, failed=True)
            self.job.keep_arrived()
        if self.stop.is_set() and turn.asked.failed:
            self.store.feeds.keep([feed])      # it may have failed because of that
            return
        after = self._after(feed, turn, since_s, self.job.counts["new"] - new_before)
        self._note(turn, after)
        slot.asked, slot.due = began, self.clock.monotonic() + after.pace.wait_s
        self._tell(feed, after, turn)

    def _after(self, feed: WatchedFeed, turn: Turn, since_s: float, new_reports: int) -> WatchedFeed:
        """What is kept of the feed now."""
        shape = feed.shape
        for page in turn.seen:
            shape = next_shape(shape, page)
        failed = turn.asked.failed
        after = replace(
            feed, title=turn.title or feed.title, asked_at=turn.at, succeeded_at=feed.succeeded_at if failed else turn.at,
            news_at=turn.at if new_reports else feed.news_at, reports=feed.reports + new_reports,
            problem=turn.problem if failed else None, shape=shape,
            pace=next_pace(feed.pace, turn.asked, since_s, self.chance(), self._bounds()))
        return with_troubles(after, turn.at)

    def _note(self, turn: Turn, after: WatchedFeed) -> None:
        """Note what came of a turn; its reports are kept by now, so that nothing is noted that is not kept."""
        assert self.fetcher is not None
        with self.store.writing():
            self.store.feeds.keep([after])
            self.store.feeds.keep_entries({one.key: one for one in turn.entries}.values())
            if turn.listed is not None and turn.new:
                self.store.feeds.forget_entries(after.address, turn.at - KEPT_FOR, turn.listed)
        if turn.page is not None:
            self.fetcher.remember(turn.page)      # last: its server says "not changed" from now on

    def _tell(self, before: WatchedFeed, after: WatchedFeed, turn: Turn) -> None:
        for trouble in new_troubles(before, after):
            log.warning(f"trouble with a feed: {trouble.kind}", extra=told(feed=after.address, title=after.title, why=trouble.why,
                                                                        trouble=trouble.kind))
        for kind in over(before, after):
            log.info(f"over: {kind}", extra=told(feed=after.address, title=after.title, over=kind))
        level = logging.INFO if turn.new or turn.reports else logging.DEBUG
        log.log(level, "asked", extra=told(feed=after.address, entries=turn.new, reports=turn.reports,
                                           failures=after.pace.failures, next_s=round(after.pace.wait_s)))

    # What the turns ask of the watcher

    def _new_job(self) -> Job:
        job = job_for(self.store, replace(self.settings, jobs=1), on_problem=self._problem, extract_all=self.extract_all)
        if self.pool is not None:
            job.batches = self.pool
        return job

    def _problem(self, error: DatelineError) -> None:
        if isinstance(error, ReadError):
            log.warning("left out", extra=told(url=error.source, problem=error.what, where=error.where))
        elif isinstance(error, ExtractError):
            log.error("not extracted", extra=told(report=error.report, url=error.source, problem=error.what))
        else:
            log.error("a problem", extra=told(problem=str(error)))

    def _keep_arrived(self) -> None:
        if self.job is not None:
            self.job.keep_arrived()

    def _pause(self, seconds: float) -> None:
        self.stop.wait(seconds)

    def _is_held(self, name: str) -> bool:
        return self.held.get(name, 0.0) > self.clock.monotonic()

    def _hold(self, name: str, seconds: float) -> None:
        self.held[name] = max(self.held.get(name, 0.0), self.clock.monotonic() + min(seconds, LONGEST_RETRY_AFTER_S))
