"""Made reports and accounts with known truth, for the scale bench: which accounts tell one incident is known by construction.

A stream of reports by the day they were written, at the density of a record that follows some forty countries (PER_DAY
accounts a day): more accounts are more days. Each incident has a town, a day, a kind, a group, a target, victims' names and
some rare words of its own; a report tells some of these, between its outlet's own phrases, with the noise of real ones:

- a day is wrong by one, told as a week, or not told; a place is the province, the country, or the next town;
- tolls rise from report to report; a share of reports comes weeks or months later; copies, corrections;
- a report tells an earlier incident of its country as background; two attacks in one town on one day.

Everything is invented; the same seed and count give the same stream.
"""

from __future__ import annotations

import hashlib
import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate

from dateline.reconcile.likeness import seen_in_news
from dateline.records import (
    Account,
    Actor,
    AsOf,
    Fetched,
    Figure,
    Report,
    Span,
    Speaker,
    Target,
    When,
    Where,
    Written,
)

PER_DAY = 55                    # accounts: some 20,000 a year, as one who follows the wires of forty countries has
COUNTRIES, TOWNS, GROUPS, OUTLETS = 40, 150, 4, 80
FIRST_DAY = date(2015, 1, 1)
FILLER = 90                     # words of a telling that say nothing of the incident
LATE, COPIED, CORRECTED, BACKGROUND, TWINS = 0.045, 0.12, 0.02, 0.10, 0.03      # shares of reports, of incidents
KINDS = ("attack", "armed clash", "remote explosive/landmine/ied", "air/drone strike", "suicide bomb",
         "shelling/artillery/missile attack", "abduction/forced disappearance")
TARGETS = ("a checkpoint", "a market", "a convoy", "a police station", "a school", "a mosque", "a bus", "a camp", "a patrol")
SPEAKERS = ("police", "the army", "the governor", "a hospital", "residents", "the ministry")
_SYLLABLES = ("ar", "bel", "cor", "da", "el", "fen", "gor", "ha", "il", "jo", "ka", "lin", "mar", "ned", "or", "pal", "ros", "sa",
              "tor", "ul", "ven", "wen", "yar", "zim", "qu", "ost", "ibra", "uth", "eng", "sho")
_COMMON = ("officials said the situation remained tense after the incident",
           "security forces were sent to the area and the road was closed for hours",
           "the wounded were taken to a hospital, where doctors asked for blood",
           "no one has claimed responsibility so far, and an investigation was opened",
           "witnesses spoke of panic as people fled their homes",
           "the government condemned the violence and promised a response",
           "the region has seen a rise in such attacks since last year")


@dataclass(frozen=True, slots=True)
class Told:
    """One made report with its accounts, and the incident that each of these tells."""

    report: Report
    accounts: tuple[Account, ...]
    truth: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened. words: rare ones that its reports draw on, names and streets among them."""

    number: int
    day: date
    country: int
    town: int
    kind: str
    group: int | None
    target: str
    victims: tuple[str, str]
    killed: int
    words: tuple[str, ...]


def stream(count: int, seed: int) -> Iterator[Told]:
    """Reports with about `count` accounts in all, by the day they were written."""
    rng = random.Random(f"{seed}-{count}")
    waiting: list[tuple[date, int, Told]] = []
    known: deque[Incident] = deque(maxlen=4000)
    made, number, day = 0, 0, FIRST_DAY
    while made < count:
        for incident in _of_day(rng, day, number):
            number += 1
            reports = _reports_on(rng, incident, known)
            known.append(incident)
            waiting += [(told.report.written.earliest or day, incident.number, told) for told in reports]
            made += sum(len(told.accounts) for told in reports)
        waiting.sort(key=lambda one: one[:2])
        while waiting and waiting[0][0] <= day:
            yield waiting.pop(0)[2]
        day += timedelta(1)
    yield from (told for _, _, told in waiting)


def _of_day(rng: random.Random, day: date, number: int) -> Iterator[Incident]:
    for _ in range(max(1, round(rng.gauss(PER_DAY / 2.9, 4)))):
        country, town = int(COUNTRIES * rng.random() ** 2), int(TOWNS * rng.random() ** 2.5)
        yield _incident(rng, number, day, country, town)
        number += 1
        if rng.random() < TWINS:
            yield _incident(rng, number, day, country, town)
            number += 1


def _incident(rng: random.Random, number: int, day: date, country: int, town: int) -> Incident:
    words = (*(_name(rng) for _ in range(9)), f"{rng.randint(100, 999)}")
    return Incident(number, day, country, town, rng.choices(KINDS, (30, 25, 14, 12, 5, 10, 4))[0],
                    rng.randrange(GROUPS) if rng.random() < 0.6 else None, rng.choice(TARGETS),
                    (f"{_name(rng)} {_name(rng)}", f"{_name(rng)} {_name(rng)}"), int(rng.paretovariate(1.1)), words)


def _reports_on(rng: random.Random, incident: Incident, known: Sequence[Incident]) -> list[Told]:
    """Its reports: mostly one or two, a few of many; the first is the original of any copy, and what a correction replaces."""
    told: list[Told] = []
    for number in range(min(25, 1 + int(rng.paretovariate(1.3) - 1) + (rng.random() < 0.5))):
        late = rng.random() < LATE and number > 0
        delay = rng.randint(8, 200) if late else min(number // 2, rng.choice((0, 0, 0, 1, 1, 2)))
        first = told[0].report if told else None
        if first is not None and rng.random() < COPIED:
            told.append(_copy(rng, told[0], incident, number))
        else:
            corrects = first if first is not None and rng.random() < CORRECTED else None
            told.append(_report(rng, incident, known, number, incident.day + timedelta(delay), corrects))
    return told


def _report(
    rng: random.Random, incident: Incident, known: Sequence[Incident], number: int, day: date, corrects: Report | None
) -> Told:
    outlet = rng.randrange(OUTLETS)
    tellings = [_sentences(rng, incident, number)]
    told = [(incident, "news")]
    if known and rng.random() < BACKGROUND:
        earlier = next((one for one in reversed(known) if one.country == incident.country and rng.random() < 0.2), None)
        if earlier is not None:
            tellings.append(_sentences(rng, earlier, 9)[:1])
            told.append((earlier, "background"))
    text, spans = _laid_out(rng, outlet, tellings)
    report = _made(f"{incident.number}/{number}", text, outlet, day, corrects)
    accounts = tuple(_account(rng, one, told_as, report, evidence, number)
                     for (one, told_as), evidence in zip(told, spans, strict=True))
    return Told(report, accounts, tuple(one.number for one, _ in told))


def _copy(rng: random.Random, of: Told, incident: Incident, number: int) -> Told:
    outlet, day = rng.randrange(OUTLETS), of.report.written.earliest or incident.day
    report = _made(f"{incident.number}/{number}", of.report.text, outlet, day, None, copy_of=of.report.id)
    accounts = tuple(_for_report(account, report) for account in of.accounts)
    return Told(report, accounts, of.truth)


def _for_report(account: Account, report: Report) -> Account:
    return replace(account, report=report.id, id="A" + _hash(f"{report.id}{account.evidence}"))


def _sentences(rng: random.Random, incident: Incident, number: int) -> list[str]:
    """What tells it: some of its words in each of three sentences."""
    words = rng.sample(incident.words, rng.randint(5, 9))
    place, killed = _town(incident.country, incident.town), _toll(incident, number)
    victim = rng.choice(incident.victims)
    by = f"fighters of {_group(incident.country, incident.group)}" if incident.group is not None else "gunmen"
    told = [f"At least {killed} people were killed when {by} struck {incident.target} near {words[0]} in {place}",
            f"Among the dead was {victim}, of {words[1]}, whose family lives by the {words[2]} bridge",
            f"It began at {words[3]}, said {words[4]} {rng.choice(SPEAKERS)}, and smoke rose over {' and '.join(words[5:])}"]
    return told if rng.random() < 0.85 else told[:1]


def _laid_out(rng: random.Random, outlet: int, tellings: Sequence[Sequence[str]]) -> tuple[str, list[tuple[Span, ...]]]:
    """The text, and where the sentences of each telling stand in it."""
    text, spans = "", []
    for telling in tellings:
        here = []
        for sentence in telling:
            here.append(Span(len(text), len(text) + len(sentence) + 1, sentence + "."))
            text += sentence + ". "
        spans.append(tuple(here))
        text += f"{rng.choice(_COMMON).capitalize()}. {_filler(rng)}.\n\n"
    return text + f"Reporting by {_fixed(f'desk {outlet}', 3)} for {_fixed(f'outlet {outlet}', 2)}, all rights reserved.", spans


def _filler(rng: random.Random) -> str:
    """Words as reports on violence use them: each as often as the table of rarity says."""
    words, weights = _vocabulary()
    return " ".join(rng.choices(words, cum_weights=weights, k=FILLER)).capitalize()


@cache
def _vocabulary() -> tuple[list[str], list[int]]:
    seen, _ = seen_in_news()
    return list(seen), list(accumulate(seen.values()))


def _account(
    rng: random.Random, incident: Incident, told_as: str, report: Report, evidence: tuple[Span, ...], number: int
) -> Account:
    kind = incident.kind if rng.random() < 0.9 else rng.choice(KINDS)
    when, where = _when(rng, incident, report, evidence), _where(rng, incident, evidence)
    group = _group(incident.country, incident.group) if incident.group is not None and rng.random() < 0.8 else None
    actors = [Actor("a1", "attacker", "fighters", None, None, group, 3, None, "stated", evidence[:1])]
    if len(evidence) > 1:
        victim = next((name for name in incident.victims if name in evidence[1].quote), incident.victims[0])
        actors.append(Actor("a2", "victim", victim, victim, None, None, 7, None, "stated", evidence[1:2]))
    speaker = rng.choice(SPEAKERS)
    killed = _toll(incident, number)
    figure = Figure("F1", "killed", "people", None, "unknown", killed, None, killed, "at_least", f"At least {killed}",
                    "incident", None, None, "stands", (), speaker, (Speaker(speaker, None, None, speaker, "official", None),),
                    AsOf(None, None), evidence[:1])
    targets = (Target(incident.target, None, None, None, evidence[:1]),) if rng.random() < 0.6 else ()
    return Account(
        id="A" + _hash(f"{report.id}{evidence}"), report=report.id, kind=kind, acts=(kind,), status="happened",
        told_as=told_as,  # type: ignore[arg-type]
        nature="political", headline=f"{kind}, {where.name}", when=when, where=where, actors=tuple(actors), targets=targets,
        weapons=(), affected=(), figures=(figure,), responsibility=(), occurrence=(), sensitive=(), evidence=evidence,
        main=told_as == "news")


def _when(rng: random.Random, incident: Incident, report: Report, evidence: tuple[Span, ...]) -> When:
    day, chance = incident.day, rng.random()
    written = report.written.latest or day
    if chance < 0.10:
        return When(None, None, False, None, written, (), None, "unknown", None, None, evidence[:1])
    if chance < 0.15:
        return When(None, None, False, day - timedelta(3), day + timedelta(3), (), None, "week", None, "that week", evidence[:1])
    told = day + timedelta(rng.choice((-1, 1))) if chance < 0.22 else day
    return When(None, None, False, told, told, (), told, "day", None, "on that day", evidence[:1])


def _where(rng: random.Random, incident: Incident, evidence: tuple[Span, ...]) -> Where:
    chance = rng.random()
    country, town = incident.country, incident.town
    if chance > 0.95:
        return _place(None, None, country, evidence)
    if chance > 0.85:
        return _place(None, town // 15, country, evidence)
    return _place(town if chance < 0.81 else (town + 1) % TOWNS, town // 15, country, evidence)


def _place(town: int | None, province: int | None, country: int, evidence: tuple[Span, ...]) -> Where:
    rng = random.Random(f"place {town} {province} {country}")
    lat, lon = -30 + 1.6 * country, (7 * country) % 300 - 150
    around = _fixed(f"province {country} {province}", 2) if province is not None else None
    name = _town(country, town) if town is not None else around
    code = f"{chr(65 + country // 26)}{chr(65 + country % 26)}"
    kind, precision, radius = ("city", 1, 4.0) if town is not None else ("admin1", 4, 80.0) if around else ("country", 6, 400.0)
    return Where(text=name or code, name=name or code, kind=kind, country=code,
                 admin1=around, admin2=None,
                 lat=lat + rng.uniform(-4, 4), lon=lon + rng.uniform(-4, 4), radius_km=radius,
                 gazetteer_id=f"made:{country}:{province}:{town}", precision=precision, runners_up=(), evidence=evidence[:1])


def _made(source: str, text: str, outlet: int, day: date, corrects: Report | None, copy_of: str | None = None) -> Report:
    at = datetime.combine(day, time(12), UTC)
    return Report(
        id="R" + _hash(source + text), source=f"made/{source}", fetched=Fetched(at, _hash(text)),
        outlet=_fixed(f"outlet {outlet}", 2), agency=None, byline=None, title=None, language="en", dateline=None,
        published_at=at, page_date=None,
        written=Written(day, day, (), "metadata"), text=text, copy_of=copy_of, version_of=corrects.id if corrects else None,
        update_kind="correction" if corrects else None)


def _toll(incident: Incident, number: int) -> int:
    """What the report of that number gives: it rises to the whole."""
    return max(1, round(incident.killed * min(1.0, 0.6 + 0.1 * number)))


def _town(country: int, town: int) -> str:
    return _fixed(f"town {country} {town}", 3)


def _group(country: int, group: int | None) -> str:
    return f"front-{country}-{group}"


def _fixed(what: str, syllables: int) -> str:
    return _name(random.Random(what), syllables)


def _name(rng: random.Random, syllables: int | None = None) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(syllables or rng.randint(3, 4))).capitalize()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
