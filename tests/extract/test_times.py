"""The step that finds times: it hands the report's day and its parse to `dateline.when`."""

from dataclasses import replace
from datetime import date

import pytest

from dateline.extract.document import Document
from dateline.extract.nlp import pipeline
from dateline.extract.times import find_times
from dateline.records import Written
from helpers import a_report

MONDAY = date(2021, 8, 30)
ON_MONDAY = Written(MONDAY, MONDAY, (), "dateline")


@pytest.mark.parametrize(("text", "iso"), [
    pytest.param("The talks will resume on Friday.", "2021-09-03", id="a-verb-in-the-future"),
    pytest.param("The envoy is expected to land on Friday.", "2021-09-03", id="expected-to"),
    pytest.param("The army said on Friday that shells hit the market.", "2021-08-27", id="a-verb-in-the-past"),
    pytest.param("The truce is due to end on 9 September.", "2021-09-09", id="due-to"),
])
def test_the_verb_tells_whether_a_day_is_past(text, iso):
    document = Document(replace(a_report(), text=text, written=ON_MONDAY))
    document.spacy = pipeline()(text)
    find_times(document)
    assert document.times[0].best == date.fromisoformat(iso)


def test_words_that_tell_no_time_of_an_act_are_left_out():
    text = "The former mayor met the current one on Friday."
    document = Document(replace(a_report(), text=text, written=ON_MONDAY))
    document.spacy = pipeline()(text)
    find_times(document)
    assert [time.text for time in document.times] == ["Friday"]
