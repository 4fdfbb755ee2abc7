"""No name of a victim, witness or merely suspected person is published (docs/record.md, "Protecting people")."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.publish.names import BLANK
from dateline.publish.withhold import withhold, withhold_statement
from dateline.records import AsOf, GroupStatement, Responsibility, Span, Speaker, Target, to_line
from made_incidents import STORY, a_figure, a_person, a_report, a_sensitive, an_account, an_incident

VICTIM, HURT = "Selda Oarewyn", "Tam Quillip"


def published_text(incident):
    """All that a JSON reader sees of an incident."""
    return to_line(withhold(incident).incident)


def test_a_victim_marked_as_sensitive_is_nowhere_in_what_is_published():
    incident = an_incident([an_account(sensitive=(a_sensitive(VICTIM),))])
    assert VICTIM in to_line(incident)
    shown = published_text(incident)
    assert "Selda" not in shown
    assert "Oarewyn" not in shown


@pytest.mark.parametrize("role", ["victim", "intended target", "rescuer"])
def test_a_person_to_whom_it_was_done_is_withheld_without_a_mark(role):
    shown = published_text(an_incident([an_account(actors=(a_person(HURT, role=role),))]))
    assert "Quillip" not in shown


@pytest.mark.parametrize("certainty", ["suspected", "blamed", "unknown"])
def test_a_merely_suspected_attacker_is_withheld(certainty):
    shown = published_text(an_incident([an_account(actors=(a_person(HURT, role="attacker", certainty=certainty),))]))
    assert "Quillip" not in shown


def test_an_attacker_in_a_crime_is_withheld():
    account = an_account(nature="crime", actors=(a_person(HURT, role="attacker"),))
    assert "Quillip" not in published_text(an_incident([account]))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"group": "vale-front", "certainty": "claimed"}, id="role-holder-of-an-armed-group"),
        pytest.param({"group": "vale-front", "certainty": "suspected"}, id="role-holder-though-only-suspected"),
        pytest.param({"certainty": "admitted"}, id="attacker-who-admits-it"),
    ],
)
def test_those_who_answer_for_it_are_named(given):
    assert HURT in published_text(an_incident([an_account(actors=(a_person(HURT, role="attacker", **given),))]))


def test_one_report_that_marks_a_name_withholds_it_from_all_of_them():
    marking = an_account(report="R1", sensitive=(a_sensitive(VICTIM),))
    silent = an_account(report="R2", text=STORY)
    assert "Oarewyn" not in published_text(an_incident([marking, silent]))


def test_every_field_that_repeats_the_name_is_blanked():
    text = STORY + f" {VICTIM}'s house was hit, her brother Oarewyn said."
    span = replace(a_sensitive(VICTIM, text).evidence[0])
    account = an_account(
        text,
        sensitive=(a_sensitive(VICTIM, text),),
        targets=(Target(f"{VICTIM}'s house", None, None, None, (span,)),),
        figures=(
            a_figure("12", 12, 12, 12, "exact", text=text, speaker="Oarewyn's brother", who=f"{VICTIM} and others"),
        ),
        responsibility=(Responsibility("denied", f"{VICTIM} denied", None, "Oarewyn", AsOf(None, None), (span,)),),
    )
    incident = an_incident([account], [a_report(text, title=f"{VICTIM} dead in shelling")])
    shown = published_text(incident)
    assert "Oarewyn" not in shown
    assert "Selda" not in shown


def test_offsets_still_point_at_the_words_they_quoted():
    account = an_account(
        sensitive=(a_sensitive(VICTIM),),
        actors=(a_person(VICTIM),),
        figures=(a_figure("At least 12 people", 12, None, 12, "at_least"),),
    )
    [joined] = withhold(an_incident([account])).incident.accounts
    spans = [e for a in joined.account.actors for e in a.evidence] + list(joined.account.evidence)
    spans += [e for f in joined.account.figures for e in f.evidence]
    for span in spans:
        assert len(span.quote) == span.end - span.start
        assert all(shown in (BLANK, true) for shown, true in zip(span.quote, STORY[span.start : span.end], strict=True))


def test_figures_and_bounds_survive_withholding():
    account = an_account(
        sensitive=(a_sensitive(VICTIM),), figures=(a_figure("At least 12 people", 12, None, 12, "at_least"),)
    )
    incident = an_incident([account])
    shown = withhold(incident).incident
    assert shown.toll == incident.toll
    assert shown.when == incident.when
    assert shown.where == incident.where
    assert [(j.report.id, j.account.id) for j in shown.accounts] == [
        (j.report.id, j.account.id) for j in incident.accounts
    ]


def test_what_is_withheld_is_counted():
    incident = an_incident([an_account(sensitive=(a_sensitive(VICTIM), a_sensitive(HURT)))])
    assert withhold(incident).withheld == 2


def test_an_incident_without_names_is_published_as_it_is():
    incident = an_incident()
    assert withhold(incident).incident == incident
    assert withhold(incident).withheld == 0


def test_a_name_within_another_word_is_left_alone():
    text = STORY + " The Quillipford bridge stood."
    shown = published_text(an_incident([an_account(text, actors=(a_person(HURT, text),))]))
    assert "Quillipford" in shown


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("al-Orawein", id="a-name-that-begins-small"),
        pytest.param("Ó Quillip", id="a-short-first-part"),
        pytest.param("سلدى قلب", id="a-script-without-capitals"),
        pytest.param("selda oarewyn", id="a-report-in-small-letters"),
        pytest.param("S. Ng", id="a-short-name"),
    ],
)
def test_any_name_that_is_marked_is_withheld_as_it_is_written(name):
    text = f"A woman was killed in Port Verity. She was {name}, said the mayor."
    assert name not in published_text(an_incident([an_account(text, sensitive=(a_sensitive(name, text),))]))


def test_a_name_is_withheld_however_it_is_capitalised():
    incident = an_incident([an_account(sensitive=(a_sensitive(VICTIM),))], [a_report(title=f"{VICTIM.upper()} KILLED")])
    assert "OAREWYN" not in published_text(incident)


def test_a_name_broken_over_two_lines_is_withheld():
    text = STORY + " Friends of Selda\nOarewyn wept."
    assert "Oarewyn" not in published_text(an_incident([an_account(text, sensitive=(a_sensitive(VICTIM, text),))]))


def test_the_place_keeps_its_name_where_a_victim_bears_it_too():
    text = "Shelling hit Port Verity, killing Ana Verity, a teacher."
    incident = an_incident([an_account(text, sensitive=(a_sensitive("Ana Verity", text),))])
    shown = withhold(incident).incident
    assert shown.where.name == "Port Verity"
    assert shown.headline == "shelling, Port Verity"


def test_an_outlet_keeps_its_name_where_a_victim_bears_it_too():
    text = "Shelling hit Port Verity, killing Ana Verity, a teacher."
    incident = an_incident([an_account(text, sensitive=(a_sensitive("Ana Verity", text),))], [a_report(text)])
    assert withhold(incident).incident.accounts[0].report.outlet == "Verity Post"


def test_a_victim_named_in_an_address_is_withheld_from_what_is_printed_of_it():
    source = "https://verity-post.example/2024/03/selda-oarewyn-killed-in-shelling"
    incident = an_incident([an_account(sensitive=(a_sensitive(VICTIM),))], [a_report(source=source)])
    assert "oarewyn" not in published_text(incident).lower()


def test_the_same_person_under_two_names_is_counted_once():
    text = STORY + " Oarewyn was 40."
    account = an_account(text, sensitive=(a_sensitive(VICTIM, text),), actors=(a_person("Oarewyn", text),))
    assert withhold(an_incident([account], [a_report(text)])).withheld == 1


@pytest.mark.parametrize("mention", ["a Father", "Police", "The teen"])
def test_a_mention_without_a_name_blanks_nothing_and_is_not_counted(mention):
    text = f"{mention} was killed in Port Verity. Police said so. The teen and a Father wept."
    incident = an_incident([an_account(text, actors=(a_person(mention, text),))], [a_report(text)])
    assert withhold(incident).withheld == 0
    assert withhold(incident).incident == incident


@pytest.mark.parametrize(
    ("kind", "is_named"),
    [pytest.param("witness", False, id="a-witness-is-not"), pytest.param("official", True, id="an-official-is")],
)
def test_who_gives_a_figure_is_named_unless_a_witness(kind, is_named):
    text = STORY + " Orla Venn counted 12."
    speaker = Speaker("Orla Venn", "Orla Venn", None, None, kind, None)
    figure = replace(a_figure("12.", 12, 12, 12, "exact", text=text, speaker="Orla Venn"), speakers=(speaker,))
    shown = published_text(an_incident([an_account(text, figures=(figure,))], [a_report(text)]))
    assert ("Venn" in shown) == is_named


def test_an_official_keeps_the_given_name_that_a_victim_bears_too():
    text = "Shelling killed Selda Oarewyn, 12, said mayor Selda Farrow. Selda was at school."
    speaker = Speaker("mayor Selda Farrow", "Selda Farrow", "mayor", None, "official", None)
    figure = replace(a_figure("12", 12, 12, 12, "exact", text=text), speakers=(speaker,))
    account = an_account(text, sensitive=(a_sensitive(VICTIM, text),), figures=(figure,))
    [joined] = withhold(an_incident([account], [a_report(text)])).incident.accounts
    assert joined.account.figures[0].speakers[0].person == "Selda Farrow"
    assert joined.account.evidence[0].quote.endswith(f"said mayor Selda Farrow. {BLANK * 5} was at school.")


def test_a_speaker_who_may_be_the_victim_is_not_saved_by_the_longer_name():
    text = "Quillip was hurt. Tam Quillip counted 12."
    speaker = Speaker("Tam Quillip", "Tam Quillip", None, None, "other", None)
    figure = replace(a_figure("12", 12, 12, 12, "exact", text=text, speaker="Tam Quillip"), speakers=(speaker,))
    account = an_account(text, sensitive=(a_sensitive("Quillip", text),), figures=(figure,))
    assert "Quillip" not in published_text(an_incident([account], [a_report(text)]))


def test_a_statement_about_a_group_does_not_name_the_victims_of_its_report():
    quote = f"The Front, which killed {VICTIM}, has 100 fighters."
    said = GroupStatement("S1", "R1", "vale-front", "the Front", "aim", {"text": quote}, AsOf(None, None), None,
                          (Span(0, len(quote), quote),))
    shown = to_line(withhold_statement(said, [an_account(sensitive=(a_sensitive(VICTIM),))]))
    assert "Oarewyn" not in shown
    assert withhold_statement(said, [an_account()]) == said
