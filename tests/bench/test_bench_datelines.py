"""datelines: what counts as the same head, and the gold file's form."""

import json
import re
from pathlib import Path

import pytest

from bench.datelines import GOLD, Head, head_figures, same


@pytest.mark.parametrize(("read", "right", "equal"), [
    pytest.param("PORT VERITY", "Port Verity", True, id="capitals"),
    pytest.param("Port\n Verity", "Port Verity", True, id="white-space"),
    pytest.param("ACAN-EFE", "ACAN - EFE", True, id="spaces-around-a-hyphen"),
    pytest.param(None, None, True, id="both-not-given"),
    pytest.param("Arden", None, False, id="made-up"),
    pytest.param(None, "Arden", False, id="missed"),
    pytest.param("Arden, Westmark", "Arden", False, id="more-than-the-city"),
])
def test_values_are_compared_but_for_capitals_and_white_space(read: str | None, right: str | None, equal: bool) -> None:
    assert same(read, right) is equal


def test_all_asks_for_all_three() -> None:
    gold = [Head("Arden", "1990-01-03", "HWK"), Head(None, "--10-09", None)]
    read = [Head("ARDEN", "1990-01-03", None), Head(None, "--10-09", None)]
    assert head_figures(read, gold) == {"place": 100.0, "date": 100.0, "agency": 50.0, "all": 50.0}


def test_the_gold_file_holds_200_labels_and_no_text() -> None:
    root = Path(__file__).parents[2]
    labels = [json.loads(line) for line in (root / GOLD).read_text(encoding="utf-8").splitlines()]
    assert len({label["doc_id"] for label in labels}) == len(labels) == 200
    for label in labels:
        assert {"doc_id", "place", "date", "agency"} <= label.keys() <= {"doc_id", "place", "date", "agency", "note"}
        assert label["date"] is None or re.fullmatch(r"(\d{4}|-)-\d\d-\d\d", label["date"]), label
