"""wikievents' documents as dateline can read them: a text, and the characters of each of the set's tokens.

dev has its texts; train has tokens alone, and of an event only the *words* of its trigger for certain. What is put right here:
- A text is made of tokens by the spacing that news has ("Chan - ocha" is one word again).
- Every trigger of train stands at the first place of its document that has its words: all events told with "bombing" stand at
  one. Events that share a place are spread over the places with those words, so that their arguments' words are near.
  Arguments then stand at the place of their words that is nearest. Both are guesses: figures on train are for study alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from bench.core import BenchError

Row = dict[str, Any]
Span = tuple[int, int]
FAR = 60                          # tokens from which on an argument's words speak for no place more than for another

_GLUED_LEFT = re.compile(r"[.,;:?!)\]”’'%…/-]+$")
_GLUED_RIGHT = re.compile(r"[(\[“‘$#/-]$")
_ENDINGS = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})


def text_of(row: Row) -> tuple[str, list[Span]]:
    """The text of a document and of each token its start and end in it.

    Raises BenchError where a token is not in the document's own text, in order.
    """
    text = row.get("text")
    if text is None:
        return joined(row["tokens"])
    spans, at = list[Span](), 0
    for token in row["tokens"]:
        start = text.find(token, at)
        if start < 0 or text[at:start].strip():
            raise BenchError(f"{row['id']}: the token {token!r} is not in the text after its character {at}")
        at = start + len(token)
        spans.append((start, at))
    return text, spans


def joined(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Tokens as one text, spaced as news is, and where each stands.

    >>> joined(["The", "U", ".", "N", ".", "'", "s", "Bel", "-", "ocha", "(", "42", ")", "said", ",", '"', "No", ".", '"'])[0]
    'The U.N.\\'s Bel-ocha (42) said, "No."'
    """
    text, spans, quoted = "", list[Span](), False
    for before, token in pairwise(["", *tokens]):
        opens = token == '"' and not quoted
        closes = token == '"' and quoted
        after_opening = before == '"' and quoted
        glued = not text or closes or after_opening or _glued(before, token, tokens[len(spans) - 2] if len(spans) > 1 else "")
        if token == '"':
            quoted = opens
        text += "" if glued else " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def _glued(before: str, token: str, one_earlier: str) -> bool:
    """Whether no space stands between two tokens. one_earlier: the token before them."""
    if _GLUED_LEFT.match(token) or _GLUED_RIGHT.match(before):
        return True
    if before in {"'", "’"}:
        return token.lower() in _ENDINGS
    if before in {".", ",", ":"} and one_earlier[-1:].isdigit() and token[:1].isdigit():
        return True                   # "1,000", "8:30"
    return before == "." and len(one_earlier) == 1 == len(token) and one_earlier.isupper() and token.isupper()    # "U.N."


# ---- train

def located(row: Row) -> Row:
    """`row` with events that share the place of their trigger spread over the places where its words stand.

    A document with its own text is right as it is, and so is one of whose triggers any stands at a later place. Events whose
    trigger has no place (of train's 3,241 it is 31) are left out.
    """
    tokens = row["tokens"]
    placed = [event for event in row["events"] if event["trigger"]["span"][1] > event["trigger"]["span"][0]]
    if "text" in row or any(_places(tokens, _words(tokens, event))[0] < event["trigger"]["span"][0] for event in placed):
        return row
    sharing = defaultdict[Span, list[int]](list)
    for number, event in enumerate(placed):
        start, end = event["trigger"]["span"]
        sharing[start, end].append(number)
    events = list(placed)
    for (start, end), numbers in sharing.items():
        places = _places(tokens, tokens[start:end])
        if len(places) == 1:
            continue
        far = np.array([[_distance(tokens, events[number], place) for place in places] for number in numbers])
        for which, place in zip(*linear_sum_assignment(far), strict=True):
            at = places[place]
            events[numbers[which]] = _moved(tokens, events[numbers[which]], (at, at + end - start))
    return {**row, "events": events}


def _moved(tokens: Sequence[str], event: Row, span: Span) -> Row:
    arguments = []
    for argument in event["args"]:
        if argument["span"] is not None:
            start, end = argument["span"]
            at = min(_places(tokens, tokens[start:end]), key=lambda place: abs(place - span[0]))
            argument = {**argument, "span": [at, at + end - start]}
        arguments.append(argument)
    return {**event, "trigger": {**event["trigger"], "span": list(span)}, "args": arguments}


def _distance(tokens: Sequence[str], event: Row, place: int) -> float:
    """How far the words of the event's arguments are from `place`, in tokens; of equals the earlier place is nearer."""
    far = 0.0
    for argument in event["args"]:
        if argument["span"] is not None:
            start, end = argument["span"]
            far += min(FAR, min(abs(at - place) for at in _places(tokens, tokens[start:end])))
    return far + place / 1e6


def _words(tokens: Sequence[str], event: Row) -> Sequence[str]:
    start, end = event["trigger"]["span"]
    return tokens[start:end]


def _places(tokens: Sequence[str], words: Sequence[str]) -> list[int]:
    size = len(words)
    return [at for at in range(len(tokens) - size + 1) if tokens[at:at + size] == words]
