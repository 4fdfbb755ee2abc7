"""Reads training/own/reports.txt: news reports that we wrote and labelled ourselves, to train the extraction model on.

    python -m training.own_reports            # how many reports, incidents and spans there are, by kind, status and role

The format and the guide to the labels: training/own/README.md. Nothing here but the standard library, so that a machine
that only trains needs nothing of dateline's.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

REPORTS = Path(__file__).parent / "own" / "reports.txt"

# The same names as dateline.records.kinds and dateline.records.account have: a test holds them together.
KINDS = (
    "government regains territory", "non-state actor overtakes territory", "armed clash",
    "excessive force against protesters", "protest with intervention", "peaceful protest",
    "violent demonstration", "mob violence",
    "chemical weapon", "air/drone strike", "suicide bomb", "shelling/artillery/missile attack",
    "remote explosive/landmine/ied", "grenade",
    "sexual violence", "attack", "abduction/forced disappearance",
    "agreement", "arrests", "change to group/activity", "disrupted weapons use", "headquarters or base established",
    "looting/property destruction", "non-violent transfer of territory", "other",
)
STATUSES = ("happened", "alleged", "attempted", "foiled", "threatened", "planned", "hypothetical")
NOTICES = ("threatened", "planned", "hypothetical")          # statuses of what nobody says was done
TOLD_AS = ("news", "background", "anniversary", "legal", "other")
ROLES = ("attacker", "organisation", "victim", "target", "weapon", "place", "time", "speaker")
EFFECTS = {"victim": ("killed", "injured", "abducted", "aimed"), "attacker": ("killed", "injured")}

HEAD = re.compile(r"# (own-\d{3})")
INCIDENT = re.compile(r"incident ([1-9]): kind=([^;]+); status=([^;]+); told_as=([^;]+)")
LABEL = re.compile(r"([a-z]+) ([1-9](?:,[1-9])*)(?: ([a-z]+))?")
QUIET = "quiet"


class OwnReportsError(ValueError):
    """A file of own reports that cannot be read: which line, what is wrong there, what to do."""

    def __init__(self, source: str, line: int, what: str, todo: str) -> None:
        super().__init__(f"{source}:{line}: {what}; {todo}")


@dataclass(frozen=True, slots=True)
class OwnIncident:
    """One incident that a report tells; `number` is 1 for its first."""

    number: int
    kind: str
    status: str
    told_as: str


@dataclass(frozen=True, slots=True)
class OwnSpan:
    """Words that have one role in one or more incidents. start, end: code points in the report's text, end excluded."""

    start: int
    end: int
    role: str
    incidents: tuple[int, ...]
    effect: str | None            # what became of the people; None where it is not told, and for things, places and times


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report's plain text, without marks; incidents by number; spans by start, the longer first."""

    id: str
    text: str
    incidents: tuple[OwnIncident, ...]
    spans: tuple[OwnSpan, ...]

    @property
    def tells_violence(self) -> bool:
        """Whether anything is told that was done or tried, not only threatened, planned or feared."""
        return any(incident.status not in NOTICES for incident in self.incidents)


def load(path: Path = REPORTS) -> list[OwnReport]:
    """All reports of a file, in its order.

    Raises OwnReportsError when it is not as the README says.
    """
    return read(path.read_text(encoding="utf-8"), path.name)


def read(text: str, source: str = "reports") -> list[OwnReport]:
    """`load` of a file's text; `source` names it in errors."""
    reports: list[OwnReport] = []
    seen: set[str] = set()
    for line, head, rest in _parts(text, source):
        found = HEAD.fullmatch(head)
        if found is None:
            raise OwnReportsError(source, line, f"{head!r} is no head of a report", 'write it as "# own-017"')
        if found[1] in seen:
            raise OwnReportsError(source, line, f"{found[1]} stands twice", "give each report its own number")
        seen.add(found[1])
        reports.append(_report(found[1], rest, line, source))
    return reports


def _parts(text: str, source: str) -> Iterator[tuple[int, str, list[str]]]:
    """(number of its line, head, lines after it) of each report."""
    lines = text.split("\n")
    heads = [index for index, line in enumerate(lines) if line.startswith("#")]
    before = next((index for index, line in enumerate(lines[: heads[0] if heads else None]) if line.strip()), None)
    if before is not None:
        raise OwnReportsError(source, before + 1, "words before the first report",
                              'start each report with "# own-" and its number')
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        yield start + 1, lines[start], lines[start + 1 : end]


def _report(name: str, lines: Sequence[str], head: int, source: str) -> OwnReport:
    """`head`: number of the line of its head; the lines are those after it."""
    incidents: list[OwnIncident] = []
    at = 0
    if lines and lines[0] == QUIET:
        at = 1
    else:
        while at < len(lines) and lines[at].startswith("incident"):
            incidents.append(_incident(lines[at], len(incidents) + 1, head + 1 + at, source))
            at += 1
        if not incidents:
            raise OwnReportsError(source, head, f"{name} tells neither its incidents nor that it has none",
                                  f'put "incident 1: ..." or "{QUIET}" on the line after its head')
    while at < len(lines) and not lines[at].strip():
        at += 1
    body = "\n".join(lines[at:]).rstrip()
    if not body:
        raise OwnReportsError(source, head, f"{name} has no text", "write one, or leave the report out")
    text, spans = _Marks(body, head + 1 + at, source, len(incidents)).read()
    told = {number for span in spans for number in span.incidents}
    for incident in incidents:
        if incident.number not in told:
            raise OwnReportsError(source, head, f"incident {incident.number} of {name} has no words in its text",
                                  "label them, or leave the incident out")
    return OwnReport(name, text, tuple(incidents), tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


def _incident(line: str, number: int, at: int, source: str) -> OwnIncident:
    found = INCIDENT.fullmatch(line)
    if found is None:
        raise OwnReportsError(source, at, f"{line!r} is no incident",
                              'write it as "incident 1: kind=attack; status=happened; told_as=news"')
    if int(found[1]) != number:
        raise OwnReportsError(source, at, f"incident {found[1]} stands where {number} is due", "number them from 1 on, in order")
    for name, value, known in (("kind", found[2], KINDS), ("status", found[3], STATUSES), ("told_as", found[4], TOLD_AS)):
        if value not in known:
            raise OwnReportsError(source, at, f"no {name} is called {value!r}", f"take one of: {', '.join(known)}")
    return OwnIncident(number, found[2], found[3], found[4])


class _Marks:
    """One reading of a text with marks: "[gunmen|attacker 1]", nested or not; a backslash keeps a bracket or a bar as it is."""

    def __init__(self, body: str, line: int, source: str, incidents: int) -> None:
        self.body, self.line, self.source, self.incidents = body, line, source, incidents
        self.plain: list[str] = []            # one code point each
        self.spans: list[OwnSpan] = []

    def read(self) -> tuple[str, list[OwnSpan]]:
        opened: list[tuple[int, int]] = []     # where it starts: in the plain text, in the body
        at = 0
        while at < len(self.body):
            char = self.body[at]
            if char == "\\" and self.body[at + 1 : at + 2] in {"[", "]", "|", "\\"}:
                self.plain.append(self.body[at + 1])
                at += 2
            elif char == "[":
                opened.append((len(self.plain), at))
                at += 1
            elif char == "]" or (char == "|" and not opened):
                self._fail(at, f"{char!r} stands alone", f"label the words as \"[gunmen|attacker 1]\", or write \"\\{char}\"")
            elif char == "|":
                end = self.body.find("]", at)
                if end < 0:
                    self._fail(at, "the labels are not closed", "put a ']' after them")
                self._label(opened.pop()[0], self.body[at + 1 : end], at)
                at = end + 1
            else:
                self.plain.append(char)
                at += 1
        if opened:
            self._fail(opened[-1][1], "a '[' is not closed", "label the words as \"[gunmen|attacker 1]\", or write \"\\[\"")
        return "".join(self.plain), self.spans

    def _label(self, start: int, labels: str, at: int) -> None:
        words = "".join(self.plain[start:])
        if not words or words != words.strip():
            self._fail(at, f"the words {words!r} are empty or have a space at an end", "put the brackets around the words alone")
        for label in labels.split("; "):
            found = LABEL.fullmatch(label)
            if found is None:
                self._fail(at, f"{label!r} on {words!r} is no label", 'write it as "victim 1 killed" or "place 1,2"')
            role, effect = found[1], found[3]
            numbers = tuple(int(number) for number in found[2].split(","))
            if role not in ROLES:
                self._fail(at, f"no role is called {role!r} (on {words!r})", f"take one of: {', '.join(ROLES)}")
            if numbers != tuple(sorted(set(numbers))):
                self._fail(at, f"the numbers of {label!r} on {words!r} are not in order", "write each once, the lowest first")
            if numbers[-1] > self.incidents:
                self._fail(at, f"{label!r} on {words!r} is of an incident that the report lacks (it has {self.incidents})",
                           "add the incident, or mend the number")
            if effect is not None and effect not in EFFECTS.get(role, ()):
                self._fail(at, f"{role} has no effect {effect!r} (on {words!r})",
                           "; ".join(f"{role} takes {', '.join(known)}" for role, known in EFFECTS.items()))
            span = OwnSpan(start, len(self.plain), role, numbers, effect)
            if any((known.start, known.end, known.role) == (span.start, span.end, role) and set(known.incidents) & set(numbers)
                   for known in self.spans):
                self._fail(at, f"{words!r} is {role} twice", "leave one out")
            self.spans.append(span)

    def _fail(self, at: int, what: str, todo: str) -> NoReturn:
        raise OwnReportsError(self.source, self.line + self.body.count("\n", 0, at), what, todo)


def counts(reports: Sequence[OwnReport]) -> dict[str, Counter[str]]:
    """How often each role, effect, kind, status and told_as stands in the reports; "reports": how many there are."""
    spans = [span for report in reports for span in report.spans]
    incidents = [incident for report in reports for incident in report.incidents]
    sorts = Counter({"all": len(reports), "tell violence": sum(report.tells_violence for report in reports),
                     "of several incidents": sum(len(report.incidents) > 1 for report in reports),
                     "quiet": sum(not report.incidents for report in reports)})
    return {
        "reports": sorts,
        "role": Counter(span.role for span in spans),
        "effect": Counter(f"{span.role} {span.effect}" for span in spans if span.effect),
        "kind": Counter(incident.kind for incident in incidents),
        "status": Counter(incident.status for incident in incidents),
        "told_as": Counter(incident.told_as for incident in incidents),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Counts what is in a file of own reports.")
    parser.add_argument("path", nargs="?", type=Path, default=REPORTS)
    for name, counted in counts(load(parser.parse_args().path)).items():
        print(name)
        for value, count in counted.most_common():
            print(f"  {count:5} {value}")


if __name__ == "__main__":
    main()
