"""muc4-when-where: day and place of MUC-4's incidents, each given by its type and one string of a target.

How it is done:
- Every template that is not optional is asked. The system gets its type and one string: the first name of a human
  target that stands in the text, else the first thing attacked, else a description, else a perpetrator; else type alone.
- It answers with the day and place of the account that these point at: one whose actors, targets or figures are told
  by that string, else one in whose sentences it stands; of equals the one whose kind fits the type, the one told as
  news, the one told first. An account may be told in several sentences: where one that holds the string tells an act and
  names a place itself, the answer is what the product's own rules say for that sentence (`extract.whenwhere.told_at`). So
  it is where no account holds the string.
- Forms and the rule of halves: muc4_forms.py. `exact` figures give nothing for a half; `country` is the country alone.
- The line beside it that answers without reading, "on or before the article's day" and the country most named, shows
  how far the rule of halves carries an empty answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, percent, shorten
from bench.muc4_forms import (
    Days,
    Location,
    alternatives,
    days_score,
    key_days,
    key_location,
    location_score,
    our_days,
    our_location,
)
from dateline.extract.document import Document
from dateline.extract.whenwhere import told_at
from dateline.records import Account, When, Where
from dateline.records.kinds import event_type_of
from dateline.where.gazetteer import load_gazetteer

Row = Mapping[str, Any]

SLOTS = ("HUM TGT: NAME", "PHYS TGT: ID", "HUM TGT: DESCRIPTION", "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
BLASTS = frozenset({"remote explosive/landmine/ied", "suicide bomb", "grenade", "disrupted weapons use", "air/drone strike",
                    "shelling/artillery/missile attack"})
KINDS = {"BOMBING": BLASTS, "KIDNAPPING": frozenset({"abduction/forced disappearance"}),
         "HIJACKING": frozenset({"abduction/forced disappearance", "looting/property destruction"}),
         "ARSON": frozenset({"looting/property destruction"}), "ROBBERY": frozenset({"looting/property destruction"})}
VIOLENT = {"Riots", "Explosions/Remote violence", "Violence against civilians", "Battles"}
PROVINCE = 4                      # where_prec
PUBLISHED = {"best of 1992, all templates, the lower test": {"date": 54.0, "location": 54.0},
             "best of 1992, all templates, the higher test": {"date": 61.0, "location": 63.0}}


@dataclass(frozen=True, slots=True)
class Asked:
    """One template: what is given of it, and what is right."""

    report: str
    number: int
    type: str
    string: str | None
    days: tuple[Days, ...]        # alternatives; empty: the key has none
    locations: tuple[Location, ...]
    said: tuple[str, str]         # the key's fills as written


@dataclass(frozen=True, slots=True)
class Answer:
    days: Days | None
    location: Location | None
    basis: str                    # "account", "sentence", "type", "nothing"
    words: str                    # what it was read from


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot filled or not: the score, and whether key and answer have a fill."""

    score: float
    possible: bool
    given: bool


def run(request: Request) -> Result:
    from bench.reading import a_report, documents

    rows = load_lines(request.data)[: request.limit]
    asked, answers, empty = [], [], []
    for row, document in zip(rows, documents(a_report(row["doc_id"], row["text"]) for row in rows), strict=True):
        for template in asked_of(row, document.report.text):
            asked.append(template)
            answers.append(answer(document, template))
            empty.append(without_reading(document))
    figures = figures_of(asked, answers)
    beside = {**PUBLISHED, "without reading": {name: figures_of(asked, empty)[name] for name in ("date", "location", "country")}}
    return Result(len(asked), figures, beside, _errors(asked, answers))


def figures_of(asked: Sequence[Asked], answers: Sequence[Answer]) -> dict[str, float]:
    dates = [date_slot(a, b) for a, b in zip(asked, answers, strict=True)]
    places = [location_slot(a, b) for a, b in zip(asked, answers, strict=True)]
    countries = [country_slot(a, b) for a, b in zip(asked, answers, strict=True)]
    figures = {"date": _f(dates), "location": _f(places)}
    for name, slots in (("date", dates), ("location", places)):
        figures[f"recall.{name}"] = percent(sum(s.score for s in slots), sum(s.possible for s in slots))
        figures[f"precision.{name}"] = percent(sum(s.score for s in slots), sum(s.given for s in slots))
        figures[f"exact.{name}"] = percent(sum(s.score == 1 for s in slots), sum(s.possible for s in slots))
    return {**figures, "country": _f(countries)}


def date_slot(asked: Asked, answer: Answer) -> Slot:
    score = max((days_score(answer.days, key) for key in asked.days), default=0.0) if answer.days else 0.0
    return Slot(score, bool(asked.days), answer.days is not None)


def location_slot(asked: Asked, answer: Answer) -> Slot:
    score = max((location_score(answer.location, key) for key in asked.locations), default=0.0) if answer.location else 0.0
    return Slot(score, bool(asked.locations), answer.location is not None)


def country_slot(asked: Asked, answer: Answer) -> Slot:
    right = answer.location is not None and answer.location.country in {key.country for key in asked.locations}
    return Slot(float(right), bool(asked.locations), answer.location is not None)


def _f(slots: Sequence[Slot]) -> float:
    """2PR / (P + R), in percent: twice the score over fills possible and given together."""
    return percent(2 * sum(s.score for s in slots), sum(s.possible + s.given for s in slots))


# --- what is asked ----------------------------------------------------------------------------------------------------

def asked_of(row: Row, text: str) -> Iterator[Asked]:
    """The templates of one report that are not optional. text: the report's, in which the string must stand."""
    for template in row["templates"]:
        slots = template["slots"]
        if not template["optional"]:
            dates, places = (_fills(slots, name) for name in ("INCIDENT: DATE", "INCIDENT: LOCATION"))
            days = (key_days(one) for one in dates)
            yield Asked(row["doc_id"], template["number"], _type(slots), _string(slots, text), tuple(d for d in days if d),
                        tuple(key_location(one) for one in places), (" / ".join(dates) or "-", " / ".join(places) or "-"))


def _fills(slots: Row, name: str) -> list[str]:
    return [one for line in slots.get(name) or [] for one in alternatives(line) if one not in {"-", "*"}]


def _type(slots: Row) -> str:
    return str((slots.get("INCIDENT: TYPE") or ["ATTACK"])[0]).split("/")[0].strip(" ?")


def _string(slots: Row, text: str) -> str | None:
    """The one string given; fills that the key calls optional only where there is no other."""
    for surely in (True, False):
        for name in SLOTS:
            for line in slots.get(name) or []:
                if surely == (not line.lstrip().startswith("?")):
                    for found in _QUOTED.finditer(line.rsplit('": "')[0] + '"'):
                        string = found[1].replace('\\"', '"')
                        if next(iter(places_of(string, text)), None):
                            return string
    return None


def places_of(string: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `string` stands in `text`: whatever white space and case, whole words."""
    words = [re.escape(word) for word in string.split()]
    if words:
        for found in re.finditer(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", text, re.IGNORECASE):
            yield found.span()


# --- what is answered -------------------------------------------------------------------------------------------------

def answer(document: Document, asked: Asked) -> Answer:
    spots = list(places_of(asked.string, document.report.text)) if asked.string else []
    ranked = [(_pointed_at(account, spots), _kind_fits(account, asked.type), account.told_as == "news", -number, account)
              for number, account in enumerate(document.accounts)]
    best = max(ranked, key=lambda r: r[:4], default=None)
    if best is not None and (best[0] or not spots):
        account = best[4]
        here = _told_in_its_sentence(document, spots)
        if here is None:
            return _told(document, account.when, account.where, "account" if best[0] else "type")
        return _told(document, here.when if here.when.earliest else account.when, here.where, "account")
    if spots:
        return _told(document, *told_at(document, spots[0][0], load_gazetteer()), "sentence")
    return _told(document, *told_at(document, 0, load_gazetteer()), "nothing")


@dataclass(frozen=True, slots=True)
class Here:
    """What one sentence says of when and where."""

    when: When
    where: Where


def _told_in_its_sentence(document: Document, spots: Sequence[tuple[int, int]]) -> Here | None:
    """When and where by the first sentence with the string that tells an act and names a place, no wider than a province."""
    sentences = [(s.start_char, s.end_char) for s in document.spacy.sents]
    acts = {act.sentence for act in document.acts}
    for start, _ in spots:
        number = next((n for n, (a, b) in enumerate(sentences) if a <= start < b), None)
        if number not in acts:
            continue
        here = Here(*told_at(document, start, load_gazetteer()))
        first, last = sentences[number]
        if here.where.lat is not None and (here.where.precision or 9) <= PROVINCE and all(
                first <= e.start < last for e in here.where.evidence):
            return here
    return None


def _told(document: Document, when: When, where: Where, basis: str) -> Answer:
    words = f"{when.text or '-'} | {where.text or '-'} > {where.name or where.unplaced or '-'}, {where.country or '-'}"
    return Answer(our_days(when, document.report.written.latest), our_location(where, town_of(where)), basis, words)


def town_of(where: Where) -> str | None:
    """The town in which a building, an airport or a quarter stands."""
    if where.kind not in {"site", "airport"} or where.precision != 1 or where.country is None:
        return None
    if where.lat is None or where.lon is None:
        return None
    town = load_gazetteer().town_at(where.lat, where.lon, where.country)
    return town.name if town else None


def without_reading(document: Document) -> Answer:
    latest = document.report.written.latest
    countries = Counter(place.where.country for place in document.places if place.where.country)
    country = next((code for code, _ in countries.most_common(1)), None)
    return Answer(Days(None, latest) if latest else None, Location(country, ()) if country else None, "", "")


def _pointed_at(account: Account, spots: Sequence[tuple[int, int]]) -> int:
    """2: its actors, targets or figures are told by the string; 1: the string stands in its sentences."""
    named = [span for one in (*account.actors, *account.targets, *account.figures) for span in one.evidence]
    if _any_overlap(((s.start, s.end) for s in named), spots):
        return 2
    return int(_any_overlap(((s.start, s.end) for s in account.evidence), spots))


def _any_overlap(spans: Iterable[tuple[int, int]], spots: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for start, end in spans for a, b in spots)


def _kind_fits(account: Account, of_type: str) -> bool:
    if of_type in KINDS:
        return bool(KINDS[of_type] & {account.kind, *account.acts})
    return event_type_of(account.kind) in VIOLENT


# --- what was wrong ---------------------------------------------------------------------------------------------------

def _errors(asked: Sequence[Asked], answers: Sequence[Answer]) -> tuple[str, ...]:
    lines = []
    for a, b in zip(asked, answers, strict=True):
        for slot, of, why, said in (("date", date_slot(a, b), date_error(a, b), a.said[0]),
                                    ("location", location_slot(a, b), location_error(a, b), a.said[1])):
            if why:
                lines.append(f"{slot:8} {of.score:3} {why:38} {b.basis:8} {a.report:16} {a.number} "
                             f"{shorten(said, 70)} <- {shorten(b.words, 90)} [{shorten(a.string or a.type, 40)}]")
    kinds = Counter(" ".join(line.split()[:1]) + " " + line[13:51].strip() for line in lines)
    return (*(f"{count:4} {kind}" for kind, count in sorted(kinds.items(), key=lambda k: -k[1])), *sorted(lines))


def date_error(asked: Asked, answer: Answer) -> str | None:
    """The kind of error of the days; None where they are right."""
    ours, score = answer.days, date_slot(asked, answer).score
    if score == 1 or (ours is None and not asked.days):
        return None
    if ours is None:
        return "no answer"
    if not asked.days:
        return "the key has none"
    form = "a day" if ours.earliest == ours.latest else "on or before" if ours.earliest is None else "a span"
    key = asked.days[0]
    wanted = "a day" if key.earliest == key.latest else "on or before" if key.earliest is None else "a span"
    return f"{form} for {wanted}" + ("" if score else ", apart")


def location_error(asked: Asked, answer: Answer) -> str | None:
    """The kind of error of the place; None where it is right."""
    ours, score = answer.location, location_slot(asked, answer).score
    if score == 1 or (ours is None and not asked.locations):
        return None
    if ours is None:
        return "no country"
    if not asked.locations:
        return "the key has none"
    key = asked.locations[0]
    if ours.country != key.country:
        return "another country"
    if not ours.units:
        return "country alone"
    if not key.units:
        return "finer than the key"
    return "half: one part is right" if score else "another place"


BENCHES = {"muc4-when-where": Bench("muc4-when-where", SHARED / "bench/muc4/dev.jsonl.gz", "templates", run)}
