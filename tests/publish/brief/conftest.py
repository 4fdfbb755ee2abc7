"""The record that `make demo` makes, once for the tests of the briefing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.extract.register import load_register
from dateline.publish.brief.gathering import Context
from dateline.reconcile.views import View
from dateline.store import Store, open_record
from whole_job import dateline

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brief") / "demo.db"
    answer = dateline("run", ROOT / "demo/reports", "--record", path, "--offline")
    assert answer.code == 0, answer.err
    return path


@pytest.fixture
def demo(demo_path: Path) -> Iterator[Store]:
    with open_record(demo_path) as store:
        yield store


@pytest.fixture(scope="session")
def context() -> Context:
    return Context(load_register(None), View(), ("political", "unknown"), 14)
