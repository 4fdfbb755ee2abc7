"""Errors go from one process to another as they are."""

from __future__ import annotations

import pickle

import pytest

from dateline import errors
from dateline.errors import CursorError, DatelineError, DeadlyReport, ExtractError, ReadError, StoreError


@pytest.mark.parametrize("error", [
    ReadError("feed.xml", "is broken", where="entry 3", todo="copy it again"),
    ExtractError("R1", "a.txt", "KeyError: 'x'"), DeadlyReport("R1", "a.txt", "it died", todo="leave it out"),
    StoreError("d.db: the disk is full"), CursorError("zzz"),
], ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_in_another_process(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_no_error_has_a_way_of_its_own():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DatelineError)]
    assert len(kinds) > 10
    assert all(kind.__reduce__ is DatelineError.__reduce__ for kind in kinds)
