"""conflict-places: which answer stands for a name, what counts as right and as wrong, and the gold file's form."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.conflict_places import FIELDS, GOLD, Answer, Gold, answer_for, errors_of, figures_of, gold_places, score
from bench.core import BenchError
from dateline.extract.document import PlaceMention
from dateline.records.account import Where

ROOT = Path(__file__).parents[2]
DEGREE_KM = 111.2                 # a degree of latitude


def a_place(*, lat: float = 10.0, country: str | None = "QA", radius: float = 2.0, kind: str = "village") -> Gold:
    return Gold("cp-1", "Arden", "Shells hit Arden town.", 11, 16, kind, country, lat, 20.0, radius)


def an_answer(*, km: float = 0.0, country: str | None = "QA", radius: float = 5.0) -> Answer:
    return Answer("Arden", country, 10.0 + km / DEGREE_KM, 20.0, radius)


def a_mention(start: int, end: int, *, lat: float | None = 10.0) -> PlaceMention:
    words = "Shells hit Arden town."[start:end]
    where = Where(words, words, "city", "QA", None, None, lat, 20.0, 5.0, None, 1, (), ())
    return PlaceMention(start, end, words, where, False)


@pytest.mark.parametrize(("spans", "name"), [
    pytest.param([(11, 16)], "Arden", id="same-words"),
    pytest.param([(11, 21)], "Arden town", id="a-longer-mention-around-it"),
    pytest.param([(11, 13), (12, 16)], "rden", id="the-longest-overlap"),
    pytest.param([(0, 6)], None, id="other-words"),
    pytest.param([(16, 21)], None, id="next-to-it"),
    pytest.param([], None, id="nothing-read"),
])
def test_the_answer_is_the_place_that_shares_most_with_the_name(spans: list[tuple[int, int]], name: str | None) -> None:
    answer = answer_for(a_place(), [a_mention(*span) for span in spans])
    assert (answer and answer.name) == name


def test_a_mention_without_a_point_is_no_answer() -> None:
    assert answer_for(a_place(), [a_mention(11, 16, lat=None)]) is None


@pytest.mark.parametrize(("gold", "answer", "near", "country_right", "wrong"), [
    pytest.param(a_place(), an_answer(km=40), True, True, False, id="near"),
    pytest.param(a_place(), an_answer(km=80), False, True, True, id="a-confident-point-elsewhere"),
    pytest.param(a_place(), an_answer(km=80, radius=90), False, True, False, id="a-point-that-admits-its-doubt"),
    pytest.param(a_place(radius=40), an_answer(km=80), True, True, False, id="a-large-place"),
    pytest.param(a_place(), an_answer(km=10, country="QB"), True, False, True, id="across-the-border"),
    pytest.param(a_place(), an_answer(km=10, country=None), True, False, False, id="an-answer-of-no-country"),
    pytest.param(a_place(country=None), an_answer(km=30, country="QB"), True, True, False, id="a-border-place-near"),
    pytest.param(a_place(country=None), an_answer(km=80, country="QB"), False, False, True, id="a-border-place-far"),
    pytest.param(a_place(), None, False, False, False, id="unresolved-is-not-wrong"),
])
def test_what_counts(gold: Gold, answer: Answer | None, near: bool, country_right: bool, wrong: bool) -> None:
    scored = score(gold, answer)
    assert (scored.near, scored.country_right, scored.wrong) == (near, country_right, wrong)


def test_shares_are_of_all_or_of_those_with_a_point() -> None:
    scored = [score(a_place(), an_answer()), score(a_place(), an_answer(km=80)), score(a_place(kind="camp"), None),
              score(a_place(kind="camp"), an_answer(km=80, radius=90))]
    assert figures_of(scored) == {
        "resolved": 75.0, "country_right": 100.0, "within_50km": 33.33, "wrong": 25.0,
        "resolved.camp": 50.0, "within_50km.camp": 0.0, "resolved.village": 100.0, "within_50km.village": 50.0}
    assert [line.split()[0] for line in errors_of(scored)] == ["unresolved", "wrong", "coarse"]


def test_a_line_without_a_field_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(dict.fromkeys(FIELDS[:-1], 1)), encoding="utf-8")
    with pytest.raises(BenchError, match="line 1 has no radius_km"):
        gold_places(file)


def test_the_gold_file_holds_400_names_of_many_kinds_and_countries() -> None:
    rows = [json.loads(line) for line in (ROOT / GOLD).read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 400
    assert len({row["country"] for row in rows} - {None}) >= 30
    for row in rows:
        assert row["text"][row["start"]: row["end"]] == row["name"], row
        assert (abs(row["lat"]) <= 90, abs(row["lon"]) <= 180, row["radius_km"] >= 0) == (True, True, True), row
        assert row["source"], row
    kinds = Counter(row["kind"] for row in rows)
    least = {"village": 120, "district": 70, "camp": 40, "base": 30, "airport": 30}
    assert {kind for kind, number in least.items() if kinds[kind] < number} == set()
    assert sum(bool(row["spelling_of"]) for row in rows) >= 60


def test_places_are_read_by_the_steps_of_the_product_even_where_nothing_violent_is_told() -> None:
    from bench.reading import places_of

    found = places_of("The ministers met in Kabul. They flew to Bamako.")
    assert [(place.text, place.where.country) for place in found] == [("Kabul", "AF"), ("Bamako", "ML")]
