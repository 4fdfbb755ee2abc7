"""Stages of a bench of hours: what is done is not done again, and what was broken off is."""

from __future__ import annotations

import pytest

from bench.stages import stages_in


def test_a_stage_that_is_done_is_not_done_again(tmp_path):
    with stages_in(tmp_path / "kept") as stages:
        assert stages.once("first", lambda: [1.5, 2]) == [1.5, 2]
    with stages_in(tmp_path / "kept") as stages:
        assert stages.once("first", lambda: pytest.fail("done twice")) == [1.5, 2]


def test_a_stage_that_was_broken_off_is_done_again_and_those_before_it_are_not(tmp_path):
    def broken():
        raise KeyboardInterrupt

    with stages_in(tmp_path) as stages:
        stages.once("first", lambda: 1)
        stages.note("second.so_far", 3)
        with pytest.raises(KeyboardInterrupt):
            stages.once("second", broken)
    with stages_in(tmp_path) as stages:
        assert stages.once("first", lambda: 9) == 1
        assert stages.done["second.so_far"] == 3
        assert stages.once("second", lambda: 2) == 2


def test_without_a_folder_nothing_is_left():
    with stages_in(None) as stages:
        stages.once("first", lambda: 1)
    assert not stages.folder.exists()
