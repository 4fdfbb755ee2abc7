"""Which tolls of US shootings are wrong, and by what: `python -m bench.tolls_wrong FILE` prints a table of causes.

    python -m bench.tolls_wrong FILE                  # causes by number, then the wrong incidents by cause
    python -m bench.tolls_wrong FILE --told           # beneath each what our accounts count, and by which words
    python -m bench.tolls_wrong FILE --told --texts   # and the reports themselves
    python -m bench.tolls_wrong FILE --each           # every report as if it were alone (its incident may end otherwise)

The cause is found by what would have given the right toll, in this order: nothing was read; another incident of these reports
has it; the incidents told as news have it together; one account of the incident has it alone; as many people were hurt, and other
ones died; else whether too many or too few people were counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.core import load_lines, shorten
from bench.scores import Count
from bench.tolls import Row, by_incident, gold_of, incidents_told, main_incident, toll_of
from dateline.reconcile.ranks import counts_attackers
from dateline.reconcile.standing import settle
from dateline.reconcile.tolls import toll
from dateline.records import Account, Figure, Incident

NOTHING = "nothing read"
OTHER = "another incident is right"
SPLIT = "split in two"
SETTLED = "one account is right"
ENDED = "hurt or dead"
MANY, FEW = "too many people", "too few people"
CAUSES = (NOTHING, OTHER, SPLIT, SETTLED, ENDED, MANY, FEW)
SHOWN = frozenset({"killed", "injured", "casualties"})


@dataclass(frozen=True, slots=True)
class Wrong:
    """One incident whose toll is wrong, with what was read of it."""

    rows: Sequence[Row]
    told: Sequence[Incident]
    read: Count
    right: Count
    cause: str


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.tolls_wrong", description="Which tolls are wrong, and by what.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--each", action="store_true", help="every report as if it were alone")
    parser.add_argument("--told", action="store_true", help="what our accounts count, and by which words")
    parser.add_argument("--texts", action="store_true", help="the reports themselves")
    parser.add_argument("--limit", type=int, help="the first so many incidents")
    asked = parser.parse_args(arguments)
    groups = by_incident(load_lines(asked.file))
    if asked.each:
        groups = [[row] for group in groups for row in group]
    groups = groups[:asked.limit]
    found = list(wrong_ones(groups, incidents_told(groups)))
    print(f"{len(groups) - len(found)} of {len(groups)} right")
    causes = Counter(one.cause for one in found)
    for cause in CAUSES:
        print(f"  {causes[cause]:4} {cause}")
    for one in sorted(found, key=lambda one: CAUSES.index(one.cause)):
        print("\n".join(lines_of(one, told=asked.told, texts=asked.texts)))
    return 0


def wrong_ones(groups: Sequence[list[Row]], told: Iterator[list[Incident]]) -> Iterator[Wrong]:
    for rows, incidents in zip(groups, told, strict=True):
        read, right = toll_of(main_incident(incidents)), gold_of(rows)
        if read != right:
            yield Wrong(rows, incidents, read, right, cause_of(incidents, read, right))


def cause_of(incidents: Sequence[Incident], read: Count, right: Count) -> str:
    main = main_incident(incidents)
    if main is None or not any(figure.effect in SHOWN for one in main.accounts for figure in one.account.figures):
        return NOTHING
    if any(toll_of(one) == right for one in incidents):
        return OTHER
    news = [toll_of(one) for one in incidents if any(joined.account.told_as == "news" for joined in one.accounts)]
    if len(news) > 1 and Count(sum(one.killed for one in news), sum(one.injured for one in news)) == right:
        return SPLIT
    if len(main.accounts) > 1 and any(_alone(joined.account) == right for joined in main.accounts):
        return SETTLED
    hurt = read.killed + read.injured, right.killed + right.injured
    return ENDED if hurt[0] == hurt[1] else MANY if hurt[0] > hurt[1] else FEW


def lines_of(one: Wrong, *, told: bool, texts: bool) -> Iterator[str]:
    title = shorten(one.rows[0]["title"] or "", 44)
    yield (f"{one.cause:25} {one.rows[0]['incident_id']:>7} read {_count(one.read)}, right {_count(one.right)}, "
           f"{len(one.rows)} reports: {title}")
    if told:
        main = main_incident(one.told)
        for incident in one.told:
            toll = toll_of(incident)
            yield f"  {'*' if incident is main else ' '} {incident.headline}: {_count(toll)}"
            for joined in incident.accounts:
                account = joined.account
                yield f"      {account.kind}, {account.told_as}, {account.nature}, {account.status}: " \
                      f"{shorten(joined.report.title or joined.report.id, 50)}"
                yield from (_figure_line(figure, account) for figure in account.figures if figure.effect in SHOWN)
    if texts:
        for row in one.rows:
            yield f"  --- {row['dct']} {row['title']}\n{row['text']}"
        yield ""


def _alone(account: Account) -> Count:
    """What one account would give by itself."""
    [settled] = settle((account,), {})
    killed, injured = (toll((settled,), effect, "lowest").best or 0 for effect in ("killed", "injured"))
    return Count(killed, injured)


def _count(toll: Count) -> str:
    return f"{toll.killed}+{toll.injured}"


def _figure_line(figure: Figure, account: Account) -> str:
    marks = [figure.effect, str(figure.value), figure.scope]
    marks += ["of a whole"] if figure.part_of else []
    marks += ["attackers"] if counts_attackers(figure, account) else []
    marks += [figure.standing] if figure.standing != "stands" else []
    words = " | ".join(shorten(" ".join(span.quote.split()), 60) for span in figure.evidence)
    return f"        {', '.join(marks)}: {words}"


if __name__ == "__main__":
    raise SystemExit(main())
