"""What stands above the items: titles, the headline numbers, what was withheld, the rows of the weekly table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.publish.brief.sentences_counts import span_of_toll
from dateline.publish.brief.sentences_lead import long_day
from dateline.publish.words import withheld_words
from dateline.records import Toll
from dateline.records.briefing import Bounds, Frequency, Item, Window


def title_of(frequency: Frequency, window: Window) -> str:
    """ "Daily briefing, 27 January 2018", "Weekly briefing, 22 to 28 January 2018"."""
    first, last = window.first, window.last
    if first >= last:
        return f"{frequency.capitalize()} briefing, {long_day(last)}"
    begins = str(first.day) if (first.year, first.month) == (last.year, last.month) else (
        f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'}")
    return f"{frequency.capitalize()} briefing, {begins} to {long_day(last)}"


def headline_of(items: Sequence[Item]) -> tuple[str, ...]:
    """The numbers of new incidents; what one side alone tells, and what is only background, stands outside them."""
    return tuple(_headline(items))


def _headline(items: Sequence[Item]) -> Iterator[str]:
    new = [item for item in items if item.section == "new"]
    counted = [item for item in new if item.counts]
    if counted:
        countries = {item.country for item in counted if item.country}
        where = f" in {len(countries)} countries" if len(countries) > 1 else ""
        tolls = [_people(bounds, effect) for effect, bounds in (
            ("killed", total(item.killed for item in counted)), ("injured", total(item.injured for item in counted)))
            if bounds.low or bounds.high is not None]        # none, where nobody is counted but in others that are not
        yield f"{_count(len(counted), 'new incident')}{where}: {', '.join(tolls) or 'no number of dead or injured is told'}."
        untold = sum(1 for item in counted if item.killed is None or item.killed == Bounds(None, None, None))
        if untold and tolls:
            yield f"Of {untold:,} of them no number of dead is told."
    alleged = sum(1 for item in new if item.status == "alleged")
    if alleged:
        yield f"{_count(alleged, 'incident')} alleged by one side alone {_is(alleged)} in no number."
    background = sum(1 for item in new if not item.counts and item.status != "alleged")
    if background:
        yield f"{_count(background, 'earlier incident')} known from background only {_is(background)} in no number."
    changed = {item.incident for item in items if item.section == "changed"}
    claimed = {item.incident for item in items if item.section == "claims"} - changed
    if changed:
        yield f"{_count(len(changed), 'older incident')} changed."
    if claimed:
        yield f"{_count(len(claimed), 'older incident')} {'was' if len(claimed) == 1 else 'were'} newly claimed or denied."


def total(bounds: Iterable[Bounds | None]) -> Bounds:
    """Tolls added up. Where nobody counted nothing is added, and the high is open; without any number all three are None.

    A best is the sum of bests alone: where one has none but its open end, the sum has none.
    """
    held = [one if one is not None else Bounds(None, None, None) for one in bounds]
    told = [one for one in held if (one.low, one.best, one.high) != (None, None, None)]
    if not told:
        return Bounds(None, None, None)
    low = sum(one.low or 0 for one in told)
    high = None if any(one.high is None for one in held) else sum(one.high or 0 for one in told)
    bests = [best_of(one) for one in held]
    return Bounds(low, None if None in bests else max(low, sum(best or 0 for best in bests)), high)


def best_of(one: Bounds) -> int | None:
    """Its best, where that is more than an end of it that was left: "at least 5" has none, "5" is 5."""
    if one.low is not None and one.low == one.high:
        return one.low
    is_end = (one.best == one.low and one.high is None) or (one.best == one.high and not one.low)
    return None if is_end else one.best


def bounds_of(toll: Toll) -> Bounds:
    return Bounds(toll.low, toll.best, toll.high)


def _people(bounds: Bounds, effect: str) -> str:
    """ "47 to 80 killed (best estimate 60)"."""
    span, _, best = span_of_toll(Toll(bounds.low, bounds.best, bounds.high, "reliable", (), (), ())).partition(" (best ")
    return f"{span} {effect}" + (f" (best estimate {best}" if best else "")


def withheld_of(items: Iterable[Item]) -> str:
    """What was left out, in words; of an incident told in several items once."""
    most: dict[str, tuple[int, int, bool]] = {}
    for item in items:
        key = item.incident or item.id
        names, passages, sheltered = most.get(key, (0, 0, False))
        most[key] = (max(names, item.withheld), max(passages, item.passages), sheltered or item.sheltered)
    return withheld_words(sum(one[0] for one in most.values()), sum(one[1] for one in most.values()),
                          sum(one[2] for one in most.values()))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
