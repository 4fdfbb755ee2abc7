"""demo-facts: the whole job on the demo reports, checked against what shared/demo-facts.md says should come out.

The job is run as a user runs it, by the command line, once under each toll rule, into a record that is thrown away.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.core import Bench, BenchError, Request, Result, need

Held = dict[str, Any]             # an incident as `dateline incidents --json` prints it
DEMO = Path("demo/reports")
EVERY_NATURE = "political,crime,accident,unknown"


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the table: where and when to find the incident, and its tolls of killed. high None: open."""

    name: str
    country: str
    day: str
    low: int
    best: int
    high: int | None
    lowest: int


KABUL = Expected("Kabul", "AF", "2018-01-27", 102, 102, None, 102)
GAO = Expected("Gao", "ML", "2017-01-18", 77, 77, 80, 77)
GARISSA = Expected("Garissa", "KE", "2015-04-02", 147, 147, 147, 151)

ALL_THREE = (KABUL, GAO, GARISSA)


@dataclass(frozen=True, slots=True)
class Record:
    """What came out: the incidents held under each toll rule."""

    reliable: Sequence[Held]
    lowest: Sequence[Held]

    def the(self, what: Expected) -> Held:
        """The incident that is meant. Raises LookupError when nothing fits."""
        return found(self.reliable, what)[0]


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    holds: Callable[[Record], bool]


def one_incident(what: Expected) -> Fact:
    return Fact(f"{what.name}: one incident", lambda record: len(found(record.reliable, what)) == 1)


def killed(what: Expected, end: str, value: int | None) -> Fact:
    said = "open" if value is None else value
    return Fact(f"{what.name}: killed {end} {said}",
                lambda record: bool(record.the(what)["toll"]["killed"][end] == value))


def killed_by_lowest(what: Expected) -> Fact:
    return Fact(f"{what.name}: killed {what.lowest} by the rule 'lowest'",
                lambda record: bool(found(record.lowest, what)[0]["toll"]["killed"]["best"] == what.lowest))


def every_killed(what: Expected, value: int, are: str, test: Callable[[Held], bool]) -> Fact:
    """At least one such figure was read, and each of them is so: a figure that was not read at all is no proof."""
    def holds(record: Record) -> bool:
        read = figures(record.the(what), "killed", value)
        return bool(read) and all(map(test, read))
    return Fact(f"{what.name}: the count of {value} killed is {are}", holds)


def claimed(what: Expected, who: str, words: str) -> Fact:
    return Fact(f"{what.name}: claimed by {who}", lambda record: claimed_by(record.the(what), words))


def background(name: str, words: str, year: str | None = None) -> Fact:
    """It is held, apart from the three, and known from background only. year: that it must have happened in."""
    def holds(record: Record) -> bool:
        ours = {incident["id"] for what in ALL_THREE for incident in found(record.reliable, what)[:1]}
        told = [i for i in record.reliable if i["id"] not in ours and names(i, words)
                and (year is None or str(i["when"]["earliest"])[:4] == year)]
        return bool(told) and all(i["told_as"] != "news" for i in told)
    return Fact(f"{name}: an incident of its own, known from background only", holds)


def the_groups_count_moves_the_high_only(record: Record) -> bool:
    toll = record.the(GAO)["toll"]["killed"]
    return bool(figures(record.the(GAO), "killed", 80)) and toll["best"] == GAO.best and toll["high"] == 80


def found(incidents: Sequence[Held], what: Expected) -> list[Held]:
    """The incidents told as news in that country that may be of that day, most accounts first."""
    fits = [i for i in incidents
            if i["told_as"] == "news" and i["where"]["country"] == what.country and may_be(i["when"], what.day)]
    return sorted(fits, key=lambda incident: -len(incident["accounts"]))


def may_be(when: Held, day: str) -> bool:
    """Whether the incident can be of `day`: one of few days, else within the span; no bounds at all is no."""
    if when["candidates"]:
        return day in when["candidates"]
    early, late = when["earliest"], when["latest"]
    return bool(early or late) and (early or day) <= day <= (late or day)


def figures(incident: Held, effect: str, value: int) -> list[Held]:
    return [figure for joined in incident["accounts"] for figure in joined["account"]["figures"]
            if figure["effect"] == effect and figure["value"] == value]


def superseded(figure: Held) -> bool:
    return bool(figure["standing"] == "superseded")


def superseded_or_part(figure: Held) -> bool:
    return superseded(figure) or figure["scope"] in {"part", "increment"} or figure["part_of"] is not None


def claimed_by(incident: Held, words: str) -> bool:
    return any(r["stance"] == "claimed" and re.search(words, f"{r['group']} {r['speaker']} {r['text']}", re.I)
               for r in incident["responsibility"])


def disagree_on(incident: Held, *values: str) -> bool:
    """Whether one disagreement holds all of `values`, each given as its spellings with | between."""
    held = [" ; ".join(value["value"] for value in d["values"]) for d in incident["disagreements"]]
    return any(all(re.search(rf"\b(?:{spellings})\b", text, re.I) for spellings in values) for text in held)


def names(incident: Held, words: str) -> bool:
    """Whether what the incident holds of itself (not the text around it) names it so."""
    where, accounts = incident["where"], [joined["account"] for joined in incident["accounts"]]
    said = [incident["headline"], where["text"], where["name"], *(t["text"] for t in incident["targets"]),
            *(span["quote"] for account in accounts for span in account["evidence"])]
    return any(re.search(words, text, re.I) for text in said if text)


FACTS: tuple[Fact, ...] = (
    *(fact for what in ALL_THREE for fact in (
        one_incident(what), killed(what, "low", what.low), killed(what, "best", what.best),
        killed(what, "high", what.high), killed_by_lowest(what))),
    *(every_killed(KABUL, value, "superseded", superseded) for value in (40, 63, 95)),
    Fact("Kabul: injured best 196", lambda record: bool(record.the(KABUL)["toll"]["injured"]["best"] == 196)),
    claimed(KABUL, "the Taliban", r"taliban"),
    Fact("Gao: the group's 80 moves the high only", the_groups_count_moves_the_high_only),
    Fact("Gao: one bomber or five is a disagreement", lambda record: disagree_on(record.the(GAO), "one|1", "five|5")),
    claimed(GAO, "al-Mourabitoun", r"mou?rabitoun"),
    Fact("Garissa: the 4 attackers are counted apart",
         lambda record: any(part["best"] == 4 for part in record.the(GARISSA)["toll"]["killed"]["by_actor"])),
    Fact("Garissa: '30 casualties' is no injured count",
         lambda record: not figures(record.the(GARISSA), "injured", 30)),
    every_killed(GARISSA, 15, "superseded or a part", superseded_or_part),
    every_killed(GARISSA, 2, "superseded or a part", superseded_or_part),
    background("Intercontinental Hotel", r"\bintercontinental\b"),
    background("Westgate", r"\bwestgate\b"),
    background("1998 embassy", r"\bembass(?:y|ies)\b", year="1998"),
)


def check(record: Record) -> tuple[int, tuple[str, ...]]:
    """How many facts hold, and a line for each that does not."""
    passed, wrong = 0, []
    for fact in FACTS:
        try:
            ok, why = fact.holds(record), ""
        except LookupError as problem:      # the incident is not there, or the output has another form
            ok, why = False, f"   ({type(problem).__name__}: {problem})"
        passed += ok
        if not ok:
            wrong.append(f"MISS {fact.name}{why}")
    return passed, tuple(wrong)


def incidents_held(source: Path, rule: str) -> list[Held]:
    """The incidents of a new record made from `source` under a toll rule.

    Raises BenchError when a command fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        record = ("--record", str(Path(folder) / "demo.db"))
        environ = os.environ | {"DATELINE_TOLL_RULE": rule, "DATELINE_NATURE": EVERY_NATURE, "DATELINE_OFFLINE": "1"}
        _dateline(("run", str(source), *record), environ)
        lines = _dateline(("incidents", "--json", *record), environ)
    return [json.loads(line) for line in lines.splitlines() if line.strip()]


def run(request: Request) -> Result:
    source = need(request.data)
    passed, wrong = check(Record(incidents_held(source, "reliable"), incidents_held(source, "lowest")))
    return Result(passed + len(wrong), {"passed": passed, "failed": len(wrong)}, errors=wrong)


def _dateline(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    command = [sys.executable, "-c", "from dateline.cli import main; main()", *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=600)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise BenchError(f"dateline {arguments[0]} ended with {done.returncode}: {said[-1]}")
    return done.stdout


BENCHES = {"demo-facts": Bench("demo-facts", DEMO, "facts", run)}
