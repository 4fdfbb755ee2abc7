"""geo, geo-raw: what counts as right, by cases reckoned by hand; made-up texts and places."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench import geo, geo_raw
from bench.__main__ import main
from bench.geo import FAR_KM, Answer, error_kind, figures, half
from bench.geo_raw import aligned


def an_answer(error_km: float, rank: int = 1, candidates: int = 3, country: bool = False) -> Answer:
    return Answer("d", "Arden", "in Arden", country, error_km, rank, candidates, "Arden", "Arden", False)


def test_figures_are_shares_of_all_names_with_coordinates() -> None:
    given = [an_answer(3.0), an_answer(160.9), an_answer(5000.0, rank=2), an_answer(FAR_KM, rank=0, candidates=0)]
    of = figures(given)
    assert (of["acc161"], of["oracle"], of["no_candidate"]) == (50.0, 75.0, 25.0)
    assert of["median_km"] == 5000.0


def test_no_answer_is_as_wrong_as_can_be() -> None:
    assert figures([an_answer(FAR_KM, rank=0, candidates=0)])["auc"] == 1.0
    assert figures([an_answer(0.0)])["auc"] == 0.0


def test_countries_are_counted_apart() -> None:
    of = figures([an_answer(3.0), an_answer(300.0, rank=0, country=True)])
    assert (of["acc161"], of["acc161_not_country"], of["n_not_country"]) == (50.0, 100.0, 1)


@pytest.mark.parametrize(("answer", "kind"), [
    pytest.param(an_answer(100.0), "", id="near-enough"),
    pytest.param(an_answer(FAR_KM, rank=0, candidates=0), "no candidate", id="not-in-the-gazetteer"),
    pytest.param(an_answer(400.0, rank=0, country=True), "country point", id="sources-differ-on-countries"),
    pytest.param(an_answer(400.0, rank=0), "no candidate is right", id="others-of-that-name-only"),
    pytest.param(an_answer(400.0, rank=2), "right one is lower", id="chosen-wrongly"),
])
def test_errors_are_told_by_kind(answer: Answer, kind: str) -> None:
    assert error_kind(answer) == kind


def test_a_document_stays_in_its_half() -> None:
    halves = {half(str(n)) for n in range(20)}
    assert halves == {0, 1}
    assert half("geovirus-0001") == half("geovirus-0001")


def test_a_place_and_a_toponym_are_one_where_their_words_overlap() -> None:
    gold = [{"start": 10, "end": 15}, {"start": 20, "end": 25}, {"start": 40, "end": 45}]
    places = [SimpleNamespace(start=5, end=22), SimpleNamespace(start=23, end=25), SimpleNamespace(start=50, end=55)]
    assert aligned(gold, places) == {0: 0, 1: 1}


TEXT = "PARIS, France - Floods reached Lyon. The mayor of Lyon left for Toulouse."


def a_set(tmp_path: Path) -> Path:
    lyon, again = TEXT.index("Lyon"), TEXT.rindex("Lyon")
    toponyms = [
        {"start": 0, "end": 5, "name": "PARIS", "lat": 48.85, "lon": 2.35},
        {"start": lyon, "end": lyon + 4, "name": "Lyon", "lat": 45.75, "lon": 4.85},
        {"start": again, "end": again + 4, "name": "Lyon", "lat": None, "lon": None},
    ]
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps({"doc_id": "made-1", "text": TEXT, "toponyms": toponyms}) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "module"), [("geo", geo), ("geo-raw", geo_raw)])
def test_one_file_of_the_same_form_is_scored(
    name: str, module: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--data", str(a_set(tmp_path)), "--json", "--errors"]) == 0
    of = json.loads(capsys.readouterr().out)["figures"]
    if name == "geo":
        assert (of["acc161"], of["oracle"]) == (100.0, 100.0)
    else:
        assert (of["recall"], of["recall_x_acc161"]) == (100.0, 100.0)
        assert of["precision"] < 100.0  # France and Toulouse are in no gold span
