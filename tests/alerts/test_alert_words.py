"""The words of alerts: figures, speakers, certainty, claims."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.alerts.facts import Facts, OwnWord, differences, facts_of
from dateline.alerts.words import responsibility_lines, sentences, title_of, watch_words, with_names
from dateline.publish.withhold import withhold
from dateline.records.account import AsOf, Responsibility
from dateline.records.briefing import Bounds, Coverage
from dateline.records.mailing import Watch
from made_incidents import STORY, a_figure, a_person, a_sensitive, a_toll, an_account, an_attacker, an_incident, words_of


def said(stance, group="vale-front", speaker="Vale Front", quote="Shelling hit"):
    return Responsibility(stance, f"{speaker} {stance}", group, speaker, AsOf(None, None), words_of(STORY, quote))


def of(certainty, text="Vale Front"):
    return an_attacker(text, organisation=text, group="vale-front", certainty=certainty)


@pytest.mark.parametrize(("given", "lines"), [
    pytest.param({"actors": (of("claimed"),), "responsibility": (said("claimed"),)},
                 ["Vale Front claimed responsibility (Verity Post)."], id="a-claim-is-a-claim"),
    pytest.param({"actors": (of("stated"),)}, ["Done by Vale Front, according to Verity Post."], id="a-report-states-it"),
    pytest.param({"responsibility": (said("blamed", speaker="the mayor"),)},
                 ["Blamed on Vale Front by the mayor (Verity Post)."], id="blamed"),
    pytest.param({"responsibility": (said("suspected", speaker="the mayor"),)},
                 ["Vale Front is only suspected, according to the mayor (Verity Post)."], id="suspected"),
    pytest.param({"responsibility": (said("denied"),)}, ["Vale Front denied it, as reported."], id="denied-by-itself"),
    pytest.param({}, [], id="nobody-is-named"),
])
def test_who_did_it_is_told_as_surely_as_it_is_known(given, lines):
    shown = with_names(withhold(an_incident([an_account(**given)])), {"vale-front": "Vale Front"}.get)
    assert responsibility_lines(shown.incident) == lines


@pytest.mark.parametrize(("status", "title"), [
    ("happened", "Shelling, Port Verity, XA, 12 Mar 2024"),
    ("alleged", "Alleged: shelling, Port Verity, XA, 12 Mar 2024"),
    ("attempted", "Attempted: shelling, Port Verity, XA, 12 Mar 2024"),
    ("foiled", "Foiled: shelling, Port Verity, XA, 12 Mar 2024"),
])
def test_what_did_not_surely_happen_says_so_first(status, title):
    assert title_of(an_incident(status=status)) == title


def test_no_name_that_the_record_withholds_is_told():
    account = an_account(
        figures=(a_figure("At least 12", 12, None, 12, "at_least"),), actors=(a_person("Selda Oarewyn"),),
        sensitive=(a_sensitive("Selda Oarewyn"), a_sensitive("Tam Quillip")))
    told = " ".join(sentences(withhold(an_incident([account], headline="shelling, home of Selda Oarewyn"))))
    assert "Oarewyn" not in told
    assert "Quillip" not in told
    assert "2 names withheld" in told
    assert "At least 12 killed" in told


def test_words_of_a_report_turn_no_letters_around_and_end_no_line():
    account = an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least", speaker="the \u202emayor\r\nBcc: x"),))
    for line in sentences(withhold(an_incident([account]))):
        assert line.isprintable()


HELD = Facts("held", "attack", "happened", Bounds(35, 35, None), Bounds(None, None, None), "18 Jan 2017", "Gao, Mali")
CLAIM = OwnWord("vale-front", "claimed", "Vale Front")


@pytest.mark.parametrize(("now", "lines"), [
    pytest.param({}, (), id="nothing"),
    pytest.param({"killed": Bounds(60, 60, 60)}, ("Killed: at least 35 -> 60.",), id="a-toll"),
    pytest.param({"killed": Bounds(60, 60, None)}, ("Killed: at least 35 -> at least 60.",), id="at-least-is-not-lost"),
    pytest.param({"killed": Bounds(47, 60, 80)}, ("Killed: at least 35 -> 47-80 (best 60).",), id="a-range"),
    pytest.param({"injured": Bounds(115, 115, 115)}, ("Injured: not told -> 115.",), id="injured"),
    pytest.param({"status": "alleged"}, ("Status: happened -> alleged: everything that is told of it now comes from one side.",),
                 id="alleged"),
    pytest.param({"kind": "suicide bomb"}, ("Kind: attack -> suicide bombing.",), id="kind"),
    pytest.param({"day": "17-18 Jan 2017"}, ("Day: 18 Jan 2017 -> 17-18 Jan 2017.",), id="day"),
    pytest.param({"place": "Kidal, Mali"}, ("Place: Gao, Mali -> Kidal, Mali.",), id="place"),
    pytest.param({"own_words": (CLAIM,)}, ("Vale Front claimed responsibility.",), id="a-claim"),
    pytest.param({"own_words": (replace(CLAIM, stance="denied"),)}, ("Vale Front denied it.",), id="a-denial"),
    pytest.param({"state": "rejected"}, ("An editor rejected it: it counts in the record no longer.",), id="rejected"),
    pytest.param({"state": "background", "killed": Bounds(1, 1, 1)},
                 ("It is no longer told as news: what is left of it in the record is background.",), id="background"),
    pytest.param({"corrected": 1}, (), id="a-correction-of-what-is-not-told"),
    pytest.param({"corrected": 1, "day": "17 Jan 2017"}, ("Day: 18 Jan 2017 -> 17 Jan 2017.",
                 "A person corrected what is held of it."), id="a-correction"),
])
def test_an_update_tells_what_differs(now, lines):
    assert differences(HELD, replace(HELD, **now), frozenset({"Gao, Mali"})) == lines


def test_a_place_that_is_shown_no_more_is_not_repeated():
    assert differences(HELD, replace(HELD, place="Gao Cercle, Mali"), frozenset()) == ("Place: now Gao Cercle, Mali.",)


def test_who_was_no_group_is_not_named_again_when_their_claim_is_told_no_more():
    told = replace(HELD, own_words=(OwnWord("~tam quillip", "claimed", "Tam Quillip"),))
    assert differences(told, HELD, frozenset()) == ("That somebody claimed responsibility is no longer told.",)


def test_facts_are_of_the_incident_as_it_may_be_shown():
    account = an_account(sensitive=(a_sensitive("Port Verity", kind="shelter"),))
    facts = facts_of(withhold(an_incident([account], toll=an_incident().toll)))
    assert "Port Verity" not in facts.place


@pytest.mark.parametrize(("watch", "words"), [
    (Watch(1, "w", Coverage()), "anywhere"),
    (Watch(1, "w", Coverage(countries=("ML", "NE"), killed=10)), "Mali or Niger; at least 10 killed"),
    (Watch(1, "w", Coverage(groups=("vale-front",)), provinces=("ML:Gao",), near=(16.27, -0.04, 50.0)),
     "Gao, Mali or within 50 km of 16.27 N 0.04 W; Vale Front"),
])
def test_a_watch_says_what_it_is_for(watch, words):
    assert watch_words(watch, {"vale-front": "Vale Front"}) == words


def test_casualties_are_not_deaths():
    account = an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least", effect="casualties"),))
    assert "At least 12 killed or injured, according to the mayor (Verity Post)." in sentences(withhold(an_incident([account])))


def test_a_toll_nobody_told_is_no_zero():
    one = an_incident()
    shown = withhold(replace(one, toll=replace(one.toll, killed=a_toll(None, None, None))))
    assert any(line.startswith("Killed: not told.") for line in sentences(shown))
