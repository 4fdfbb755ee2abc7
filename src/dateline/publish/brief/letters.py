"""Letters: the short mails about a subscription or an incident, that look as the briefing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.publish.brief.frame import LONGEST_NAME, UNSUBSCRIBE, shown
from dateline.publish.brief.mail import mail_of
from dateline.publish.brief.text import rule, with_address, wrapped
from dateline.records.mailing import Parts

LONGEST_SUBJECT = 200             # characters: far more than a mail program shows
PREVIEW = 140
BUTTON_HINT = "If the button does nothing, open this address:"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, in plain words: whatever is in them is shown as it is. An empty paragraph is none.

    button: (label, address); unsubscribe: address of the page that ends it.
    """

    subject: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str] | None = None
    footer: tuple[str, ...] = ()
    unsubscribe: str | None = None


def letter_parts(letter: Letter, **of_parts: Any) -> Parts:
    """`letter` as text and HTML; `of_parts`: further fields of Parts (list_id, unsubscribe for the header, in_reply_to, ...)."""
    subject = shown(letter.subject, LONGEST_SUBJECT)
    paragraphs = tuple(words for words in map(shown, letter.paragraphs) if words)
    footer = tuple(words for words in map(shown, letter.footer) if words)
    button = (shown(letter.button[0], LONGEST_NAME), letter.button[1]) if letter.button else None
    clean = Letter(subject, paragraphs, button, footer, letter.unsubscribe)
    html = mail_of(
        "letter.mjml", title=subject, preview=shown(" ".join(paragraphs), PREVIEW), paragraphs=paragraphs, button=button,
        button_hint=BUTTON_HINT, footer=footer, unsubscribe=letter.unsubscribe, unsubscribe_word=UNSUBSCRIBE)
    return Parts(subject=subject, text="\n".join(_lines(clean)) + "\n", html=html, **of_parts)


def _lines(letter: Letter) -> Iterator[str]:
    yield from (*wrapped(letter.subject), "")
    for paragraph in letter.paragraphs:
        yield from (*wrapped(paragraph), "")
    if letter.button:
        yield from (*with_address(f"{letter.button[0]}:", letter.button[1]), "")
    yield rule()
    for words in letter.footer:
        yield from wrapped(words)
    if letter.unsubscribe:
        yield from with_address(f"{UNSUBSCRIBE}:", letter.unsubscribe)
