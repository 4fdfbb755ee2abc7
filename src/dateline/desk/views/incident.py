"""One incident as its page shows it: the ledger with what stands and why, and the reports beside it, their words marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.desk.views.marked import Field, Gap, Piece, fields_of, pieces_of
from dateline.publish.ledger import SCOPES, Telling, ledger_of, outlets_words, source_name
from dateline.publish.origins import origin_words
from dateline.publish.texts import published_text
from dateline.publish.withhold import ALONE, Surroundings
from dateline.publish.words import day_words, figure_words, speaker_words, written_words
from dateline.records import Account, Figure, Incident, Joined, Report

Names = Mapping[str, str]         # group id -> name
MOST_TEXTS = 12                   # reports whose text is on the page at once; the others are asked for one by one


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One count, with all who tell it. fields: what lights with it. counts: whether the toll rests on it."""

    figure: Figure
    words: str
    speaker: str
    outlets: str
    read: str                     # by whom: "a rule (rules-4)"
    of: str                       # whose dead or injured, as far as told
    as_of: str
    scope: str
    standing: str
    why: str                      # of its standing, in words
    counts: bool
    is_part: bool
    account: str                  # id of the account that tells it first
    figures: tuple[str, ...]      # ids of all tellings
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report of the incident. numbers: of its accounts in the incident, from 1. pieces: of its text; empty: not shown yet."""

    id: str
    name: str
    title: str | None
    day: str
    source: str
    is_web: bool
    mark: str                     # "a copy of Hawk Wire", "update"
    numbers: tuple[int, ...]
    joined: tuple[Joined, ...]
    pieces: tuple[Piece | Gap, ...]


def ledger_lines(incident: Incident, extractors: Mapping[str, str | None]) -> list[LedgerLine]:
    """The ledger, in its order; parts come under the total that they are parts of. extractors: report -> version."""
    counted = {*incident.toll.killed.figures, *incident.toll.injured.figures}
    later = _superseded_by(incident)
    lines = [_line(tellings, counted, later, extractors) for tellings in ledger_of(incident)]
    at = {told: line for line in lines for told in line.figures}
    under: dict[int, list[LedgerLine]] = {}
    for line in lines:
        total = at.get(line.figure.part_of or "")
        if total is not None and total is not line:
            under.setdefault(id(total), []).append(line)
    parts = {id(part) for some in under.values() for part in some}
    return [one for line in lines if id(line) not in parts for one in (line, *under.get(id(line), ()))]


def _line(tellings: Sequence[Telling], counted: set[str], later: Mapping[str, Figure], extractors: Mapping[str, str | None]
          ) -> LedgerLine:
    figure, joined = tellings[0]
    actors = {actor.id: actor.text for actor in joined.account.actors}
    ids = tuple(told.id for told, _ in tellings)
    read = dict.fromkeys(origin_words(told.origin, extractors.get(one.report.id)) for told, one in tellings)
    return LedgerLine(
        figure, figure_words(figure), speaker_words(figure), outlets_words([one.report for _, one in tellings]),
        "; ".join(read), figure.who or actors.get(figure.of or "", ""), _as_of(figure), SCOPES[figure.scope],
        figure.standing, _why(figure, next((later[one] for one in ids if one in later), None)), not counted.isdisjoint(ids),
        figure.part_of is not None, joined.account.id, ids, tuple(f"{one.account.id}-{told.id}" for told, one in tellings))


def _as_of(figure: Figure) -> str:
    """When the count was made: "27 Jan 2018, by 23:59"."""
    told = figure.as_of.latest or figure.as_of.earliest
    if not told:
        return ""
    day, _, clock = told.partition("T")
    try:
        words = day_words(date.fromisoformat(day))
    except ValueError:                # a month or a year alone
        words = day
    return f"{words}, by {clock[:5]}" if clock else words


def _superseded_by(incident: Incident) -> dict[str, Figure]:
    """Id of a figure -> the last of the later counts that take its place."""
    found: dict[str, Figure] = {}
    for figure in (figure for joined in incident.accounts for figure in joined.account.figures):
        for name in figure.supersedes:
            held = found.get(name)
            if held is None or (figure.as_of.latest or "") >= (held.as_of.latest or ""):
                found[name] = figure
    return found


def _why(figure: Figure, later: Figure | None) -> str:
    if figure.standing == "superseded" and later is not None:
        return f"a later count of the same people: {figure_words(later)}, {speaker_words(later)}"
    return {"stands": "", "superseded": "a later count of the same people, or one of better rank, stands",
            "retracted": "its source took it back", "restated": "told again later without anyone who counts"}[figure.standing]


def reports_shown(incident: Incident, reports: Mapping[str, Report], beside: Mapping[str, Surroundings], *,
                  most: int = MOST_TEXTS, whole: bool = False) -> list[ReportShown]:
    """The reports of `incident` (as it may be shown), each once, in the order of its accounts.

    reports: as kept. beside: report -> what stands around it, which says what of its text may not be shown.
    """
    numbered = list(enumerate(incident.accounts, 1))
    names = {joined.report.id: source_name(joined.report) for joined in incident.accounts}
    found: list[ReportShown] = []
    for report_id in names:
        held = [(number, joined) for number, joined in numbered if joined.report.id == report_id]
        ref = held[0][1].report
        report = reports.get(report_id) if len(found) < most else None
        told = [one.account for _, one in held]
        pieces = marked_text(report, told, beside.get(report_id, ALONE), whole=whole) if report else ()
        found.append(ReportShown(
            report_id, names[report_id], ref.title, written_words(ref, incident.when), ref.source,
            ref.source.startswith(("http://", "https://")), _mark(held[0][1], names), tuple(number for number, _ in held),
            tuple(joined for _, joined in held), tuple(pieces)))
    return found


def marked_text(report: Report, told: Sequence[Account], beside: Surroundings, *, whole: bool = False
                ) -> tuple[Piece | Gap, ...]:
    """The text of `report` as it may be shown, with the words of the accounts `told` marked."""
    fields: list[Field] = [field for account in told for field in fields_of(account)]
    text = published_text(report.text, beside.accounts, beside.shelters)
    return tuple(pieces_of(text, fields, [account.evidence for account in told], whole=whole))


def _mark(joined: Joined, names: Names) -> str:
    ref = joined.report
    if ref.copy_of:
        return f"a copy of {names[ref.copy_of]}" if ref.copy_of in names else "a copy"
    return (ref.update_kind or "version") if ref.version_of else ""
