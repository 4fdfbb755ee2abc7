"""geo: which place a name means, the names given. On LGL (local newspapers, mostly of the US) and GeoVirus (epidemics).

- The gold spans go through the ranking that the product uses (`dateline.where.choice.rank`). Its best answer counts,
  also where the product would leave the name unplaced for doubt. Names of states and countries that stand elsewhere in
  the text are context, as they are to the product. No answer is an error of 20,039 km.
- Gold points of big countries differ between sources, so country-level mentions are counted apart: `acc161_not_country`
  is the figure to work on. LGL: feature code PCL*. GeoVirus has no types: the name is a country's, and the gold point lies
  within two of its radii.
- `half` parts the documents in two by a hash of their id: the points of the ranking are fitted on half 0 of each set
  (`bench/fit_places.py`), so that half 1 says how they do elsewhere: `tuned.`, `held_out.`.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, percent, shorten

Row = dict[str, Any]

FAR_KM = 20_039.0  # no answer
CLOSE_KM = 161.0  # 100 miles, the sets' custom
SETS = {"lgl": "lgl.jsonl", "geovirus": "geovirus.jsonl"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One gold toponym with its ranking. error_km: of the best; rank: of the first candidate that is right, from 1; 0: none."""

    doc_id: str
    name: str
    context: str
    country_level: bool
    error_km: float
    rank: int
    candidates: int
    best: str
    right: str
    unplaced: bool  # the product would not choose


def half(doc_id: str) -> int:
    """0 or 1: the half to which a document belongs. Points are fitted on half 0."""
    return hashlib.sha256(doc_id.encode()).digest()[0] % 2


def answers(rows: Iterable[Row], ranked: Callable[[Row], Sequence[Any]]) -> list[Answer]:
    return [answer for row in rows for answer in _answers_of(row, ranked(row))]


def rankings_of(row: Row) -> list[Any]:
    """For each gold toponym of the document its ranking."""
    from dateline.where.choice import rank
    from dateline.where.gazetteer import load_gazetteer

    names, gold = names_of(row)
    rankings = rank(names, load_gazetteer().neighbours)
    return [rankings[at] if at is not None else () for at in gold]


def names_of(row: Row) -> tuple[list[Any], list[int | None]]:
    """The names of the document as the ranking takes them, and for each gold toponym which of them it is."""
    from types import SimpleNamespace

    from dateline.extract.document import Document
    from dateline.extract.nlp import tokens_of
    from dateline.extract.place_links import outers, share_plural_nouns
    from dateline.extract.place_names import Tokens, find_names, name_at
    from dateline.extract.tokens import TokenIndex
    from dateline.where.gazetteer import load_gazetteer

    gazetteer = load_gazetteer()
    text = row["text"]
    tokens = Tokens(Document(SimpleNamespace(text=text, dateline=None), spacy=tokens_of(text)))  # type: ignore[arg-type]
    tokens.proper = list(tokens.upper)  # no tagger here
    index = TokenIndex.__new__(TokenIndex)
    index.starts = tokens.start
    spans = []
    for toponym in row["toponyms"]:
        spans.append((index.at(toponym["start"]), index.at(max(toponym["end"] - 1, toponym["start"]))))
    taken = {at for first, last in spans for at in range(first, last + 1)}
    around = [
        name
        for name in find_names(tokens, gazetteer)
        if not any(at in taken for at in range(name.first, name.last + 1))
        and (name.adjective or all(p.kind in ("country", "admin1") for p in name.candidates))
    ]
    named = {span: name for span in set(spans) if (name := name_at(tokens, *span, gazetteer)) is not None}
    found = share_plural_nouns(tokens, sorted([*around, *named.values()], key=lambda n: n.first), gazetteer)
    position = {(name.first, name.last): at for at, name in enumerate(found)}
    names = [name.named(outer) for name, outer in zip(found, outers(tokens, found), strict=True)]
    return names, [position[named[span].first, named[span].last] if span in named else None for span in spans]


def _answers_of(row: Row, rankings: Sequence[Any]) -> list[Answer]:
    from dateline.where.choice import choose
    from dateline.where.gazetteer import load_gazetteer

    made = []
    for toponym, ranking in zip(row["toponyms"], rankings, strict=True):
        if toponym["lat"] is None:
            continue
        errors = [_km(toponym, r.place) for r in ranking]
        best = ranking[0].place if ranking else None
        right = next((n for n, km in enumerate(errors, 1) if km <= CLOSE_KM), 0)
        made.append(
            Answer(
                row["doc_id"],
                toponym["name"],
                shorten(row["text"][max(0, toponym["start"] - 50) : toponym["end"] + 50], 120),
                _country_level(toponym, ranking),
                errors[0] if errors else FAR_KM,
                right,
                len(errors),
                _shown(best),
                _shown(ranking[right - 1].place) if right else toponym.get("fcode", toponym.get("page", "?")),
                choose(ranking, load_gazetteer()).place is None,
            )
        )
    return made


def _country_level(toponym: Row, ranking: Sequence[Any]) -> bool:
    if "fcode" in toponym:
        return str(toponym["fcode"]).startswith("PCL")
    countries = [r.place for r in ranking if r.place.kind == "country"]
    return any(_km(toponym, place) <= max(2 * place.radius_km, CLOSE_KM) for place in countries)


def is_right(toponym: Row, place: Any) -> bool:
    """Whether a candidate is right to fit points to: near enough, or the country where a country is meant."""
    if place.kind == "country" and str(toponym.get("fcode", "")).startswith("PCL"):
        return _km(toponym, place) <= 2 * place.radius_km
    return _km(toponym, place) <= (max(2 * place.radius_km, CLOSE_KM) if place.kind == "country" else CLOSE_KM)


def _km(toponym: Row, place: Any) -> float:
    from dateline.where.place import distance_km

    return float(distance_km(toponym["lat"], toponym["lon"], place.lat, place.lon))


def _shown(place: Any) -> str:
    return f"{place.name}/{place.kind}/{place.country}/{place.admin1}" if place else "-"


def figures(given: Sequence[Answer]) -> dict[str, float]:
    n = len(given)
    rest = [a for a in given if not a.country_level]
    errors = sorted(a.error_km for a in given)
    return {
        "acc161": percent(sum(a.error_km <= CLOSE_KM for a in given), n),
        "median_km": round(errors[n // 2], 1) if n else 0.0,
        "auc": round(sum(math.log(km + 1) for km in errors) / (n * math.log(FAR_KM + 1)), 4) if n else 0.0,
        "no_candidate": percent(sum(a.candidates == 0 for a in given), n),
        "oracle": percent(sum(a.rank > 0 for a in given), n),
        "acc161_not_country": percent(sum(a.error_km <= CLOSE_KM for a in rest), len(rest)),
        "n_not_country": len(rest),
    }


def run(request: Request) -> Result:
    """Both sets where `request.data` is their folder, else the one file."""
    both = request.data.is_dir()
    given: dict[str, list[Answer]] = {}
    for name, file in SETS.items() if both else [("", request.data.name)]:
        rows = load_lines(request.data / file if both else request.data)
        given[name] = answers(rows[: request.limit], rankings_of)
    of: dict[str, float] = {}
    errors: list[str] = []
    for name, some in given.items():
        prefix = f"{name}." if name else ""
        of |= {prefix + figure: value for figure, value in figures(some).items()}
        for part, title in enumerate(("tuned", "held_out")):
            of[f"{prefix}{title}.acc161"] = figures([a for a in some if half(a.doc_id) == part])["acc161"]
        errors += _error_lines(name, some)
    return Result(sum(map(len, given.values())), of, PUBLISHED, tuple(errors))


def error_kind(answer: Answer) -> str:
    """What went wrong, by where the right place is in the ranking; empty where nothing did."""
    if answer.error_km <= CLOSE_KM:
        return ""
    if answer.candidates == 0:
        return "no candidate"
    if answer.country_level:
        return "country point"
    return "no candidate is right" if answer.rank == 0 else "right one is lower"


def _error_lines(name: str, given: Sequence[Answer]) -> Iterator[str]:
    """How many of each kind, then each."""
    wrong = sorted(((error_kind(a), a) for a in given if error_kind(a)), key=lambda pair: pair[0])
    for kind, count in Counter(kind for kind, _ in wrong).most_common():
        yield f"{name} {count:5} {kind}"
    for kind, a in wrong:
        ranks = f"right is {a.rank} of {a.candidates}: {a.right}" if a.rank else f"of {a.candidates}; right: {a.right}"
        yield f"{name} {kind:21} {a.doc_id:>13} {a.name}: taken for {a.best}, {ranks}: {a.context}"


PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "CamCoder (2018), full gazetteer": {"lgl.acc161": 76, "lgl.auc": 0.22, "geovirus.acc161": 82, "geovirus.auc": 0.31},
    "Edinburgh": {"lgl.acc161": 76, "lgl.auc": 0.25, "geovirus.acc161": 78, "geovirus.auc": 0.33},
    "CLAVIN": {"lgl.acc161": 71, "lgl.auc": 0.26, "geovirus.acc161": 79, "geovirus.auc": 0.32},
    "highest population (GeoNames)": {"lgl.acc161": 70, "lgl.auc": 0.27, "geovirus.acc161": 80, "geovirus.auc": 0.32},
    "best predictions re-scored, no answer as wrong": {"lgl.acc161": 79.4, "geovirus.acc161": 81.8},
    "packaged gazetteers, 20 lines of rules": {"lgl.acc161": 74.6, "lgl.oracle": 92.2, "geovirus.acc161": 78.9,
                                               "geovirus.oracle": 82.6},
}
BENCHES = {"geo": Bench("geo", SHARED / "bench/geo", "names", run)}
