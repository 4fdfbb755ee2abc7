"""How our own labelled reports are read, and that the file of them is whole."""

from typing import get_args

import pytest

from dateline.records.account import INCIDENT_STATUSES, Status, ToldAs
from dateline.records.kinds import KINDS as RECORD_KINDS
from training.own_reports import (
    EFFECTS,
    KINDS,
    NOTICES,
    ROLES,
    STATUSES,
    TOLD_AS,
    OwnIncident,
    OwnReportsError,
    counts,
    load,
    read,
)

FEWEST = 60                       # spans of a role: fewer teach it badly
HEAD = "# own-001\nincident 1: kind=attack; status=happened; told_as=news\n"


@pytest.fixture(scope="module")
def reports():
    return load()


def spans_of(marked):
    """(words, role, incidents, effect) of a report's text that tells two incidents."""
    [report] = read(HEAD + "incident 2: kind=grenade; status=alleged; told_as=background\n" + marked)
    return [(report.text[span.start:span.end], span.role, span.incidents, span.effect) for span in report.spans]


@pytest.mark.parametrize(("marked", "expected"), [
    pytest.param("[Gunmen|attacker 1] came, [grenades|weapon 2] fell.",
                 [("Gunmen", "attacker", (1,), None), ("grenades", "weapon", (2,), None)], id="words-and-their-role"),
    pytest.param("[Gunmen|attacker 1,2] came.", [("Gunmen", "attacker", (1, 2), None)], id="one-role-in-two-incidents"),
    pytest.param("[Two nuns|victim 1,2 injured] ran.", [("Two nuns", "victim", (1, 2), "injured")], id="what-became-of-them"),
    pytest.param("[[Vale|organisation 2] rebels|attacker 1] came.",
                 [("Vale rebels", "attacker", (1,), None), ("Vale", "organisation", (2,), None)],
                 id="marks-in-marks-the-longer-first"),
    pytest.param("[The camp|target 1; place 2] burnt.",
                 [("The camp", "target", (1,), None), ("The camp", "place", (2,), None)], id="two-roles-of-the-same-words"),
    pytest.param("\\[Music\\] [A \\| B|place 1,2]", [("A | B", "place", (1, 2), None)], id="a-backslash-keeps-bracket-and-bar"),
    pytest.param("[Møre|place 1] and [Ås|place 2]",
                 [("Møre", "place", (1,), None), ("Ås", "place", (2,), None)], id="offsets-are-code-points"),
])
def test_marks_become_spans_of_the_plain_text(marked, expected):
    assert spans_of(marked) == expected


def test_a_report_has_its_text_without_marks_and_its_incidents_in_order():
    [first, second] = read(
        HEAD + "ARDEN - [Gunmen|attacker 1] came.\n\nThey left.\n\n# own-002\nquiet\nThe mayor slept.\n")
    assert (first.id, first.text) == ("own-001", "ARDEN - Gunmen came.\n\nThey left.")
    assert first.incidents == (OwnIncident(1, "attack", "happened", "news"),)
    assert (second.id, second.text, second.incidents, second.spans) == ("own-002", "The mayor slept.", (), ())


@pytest.mark.parametrize(("status", "tells"), [
    *((status, True) for status in INCIDENT_STATUSES), *((status, False) for status in NOTICES),
])
def test_threats_plans_and_fears_alone_tell_no_violence(status, tells):
    [report] = read(f"# own-001\nincident 1: kind=attack; status={status}; told_as=news\n[Gunmen|attacker 1]")
    assert report.tells_violence is tells


@pytest.mark.parametrize(("text", "line", "words"), [
    pytest.param("Gunmen came.\n", 1, "before the first report", id="text-without-a-head"),
    pytest.param("# own-1\nquiet\nNothing.", 1, "no head of a report", id="a-head-of-another-form"),
    pytest.param("# own-001\nquiet\nNothing.\n# own-001\nquiet\nNothing.", 4, "own-001 stands twice", id="an-id-twice"),
    pytest.param("# own-001\nGunmen came.", 1, "neither its incidents", id="neither-incidents-nor-quiet"),
    pytest.param("# own-001\nquiet\n\n", 1, "no text", id="no-text"),
    pytest.param("# own-001\nincident 1: kind=attack\nGunmen came.", 2, "is no incident", id="a-field-left-out"),
    pytest.param("# own-001\nincident 2: kind=attack; status=happened; told_as=news\n[Gunmen|attacker 2]", 2,
                 "stands where 1 is due", id="incidents-out-of-order"),
    pytest.param("# own-001\nincident 1: kind=murder; status=happened; told_as=news\n[Gunmen|attacker 1]", 2,
                 "no kind is called 'murder'", id="an-unknown-kind"),
    pytest.param("# own-001\nincident 1: kind=attack; status=sure; told_as=news\n[Gunmen|attacker 1]", 2,
                 "no status is called 'sure'", id="an-unknown-status"),
    pytest.param("# own-001\nincident 1: kind=attack; status=happened; told_as=film\n[Gunmen|attacker 1]", 2,
                 "no told_as is called 'film'", id="an-unknown-telling"),
    pytest.param(HEAD + "Gunmen came.", 1, "incident 1 of own-001 has no words", id="an-incident-without-words"),
    pytest.param(HEAD + "[Gunmen|shooter 1] came.", 3, "no role is called 'shooter'", id="an-unknown-role"),
    pytest.param(HEAD + "One\n[Gunmen|attacker] came.", 4, "'attacker' on 'Gunmen' is no label", id="a-label-without-a-number"),
    pytest.param(HEAD + "[Gunmen|attacker 2] came.", 3, "an incident that the report lacks", id="a-number-without-an-incident"),
    pytest.param(HEAD + "[Gunmen|attacker 1,1] came.", 3, "not in order", id="a-number-twice"),
    pytest.param(HEAD + "[Nuns|victim 1 dead] ran.", 3, "victim has no effect 'dead'", id="an-unknown-effect"),
    pytest.param(HEAD + "[A church|target 1 killed] fell.", 3, "target has no effect 'killed'", id="an-effect-on-a-thing"),
    pytest.param(HEAD + "[Nuns|victim 1; victim 1 killed] ran.", 3, "is victim twice", id="one-role-twice"),
    pytest.param("# own-001\nquiet\n[Gunmen|attacker 1] sang.", 3, "an incident that the report lacks",
                 id="marks-in-a-quiet-report"),
    pytest.param(HEAD + "[Gunmen came.", 3, "a '[' is not closed", id="a-bracket-left-open"),
    pytest.param(HEAD + "[Gunmen|attacker 1 came.", 3, "labels are not closed", id="labels-left-open"),
    pytest.param(HEAD + "[Gunmen] came.", 3, "']' stands alone", id="a-mark-without-a-label"),
    pytest.param(HEAD + "Gunmen | men came.", 3, "'|' stands alone", id="a-bar-without-a-mark"),
    pytest.param(HEAD + "[Gunmen |attacker 1]came.", 3, "a space at an end", id="a-space-within-the-mark"),
])
def test_what_cannot_be_read_is_refused_with_its_line(text, line, words):
    with pytest.raises(OwnReportsError, match=rf"^reports:{line}: ") as caught:
        read(text)
    assert words in str(caught.value)


def test_names_are_those_of_the_record():
    assert set(KINDS) == set(RECORD_KINDS)
    assert get_args(Status) == STATUSES
    assert set(NOTICES) == set(STATUSES) - set(INCIDENT_STATUSES)
    assert get_args(ToldAs) == TOLD_AS


# The file


def test_every_report_of_the_file_loads_and_has_the_length_of_a_short_one(reports):
    assert [report.id for report in reports] == [f"own-{number:03}" for number in range(1, 161)]
    assert [report.id for report in reports if not 40 <= len(report.text.split()) <= 170] == []


def test_violence_and_near_misses_are_balanced(reports):
    told = counts(reports)["reports"]
    assert told["tell violence"] == 110
    assert told["all"] - told["tell violence"] == 50
    assert told["of several incidents"] >= 40
    assert max(len(report.incidents) for report in reports) == 4


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_words_enough_to_be_learned(reports, role):
    assert counts(reports)["role"][role] >= FEWEST


def test_kinds_roles_and_effects_of_the_file_are_known_and_every_status_stands_in_it(reports):
    told = counts(reports)
    assert told["kind"].keys() <= set(RECORD_KINDS)
    assert told["role"].keys() == set(ROLES)
    assert told["effect"].keys() == {f"{role} {effect}" for role, effects in EFFECTS.items() for effect in effects}
    assert told["status"].keys() == set(STATUSES)
    assert told["told_as"].keys() == set(TOLD_AS)


def test_a_span_is_words_alone_and_names_the_incidents_of_its_report(reports):
    for report in reports:
        numbers = {incident.number for incident in report.incidents}
        for span in report.spans:
            words = report.text[span.start:span.end]
            assert words == words.strip(" ,;:("), report.id
            assert words, report.id
            assert set(span.incidents) <= numbers, (report.id, words)


@pytest.mark.parametrize("character", ["—", "–", "\t"])
def test_the_texts_have_plain_characters(reports, character):
    assert [report.id for report in reports if character in report.text] == []
