"""How the table of rarity is made: what it counts, and what it keeps."""

from training.rarity import FEWEST, table


def counts(text):
    first, *lines = text.splitlines()
    return int(first), {word: int(count) for word, count in (line.split("\t") for line in lines)}


def test_reports_on_one_incident_count_once_and_words_of_one_incident_alone_are_left_out():
    everything, held = counts(table([
        ("s", "a", "Orla Venn was shot at the harbour."), ("s", "a", "Venn, shot at the harbour, lived."),
        ("s", "b", "A sailor was shot at another harbour in 2016.")]))
    assert everything == 2
    assert (held["harbour"], held["shot"]) == (2, 2)
    assert not held.keys() & {"venn", "orla", "2016"}


def test_a_word_is_as_common_as_in_the_set_where_it_is_most_common():
    texts = [("one war", str(number), "Barrel bombs fell.") for number in range(FEWEST)]
    texts += [("other news", str(number), "A lighthouse burnt.") for number in range(9 * FEWEST)]
    everything, held = counts(table(texts))
    assert everything == 10 * FEWEST
    assert held["barrel"] > 0.95 * everything
    assert held["lighthouse"] > 0.95 * everything


def test_the_names_of_a_war_that_the_sets_do_not_know_are_common_in_it():
    everything, held = counts(table([("s", str(number), "A sailor was shot.") for number in range(100)], {"quillish"}))
    assert 0 < held["quillish"] < held["sailor"] == everything
