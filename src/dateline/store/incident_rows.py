"""An incident -> its rows: the columns that lists show and ask for, what it has several of, its possible days. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import log2
from typing import Any

from dateline.reconcile.related import settled_links
from dateline.reconcile.words import fold, tokens
from dateline.records import Figure, Incident, Joined, Toll, to_line
from dateline.records.account import OWN_STANCES, When
from dateline.records.codec import from_line
from dateline.records.kinds import headline
from dateline.store.rows import Row, figure_rows, instant, number_in

GROUP, AFFECTED, SIDE_KILLED = "group", "affected", "side killed"
ASSIGNED, REVIEWED, OWN_WORD = "assigned to", "reviewed", "own word"
FACTS_CHANGED = "facts changed"   # a value of REVIEWED: the facts are others than a person coded, approved or rejected
NO_DAY = 0                        # in `day`: before every day
LAST_OF_ALL = date.max.toordinal() + 1
NO_NUMBER = -1                    # in `deaths`
SHORTEST_NAME = 3                 # letters of a word by which a person is known

IN_TOLLS = ("incident", "part", "increment", "one_site")
DISTRICT = 3                           # UCDP's where_prec: of a shelter no more than its district is told

SETTLED = {"approved": 2, "rejected": 2, "coded": 1}     # reviews after which a person need look later, or last
TIER = 10_000                     # more than any incident's doubt times its harm
MOST_HARM = 16.0                  # log2 of 65,536 dead


def incident_row(incident: Incident, change: int) -> Row:
    """The row of `incident`, in being: what deletes it is `deleted_at`. Raises ValueError when its id has no number."""
    number = number_in(incident.id)
    if number is None:
        raise ValueError(f"{incident.id!r} is no incident's id")
    when, sources = incident.when, incident.sources
    day, values = when.best or when.earliest, facets_of(incident)
    return {
        "number": number, "kind": incident.kind, "status": incident.status, "told_as": incident.told_as,
        "nature": incident.nature, "earliest": when.earliest, "latest": last_day(when), "best": when.best,
        "day_precision": when.precision, "scattered": bool(when.candidates), **_place(incident),
        **_toll("killed", incident.toll.killed), **_toll("injured", incident.toll.injured),
        "groups": "\n".join(values[GROUP]), "affected": "\n".join(values[AFFECTED]),
        "sides_killed": "\n".join(values[SIDE_KILLED]), "accounts": len(incident.accounts),
        "figures": sum(len(joined.account.figures) for joined in incident.accounts),
        "reports": sources.reports, "stories": sources.stories, "origins": sources.origins,
        "origins_not_party": sources.origins_not_party, "disagreements": len(incident.disagreements),
        "review": incident.review.state, "day": day.toordinal() if day else NO_DAY,
        "first_day": when.earliest.toordinal() if when.earliest else LAST_OF_ALL, "deaths": deaths_of(incident.toll.killed),
        "doubt": doubt_of(incident), "change": change,
        "held_at": instant(incident.history[0].at) if incident.history else None,
        "changed_at": instant(incident.history[-1].at) if incident.history else None, "deleted_at": None,
    }


def gone(at: str, change: int) -> Row:
    """What is written over the row of an incident held no more: without its accounts nobody knows what to protect."""
    return {"deleted_at": at, "changed_at": at, "change": change, "accounts": 0, "figures": 0, "sides_killed": "",
            "shelter": False, "place": None, "lat": None, "lon": None, "radius_km": None}


def body_row(number: int, incident: Incident) -> Row:
    return {"incident_number": number,
            "body": to_line(replace(incident, accounts=(), history=(), related=settled_links(incident)))}


def incident_from(body: str) -> Incident:
    """The incident that `body` holds, without its accounts and history."""
    return from_line(Incident, body)


def facet_rows(number: int, incident: Incident) -> list[Row]:
    return [{"facet": facet, "value": value, "incident_number": number}
            for facet, values in facets_of(incident).items() for value in values]


def span_rows(number: int, incident: Incident) -> list[Row]:
    """First and last day for each day on which it may have begun, where those are few; none where they are not."""
    when = incident.when
    lasts = when.end - when.start if when.start and when.end and when.end > when.start else timedelta()
    return [{"incident_number": number, "first": day, "last": day + lasts} for day in sorted(set(when.candidates))]


def facets_of(incident: Incident) -> dict[str, list[str]]:
    """The known groups that act or suffer or are said to have done it; who and what was affected; whose dead are counted;
    whom it is assigned to, and whether its facts changed after its review; the groups whose own word on it is told."""
    groups = {actor.group for actor in incident.actors} | {one.group for one in incident.responsibility}
    dead = {figure.side for joined in incident.accounts for figure in joined.account.figures
            if figure.effect == "killed" and figure.standing == "stands" and figure.scope in IN_TOLLS and figure.value != 0}
    return {GROUP: sorted(group for group in groups if group), AFFECTED: sorted({one.kind for one in incident.affected}),
            SIDE_KILLED: sorted(dead), ASSIGNED: [incident.review.assigned_to] if incident.review.assigned_to else [],
            REVIEWED: [FACTS_CHANGED] if incident.review.changed_at else [],
            OWN_WORD: sorted({one.group for one in incident.responsibility if one.group and one.stance in OWN_STANCES})}


def settled_figure_rows(accounts: Sequence[Joined]) -> list[Row]:
    """The rows of an incident's figures, as it has settled them."""
    alone = standing_alone(accounts)
    return [row | {"alone": alone[row["account_id"], row["id"]]} for joined in accounts
            for row in figure_rows(joined.account.id, joined.account.figures, joined.report.written_latest)]


def standing_alone(accounts: Sequence[Joined]) -> dict[tuple[str, str], bool | None]:
    """(account, figure) -> whether nobody else gives the incident a figure of that effect; None: it does not stand."""
    voices: dict[str, set[str]] = {}
    for joined, figure in _figures(accounts):
        if figure.standing == "stands":
            voices.setdefault(figure.effect, set()).add(_voice(joined, figure))
    return {(joined.account.id, figure.id): len(voices[figure.effect]) == 1 if figure.standing == "stands" else None
            for joined, figure in _figures(accounts)}


def last_day(when: When) -> date | None:
    """The last day on which it may have gone on; None where that is not bounded."""
    return max(when.latest, when.end or when.latest) if when.latest else None


def deaths_of(toll: Toll) -> int:
    """What an order by the dead goes by: the best number, else the least that was said, else the most."""
    return next((number for number in (toll.best, toll.low, toll.high) if number is not None), NO_NUMBER)


def doubt_of(incident: Incident) -> int:
    """How soon a person should look at it, highest first: doubt times harm, settled ones after all others (docs/design.md)."""
    killed, sources = incident.toll.killed, incident.sources
    most = max(deaths_of(killed), killed.high or 0, 0)
    harm = min(1 + log2(1 + most), MOST_HARM)
    doubts = 10 + 20 * (sources.origins_not_party == 0) + 10 * (sources.origins < 2) + 5 * min(len(incident.disagreements), 4)
    doubts += 10 * (incident.status == "alleged") + 5 * (incident.where.lat is None) + 5 * (incident.when.best is None)
    doubts += round(min(5 * log2((1 + most) / (1 + (killed.low or 0))), 20))
    return (2 - SETTLED.get(incident.review.state, 0)) * TIER + round(doubts * harm)


def is_shelter(incident: Incident) -> bool:
    return any(said.kind == "shelter" for joined in incident.accounts for said in joined.account.sensitive)


def _place(incident: Incident) -> dict[str, Any]:
    """Where it was; of a shelter the district at the finest, so that no list or map can tell more."""
    where = incident.where
    if is_shelter(incident):
        return {"country": where.country, "admin1": where.admin1, "place": None, "lat": None, "lon": None, "radius_km": None,
                "precision": max(where.precision, DISTRICT) if where.precision else None, "shelter": True,
                "headline": headline(incident.kind, where.admin2 or where.admin1)}
    persons = _words_of_persons(incident) - set(tokens(where.name or ""))
    told = None if persons & set(tokens(where.text or "")) else where.text       # "the home of Selda Oarewyn" is no place
    return {"country": where.country, "admin1": where.admin1, "place": where.name or told, "lat": where.lat, "lon": where.lon,
            "radius_km": where.radius_km, "precision": where.precision, "shelter": False,
            "headline": headline(incident.kind, where.name) if persons & set(tokens(incident.headline)) else incident.headline}


def _words_of_persons(incident: Incident) -> set[str]:
    """Words of the names of those who act, suffer or see: a list shows none of them."""
    accounts = [joined.account for joined in incident.accounts]
    names = [actor.person for account in accounts for actor in account.actors if actor.person]
    names += [span.quote for account in accounts for said in account.sensitive for span in said.evidence]
    names += [speaker.person for account in accounts for figure in account.figures for speaker in figure.speakers
              if speaker.person and speaker.kind == "witness"]
    return {word for name in names for word in tokens(name) if len(word) >= SHORTEST_NAME} if names else set()


def _toll(effect: str, toll: Toll) -> dict[str, int | None]:
    return {f"{effect}_low": toll.low, f"{effect}_best": toll.best, f"{effect}_high": toll.high}


def _figures(accounts: Sequence[Joined]) -> Iterable[tuple[Joined, Figure]]:
    return ((joined, figure) for joined in accounts for figure in joined.account.figures)


def _voice(joined: Joined, figure: Figure) -> str:
    """Who gives it: the speaker, else the outlet in its own voice."""
    return fold(figure.speaker or joined.report.outlet or joined.report.id)
