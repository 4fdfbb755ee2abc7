"""Questions about days: may the two accounts be of one day, and were their reports written at one time?"""

from __future__ import annotations

from functools import partial

from dateline.reconcile.pair import Answer, Pair

REPORTED_WITHIN = 3          # days: news of one incident comes in bursts
APART = (1, 3, 10, 30)       # days between two incidents: past each of them, another quarter of the points
WRITTEN_APART = (1, 3, 14, 60)


def same_day(pair: Pair) -> Answer | None:
    return Answer(partial(_days_note, pair), 1.0 if _both_told(pair) else 0.5) if _both_sharp(pair) and pair.gap == 0 else None


def days_may_be_one(pair: Pair) -> Answer | None:
    """One is told less exactly, or lacks its year: candidate days that meet weigh nearly as much as a day told."""
    if _both_sharp(pair) or pair.gap != 0:
        return None
    listed = all(one.is_sharp or one.candidates for one in pair.days)
    bounded = [one for one in pair.days if one.earliest is not None and one.latest is not None]
    widest = max(((one.latest - one.earliest).days for one in bounded if one.latest and one.earliest), default=400)
    strength = 1.0 if listed else 0.7 if len(bounded) == 2 and widest <= 7 else 0.3 if widest <= 31 else 0.0
    return Answer(partial(_days_note, pair), strength) if strength else None


def the_next_day(pair: Pair) -> Answer | None:
    """A day apart: an attack by night, or a report that took the day of the news for the day of the attack."""
    return Answer(partial(_days_note, pair), pair.doubt * (1.0 if _both_told(pair) else 0.4)) if pair.gap == 1 else None


def days_apart(pair: Pair) -> Answer | None:
    """The further, the less likely; but a report may have its day wrong, by a week or by a year."""
    if pair.gap is None or pair.gap <= 1:
        return None
    return Answer(partial(_days_note, pair), _steps(pair.gap, APART))


def days_told_apart(pair: Pair) -> Answer | None:
    """Both say the day, and not the same."""
    if pair.gap is None or pair.gap <= 1 or not _both_told(pair):
        return None
    return Answer(partial(_days_note, pair), 1.0 if pair.gap > APART[1] and _both_sharp(pair) else 0.6)


def day_unknown(pair: Pair) -> Answer | None:
    return Answer("no day told", pair.doubt) if pair.gap is None else None


def reported_together(pair: Pair) -> Answer | None:
    """One of the two does not say when; their reports were written within a few days of each other."""
    written = pair.written()
    if _both_told(pair) or written is None or abs((written[0] - written[1]).days) > REPORTED_WITHIN:
        return None
    return Answer(f"written {written[0]} / {written[1]}")


def written_apart(pair: Pair) -> Answer | None:
    """News comes in bursts, but a trial, a year's end or a fuller count comes months later: this speaks against it softly."""
    written = pair.written()
    strength = _steps(abs((written[0] - written[1]).days), WRITTEN_APART) if written else 0.0
    return Answer(f"written {written[0]} / {written[1]}", strength) if written and strength else None


def _both_told(pair: Pair) -> bool:
    return pair.days[0].told and pair.days[1].told


def _both_sharp(pair: Pair) -> bool:
    return pair.days[0].is_sharp and pair.days[1].is_sharp


def _steps(gap: int, steps: tuple[int, ...]) -> float:
    """The share of `steps` that `gap` has passed."""
    return sum(gap > step for step in steps) / len(steps)


def _days_note(pair: Pair) -> str:
    notes = []
    for when in (pair.a.when, pair.b.when):
        days = [day.isoformat() for day in when.candidates] or \
            [day.isoformat() for day in dict.fromkeys((when.earliest, when.latest)) if day]
        notes.append((" or " if when.candidates else " to ").join(days) or "?")
    return " / ".join(dict.fromkeys(notes))
