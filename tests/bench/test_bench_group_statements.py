"""group-statements: when a statement is right, what counts once, where a label stands in the report, the gold file's form."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bench.core import BenchError
from bench.group_statements import GOLD, SETS, Gold, Told, Words, day_of, figures_of, golds_of, placed, right, score, shared_half
from dateline.extract.register import load_register

ROOT = Path(__file__).parents[2]


def a_gold(attribute: str = "leader", value: str = "Tarek Olim", **of: object) -> Gold:
    fields = {"group": "vale-front", "name": Words(4, 14, "Vale Front"), "kind": None} | of
    return Gold(attribute=attribute, value=Words(20, 20 + len(value), value), **fields)  # type: ignore[arg-type]


def a_told(attribute: str = "leader", value: str = "Tarek Olim", **of: object) -> Told:
    fields = {"group": "vale-front", "name": "Vale Front", "names_at": ((4, 14),)} | of
    return Told(attribute=attribute, value=value, **fields)  # type: ignore[arg-type]


FROM_THE_OTHER_END = a_told("ally", "Vale Front", name="Morrow Army", group="m", names_at=())


@pytest.mark.parametrize(("gold", "told", "is_right"), [
    pytest.param(a_gold(), a_told(), True, id="same"),
    pytest.param(a_gold(), a_told(value="Olim"), True, id="the-last-word-of-a-name-is-enough"),
    pytest.param(a_gold(), a_told(value="Tarek"), True, id="the-last-word-of-the-answer-stands-in-the-label"),
    pytest.param(a_gold(), a_told(value="Omar Seid"), False, id="another-person"),
    pytest.param(a_gold(), a_told("commander"), False, id="another-attribute"),
    pytest.param(a_gold(), a_told(group="other", names_at=((40, 50),)), False, id="another-group"),
    pytest.param(a_gold(group=None), a_told(group="new"), True, id="a-group-that-the-register-lacks-by-its-place"),
    pytest.param(a_gold(), a_told(names_at=((60, 65),)), True, id="the-same-group-by-another-of-its-names"),
    pytest.param(a_gold("ally", "US"), a_told("ally", "U.S."), True, id="one-country-in-two-spellings"),
    pytest.param(a_gold("ally", "Morrow Army"), FROM_THE_OTHER_END, True,
                 id="an-ally-told-from-the-other-end"),
    pytest.param(a_gold("parent", "Morrow Army"), replace(FROM_THE_OTHER_END, attribute="parent"), False,
                 id="a-parent-has-one-end"),
    pytest.param(a_gold("rival", "the Army of Morrow", other="ma"), a_told("rival", "MA", other="ma"), True,
                 id="one-known-rival"),
    pytest.param(a_gold("area", "the whole of Arden province", kind="control"), a_told("area", "Arden", kind="control"), True,
                 id="a-place-by-its-name-alone"),
    pytest.param(a_gold("area", "Arden", kind="control"), a_told("area", "Arden", kind="presence"), False, id="another-sense"),
    pytest.param(a_gold("area", "Arden", kind="loss"), a_told("loss", "lost Arden", kind="territory"), True, id="a-place-lost"),
    pytest.param(a_gold("loss", "400 fighters", kind="fighters"), a_told("loss", "400 men", kind="leader"), False,
                 id="other-loss"),
    pytest.param(a_gold("strength", "600 men", bounds=(600, 600)), a_told("strength", "600", bounds=(600, None)), False,
                 id="bounds-are-exact"),
    pytest.param(a_gold("aim", "to topple the regime"), a_told("aim", "wants to topple the regime and its heirs"), True,
                 id="half"),
    pytest.param(a_gold("aim", "to topple the regime of the day"), a_told("aim", "the end of the war"), False, id="small-words"),
])
def test_what_is_right(gold: Gold, told: Told, is_right: bool) -> None:
    assert right(gold, told) is is_right


def test_a_label_told_twice_is_met_once_and_the_rest_is_no_mistake() -> None:
    scored = score(1, [a_gold()], [a_told(), a_told(value="Olim"), a_told(value="Omar Seid")])
    assert (len(scored.met), len(scored.missed), len(scored.wrong)) == (1, 0, 1)


def test_figures_scored_by_hand() -> None:
    sentences = [
        score(1, [a_gold(), a_gold("aim", "independence")], [a_told()]),     # one met, one missed
        score(2, [], [a_told()]),                                            # made up in a quiet sentence
        score(4, [], []),
    ]
    figures = figures_of(sentences)
    assert (figures["precision"], figures["recall"], figures["f1"]) == (50.0, 50.0, 50.0)
    assert (figures["held_out.f1"], figures["fitted.f1"]) == (66.67, 0.0)
    assert (figures["f1.leader"], figures["f1.aim"]) == (66.67, 0.0)
    assert (figures["quiet"], figures["speaker"]) == (50.0, 100.0)


@pytest.mark.parametrize(("in_report", "where"), [
    pytest.param("Menu\n\nThe Front\nholds Arden.", (6, 28), id="white-space-and-what-stands-before-may-differ"),
    pytest.param("Nothing of it.", None, id="lost"),
])
def test_a_sentence_is_found_in_the_report(in_report: str, where: tuple[int, int] | None) -> None:
    assert placed("The Front holds  Arden.", in_report, 0, 23) == where


def test_the_second_of_two_equal_sentences_is_the_second_in_the_report() -> None:
    assert placed("It fell. It fell.", "It fell. It fell.", 9, 17) == (9, 17)


@pytest.mark.parametrize(("words", "day"), [
    pytest.param("4/19/2017", "2017-04-19", id="month-first"),
    pytest.param("2016-03-12", "2016-03-12", id="iso"),
    pytest.param(None, None, id="none"),
])
def test_a_day_of_a_set(words: str | None, day: str | None) -> None:
    assert day_of(words) == day


def test_small_words_alone_share_nothing_more() -> None:
    assert not shared_half("the end of it", "the rest of it")


def test_a_label_outside_its_sentence_is_refused() -> None:
    row = {"set": "made", "id": "1", "start": 0, "end": 5, "statements": [{
        "group": None, "name_start": 0, "name_end": 3, "attribute": "aim",
        "value": {"start": 4, "end": 9}, "speaker_start": None}]}
    with pytest.raises(BenchError, match="outside its sentence"):
        golds_of(row, "The Front wins.")


def test_the_gold_file_holds_300_sentences_and_no_text() -> None:
    rows = [json.loads(line) for line in (ROOT / GOLD).read_text("utf-8").splitlines()]
    assert len(rows) == 300
    assert sum(not row["statements"] for row in rows) == 80
    assert set(Counter(row["set"] for row in rows)) == set(SETS)
    assert {key for row in rows for key in row} == {"set", "id", "start", "end", "statements", "reader"}
    known = {group.id for group in load_register(None).groups.values()} | {None}
    for row in rows:
        for label in row["statements"]:
            assert label["group"] in known
            in_words = {key for key, of in label["value"].items() if isinstance(of, str)}
            assert in_words <= {"sense", "of", "fate", "group", "modifier", "unit"}
