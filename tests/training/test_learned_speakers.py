"""Noun phrases of our own reports as they are asked for: who is labelled a speaker, and whom the rules hear. All is made up."""

from __future__ import annotations

import pytest

from bench.reading import read_as_written
from training.own_reports import OwnReport, OwnSpan

speakers = pytest.importorskip("training.speakers")

TEXT = "Gunmen killed six people in Port Verity on Monday, police said. The mayor praised the firemen."


@pytest.fixture(scope="module")
def asked():
    at = TEXT.index("police")
    report = OwnReport("own-900", TEXT, (), (OwnSpan(at, at + len("police"), "speaker", (1,), None),))
    [document] = read_as_written([(report.id, TEXT, None)], "attributions")
    return speakers.asked_of(report, document)


def test_each_noun_phrase_is_asked_of_once_with_the_label_and_the_rules_answer(asked):
    told = {one.words: (one.gold, one.rule) for one in asked.phrases}
    assert told["police"] == (0, True)
    assert told["Gunmen"] == told["six people"] == told["the firemen"] == (-1, False)
    assert asked.gold == 1


def test_what_is_found_is_counted_by_labelled_speaker(asked):
    everyone = speakers.tally(asked, [True] * len(asked.phrases))
    assert (everyone.right, everyone.predicted, everyone.gold) == (1, len(asked.phrases), 1)
    nobody = speakers.tally(asked, [False] * len(asked.phrases))
    assert (nobody.right, nobody.predicted, nobody.gold) == (0, 0, 1)


def test_what_stands_around_tells_a_speaker_of_made_reports(asked):
    weights = speakers.learn([asked] * 3, with_rules=False)
    odds = speakers._table([asked], with_rules=False) @ weights
    assert asked.phrases[int(odds.argmax())].words == "police"
