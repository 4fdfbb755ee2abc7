"""How a figure of ours is held against a label, and which labelled incident an account stands for. Texts are made up."""

import pytest

from bench.syria import _counted, _matched, _stand_for, heads, same_speaker
from dateline.extract import extract
from helpers import a_report

TEXT = ("ARDEN, March 11, 2024 (AFP) - Shelling killed at least nine people in Arden on Monday, the director of the Verity "
        "Observatory, Rami Varela, said. In Bara, a car bomb killed four people on Sunday.")


def label(words, low, high, speaker=None, **given):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "effect": "killed", "low": low, "high": high, "speaker": speaker, **given}


def accounts():
    return extract(a_report(TEXT)).accounts


@pytest.mark.parametrize(("name", "head"), [
    pytest.param("the director of the Observatory, Rami Varela", {"director", "varela"}, id="office-and-name"),
    pytest.param("a monitor", {"monitor"}, id="a-noun"),
    pytest.param("Syria's state television", {"television"}, id="whose"),
])
def test_the_head_of_each_part_of_a_speaker_counts(name, head):
    assert heads([name]) == head


def test_a_figure_is_right_with_its_bounds_and_more_so_with_its_speaker():
    figures = [figure for account in accounts() for figure in account.figures]
    right = label("at least nine people", 9, None, "the director of the Verity Observatory, Rami Varela")
    [(ours, theirs)] = _matched(figures, [right], 0)
    assert same_speaker(ours, theirs)
    assert not same_speaker(ours, {**theirs, "speaker": None})
    assert not _matched(figures, [{**right, "high": 9}], 0)


def test_an_account_stands_for_the_incident_with_which_it_shares_figures():
    incidents = [{"incident": "bara", "told_as": "news", "place": "Bara", "earliest": "2024-03-10", "latest": "2024-03-10",
                  "figures": [label("four people", 4, 4)]},
                 {"incident": "arden", "told_as": "news", "place": "Arden", "earliest": "2024-03-11", "latest": "2024-03-11",
                  "figures": [label("at least nine people", 9, None)]}]
    told = accounts()
    assert [_stand_for(told, {"incidents": incidents}, 0)[account.id] for account in told] == ["arden", "bara"]


def test_a_figure_that_holds_both_tellings_is_measured_by_the_one_that_counts():
    text = ("ARDEN, March 11, 2024 (AFP) - Shelling killed nine people in Arden on Monday. The shelling killed nine people at "
            "the market.")
    [account] = extract(a_report(text)).accounts
    first, again = text.index("nine people"), text.rindex("nine people")
    told = {"start": first, "end": first + 11, "effect": "killed", "low": 9, "high": 9, "speaker": None}
    repeat = {**told, "start": again, "end": again + 11}
    [figure] = account.figures
    assert len(figure.evidence) == 2
    assert _counted([figure], [told], [repeat], 0) == [figure]
    assert _counted([figure], [], [told, repeat], 0) == []
