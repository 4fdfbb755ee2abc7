"""A row that came back, and the incident that it left from -> what the person changed, and what that means for the record. Pure.

What a column says is compared with what the export would write of the incident as it is held; so the order of rows and columns,
columns that were taken out or added, and the program that saved it do not matter. A row is taken as a whole: one cell that cannot
be, and nothing of the row is done.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.errors import DecisionError
from dateline.importing.cells import DateOrder
from dateline.importing.edited import bounds_words, edited_bounds, edited_count, edited_when, edited_where
from dateline.importing.same import is_same, read_cell, words_of
from dateline.importing.sheets import Row
from dateline.publish.export.cells import WITHHELD
from dateline.publish.export.item import Item
from dateline.publish.export.tables import FIGURES, INCIDENTS, Column
from dateline.reconcile.by_hand import CONFIDENCES, REVIEWS, check_value
from dateline.records import Incident, to_json
from dateline.where.gazetteer import Gazetteer

SIMPLE = ("kind", "status", "told_as", "nature")
WHEN = ("when_best", "when_earliest", "when_latest", "when_start", "when_end", "when_precision", "ongoing", "time_of_day")
WHERE = ("place", "admin1", "admin2", "admin3", "country", "lat", "lon", "radius_km", "location_precision", "gazetteer_id")
TOLL = {effect: tuple(f"{effect}_{bound}" for bound in ("low", "best", "high")) for effect in ("killed", "injured")}
COUNT = ("low", "value", "high", "modifier", "words")
OF_A_FIGURE = ("effect", "who", "side", "scope", "speaker")
CONFIDENCE = Column("confidence", "text", lambda item, _: item.incident.review.confidence)  # of a column that a person adds
SETTABLE = frozenset({*SIMPLE, *WHEN, *WHERE, *TOLL["killed"], *TOLL["injured"], "review", "confidence"})
REASONS = ("why", "reason", "review_reason")  # columns that a person adds: why it is rejected, what is asked
_STEPS: dict[str, str] = {state: what for what, state in REVIEWS.items()}


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
    """What one row changes. review: a step of it ("accept"); why: as the row says; new_toll: counts for an incident without
    any."""

    incident: str
    row: Row
    differences: tuple[Difference, ...]
    settings: tuple[Setting, ...] = ()
    review: str | None = None
    confidence: str | None = None
    why: str | None = None
    new_toll: Mapping[str, str] | None = None  # effect -> the count in words


def changed_cells(
    row: Row, present: Collection[str], table: tuple[Column, ...], item: Item, one: Any, order: DateOrder | None
) -> dict[str, tuple[Any, Any]]:
    """The columns of a row that say something else than the export would now: what left, and what came.

    present: the columns that the sheet has; another that is not there says nothing. Raises DecisionError, which names the
    column, for a cell that cannot be read.
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
                raise DecisionError(
                    f"{column.name}: holds {WITHHELD}, which stands for a name; change it at the desk, where the name is"
                )
            found[column.name] = (left, came)
    return found


def edit_of(
    row: Row, present: Collection[str], item: Item, held: Incident, gazetteer: Gazetteer, order: DateOrder | None
) -> Edit | None:
    """What a row of the incidents' table changes; None where it changes nothing.

    item: the incident as it left, from which what may not be published is gone; held: whole, under the same rules. Raises
    DecisionError for a cell that cannot be read or set, in words that name its column.
    """
    changed = changed_cells(row, present, (*INCIDENTS.columns, CONFIDENCE), item, None, order)
    changed.pop("revision", None)
    if not changed:
        return None
    told = {name: came for name, (_, came) in changed.items()}
    if odd := [name for name in told if name not in SETTABLE]:
        raise DecisionError(
            f"{', '.join(odd)}: {'is' if len(odd) == 1 else 'are'} worked out from the reports, and cannot be set in a "
            "sheet; put back what stood there, or take the column out"
        )
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
            counted = _counted(held, effect, edited_bounds([_left(item, name) for name in names], told, names))
            settings += [counted] if isinstance(counted, Setting) else []
            new_toll.update({effect: counted} if isinstance(counted, str) else {})
    why = next((words for name in REASONS if (words := row.words(name).strip())), None)
    return Edit(
        held.id, row, _differences(changed), tuple(settings), _review(told, why), _confidence(told), why, new_toll or None
    )


def settable_differences(
    row: Row, present: Collection[str], item: Item, said: Any, order: DateOrder | None
) -> tuple[Difference, ...]:
    """What a row says otherwise than is held, in columns that can be set. said: of a row of figures, the figure with its
    account."""
    table = tuple(
        column
        for column in (FIGURES.columns if said is not None else (*INCIDENTS.columns, CONFIDENCE))
        if column.name in (SETTABLE if said is None else {*COUNT, *OF_A_FIGURE})
    )
    found: list[Difference] = []
    for column in table:
        try:
            found += _differences(changed_cells(row, present, (column,), item, said, order))
        except DecisionError:
            found.append(Difference(column.name, words_of(column.of(item, said)), row.words(column.name)))
    return tuple(found)


def figure_settings(
    row: Row, present: Collection[str], item: Item, said: Any, order: DateOrder | None
) -> tuple[tuple[Difference, ...], tuple[Setting, ...]]:
    """What a row of the figures' table changes of the figure that it left from. said: it with its account. Raises
    DecisionError."""
    changed = changed_cells(row, present, FIGURES.columns, item, said, order)
    if not changed:
        return (), ()
    if odd := [name for name in changed if name not in (*COUNT, *OF_A_FIGURE)]:
        raise DecisionError(f"{', '.join(odd)}: cannot be set in a sheet; put back what stood there, or take the column out")
    told = {name: came for name, (_, came) in changed.items()}
    figure, account = said.said, said.joined.account.id
    settings = [Setting(f"figures.{figure.id}.{name}", told[name], account) for name in OF_A_FIGURE if name in told]
    if any(name in told for name in COUNT):
        settings.append(Setting(f"figures.{figure.id}.count", edited_count(figure, told), account))
    return _differences(changed), tuple(settings)


def _left(item: Item, name: str) -> Any:
    """What the export writes of the incident in a column."""
    return next(column.of(item, None) for column in INCIDENTS.columns if column.name == name)


def _simple(name: str, value: Any) -> Setting:
    try:
        check_value(name, value)
    except ValueError as wrong:
        raise DecisionError(f"{name}: {wrong}") from None
    return Setting(name, value)


def _counted(held: Incident, effect: str, bounds: list[Any]) -> Setting | str:
    """What an edited toll means: the one figure that it comes of is corrected; where there is none, its words for a new one.

    Raises DecisionError where it comes of several.
    """
    low, best, high = bounds
    counted = set(getattr(held.toll, effect).figures)
    figures = [
        (joined, one)
        for joined in held.accounts
        for one in joined.account.figures
        if one.id in counted or (not counted and one.effect == effect and one.standing == "stands")
    ]
    modifier, words = bounds_words(low, best, high)
    if not figures:
        if modifier == "word":
            raise DecisionError(f"{effect}: no report counts them; there is nothing to take out")
        return str(words)
    if len(figures) > 1:
        listed = "; ".join(f"{one.words} ({joined.report.outlet or joined.report.source})" for joined, one in figures[:4])
        raise DecisionError(
            f"{effect}: it comes of {len(figures)} figures ({listed}): change these on the sheet of figures, or add one there"
        )
    told = [one for one in (low, best, high) if one is not None]
    if told != sorted(told) or any(one < 0 for one in told):
        raise DecisionError(
            f"{effect}_low, {effect}_best, {effect}_high: {' / '.join(words_of(one) or '?' for one in bounds)} are not in "
            "order, from the least to the most"
        )
    [(joined, figure)] = figures
    value = {"low": low, "high": high, "value": best, "modifier": modifier, "words": words}
    return Setting(f"figures.{figure.id}.count", value, joined.account.id)


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
