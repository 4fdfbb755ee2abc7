"""Incidents on a terminal: a list, and one in full with its ledger of figures and the sentences marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from dateline.publish.layout import put
from dateline.publish.ledger import put_ledger, source_name
from dateline.publish.marks import put_sentences
from dateline.publish.safe import plain
from dateline.publish.withhold import Published
from dateline.publish.words import (
    PRECISION,
    clock_words,
    day_words,
    figure_words,
    part_bounds,
    small_first,
    sources_words,
    speaker_words,
    toll_words,
    when_words,
    where_words,
    written_words,
)
from dateline.reconcile.ranks import parties_of
from dateline.reconcile.words import word_set
from dateline.records import Actor, Incident, Joined, When
from dateline.records.incident import Attributed, TollPart

TOLD = {"background": "known from background only", "anniversary": "known from an anniversary only",
        "legal": "known from a court report only", "other": "told as something other than news"}
MOST_ATTACKERS = 4                # that an incident's line names
# Words that the mention of an unnamed attacker begins with: written small.
UNNAMED = word_set("armed assailants attackers fighters forces gunman gunmen insurgents masked militants police rebels soldiers "
                   "suspected troops unidentified unknown")


def print_incidents(console: Console, incidents: Iterable[Published], *, figures: bool = False) -> int:
    """A block an incident; with `figures`, each figure beside who gave it. Returns how many were printed."""
    printed = 0
    for published in incidents:
        if printed:
            console.print()
        put_head(console, published.incident)
        if figures:
            if any(joined.account.figures for joined in published.incident.accounts):
                console.print()
                put_ledger(console, published.incident)
            put(console, "reports: " + reports_words(published.incident), indent=2, style="dim")
        printed += 1
    return printed


def put_head(console: Console, incident: Incident) -> None:
    """What, when, where, by whom and how many."""
    first, *others = incident_lines(incident)
    put(console, first, hang=4)
    for line in others:
        put(console, line, indent=2)


def incident_lines(incident: Incident) -> Iterator[Text]:
    head = Text(f"{incident.id}  {plain(incident.headline)}", style="bold")
    marks: list[str] = [] if incident.status == "happened" else [incident.status]
    if incident.told_as != "news":
        marks.append(TOLD[incident.told_as])
    if incident.review.state != "unreviewed":
        marks.append(incident.review.state)
    if marks:
        head.append(f"  [{'; '.join(marks)}]", style="yellow")
    yield head
    yield Text(f"{when_words(incident.when)}; {plain(where_words(incident.where))}")
    by = attackers_words(incident)
    if by:
        yield Text(f"by {by}")
    yield Text(f"killed {toll_words(incident.toll.killed)}; injured {toll_words(incident.toll.injured)}"
               f"  ({sources_words(incident)})")


def attackers_words(incident: Incident) -> str:
    """Who is said to have done it, named ones first, with how surely: "Taliban (claimed); a suicide bomber".

    Those that the rule in force does not count come last: "a suicide bomber; only blamed: Vale Front".
    """
    aside = {one.of: one for one in incident.attribution.set_aside} if incident.attribution else {}
    attackers = [actor for actor in incident.actors if actor.role in {"attacker", "side"}]
    out = [actor for actor in attackers if actor.role == "attacker" and parties_of(actor) & set(aside)]
    words = _named(actor for actor in attackers if actor not in out)
    doubted = [f"{aside[party].aside}: {plain(actor.organisation or actor.text)}" for actor in out
               for party in sorted(parties_of(actor) & set(aside))[:1]]
    return "; ".join([words] * bool(words) + list(dict.fromkeys(doubted)))


def _named(attackers: Iterable[Actor]) -> str:
    seen: dict[str, str] = {}
    for actor in sorted(attackers, key=lambda a: not (a.group or a.organisation)):
        name = plain(actor.organisation or actor.text)
        name = name if actor.group or actor.organisation else _small(name)
        if name and name.casefold() not in map(str.casefold, seen):
            seen[name] = actor.certainty
    named = [name if sure == "stated" else f"{name} ({sure})" for name, sure in list(seen.items())[:MOST_ATTACKERS]]
    return "; ".join(named) + (f"; {len(seen) - MOST_ATTACKERS} more" if len(seen) > MOST_ATTACKERS else "")


def reports_words(incident: Incident) -> str:
    """The reports, copies and versions marked: "Hawk Wire; Meridian News (a copy of Hawk Wire)"."""
    names = {j.report.id: source_name(j.report) for j in incident.accounts}
    words = {}
    for joined in incident.accounts:
        ref = joined.report
        of = names.get(ref.copy_of or "")
        mark = f"a copy of {of}" if of else "a copy" if ref.copy_of else ref.update_kind or "version" if ref.version_of else ""
        words[ref.id] = names[ref.id] + (f" ({mark})" if mark else "")
    return "; ".join(words.values())


def print_incident(console: Console, published: Published, names: Mapping[str, str]) -> None:
    """One incident in full. `names`: group id -> name."""
    incident = published.incident
    put_head(console, incident)
    for line in _details(incident, names):
        put(console, line, indent=2)
    console.print()
    put(console, Text.assemble(("Figures", "bold"), (f"  (toll by the rule \u201c{incident.toll.killed.rule}\u201d)", "dim")))
    put_ledger(console, incident)
    told: set[str] = set()
    for number, joined in enumerate(incident.accounts, 1):
        console.print()
        _put_account(console, joined, number, incident.when)
        told |= put_sentences(console, joined.account, indent=2, told=told)
    for number, related in enumerate(incident.related):
        if not number:
            console.print()
        put(console, f"{related.kind.replace('_', ' ')}: {related.incident} ({plain(related.note)})")


def _details(incident: Incident, names: Mapping[str, str]) -> Iterator[str]:
    where, review = incident.where, incident.review
    if review.state != "unreviewed":
        at = f", {day_words(review.at.date())}" if review.at else ""
        to = review.asked or (review.assigned_to if review.state == "assigned" else None)
        told = f"{review.state}{f' to {plain(to)}' if to else ''} by {plain(review.who)}{at}"
        yield told + (f": {plain(review.reason)}" if review.reason else "")
    if review.changed_at:
        yield f"its facts have changed since, on {day_words(review.changed_at.date())}; dateline history {incident.id}"
    if review.confidence:
        yield f"confidence {review.confidence}"
    if where.precision is not None:
        point = f", {where.lat:.4f} {where.lon:.4f}" if where.lat is not None and where.lon is not None else ""
        doubt = f", within {where.radius_km:.0f} km" if where.radius_km and where.precision > 1 else ""
        yield f"place: {PRECISION[where.precision]}{point}{doubt}"
    if where.runners_up:
        yield f"other places of that name: {'; '.join(map(plain, where.runners_up))}"
    if time := clock_words(incident.when):
        yield f"time: {plain(time)}"
    yield from _code_lines(incident)
    for effect, toll in (("killed", incident.toll.killed), ("injured", incident.toll.injured)):
        if any(part.of != "unknown" for part in toll.by_side):
            yield f"of the {effect}: {'; '.join(map(_part_words, toll.by_side))}"
    attackers = {name for a in incident.actors if a.role == "attacker" for name in (a.group, a.organisation, a.text)}
    lost = [f"{part_bounds(part)} ({plain(names.get(part.of)) or _small(plain(part.of))})"
            for part in incident.toll.killed.by_actor if part.of in attackers | {"attackers"}]
    if lost:
        yield "attackers killed: " + "; ".join(lost)
    yield from _attribution_lines(incident, names)
    for said in incident.responsibility:
        group = names.get(said.group or "", "")
        yield (f"responsibility {said.stance.replace('_', ' ')}" + (f": {plain(group)}" if group else "")
               + f"  \u201c{plain(said.text)}\u201d" + (f" ({plain(said.speaker)})" if said.speaker else ""))
    for disagreement in incident.disagreements:
        values = "; ".join(f"{plain(names.get(v.value) or v.value)}, by {', '.join(plain(h) for h in v.holders)}"
                           for v in disagreement.values)
        yield f"disagreement on {disagreement.field}: {values}"


def _attribution_lines(incident: Incident, names: Mapping[str, str]) -> Iterator[str]:
    """Who did it, by the rule in force; then who else is named, and why that does not count."""
    held = incident.attribution
    if held is None:
        return
    told = [f"{_party(one, names)} ({one.stance}{f', {one.as_of}' if one.as_of else ''}, by {', '.join(map(plain, one.holders))}"
            + (f"; denied by {', '.join(map(plain, one.denied_by))}" if one.denied_by else "") + ")" for one in held.by]
    yield f"done by: {'; '.join(told) or 'nobody is known to have'}  (by the rule \u201c{held.rule}\u201d)"
    for one in held.set_aside:
        said = f"{one.stance} by {', '.join(map(plain, one.holders))}" + (f", {one.as_of}" if one.as_of else "")
        yield f"not counted: {_party(one, names)} ({said}): {plain(one.aside)}"


def _party(one: Attributed, names: Mapping[str, str]) -> str:
    return plain(names.get(one.of) or one.name)


def _code_lines(incident: Incident) -> Iterator[str]:
    """The precision codes that ACLED and UCDP would write; a dash: they would not list it."""
    codes = incident.codes
    acled = f"time_precision {codes.time_precision or '-'}, geo_precision {codes.geo_precision or '-'}"
    yield f"codes: ACLED {acled}; UCDP date_prec {codes.date_prec or '-'}, where_prec {codes.where_prec or '-'}"


def _put_account(console: Console, joined: Joined, number: int, when: When) -> None:
    """The report that an account is from, why it was joined, and the parts of it that a correction can name."""
    ref = joined.report
    day = written_words(ref, when)
    of = f"copy of {ref.copy_of}" if ref.copy_of else ""
    if ref.version_of:
        of = f"{ref.update_kind or 'version'} of {ref.version_of}"
    head = Text(f"{number}  {plain(ref.outlet or ref.agency) or 'outlet unknown'}", style="bold")
    head.append("".join(f", {part}" for part in (day, of) if part), style="not bold")
    put(console, head)
    if ref.title:
        put(console, plain(ref.title), indent=2, style="italic")
    console.print(Text(f"  {ref.id}  {plain(ref.source)}", style="dim"), soft_wrap=True)     # whole, so that it can be copied
    reasons = [f"{one.points:+.2f} {plain(one.question)}" + (f": {plain(one.note)}" if one.note else "")
               for one in joined.reasons if one.points]
    if reasons:
        put(console, f"joined for {'; '.join(reasons)}", indent=2, style="dim")
    for part, told in (("figures", [f"{figure_words(one)}, {plain(speaker_words(one))}" for one in joined.account.figures]),
                       ("actors", [f"{one.role} {_small(plain(one.text))}" for one in joined.account.actors])):
        if told:
            put(console, "; ".join(f"{part}.{at} {words}" for at, words in enumerate(told, 1)), indent=2, style="dim")


def _part_words(part: TollPart) -> str:
    return f"{plain(part.of)} {part_bounds(part)}"


def _small(words: str) -> str:
    first = words.partition(" ")[0].lower()
    return words[:1].lower() + words[1:] if first in UNNAMED else small_first(words)


