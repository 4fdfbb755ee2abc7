from __future__ import annotations

import pytest

from dateline.records.kinds import KINDS, event_type_of, highest, rank_of


def test_there_are_the_25_sub_event_types():
    assert len(KINDS) == 25
    assert sorted(kind.rank for kind in KINDS.values()) == list(range(1, 26))
    assert all(kind.sub_event_type.lower() == name for name, kind in KINDS.items())


@pytest.mark.parametrize(("kinds", "expected"), [
    pytest.param(["abduction/forced disappearance", "attack"], "attack", id="abducted, then killed"),
    pytest.param(["air/drone strike", "armed clash"], "armed clash", id="an air strike in support of a battle"),
    pytest.param(["looting/property destruction", "attack"], "attack", id="villagers killed, houses burned"),
    pytest.param(["something new", "other"], "other", id="a kind that is none of theirs comes last"),
])
def test_the_higher_kind_wins(kinds, expected):
    assert highest(kinds) == expected


def test_event_types_are_derived():
    assert event_type_of("suicide bomb") == "Explosions/Remote violence"
    assert event_type_of("something new") is None
    assert rank_of("government regains territory") == 1
