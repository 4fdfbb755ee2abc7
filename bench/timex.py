"""timex, wikiwars: the time expressions of news and of histories of wars, with their values.

An expression counts as found where it overlaps one that was found (relaxed) or has the same characters (strict), one
with one, in the order of the text. `value_f1` is TempEval-3's: of all found and all gold, those that are found (relaxed)
and have the right value; `type_f1` likewise.

How our record is told in the words of the set, since the guidelines differ:
- Both sets annotate the two ends of a range apart ("from 3 to 5 May"); our record has them in one.
- TempEval-3 writes TIMEX3 as our record does. The day of writing is given, as it is for a report with metadata. TimeML
  does not mark what somebody formerly was or what is modern ("former", "modern"), and an expression without a value is none
  ("at that time"); our record has both. "Three days later" is there the length alone, P3D, with "later" as a sign beside it,
  but a year earlier is a date. A clock time without a day is of the day told last, or of the day of writing; ours leaves
  the day open. A decade is E and a century C in its durations, in ours DE and CE as in TIMEX2.
- WikiWars writes TIMEX2. What repeats is told there by the places of a date that are left open ("daily" is XXXX-XX-XX),
  except for rates ("per week" is P1W), and minutes keep their zone as hours from UTC. Where TIMEX2 gives no value, the
  right answer is to have none. The day on which a page was copied says nothing of the days that it tells: it is given as
  a bound, as the date on a page is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, shorten
from bench.scores import Tally
from dateline.records import Written
from dateline.records.report import UNKNOWN_DAY
from dateline.when.mention import TimeMention

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Timex:
    """One expression, in the words of the set. type: "" where the set tells none."""

    start: int
    end: int
    type: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a set tells expressions: its gold ones, ours in its words (without what it does not mark), and the day of writing."""

    gold: Callable[[Row], list[Timex]]
    ours: Callable[[Sequence[TimeMention], Written], list[Timex]]
    written: Callable[[Row], Written]


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold expression and the one found for it; either None: spurious, missed."""

    gold: Timex | None
    found: Timex | None


def pairs_of(gold: Sequence[Timex], found: Sequence[Timex]) -> list[Pair]:
    """Gold and found expressions that overlap, one with one: those of the same characters first, then by the text's order."""
    exact = {(g.start, g.end): g for g in gold}
    same = {(f.start, f.end): f for f in found if (f.start, f.end) in exact}
    left = [f for f in found if (f.start, f.end) not in same]
    pairs = []
    for g in gold:
        f = same.get((g.start, g.end)) or next((f for f in left if f.start < g.end and g.start < f.end), None)
        if f in left:
            left.remove(f)
        pairs.append(Pair(g, f))
    return pairs + [Pair(None, f) for f in left]


def figures_of(pairs: Iterable[Pair]) -> dict[str, float]:
    """Strict, relaxed, value and type F1, and precision and recall of the relaxed and of the value."""
    tallies = {name: Tally() for name in ("strict", "relaxed", "value", "type")}
    for pair in pairs:
        both = pair.gold is not None and pair.found is not None
        for name, right in _right(pair).items() if both else dict.fromkeys(tallies, False).items():
            tallies[name] += Tally(int(right), int(pair.found is not None), int(pair.gold is not None))
    named = {f"{name}_f1": tally.f1 for name, tally in tallies.items()}
    for name in ("relaxed", "value"):
        named |= {f"{name}_precision": tallies[name].precision, f"{name}_recall": tallies[name].recall}
    return named


def _right(pair: Pair) -> dict[str, bool]:
    g, f = pair.gold, pair.found
    assert g is not None
    assert f is not None
    return {"strict": (g.start, g.end) == (f.start, f.end), "relaxed": True, "value": g.value == f.value,
            "type": not g.type or g.type == f.type}


BETWEEN_ENDS = re.compile(r"\s*(?:[-\u2013\u2014/]|\b(?:to|and|or|until|till|through)\b)\s*(?:the\s+)?", re.IGNORECASE)
BEFORE_ENDS = re.compile(r"(?:from|between)\s+(?:the\s+)?", re.IGNORECASE)


def ends_of(timex: Timex, text: str) -> list[Timex]:
    """The expressions of both ends where one of ours is a range ("from 3 to 5 May"); else `timex` alone."""
    first, slash, last = (timex.value or "").partition("/")
    lead = BEFORE_ENDS.match(text)
    begins = lead.end() if lead else 0
    between = BETWEEN_ENDS.search(text, begins + 1) if slash else None
    if between is None:
        return [timex]
    return [Timex(timex.start + begins, timex.start + between.start(), timex.type, first),
            Timex(timex.start + between.end(), timex.end, timex.type, last)]


# ---- TempEval-3

NOT_IN_TIMEML = {"former", "formerly", "modern", "ancient"}


def _timex3(mentions: Sequence[TimeMention], written: Written) -> list[Timex]:
    timexes: list[Timex] = []
    day = written.day
    for mention in mentions:
        if mention.best is not None:
            day = mention.best
        timex = _as_duration(mention) or Timex(mention.start, mention.end, mention.type, mention.value)
        value = timex.value
        if value is None or mention.text.lower() in NOT_IN_TIMEML:
            continue
        if timex.type == "TIME" and day is not None:
            value = value.replace("XXXX-XX-XX", day.isoformat())
        if timex.type == "DURATION":
            value = value.replace("DE", "E").replace("CE", "C")
        timex = replace(timex, value=value)
        timexes += ends_of(timex, mention.text)
    return timexes


LATER = re.compile(r"(?P<length>.*\b(?:seconds?|minutes?|hours?|days?|weeks?|months?))\s+(?:later|earlier|before|after)",
                   re.IGNORECASE | re.DOTALL)


def _as_duration(mention: TimeMention) -> Timex | None:
    """The length in "three days later", None for other expressions."""
    from dateline.when import read_times

    later = LATER.fullmatch(mention.text)
    lengths = read_times(later["length"], UNKNOWN_DAY) if later else []
    if len(lengths) != 1 or lengths[0].type != "DURATION":
        return None
    return Timex(mention.start, mention.start + lengths[0].end, "DURATION", lengths[0].value)


def _gold3(row: Row) -> list[Timex]:
    return [Timex(t["start"], t["end"], t["type"], t["value"]) for t in row["timexes"]]


def _on_its_day(row: Row) -> Written:
    day = date.fromisoformat(row["dct"][:10])
    return Written(day, day, (day,), "metadata")


# ---- WikiWars

ZONE_HOURS = {"GMT": "Z", "UTC": "Z", "Z": "Z", "EST": "-05", "EDT": "-04", "CST": "-06", "PST": "-08", "CET": "+01"}
OPEN_PLACES = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


def _timex2(mentions: Sequence[TimeMention], written: Written) -> list[Timex]:
    del written                   # the day of a copy: nothing is counted from it
    timexes: list[Timex] = []
    for mention in mentions:
        value = mention.value
        if mention.type == "SET" and not re.match(r"(?:an?|per)\b", mention.text, re.IGNORECASE):
            value = OPEN_PLACES.get(value or "", value)
        if value and re.search(r"T[0-9]{2}:[0-9]{2}$", value) and mention.zone:
            value += ZONE_HOURS.get(mention.zone.upper(), "")
        timexes += ends_of(Timex(mention.start, mention.end, "", value), mention.text)
    return timexes


def _gold2(row: Row) -> list[Timex]:
    return [Timex(t["start"], t["end"], "", t.get("val") or None) for t in row["timexes"]]


def _by_the_copy(row: Row) -> Written:
    return Written(None, date.fromisoformat(row["dct"][:10]), (), "page")


# ---- the run

def run(request: Request, scheme: Scheme, published: dict[str, dict[str, float]]) -> Result:
    rows = load_lines(request.data)[: request.limit]
    texts = {}
    pairs = []
    for row, parsed in zip(rows, _parses(rows), strict=True):
        texts[row["id"]] = row["text"]
        pairs += [(row["id"], pair) for pair in read_row(row, parsed, scheme)]
    count = sum(pair.gold is not None for _, pair in pairs)
    figures = figures_of(pair for _, pair in pairs)
    return Result(count, figures, published, tuple(sorted(_errors(pairs, texts))))


def read_row(row: Row, parsed: Any, scheme: Scheme) -> list[Pair]:
    """The pairs of one document. parsed: its spaCy Doc."""
    from dateline.when import read_times

    written = scheme.written(row)
    return pairs_of(scheme.gold(row), scheme.ours(read_times(row["text"], written, parsed), written))


def _parses(rows: Sequence[Row]) -> Iterator[Any]:
    from dateline.extract.nlp import pipeline, tokens_of

    return iter(pipeline().pipe((tokens_of(row["text"]) for row in rows), batch_size=8))


def _errors(pairs: Sequence[tuple[str, Pair]], texts: dict[str, str]) -> Iterator[str]:
    for doc, pair in pairs:
        kind = _kind_of_error(pair)
        timex = pair.gold or pair.found
        if kind is None or timex is None:
            continue
        text = texts[doc]
        words = text[timex.start:timex.end]
        ours = text[pair.found.start:pair.found.end] if pair.found and pair.found is not timex else words
        around = shorten(text[max(timex.start - 40, 0):timex.end + 30], 110)
        yield (f"{kind:11} {shorten(words, 40)!r} found {shorten(ours, 40)!r}: {pair.found.value if pair.found else '-'}, "
               f"right {pair.gold.value if pair.gold else '-'}   {doc}: {around}")


def _kind_of_error(pair: Pair) -> str | None:
    if pair.gold is None or pair.found is None:
        return "spurious" if pair.gold is None else "missed"
    right = _right(pair)
    return "wrong value" if not right["value"] else "wrong type" if not right["type"] else (
        None if right["strict"] else "wrong span")


TIMEML = Scheme(_gold3, _timex3, _on_its_day)
TIMEX2 = Scheme(_gold2, _timex2, _by_the_copy)
PUBLISHED = {
    "HeidelTime-t (Platinum, another set; task paper)": {"value_f1": 77.61},
    "SUTime (Platinum; task paper)": {"value_f1": 67.38},
    "UWTime (Platinum)": {"value_f1": 82.4},
}
BENCHES = {
    "timex": Bench("timex", SHARED / "bench/tempeval3/train_aquaint.jsonl.gz", "expressions",
                   lambda request: run(request, TIMEML, PUBLISHED)),
    "wikiwars": Bench("wikiwars", SHARED / "bench/wikiwars/dev.jsonl.gz", "expressions",
                      lambda request: run(request, TIMEX2, {})),
}
