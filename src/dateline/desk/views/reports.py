"""Reports as they may be shown: title, address and text without what is withheld, and what was read in each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.desk.views.facts import Fact
from dateline.publish.ledger import source_name
from dateline.publish.origins import origin_words, read_by_words, told_by_words
from dateline.publish.safe import plain
from dateline.publish.shelters import without_places
from dateline.publish.texts import published_text
from dateline.publish.withhold import Surroundings, withhold_decided
from dateline.publish.words import between_words, day_words, figure_words, instant_words, speaker_words, when_words, where_words
from dateline.records import Account, Report, ReportRef, Target, Weapon
from dateline.records.report import Written
from dateline.store.lists_reports import Kept

UPDATES = {"correction": "a correction of this", "retraction": "takes this back"}
NOTICES = {"threatened": "a threat", "planned": "a plan", "hypothetical": "a supposition"}


@dataclass(frozen=True, slots=True)
class AccountShown:
    """What a report says about one incident. incident: its id; None: it is in none. number: in the report, from 1."""

    number: int
    id: str
    headline: str
    incident: str | None
    why_none: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Retold:
    id: str
    name: str
    title: str
    day: str
    how: str                      # "this repeats it", "repeats this", "a later version"


def shown_report(report: Report, beside: Surroundings) -> Report:
    """`report` without what may not be shown. beside: what stands around it, its own accounts among it."""
    bare = withhold_decided(without_places(replace(report, text=""), beside.shelters), beside.accounts)
    return replace(bare, text=published_text(report.text, beside.accounts, beside.shelters))


def report_facts(report: Report, kept: Kept | None) -> list[Fact]:
    """Where it is from, when it was written and read, and how far extraction came. report: as it may be shown."""
    dateline = report.dateline
    told = [
        ("Outlet", plain(report.outlet), f"credits {plain(report.agency)}" if report.agency else ""),
        ("By", plain(report.byline), ""),
        ("Dateline", plain(dateline.text) if dateline else "",
         ", ".join(plain(part) for part in (dateline.place, dateline.date) if part)
         if dateline else ""),
        ("Written", written_days(report.written), f"known from its {report.written.basis}" if report.written.basis != "unknown"
         else ""),
        ("Published", _instant(report.published_at), ""),
        ("Language", report.language or "not known", ""),
        ("Read from", plain(report.source), f"fetched {_instant(report.fetched.at)}"),
        ("Kept", _instant(kept.kept_at) if kept else "", ""),
        ("Extracted", extracted_words(kept.extracted) if kept else "", f"by version {kept.extractor}" if kept and kept.extractor
         else "")]
    return [Fact(label, words, sub) for label, words, sub in told if words]


def extracted_words(extracted: str) -> str:
    """ "language:ar" -> "not read: no rules for ar yet"."""
    if extracted.startswith("language:"):
        return f"not read: dateline reads no {extracted.partition(':')[2]} yet"
    return {"done": "read", "pending": "waits to be read", "failed": "could not be read", "entered": "entered by hand"}.get(
        extracted, extracted)


def written_days(written: Written) -> str:
    if written.candidates:
        return " or ".join(day_words(day) for day in written.candidates[:6])
    return between_words(written.earliest, written.latest) if written.earliest or written.latest else "not known"


def accounts_shown(accounts: Sequence[Account], incidents: Mapping[str, str], extractor: str | None = None
                   ) -> list[AccountShown]:
    """accounts: as they may be shown. incidents: account -> the incident that holds it. extractor: the version that read them."""
    return [AccountShown(number, one.id, plain(one.headline), incidents.get(one.id), _why_none(one),
                         tuple(_facts(one, extractor)))
            for number, one in enumerate(accounts, 1)]


def _facts(account: Account, extractor: str | None) -> Iterator[Fact]:
    read = (f"read by {origin_words(account.origin, extractor)}",)
    yield Fact("When", when_words(account.when), "", f"{account.id}-when", read)
    yield Fact("Where", plain(where_words(account.where)), "", f"{account.id}-where", read)
    yield Fact("Kind", account.kind, "; ".join(part for part in (
        account.status if account.status != "happened" else "", f"told as {account.told_as}" if account.told_as != "news" else "",
        account.nature if account.nature != "political" else "") if part), "", (told_by_words(account, extractor),))
    for actor in account.actors:
        yield Fact(actor.role.capitalize(), plain(actor.text), actor.certainty if actor.role in ("attacker", "side") else "",
                   f"{account.id}-{actor.id}", (read_by_words(actor, extractor),))
    several: tuple[tuple[str, str, Sequence[Target | Weapon]], ...] = (
        ("Target", "t", account.targets), ("Weapon", "w", account.weapons))
    for label, prefix, things in several:
        for at, thing in enumerate(things, 1):
            yield Fact(label, plain(thing.text), plain(thing.type), f"{account.id}-{prefix}{at}",
                       (read_by_words(thing, extractor),))
    for figure in account.figures:
        yield Fact("Figure", figure_words(figure), plain(speaker_words(figure)), f"{account.id}-{figure.id}",
                   (f"read by {origin_words(figure.origin, extractor)}",))
    for at, said in enumerate(account.responsibility, 1):
        yield Fact(said.stance.replace("_", " ").capitalize(), plain(said.text), plain(said.speaker), f"{account.id}-r{at}")


def _why_none(account: Account) -> str:
    return f"in no incident: {NOTICES[account.status]}" if account.status in NOTICES else "in no incident yet"


def retold_shown(one: Report, others: Sequence[ReportRef], titles: Mapping[str, str]) -> list[Retold]:
    """titles: of the others, as they may be shown."""
    found = []
    for ref in others:
        how = _how(one, ref)
        day = day_words(ref.written_latest) if ref.written_latest and ref.written_latest == ref.written_earliest else ""
        found.append(Retold(ref.id, plain(source_name(ref)), plain(titles.get(ref.id)), day, how))
    return found


def _how(one: Report, ref: ReportRef) -> str:
    if ref.id == one.copy_of:
        return "this repeats it"
    if ref.copy_of == one.id:
        return "repeats this"
    if ref.id == one.version_of:
        return "an earlier version"
    if ref.version_of == one.id:
        return UPDATES.get(ref.update_kind or "", "a later version")
    return "of the same story"


def _instant(at: datetime | None) -> str:
    return f"{instant_words(at)} UTC" if at else ""
