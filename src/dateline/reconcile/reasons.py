"""Are two accounts of one incident? The table REASONS is the method: questions, and points when the answer is yes.

Points are log-odds, so that a sum of 0 is an even chance. An answer's `strength` (0-1) says how far it is a yes; the
points are multiplied by it. `python -m bench.fit_pairs` fits the points on labelled pairs and prints the table; LEAST
there holds what they may not go below (docs/design.md says why); `outright` is what is decided without the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.reconcile import questions as ask
from dateline.reconcile import questions_days as days
from dateline.reconcile import questions_places as places
from dateline.reconcile import questions_words as words
from dateline.reconcile.pair import Answer, Pair, pair_of
from dateline.records import Account, Reason, Report

Outcome = Literal["same", "possibly_same", "different"]
Question = Callable[[Pair], Answer | None]

SAME = 0.0
POSSIBLY_SAME = -1.5
APART = -6.0          # of a pair that is settled without the table

REASONS: tuple[tuple[Question, float], ...] = (      # (question, points when the answer is yes)
    (places.same_place, 0.8),
    (places.one_place_may_hold_the_other, -1.2),
    (places.its_words_name_the_place, 0.6),
    (places.another_place_nearby, -0.3),
    (places.places_far_apart, -0.8),
    (days.same_day, 1.0),
    (days.days_may_be_one, 0.7),
    (days.the_next_day, -1.5),
    (days.days_apart, -2.4),
    (days.days_told_apart, -2.0),
    (days.day_unknown, -1.8),
    (days.reported_together, 0.0),
    (days.written_apart, -0.7),
    (ask.same_kind, 1.0),
    (ask.kinds_that_fit, 0.5),
    (ask.another_kind, -1.8),
    (ask.shares_a_group, 1.2),
    (ask.other_groups_attacked, -0.2),
    (ask.claimed_by_other_groups, -2.0),
    (ask.shares_a_target, 1.0),
    (ask.other_targets, -0.8),
    (ask.same_weapon, 0.6),
    (ask.names_the_same_person, 1.9),
    (ask.names_other_victims, -3.5),
    (ask.gives_the_same_count, 1.0),
    (ask.same_speaker_another_toll_at_the_same_hour, -4.0),
    (words.reports_alike, 3.6),
    (words.reports_unlike, -1.0),
    (words.told_beside_it_in_a_report_alike, 0.0),
    (words.one_outlet_in_like_words, -0.4),
    (words.no_words_to_compare, 1.1),
    (words.apart_and_in_other_words, -3.0),
    (words.told_in_the_same_words, 0.0),
    (words.told_in_like_words, 1.8),
    (words.copy_or_version, 0.0),
    (ask.same_report, -3.0),
    (ask.any_two, -2.8),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """reasons: of those that are not different; the others nobody is shown."""

    points: float
    reasons: tuple[Reason, ...]

    @property
    def outcome(self) -> Outcome:
        return "same" if self.points >= SAME else "possibly_same" if self.points >= POSSIBLY_SAME else "different"


_APART = Judgement(APART, ())


def judge(a: Account, b: Account, reports: Mapping[str, Report] | None = None) -> Judgement:
    """Whether `a` and `b` tell one incident, with the reasons for and against. It does not matter which comes first.

    reports: by id, where at hand: their words are compared, and they say which are copies and versions of one story.
    """
    pair = pair_of(a, b, reports or {})
    if outright(pair):
        return _APART
    found = answers(pair)
    total = round(sum(points * answer.strength for _, points, answer in found), 3)
    if total < POSSIBLY_SAME:
        return Judgement(total, ())
    reasons = tuple(Reason(name_of(question), answer.told(), round(points * answer.strength, 3))
                    for question, points, answer in found)
    return Judgement(total, reasons)


def outright(pair: Pair) -> bool:
    """Whether a pair is settled without the table: rows of one sheet; or told apart in place or day, in other words, with nobody
    named in both.

    Most pairs that are compared are such.
    """
    if pair.is_one_sheet:
        return True
    return words.apart_and_in_other_words(pair) is not None and not pair.ours.people & pair.theirs.people


def answers(pair: Pair) -> list[tuple[Question, float, Answer]]:
    """The questions whose answer is yes, with their points, in the order of the table."""
    return [(question, points, answer) for question, points in REASONS if (answer := question(pair)) is not None]


def name_of(question: Question) -> str:
    """As a reason names it: "same place"."""
    return question.__name__.replace("_", " ")
