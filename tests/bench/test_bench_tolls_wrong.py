"""By what a toll is wrong: the causes that `python -m bench.tolls_wrong` counts. Everything told here is made up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bench.scores import Count
from bench.tolls import main_incident, toll_of
from bench.tolls_wrong import ENDED, FEW, MANY, NOTHING, OTHER, SETTLED, SPLIT, cause_of, lines_of, wrong_ones
from dateline.extract import Extraction
from dateline.extract.document import Document
from dateline.extract.nlp import pipeline
from dateline.extract.pipeline import steps
from dateline.reconcile import incidents_of
from tests.helpers import a_report

ARDEN = "A man was shot dead in Arden on Friday."
TWO_TOWNS = f"{ARDEN} In Port Verity, 300 km away, three men were shot dead on Wednesday."


def told_by(*texts: str) -> list[Any]:
    """The incidents that reports with these texts tell."""
    pairs = []
    for number, text in enumerate(texts):
        report = a_report(text=text, source=f"https://arden-post.example/{number}",
                          published_at=datetime(2024, 3, 16 + number, tzinfo=UTC))
        document = Document(report, spacy=pipeline()(text))
        for step in steps():
            step.run(document)
        pairs.append((report, Extraction(tuple(document.accounts), ())))
    return incidents_of(pairs)


@pytest.mark.parametrize(("texts", "right", "cause"), [
    pytest.param(["The council of Arden met on Friday."], Count(1, 0), NOTHING, id="nothing-read"),
    pytest.param([TWO_TOWNS], Count(1, 0), OTHER, id="another-incident-of-the-reports"),
    pytest.param([TWO_TOWNS], Count(4, 0), SPLIT, id="both-incidents-together"),
    pytest.param([ARDEN, "Two men were shot dead in Arden on Friday."], Count(1, 0), SETTLED, id="one-account-has-it"),
    pytest.param([ARDEN], Count(0, 1), ENDED, id="as-many-were-hit-and-others-died"),
    pytest.param([ARDEN], Count(0, 0), MANY, id="too-many"),
    pytest.param([ARDEN], Count(1, 2), FEW, id="too-few"),
])
def test_the_cause_is_what_would_have_given_the_right_toll(texts: list[str], right: Count, cause: str) -> None:
    incidents = told_by(*texts)
    assert cause_of(incidents, toll_of(main_incident(incidents)), right) == cause


def test_only_wrong_tolls_are_listed_with_what_was_counted() -> None:
    row = {"incident_id": "7", "injured": 0, "title": "Shot in Arden", "text": ARDEN, "dct": "2024-03-16"}
    groups = [[{**row, "killed": killed}] for killed in (1, 2)]
    [wrong] = wrong_ones(groups, iter([told_by(ARDEN), told_by(ARDEN)]))
    lines = list(lines_of(wrong, told=True, texts=True))
    assert lines[0] == "too few people                  7 read 1+0, right 2+0, 1 reports: Shot in Arden"
    assert any("killed, 1, incident: A man was shot" in line for line in lines)
    assert any(ARDEN in line for line in lines)
