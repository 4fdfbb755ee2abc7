"""Time for the watcher: one clock that only goes forward, for when; another for stamps that people read."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def monotonic(self) -> float:
        """Seconds since some moment; it never goes back, whatever is done to the clock on the wall."""

    def now(self) -> datetime:
        """What the clock on the wall shows, in UTC."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Until so many seconds have passed, or `stop` is set."""


class RealClock:
    """This machine's."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds)


class FastClock:
    """A clock that runs `speed` times as fast as this machine's from `start` on: for tests and the soak."""

    def __init__(self, speed: float, start: datetime) -> None:
        self._speed, self._start, self._began = speed, start, time.monotonic()

    def monotonic(self) -> float:
        return (time.monotonic() - self._began) * self._speed

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def wait(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds / self._speed)
