"""The archive job on a local Ray cluster of two workers: the same tables as in one process, whatever is killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from made_backfill import HereEngine, backfilled, made_archive, tables_in

from dateline.backfill.job import backfill
from dateline.backfill.on_ray import RayEngine, environment_of
from dateline.backfill.outcome import Event, Interrupted, Limits, Order, Progress
from dateline.backfill.units import Unit, units_of
from dateline.settings import Settings

POISONED = (str(Path(__file__).parent / "poisoned_nursery.py"),)
LIMITS = Limits(300, 240.0, 600.0)


def test_secrets_stay_where_they_are():
    seen = environment_of({"DATELINE_SMTP_PASSWORD": "secret", "DATELINE_GROUPS_FILE": "groups.toml", "HOME": "/home/someone"})
    assert seen == {"DATELINE_GROUPS_FILE": "groups.toml"}


@pytest.fixture
def engine():
    pytest.importorskip("ray", reason="ray is not installed: make .venv/.ray")
    started = RayEngine(2, LIMITS, "local", POISONED)
    yield started
    started.close()


@pytest.mark.slow
def test_ray_gives_the_tables_that_one_process_gives(tmp_path, engine):
    made_archive(tmp_path / "archive")
    backfilled(tmp_path / "archive", tmp_path / "here", HereEngine())
    problems = []
    backfill([str(tmp_path / "archive")], tmp_path / "there", Settings(), engine, on_problem=problems.append)
    assert problems == []
    assert tables_in(tmp_path / "there") == tables_in(tmp_path / "here")


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing_but_its_attempt(tmp_path, engine):
    hanging = tmp_path / "hang.warc.gz"
    made_archive(tmp_path / "archive", 6, 1)[0].rename(hanging)
    [unit] = units_of([str(hanging)])
    assert isinstance(unit, Unit)
    (tmp_path / "attempt").mkdir()
    pids = [engine._ray.get(actor.pid.remote()) for actor in engine._idle]
    engine.begin(Order(unit, str(tmp_path / "attempt"), {}))
    _until(engine, Progress)
    [busy] = [one.actor for one in engine._running.values()]
    os.kill(engine._ray.get(busy.pid.remote()), signal.SIGKILL)
    assert isinstance(_until(engine, Interrupted), Interrupted)
    assert engine.free == 2
    assert len({*pids, *(engine._ray.get(actor.pid.remote()) for actor in engine._idle)}) == 3


def _until(engine: RayEngine, kind: type[Event]) -> Event:
    until = time.monotonic() + 250
    while time.monotonic() < until:
        for event in engine.poll(1.0):
            if isinstance(event, kind):
                return event
    raise AssertionError(f"no {kind.__name__}")
