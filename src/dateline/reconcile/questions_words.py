"""Questions about words: how like are the reports, and the sentences that tell the two accounts?

What two reports are mostly about is one incident when they share rare words; what they tell besides (an earlier attack,
another town) is that only where its own sentences are alike.
"""

from __future__ import annotations

from functools import partial

from dateline.reconcile.likeness import Profile
from dateline.reconcile.pair import SENTENCES_ALIKE, Answer, Pair
from dateline.reconcile.words import overlap

ALIKE = 0.3             # of likeness: reports on one incident mostly reach it
CURVE = 0.75            # the first words that are shared say more than the later ones


def reports_alike(pair: Pair) -> Answer | None:
    """Both reports are mostly about this."""
    return _graded(pair.alike) if pair.is_main and pair.alike else None


def reports_unlike(pair: Pair) -> Answer | None:
    """Both reports are mostly about this, in other words."""
    if not pair.is_main or pair.alike is None or pair.alike >= ALIKE:
        return None
    return Answer(_percent(pair.alike), 1.0 - _strength(pair.alike, ALIKE))


def told_beside_it_in_a_report_alike(pair: Pair) -> Answer | None:
    """One of the reports at least is mostly about something else."""
    return _graded(pair.alike) if pair.alike and not pair.is_main else None


def one_outlet_in_like_words(pair: Pair) -> Answer | None:
    """Reports of one outlet are alike in their house's words too, whatever they tell."""
    outlets = {report.outlet for report in pair.told_by or ()}
    if not pair.alike or len(outlets) != 1 or outlets == {None} or pair.is_one_story:
        return None
    return Answer(", ".join(filter(None, outlets)), _strength(pair.alike, ALIKE))


def no_words_to_compare(pair: Pair) -> Answer | None:
    """The reports are too short, or not at hand: what is coded of the two must do."""
    return Answer("") if pair.alike is None and not pair.is_one_report else None


def apart_and_in_other_words(pair: Pair) -> Answer | None:
    """Another place or day, and nothing in the words that says it is the same all the same."""
    told_apart = pair.gap is not None and pair.gap > 1 and all(one.told for one in pair.days)
    if pair.place.relation != "apart" and not told_apart:
        return None
    if pair.is_alike:
        return None
    return Answer(pair.place.note if pair.place.relation == "apart" else f"{pair.gap} days")


def told_in_the_same_words(pair: Pair) -> Answer | None:
    """The sentences themselves are near-copies: a wire story that both carry."""
    ours, theirs = pair.ours.words, pair.theirs.words
    share = overlap(ours, theirs)
    return Answer(f"{share:.0%} of the words") if min(len(ours), len(theirs)) >= 8 and share >= 0.8 else None


def told_in_like_words(pair: Pair) -> Answer | None:
    """The sentences that tell it share rare words."""
    if pair.sentences <= 0:
        return None
    return Answer(partial(_shared, pair.ours.rare, pair.theirs.rare), _strength(pair.sentences, SENTENCES_ALIKE))


def copy_or_version(pair: Pair) -> Answer | None:
    return Answer(f"both from {pair.roots[0]}") if pair.is_one_story and not pair.is_one_report else None


def _shared(ours: Profile, theirs: Profile) -> str:
    return ", ".join(sorted(ours.keys() & theirs.keys(), key=lambda word: (-ours[word] * theirs[word], word))[:6])


def _graded(share: float) -> Answer:
    return Answer(_percent(share), _strength(share, ALIKE))


def _strength(share: float, full: float) -> float:
    return float(min(1.0, share / full) ** CURVE)


def _percent(share: float) -> str:
    return f"{share:.0%} of the rare words"
