"""How the table of rarity is made: what it counts, and what it keeps."""

from training.rarity import table


def test_reports_on_one_incident_count_once_and_words_of_one_incident_alone_are_left_out():
    texts = [("a", "Orla Venn was shot at the harbour."), ("a", "Venn, shot at the harbour, lived."),
             ("b", "A sailor was shot at another harbour in 2016.")]
    first, *lines = table(texts).splitlines()
    assert first == "2"
    assert {"harbour\t2", "shot\t2"} <= set(lines)
    assert not [line for line in lines if line.startswith(("venn", "orla", "2016"))]
