"""Agreement of coders, against the worked examples of the literature."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.errors import DecisionError
from dateline.records.team import CODED, Coding
from dateline.team.alpha import alpha, pairable
from dateline.team.coding import LEVELS, agreement, check_coding, coded_apart, to_code_twice

NOW = datetime(2024, 3, 15, tzinfo=UTC)


def units(*coders):
    """One line a coder, "." for no value, as the paper prints them."""
    lines = [[None if value == "." else int(value) if value.isdigit() else value for value in line.split()] for line in coders]
    return list(zip(*lines, strict=True))


# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): sections A, B, and C with E.
BINARY = units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = units("a a b b d c c c e d d a", "b a b b b c c c e d d d")
MISSING = units(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


@pytest.mark.parametrize(("given", "level", "published"), [
    pytest.param(BINARY, "nominal", 0.095, id="two-observers-binary"),
    pytest.param(NOMINAL, "nominal", 0.692, id="two-observers-nominal"),
    pytest.param(MISSING, "nominal", 0.743, id="four-observers-missing-nominal"),
    pytest.param(MISSING, "ordinal", 0.815, id="four-observers-missing-ordinal"),
    pytest.param(MISSING, "interval", 0.849, id="four-observers-missing-interval"),
    pytest.param(MISSING, "ratio", 0.797, id="four-observers-missing-ratio"),
])
def test_alpha_is_as_published(given, level, published):
    assert alpha(given, level) == pytest.approx(published, abs=0.0006)


def test_a_unit_that_one_coder_alone_gave_a_value_says_nothing():
    assert pairable(MISSING) == 11
    assert alpha([*MISSING, (9, None, None, None)]) == alpha(MISSING)


def test_perfect_agreement_is_one_and_no_variation_is_no_agreement():
    assert alpha([("a", "a"), ("b", "b")]) == 1
    assert alpha([("a", "a"), ("a", "a")]) is None
    assert alpha([("a", None)]) is None
    assert alpha([]) is None


def test_words_have_no_difference_in_size():
    with pytest.raises(TypeError, match="only nominal"):
        alpha([("a", "b")], "interval")


def test_zero_dead_and_none_told_are_different_things():
    assert alpha([(0, 0), (3, 3)], "ratio") == 1
    assert alpha([(0, 5), (3, 3)], "ratio") < 1
    assert alpha([(0, None), (3, 3)], "ratio") is None


def test_the_share_is_the_same_for_everybody_and_grows_by_adding():
    ids = [f"DTL-{number}" for number in range(1, 5001)]
    tenth = {one for one in ids if to_code_twice(one, 0.1)}
    assert 430 < len(tenth) < 570
    assert tenth < {one for one in ids if to_code_twice(one, 0.2)}
    assert not any(to_code_twice(one, 0.0) for one in ids)
    assert all(to_code_twice(one, 1.0) for one in ids)


def test_agreement_is_told_by_field_with_how_many_were_coded():
    together = [
        [Coding("DTL-1", "ana", NOW, kind="attack", day=date(2024, 3, 12), killed=3),
         Coding("DTL-1", "ben", NOW, kind="attack", day=date(2024, 3, 13), killed=3)],
        [Coding("DTL-2", "ana", NOW, kind="grenade", day=date(2024, 5, 1), killed=10),
         Coding("DTL-2", "ben", NOW, kind="grenade", day=date(2024, 5, 1))],
    ]
    by_field = {one.field: one for one in agreement(together)}
    assert (by_field["kind"].alpha, by_field["kind"].n, by_field["kind"].differ) == (1, 2, 0)
    assert by_field["day"].alpha == pytest.approx(1, abs=0.01)
    assert by_field["day"].differ == 1
    assert (by_field["killed"].alpha, by_field["killed"].n) == (None, 1)
    assert by_field["place"].n == 0


def test_where_coders_differ_is_listed_with_who_said_what():
    first = Coding("DTL-1", "ana", NOW, kind="attack", killed=3)
    second = Coding("DTL-1", "ben", NOW, kind="attack", killed=4, side="state:XA")
    assert [(one.field, one.values) for one in coded_apart([first, second])] == [
        ("killed", (("ana", 3), ("ben", 4))), ("side", (("ana", None), ("ben", "state:XA")))]


@pytest.mark.parametrize(("given", "said"), [({"kind": "bombing"}, "no kind"), ({"status": "true"}, "no status"),
                                             ({"killed": -1}, "nobody is 0")])
def test_a_coding_that_cannot_be_is_refused(given, said):
    with pytest.raises(DecisionError, match=said):
        check_coding(Coding("DTL-1", "ana", NOW, **given))
    check_coding(Coding("DTL-1", "ana", NOW, kind="attack", status="happened", killed=0))


def test_every_field_of_a_coding_has_its_level():
    assert tuple(LEVELS) == CODED
