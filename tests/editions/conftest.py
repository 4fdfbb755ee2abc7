"""A record with one edition; briefings that a test makes itself in place of those composed of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dateline.editions import issuing
from dateline.store import open_record
from made_issues import a_briefing, an_edition, an_item

MADE = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "held.db"
    with open_record(path) as store:
        store.editions.keep(an_edition(), MADE)
    return path


@pytest.fixture
def store(path):
    with open_record(path) as store:
        yield store


@pytest.fixture
def composed(monkeypatch):
    """What is composed from now on: `items` of every briefing, `read`: the windows for which the record was read."""
    made = SimpleNamespace(items=(an_item(1), an_item(2)), read=[], approved_only=[])

    def gathered(store, window, settings):
        made.read.append(window)
        return window

    def briefing_of(window, edition, frequency):
        made.approved_only.append(edition.by_itself)
        if isinstance(made.items, Exception):
            raise made.items
        return replace(a_briefing(*made.items), frequency=frequency, window=window, coverage=edition.coverage)

    monkeypatch.setattr(issuing, "gathered", gathered)
    monkeypatch.setattr(issuing, "briefing_of", briefing_of)
    return made
