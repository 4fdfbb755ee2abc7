"""polnear: when an attribution of theirs and one of ours are one, and what each figure counts. All texts are made up."""

import pytest

from bench.polnear import Cited, Text, figures_of, half_of_each, ours_of, paired, read_one, same_source
from dateline.extract.document import Attribution, Document
from dateline.records import Speaker
from tests.helpers import a_report

TEXT = "The mayor of Arden said that the bridge was closed. It was reported that two cars fell."
MAYOR, SAID, CLOSED = (0, 18), (19, 23), (24, 50)


def a_text(heads=None):
    """A text whose spans have the head that `heads` gives for their start, else their first word."""
    return Text("t1", TEXT, lambda span: (heads or {}).get(span[0], span[0]))


def cited(source=MAYOR, cue=SAID, content=CLOSED):
    return Cited(*((span,) if span else () for span in (source, cue, content)))


def test_a_word_counts_once_whoever_says_it():
    read = read_one(a_text(), [cited(), cited(cue=(29, 32))], [cited()])
    figures = figures_of([read])
    assert (figures["source_f1"], figures["content_f1"]) == (100.0, 100.0)
    assert figures["cue_f1"] == pytest.approx(66.67)     # one of two words, none made up
    assert (figures["attribution_f1"], figures["precision"], figures["recall"]) == (66.67, 100.0, 50.0)


def test_that_and_articles_at_the_ends_are_no_difference():
    figures = figures_of([read_one(a_text(), [cited()], [cited(source=(4, 18), content=(29, 43))])])
    assert (figures["exact.source_f1"], figures["exact.content_f1"]) == (100.0, 0.0)
    assert figures_of([read_one(a_text(), [cited()], [cited(content=(33, 51))])])["exact.content_f1"] == 100.0


@pytest.mark.parametrize(("ours", "found"), [
    pytest.param((33, 50), True, id="most-of-it"),
    pytest.param((44, 50), False, id="one-word-of-five"),
    pytest.param((0, 87), False, id="the-whole-text-is-no-answer"),
])
def test_contents_share_half_of_each(ours, found):
    text = a_text()
    assert half_of_each(text.words([CLOSED]), text.words([ours])) is found


@pytest.mark.parametrize(("theirs", "ours", "same"), [
    pytest.param(MAYOR, (4, 18), True, id="the-same-head"),
    pytest.param(MAYOR, (13, 18), False, id="another-word-of-the-name"),
    pytest.param(None, None, True, id="nobody"),
    pytest.param(MAYOR, None, False, id="somebody-missed"),
    pytest.param(None, MAYOR, False, id="somebody-made-up"),
])
def test_a_source_is_right_by_its_head(theirs, ours, same):
    assert same_source(a_text({0: 4}), cited(source=theirs), cited(source=ours)) is same


def test_each_attribution_stands_for_one():
    narrow, wide = cited(content=(29, 50)), cited(content=(29, 87))
    assert paired(a_text(), [narrow], [wide, narrow], sources=True) == [(0, 1)]


def test_it_was_reported_has_no_source_and_a_second_quotation_is_the_same_speech():
    mayor = Speaker("mayor of Arden", None, "mayor", None, "official", None)
    document = Document(a_report(TEXT), attributions=[
        Attribution(29, 40, mayor, 4, 18, "said", 19), Attribution(41, 50, mayor, 4, 18, "said", 19),
        Attribution(73, 86, None, 52, 54, "reported", 59)])
    assert ours_of(document) == [Cited(((4, 18),), ((19, 23),), ((29, 40), (41, 50))), Cited((), ((59, 67),), ((73, 86),))]
