"""A run with real extraction that is killed, or runs beside another, leaves what an undisturbed run leaves."""

from __future__ import annotations

import json
import random
import re
import sys
import time
from pathlib import Path

import pytest

from whole_job import dateline, dateline_process, incidents

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.made_reports import make_reports

KILLS = 10
REPORTS = 60
SHARES = [random.Random(26).uniform(n, n + 1) / KILLS for n in range(KILLS)]      # one in each tenth of the run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    return make_reports(tmp_path_factory.mktemp("made") / "reports", REPORTS, 7, quiet=False).folder


@pytest.fixture(scope="module")
def undisturbed(reports, tmp_path_factory):
    """What an undisturbed run holds, and how long it took in a process of its own, in seconds."""
    record = tmp_path_factory.mktemp("undisturbed") / "d.db"
    begun = time.monotonic()
    process = dateline_process("run", reports, "--record", record)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    held = incidents(record)
    assert len(held) > REPORTS
    return held, time.monotonic() - begun


def killed_after(seconds: float, *arguments: object) -> bool:
    """Whether the program was still at work when it was killed."""
    process = dateline_process(*arguments)
    time.sleep(seconds)
    was_at_work = process.poll() is None
    process.kill()
    process.communicate()
    return was_at_work


@pytest.mark.parametrize("share", SHARES, ids=[f"killed-after-{share:.0%}" for share in SHARES])
def test_the_same_command_finishes_what_a_kill_left(reports, undisturbed, tmp_path, share):
    held, took = undisturbed
    command = ["run", reports, "--record", tmp_path / "d.db"]
    killed_after(share * took, *command)
    assert dateline(*command).code == 0
    assert incidents(tmp_path / "d.db") == held
    assert "nothing has changed" in dateline(*command).err


def test_a_run_that_is_killed_again_and_again_comes_to_the_same_end(reports, undisturbed, tmp_path):
    held, took = undisturbed
    command = ["run", reports, "--record", tmp_path / "d.db"]
    dice = random.Random(10)
    at_work = sum(killed_after(dice.uniform(0.2, 0.5) * took, *command) for _ in range(KILLS))
    assert at_work >= KILLS // 2
    assert dateline(*command).code == 0
    assert incidents(tmp_path / "d.db") == held


def unnumbered(held):
    """The incidents as texts without numbers and history: two runs that take turns at reconciling number them in another
    order, and one may make an incident that the other then adds to.
    """
    without_history = ({name: value for name, value in incident.items() if name != "history"} for incident in held)
    return sorted(re.sub(r"DTL-[0-9]+", "DTL", json.dumps(incident, sort_keys=True)) for incident in without_history)


def test_two_runs_at_once_hold_what_one_holds(reports, undisturbed, tmp_path):
    held, _ = undisturbed
    both = [dateline_process("run", reports, "--record", tmp_path / "d.db") for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=200)
        assert process.returncode == 0, err
    assert unnumbered(incidents(tmp_path / "d.db")) == unnumbered(held)
