"""Names made comparable."""

from __future__ import annotations

import pytest

from dateline.where.names import bare, key_variants, usable


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        pytest.param("Gao Region", "Gao", id="noun-after"),
        pytest.param("Cercle de Douentza", "Douentza", id="noun-before"),
        pytest.param("Provincia de Entre Ríos", "Entre Ríos", id="Spanish"),
        pytest.param("Buruku Local Government Area", "Buruku", id="Nigerian"),
        pytest.param("Sakha, Respublika", "Sakha", id="turned-round"),
        pytest.param("Region", "Region", id="nothing-but-the-noun"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_unit_without_its_noun(unit, name):
    assert bare(unit) == name


@pytest.mark.parametrize(
    ("name", "may"),
    [
        pytest.param("Kharkov", True, id="another-spelling"),
        pytest.param("KBL", False, id="airport-code"),
        pytest.param("kabul", False, id="small-letters"),
        pytest.param("كابل", False, id="another-script"),
        pytest.param("Ab\x1b[31m", False, id="control-characters"),
    ],
)
def test_which_other_names_may_stand_in_a_text(name, may):
    assert usable(name) is may


def test_an_arabic_article_is_written_in_several_ways_in_arabic_countries_only():
    assert set(key_variants("ar raqqah", "SY")) == {"al raqqah", "el raqqah", "raqqah"}
    assert list(key_variants("el paso", "US")) == []
