"""An export that comes back edited -> what it changes: each row laid beside the incident that it left from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from dateline.entered import EnteredFigure
from dateline.errors import DecisionError, ReadError
from dateline.importing import cells
from dateline.importing.edits import Difference, Edit, Setting, edit_of, figure_settings, settable_differences
from dateline.importing.returned import AT_ONCE, Added, Refused, Returning, ReturnPlan, Stale, stale_of
from dateline.importing.sheets import Row, Sheet
from dateline.publish.export.item import Item, Known, item_of
from dateline.publish.export.tables import FIGURES, INCIDENTS
from dateline.records import Incident
from dateline.records.incident import AttributionRule, TollRule
from dateline.records.revision import revision_of
from dateline.settings import ATTRIBUTION_RULES, TOLL_RULES

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

_NEEDED = frozenset({"incident_id", "revision"})


@dataclass
class _Gathered:
    """What rows say of one incident while they are read."""

    revision: str
    rows: list[int] = field(default_factory=list)
    edit: Edit | None = None
    differences: list[Difference] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def is_returning(sheets: Sequence[Sheet]) -> bool:
    """Whether a file is an export of ours: it has the id and revision of incidents."""
    return any(set(sheet.columns) >= _NEEDED for sheet in sheets)


def plan_return(store: Store, sheets: Sequence[Sheet], settings: Settings) -> ReturnPlan:
    """What a person changed in an export. sheets: those of its workbook, or its files, the figures' among them or not.

    Raises ReadError where no sheet has the columns incident_id and revision.
    """
    mains = [sheet for sheet in sheets if set(sheet.columns) >= _NEEDED]
    if not mains:
        raise ReadError(
            sheets[0].file if sheets else "sheet",
            "no columns incident_id and revision",
            todo="give a CSV or XLSX that `dateline export` wrote, with these columns as they were",
        )
    figures = [sheet for sheet in sheets if {"incident_id", "figure_id"} <= set(sheet.columns)]
    return _Planning(store, settings, mains, figures).plan()


class _Planning:
    def __init__(self, store: Store, settings: Settings, mains: Sequence[Sheet], figures: Sequence[Sheet]) -> None:
        from dateline.queries import register_in_force, sources_in_force
        from dateline.where.gazetteer import load_gazetteer

        self.store, self.mains, self.figures = store, mains, figures
        self.known = Known(register_in_force(settings.groups_file), sources_in_force(settings))
        self.gazetteer = load_gazetteer()
        self.stale: list[Stale] = []
        self.refused: list[Refused] = []
        self.gathered: dict[str, _Gathered] = {}
        self.same = 0

    def plan(self) -> ReturnPlan:
        rows = self._own_rows()
        counted = self._figure_rows(rows)
        for at in range(0, len(rows), AT_ONCE):
            some = dict(list(rows.items())[at : at + AT_ONCE])
            held = self.store.incidents_called(some)
            for name, (row, sheet) in some.items():
                if name in held:
                    self._one(row, sheet, held[name], counted.get(name, ()))
                else:
                    self.refused.append(Refused(row.number, name, self._why_not(name)))
        edits = [self._returning(name, one) for name, one in self.gathered.items() if not one.wrong]
        ours = {column.name for column in (*INCIDENTS.columns, *FIGURES.columns)} | {
            "confidence",
            "why",
            "reason",
            "review_reason",
        }
        odd = dict.fromkeys(column for sheet in self.mains for column in sheet.columns if column not in ours)
        self.refused.sort(key=lambda one: one.row)
        return ReturnPlan(self.mains[0].file, tuple(edits), tuple(self.stale), tuple(self.refused), self.same, tuple(odd))

    def _own_rows(self) -> dict[str, tuple[Row, Sheet]]:
        """The row of each incident; rows without an id of ours, and several of one incident, are refused."""
        found: dict[str, list[tuple[Row, Sheet]]] = {}
        for sheet in self.mains:
            for row in sheet.rows:
                if (name := _id_in(row)) is None:
                    self.refused.append(
                        Refused(
                            row.number,
                            None,
                            f"{row.words('incident_id')!r} is no incident's id; `dateline import` takes "
                            "a sheet of new incidents without the columns incident_id and revision",
                        )
                    )
                else:
                    found.setdefault(name, []).append((row, sheet))
        for name, rows in found.items():
            if len(rows) > 1:
                numbers = ", ".join(str(row.number) for row, _ in rows)
                self.refused += [Refused(row.number, name, f"rows {numbers} are all {name}: leave one") for row, _ in rows]
        return {name: rows[0] for name, rows in found.items() if len(rows) == 1}

    def _figure_rows(self, known: Mapping[str, object]) -> dict[str, list[tuple[Row, Sheet]]]:
        found: dict[str, list[tuple[Row, Sheet]]] = {}
        for sheet in self.figures:
            for row in sheet.rows:
                name = _id_in(row)
                if name is not None and name in known:
                    found.setdefault(name, []).append((row, sheet))
        return found

    def _one(self, row: Row, sheet: Sheet, held: Incident, figures: Sequence[tuple[Row, Sheet]]) -> None:
        viewed = _under_its_rules(self.store, row, held)
        item = item_of(viewed, self.known, self.store.report)
        one = _Gathered(row.words("revision").strip())
        if one.revision != revision_of(held):
            self._told_stale(row, sheet, held, item, figures)
            return
        try:
            one.edit = edit_of(row, sheet.columns, item, viewed, self.gazetteer, _order(sheet))
        except DecisionError as wrong:
            one.wrong.append(str(wrong))
            self.refused.append(Refused(row.number, held.id, str(wrong)))
        if one.edit is not None:
            one.rows.append(row.number)
            one.differences += one.edit.differences
            one.settings += one.edit.settings
            one.added += [
                Added(EnteredFigure(words, effect), None, row.number)  # type: ignore[arg-type]
                for effect, words in (one.edit.new_toll or {}).items()
            ]
        self._counts(one, item, figures)
        if one.rows or one.wrong:
            self.gathered[held.id] = one
        else:
            self.same += 1

    def _told_stale(self, row: Row, sheet: Sheet, held: Incident, item: Item, figures: Sequence[tuple[Row, Sheet]]) -> None:
        """A row of an incident that has changed since: stale where it says anything else than what is held now."""
        differences = settable_differences(row, sheet.columns, item, None, _order(sheet))
        said = {told.said.id: told for told in FIGURES.each(item)}
        for counted, of in figures:
            told = said.get(counted.words("figure_id"))
            differences += (
                settable_differences(counted, of.columns, item, told, _order(of))
                if told is not None
                else (Difference("figure", "", counted.words("words") or counted.words("value")),)
            )
        if differences:
            self.stale.append(stale_of(row.number, held, row.words("revision").strip(), differences))
        else:
            self.same += 1

    def _counts(self, one: _Gathered, item: Item, rows: Sequence[tuple[Row, Sheet]]) -> None:
        """What rows of the figures' sheet change of figures, and those that they add."""
        said = {(told.said.id, told.joined.account.id): told for told in FIGURES.each(item)}
        for row, sheet in rows:
            key = row.words("figure_id"), row.words("account_id")
            try:
                if not key[0]:
                    one.added.append(_added(row))
                    one.differences.append(Difference("figure added", "", _added(row).figure.words))
                    one.rows.append(row.number)
                    continue
                found = said.get(key) or next(
                    (told for (figure, _), told in said.items() if figure == key[0] and not key[1]), None
                )
                if found is None:
                    raise DecisionError(f"{item.incident.id} has no figure {key[0]!r}")
                differences, settings = figure_settings(row, sheet.columns, item, found, _order(sheet))
            except DecisionError as wrong:
                one.wrong.append(str(wrong))
                self.refused.append(Refused(row.number, item.incident.id, f"sheet {sheet.name or sheet.file}: {wrong}"))
                continue
            if differences:
                one.rows.append(row.number)
                one.differences += differences
                one.settings += settings
        if (twice := _twice(one.settings)) is not None:
            one.wrong.append(twice)
            self.refused.append(Refused(one.rows[0], item.incident.id, f"{twice} is changed in two places; change it in one"))

    def _returning(self, name: str, one: _Gathered) -> Returning:
        edit = one.edit
        return Returning(
            name,
            one.revision,
            tuple(one.rows),
            tuple(one.differences),
            tuple(one.settings),
            tuple(one.added),
            edit.review if edit else None,
            edit.confidence if edit else None,
            edit.why if edit else None,
        )

    def _why_not(self, name: str) -> str:
        gone = self.store.incident(name, deleted=True)
        if gone is not None and gone.history:
            return f"{name} is held no more: {gone.history[-1].why}"
        return f"no incident {name} in this record"


def _added(row: Row) -> Added:
    """The figure that a row without a figure_id adds. Raises DecisionError for one that counts nothing."""
    words = row.words("words") or row.words("value")
    if not words:
        low, high = row.words("low"), row.words("high")
        words = f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}" if high else ""
    if cells.count_of(words) is None:
        raise DecisionError(
            "a row without a figure_id adds a figure, and this one counts nobody: write how many in the column words"
        )
    effect, side = row.words("effect") or "killed", row.words("side") or None
    figure = EnteredFigure(words, effect, row.words("speaker") or None, side, None, row.words("scope") or "incident")  # type: ignore[arg-type]
    return Added(figure, row.words("outlet") or None, row.number)


def _id_in(row: Row) -> str | None:
    """ "DTL-412" in the column of ids; None for another word."""
    words = row.words("incident_id").strip().upper()
    return words if words.startswith("DTL-") and words[4:].isdecimal() and len(words) < 22 else None


def _order(sheet: Sheet) -> cells.DateOrder | None:
    """How numbered dates are read: all columns of days were written by one program."""
    days = [column.name for column in INCIDENTS.columns if column.form == "day" and column.name in sheet.columns]
    return cells.date_order(row.cells.get(name) for row in sheet.rows for name in days)


def _under_its_rules(store: Store, row: Row, held: Incident) -> Incident:
    """The incident under the rules by which the row left."""
    from dateline.reconcile.views import View, view_of

    view = View()
    rule, attribution = row.words("toll_rule"), row.words("attribution_rule")
    toll = cast("TollRule", rule if rule in TOLL_RULES else held.toll.killed.rule)
    blame = cast(
        "AttributionRule",
        attribution if attribution in ATTRIBUTION_RULES else held.attribution.rule if held.attribution else view.attribution,
    )
    return next(iter(view_of([held], View(toll, blame), store.report)))


def _twice(settings: Sequence[Setting]) -> str | None:
    seen: set[tuple[str, str | None]] = set()
    for one in settings:
        if (one.field, one.account) in seen:
            return one.field
        seen.add((one.field, one.account))
    return None
