"""What the API gives: the record's own types, with what a program needs beside them. The schemas are made from these types.

Everything in an answer has passed `publish/withhold.py`; `withheld` counts the names and passages that were left out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dateline.publish.profiles import ToldAttribute
from dateline.records import Account, ArmedGroup, Figure, GroupStatement, Incident, Report, ReportRef, Source
from dateline.records.briefing import Briefing, Frequency
from dateline.records.incident import Change
from dateline.records.mailing import Edition


@dataclass(frozen=True, slots=True)
class ShownIncident(Incident):
    """An incident with its accounts and figures, under the rules asked for."""

    revision: str = ""            # what a decision names as `seen`
    withheld: int = 0             # names and passages left out


@dataclass(frozen=True, slots=True)
class ShownAccount(Account):
    """What one report says about one incident. Standings of figures are those of its incident."""

    incident: str | None = None   # that holds it; None: a notice, or not reconciled yet
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class ShownFigure(Figure):
    """One count, as one speaker gives it, with where it stands."""

    account: str = ""
    report: str = ""
    incident: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class ShownReport(Report):
    """One article as published. text: null where this desk gives no texts (setting desk_report_text)."""

    text: str | None  # type: ignore[assignment]  # a desk need not give it
    accounts: int = 0             # that were read from it
    extracted: str = "done"       # "done", "pending", "failed" or "language:ar"
    extractor: str | None = None  # what read it, and its versions: "rules-4, reader-1"


@dataclass(frozen=True, slots=True)
class IncidentList:
    """total: of the list, whatever the page. after: the cursor of the next page, null on the last one."""

    items: tuple[ShownIncident, ...]
    total: int
    after: str | None
    withheld: int                 # names and passages left out of this page


@dataclass(frozen=True, slots=True)
class AccountList:
    """As IncidentList, of accounts."""

    items: tuple[ShownAccount, ...]
    total: int
    after: str | None
    withheld: int


@dataclass(frozen=True, slots=True)
class FigureList:
    """As IncidentList, of figures."""

    items: tuple[ShownFigure, ...]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class StatementList:
    """As IncidentList, of statements about armed groups."""

    items: tuple[GroupStatement, ...]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class ReportList:
    """As IncidentList, of reports."""

    items: tuple[ShownReport, ...]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class IncidentHistory:
    """Every change of an incident, oldest first; deleted: it is held no more, and its last line says what became of it."""

    id: str
    deleted: bool
    revision: str | None          # null once deleted
    items: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """An armed group, and what is held of it. Sums of tolls leave out incidents of which no number is told."""

    id: str
    name: str
    incidents: int
    statements: int
    last_day: date | None
    killed_low: int
    killed_best: int
    killed_high: int


@dataclass(frozen=True, slots=True)
class GroupList:
    """The groups that incidents name or reports make statements about, most incidents first."""

    items: tuple[ListedGroup, ...]
    total: int


@dataclass(frozen=True, slots=True)
class GroupMonth:
    """The incidents that began in one month; month null: of no known month."""

    month: str | None
    incidents: int
    killed_low: int
    killed_high: int


@dataclass(frozen=True, slots=True)
class GroupProfile:
    """What is held of an armed group; contradicting values stand side by side. reports: those that make the statements."""

    group: ArmedGroup
    attributes: tuple[ToldAttribute, ...]
    by_month: tuple[GroupMonth, ...]
    incidents: int
    statements: int
    reports: tuple[ReportRef, ...]


@dataclass(frozen=True, slots=True)
class ListedSource:
    """An outlet, agency or speaker. id: null where no register lists it; it is then found by its name."""

    id: str | None
    name: str
    kind: str | None
    reports: int                  # that an outlet published
    figures: int                  # that a speaker gives


@dataclass(frozen=True, slots=True)
class SourceList:
    """Outlets and speakers that reports have, and those of the register."""

    items: tuple[ListedSource, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SourceDay:
    day: date
    reports: int


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """A source as the register has it (null: it lists none of that name), and what it gave."""

    name: str
    source: Source | None
    reports: int
    figures: int
    alone: int                    # standing figures of which nobody else gives its incident another
    by_day: tuple[SourceDay, ...]


@dataclass(frozen=True, slots=True)
class ChangedIncident:
    """What became of an incident. what: "changed" (new ones too) or "deleted"; incident: null for a deleted one."""

    id: str
    what: str
    at: datetime | None
    why: str | None               # of a deleted one: what became of it
    incident: ShownIncident | None


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Changes in the order in which they were made; an incident that changed several times is told once, at its last change.

    after: always a cursor: what is asked for with it later is what was changed since. done: nothing newer was there.
    """

    items: tuple[ChangedIncident, ...]
    after: str
    done: bool


@dataclass(frozen=True, slots=True)
class FoundReport:
    id: str
    title: str | None
    snippet: str


@dataclass(frozen=True, slots=True)
class FoundIncident:
    id: str
    headline: str
    day: date | None
    country: str | None


@dataclass(frozen=True, slots=True)
class FoundName:
    """A group or source. id: null for a source that no register lists."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What holds the words: reports by how well they fit, incidents by headline or place, groups and sources by name."""

    reports: tuple[FoundReport, ...]
    reports_total: int
    incidents: tuple[FoundIncident, ...]
    incidents_total: int
    groups: tuple[FoundName, ...]
    sources: tuple[FoundName, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did. event: its number, for undo. incidents: those that hold its accounts now. gone: held no more."""

    event: int
    incidents: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    path: str
    summary: str


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything is."""

    version: str                  # of dateline
    description: str              # address of the OpenAPI document
    handling: str | None          # handling mark of the record
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class ParameterProblem:
    """What is wrong with one parameter, or one field of a body."""

    parameter: str
    detail: str


@dataclass(frozen=True, slots=True)
class ListedEdition(Edition):
    """A briefing that one can subscribe to. address: of its archive, for readers."""

    address: str = ""


@dataclass(frozen=True, slots=True)
class EditionList:
    """Every edition by its slug, those by invitation and the retired ones too."""

    items: tuple[ListedEdition, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An issue that is out. name: in addresses, "daily-2018-01-27". told: how many items are in it."""

    name: str
    frequency: Frequency
    day: date
    title: str
    headline: tuple[str, ...]
    told: int
    issued_at: datetime | None
    address: str                  # of its page, for good


@dataclass(frozen=True, slots=True)
class IssueList:
    """An edition and the issues of it that are out, the newest day first. after: the cursor of the next page."""

    edition: ListedEdition
    items: tuple[ListedIssue, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class ShownIssue:
    """An issue as its readers got it. by: who let it out; null: it went out by itself."""

    edition: str
    name: str
    frequency: Frequency
    day: date
    issued_at: datetime | None
    by: str | None
    address: str
    briefing: Briefing
