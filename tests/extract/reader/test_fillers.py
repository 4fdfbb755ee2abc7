"""Scores of spans -> fillers: each once, with every place that names it."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.extract.reader.fillers import fillers_of
from dateline.extract.reader.rows import Row
from dateline.extract.reader.session import Read

ROLES = ("person", "weapon")
TEXT = "Armed men shot Ana Orr. The men fled with a rifle; the men had a rifle."


def read(scores: dict[str, tuple[float, float]]) -> tuple[list[Row], list[Read]]:
    """A row whose spans are these words of TEXT, at each place where they stand."""
    import re

    found = [(m.start(), m.end(), score) for words, score in scores.items() for m in re.finditer(rf"\b{words}\b", TEXT)]
    starts, ends = (np.array([one[k] for one in found]) for k in (0, 1))
    none = np.zeros(len(found), dtype=np.int64)
    row = Row(none, none, none, none, starts, ends, (starts > 23).astype(np.int64), np.zeros((2, 2), dtype=np.int64), (0, 1))
    values = np.array([one[2] for one in found], dtype=np.float32)
    return [row], [Read(values, np.zeros((len(found), 4), dtype=np.float32), np.zeros((2, 1)), np.zeros(2))]


def told(scores: dict[str, tuple[float, float]], **least: float) -> list[tuple[str, str, int]]:
    rows, reads = read(scores)
    return [(one.role, one.text, len(one.mentions)) for one in fillers_of(TEXT, rows, reads, ROLES, least or {"person": 0.5})]


def test_words_below_the_threshold_fill_nothing():
    assert told({"Armed men": (0.4, 0.0)}) == []


def test_a_threshold_is_a_roles_own():
    assert told({"Armed men": (0.4, 0.0), "rifle": (0.0, 0.4)}, person=0.5, weapon=0.3) == [("weapon", "rifle", 2)]


def test_a_better_span_takes_the_place_of_those_that_overlap_it():
    assert told({"Armed men": (0.9, 0.0), "men shot Ana": (0.8, 0.0)}) == [("person", "Armed men", 1)]


def test_a_part_of_a_name_names_the_same():
    """ "The men" after "armed men" are no second attackers."""
    assert told({"Armed men": (0.9, 0.0), "men": (0.6, 0.0)}) == [("person", "Armed men", 3)]


def test_the_best_mention_comes_first():
    rows, reads = read({"Armed men": (0.6, 0.0), "men": (0.9, 0.0)})
    [filler] = fillers_of(TEXT, rows, reads, ROLES, {"person": 0.5})
    assert (filler.text, filler.score) == ("men", pytest.approx(0.9))


def test_nothing_read_gives_nothing():
    assert fillers_of("", [], [], ROLES, {"person": 0.5}) == []
