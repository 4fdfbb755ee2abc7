"""A row that came back, and the incident that it left from -> what the person changed, and what that means for the record. Pure.

What a column says is compared with what the export would write of the incident as it is held; so the order of rows and columns, columns
that were taken out or added, and the program that saved it do not matter. A row is taken as a whole: one cell that cannot be, and
nothing of the row is done.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from dateline.errors import DecisionError
from dateline.importing.cells import DateOrder
from dateline.importing.places import Told as ToldPlace
from dateline.importing.places import country_code, where_told
from dateline.importing.same import is_same, read_cell, words_of
from dateline.importing.sheets import Row
from dateline.publish.export.cells import WITHHELD
from dateline.publish.export.item import Item
from dateline.publish.export.tables import FIGURES, INCIDENTS, Column
from dateline.records import Figure, Incident, When, Where, to_json
from dateline.records.account import Modifier, TimeOfDay, WhenPrecision
from dateline.reconcile.by_hand import CONFIDENCES, REVIEWS, check_value
from dateline.typed import typed_count, typed_when
from dateline.where.answer import where_of
from dateline.where.gazetteer import Gazetteer

SIMPLE = ("kind", "status", "told_as", "nature")
WHEN = ("when_best", "when_earliest", "when_latest", "when_start", "when_end", "when_precision", "ongoing", "time_of_day")
WHERE = ("place", "admin1", "admin2", "admin3", "country", "lat", "lon", "radius_km", "location_precision", "gazetteer_id")
TOLL = {effect: tuple(f"{effect}_{bound}" for bound in ("low", "best", "high")) for effect in ("killed", "injured")}
COUNT = ("low", "value", "high", "modifier", "words")
OF_A_FIGURE = ("effect", "who", "side", "scope", "speaker")
CONFIDENCE = Column("confidence", "text", lambda item, _: item.incident.review.confidence)       # of a column that a person adds
SETTABLE = frozenset({*SIMPLE, *WHEN, *WHERE, *TOLL["killed"], *TOLL["injured"], "review", "confidence"})
REASONS = ("why", "reason", "review_reason")           # columns that a person adds: why it is rejected, what is asked
_STEPS = {state: what for what, state in REVIEWS.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell: the column, what it said when it left, and what it says now, in words; "" for an empty one."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A field to set. account: id of the account, None for the incident as a whole. field: as `decisions.correct` takes it."""

    field: str
    value: Any
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What one row changes. review: a step of it ("accept"); why: as the row says; new_toll: counts for an incident without any."""

    incident: str
    row: Row
    differences: tuple[Difference, ...]
    settings: tuple[Setting, ...] = ()
    review: str | None = None
    confidence: str | None = None
    why: str | None = None
    new_toll: Mapping[str, str] | None = None         # effect -> the count in words


def changed_cells(row: Row, present: Collection[str], table: tuple[Column, ...], item: Item, one: Any,
                  order: DateOrder | None) -> dict[str, tuple[Any, Any]]:
    """The columns of a row that say something else than the export would now: what left, and what came.

    present: the columns that the sheet has; another that is not there says nothing. Raises DecisionError, which names the column, for a cell that cannot be read.
    """
    found = {}
    for column in table:
        if column.name not in present:
            continue
        left = column.of(item, one)
        try:
            came = read_cell(column, row.cells.get(column.name), order)
        except DecisionError as wrong:
            raise DecisionError(f"{column.name}: {wrong}") from None
        if not is_same(column, left, came):
            if WITHHELD in words_of(came):
                raise DecisionError(f"{column.name}: holds {WITHHELD}, which stands for a name; change it at the desk, where the name is")
            found[column.name] = (left, came)
    return found


def edit_of(row: Row, present: Collection[str], item: Item, held: Incident, gazetteer: Gazetteer,
            order: DateOrder | None) -> Edit | None:
    """What a row of the incidents' table changes; None where it changes nothing.

    item: the incident as it left, from which what may not be published is gone; held: whole, under the same rules. Raises DecisionError for a cell that cannot be read or set, in words that name its column.
    """
    changed = changed_cells(row, present, (*INCIDENTS.columns, CONFIDENCE), item, None, order)
    changed.pop("revision", None)
    if not changed:
        return None
    told = {name: came for name, (_, came) in changed.items()}
    if odd := [name for name in told if name not in SETTABLE]:
        raise DecisionError(f"{', '.join(odd)}: {'is' if len(odd) == 1 else 'are'} worked out from the reports, and cannot be set in a "
                            "sheet; put back what stood there, or take the column out")
    settings = [_simple(name, told[name]) for name in SIMPLE if name in told]
    if any(name in told for name in WHEN):
        settings.append(Setting("when", to_json(edited_when(held.when, told))))
    if any(name in told for name in WHERE):
        if item.published.sheltered:
            raise DecisionError("its place is a shelter's and left as its district; correct it at the desk, where the place is")
        settings.append(Setting("where", to_json(edited_where(held.where, told, gazetteer))))
    new_toll = {}
    for effect, names in TOLL.items():
        if any(name in told for name in names):
            counted = _counted(held, effect, [told.get(name, _left(item, name)) for name in names])
            settings += [counted] if isinstance(counted, Setting) else []
            new_toll.update({effect: counted} if isinstance(counted, str) else {})
    why = next((words for name in REASONS if (words := row.words(name).strip())), None)
    return Edit(held.id, row, _differences(changed), tuple(settings), _review(told, why), _confidence(told), why, new_toll or None)


def settable_differences(row: Row, present: Collection[str], item: Item, said: Any, order: DateOrder | None) -> tuple[Difference, ...]:
    """What a row says otherwise than is held, in columns that can be set. said: of a row of figures, the figure with its account."""
    table = tuple(column for column in (FIGURES.columns if said is not None else (*INCIDENTS.columns, CONFIDENCE))
                  if column.name in (SETTABLE if said is None else {*COUNT, *OF_A_FIGURE}))
    found = []
    for column in table:
        try:
            found += _differences(changed_cells(row, present, (column,), item, said, order))
        except DecisionError:
            found.append(Difference(column.name, words_of(column.of(item, said)), row.words(column.name)))
    return tuple(found)


def figure_settings(row: Row, present: Collection[str], item: Item, said: Any,
                    order: DateOrder | None) -> tuple[tuple[Difference, ...], tuple[Setting, ...]]:
    """What a row of the figures' table changes of the figure that it left from. said: it with its account. Raises DecisionError."""
    changed = changed_cells(row, present, FIGURES.columns, item, said, order)
    if not changed:
        return (), ()
    if odd := [name for name in changed if name not in (*COUNT, *OF_A_FIGURE)]:
        raise DecisionError(f"{', '.join(odd)}: cannot be set in a sheet; put back what stood there, or take the column out")
    told = {name: came for name, (_, came) in changed.items()}
    figure, account = said.said, said.joined.account.id
    settings = [Setting(f"figures.{figure.id}.{name}", told[name], account) for name in OF_A_FIGURE if name in told]
    if any(name in told for name in COUNT):
        settings.append(Setting(f"figures.{figure.id}.count", _count(figure, told), account))
    return _differences(changed), tuple(settings)


def _left(item: Item, name: str) -> Any:
    """What the export writes of the incident in a column."""
    return next(column.of(item, None) for column in INCIDENTS.columns if column.name == name)


def edited_when(before: When, told: Mapping[str, Any]) -> When:
    """`before` with the columns that were changed. A new best day alone is the day; new bounds leave a best one that they hold."""
    best = told.get("when_best", before.best)
    earliest, latest = told.get("when_earliest", before.earliest), told.get("when_latest", before.latest)
    if "when_best" in told and best is not None and not {"when_earliest", "when_latest"} & set(told):
        after = replace(typed_when(best.isoformat()), start=before.start, end=before.end)
    elif {"when_best", "when_earliest", "when_latest"} & set(told):
        after = _bounded(earliest, latest, best)
    else:
        after = before
    start, end = told.get("when_start", before.start), told.get("when_end", before.end)
    if start and end and end < start:
        raise DecisionError(f"when_end: {end} is before when_start, {start}")
    if "when_precision" in told and told["when_precision"] not in get_args(WhenPrecision):
        raise DecisionError(f"when_precision: {told['when_precision']!r} is none of {', '.join(get_args(WhenPrecision))}")
    time_of_day = told.get("time_of_day", before.time_of_day)
    if time_of_day is not None and time_of_day not in get_args(TimeOfDay) and not _is_clock(time_of_day):
        raise DecisionError(f"time_of_day: {time_of_day!r} is none of {', '.join(get_args(TimeOfDay))}, and no time as 12:50")
    shifted = after.best != before.best and start == before.start and start is not None and after.best is not None
    return replace(
        after, start=None if shifted and "when_start" not in told else start, end=None if shifted and "when_end" not in told else end,
        ongoing=bool(told.get("ongoing", before.ongoing)), precision=told.get("when_precision") or after.precision,
        time_of_day=time_of_day, text=before.text, evidence=before.evidence, zone=before.zone)


def edited_where(before: Where, told: Mapping[str, Any], gazetteer: Gazetteer) -> Where:
    """`before` with the columns that were changed: another gazetteer id, another point, another name, or its parts alone."""
    if (place_id := told.get("gazetteer_id")) is not None:
        place = gazetteer.get(place_id)
        if place is None:
            raise DecisionError(f"gazetteer_id: the gazetteer has no {place_id!r}; dateline gazetteer lookup finds places")
        return where_of(place, before.text or place.name, before.evidence)
    lat, lon = told.get("lat", before.lat), told.get("lon", before.lon)
    for name, value, most in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        if value is not None and not -most <= value <= most:
            raise DecisionError(f"{name}: {value} lies not between -{most:g} and {most:g}")
    country = country_code(told.get("country", before.country), gazetteer)
    precision = told.get("location_precision", before.precision)
    if precision is not None and precision not in range(1, 8):
        raise DecisionError(f"location_precision: {precision} is none of 1 to 7")
    moved = {"lat", "lon"} & set(told)
    if moved and (lat is None) != (lon is None):
        raise DecisionError("lat, lon: a point has both")
    if not moved and not {"place", "country"} & set(told):
        parts = {name: told[name] for name in ("admin1", "admin2", "admin3", "radius_km") if name in told}
        return replace(before, **parts, precision=precision)
    renamed = "place" in told
    named = ToldPlace(
        told.get("place", before.name), told.get("admin2") if renamed or "country" in told else told.get("admin2", before.admin2),
        told.get("admin1") if renamed or "country" in told else told.get("admin1", before.admin1), country,
        lat if moved else None, lon if moved else None, precision if moved or "location_precision" in told else None)
    after, remarks = where_told(named, "plain", before.evidence, gazetteer)
    if remarks:
        raise DecisionError(f"place: {remarks[0].replace(': it stands in', '; nearest to it would be')}; give lat and lon with it")
    return replace(after, text=before.text or after.text, radius_km=told.get("radius_km") or after.radius_km)


def bounds_words(low: int | None, best: int | None, high: int | None) -> tuple[Modifier, str]:
    """How a count with these bounds is said."""
    if low is None and high is None and best is None:
        return "word", "an unknown number"
    if low == high and best in (None, low):
        return "exact", str(low)
    if high is None:
        return "at_least", f"at least {low if low is not None else best}"
    if low is None:
        return "up_to", f"up to {high}"
    return "range", f"{low} to {high}" + (f", most likely {best}" if best is not None else "")


def _simple(name: str, value: Any) -> Setting:
    try:
        check_value(name, value)
    except ValueError as wrong:
        raise DecisionError(f"{name}: {wrong}") from None
    return Setting(name, value)


def _bounded(earliest: date | None, latest: date | None, best: date | None) -> When:
    if earliest and latest and latest < earliest:
        raise DecisionError(f"when_latest: {latest} is before when_earliest, {earliest}")
    if earliest is None or latest is None:
        return When(None, None, False, earliest, latest, (), best, "unknown", None, None, ())
    spanned = typed_when(f"{earliest}..{latest}")
    if best is not None and not earliest <= best <= latest:
        raise DecisionError(f"when_best: {best} lies not between when_earliest and when_latest")
    return replace(spanned, best=best if best is not None else spanned.best)


def _counted(held: Incident, effect: str, bounds: list[Any]) -> Setting | str:
    """What an edited toll means: the one figure that it comes of is corrected; where there is none, its words for a new one.

    Raises DecisionError where it comes of several.
    """
    low, best, high = bounds
    told = [one for one in (low, best, high) if one is not None]
    if told != sorted(told) or any(one < 0 for one in told):
        raise DecisionError(f"{effect}_low, {effect}_best, {effect}_high: {' / '.join(words_of(one) or '?' for one in bounds)} are not in "
                            "order, from the least to the most")
    counted = set(getattr(held.toll, effect).figures)
    figures = [(joined, one) for joined in held.accounts for one in joined.account.figures
               if one.id in counted or (not counted and one.effect == effect and one.standing == "stands")]
    modifier, words = bounds_words(low, best, high)
    if not figures:
        if modifier == "word":
            raise DecisionError(f"{effect}: no report counts them; there is nothing to take out")
        return words
    if len(figures) > 1:
        listed = "; ".join(f"{one.words} ({joined.report.outlet or joined.report.source})" for joined, one in figures[:4])
        raise DecisionError(f"{effect}: it comes of {len(figures)} figures ({listed}): change these on the sheet of figures, or add one there")
    [(joined, figure)] = figures
    value = {"low": low, "high": high, "value": best, "modifier": modifier, "words": words}
    return Setting(f"figures.{figure.id}.count", value, joined.account.id)


def _count(figure: Figure, told: Mapping[str, Any]) -> dict[str, Any]:
    """The count that edited columns of a figure say: its numbers; or its words, where these alone are new."""
    if "words" in told and told["words"] and not {"low", "value", "high", "modifier"} & set(told):
        count = typed_count(told["words"])
        return {"low": count.low, "high": count.high, "value": count.value, "modifier": count.modifier, "words": told["words"]}
    low, value, high = (told.get(name, getattr(figure, name)) for name in ("low", "value", "high"))
    in_order = [one for one in (low, high) if one is not None]
    if in_order != sorted(in_order) or any(one < 0 for one in (*in_order, value or 0)):
        raise DecisionError(f"low, high: {words_of(low) or '?'} to {words_of(high) or '?'} are not in order")
    modifier, words = bounds_words(low, value, high)
    modifier = told.get("modifier") or (figure.modifier if not {"low", "value", "high"} & set(told) else modifier)
    if modifier not in get_args(Modifier):
        raise DecisionError(f"modifier: {modifier!r} is none of {', '.join(get_args(Modifier))}")
    return {"low": low, "high": high, "value": value, "modifier": modifier, "words": told.get("words") or words}


def _review(told: Mapping[str, Any], why: str | None) -> str | None:
    if "review" not in told:
        return None
    step = _STEPS.get((told["review"] or "").lower())
    if step is None or step == "assign":
        known = ", ".join(state for state, what in _STEPS.items() if what != "assign")
        raise DecisionError(f"review: {told['review']!r} cannot be set in a sheet; it may become {known}")
    if step in ("reject", "query") and not why:
        raise DecisionError(f"review: {told['review']} needs a reason, in a column named why")
    return step


def _confidence(told: Mapping[str, Any]) -> str | None:
    if "confidence" not in told:
        return None
    if told["confidence"] not in CONFIDENCES:
        raise DecisionError(f"confidence: {told['confidence']!r} is none of {', '.join(CONFIDENCES)}")
    return str(told["confidence"])


def _differences(changed: Mapping[str, tuple[Any, Any]]) -> tuple[Difference, ...]:
    return tuple(Difference(name, words_of(left), words_of(came)) for name, (left, came) in changed.items())


def _is_clock(words: str) -> bool:
    hour, mark, minute = words.partition(":")
    return bool(mark) and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60 and len(minute) == 2

