"""Armed groups and sources through the API: the registers, and what the record has from and about each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Path, Query, Request, Response

from dateline.desk.api.answering import gives, router, send
from dateline.desk.api.asking import GroupsAsked, SourcesAsked
from dateline.desk.api.records import (
    GroupList,
    GroupMonth,
    GroupProfile,
    ListedGroup,
    ListedSource,
    SourceDay,
    SourceList,
    SourceProfile,
    StatementList,
)
from dateline.desk.api.showing import Beside
from dateline.desk.asked import Filters, filter_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.problems import NotHeld
from dateline.publish.groups import by_words
from dateline.publish.ledger import source_name
from dateline.publish.profiles import attributes_of
from dateline.records import ArmedGroup
from dateline.store import Store
from dateline.where.names import fold

api = router("registers")
GroupId = Annotated[str, Path(description="Its id, or a name that no other group has", max_length=200)]
SourceId = Annotated[str, Path(description="Its id in the register, or a name as reports print it", max_length=500)]


@api.get("/groups", summary="List armed groups", responses=gives(GroupList), operation_id="groups")
def groups(request: Request, asked: Annotated[GroupsAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """Those that incidents (of the natures that the desk shows) name or reports make statements about; with `text` all that are
    called so."""
    held = {one.of: one for one in store.lists.groups(filter_of(Filters.model_validate({}), desk)) if one.of is not None}
    named = groups_called(asked.text, desk) if asked.text is not None else {}
    items = [ListedGroup(name, desk.group_name(name) or name, one.incidents, one.statements, one.last_day, one.killed_low,
                         one.killed_best, one.killed_high) for name, one in held.items() if asked.text is None or name in named]
    items += [ListedGroup(name, group.name, 0, 0, None, 0, 0, 0) for name, group in named.items() if name not in held]
    return send(request, GroupList(tuple(items), len(items)))


@api.get("/groups/{group}", summary="The profile of an armed group", responses=gives(GroupProfile), operation_id="group")
def group(request: Request, group: GroupId, desk: DeskHere, store: StoreHere) -> Response:
    """Its names, what sources say of it over time, its incidents by month. The incidents: /api/v1/incidents?group=ID."""
    found, beside = _group(group, desk), Beside(store)
    wanted = filter_of(Filters.model_validate({"group": [found.id]}), desk)
    with store.at_one_moment():
        counts, bars = store.lists.count(wanted), store.lists.days(wanted, by="month")
        kept = store.group_statements(found.id)
        beside.load_reports(one.report for one in kept)
        said = [beside.statement(one) for one in kept]
        refs = [ref for name in dict.fromkeys(one.report for one in said) if (ref := beside.ref(name)) is not None]
    outlets = {ref.id: source_name(ref) for ref in refs}
    months = [GroupMonth(f"{bar.start:%Y-%m}", bar.incidents, bar.killed_low, bar.killed_high) for bar in bars]
    months += [GroupMonth(None, counts.undated, 0, 0)] if counts.undated else []
    return send(request, GroupProfile(
        found, attributes_of(said, lambda one: by_words(one, outlets)), tuple(months), counts.total, len(said), tuple(refs)))


@api.get("/groups/{group}/statements", summary="What reports say of an armed group", responses=gives(StatementList),
         operation_id="group_statements")
def group_statements(request: Request, group: GroupId, desk: DeskHere, store: StoreHere) -> Response:
    """All of them, newest first: by the day that a statement speaks of, else the day of its report."""
    found, beside = _group(group, desk), Beside(store)
    with store.at_one_moment():
        kept = store.group_statements(found.id)
        beside.load_reports(one.report for one in kept)
        said = tuple(map(beside.statement, kept))
    return send(request, StatementList(said, len(said), None))


@api.get("/sources", summary="List sources", responses=gives(SourceList), operation_id="sources")
def sources(request: Request, asked: Annotated[SourcesAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """The outlets of reports, those with most first, then what else the register lists. Speakers that no register lists are not:
    they may be witnesses."""
    items = [one for one in all_sources(desk, store) if asked.text is None or is_called(one.name, asked.text)]
    return send(request, SourceList(tuple(items), len(items)))


@api.get("/sources/{source:path}", summary="One source", responses=gives(SourceProfile), operation_id="source")
def source(request: Request, source: SourceId, desk: DeskHere, store: StoreHere) -> Response:
    """What an outlet, agency or speaker is, and what the record has from it, under any of its names."""
    known = desk.sources.get(source)
    names = known.names if known else (source,)
    with store.at_one_moment():
        sums = store.lists.source(outlets=names, speakers=names if known else ())
        days = store.lists.source_days(outlets=names)
    if known is None and not sums.outlets:
        raise NotHeld(f"there is no source {source[:40]} in this record; /api/v1/sources lists them")
    by_day = tuple(SourceDay(one.day, one.told) for one in days if one.day is not None)
    figures, alone = sum(one.figures for one in sums.speakers), sum(one.alone for one in sums.speakers)
    reports = sum(one.reports for one in sums.outlets)
    return send(request, SourceProfile(known.name if known else source, known, reports, figures, alone, by_day))


def all_sources(desk: Desk, store: Store) -> Iterable[ListedSource]:
    """Outlets of the record, then sources of the register that are none of them; each once."""
    index, register = store.lists.sources_index(), desk.sources
    figures: dict[str, int] = {}
    for speaker in index.speakers:
        if (known := register.get(speaker.name)) is not None:
            figures[known.id] = figures.get(known.id, 0) + speaker.figures
    seen: set[str] = set()
    for outlet in index.outlets:
        known = register.get(outlet.name)
        if known is not None:
            seen.add(known.id)
        yield ListedSource(known.id if known else None, outlet.name, known.kind if known else "outlet", outlet.reports,
                           figures.get(known.id, 0) if known else 0)
    for one in register.sources.values():
        if one.id not in seen:
            yield ListedSource(one.id, one.name, one.kind, 0, figures.get(one.id, 0))


def groups_called(words: str, desk: Desk) -> dict[str, ArmedGroup]:
    """The groups of the register one of whose names holds `words`, by id."""
    return {one.id: one for one in desk.register.groups.values()
            if any(is_called(name, words) for name in (one.id, one.name, *(alias.name for alias in one.aliases)))}


def is_called(name: str, words: str) -> bool:
    """Whether `name` holds `words`; words without a letter or digit are nobody's."""
    sought = fold(words).strip()
    return any(char.isalnum() for char in sought) and sought in fold(name)


def _group(name: str, desk: Desk) -> ArmedGroup:
    found = desk.group(name)
    if found is None:
        raise NotHeld(f"no one armed group is called {name[:40]!r}; /api/v1/groups?text=WORDS finds them")
    return found
