"""muc4-slots: how a key is read, what a fill scores, and how templates are aligned. Cases are made up and scored by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bench.core import bench_named
from bench.muc4_fills import fill_score, head_word, is_name, number_score, string_score
from bench.muc4_key import (
    CATEGORY,
    CONFIDENCE,
    DATE,
    DESCRIPTION,
    HUMAN_EFFECT,
    HUMAN_NATION,
    HUMAN_TYPE,
    INDIVIDUAL,
    INSTRUMENT,
    INSTRUMENT_TYPE,
    LOCATION,
    NAME,
    ORGANIZATION,
    SLOTS,
    STAGE,
    THING,
    THING_EFFECT,
    THING_TYPE,
    TYPE,
    Fill,
    Template,
    key_fill,
    key_templates,
)
from bench.muc4_match import Counted, judge, match_report
from bench.muc4_slots import _errors, figures_of


@pytest.mark.parametrize(("slot", "line", "fill"), [
    pytest.param(THING, '"POWER STATION" / "STATION"', Fill(("POWER STATION", "STATION")), id="alternatives"),
    pytest.param(INDIVIDUAL, '? "REBELS"', Fill(("REBELS",), (), True), id="optional"),
    pytest.param(THING_TYPE, 'ENERGY / OTHER: "MAIN STATION" / "STATION"', Fill(("ENERGY", "OTHER"), ("MAIN STATION", "STATION")),
                 id="alternatives-of-a-referent"),
    pytest.param(CONFIDENCE, '? POSSIBLE: "ARDEN FRONT: NORTH"', Fill(("POSSIBLE",), ("ARDEN FRONT: NORTH",), True),
                 id="a-colon-within-a-string"),
    pytest.param(DESCRIPTION, '"MAYOR OF ARDEN" / "MR": "BEL CORDA"', Fill(("MAYOR OF ARDEN", "MR"), ("BEL CORDA",)),
                 id="a-string-with-a-referent"),
    pytest.param(INSTRUMENT_TYPE, 'GUN: "-"', Fill(("GUN",), ("-",)), id="a-referent-that-is-not-named"),
    pytest.param(INDIVIDUAL, '"\\"THE WOLVES\\"" / "WOLVES"', Fill(("THE WOLVES", "WOLVES")), id="quotation-marks-within"),
    pytest.param(INDIVIDUAL, "REBELS", Fill(("REBELS",)), id="quotation-marks-forgotten"),
    pytest.param(DATE, "(- 12 MAR 90) / (10 MAR 90 - 12 MAR 90)", Fill(("- 12 MAR 90", "10 MAR 90 - 12 MAR 90")), id="dates"),
    pytest.param(LOCATION, "? PERU: ARDEN (CITY)", Fill(("PERU: ARDEN (CITY)",), (), True), id="a-place-keeps-its-colons"),
    pytest.param(CATEGORY, "TERRORIST ACT/STATE-SPONSORED VIOLENCE", Fill(("TERRORIST ACT", "STATE-SPONSORED VIOLENCE")),
                 id="a-slash-without-blanks"),
    pytest.param(INSTRUMENT, "-", None, id="nothing"),
])
def test_a_line_of_the_key_is_a_fill(slot, line, fill):
    assert key_fill(slot, line) == fill


@pytest.mark.parametrize(("phrase", "head"), [
    ("THE MAYOR OF ARDEN", "MAYOR"), ("THREE ARMED MEN WEARING MASKS", "MEN"), ("STATE-OWNED BANKS", "BANKS"),
    ("BEL CORDA", "CORDA"), ("ARDEN FRONT (AF)", "FRONT"), ("CORDA'S SON, BEL", "SON"),
])
def test_the_head_of_a_phrase(phrase, head):
    assert head_word(phrase) == head


@pytest.mark.parametrize(("word", "name"), [
    ("BRIDGE", False), ("ARMY", False), ("PYLONS", False), ("COLOMBIANS", False), ("22D", False),
    ("ENRIQUE", True), ("ZARKOVA", True),
])
def test_names_are_words_that_english_has_not(word, name):
    assert is_name(word) is name


@pytest.mark.parametrize(("answer", "key", "proper", "score"), [
    pytest.param("THE 3 FARMERS", "FARMERS", False, 1.0, id="articles-and-numbers-do-not-count"),
    pytest.param("OLD FARMERS WHO WERE WITNESSES", "FARMERS", False, 1.0, id="more-modifiers"),
    pytest.param("MAYOR", "MAYOR OF ZARKOVA", False, 1.0, id="the-head-is-enough"),
    pytest.param("MAYOR OF ENRIQUE", "MAYOR OF ZARKOVA", False, 0.5, id="another-name"),
    pytest.param("OIL", "OIL PIPELINE", False, 0.5, id="another-head"),
    pytest.param("TRUCK", "BUS", False, 0.0, id="nothing-in-common"),
    pytest.param("THE BUS", "THE TRUCK", False, 0.0, id="an-article-is-nothing-in-common"),
    pytest.param("CORDA", "BEL CORDA", True, 0.5, id="part-of-a-name"),
    pytest.param("COLONEL BEL CORDA", "BEL CORDA", True, 1.0, id="a-title-before-a-name"),
    pytest.param("ZARKOVA REBELS", "ZARKOVA", True, 0.5, id="members-for-the-organisation"),
    pytest.param("ARMY OF ZARKOVA (AZ)", "ARMY OF ZARKOVA", True, 1.0, id="with-its-acronym"),
])
def test_strings(answer, key, proper, score):
    assert string_score(answer, key, proper=proper) == score


@pytest.mark.parametrize(("answer", "key", "score"), [
    ("6", "6", 1.0), ("6-8", "6 - 8", 1.0), ("PLURAL", "PLURAL", 1.0), ("6", "6-8", 0.5), ("7", "6-8", 0.0), ("6", "~6", 0.5),
    ("6", "6-", 0.5), ("7", "6", 0.0), ("PLURAL", "6", 0.0), ("~6", "6", 0.0),
])
def test_numbers(answer, key, score):
    assert number_score(answer, key) == score


@pytest.mark.parametrize(("slot", "answer", "key", "score"), [
    (TYPE, "ATTACK", "BOMBING", 0.5), (TYPE, "BOMBING", "ATTACK", 0.5), (TYPE, "ATTACK", "ARSON", 0.0),
    (STAGE, "ATTEMPTED", "THREATENED", 0.0), (INSTRUMENT_TYPE, "GUN", "RIFLE", 0.5),
    (INSTRUMENT_TYPE, "DYNAMITE", "EXPLOSIVE", 0.5), (INSTRUMENT_TYPE, "MINE", "DYNAMITE", 0.0),
    (CONFIDENCE, "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES", 0.5),
    (CONFIDENCE, "POSSIBLE", "REPORTED AS FACT", 0.0),
    (THING_EFFECT, "DESTROYED", "SOME DAMAGE", 0.5), (THING_EFFECT, "SOME DAMAGE", "DESTROYED", 0.0),
    (HUMAN_TYPE, "POLITICAL FIGURE", "GOVERNMENT OFFICIAL", 0.5), (HUMAN_EFFECT, "NO DEATH", "NO INJURY OR DEATH", 0.5),
    (HUMAN_NATION, "GERMANY", "WEST GERMANY", 1.0), (DATE, "- 12 MAR 90", "12 MAR 90", 0.5),
    (LOCATION, "PERU: LIMA (CITY)", "PERU: LIMA (DEPARTMENT)", 0.5),
])
def test_set_fills_dates_and_places(slot, answer, key, score):
    assert fill_score(slot, Fill((answer,)), Fill((key,))) == score


def test_the_best_alternative_counts():
    assert fill_score(THING_TYPE, Fill(("OTHER",)), Fill(("ENERGY", "OTHER"))) == 1.0


# --- templates --------------------------------------------------------------------------------------------------------

KEY: dict[str, list[str]] = {
    DATE: ["12 MAR 90"], TYPE: ["BOMBING"], STAGE: ["ACCOMPLISHED"], THING: ['"ZARKOVA BRIDGE" / "BRIDGE"'],
    THING_TYPE: ['TRANSPORTATION ROUTE: "ZARKOVA BRIDGE" / "BRIDGE"'], NAME: ['"BEL CORDA"'],
    DESCRIPTION: ['"MAYOR": "BEL CORDA"'], HUMAN_TYPE: ['GOVERNMENT OFFICIAL: "BEL CORDA"'],
    HUMAN_EFFECT: ['? INJURY: "BEL CORDA"']}


def a_key(optional: bool = False, inapplicable: tuple[str, ...] = (), **other: list[str]) -> Template:
    [template] = key_templates([{"number": 1, "optional": optional, "slots": other or KEY, "inapplicable": list(inapplicable)}])
    return template


def an_answer(**slots: Any) -> Template:
    """Slots are named as in this test's tables; a fill is its value, or (value, referent)."""
    told = {globals()[name]: tuple(Fill((one,)) if isinstance(one, str) else Fill(one[:1], one[1:]) for one in fills)
            for name, fills in slots.items()}
    return Template(1, {slot: told[slot] for slot in SLOTS if slot in told})


def total(answers: list[Template], keys: list[Template]) -> Counted:
    return sum((one.total for one in match_report(answers, keys)), Counted())


BOMBED = an_answer(DATE=["12 MAR 90"], TYPE=["BOMBING"], STAGE=["ACCOMPLISHED"])


def test_fills_that_are_missing_cost_recall_alone_and_optional_ones_nothing():
    assert total([BOMBED], [a_key()]) == Counted(3.0, 8, 3)


def test_an_optional_fill_counts_where_it_is_given_right():
    answer = an_answer(TYPE=["BOMBING"], NAME=["BEL CORDA"], HUMAN_EFFECT=[("INJURY", "BEL CORDA")])
    assert judge(answer, a_key()).counts[HUMAN_EFFECT] == Counted(1.0, 1, 1)


def test_an_optional_fill_given_wrong_costs_precision_alone():
    answer = an_answer(TYPE=["BOMBING"], NAME=["BEL CORDA"], HUMAN_EFFECT=[("DEATH", "BEL CORDA")])
    assert judge(answer, a_key()).counts[HUMAN_EFFECT] == Counted(0.0, 0, 1)


@pytest.mark.parametrize(("thing", "tag", "score"), [
    pytest.param("BRIDGE", "BRIDGE", 1.0, id="points-to-what-scored"),
    pytest.param("FARM", "FARM", 0.0, id="points-to-what-did-not"),
    pytest.param("BRIDGE", "FARM", 0.0, id="points-to-nothing-that-was-given"),
])
def test_a_cross_reference_must_point_to_a_fill_that_scored(thing, tag, score):
    answer = an_answer(TYPE=["BOMBING"], THING=[thing], THING_TYPE=[("TRANSPORTATION ROUTE", tag)])
    assert judge(answer, a_key()).counts[THING_TYPE].score == score


def test_a_cross_reference_must_point_to_the_same_as_the_keys():
    key = a_key(**{TYPE: ["ATTACK"], NAME: ['"BEL CORDA"', '"ONO MARES"'],
                   HUMAN_EFFECT: ['DEATH: "BEL CORDA"', 'INJURY: "ONO MARES"']})
    swapped = an_answer(TYPE=["ATTACK"], NAME=["BEL CORDA", "ONO MARES"],
                        HUMAN_EFFECT=[("DEATH", "ONO MARES"), ("INJURY", "BEL CORDA")])
    assert judge(swapped, key).counts[HUMAN_EFFECT] == Counted(0.0, 2, 2)


def test_a_name_and_a_description_are_one_referent():
    answer = an_answer(TYPE=["BOMBING"], DESCRIPTION=["THE MAYOR"], HUMAN_TYPE=[("GOVERNMENT OFFICIAL", "THE MAYOR")])
    counts = judge(answer, a_key()).counts
    assert counts[DESCRIPTION].score == 0.5          # its words are right, and whose they are is not told
    assert counts[HUMAN_TYPE].score == 1.0


def test_nobody_named_is_a_referent_too():
    key = a_key(**{TYPE: ["BOMBING"], HUMAN_EFFECT: ['NO INJURY OR DEATH: "-"']})
    assert judge(an_answer(TYPE=["BOMBING"], HUMAN_EFFECT=[("NO INJURY OR DEATH", "-")]), key).counts[HUMAN_EFFECT].score == 1.0


def test_fills_are_aligned_one_to_one_so_that_the_score_is_best():
    key = a_key(**{TYPE: ["ATTACK"], INSTRUMENT: ['"RIFLES"', '"HUNTING RIFLES" / "GUNS"']})
    answer = an_answer(TYPE=["ATTACK"], INSTRUMENT=["RIFLES", "GUNS", "GUNS"])
    assert judge(answer, key).counts[INSTRUMENT] == Counted(2.0, 2, 3)


def test_inapplicable_slots_are_not_scored():
    answer = an_answer(TYPE=["KIDNAPPING"], THING=["BRIDGE"])
    assert judge(answer, a_key(inapplicable=(THING,), **{TYPE: ["KIDNAPPING"]})).total == Counted(1.0, 1, 1)


@pytest.mark.parametrize(("answers", "keys", "counted"), [
    pytest.param([BOMBED, BOMBED], [a_key()], Counted(3.0, 8, 6), id="a-spurious-template-costs-its-fills"),
    pytest.param([], [a_key()], Counted(0.0, 8, 0), id="a-missing-template-costs-what-it-asks"),
    pytest.param([], [a_key(optional=True)], Counted(0.0, 0, 0), id="an-optional-template-costs-nothing-when-missing"),
    pytest.param([BOMBED], [a_key(optional=True)], Counted(3.0, 8, 3), id="and-counts-when-it-is-given"),
    pytest.param([BOMBED], [a_key(optional=True), a_key()], Counted(3.0, 8, 3), id="of-two-alike-the-one-that-is-asked"),
    pytest.param([an_answer(TYPE=["ATTACK"], DATE=["12 MAR 90"])], [a_key()], Counted(1.5, 8, 2), id="attack-for-bombing-is-0.5"),
    pytest.param([an_answer(TYPE=["ARSON"], DATE=["12 MAR 90"])], [a_key()], Counted(0.0, 8, 2), id="another-type-is-no-pair"),
])
def test_templates_are_aligned_by_report(answers, keys, counted):
    assert total(answers, keys) == counted


def test_templates_are_aligned_so_that_the_score_is_best():
    raid, blast = a_key(**{TYPE: ["ATTACK"], INDIVIDUAL: ['"REBELS"']}), a_key(**{TYPE: ["BOMBING"], INDIVIDUAL: ['"GUNMEN"']})
    answers = [an_answer(TYPE=["ATTACK"], INDIVIDUAL=["GUNMEN"]), an_answer(TYPE=["ATTACK"], INDIVIDUAL=["REBELS"])]
    assert total(answers, [raid, blast]) == Counted(3.5, 4, 4)


def test_figures_are_those_of_a_case_scored_by_hand():
    figures = figures_of(match_report([BOMBED, an_answer(TYPE=["ATTACK"])], [a_key()]))
    assert (figures["precision"], figures["recall"], figures["f"]) == (75.0, 37.5, 50.0)
    assert (figures[f"f.{DATE}"], figures[f"f.{TYPE}"], figures[f"f.{THING}"]) == (100.0, 66.67, 0.0)
    assert len(figures) == 3 + 23


def test_errors_are_told_by_kind_first():
    answer = an_answer(TYPE=["BOMBING"], STAGE=["ATTEMPTED"], THING=["BRIDGE", "FARM"], DATE=["- 12 MAR 90"])
    lines = _errors([("R1", match_report([answer], [a_key()]))])
    kinds = {line.strip().split(maxsplit=1)[1] for line in lines if line.strip()[0].isdigit()}
    assert kinds == {f"{STAGE} wrong", f"{DATE} half", f"{THING} spurious", f"{THING_TYPE} missed", f"{NAME} missed",
                     f"{DESCRIPTION} missed", f"{HUMAN_TYPE} missed"}
    assert any("ATTEMPTED for ACCOMPLISHED" in line for line in lines)


def test_a_template_without_another_is_one_error():
    lines = _errors([("R1", match_report([an_answer(TYPE=["ARSON"])], [a_key(), a_key(optional=True)]))])
    assert [line.split(maxsplit=1)[1] for line in lines[:2]] == ["template missed", "template spurious"]
    assert len(lines) == 4


def test_the_bench_is_registered():
    assert bench_named("muc4-slots").items == "reports"
    assert ORGANIZATION in SLOTS
    assert len(SLOTS) == 23
