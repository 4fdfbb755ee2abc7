"""Telling the operator what is wrong with feeds: one mail for all that came up, an hour apart at least."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dateline.logs import told
from dateline.publish.brief.letters import Letter, letter_parts
from dateline.publish.safe import plain
from dateline.records.mailing import NewMail
from dateline.records.watching import WatchedFeed
from dateline.settings import Settings
from dateline.store import Store
from dateline.watching.clock import Clock

EVERY_S = 3600.0                  # between two mails: when the network goes, all feeds go
GATHERS_S = 60.0                  # before the first, for what comes up together
MOST_TOLD = 30                    # feeds in one mail; the rest is counted

log = logging.getLogger("dateline.watch")


class Operator:
    """Whoever keeps the watcher going, as the setting `operator` names them. Without it, and without mail_from, none is told."""

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._next = clock.monotonic() + GATHERS_S

    def tell(self) -> bool:
        """Queue a mail of what was not told yet, where it is time for one; whether there was anything."""
        if not (self._settings.operator and self._settings.mail_from) or self._clock.monotonic() < self._next:
            return False
        self._next = self._clock.monotonic() + GATHERS_S
        untold = [one for one in self._store.feeds.all(watched=True) if any(not trouble.told for trouble in one.troubles)]
        if not untold:
            return False
        at = self._clock.now()
        with self._store.writing():
            self._store.mails.queue([mail_of(untold, self._settings, at)], at)
            self._store.feeds.keep(replace(one, troubles=tuple(replace(trouble, told=True) for trouble in one.troubles))
                                   for one in untold)
        self._next = self._clock.monotonic() + EVERY_S
        log.info("the operator is told", extra=told(feeds=len(untold)))
        return True


def mail_of(feeds: Sequence[WatchedFeed], settings: Settings, at: datetime) -> NewMail:
    """The mail that tells what is wrong with `feeds` and was not told yet. Pure."""
    lines = [f"{plain(feed.title or feed.address)}: {trouble.kind}. {trouble.why}. {feed.address}"
             for feed in feeds for trouble in feed.troubles if not trouble.told]
    rest = len(lines) - MOST_TOLD
    many = len(feeds)
    letter = Letter(
        subject=f"dateline watch: {many:,} feed{'s' if many != 1 else ''} to look at",
        paragraphs=(*lines[:MOST_TOLD], *([f"And {rest:,} more; dateline sources feeds lists them."] if rest > 0 else [])),
        footer=("You get this as the operator of dateline watch. dateline sources feeds shows how each feed fares.",))
    return NewMail(f"watch:{at:%Y-%m-%dT%H:%M:%S}", "notice", settings.operator, at, parts=letter_parts(letter))
