"""What holds of the sentences whatever the counts and names are: nothing is sharpened, nothing invented, nobody private named."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from dateline.publish.brief import sentences
from dateline.publish.brief.sentences_counts import count_words, span_of_toll
from dateline.publish.brief.sentences_totals import total
from dateline.publish.safe import plain
from dateline.records.briefing import Bounds
from made_incidents import a_toll
from made_sentences import (
    HEALTH,
    MAYOR,
    MINISTRY,
    NEXT,
    POLICE,
    about,
    an_incident_of,
    at_least,
    attacker,
    between,
    count,
    exactly,
    group,
    more_than,
    name_of,
    nearly,
    private,
    said,
    somewhere,
    told,
    up_to,
    witness,
    word,
)

NUMBER = re.compile(r"\d[\d,]*")
HIGHEST = 5_000

numbers = st.integers(0, HIGHEST)
counts = st.one_of(
    st.builds(exactly, numbers), st.builds(at_least, numbers), st.builds(more_than, numbers),
    st.builds(nearly, st.integers(1, HIGHEST)), st.builds(up_to, st.integers(1, HIGHEST)),
    st.builds(about, st.integers(1, HIGHEST)),
    st.tuples(numbers, numbers).map(lambda ends: between(min(ends), max(ends))), st.sampled_from(["dozens", "several"]).map(word))
speakers = st.sampled_from([HEALTH, MINISTRY, POLICE, MAYOR, group("vale-front"), witness(None, "residents"), None])
hours = st.one_of(st.none(), st.integers(0, 23).map(lambda hour: (f"{hour:02}:00", f"{hour:02}:00")))


@st.composite
def figures(draw: st.DrawFn, most: int = 4) -> list[Any]:
    drawn = draw(st.lists(st.tuples(counts, speakers, hours, st.booleans()), min_size=1, max_size=most))
    return [count(number, *([by] if by else []), hours=hour, id=f"F{at}", **({"day": NEXT} if is_next else {}))
            for at, (number, by, hour, is_next) in enumerate(drawn)]


@given(figures())
def test_every_number_that_is_shown_was_told_or_is_a_bound_of_the_toll(given_figures: list[Any]) -> None:
    incident = an_incident_of(told(*given_figures))
    shown = sentences.new_lines(incident, name_of)[0].text.partition(": ")[2]
    shown = re.sub(r" by \d\d:\d\d| by \d+ Mar", "", shown)
    known = {number for one in given_figures for number in (one.low, one.high, one.value) if number is not None}
    known |= {number for number in (incident.toll.killed.low, incident.toll.killed.best, incident.toll.killed.high) if number}
    assert {int(number.replace(",", "")) for number in NUMBER.findall(shown)} <= known


@given(counts)
def test_a_count_without_a_top_says_at_least_or_more_than(number: dict[str, Any]) -> None:
    figure = count(number)
    words = count_words(figure)
    if figure.high is None and figure.low:
        assert words.startswith(("at least ", "more than "))
    if figure.low is None and figure.high is not None:
        assert words.startswith(("nearly ", "up to "))


@given(st.one_of(st.none(), numbers), st.one_of(st.none(), numbers), st.one_of(st.none(), numbers))
def test_a_span_of_a_toll_never_closes_an_open_end(low: int | None, best: int | None, high: int | None) -> None:
    ends = sorted(number for number in (low, best, high) if number is not None)
    low, best, high = (None if end is None else ends.pop(0) for end in (low, best, high))
    words = span_of_toll(a_toll(low, best, high))
    if high is None:
        assert words.startswith(("at least ", "no number", "no sure number"))
    assert {int(number.replace(",", "")) for number in NUMBER.findall(words)} <= {low, best, high}


@given(st.lists(st.one_of(st.none(), st.tuples(numbers, numbers, numbers).map(lambda three: Bounds(*sorted(three))),
                          numbers.map(lambda low: Bounds(low, low, None))), max_size=6))
def test_a_sum_is_open_where_one_of_its_tolls_is(tolls: list[Bounds | None]) -> None:
    summed = total(tolls)
    assert summed.high is None or all(one is not None and one.high is not None for one in tolls)
    if summed.low is not None and summed.best is not None:
        assert summed.low <= summed.best
        assert summed.high is None or summed.best <= summed.high


@given(figures(), st.sampled_from(["alleged", "happened", "attempted", "foiled"]))
def test_each_sentence_is_one_line_that_ends_with_a_stop(given_figures: list[Any], status: str) -> None:
    incident = an_incident_of(told(*given_figures), status=status)
    for line in sentences.new_lines(incident, name_of):
        assert line.text.isprintable()
        assert line.text.endswith(".")
        assert not line.text.endswith("..")
        assert "!" not in line.text
        assert line.outlets == ("Verity Post",)
    assert ("allege" in sentences.new_lines(incident, name_of)[0].text) == (status == "alleged")


NAMES = st.sampled_from(["Selda Oarewyn", "Tam Quillip", "Mirn Aldecott-Vane", "Ostra Wynn"])


@given(NAMES, st.sampled_from(["who", "speaker", "place", "attacker", "blamed", "by", "words"]))
def test_a_name_that_is_withheld_stands_in_no_sentence(name: str, where: str) -> None:
    by = witness(name, f"{name}, a baker") if where == "speaker" else HEALTH
    report = told(
        count(exactly(3), by, who=name if where == "who" else "people"),
        sensitive=(private(name),) if where != "speaker" else (),
        where=somewhere(text=f"the house of {name}", name=None, lat=None, lon=None, unplaced="nothing fits") if where == "place"
        else somewhere(),
        actors=(attacker(name, person=name, certainty="suspected"),) if where in ("attacker", "blamed") else (),
        responsibility=(said("blamed", None, text=f"{name} is blamed", by=name if where == "by" else "police"),)
        if where in ("blamed", "by", "words") else ())
    incident = an_incident_of(report)
    shown = " ".join([sentences.heading(incident), *(line.text for line in sentences.new_lines(incident, name_of)),
                      *(line.text for line in sentences.uncertain_lines(incident, name_of))])
    assert "█" not in shown
    assert not [part for part in name.split() if part in shown]


@given(st.text(max_size=300))
@example("x" * 300)
@example("," * 300)
@example(f",{'x' * 300}")
def test_words_of_a_report_cannot_break_out_of_a_line(words: str) -> None:
    report = told(count(exactly(3), HEALTH, who=words), where=somewhere(text=words, unplaced="nothing fits", name=None),
                  responsibility=(said("claimed", None, by=words, text=words),))
    incident = an_incident_of(report)
    for text in [sentences.heading(incident), *(line.text for line in sentences.new_lines(incident, name_of))]:
        assert plain(text) == text
        assert len(text) < 400
