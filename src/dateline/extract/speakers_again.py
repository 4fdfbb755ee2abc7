"""Bodies told again by a common word: "the monitor", "the group" for one named before, "a monitor" for one named later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dateline.extract.document import Attribution
from dateline.extract.speakers_lists import SpeakerLists
from dateline.records import Speaker

Token = Any                       # spacy.tokens.Token
OWN_DEEDS = frozenset(("claim", "deny", "vow", "threaten", "admit", "pledge", "warn"))   # what an armed group says of itself


def body_again(tokens: Sequence[Token], cue: str, heard: Sequence[Speaker], lists: SpeakerLists) -> Speaker | None:
    """The body named before that "monitor", "Arden-based watchdog" or "group" stands for; None where none is, or another word.

    cue: lemma of the verb of speech. The words stay as written; the rest is what the body was introduced with.
    """
    if not is_common(tokens, lists):
        return None
    words = " ".join(token.lower_ for token in tokens)
    kind = lists.kind_of(words)
    spoke = [one for one in heard if _is_named(one.organisation)]
    if kind == "other":                                         # "the group": whoever spoke last, if that is no party
        last = heard[-1] if heard else None
        fits = last is not None and cue not in OWN_DEEDS and last.kind == "monitor" and _is_named(last.organisation)
        return _as_body(last, tokens) if last is not None and fits else None
    found = next((one for one in reversed(spoke) if one.kind == kind), None)
    return _as_body(found, tokens) if found is not None else None


def named_later(found: Sequence[Attribution], lists: SpeakerLists) -> list[Attribution]:
    """`found` with a monitor that is told by a common word known for the only monitor that the report names."""
    names = {one.speaker.organisation for one in found
             if one.speaker is not None and one.speaker.kind == "monitor" and _is_named(one.speaker.organisation)}
    if not names:
        return list(found)
    longest = max(names, key=lambda name: (len(name or ""), name or ""))
    if not all(set((name or "").split()) <= set((longest or "").split()) for name in names):
        return list(found)
    return [replace(one, speaker=replace(one.speaker, organisation=longest))
            if one.speaker is not None and _is_a_nameless_monitor(one.speaker, lists) else one for one in found]


def is_common(tokens: Sequence[Token], lists: SpeakerLists) -> bool:
    """Whether the words are a common one for a body, with nothing in them that names it; "Arden-based" does not."""
    if not tokens or tokens[-1].lower_ not in lists.bodies:
        return False
    based = any(token.lower_.endswith("based") for token in tokens)
    named = [token for token in tokens[:-1] if token.text[:1].isupper() and not token.is_sent_start]
    return not named or (based and len(named) == 1)


def _is_named(organisation: str | None) -> bool:
    """Whether a body is called by a name: two words of it have capitals, or it is an abbreviation."""
    words = (organisation or "").split()
    return sum(word[:1].isupper() for word in words) >= 2 or (len(words) == 1 and words[0].isupper() and len(words[0]) > 2)


def _is_a_nameless_monitor(speaker: Speaker, lists: SpeakerLists) -> bool:
    words = speaker.text.lower().split()
    return speaker.kind == "monitor" and speaker.person is None and bool(words) and words[-1] in lists.bodies \
        and not _is_named(speaker.organisation)


def _as_body(speaker: Speaker, tokens: Sequence[Token]) -> Speaker:
    words = " ".join(tokens[0].doc.text[tokens[0].idx:tokens[-1].idx + len(tokens[-1].text)].split())
    return replace(speaker, text=words, person=None, office=None)
