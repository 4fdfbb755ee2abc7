"""The queue of mails with real processes: a server, and a sender that is killed at moments drawn by chance."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from bench.mail_queue import Measured, measure

pytestmark = pytest.mark.slow
CONNECTIONS = 3


@pytest.mark.parametrize("seed", [1, 2])
def test_of_500_mails_and_three_kills_nobody_has_two_and_whoever_has_none_is_uncertain(tmp_path, seed):
    told = measure(tmp_path, mails=500, kills=3, seed=seed, connections=CONNECTIONS, lease_s=1.0)
    assert (told.twice, told.lost) == (0, 0)
    assert told.kills >= 1
    assert told.uncertain <= CONNECTIONS * told.kills
    assert told.is_right(CONNECTIONS)


def test_undisturbed_everybody_has_one(tmp_path):
    told = measure(tmp_path, mails=200)
    assert (told.twice, told.without, told.uncertain) == (0, 0, 0)


def test_the_measure_tells_when_it_goes_wrong():
    right = Measured(10, 0.1, 100.0, 0.1, 2, 0, 1, 4, 0)
    assert right.is_right(2)
    assert not right.is_right(1)          # more uncertain than hands that were full
    assert not Measured(10, 0.1, 100.0, 0.1, 2, 1, 1, 4, 0).is_right(2)
    assert not Measured(10, 0.1, 100.0, 0.1, 2, 0, 1, 4, 1).is_right(2)
