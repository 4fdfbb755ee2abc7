"""The words of alerts: the one place where they are chosen. Pure; of an incident as it may be shown.

What one side alone tells is called alleged before anything else is said of it, a count keeps its "at least" and its speaker,
what a group claims is said to be its claim, and what no editor approved is marked as unreviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from dateline.alerts.facts import OWN_WORDS, own_words, place_words
from dateline.alerts.match import Concern
from dateline.publish.brief.coverage import IN_TOLLS
from dateline.publish.export.countries import country_name
from dateline.publish.ledger import ledger_of, outlets_words, source_name
from dateline.publish.safe import plain
from dateline.publish.withhold import Published
from dateline.publish.words import (
    PRECISION,
    figure_words,
    instant_words,
    speaker_words,
    toll_words,
    when_words,
    withheld_words,
)
from dateline.records import Figure, Incident
from dateline.records.incident import Attributed
from dateline.records.mailing import Watch

UNREVIEWED = "UNREVIEWED: read in news reports by a machine; no editor has approved it."
CHANGED_SINCE = "UNREVIEWED as it is now: an editor approved it, and its facts have changed since."
APPROVED = "Approved by an editor."
STATUS = {
    "alleged": "ALLEGED: everything that is told of it comes from one side.",
    "attempted": "ATTEMPTED: as told, it was tried and did not come about.",
    "foiled": "FOILED: as told, it was prevented.",
}
EXACT = 1                         # UCDP's where_prec
MOST_FIGURES, MOST_OUTLETS = 8, 12
LONGEST = 400                     # characters of a sentence that holds words of a report
SAYS: dict[str, str] = {
    "claimed": "{name} claimed responsibility ({by}).", "admitted": "{name} admitted it ({by}).",
    "stated": "Done by {name}, according to {by}.", "blamed": "Blamed on {name} by {by}.",
    "suspected": "{name} is only suspected, according to {by}.",
}


def with_names(published: Published, name_of: Callable[[str], str | None]) -> Published:
    """Where no report's own word for a side is held, the name of that group in the register, or of that state.

    name_of: of a group's id; None where the register has it no more.
    """
    held = published.incident.attribution
    if held is None:
        return published

    def named(one: Attributed) -> Attributed:
        if one.name != one.of:
            return one
        state = one.of.removeprefix("state:")
        return replace(one, name=(name_of(one.of) if state == one.of else country_name(state)) or one.of)

    held = replace(held, by=tuple(map(named, held.by)), set_aside=tuple(map(named, held.set_aside)))
    return replace(published, incident=replace(published.incident, attribution=held))


def title_of(one: Incident) -> str:
    """ "Alleged: shelling, Port Verity, Arden, 12 Mar 2024"."""
    country = country_name(one.where.country)
    words = ", ".join(word for word in (plain(one.headline), country if country != one.where.name else None,
                                        when_words(one.when)) if word)
    mark = f"{one.status}: {words}" if one.status != "happened" else words
    return short(mark[:1].upper() + mark[1:])


def review_words(one: Incident) -> str:
    if one.review.state != "approved":
        return UNREVIEWED
    return CHANGED_SINCE if one.review.changed_at else APPROVED


def tolls_words(one: Incident) -> str:
    return f"Killed: {toll_words(one.toll.killed)}. Injured: {toll_words(one.toll.injured)}."


def sentences(published: Published) -> list[str]:
    """What is told of an incident, one paragraph each."""
    one = published.incident
    told = [review_words(one)]
    told += [STATUS[one.status]] if one.status in STATUS else []
    told += [f"{title_of(one)}. Place: {place_words(one.where)}{_doubt(published)}.", tolls_words(one)]
    told += figure_lines(one)
    told += responsibility_lines(one)
    told.append(outlets_line(one))
    withheld = withheld_words(published.withheld, published.passages, int(published.sheltered))
    return [*told, f"{withheld}."] if withheld else told


def figure_lines(one: Incident) -> list[str]:
    """Who gives which count: "At least 35 killed, according to a security source (Sahel Post)", of those that stand."""
    lines = []
    for tellings in ledger_of(one):
        figure = tellings[0][0]
        if figure.standing == "stands" and figure.scope in IN_TOLLS:
            said = f", according to {plain(speaker_words(figure))}" if figure.speaker or figure.speakers else ""
            lines.append(f"{_capital(_count(figure))}{said} ({outlets_words([joined.report for _, joined in tellings])}).")
    more = [f"{len(lines) - MOST_FIGURES:,} more counts stand beside these."] if len(lines) > MOST_FIGURES else []
    return [short(line) for line in lines[:MOST_FIGURES]] + more


def _count(figure: Figure) -> str:
    """Casualties are both together, and no death toll: so they are not left a word that is read as one."""
    words = figure_words(figure)
    return words.replace(" casualties", " killed or injured", 1) if figure.effect == "casualties" else words


def responsibility_lines(one: Incident) -> list[str]:
    """Who is said to have done it, by whom, and how surely; what groups say of themselves."""
    held = one.attribution
    attributed: Sequence[Attributed] = (*held.by, *held.set_aside) if held else ()
    lines = [line for said in attributed for line in _attributed(said, one)]
    told = {said.of for said in attributed if said.denied_by or said.stance in OWN_WORDS}
    lines += [f"{said.name} {OWN_WORDS[said.stance]}, as reported." for said in own_words(one)
              if said.of not in told or said.stance == "withdrawn"]
    return [short(line) for line in lines]


def _attributed(said: Attributed, one: Incident) -> Iterator[str]:
    own = [joined.report for joined in one.accounts
           if any((word.group, word.stance) == (said.of, said.stance) for word in joined.account.responsibility)]
    by = outlets_words(own) if said.stance in OWN_WORDS and own else plain(", ".join(said.holders))
    yield SAYS[said.stance].format(name=plain(said.name), by=by or "its reports")
    if said.aside and said.stance in ("stated", *OWN_WORDS):
        yield f"{plain(said.name)}: not counted, {plain(said.aside)}."
    if said.denied_by:
        yield f"{plain(said.name)}: denied by {plain(', '.join(said.denied_by))}."


def outlets_line(one: Incident) -> str:
    names = outlets_of(one)
    more = f" and {len(names) - MOST_OUTLETS:,} more" if len(names) > MOST_OUTLETS else ""
    reports = one.sources.reports
    return f"Told by {', '.join(names[:MOST_OUTLETS])}{more} ({reports:,} report{'s' if reports != 1 else ''})."


def outlets_of(one: Incident) -> tuple[str, ...]:
    """Each once."""
    return tuple(dict.fromkeys(short(source_name(joined.report), 80) for joined in one.accounts))


def sure_words(concern: Concern) -> str | None:
    """A sentence where the incident may also lie outside of the watch's circle."""
    if concern.sure == "in" or concern.watch.near is None:
        return None
    lat, lon, km = concern.watch.near
    return f"Its place is not known exactly: it lies in or near the {km:g} km around {point_words(lat, lon)} that you watch."


def changed_line(at: datetime) -> str:
    return f"Changed since the mail of {instant_words(at)} UTC:"


def merged_line(gone: str, into: str) -> str:
    return f"{gone} and {into} were found to be one incident, which is {into} from now on."


def summary(published: Published, url: str) -> str:
    """An incident among several of one mail, in one paragraph."""
    one = published.incident
    parts = [f"{one.id}. {title_of(one)}.", tolls_words(one), *responsibility_lines(one)[:2], outlets_line(one)]
    parts += [STATUS[one.status]] if one.status in STATUS else []
    return " ".join((*parts, review_words(one), url))


def watch_words(watch: Watch, group_name: dict[str, str] | None = None) -> str:
    """What a watch is for: "Mali or within 50 km of 16.27 N 0.04 W; at least 10 killed"."""
    covers, names = watch.coverage, group_name or {}
    where = [*covers.regions, *(country_name(code) or code for code in covers.countries),
             *(_province_words(one) for one in watch.provinces)]
    where += [f"within {watch.near[2]:g} km of {point_words(*watch.near[:2])}"] if watch.near else []
    groups = [names.get(one, one) for one in covers.groups]
    parts = [" or ".join(some) for some in (where or ["anywhere"], groups, covers.kinds, covers.affected) if some]
    parts += [f"at least {covers.killed:,} killed"] if covers.killed else []
    return plain("; ".join(parts))


def _province_words(province: str) -> str:
    code, colon, name = province.partition(":")
    return f"{name}, {country_name(code)}" if colon else province


def point_words(lat: float, lon: float) -> str:
    """ "16.27 N 0.04 W"."""
    return f"{abs(lat):.4g} {'N' if lat >= 0 else 'S'} {abs(lon):.4g} {'E' if lon >= 0 else 'W'}"


def short(words: str, longest: int = LONGEST) -> str:
    words = plain(words)
    return words if len(words) <= longest else words[:longest - 1].rstrip() + "\u2026"




def _doubt(published: Published) -> str:
    where = published.incident.where
    if where.precision is None or where.precision == EXACT or published.sheltered:
        return ""
    km = f", within {where.radius_km:.0f} km" if where.radius_km and where.lat is not None else ""
    return f" ({PRECISION[where.precision]}{km})"


def _capital(words: str) -> str:
    words = plain(words)
    return words[:1].upper() + words[1:]
