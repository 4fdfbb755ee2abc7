"""Fuzzing itself: what it tries, what it finds, and what its command says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dateline.records import Span
from fuzz import __main__ as command
from fuzz.holds import Broken, holds, spans_hold
from fuzz.running import Finding, Fuzzed, fuzz
from fuzz.swelling import changed
from fuzz.targets import TARGETS, Target
from fuzz.trying import TooSlow, try_one, where_of

MISTAKES = ("ZeroDivisionError", "TooSlow", "it crashed")


def test_changes_are_the_same_for_the_same_dice_and_within_bounds():
    def some(seed):
        return [changed(b"one line\nand another\n", 500, (b"TOKEN",), random.Random(seed + n)) for n in range(200)]

    assert some(1) == some(1) != some(2)
    assert max(map(len, some(1))) == 500
    assert any(b"TOKENTOKEN" in one for one in some(1))


def test_an_input_that_takes_long_twice_is_a_mistake_and_once_is_not():
    waits = iter([3 * 10**6, 0])
    try_one(Target("a", lambda raw: sum(range(next(waits))) and None, base_s=0.02, kb_s=0.0), b"")
    with pytest.raises(TooSlow, match="which may take"):
        try_one(Target("a", lambda raw: sum(range(3 * 10**6)) and None, base_s=0.02, kb_s=0.0), b"")


def test_a_mistake_is_told_by_where_it_came_from():
    def first(raw):
        raise KeyError(raw)

    told = []
    for read, raw in ((first, b"1"), (first, b"2"), (lambda raw: first(raw), b"1")):
        with pytest.raises(KeyError) as raised:
            try_one(Target("a", read), raw)
        told.append(where_of(raised.value))
    assert told[0] == told[1] != told[2]


def test_a_span_that_does_not_stand_in_the_text_is_a_mistake():
    spans_hold((Span(0, 5, "Arden"),), "Arden Post")
    with pytest.raises(Broken):
        spans_hold((Span(1, 5, "Arde"),), "Arden Post")
    with pytest.raises(Broken):
        holds(False, "so")


def test_the_command_says_what_was_found_and_ends_so(monkeypatch, capsys):
    answers = {"opml": Fuzzed(10, 5, 1.0, (), True), "json": Fuzzed(10, 5, 1.0, (Finding(Path("found-a"), "KeyError: a"),), True),
               "page": Fuzzed(0, 0, 1.0, (), False)}
    monkeypatch.setattr(command, "fuzz", lambda target, **given: answers[target.name])
    assert [command.main([name]) for name in answers] == [0, 1, 1]
    said = capsys.readouterr().out
    assert "sound" in said
    assert "found-a: KeyError: a" in said
    assert "NOT RUN TO ITS END" in said
    assert [command.main(given) for given in ([], ["--all", "opml"], ["nobody"])] == [2, 2, 2]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_planted_mistakes_are_found_and_one_that_ends_the_process_hides_no_other(tmp_path):
    pytest.importorskip("atheris", reason="atheris is not installed: requirements-fuzz.lock")
    from planted import TARGET

    done = fuzz(TARGET, seconds=40, kept=tmp_path / "kept", found=tmp_path / "found", name="planted:TARGET")
    assert done.inputs > 100
    assert [any(mistake in one.what for one in done.findings) for mistake in MISTAKES] == [True, True, True], done


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_stands_a_few_hundred_inputs(tmp_path, name):
    pytest.importorskip("atheris", reason="atheris is not installed: requirements-fuzz.lock")
    done = fuzz(TARGETS[name], runs=60 if name == "figures" else 300, seed=8, kept=tmp_path / "kept", found=tmp_path / "found")
    assert done.ran
    assert done.inputs >= 60
    assert done.findings == ()
