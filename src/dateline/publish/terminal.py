"""Incidents on a terminal: a list, and one in full with its ledger of figures and the sentences marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.publish.withhold import Published
from dateline.publish.words import (
    PRECISION,
    day_words,
    figure_words,
    sources_words,
    speaker_words,
    toll_words,
    when_words,
    where_words,
)
from dateline.records import Account, Figure, Incident, Joined, Report, ReportRef, Span

TOLD = {"background": "known from background only", "anniversary": "known from an anniversary only",
        "legal": "known from a court report only", "other": "told as something other than news"}
# Control characters become spaces: a report's text can neither move the cursor nor shift the offsets of what is marked.
CONTROL = {c: " " for c in (*range(32), 127, *range(128, 160))}


def plain(text: str | None) -> str:
    """Text of a report without control characters: it cannot move the cursor or colour a terminal."""
    return " ".join((text or "").translate(CONTROL).split())


def print_incidents(console: Console, incidents: Iterable[Published], *, figures: bool = False) -> int:
    """A block an incident; with `figures`, each figure beside who gave it. Returns how many were printed."""
    printed = 0
    for published in incidents:
        if printed:
            console.print()
        for line in incident_lines(published.incident):
            console.print(line, soft_wrap=False)
        if figures:
            console.print(Padding(ledger(published.incident), (0, 0, 0, 2)))
            console.print(Padding(Text("reports: " + reports_words(published.incident), style="dim"), (0, 0, 0, 2)))
        printed += 1
    return printed


def incident_lines(incident: Incident) -> Iterator[Text]:
    head = Text()
    head.append(incident.id, style="bold")
    head.append(f"  {plain(incident.headline)}", style="bold")
    marks = [] if incident.status == "happened" else [incident.status]
    if incident.told_as != "news":
        marks.append(TOLD[incident.told_as])
    if marks:
        head.append(f"  [{'; '.join(marks)}]", style="yellow")
    yield head
    yield Text(f"  {when_words(incident.when)}; {plain(where_words(incident.where))}")
    by = attackers_words(incident)
    if by:
        yield Text(f"  by {by}")
    yield Text(f"  killed {toll_words(incident.toll.killed)}; injured {toll_words(incident.toll.injured)}"
               f"  ({sources_words(incident)})")


def reports_words(incident: Incident) -> str:
    """The reports, copies and versions marked: "Hawk Wire; Meridian News (a copy of Hawk Wire)"."""
    names = {j.report.id: source_name(j.report) for j in incident.accounts}
    words = {}
    for joined in incident.accounts:
        ref = joined.report
        of = names.get(ref.copy_of or "")
        mark = f"a copy of {of}" if of else ref.update_kind or "version" if ref.version_of else ""
        words[ref.id] = names[ref.id] + (f" ({mark})" if mark else "")
    return "; ".join(words.values())


def source_name(ref: ReportRef) -> str:
    """The outlet, else the agency it credits, else where it was read from."""
    return plain(ref.outlet or ref.agency or ref.source.rsplit("/", 1)[-1])


def attackers_words(incident: Incident) -> str:
    """Who is said to have done it, with how surely: "Taliban (claimed)"."""
    seen: dict[str, str] = {}
    for actor in incident.actors:
        if actor.role in {"attacker", "side"}:
            name = plain(actor.organisation or actor.text)
            seen.setdefault(name, actor.certainty)
    return "; ".join(name if sure == "stated" else f"{name} ({sure})" for name, sure in list(seen.items())[:4])


def ledger(incident: Incident) -> Table:
    """The figures of an incident: what is said, who gave it, where it was read, and whether it stands."""
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, ratio in (("figure", 4), ("given by", 4), ("in", 2), ("", 2)):
        table.add_column(name, ratio=ratio, overflow="fold")
    rows: dict[tuple[str, str, str], list[Joined]] = {}
    standing: dict[tuple[str, str, str], Figure] = {}
    for joined in incident.accounts:
        for figure in joined.account.figures:
            key = (figure_words(figure), speaker_words(figure), figure.standing)
            rows.setdefault(key, []).append(joined)
            standing.setdefault(key, figure)
    for key, holders in rows.items():
        figure = standing[key]
        outlets = ", ".join(dict.fromkeys(source_name(j.report) for j in holders))
        table.add_row(Text(plain(key[0])), Text(plain(key[1])), Text(outlets), Text(_standing(figure)),
                      style="" if figure.standing == "stands" else "dim")
    return table


def _standing(figure: Figure) -> str:
    scope = {"part": "part", "increment": "added", "one_site": "one site", "several_incidents": "several incidents",
             "cumulative": "cumulative", "incident": ""}[figure.scope]
    marks = [m for m in (scope, "" if figure.standing == "stands" else figure.standing) if m]
    return ", ".join(marks)


def print_incident(console: Console, published: Published, reports: Mapping[str, Report], names: Mapping[str, str]) -> None:
    """One incident in full. `reports` by id, as they may be shown; `names`: group id -> name."""
    incident = published.incident
    for line in incident_lines(incident):
        console.print(line)
    precision = incident.where.precision
    if precision is not None:
        console.print(Text(f"  place: {PRECISION[precision]}" + (
            f", {incident.where.lat:.4f} {incident.where.lon:.4f}" if incident.where.lat is not None and incident.where.lon is not None
            else "")))
    for said in incident.responsibility:
        who = names.get(said.group or "", "")
        console.print(Text(f"  responsibility {said.stance.replace('_', ' ')}" + (f": {who}" if who else "")
                           + f"  \u201c{plain(said.text)}\u201d"))
    for disagreement in incident.disagreements:
        values = "; ".join(f"{plain(v.value)} ({', '.join(plain(h) for h in v.holders)})" for v in disagreement.values)
        console.print(Text(f"  disagreement on {disagreement.field}: {values}"))
    console.print()
    console.print(Text("Figures", style="bold"), Text(f"(killed by the rule \u201c{incident.toll.killed.rule}\u201d)", style="dim"))
    console.print(Padding(ledger(incident), (0, 0, 0, 2)))
    for joined in incident.accounts:
        console.print()
        _print_account(console, joined, reports.get(joined.report.id))
    for related in incident.related:
        console.print(Text(f"\n{related.kind.replace('_', ' ')}: {related.incident} {plain(related.note)}"))
    if published.withheld:
        console.print(Text(f"\n{published.withheld} name{'s' if published.withheld != 1 else ''} withheld "
                           "(victims, witnesses, suspects)", style="dim"))


def _print_account(console: Console, joined: Joined, report: Report | None) -> None:
    ref = joined.report
    source = plain(ref.outlet or ref.agency or "") or "outlet unknown"
    written = day_words(ref.written_latest) if ref.written_latest and ref.written_latest == ref.written_earliest else ""
    marks = f" copy of {ref.copy_of}" if ref.copy_of else f" {ref.update_kind or 'version'} of {ref.version_of}" if ref.version_of else ""
    console.print(Text(f"{source}  {plain(ref.title)}".rstrip(), style="bold"), Text(f"{written}{marks}", style="dim"))
    console.print(Text(f"{ref.id}  {plain(ref.source)}", style="dim"), soft_wrap=True)
    for reason in joined.reasons:
        console.print(Text(f"  {reason.points:+.2f} {plain(reason.question)}: {plain(reason.note)}", style="dim"))
    for sentence in joined.account.evidence:
        console.print(Padding(marked(sentence, joined.account, report), (0, 0, 0, 2)))


def marked(sentence: Span, account: Account, report: Report | None) -> Text:
    """A sentence of evidence with the words of its figures, place, day and actors marked."""
    text = Text("\u201c" + sentence.quote.translate(CONTROL) + "\u201d")
    spans = [(e, "bold green") for f in account.figures for e in f.evidence]
    spans += [(e, "bold cyan") for e in account.where.evidence] + [(e, "bold magenta") for e in account.when.evidence]
    spans += [(e, "bold yellow") for a in account.actors for e in a.evidence]
    for span, style in spans:
        if sentence.start <= span.start and span.end <= sentence.end and span.end - span.start < sentence.end - sentence.start:
            text.stylize(style, span.start - sentence.start + 1, span.end - sentence.start + 1)
    return text
