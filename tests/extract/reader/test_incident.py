"""How likely an incident is told: a sum that can be read. Everything told is made up."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from dateline.checkup import checksum
from dateline.extract.document import Document
from dateline.extract.pipeline import read_documents
from dateline.extract.reader.incident import Weights, likely_of, load_weights, points_of, signs_of
from dateline.extract.reader.session import FOLDER, Read
from dateline.records import Account
from helpers import a_report

TOLD = ("Gunmen of the Arden Front shot dead Mayor Bel Corda at his home in Port Verity on Monday, police said. "
        "The attackers also threw two grenades at the town hall.")


@pytest.fixture(scope="module")
def document() -> Document:
    [document] = read_documents([a_report(TOLD)])
    return document


def scored(document: Document, attacks: float, violence: float) -> Document:
    """`document` as if the model gave its report these scores."""
    assert document.reading is not None
    reads = tuple(Read(one.roles, one.inner, one.told, np.array([attacks, violence], dtype=np.float32))
                  for one in document.reading.reads)
    return replace(document, reading=replace(document.reading, reads=reads))


def first(document: Document) -> Account:
    return document.accounts[0]


def test_the_weights_were_learned_from_the_packaged_reader():
    """A reader that was trained anew scores otherwise: `python -m training.incident` learns from its scores."""
    assert checksum(FOLDER / "reader.onnx").startswith(load_weights().reader)
    assert load_weights().reader


def test_each_account_carries_what_its_points_come_to(document):
    points = points_of(first(document), document)
    assert first(document).likely == likely_of(first(document), document)
    assert first(document).likely == pytest.approx(1 / (1 + math.exp(-sum(points.values()))), abs=1e-3)


def test_points_are_weights_by_signs_and_unknown_signs_count_nothing(document):
    weights = Weights(-1.0, {"report of attacks": 2.0}, "")
    points = points_of(first(document), scored(document, 0.5, 0.9), weights)
    assert points == {"start": -1.0, "report of attacks": pytest.approx(0.0)}


def test_what_is_told_as_news_of_an_attack_is_found_likely(document):
    assert (first(document).likely or 0) > 0.5


def test_a_report_that_tells_no_attacks_is_a_sign_against(document):
    assert (likely_of(first(document), scored(document, 0.01, 0.01)) or 1) < (likely_of(first(document), document) or 0)


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_no_score_is_taken_for_certain(document, score):
    odds = signs_of(first(document), *_with_reading(scored(document, score, score)))["report of attacks"]
    assert abs(odds) == pytest.approx(math.log(99))


def test_it_is_not_asked_where_nothing_was_read(document):
    assert likely_of(first(document), replace(document, reading=None)) is None


def _with_reading(document: Document):
    assert document.reading is not None
    return document, document.reading
