"""gvc-tolls, gva-tolls: the dead and injured of US shootings, each incident from the reports on it.

How our record is told in the archive's words, since the two count different things:
- The reports of one gold incident may tell of several (an earlier shooting, another that night). Its own is taken to be
  one in which somebody was hurt; of these the one told as news by most reports; of equals the one told first, since a
  report begins with what it is about, and a deadlier shooting further down is another.
- The archive counts everyone who was killed, those who shot among them: `killed` is victims and suspects together in
  all incidents of train and dev, by its participants. Our total (rule `reliable`) leaves attackers out where the
  violence is one-sided, so their lowest standing count is added there, as the rule `lowest` does. So it is with the injured.
- It counts persons and has no "unknown": where no figure is given it is 0, as is a toll of words alone ("several").
- Incidents without a known toll are left out. Accounts of every nature count: these are crimes and accidents.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, shorten
from bench.scores import Count, toll_figures
from dateline.reconcile.ranks import counts_attackers, is_one_sided
from dateline.records import Incident

Row = dict[str, Any]

CHUNK = 16                        # incidents read together: enough reports to fill a batch of the tagger and parser
TWO_PROCESSES_FROM = 200          # reports: below, loading a second model takes longer than it saves
NOBODY = Count(0, 0)
ONE_DEAD = Count(killed=1, injured=0)
BEYOND = {"several_incidents", "cumulative"}     # scopes that are in no incident's toll
THEMSELVES = {"himself", "herself", "themselves"}   # who "shot himself" and no more is told of him died of it, or did not do it
THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def by_incident(rows: Sequence[Row]) -> list[list[Row]]:
    """The reports grouped as in the data, in the order of first reports; those without a known toll left out."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["incident_id"], []).append(row)
    return [group for group in groups.values() if group[0]["killed"] is not None and group[0]["injured"] is not None]


def main_incident(incidents: Sequence[Incident]) -> Incident | None:
    """The one that the reports are about; `incidents` in the order told. None when there is none."""
    return max(incidents, key=lambda i: (toll_of(i) != NOBODY, _news_reports(i), -_first_told(i)), default=None)


def toll_of(incident: Incident | None) -> Count:
    """Its dead and its injured, attackers among them."""
    if incident is None:
        return NOBODY
    killed, injured = ((toll.best or 0) + _attackers_apart(incident, effect) for effect, toll in (
        ("killed", incident.toll.killed), ("injured", incident.toll.injured)))
    return Count(killed, injured)


def gold_of(group: Sequence[Row]) -> Count:
    return Count(group[0]["killed"], group[0]["injured"])


def run(request: Request, published: Mapping[str, Mapping[str, float]]) -> Result:
    groups = by_incident(load_lines(request.data))[: request.limit]
    predicted = [toll_of(main_incident(told)) for told in incidents_told(groups)]
    gold = [gold_of(group) for group in groups]
    always = toll_figures([ONE_DEAD] * len(gold), gold)
    beside = {**published, "always 1 killed, 0 injured (per incident, this data)": always}
    return Result(len(groups), toll_figures(predicted, gold), beside, _errors(groups, predicted, gold))


def _news_reports(incident: Incident) -> int:
    return len({joined.report.id for joined in incident.accounts if joined.account.told_as == "news"})


def _first_told(incident: Incident) -> int:
    return min(span.start for joined in incident.accounts for span in joined.account.evidence)


def _attackers_apart(incident: Incident, effect: str) -> int:
    """Attackers killed, or injured, that the total leaves out."""
    accounts = [joined.account for joined in incident.accounts]
    if not any(is_one_sided(account.kind) for account in accounts):
        return 0
    told = [(figure, account) for account in accounts for figure in account.figures
                if figure.effect == effect and figure.standing == "stands" and figure.scope not in BEYOND]
    standing = [(figure, account) for figure, account in told
                if effect == "killed" or (figure.who or "").lower() not in THEMSELVES or len(figure.evidence) > 1]
    if any(figure.includes_attackers for figure, _ in standing):
        return 0
    counts = [figure.low or figure.high for figure, account in standing
              if counts_attackers(figure, account) and figure.part_of is None]
    return min((count for count in counts if count is not None), default=0)


def incidents_told(groups: Sequence[list[Row]]) -> Iterator[list[Incident]]:
    """The incidents that each group's reports tell, from these reports alone; the groups in the order given."""
    chunks = [groups[i:i + CHUNK] for i in range(0, len(groups), CHUNK)]
    if sum(map(len, groups)) < TWO_PROCESSES_FROM:
        yield from chain.from_iterable(map(_read_chunk, chunks))
        return
    for name in THREAD_LIMITS:
        os.environ.setdefault(name, "1")        # read when the workers start, which is why they are spawned
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield from chain.from_iterable(pool.map(_read_chunk, chunks))


def _read_chunk(groups: Sequence[list[Row]]) -> list[list[Incident]]:
    from bench.reading import a_report, extracted
    from dateline.reconcile import incidents_of

    reports = [a_report(row["url"] or row["id"], row["text"], title=row["title"], day=row["dct"])
               for group in groups for row in group]
    pairs = iter(list(extracted(reports)))
    return [incidents_of([next(pairs) for _ in group]) for group in groups]


def _errors(groups: Sequence[list[Row]], predicted: Sequence[Count], gold: Sequence[Count]) -> tuple[str, ...]:
    lines = []
    for group, p, g in zip(groups, predicted, gold, strict=True):
        for what in ("killed", "injured"):
            read, right = getattr(p, what), getattr(g, what)
            if read != right:
                how = "too low " if read < right else "too high"
                title = shorten(group[0]["title"] or "", 40)
                lines.append(f"{what:7} {how} {group[0]['incident_id']:>7} read {read:2}, right {right:2}, "
                             f"{len(group)} reports: {title}")
    return tuple(sorted(lines, key=lambda line: line[:16]))


GVC_PUBLISHED = {"always 1 killed, 0 injured (the set's README, per report)": {"both_exact": 57.7}}
BENCHES = {
    "gvc-tolls": Bench("gvc-tolls", SHARED / "bench/gvc/dev.jsonl.gz", "incidents",
                       lambda request: run(request, GVC_PUBLISHED)),
    "gva-tolls": Bench("gva-tolls", SHARED / "bench/gva_longtail/dev.jsonl.gz", "incidents",
                       lambda request: run(request, {})),
}
