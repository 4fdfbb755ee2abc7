"""wikievents: how acts and accounts become the set's events, and what they score. Everything told here is made up."""

import pytest

from bench.core import BenchError
from bench.reading import documents
from bench.scores import Tally
from bench.wikievents import Read, arguments_right, end_to_end, errors_of, figures_of, gold_of, read_one, triggers_right
from bench.wikievents_text import joined, located, text_of
from bench.wikievents_types import (
    ARREST,
    ATTACK,
    CRIME,
    DAMAGE,
    DIE,
    INJURE,
    KINDS,
    READ,
    ROLES,
    Argument,
    Event,
    arguments_of,
    events_of,
)
from dateline.records.kinds import KINDS as INCIDENT_KINDS
from tests.helpers import a_report

BLAST, DEATH, TALK = (10, 15), (40, 46), (60, 64)
BOMB, MEN, TOWN, MAYOR = 2, 5, 20, 70


def an_event(type_=ATTACK, trigger=BLAST, **roles):
    """An event with these arguments, by role: Attacker=MEN."""
    return Event(type_, trigger, tuple(Argument(head, role) for role, head in roles.items()))


def a_read(gold, ours, given=None):
    """A document in which `given` are our arguments for each event of the set, by accounts alone none."""
    return Read("d1", "word " * 20, gold, ours, given or [()] * len(gold), [()] * len(gold))


# ---- the measures, by hand

def test_a_trigger_told_twice_counts_once():
    assert triggers_right([BLAST, BLAST, TALK], [BLAST, DEATH]) == Tally(1, 2, 2)


@pytest.mark.parametrize(("ours", "found", "right"), [
    pytest.param([Argument(MEN, "Attacker")], 1, 1, id="the-right-role"),
    pytest.param([Argument(MEN, "Target")], 1, 0, id="another-role"),
    pytest.param([Argument(TOWN, "Place")], 0, 0, id="another-head"),
    pytest.param([Argument(BOMB, "Instrument")], 1, 1, id="either-of-two-roles"),
])
def test_an_argument_is_right_by_its_head_and_with_roles_by_its_role(ours, found, right):
    gold = [Argument(MEN, "Attacker"), Argument(BOMB, "ExplosiveDevice"), Argument(BOMB, "Instrument")]
    assert arguments_right(gold, ours, roles=False) == Tally(found, 1, 2)      # the bomb once
    assert arguments_right(gold, ours) == Tally(right, 1, 2)


def test_end_to_end_an_argument_hangs_on_the_right_trigger_and_type():
    gold = [an_event(Attacker=MEN, Place=TOWN), an_event(DIE, DEATH, Killer=MEN)]
    ours = [an_event(Attacker=MEN), an_event(INJURE, DEATH, Killer=MEN), an_event(DIE, TALK, Killer=MEN)]
    assert end_to_end(gold, ours) == Tally(1, 3, 3)


def test_figures_of_a_case_scored_by_hand():
    gold = [an_event(Attacker=MEN, Place=TOWN), an_event("Contact.Contact", TALK, Communicator=MAYOR)]
    ours = [an_event(Attacker=MEN), an_event(DIE, DEATH, Killer=MEN)]
    figures = figures_of([a_read(gold, ours, [(Argument(MEN, "Attacker"), Argument(TOWN, "Target")), ()])])
    assert (figures["trigger_i_f1"], figures["trigger_c_f1"]) == (50.0, 50.0)        # one of two, one of two
    assert (figures["arg_head_i_f1"], figures["arg_head_c_f1"]) == (80.0, 40.0)      # two and one of two, of three
    assert (figures["end_to_end_arg_c_f1"], figures["accounts.arg_head_i_f1"]) == (40.0, 0.0)     # one of two, of three


def test_types_that_are_not_read_count_in_the_figures_and_not_in_those_of_read():
    talk = an_event("Contact.Contact", TALK, Communicator=MAYOR)
    figures = figures_of([a_read([an_event(), talk], [an_event()])])
    assert (figures["trigger_c_f1"], figures["read.trigger_c_f1"]) == (66.67, 100.0)


def test_any_trigger_will_do_for_the_looser_figure():
    figures = figures_of([a_read([an_event(Attacker=MEN)], [an_event(ATTACK, TALK, Attacker=MEN)])])
    assert (figures["end_to_end_arg_c_f1"], figures["end_to_end_any_trigger_f1"]) == (0.0, 100.0)


def test_errors_tell_the_kind_with_types_and_words():
    read = a_read([an_event(Attacker=MEN), an_event("Contact.Contact", TALK)], [an_event(DIE, BLAST)])
    lines = list(errors_of([read]))
    assert [" ".join(line.split()) for line in lines[:3]] == ["1 argument missed", "2 trigger missed", "1 trigger mistyped"]
    assert "argument missed, by type: Conflict.Attack.Attacker 1" in lines
    assert "argument missed, by word: word 1" in lines


# ---- the record in the set's words

def read_text(text):
    [document] = documents([a_report(text)])
    return document


def told(document):
    """Our events as words: {(type, trigger): {role: words}}."""
    text = document.report.text
    return {(event.type, text[slice(*event.trigger)]): {one.role: _word(text, one.head) for one in event.arguments}
            for event in events_of(document)}


def _word(text, start):
    return text[start:].split()[0].rstrip(".")


@pytest.mark.parametrize(("text", "type_", "trigger"), [
    pytest.param("A bomb exploded in Port Verity on Monday.", ATTACK, "exploded", id="a-blast"),
    pytest.param("A bomb went off in Port Verity on Monday.", ATTACK, "went off", id="a-verb-with-its-particle"),
    pytest.param("The car bombing in Port Verity killed five people.", ATTACK, "bombing", id="the-head-of-a-term"),
    pytest.param("Two guards were killed in Port Verity.", DIE, "killed", id="a-death-whatever-the-kind"),
    pytest.param("The murder of two guards shook Port Verity.", DIE, "murder", id="a-noun-for-a-death"),
    pytest.param("Gunmen attacked a bus in Port Verity and wounded nine people.", INJURE, "wounded", id="wounds"),
    pytest.param("Gunmen attacked a bus in Port Verity. Seven people are dead.", DIE, "dead", id="a-word-of-a-figure"),
    pytest.param("Gunmen attacked a bus in Port Verity. Police arrested three men.", ARREST, "arrested", id="an-arrest"),
    pytest.param("Gunmen kidnapped a priest in Port Verity.", CRIME, "kidnapped", id="an-abduction"),
    pytest.param("Rioters torched a school in Port Verity.", DAMAGE, "torched", id="arson"),
])
def test_acts_and_figures_become_events(text, type_, trigger):
    assert (type_, trigger) in told(read_text(text))


@pytest.mark.parametrize("text", [
    pytest.param("The tragedy in Port Verity was told again on Monday.", id="a-word-that-points-back"),
    pytest.param("The suicide bomber came from Port Verity.", id="a-person"),
    pytest.param("The mayor of Port Verity met three farmers.", id="no-violence"),
])
def test_what_names_no_event_is_none(text):
    assert told(read_text(text)) == {}


def test_parties_and_things_of_one_sentence_become_roles():
    events = told(read_text("Rebels detonated a bomb in Kabul on Monday and killed 13 soldiers."))
    assert events[ATTACK, "detonated"] == {"Attacker": "Rebels", "ExplosiveDevice": "bomb", "Place": "Kabul"}
    assert (events[DIE, "killed"]["Killer"], events[DIE, "killed"]["Victim"]) == ("Rebels", "soldiers")


@pytest.mark.parametrize(("text", "type_", "word", "role", "head"), [
    pytest.param("Gunmen attacked a convoy near Kabul.", ATTACK, "attacked", "Target", "convoy", id="what-was-attacked"),
    pytest.param("Gunmen shot a mayor in Kabul with a pistol.", ATTACK, "shot", "Instrument", "pistol", id="a-gun"),
    pytest.param("A bomb exploded in Kabul. Nine people died in the blast.", DIE, "died", "Victim", "people", id="who-died"),
    pytest.param("Gunmen attacked a bus in Kabul. Police arrested three drivers.", ARREST, "arrested", "Detainee", "drivers",
                 id="who-was-arrested"),
    pytest.param("Gunmen attacked a bus in Kabul. Police arrested three drivers.", ARREST, "arrested", "Jailer", "Police",
                 id="who-arrested-them"),
    pytest.param("Gunmen attacked a convoy near Kabul.", ATTACK, "attacked", "Attacker", "Gunmen", id="people-of-an-act-alone"),
    pytest.param("The Kabul bombing killed nine people.", ATTACK, "bombing", "Place", "Kabul", id="a-place-before-the-act"),
])
def test_a_given_trigger_gets_its_arguments(text, type_, word, role, head):
    document = read_text(text)
    at = text.index(word)
    assert Argument(text.index(head), role) in arguments_of(document, (at, at + len(word)), type_)


def test_what_stands_in_another_sentence_is_no_argument():
    text = "Gunmen raided a village near Kabul. They killed nine people."
    document = read_text(text)
    at = text.index("killed")
    heads = {one.head for one in arguments_of(document, (at, at + 6), DIE)}
    assert heads == {text.index("people")}


def test_a_type_that_the_record_does_not_hold_has_no_arguments():
    assert arguments_of(read_text("The mayor said that a bomb exploded in Kabul."), (10, 14), "Contact.Contact") == ()


def test_without_acts_the_accounts_tell():
    text = "Gunmen attacked a convoy near Kabul and police shot a farmer."
    document, at = read_text(text), text.index("shot")
    with_acts, without = (arguments_of(document, (at, at + 4), ATTACK, acts=acts) for acts in (True, False))
    convoy = Argument(text.index("convoy"), "Target")
    assert (convoy in with_acts, convoy in without) == (False, True)


def test_every_kind_of_the_tables_is_one_of_the_records_and_every_type_has_roles():
    assert set(KINDS) - {""} <= set(INCIDENT_KINDS)
    assert set(ROLES) == READ


# ---- the set's documents

def a_row(tokens, events, **given):
    return {"id": "d1", "tokens": tokens.split(), "events": events, **given}


def a_gold(trigger, *arguments, type_=ATTACK):
    return {"type": type_, "trigger": {"text": "", "span": list(trigger)},
            "args": [{"role": role, "text": "", "span": span} for role, span in arguments]}


def test_the_head_of_a_span_is_that_of_our_parse_and_lost_spans_are_left_out():
    text = "Gunmen attacked five farmers of Port Verity."
    row = a_row("Gunmen attacked five farmers of Port Verity .", [a_gold((1, 2), ("Target", [2, 7]), ("Place", None))], text=text)
    [event] = gold_of(row, read_text(text))
    assert (event.trigger, event.arguments) == ((7, 15), (Argument(text.index("farmers"), "Target"),))


def test_a_document_is_read_and_scored():
    text = "Gunmen attacked a convoy near Kabul."
    row = a_row("Gunmen attacked a convoy near Kabul .", [a_gold((1, 2), ("Target", [2, 4]), ("Attacker", [0, 1]))], text=text)
    figures = figures_of([read_one(row, read_text(text))])
    assert (figures["trigger_c_f1"], figures["arg_head_c_f1"]) == (100.0, 100.0)


@pytest.mark.parametrize(("tokens", "text"), [
    pytest.param("The U . N . left .", "The U.N. left.", id="initials"),
    pytest.param("Bel - ocha ’ s men ( 42 ) , all", "Bel-ocha’s men (42), all", id="hyphen-genitive-and-brackets"),
    pytest.param('He said , " No . " Then', 'He said, "No." Then', id="quotation-marks"),
    pytest.param("1 , 000 at 8 : 30 .", "1,000 at 8:30.", id="numbers-and-times"),
    pytest.param("It fell . Then", "It fell. Then", id="a-sentence-ends"),
])
def test_tokens_become_a_text(tokens, text):
    made, places = joined(tokens.split())
    assert made == text
    assert [made[slice(*place)] for place in places] == tokens.split()


def test_tokens_are_found_in_the_documents_own_text():
    text, places = text_of(a_row("Nine fell .", [], text="Nine  fell."))
    assert (text, places) == ("Nine  fell.", [(0, 4), (6, 10), (10, 11)])
    with pytest.raises(BenchError, match="'rose'"):
        text_of(a_row("Nine rose .", [], text="Nine fell."))


TWICE = "a blast in Arden . then a blast in Verity ."


def test_events_of_one_place_are_spread_over_the_places_of_their_words():
    events = [a_gold((1, 2), ("Place", [9, 10])), a_gold((1, 2), ("Place", [3, 4]))]
    moved = located(a_row(TWICE, events))["events"]
    assert [(event["trigger"]["span"], event["args"][0]["span"]) for event in moved] == [([7, 8], [9, 10]), ([1, 2], [3, 4])]


@pytest.mark.parametrize("row", [
    pytest.param(a_row(TWICE, [a_gold((1, 2), ("Place", [9, 10]))], text=TWICE), id="a-text-of-its-own"),
    pytest.param(a_row(TWICE, [a_gold((1, 2), ("Place", [9, 10])), a_gold((7, 8))]), id="a-trigger-at-a-later-place"),
])
def test_places_that_are_certain_stay(row):
    assert located(row) == row


def test_an_event_whose_trigger_has_no_place_is_left_out():
    assert located(a_row(TWICE, [a_gold((1, 1)), a_gold((1, 2))]))["events"] == [a_gold((1, 2))]
