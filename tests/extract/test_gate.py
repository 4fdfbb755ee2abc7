"""Which reports are read: those that may tell violence, and those that name an armed group. All sentences are made up."""

import time
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.checkup import checksum
from dateline.extract import extract
from dateline.extract.gate import MOST, load_weights, may_tell_violence
from dateline.extract.gate_judge import judge_sentence, load_judge
from dateline.extract.gate_words import LONGEST, features, sentences, tells_of
from dateline.extract.groups import names_a_group
from dateline.extract.reader.session import FOLDER
from dateline.extract.register import load_register
from tests.helpers import a_report


@pytest.mark.parametrize("text", [
    pytest.param("Gunmen shot dead a councillor outside his home in Port Verity on Monday.", id="shot-dead"),
    pytest.param("A roadside bomb killed three soldiers near Arden, the army said.", id="bomb"),
    pytest.param("Shells fell on the old town for a second day, and a family of four died.", id="shelling"),
    pytest.param("A suicide bomber struck the market.", id="a-flash"),
    pytest.param("Two aid workers were kidnapped on the road to Sarn.", id="kidnapped"),
    pytest.param("A woman was charged with stabbing her landlord to death.", id="charged-with-a-murder"),
    pytest.param("Protesters set fire to the town hall and beat two guards.", id="riot"),
    pytest.param("The militia denied that it had burned the village.", id="denied"),
    pytest.param("Police foiled an attack on the embassy when they found a car bomb.", id="foiled"),
    pytest.param("The road is open again. It had been closed since rebels blew up the bridge in May.", id="told-in-passing"),
    pytest.param("REBELS KILLED FOUR POLICEMEN IN AN AMBUSH NEAR HOLLIN, RADIO ARDEN REPORTED.", id="in-capitals"),
    pytest.param("two youths were stabbed when a mob attacked shops in the bazaar", id="in-small-letters"),
    pytest.param("More than 400 people have been killed in the fighting since March.", id="a-count-over-months"),
])
def test_a_report_that_tells_violence_is_let_through(text):
    assert may_tell_violence(text)


@pytest.mark.parametrize("text", [
    pytest.param("The council opened a new bridge over the river on Monday.", id="no-word-of-violence"),
    pytest.param("Bus drivers will strike on Friday over pay, their union said.", id="labour-strike"),
    pytest.param("The striker shot wide, and the goalkeeper was injured in the second half.", id="sport"),
    pytest.param("The director will shoot the film about the war in Lanzo this summer.", id="film"),
    pytest.param("The epidemic has killed 40 people in the district, the health ministry said.", id="disease"),
    pytest.param("An earthquake struck the island at dawn and destroyed nine houses.", id="earthquake"),
    pytest.param("He died of a heart attack at his home, his family said.", id="heart-attack"),
    pytest.param("Shares in the bank were hit by fears of a price war.", id="business"),
    pytest.param("Hackers attacked the website of the ministry, which was down for an hour.", id="computers"),
    pytest.param("The court will decide whether the state may execute prisoners with that drug.", id="law-without-a-deed"),
    pytest.param("Both sides want to end the war, the mediator said after the talks.", id="war-as-a-topic"),
    pytest.param("The bishop launched a blistering attack on the minister's plan for small farms.", id="attack-in-words"),
    pytest.param("The army will hold exercises with tanks and helicopters next week.", id="drill"),
    pytest.param("Thirty graves from the time of the plague were uncovered under the new tram line.", id="archaeology"),
])
def test_a_report_without_violence_is_passed_over(text):
    assert not may_tell_violence(text)


def test_one_sentence_is_enough_and_stands_anywhere():
    quiet = "The library will stay open until eight, the council decided. " * 40
    assert not may_tell_violence(quiet)
    assert may_tell_violence(f"{quiet}A guard was shot dead by robbers on Tuesday. {quiet}")


@pytest.mark.parametrize(("violent", "quiet"), [
    pytest.param("The guard was shot in the chest.", "The ball was shot over the bar from the edge of the box.", id="shot"),
    pytest.param("A bomb destroyed the town hall.", "A fire in a toaster destroyed the kitchen.", id="destroyed"),
    pytest.param("Rioters beat a policeman with iron bars.", "The home side beat the league leaders by two goals.", id="beat"),
])
def test_the_judge_knows_in_what_sense_a_word_is_used(violent, quiet):
    of_violent, of_quiet = (judge_sentence(sentences(text)[0].words) for text in (violent, quiet))
    assert of_violent > of_quiet + 2


def test_the_judge_learned_from_the_vectors_of_the_packaged_reader():
    """A reader that was trained anew makes other vectors: `python -m training.gate` makes a judge for them."""
    assert checksum(FOLDER / "reader.onnx").startswith(load_judge().reader)


def test_a_report_of_many_sentences_costs_no_more_than_the_likeliest_of_them(monkeypatch):
    asked = []
    monkeypatch.setattr("dateline.extract.gate.judge_sentence", lambda words: asked.append(words) or -99.0)
    assert not may_tell_violence("Gunmen killed two soldiers in an ambush. " * 100)
    assert len(asked) == MOST


def test_a_sentence_of_more_pieces_than_the_encoder_takes_is_cut():
    assert isinstance(judge_sentence(("killed", *["zyxwvutsrqponmlkjihg"] * (LONGEST - 1))), float)


def test_a_group_that_is_named_is_another_question():
    text = "The Taliban opened a school in the valley."
    assert names_a_group(text, load_register())
    assert not may_tell_violence(text)


@pytest.mark.parametrize("text", [
    pytest.param("It is the plan of the council to let the road be mended.", id="words-that-are-abbreviations-in-capitals"),
    pytest.param("The new base is open, and a lot is for rent.", id="short-words"),
])
def test_small_words_name_no_group(text):
    """IS and PLAN are groups; every report in English holds "is"."""
    assert not names_a_group(text, load_register())


def test_a_report_that_only_names_a_group_is_read_for_what_it_says_of_the_group():
    extraction = extract(a_report("Al-Shabaab is led by Ahmed Diriye."))
    assert [statement.attribute for statement in extraction.group_statements] == ["leader"]
    assert extraction.accounts == ()


def test_names_of_persons_and_places_speak_for_nothing():
    """A report from a place where much happens tells no more violence for that."""
    names = ("baghdad", "kabul", "gaza", "salvador", "medellin", "fmln", "taliban", "isis", "escobar", "muhammad")
    stems = {part for feature in load_weights().of for part in feature.replace("<", " ").replace(">", " ").split(" ")}
    assert stems.isdisjoint(names)


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("He died. She lived.", [2, 2], id="full-stop"),
    pytest.param("Gen. Ruiz and Mr. J. Ortega of the U.S. Army came.", [12], id="abbreviations-end-no-sentence"),
    pytest.param("FIRE IN ARDEN\n\nA barn burned down", [3, 4], id="blank-line"),
    pytest.param("one line\nof two", [4], id="a-line-end-ends-none"),
    pytest.param("word " * (LONGEST + 5), [LONGEST, 5], id="what-runs-on-is-cut"),
    pytest.param("", [], id="empty"),
])
def test_sentences(text, words):
    assert [len(sentence.words) for sentence in sentences(text)] == words


def test_sentences_say_where_they_stand():
    text = "He fled. Two men, 30 and 31, died."
    assert [text[s.start : s.end] for s in sentences(text)] == ["He fled. ", "Two men, 30 and 31, died."]


@pytest.mark.parametrize("word", ["killed", "shot", "slain", "gunmen", "kidnapped", "stabbing", "bodies", "knives", "riots"])
def test_forms_of_words_of_violence_are_known(word):
    assert tells_of([word])


@pytest.mark.parametrize("word", ["deadline", "diet", "grapes", "warm", "shellfish", "hitherto"])
def test_words_that_only_begin_alike_are_none(word):
    assert not tells_of([word])


def test_a_feature_says_what_stands_where():
    found = features(("gunmen", "killed", "two", "soldiers"), ("@[talks]+",))
    assert {"=killed", "killed>#", "killed>[people: state forces]", "killed [number]", "@[talks]+"} <= found


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_judged_and_always_alike(text):
    assert may_tell_violence(text) is may_tell_violence(text)
    assert all(0 <= s.start < s.end <= len(text) for s in sentences(text))


@pytest.mark.parametrize("text", [
    pytest.param("", id="empty"),
    pytest.param("a" * 1_000_000, id="one-word-of-a-million-letters"),
    pytest.param("\n" * 200_000, id="line-ends"),
    pytest.param("\n" + " " * 500_000 + "x", id="spaces"),
    pytest.param("." * 500_000, id="full-stops"),
    pytest.param("1,234." * 100_000, id="numbers"),
    pytest.param("\ufffd\u202e\x00\U0001f4a3" * 10_000, id="no-letters"),
])
def test_wild_texts_are_quiet_and_take_no_time(text):
    started = time.process_time()
    assert not may_tell_violence(text)
    assert time.process_time() - started < 2


def test_a_longer_text_takes_longer_in_proportion():
    text = "The union said that it would fight the plan to fire guards. " * 40
    short, long = (min(_seconds(partial(may_tell_violence, text * times)) for _ in range(5)) for times in (4, 16))
    assert long < 4 * short * 3


def _seconds(work):
    started = time.process_time()
    work()
    return time.process_time() - started
