"""One made archive, and the tables that an undisturbed job makes of it, for all tests of the archive job."""

from __future__ import annotations

import pytest
from made_backfill import backfilled, made_archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "archive"
    made_archive(folder)
    return folder


@pytest.fixture(scope="session")
def undisturbed(archive, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    backfilled(archive, out)
    return out
