"""Which sentences of a report the model reads: those that tell an act, with what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

LEAD = 2                          # sentences at the head of a report, which say what it is about
AROUND = 1                        # sentences before and after one that tells an act
MOST_CHARS = 1_600                # of sentences, some 500 words: what is further down is told again from above


def sentences_near(sentences: Sequence[tuple[int, int]], telling: Sequence[int]) -> list[int]:
    """Numbers of the sentences to read, in the order of the text.

    sentences: of the report, in characters; telling: those with an act, in the order told. Where they are too long together,
    sentences with an act come first, then the lead, then what stands around them.
    """
    around = [n for at in telling for n in range(at - AROUND, at + AROUND + 1)]
    wanted = dict.fromkeys(n for n in (*telling, *range(LEAD), *around) if 0 <= n < len(sentences))
    chosen: list[int] = []
    used = 0
    for number in wanted:
        size = sentences[number][1] - sentences[number][0]
        if used + size > MOST_CHARS and chosen:
            continue
        chosen.append(number)
        used += size
    return sorted(chosen)
