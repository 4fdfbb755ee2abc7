from __future__ import annotations

import shutil

import pytest

from dateline.store import Store, open_record
from mailing.made import Accounts


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory):
    """Made once: its tables take a second."""
    path = tmp_path_factory.mktemp("empty") / "d.db"
    open_record(path).close()
    return path


@pytest.fixture
def store(empty_record, tmp_path):
    shutil.copy(empty_record, tmp_path / "d.db")
    with open_record(tmp_path / "d.db") as opened:
        yield opened


@pytest.fixture
def accounts(monkeypatch):
    """What store.subscribers was told of bounces and of mails that were taken."""
    held = Accounts()
    monkeypatch.setattr(Store, "subscribers", property(lambda _: held))
    return held
