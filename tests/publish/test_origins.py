"""Who read a value, and how far the reader doubts it, in words that a person understands."""

from __future__ import annotations

import pytest

from dateline.desk.views.facts import held_facts, parties_read
from dateline.publish.origins import doubt_words, doubted, origin_words, told_by_words
from dateline.reconcile.merge import merge
from dateline.records import Target
from made_incidents import STORY, a_report, an_account, an_attacker, an_incident, words_of

VERSION = "rules-4, reader-1"


@pytest.mark.parametrize(("origin", "extractor", "words"), [
    pytest.param("rule", VERSION, "a rule (rules-4)", id="rule"),
    pytest.param("model", VERSION, "the reader (reader-1)", id="the-reader-with-its-version"),
    pytest.param("rule+model", VERSION, "a rule and the reader (rules-4, reader-1)", id="both"),
    pytest.param("rule", None, "a rule", id="an-older-record-did-not-note-the-version"),
    pytest.param("model", "rules-3", "the reader", id="another-version-read-its-report"),
    pytest.param("person", VERSION, "a person", id="person"),
    pytest.param("sheet", None, "a person, in a sheet", id="sheet"),
    pytest.param("endpoint:quill-7b", f"endpoint:quill-7b {VERSION}", "the model quill-7b at an address", id="endpoint"),
    pytest.param("endpoint:a\u202eb", None, "the model ab at an address", id="a-name-turns-no-letters-round"),
    pytest.param("rule+person", VERSION, "a rule (rules-4), corrected by a person", id="corrected"),
    pytest.param("endpoint:m+person", None, "the model m at an address, corrected by a person", id="endpoint-corrected"),
])
def test_who_read_it(origin, extractor, words):
    assert origin_words(origin, extractor) == words


@pytest.mark.parametrize(("likely", "words"), [
    pytest.param(None, "", id="not-asked-is-no-doubt"),
    pytest.param(0.0, "the reader doubts it (0.00)", id="nothing"),
    pytest.param(0.199, "the reader doubts it (0.20)", id="less-than-all-it-would-find"),
    pytest.param(0.2, "the reader is unsure of it (0.20)", id="unsure"),
    pytest.param(0.5, "the reader finds it likely (0.50)", id="likely"),
])
def test_doubt_has_a_word_and_a_figure(likely, words):
    assert doubt_words(likely) == words


@pytest.mark.parametrize(("likely", "words"), [
    pytest.param(None, "read by a rule (rules-4)", id="not-asked"),
    pytest.param(0.04, "read by a rule (rules-4); the reader doubts that an incident is told (0.04)", id="doubted"),
    pytest.param(0.3, "read by a rule (rules-4); the reader is unsure whether an incident is told (0.30)", id="unsure"),
    pytest.param(0.9, "read by a rule (rules-4); the reader finds it likely that an incident is told (0.90)", id="likely"),
])
def test_an_account_says_how_likely_an_incident_is_told(likely, words):
    assert told_by_words(an_account(likely=likely), VERSION) == words


def test_parties_that_were_read_alike_are_told_in_one_line_and_others_each_by_name():
    rule, model = an_attacker("riders", likely=0.04), an_attacker("gunmen", origin="model", likely=0.61)
    assert parties_read([rule], VERSION) == ("read by a rule (rules-4); the reader doubts it (0.04)",)
    assert parties_read([rule, model], VERSION) == (
        "\u201criders\u201d read by a rule (rules-4); the reader doubts it (0.04)",
        "\u201cgunmen\u201d read by the reader (reader-1), which finds it likely (0.61)")
    assert parties_read([], VERSION) == ()


def test_a_party_that_the_model_was_not_asked_about_is_not_doubted():
    asked, unasked = an_attacker("riders", likely=0.04), an_attacker("gunmen")
    assert doubted([asked, unasked]) == [asked]


def test_what_two_accounts_tell_was_read_by_both_and_is_as_likely_as_the_likelier():
    target = Target("the port", None, None, None, words_of(STORY, "port" if "port" in STORY else "Port"), likely=0.1)
    told = [an_account(report="R1", actors=(an_attacker("gunmen", likely=0.1),), targets=(target,)),
            an_account(report="R2", actors=(an_attacker("gunmen", origin="model", likely=0.7),),
                       targets=(Target("the port", None, None, None, target.evidence),))]
    held = merge("DTL-1", told, {name: a_report(id=name) for name in ("R1", "R2")})
    assert [(one.origin, one.likely) for one in held.actors] == [("rule+model", 0.7)]
    assert [(one.origin, one.likely) for one in held.targets] == [("rule", 0.1)]


def test_a_day_that_a_person_set_was_read_by_nobody_else():
    one = an_incident()
    when, where, *_ = held_facts(one, lambda group: group or "", {"R1": VERSION}, {"when"})
    assert when.read == ("set by a person",)
    assert where.read == ("read by a rule (rules-4)",)


def test_the_version_is_left_out_where_several_read_the_reports():
    one = an_incident([an_account(report=name, actors=(an_attacker("gunmen"),)) for name in ("R1", "R2")])
    facts = {fact.label: fact for fact in held_facts(one, lambda group: group or "", {"R1": "rules-3", "R2": "rules-4"})}
    assert facts["When"].read == ("read by a rule (rules-3); by a rule (rules-4)",)
    assert facts["Attackers"].read == ("read by a rule",)
