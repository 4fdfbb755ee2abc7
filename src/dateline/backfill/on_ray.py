"""The engine of many machines: Ray actors, each with the models loaded once and a process for each file, as on one machine.

Plain actors and calls, no pools and no pipelines of Ray's. An actor asks for less than a whole CPU: with one each, actors that
fill a cluster leave nothing to start anything else with, and all wait for ever (ray-project/ray#44687). Nothing here waits
without an end: a dead actor can be silent (ray-project/ray#62746), so a file whose actor is not heard of for longer than a file
may take is read anew.
The machines must see the sources and the folder of the tables under the same paths.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dateline.backfill.local import NURSERY, LocalEngine
from dateline.backfill.outcome import Event, Interrupted, Limits, Order, Progress
from dateline.errors import BackfillError
from dateline.settings import Settings

CPUS_EACH = 0.9
OBJECT_STORE = 100 * 1024 * 1024  # bytes, of a cluster that we start: nothing large goes through it
ASK_EVERY_S = 5.0                 # how far a file is
GRACE_S = 300.0                   # beyond the longest time for a file, until its actor is given up


class FileReader:
    """Lives in an actor: reads one file at a time, and says meanwhile how far it is."""

    def __init__(self, limits: Limits, environ: Mapping[str, str], command: Sequence[str]) -> None:
        os.environ.update(environ)
        self._engine = LocalEngine(1, limits, command)
        self._so_far: Progress | None = None

    def read(self, order: Order) -> Event:
        self._so_far = None
        self._engine.begin(order)
        while True:
            for event in self._engine.poll(1.0):
                if not isinstance(event, Progress):
                    return event
                self._so_far = event

    def so_far(self) -> Progress | None:
        return self._so_far

    def pid(self) -> int:
        return os.getpid()


@dataclass
class _Running:
    actor: Any
    order: Order
    until: float                  # time.monotonic() at which its actor is given up


class RayEngine:
    """jobs: files at a time, 0 for as many as the cluster has CPUs. address: of a cluster; None: RAY_ADDRESS, else one is started
    here. command: as of a LocalEngine."""

    def __init__(self, jobs: int, limits: Limits, address: str | None = None, command: Sequence[str] = NURSERY) -> None:
        self._ray = _library()
        self._limits, self._command = limits, command
        address = address or os.environ.get("RAY_ADDRESS") or None
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_worker_niceness", "0")     # Ray's own is 15: beside anything else it would starve
        ours = {} if address else {"num_cpus": jobs or os.cpu_count() or 1, "object_store_memory": OBJECT_STORE}
        try:
            self._ray.init(address=address or "local", include_dashboard=None if address else False, log_to_driver=False,
                           configure_logging=False, **ours)
        except Exception as error:        # Ray has no kind of its own for this
            raise BackfillError(f"Ray: {' '.join(str(error).split())[:300]}; check the cluster, then run the same command again"
                                ) from None
        jobs = jobs or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        self._class = self._ray.remote(num_cpus=CPUS_EACH, max_restarts=0, max_task_retries=0, max_concurrency=2)(FileReader)
        self._environ = environment_of(os.environ)
        self._idle = [self._actor() for _ in range(jobs)]
        self._running: dict[Any, _Running] = {}           # by the reference to what read() will answer
        self._asked: dict[Any, str] = {}                  # reference to what so_far() will answer -> key
        self._asked_at = 0.0

    @property
    def free(self) -> int:
        return len(self._idle)

    def begin(self, order: Order) -> None:
        actor = self._idle.pop()
        until = time.monotonic() + self._limits.whole_s + GRACE_S
        self._running[actor.read.remote(order)] = _Running(actor, order, until)

    def poll(self, timeout_s: float) -> list[Event]:
        self._ask_how_far()
        references = [*self._running, *self._asked]
        if not references:
            return []
        self._ray.wait(references, num_returns=1, timeout=timeout_s)
        ready, _ = self._ray.wait(references, num_returns=len(references), timeout=0)
        events = [event for reference in ready if (event := self._answer(reference)) is not None]
        return events + self._given_up()

    def close(self) -> None:
        self._running, self._asked, self._idle = {}, {}, []
        self._ray.shutdown()              # its actors end with this driver

    def _actor(self) -> Any:
        return self._class.remote(self._limits, self._environ, tuple(self._command))

    def _answer(self, reference: Any) -> Event | None:
        errors = self._ray.exceptions
        if reference in self._asked:
            del self._asked[reference]
            try:
                told: Progress | None = self._ray.get(reference, timeout=1)
            except errors.RayError:
                return None
            return told
        running = self._running.pop(reference)
        try:
            event: Event = self._ray.get(reference, timeout=30)
        except errors.RayTaskError as error:
            raise BackfillError(f"a Ray worker cannot read files: {error.cause or error}") from None
        except (errors.RayError, errors.GetTimeoutError) as error:
            self._replace(running.actor)
            return Interrupted(running.order.unit.key, f"its Ray worker died ({type(error).__name__})")
        self._idle.append(running.actor)
        return event

    def _given_up(self) -> list[Event]:
        late = [reference for reference, one in self._running.items() if time.monotonic() > one.until]
        events: list[Event] = []
        for reference in late:
            running = self._running.pop(reference)
            self._replace(running.actor)
            events.append(Interrupted(running.order.unit.key, "its Ray worker has not been heard of"))
        return events

    def _replace(self, actor: Any) -> None:
        """A new actor for one that died or is silent: what an actor that Ray itself restarts has kept is never certain."""
        self._ray.kill(actor, no_restart=True)
        self._idle.append(self._actor())

    def _ask_how_far(self) -> None:
        if time.monotonic() - self._asked_at > ASK_EVERY_S and not self._asked:
            self._asked_at = time.monotonic()
            self._asked = {one.actor.so_far.remote(): one.order.unit.key for one in self._running.values()}


def environment_of(environ: Mapping[str, str]) -> dict[str, str]:
    """What of this program's environment reading a file depends on; secrets stay here, but for the key of a model's server."""
    secret = {f"DATELINE_{one.name.upper()}" for one in fields(Settings) if one.metadata["secret"]} - {"DATELINE_LLM_KEY"}
    return {name: value for name, value in environ.items() if name.startswith("DATELINE_") and name not in secret}


def _library() -> Any:
    try:
        import ray
    except ImportError:
        raise BackfillError("ray is not installed; pip install 'dateline[ray]', or --engine local") from None
    return ray
