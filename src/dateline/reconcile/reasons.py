"""Are two accounts of one incident? The table REASONS is the method: questions, and points when the answer is yes.

The questions are in `questions.py`. An answer's `strength` (0-1) says how far it is a yes; the points are multiplied by
it. A pair with a reason of `NEVER` is different whatever else speaks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.reconcile import questions as ask
from dateline.reconcile.questions import Answer, Pair
from dateline.records import Account, Reason, Report

Outcome = Literal["same", "possibly_same", "different"]
Question = Callable[[Pair], Answer | None]

# Chosen so that place, day and a kind that fits are enough, and any two of them alone are not.
SAME = 0.6
POSSIBLY_SAME = 0.4
NEVER = -1.0

REASONS: tuple[tuple[Question, float], ...] = (      # (question, points when the answer is yes)
    (ask.same_place, 0.30),
    (ask.one_place_may_hold_the_other, 0.10),
    (ask.its_words_name_the_place, 0.20),
    (ask.another_place_nearby, -0.20),
    (ask.places_far_apart, NEVER),
    (ask.same_day, 0.25),
    (ask.days_may_be_one, 0.20),
    (ask.the_next_day, -0.20),
    (ask.days_apart, NEVER),
    (ask.day_unknown, -0.10),
    (ask.reported_together, 0.10),
    (ask.same_kind, 0.15),
    (ask.kinds_that_fit, 0.08),
    (ask.another_kind, -0.30),
    (ask.shares_a_group, 0.15),
    (ask.other_groups_attacked, -0.10),
    (ask.shares_a_target, 0.10),
    (ask.other_targets, -0.15),
    (ask.same_weapon, 0.05),
    (ask.names_the_same_person, 0.40),
    (ask.names_other_victims, -0.45),
    (ask.gives_the_same_count, 0.10),
    (ask.same_speaker_another_toll_at_the_same_hour, -0.40),
    (ask.told_in_the_same_words, 0.35),
    (ask.told_in_like_words, 0.25),
    (ask.copy_or_version, 0.10),
    (ask.same_report, -0.60),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    outcome: Outcome
    points: float
    reasons: tuple[Reason, ...]


def judge(a: Account, b: Account, reports: Mapping[str, Report] | None = None) -> Judgement:
    """Whether `a` and `b` tell one incident, with the reasons for and against. It does not matter which comes first.

    reports: by id, where at hand; they say which accounts come from copies and versions of one story.
    """
    first, second = sorted((a, b), key=lambda account: account.id)
    pair = Pair(first, second, reports or {})
    reasons = []
    for question, points in REASONS:
        answer = question(pair)
        if answer is not None:
            reasons.append(Reason(question.__name__.replace("_", " "), answer.note, round(points * answer.strength, 3)))
    total = round(sum(reason.points for reason in reasons), 3)
    if any(reason.points <= NEVER for reason in reasons):
        return Judgement("different", total, tuple(reasons))
    outcome: Outcome = "same" if total >= SAME else "possibly_same" if total >= POSSIBLY_SAME else "different"
    return Judgement(outcome, total, tuple(reasons))
