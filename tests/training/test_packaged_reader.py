"""The packaged model is what training packs: small, with every threshold, and the same for the same words."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.checkup import checksum
from dateline.extract.plain import plain_sentences
from dateline.extract.reader.rows import rows_of
from dateline.extract.reader.session import FOLDER, first_layers, session

LIMIT_MB = 30
TEXT = "Gunmen stormed a market in Arden on Monday and killed nine people, police said."


def test_it_is_small_enough_for_the_package():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LIMIT_MB * 2**20


def test_its_roles_and_kinds_are_those_that_it_was_trained_on():
    examples = pytest.importorskip("training.examples")
    assert (session().roles, session().kinds) == (examples.ROLES, examples.KINDS)


def test_every_threshold_is_a_probability_of_a_role_that_it_scores():
    least = session().least
    assert set(least) == {"person", "organisation", "target", "victim_name", "weapon"}
    assert all(0 < value < 1 for value in least.values())


def test_the_same_words_have_the_same_scores():
    [row] = rows_of(TEXT, plain_sentences(TEXT), session().tokenizer)
    first, again = session().read(row), session().read(row)
    assert np.array_equal(first.roles, again.roles)
    assert first.roles.shape == (len(row.first), len(session().roles))


def test_who_did_it_scores_above_who_says_so():
    [row] = rows_of(TEXT, plain_sentences(TEXT), session().tokenizer)
    scores = {TEXT[a:b]: values[session().roles.index("attacker")]
              for a, b, values in zip(row.start, row.end, session().read(row).roles, strict=True)}
    assert scores["Gunmen"] > 5 * scores["police"]


def test_the_first_layers_are_those_of_the_packaged_reader():
    """They name places in its file: `python -m training.first` after it was packed anew."""
    assert first_layers().reader == checksum(FOLDER / "reader.onnx")


def test_the_first_layers_tell_of_each_piece():
    [row] = rows_of(TEXT, plain_sentences(TEXT), session().tokenizer)
    first, again = first_layers().hidden(row.ids), first_layers().hidden(row.ids)
    assert first.shape == (len(row.ids), 384)
    assert np.array_equal(first, again)
