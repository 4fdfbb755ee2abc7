"""Letters: confirmations, alerts and notices."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.publish.brief.frame import shown
from dateline.publish.brief.letters import Letter, letter_parts
from publish.brief.made_briefings import CONFIRM, HOSTILE, ROOT, a_confirmation
from publish.brief.mail_lint import faults, text_of


def test_a_letter_is_laid_out_as_a_briefing_is():
    assert faults(a_confirmation().html) == []


def test_its_button_is_written_out_below():
    html = a_confirmation().html
    assert html.count(f'href="{CONFIRM}"') == 2
    assert f"If the button does nothing, open this address: {CONFIRM}" in text_of(html)


def test_its_text_can_be_read_alone():
    assert a_confirmation().text == f"""\
Confirm your subscription

Somebody, we hope you, asked for the briefing on Arden at this address.

Nothing is sent before you confirm it. If it was not you, do nothing:
the address is deleted after seven days.

Confirm:
  {CONFIRM}

------------------------------------------------------------------------
Asked for on 12 Mar 2024 on the sign-up page.
Unsubscribe:
  {ROOT}/briefing/unsubscribe/2pQ7xLk0TfWm5uZr
"""


def test_further_fields_of_its_mail_are_passed_on():
    parts = a_confirmation(list_id="alerts", unsubscribe=f"{ROOT}/u/1", in_reply_to="<1@desk.example.org>")
    assert (parts.list_id, parts.unsubscribe, parts.in_reply_to) == ("alerts", f"{ROOT}/u/1", "<1@desk.example.org>")


def test_it_needs_neither_button_nor_footer():
    parts = letter_parts(Letter("Notice", ("Your address was changed.",)))
    assert faults(parts.html) == []
    assert "Unsubscribe" not in parts.html + parts.text


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words):
    parts = letter_parts(Letter(words, (words, "as it is"), (words, CONFIRM), (words,)))
    assert faults(parts.html) == []
    assert " ".join(shown(words).split()) in text_of(parts.html)
    assert parts.subject.isprintable()
    assert all(line.isprintable() for line in parts.text.splitlines())


@settings(max_examples=100, deadline=None)
@given(words=st.text())
def test_any_words_stay_words(words):
    parts = letter_parts(Letter("Notice", (words, "as it is")))
    assert faults(parts.html) == []
    assert " ".join(shown(words).split()) in text_of(parts.html)
