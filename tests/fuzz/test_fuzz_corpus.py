"""Every input of fuzz/corpus, what readers are begun with and what once broke them, is read as it must be."""

from __future__ import annotations

import pytest

from fuzz.targets import CORPUS, TARGETS
from fuzz.trying import try_one


@pytest.mark.parametrize(("name", "file"), [
    pytest.param(name, file, id=f"{name}-{file.name}") for name, target in TARGETS.items() for file in target.seeds()])
def test_an_input_of_the_corpus_is_read_or_refused_in_time(name, file):
    try_one(TARGETS[name], file.read_bytes())


def test_each_reader_has_something_to_begin_with_and_nothing_lies_about():
    assert {name for name, target in TARGETS.items() if target.seeds()} == set(TARGETS) == {
        one.name for one in CORPUS.iterdir()}


def test_a_corpus_stays_small_enough_to_be_replayed():
    sizes = {file: file.stat().st_size for target in TARGETS.values() for file in target.seeds()}
    assert max(sizes.values()) <= 66_000
    assert sum(sizes.values()) < 2_000_000
