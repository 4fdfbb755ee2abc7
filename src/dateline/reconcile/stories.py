"""Stories: reports that are copies or versions of one another, read from `copy_of` and `version_of`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from dateline.reconcile.copies import containment, looked_up_by, relate, sketch_of, written_time
from dateline.records import Report

_EDITION = re.compile(
    r"\b(?:UPDATE\s+(?P<update>\d{1,2})\b|(?P<lead>\d{1,2})(?:st|nd|rd|th)\s+(?:l(?:ea|e)de?|ld|update)\b)", re.I
)
LIKELY_COPY = 0.1  # of the sampled shingles are shared: worth comparing word by word


def story_of(report: str, reports: Mapping[str, Report]) -> str:
    """Id of the original that `report` is a copy of, its own where it is none or the original is not held."""
    return _root(report, reports, versions=False)


def edition_number(report: Report) -> int | None:
    """The number that an agency gives an edition: 3 for "UPDATE 3 - ..." or "3rd lede"; None where it gives none."""
    found = _EDITION.search(report.title or "") or _EDITION.search(report.text[:200])
    return int(found.group("update") or found.group("lead")) if found else None


def edition_root(report: str, reports: Mapping[str, Report]) -> str:
    """Id of the first version of the story that `report` is a copy or a version of."""
    return _root(report, reports, versions=True)


def originals(reports_seen: Iterable[str], reports: Mapping[str, Report]) -> dict[str, str]:
    """For each report the one that stands for its story: the earliest written, then the longest, then by id.

    It does not depend on which of them came in first.
    """
    families: dict[str, list[str]] = {}
    for report in sorted(set(reports_seen)):
        families.setdefault(story_of(report, reports), []).append(report)
    return {member: min(members, key=lambda one: _seniority(one, reports)) for members in families.values() for member in members}


def link_copies(reports: Iterable[Report]) -> list[Report]:
    """`reports` with `copy_of`, `version_of` and `update_kind` filled in, in the order given.

    Reports are compared from the earliest written on, so that the answer does not depend on the order given.
    A link that a report has already is kept.
    """
    given = list(reports)
    by_age = sorted(given, key=lambda report: _age(report))
    sketches = {report.id: sketch_of(report.text) for report in by_age}
    linked: dict[str, Report] = {}
    holders: dict[int, list[str]] = {}
    for report in by_age:
        sketch = sketches[report.id]
        if report.copy_of is None and report.version_of is None:
            near = _near(sketch, sketches, holders)
            if report.update_kind is not None:  # a notice may share few words with the story
                near = sorted({*near, *(one.id for one in linked.values() if _same_house(one, report))})
            relation = relate(report, sketch, [(linked[one], sketches[one]) for one in near])
            if relation is not None:
                report = _with(report, relation.kind, relation.of, relation.update_kind or report.update_kind)
        linked[report.id] = report
        for value in looked_up_by(sketch):
            holders.setdefault(value, []).append(report.id)
    return [linked[report.id] for report in given]


def _same_house(a: Report, b: Report) -> bool:
    return bool({a.outlet, a.agency} & {b.outlet, b.agency} - {None})


def _with(report: Report, kind: str, of: str, update_kind: str | None) -> Report:
    if kind == "copy":
        return replace(report, copy_of=of)
    return replace(report, version_of=of, update_kind=update_kind)  # type: ignore[arg-type]


def _near(sketch: frozenset[int], sketches: Mapping[str, frozenset[int]], holders: Mapping[int, list[str]]) -> list[str]:
    seen = sorted({one for value in sketch for one in holders.get(value, ())})
    return [one for one in seen if containment(sketch, sketches[one]) >= LIKELY_COPY]


def _root(report: str, reports: Mapping[str, Report], *, versions: bool) -> str:
    seen = {report}
    while (held := reports.get(report)) is not None:
        parent = held.copy_of or (held.version_of if versions else None)
        if parent is None or parent in seen or (parent not in reports and not versions):
            break
        seen.add(parent)
        report = parent
    return report


def _seniority(report: str, reports: Mapping[str, Report]) -> tuple[bool, float, int, str]:
    held = reports.get(report)
    return _age(held) if held else (True, 0.0, 0, report)


def _age(report: Report) -> tuple[bool, float, int, str]:
    at = written_time(report)
    return (at is None, at.timestamp() if at else 0.0, -len(report.text), report.id)
