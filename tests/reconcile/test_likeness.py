"""Likeness of texts by the words that reports on violence seldom use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reconcile.candidates import pairs, word_keys
from dateline.reconcile.likeness import likeness, profile, rarest, rarity
from dateline.reconcile.pair import pair_of
from reconcile.factories import ARDEN, KABUL, a_day, a_place, a_report, a_span, an_account, an_actor

TOLD = ("Orla Venn, a baker of Quillstone, was shot beside the harbour lighthouse as the regatta ended, and her nephew Tam "
        "Brook fled across the drawbridge with a limp.")
TOLD_AGAIN = ("The nephew of baker Orla Venn, killed by the lighthouse during the regatta, told a magistrate that he ran over "
              "the drawbridge at Quillstone.")
OTHER = ("Police in Lower Marl are searching for a blue pickup after a grocer was wounded in a robbery on the orchard road, "
         "where shutters and a scooter were damaged by pellets.")


def test_names_and_rare_things_count_and_words_of_all_such_news_do_not():
    assert rarity("venn") >= rarity("lighthouse") > rarity("harbor") > rarity("police")
    assert "said" not in profile("The police said that Orla Venn died.")
    assert rarest(profile(TOLD), 3) == rarest(profile(TOLD), 5)[:3]


def test_two_tellings_of_one_incident_are_more_alike_than_two_incidents():
    assert likeness(profile(TOLD), profile(TOLD_AGAIN)) > 4 * likeness(profile(TOLD), profile(OTHER))


def test_an_address_counts_and_a_year_does_not():
    words = profile("Shots were fired in the 2300 block of Quay Street in 2016.")
    assert "2300" in words
    assert "2016" not in words


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric_and_between_none_and_whole(a, b):
    ours, theirs = profile(a), profile(b)
    assert likeness(ours, theirs) == likeness(theirs, ours)
    assert 0 <= likeness(ours, theirs) <= 1
    assert not ours or likeness(ours, ours) == pytest.approx(1)


def test_two_reports_of_a_few_words_are_less_alike_than_two_long_ones_that_share_as_much():
    def alike(*words):
        reports = {one.id: one for one in (a_report(" ".join(words), id="R1"), a_report(" ".join(words), id="R2"))}
        return pair_of(an_account(report="R1", id="A1"), an_account(report="R2", id="A2"), reports).alike
    names = [f"{start}{end}" for start in ("quill", "marl", "orrin", "venn") for end in ("ston", "dale", "wick", "ford")]
    assert alike(*names[:3]) is None
    assert 0 < alike(*names[:8]) < 0.6 < alike(*names) <= 1


@pytest.mark.parametrize(("where", "day", "counts"), [
    pytest.param(KABUL, "2018-01-27", True, id="one day and place: the name may be what tells it"),
    pytest.param(ARDEN, "2018-01-27", False, id="another place: a group attacks in more than one"),
    pytest.param(KABUL, "2018-03-02", False, id="another day"),
])
def test_the_name_of_a_group_makes_no_two_attacks_alike(where, day, counts):
    quote = "The Quillmarch Vanguard of Orrinston Venndale stormed a post."
    group = an_actor(text="Quillmarch Vanguard of Orrinston Venndale", group="quillmarch")
    a, b = (an_account(report=name, id=name, actors=(group,), evidence=a_span(quote), where=a_place(**place), when=a_day(on))
            for name, place, on in (("A1", KABUL, "2018-01-27"), ("A2", where, day)))
    assert (pair_of(a, b, {}).sentences > 0.5) is counts


def told(name, text, day, where=KABUL, **given):
    report = a_report(text, id=f"R{name}", published=f"{day}T10:00")
    return an_account(report=report.id, id=f"A{name}", where=a_place(**where), when=a_day(day), **given), report


@pytest.mark.parametrize(("day", "main", "compared"), [
    pytest.param("2018-02-20", True, True, id="weeks later, by both reports"),
    pytest.param("2018-11-20", True, True, id="many months later"),
    pytest.param("2020-11-20", True, False, id="years later"),
    pytest.param("2018-02-20", False, False, id="beside what the report is about, in sentences of its own"),
])
def test_accounts_of_other_days_and_places_are_compared_where_their_reports_share_rare_words(day, main, compared):
    (a, first), (b, second) = (told("1", TOLD, "2018-01-27", main=True),
                               told("2", TOLD_AGAIN, day, ARDEN, main=main))
    assert pairs([a, b], {first.id: first, second.id: second}) == ([(0, 1)] if compared else [])


def test_the_name_of_the_town_does_not_bring_together_what_was_written_months_apart():
    account, report = told("1", TOLD, "2018-01-27", where={"name": "Quillstone"}, evidence=a_span(TOLD))
    lasting = {key.word.removesuffix(":s"): key.lasting for key in word_keys(account, report).keys}
    assert lasting.pop("quillstone") is False
    assert any(lasting.values())


def test_a_report_is_found_by_its_words_only_if_it_is_known_when_it_was_written():
    account, report = told("1", TOLD, "2018-01-27", main=True)
    assert word_keys(account, report).day == 736721
    assert word_keys(account, a_report(TOLD, written=None)) is None
