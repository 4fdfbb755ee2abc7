"""Reports in one case are re-cased at the same offsets."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.recase import one_case, recased

NAMES = frozenset({"bogota", "farc"})


def test_capitals_become_sentences_and_names():
    text = "GUERRILLAS OF THE FARC ATTACKED BOGOTA. NOBODY WAS HURT IN THE ATTACK."
    assert recased(text, NAMES) == "Guerrillas of the Farc attacked Bogota. Nobody was hurt in the attack."


def test_mixed_case_is_left_alone():
    text = "Guerrillas attacked Bogota on Friday, and nobody was hurt."
    assert (one_case(text), recased(text, NAMES)) == (None, text)


def test_small_letters_get_their_names():
    assert recased("guerrillas of the farc attacked bogota again", NAMES) == "Guerrillas of the Farc attacked Bogota again"


@given(st.text(max_size=300))
def test_the_length_never_changes(text):
    assert len(recased(text.upper(), NAMES)) == len(text.upper())
