"""Pairs of acts by the key's fillers, with what the product makes of them. Everything told is made up."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.extract.document import Document
from dateline.extract.pipeline import read_documents
from helpers import a_report as a_made_report

joining = pytest.importorskip("training.joining")

TEXT = ("Gunmen shot dead Mayor Bel Corda in Port Verity on Monday. "
        "Separately, rebels kidnapped Judge Ana Ruiz in Santa Loma on Sunday.")


def a_template(victim: str) -> dict[str, Any]:
    return {"PerpInd": [], "PerpOrg": [], "Target": [], "Weapon": [], "Victim": [[[victim, 0]]]}


@pytest.fixture(scope="module")
def document() -> Document:
    [document] = read_documents([a_made_report(TEXT)])
    return document


def test_acts_beside_fillers_of_two_templates_are_two_incidents(document):
    [pair] = joining.pairs_of({"templates": [a_template("bel corda"), a_template("ana ruiz")]}, document)
    assert (pair.key, pair.product, pair.several) == (False, False, True)
    assert pair.signs["other kind"] == pair.signs["elsewhere"] == pair.signs["next sentence"] == 1.0
    assert "same sentence" not in pair.signs


def test_acts_beside_no_filler_that_one_template_alone_has_are_not_asked_of(document):
    assert joining.pairs_of({"templates": [a_template("bel corda"), a_template("bel corda")]}, document) == []
    assert joining.pairs_of({"templates": [a_template("bel corda")]}, document) == []
