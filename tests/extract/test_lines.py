"""Stretches of road between two towns, and approaches to one."""

import time

import pytest

from dateline.extract.document import PlaceMention
from dateline.extract.lines import lines_of
from dateline.records import Where, span_of


def towns(text, **points):
    """A mention for each town named in `text`, at its (latitude, longitude)."""
    made = []
    for name, (lat, lon) in points.items():
        start = text.index(name)
        span = span_of(text, start, start + len(name))
        where = Where(name, name, "city", "XA", "North", None, lat, lon, 3.0, f"t:{name}", 1, (), (span,))
        made.append(PlaceMention(span.start, span.end, name, where, False))
    return made


@pytest.mark.parametrize(("text", "words", "precision"), [
    pytest.param("A convoy between Arden and Verity was hit.", "between Arden and Verity", 5, id="between"),
    pytest.param("A mine on the road from Arden to Verity killed two.", "on the road from Arden to Verity", 5, id="road-from-to"),
    pytest.param("A mine on the Arden-Verity road killed two.", "Arden-Verity road", 5, id="hyphenated"),
    pytest.param("A mine on a highway linking Arden with Verity killed two.", "on a highway linking Arden with Verity", 5,
                 id="linking"),
    pytest.param("A mine on the road to Arden, near Verity, killed two.", "on the road to Arden", 2, id="approach"),
])
def test_words_that_make_a_stretch_of_towns(text, words, precision):
    [line] = lines_of(text, towns(text, Arden=(10.0, 20.0), Verity=(11.0, 20.0)))
    assert (line.text, line.where.precision, text[line.start:line.end]) == (words, precision, words)


def test_a_stretch_has_its_middle_and_reaches_both_towns():
    text = "A convoy between Arden and Verity was hit."
    [line] = lines_of(text, towns(text, Arden=(10.0, 20.0), Verity=(11.0, 20.0)))
    assert (line.where.lat, line.where.lon) == (10.5, 20.0)
    assert 55 < line.where.radius_km < 65


@pytest.mark.parametrize("text", [
    pytest.param("The war between Arden and Verity went on.", id="what-two-capitals-have-between-them"),
    pytest.param("Gunmen in Arden and Verity killed two.", id="two-places"),
])
def test_what_is_no_stretch(text):
    assert lines_of(text, towns(text, Arden=(10.0, 20.0), Verity=(11.0, 20.0))) == []


def test_a_stretch_across_a_continent_says_nothing():
    text = "A convoy between Arden and Verity was hit."
    assert lines_of(text, towns(text, Arden=(10.0, 20.0), Verity=(40.0, 20.0))) == []


def test_hostile_text_is_read_in_linear_time():
    text = "between Arden and Verity " + "on the road to a " * 20_000
    began = time.process_time()
    lines_of(text, towns(text, Arden=(10.0, 20.0), Verity=(11.0, 20.0)))
    assert time.process_time() - began < 2
