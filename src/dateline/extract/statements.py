"""What a report says about armed groups: names, leaders, strength, areas, ties, losses, money, recruits, aims, "
  "lists."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from dateline.extract.document import Document
from dateline.extract.statement_areas import area_findings
from dateline.extract.statement_grammar import Reading
from dateline.extract.statement_ground import ground_findings
from dateline.extract.statement_held import held_findings
from dateline.extract.statement_leaders import leader_findings
from dateline.extract.statement_links import link_findings
from dateline.extract.statement_parties import party_findings
from dateline.extract.statement_rules import Finding
from dateline.extract.statement_strength import strength_findings
from dateline.extract.statement_texts import text_findings
from dateline.extract.statement_ties import tie_findings
from dateline.extract.statement_words import word_findings
from dateline.records import AsOf, Evidence, GroupStatement, Report, Span, span_of
from dateline.where.names import fold

SEVERAL = frozenset({"area", "ally", "rival", "parent", "split"})     # a sentence may name several; the same are joined
TIES = frozenset({"ally", "rival", "parent", "split"})
CLAUSE_ABOUT = re.compile(r"\s*,?\s*\b(?:which|who|whom|whose|that)\b.*$", re.DOTALL)     # "the Front, which": the Front says it
OF_A_LIST = frozenset({"area", "ally", "rival", "listing"})
MOST_STATEMENTS = 200             # of one report: a list of groups or a page of furniture, not news


def group_statements(document: Document) -> list[GroupStatement]:
    """Every statement that the report makes about a group that it names, in the order of the text.

    Needs the parse, the groups, places, times, counts and attributions of `document`. A value that is told twice is
    one statement with the evidence of both. `value["hedge"]` keeps "reportedly" or "believed to"; None: stated plainly.
    Wishes, denials and suppositions are left out, but for attributes whose value is the report's own words.
    """
    if not document.groups or document.spacy is None:
        return []
    reading = Reading(document)
    parsed = list(chain(link_findings(reading), leader_findings(reading), area_findings(reading),
                        strength_findings(reading), text_findings(reading)))
    worded = list(chain(party_findings(reading), tie_findings(reading), ground_findings(reading), held_findings(reading),
                        word_findings(reading)))
    parsed = [f for f in parsed if not (f.attribute == "loss" and f.value["of"] is None and any(
        w.attribute == "loss" and w.ref.group == f.ref.group and _meet(f, w) for w in worded))]     # "heavy losses": of whom
    told = (*parsed, *_unsaid(worded, parsed))
    found = sorted((*told, *_of_the_others(reading, told)), key=lambda finding: (finding.start, finding.end))
    kept: dict[tuple[Any, ...], GroupStatement] = {}
    for finding in found:
        statement = _statement(document, finding)
        key = _key(finding)
        if key in kept:
            kept[key] = _joined(kept[key], statement)
        elif len(kept) < MOST_STATEMENTS:
            kept[key] = statement
    return list(kept.values())


def _unsaid(worded: Iterable[Finding], parsed: Sequence[Finding]) -> Iterator[Finding]:
    """Those of `worded` that no finding of `parsed` tells already in the same words: of two readings the parse's stays."""
    told: dict[tuple[str, str, object], list[Finding]] = {}
    for finding in parsed:
        told.setdefault(_about(finding), []).append(finding)
    for finding in worded:
        before = [f for f in told.get(_about(finding), ()) if _meet(f, finding)]
        if finding.attribute in TIES:
            if any(_one_party(f, finding) for f in before):
                continue
            told.setdefault(_about(finding), []).append(finding)
        if not before or finding.attribute in SEVERAL:
            yield finding


def _of_the_others(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """What is said of one of several groups that a list joins is said of all: "A and B control Vale", "backed by A and B"."""
    for finding in told:
        if finding.attribute not in OF_A_LIST:
            continue
        members = reading.list_of(finding.ref)
        start, end = finding.start, finding.end
        others = {finding.value.get("group"), finding.ref.group}
        if len(members) < 2 or any(member.group in others for member in members if member != finding.ref):
            continue
        first, last = members[0], members[-1]
        around = start <= first.start and last.end <= end            # "A and B control Vale"
        onward = finding.ref == last and start == last.start         # "A and B, which Ardenia supports"
        up_to = finding.ref == first and end == first.end            # "backed by A and B"
        if around or onward or up_to:
            for member in members:
                if member != finding.ref:
                    yield replace(finding, ref=member, start=min(start, member.start), end=max(end, member.end))


def _one_party(one: Finding, other: Finding) -> bool:
    """Whether both name the same other side, the one with fewer words: "army", "Ardenian army"."""
    names = sorted((fold(str(f.value["name"])).split() for f in (one, other)), key=len)
    return names[1][len(names[1]) - len(names[0]):] == names[0]


def _meet(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _about(finding: Finding) -> tuple[str, str, object]:
    return finding.ref.group, finding.attribute, finding.value.get("of")


def _key(finding: Finding) -> tuple[Any, ...]:
    """What makes two statements of a report the same: group, attribute and the part of the value that identifies it."""
    value, attribute = finding.value, finding.attribute
    match attribute:
        case "leader" | "commander" | "alias":
            identity: Any = fold(str(value["name"])).split()[-1:] if attribute != "alias" else fold(str(value["name"]))
            identity = tuple(identity) if isinstance(identity, list) else identity
        case "strength":
            identity = value["low"], value["high"], value["unit"]
        case "area":
            identity = value["gazetteer_id"] or fold(str(value["text"])), value["sense"]
        case "ally" | "rival" | "parent" | "split":
            identity = value["group"] or fold(str(value["name"]))
        case "loss":
            place = value["where"]
            identity = value["of"], place and (place["gazetteer_id"] or place["text"]), value["when"]
        case _:
            identity = fold(str(value["text"]))
    return finding.ref.group, attribute, identity


def _statement(document: Document, finding: Finding) -> GroupStatement:
    report, ref = document.report, finding.ref
    spans = [span_of(report.text, finding.start, finding.end)]
    if not (finding.start <= ref.named_at[0] and ref.named_at[1] <= finding.end):
        spans.append(span_of(report.text, *ref.named_at))   # "it": the words that say who that is
    value = finding.value
    identity = json.dumps([report.id, ref.group, finding.attribute, value, spans[0].start], sort_keys=True, default=str)
    return GroupStatement(
        id="S" + hashlib.sha256(identity.encode()).hexdigest()[:16],
        report=report.id,
        group=ref.id,
        name=ref.name,
        attribute=finding.attribute,
        value=value,
        as_of=_as_of(report),
        speaker=_speaker(document, finding),
        evidence=tuple(spans),
    )


def _as_of(report: Report) -> AsOf:
    """A statement is as old as its report: the days on which that may have been written."""
    written = report.written
    return AsOf(
        written.earliest.isoformat() if written.earliest else None,
        written.latest.isoformat() if written.latest else None,
    )


def _speaker(document: Document, finding: Finding) -> str | None:
    """Who is said to say it: the speaker of the narrowest stretch around the statement."""
    # the end first: the subject may stand before "said that", and a clause may run on into "the minister said"
    for at in (finding.end - 1, (finding.start + finding.end) // 2):
        around = [(a.end - a.start, a.speaker) for a in document.attributions if a.start <= at < a.end]
        for _, speaker in sorted(around, key=lambda pair: pair[0]):
            name = CLAUSE_ABOUT.sub("", speaker.text) if speaker is not None else ""
            if name:
                return name
    return None


def _joined(first: GroupStatement, second: GroupStatement) -> GroupStatement:
    """`first` with the evidence of `second`, and with what only the second says (since when, what became of him)."""
    value = {
        key: second.value.get(key) if here is None and key != "hedge" else here for key, here in first.value.items()}
    if second.value.get("hedge") is None and "hedge" in value:
        value["hedge"] = None             # said plainly once
    if first.attribute in ("leader", "commander") and len(str(second.value["name"])) > len(str(first.value["name"])):
        value["name"] = second.value["name"]
    return replace(first, value=value, evidence=tuple(_distinct((*first.evidence, *second.evidence))),
                   speaker=first.speaker or second.speaker)


def _distinct(spans: Evidence) -> Iterator[Span]:
    seen: set[tuple[int, int]] = set()
    for span in spans:
        if (span.start, span.end) not in seen:
            seen.add((span.start, span.end))
            yield span
