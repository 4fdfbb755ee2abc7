"""The language of an article, by its first characters."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.letters import letters_of

SHOWN = 500                       # characters: enough to tell, and eight times faster than the whole article
FEWEST_LETTERS = 20               # fewer tell nothing: a bare "Arden, 30 August" is taken for Hausa
PERHAPS_ENGLISH = 0.03            # a brief full of names is split between many: "Boko Haram attack in Maiduguri leaves
                                  # 12 dead" is English by 0.04; briefs in other languages by 0.02 at most
NO_LANGUAGE = "zxx"               # the model's word for noise


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text` (639-3 where it has none), None where it cannot be told."""
    head = text[:SHOWN]
    if letters_of(head).all < FEWEST_LETTERS:
        return None
    if head.isupper():            # wires once filed in capitals, which the model has seen little of
        head = head.lower()
    if _identifier().classify(head)[0] == "en":      # most are; a third of the work is to rank the others
        return "en"
    likely = dict(_identifier().rank(head))
    best = next(iter(likely))
    if likely.get("en", 0.0) >= PERHAPS_ENGLISH:
        return "en"
    return None if best == NO_LANGUAGE else str(best)


@cache
def _identifier() -> Any:
    """py3langid's model, giving probabilities."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
