"""What counts as a count, and how its words bound it. Places and people are made up."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.counts import find_counts, read_counts
from dateline.extract.document import Document
from helpers import a_report


def bounds(text):
    return [(c.words, c.low, c.high, c.value, c.modifier) for c in read_counts(text)]


@pytest.mark.parametrize(("text", "words", "low", "high", "value", "modifier"), [
    ("13 people were killed", "13", 13, 13, 13, "exact"),
    ("1,500 people fled", "1,500", 1500, 1500, 1500, "exact"),
    ("1 500 people fled", "1 500", 1500, 1500, 1500, "exact"),
    ("1,00,000 people fled", "1,00,000", 100_000, 100_000, 100_000, "exact"),
    ("2000 fighters arrived", "2000", 2000, 2000, 2000, "exact"),
    ("Forty-two villagers died", "Forty-two", 42, 42, 42, "exact"),
    ("two hundred and five died", "two hundred and five", 205, 205, 205, "exact"),
    ("three thousand four hundred fled", "three thousand four hundred", 3400, 3400, 3400, "exact"),
    ("1.5 million fled", "1.5 million", 1_500_000, 1_500_000, 1_500_000, "exact"),
    ("two hundred thousand fled", "two hundred thousand", 200_000, 200_000, 200_000, "exact"),
    ("a dozen men", "a dozen", 12, 12, 12, "about"),
    ("half a dozen men", "half a dozen", 6, 6, 6, "about"),
    ("a half-dozen men", "a half-dozen", 6, 6, 6, "about"),
    ("two dozen men", "two dozen", 24, 24, 24, "about"),
    ("a hundred men", "a hundred", 100, 100, 100, "about"),
    ("at least 13 people", "at least 13", 13, None, 13, "at_least"),
    ("no fewer than 10 people", "no fewer than 10", 10, None, 10, "at_least"),
    ("not less than ten people", "not less than ten", 10, None, 10, "at_least"),
    ("no less than 10", "no less than 10", 10, None, 10, "at_least"),
    ("a minimum of 10 people", "a minimum of 10", 10, None, 10, "at_least"),
    ("13 or more people", "13 or more", 13, None, 13, "at_least"),
    ("12+ people", "12+", 12, None, 12, "at_least"),
    ("at least another 12 people", "at least another 12", 12, None, 12, "at_least"),
    ("at least a dozen people", "at least a dozen", 12, None, 12, "at_least"),
    ("at least some 20 people", "at least some 20", 20, None, 20, "at_least"),
    ("more than 20 people", "more than 20", 21, None, 20, "more_than"),
    ("over 20 people", "over 20", 21, None, 20, "more_than"),
    ("upwards of 20 people", "upwards of 20", 21, None, 20, "more_than"),
    ("in excess of 20 people", "in excess of 20", 21, None, 20, "more_than"),
    ("more than two dozen people", "more than two dozen", 25, None, 24, "more_than"),
    ("nearly 200 people", "nearly 200", None, 200, 200, "nearly"),
    ("almost 200 people", "almost 200", None, 200, 200, "nearly"),
    ("close to 200 people", "close to 200", None, 200, 200, "nearly"),
    ("just under 200 people", "just under 200", None, 200, 200, "nearly"),
    ("up to 30 people", "up to 30", None, 30, 30, "up_to"),
    ("as many as 30 people", "as many as 30", None, 30, 30, "up_to"),
    ("no more than 30 people", "no more than 30", None, 30, 30, "up_to"),
    ("up to about 30 people", "up to about 30", None, 30, 30, "up_to"),
    ("fewer than 30 people", "fewer than 30", None, 29, 30, "up_to"),
    ("about 60 people", "about 60", 60, 60, 60, "about"),
    ("some 60 people", "some 60", 60, 60, 60, "about"),
    ("around 60 people", "around 60", 60, 60, 60, "about"),
    ("roughly 60 people", "roughly 60", 60, 60, 60, "about"),
    ("approximately 60 people", "approximately 60", 60, 60, 60, "about"),
    ("an estimated 60 people", "an estimated 60", 60, 60, 60, "about"),
    ("60 or so people", "60 or so", 60, 60, 60, "about"),
    ("a dozen or so people", "a dozen or so", 12, 12, 12, "about"),
    ("15 to 20 people", "15 to 20", 15, 20, None, "range"),
    ("between 15 and 20 people", "between 15 and 20", 15, 20, None, "range"),
    ("15-20 people", "15-20", 15, 20, None, "range"),
    ("15\u201320 people", "15\u201320", 15, 20, None, "range"),
    ("15 or 20 people", "15 or 20", 15, 20, None, "range"),
    ("two or three people", "two or three", 2, 3, None, "range"),
    ("approximately 1,500 to 2,200 fighters", "approximately 1,500 to 2,200", 1500, 2200, None, "range"),
    ("ranging from 15 to 20", "from 15 to 20", 15, 20, None, "range"),
    ("two to three hundred people", "two to three hundred", 200, 300, None, "range"),
    ("dozens of people", "dozens", None, None, None, "word"),
    ("scores of people", "scores", None, None, None, "word"),
    ("hundreds of people", "hundreds", None, None, None, "word"),
    ("tens of thousands of people", "tens of thousands", None, None, None, "word"),
    ("tens of people", "tens of", None, None, None, "word"),
    ("several people", "several", None, None, None, "word"),
    ("several hundred people", "several hundred", None, None, None, "word"),
    ("many people", "many", None, None, None, "word"),
    ("a number of people", "a number of", None, None, None, "word"),
    ("an unknown number of people", "an unknown number of", None, None, None, "word"),
    ("most of them were women", "most of them", None, None, None, "word"),
    ("at least several dozen people", "at least several dozen", None, None, None, "word"),
    ("no one was hurt", "no one", 0, 0, 0, "exact"),
    ("nobody was hurt", "nobody", 0, 0, 0, "exact"),
    ("none of them was hurt", "none", 0, 0, 0, "exact"),
    ("no casualties were reported", "no", 0, 0, 0, "exact"),
    ("no US service members died", "no", 0, 0, 0, "exact"),
], ids=lambda value: value if isinstance(value, str) else None)
def test_a_count_keeps_the_doubt_of_its_words(text, words, low, high, value, modifier):
    assert bounds(text) == [(words, low, high, value, modifier)]


@pytest.mark.parametrize("text", [
    "on 27 January 2018", "January 27", "the 14-15 April raid", "27 and 28 January", "in 2014 militants came",
    "between 2014 and 2018", "2018-01-27", "on 9/11", "since at least 2014", "the 2014 attacks", "Jan. 3, 1990",
    "at 12:50", "about 9 a.m.", "at 1530 local time", "five o'clock", "at 0900",
    "a 17-year-old", "a man aged 24", "Salim Dar, 24, was there", "aged between 5 and 10", "aged 10, 12 and 14",
    "24 years old", "children under 15", "a four-year-old girl", "in his 20s",
    "$5 million", "5 dollars", "Rs 500", "5 per cent", "5%", "5.5 percent", "the 11th man", "two-thirds",
    "three quarters",
    "an AK-47", "M23", "a T-72 tank", "Su-25 jets", "AK-47s", "a 9 mm pistol", "9mm", "82-mm mortars", "Grad-21",
    "15 kilometres away", "some 15 km away", "more than 15 miles", "Highway 1", "section 3", "Article 5",
    "resolutions 2118 and 2254", "call 555-123-4567", "+93 70 123 4567", "version 3.2",
    "one of the attackers", "one another", "the one that", "two weeks", "30 minutes", "three more days", "two-day",
    "two and a half years", "hundreds of years", "several days", "how many people", "as many", "no longer",
    "no immediate reports of casualties", "no group has claimed it", "no evidence",
    "https://arden.example/2018/12/killed-15",
    "thirteenth", "Air Force One took off", "9" * 40, "version 1.2.3", "(3)",
], ids=str)
def test_what_counts_nobody_is_no_count(text):
    assert bounds(text) == []


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("at least three killed and 30 wounded", ["at least three", "30"], id="a modifier and its own number"),
    pytest.param("the toll rose from 15 to 20", ["15", "20"], id="a rise is two counts"),
    pytest.param("killed 13 soldiers and nearly 200 villagers", ["13", "nearly 200"], id="each its own"),
    pytest.param("On 27 January, 27 people died", ["27"], id="a day beside a count"),
    pytest.param("thirteen (13) people", ["thirteen"], id="said twice"),
    pytest.param("a 20-strong group", ["20"], id="a strength"),
    pytest.param("It took over 12 villages", ["12"], id="to take over is no modifier"),
    pytest.param("a bomb went off close to two schools", ["two"], id="close to a place"),
    pytest.param("31 soldiers, 4 officers and a dozen guards", ["31", "4", "a dozen"], id="a list"),
    pytest.param("forty\n\ntwo men", ["forty", "two"], id="no number across paragraphs"),
    pytest.param("AT LEAST 12 PEOPLE DIED", ["AT LEAST 12"], id="capitals"),
    pytest.param("one person was killed, no more", ["one"], id="one person"),
    pytest.param("killing one and wounding three", ["one", "three"], id="one as a noun"),
])
def test_numbers_that_stand_together_are_kept_apart(text, words):
    assert [c.words for c in read_counts(text)] == words


def test_an_offset_moves_the_ends():
    [count] = read_counts("at least 13", offset=100)
    assert (count.start, count.end) == (100, 111)


def test_the_step_adds_to_the_document():
    document = Document(a_report("PORT VERITY - At least 63 people were killed and 151 wounded."))
    find_counts(document)
    assert [c.words for c in document.counts] == ["At least 63", "151"]


PIECES = st.sampled_from((
    "at least", "13", "two", "hundred", "and", "dozen", "a", "half", "to", "-", ",", "between", "from", "no", "one",
    "of",
    "January", "aged", "24", "or", "more", "than", "(", ")", ".", "\n\n", "tens", "most", "them", "2018", "$", "%",
    "km", "\u0661",
    "\u2019", "1,500", "million", "several", "@", "://", "\x00", "\U0001f4a5",
))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join),
                 st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_gives_sound_spans(text):
    counts = read_counts(text)
    assert all(text[c.start:c.end] == c.words and c.words for c in counts)
    assert all(a.end <= b.start for a, b in pairwise(counts))
    assert all(c.low is None or c.high is None or c.low <= c.high for c in counts)


@pytest.mark.parametrize("piece", ["1", "1 ", "1,", "two ", "1-", "at least ", "aged 1, ", "one hundred and ",
    "hundreds of ",
                                   "January 1,", "\n ", "(1", "x@"], ids=repr)
def test_hostile_text_is_read_in_linear_time(piece):
    began = time.process_time()
    read_counts(piece * 6_000)
    assert time.process_time() - began < 5


def test_an_age_behind_also_counts_nobody():
    assert read_counts("He was charged in the death of Davin Cole, also 18.") == []
