"""syria-grouping, syria-figures: reports of fifteen outlets on the war in Syria, labelled by us (bench/gold/syria.jsonl).

- All labelled reports are read, dated as the set dates them, and reconciled together.
- A predicted account stands for the labelled incident of its report with which it shares most figures, else place and day; each
  for one at most. What no account stands for is an incident that we did not find: it stands alone.
- Grouping is scored over the labelled pairs of report and incident that are told as news.
- A figure is right when its words overlap the label's and effect, low and high are equal; with the speaker, when the head word of
  name or office is the same too, or both have none (`speaker_named` is another name that the report gives the same speaker).
  Figures of several incidents or of the whole war are in neither score, on either side; nor is a figure told twice (`repeat`).
  One figure of ours that holds both tellings, as the record wants it, is measured by the telling that counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines
from bench.scores import Tally, grouping_scores
from dateline.records import Account, Figure, Incident, Report
from dateline.where.names import fold

Label = Mapping[str, Any]

GOLD = Path("bench/gold/syria.jsonl")
TEXTS = SHARED / "bench/fakes/train.jsonl.gz"
BEYOND = frozenset({"several_incidents", "cumulative"})
_TAIL = re.compile(r"\s(?:of|in|for|from|at|to|with|on|based|who)\s.*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Read:
    """One labelled report as dateline reads it; accounts in the order told."""

    report: Report
    label: Label
    accounts: tuple[Account, ...]
    stands_for: Mapping[str, str]      # account id -> name of the labelled incident
    shift: int                         # from an offset in the set's text to one in the report's


def read(request: Request) -> tuple[list[Read], list[Incident]]:
    """The labelled reports as dateline reads them, and the incidents that they tell when they are reconciled together."""
    from dateline.extract import Extraction
    from dateline.reconcile import incidents_of

    reads = read_reports(request)
    return reads, incidents_of((one.report, Extraction(one.accounts, ())) for one in reads)


def read_reports(request: Request) -> list[Read]:
    from bench.reading import a_report, extracted

    texts = {row["id"]: row for row in load_lines(request.texts or TEXTS)}
    labels = [label for label in load_lines(request.data) if label["id"] in texts][: request.limit]
    reports = []
    for label in labels:
        row = texts[label["id"]]
        day = datetime.strptime(row["date"], "%m/%d/%Y").date().isoformat()
        report = a_report(f"{row['source']}/{row['id']}", row["text"], title=row["title"], day=day)
        reports.append(replace(report, outlet=row["source"]))
    made = []
    for label, (report, found) in zip(labels, extracted(reports), strict=True):
        stands_for = _stand_for(found.accounts, label, _shift(report, texts[label["id"]]["text"]))
        made.append(Read(report, label, tuple(found.accounts), stands_for, _shift(report, texts[label["id"]]["text"])))
    return made


def _shift(report: Report, given: str) -> int:
    """What was put before the text, or (negative) taken off before it; 0 where that cannot be told."""
    for at in range(0, max(len(given) - 40, 1), 20):
        found = report.text.find(given[at:at + 40])
        if found >= 0:
            return found - at
    return 0


def _stand_for(accounts: Sequence[Account], label: Label, shift: int) -> dict[str, str]:
    """Which labelled incident each account stands for, the surest first."""
    scored = sorted((-_shared(account, incident, shift), a, i) for a, account in enumerate(accounts)
                    for i, incident in enumerate(label["incidents"]))
    taken: dict[int, int] = {}
    for minus, a, i in scored:
        if minus < 0 and a not in taken and i not in taken.values():
            taken[a] = i
    return {accounts[a].id: label["incidents"][i]["incident"] for a, i in taken.items()}


def _shared(account: Account, incident: Label, shift: int) -> float:
    """Figures that both tell, and a little for place and day."""
    figures = sum(any(_is_figure(ours, theirs, shift) for theirs in incident["figures"]) for ours in account.figures)
    told = fold(" ".join(filter(None, (account.where.text, account.where.name, account.where.admin1))))
    place = any(word in told.split() for word in fold(incident["place"] or "").split() if len(word) > 3)
    news = (account.told_as == "news") == (incident["told_as"] == "news")
    return figures + 0.4 * place + 0.3 * _days_meet(account, incident) + 0.1 * news * (figures > 0 or place)


def _days_meet(account: Account, incident: Label) -> bool:
    ours = [day for day in (account.when.earliest, account.when.latest) if day]
    theirs = [date.fromisoformat(incident[end]) for end in ("earliest", "latest") if incident[end]]
    return bool(ours and theirs) and min(ours) <= max(theirs) and min(theirs) <= max(ours)


def _overlaps(ours: Figure, theirs: Label, shift: int) -> bool:
    return any(span.start < theirs["end"] + shift and theirs["start"] + shift < span.end for span in ours.evidence)


def _is_figure(ours: Figure, theirs: Label, shift: int) -> bool:
    same = (ours.effect, ours.low, ours.high) == (theirs["effect"], theirs["low"], theirs["high"])
    return same and _overlaps(ours, theirs, shift)


# --- grouping ---------------------------------------------------------------------------------------------------------

def run_grouping(request: Request) -> Result:
    reads, incidents = read(request)
    held = {joined.account.id: incident.id for incident in incidents for joined in incident.accounts}
    predicted, gold, missed = [], [], 0
    for one in reads:
        accounts = {name: account for account, name in one.stands_for.items()}
        for incident in one.label["incidents"]:
            if incident["told_as"] == "news":
                account = accounts.get(incident["incident"])
                missed += account is None
                predicted.append(held.get(account or "", f"{one.label['id']}/{incident['incident']}"))
                gold.append(incident["incident"])
    scores = grouping_scores(predicted, gold)
    figures = {name: getattr(scores, name) for name in ("b3_precision", "b3_recall", "b3_f1", "pairwise_f1")}
    alone = grouping_scores(list(range(len(gold))), gold)
    return Result(len(gold), {**figures, "not_found": missed}, {"every pair alone": {"b3_f1": alone.b3_f1}},
                  tuple(_grouping_errors(predicted, gold)))


def _grouping_errors(predicted: Sequence[str], gold: Sequence[str]) -> Iterator[str]:
    for what, ours, theirs in (("split ", gold, predicted), ("lumped", predicted, gold)):
        parts: dict[str, Counter[str]] = defaultdict(Counter)
        for name, part in zip(ours, theirs, strict=True):
            parts[name][part] += 1
        for name, counts in sorted(parts.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            if len(counts) > 1:
                yield f"{what} {name}: {', '.join(f'{part} x{n}' for part, n in counts.most_common(6))}"


# --- figures ----------------------------------------------------------------------------------------------------------

def run_figures(request: Request) -> Result:
    reads, _ = read(request)
    with_speaker, without = Tally(), Tally()
    named = right_speaker = 0
    errors: list[str] = []
    for one in reads:
        shift = one.shift
        ours = [figure for account in one.accounts for figure in account.figures]
        labels = [figure for incident in one.label["incidents"] for figure in incident["figures"]]
        neutral = [figure for figure in labels if figure.get("scope") in BEYOND or figure.get("repeat")]
        gold = [figure for figure in labels if figure not in neutral]
        counted = _counted(ours, gold, neutral, shift)
        matched = _matched(counted, gold, shift)
        spoken = [(a, b) for a, b in matched if same_speaker(a, b)]
        without += Tally(len(matched), len(counted), len(gold))
        with_speaker += Tally(len(spoken), len(counted), len(gold))
        told = [(a, b) for a, b in matched if b["speaker"]]
        named += len(told)
        right_speaker += sum(same_speaker(a, b) for a, b in told)
        errors += _figure_errors(one, counted, gold, matched)
    figures = {"figure_f1": with_speaker.f1, "figure_f1_no_speaker": without.f1, "precision": without.precision,
               "recall": without.recall, "speaker_right": round(100 * right_speaker / named, 2) if named else 0.0}
    return Result(without.gold, figures, {}, tuple(sorted(errors)))


def _counted(ours: Sequence[Figure], gold: Sequence[Label], neutral: Sequence[Label], shift: int) -> list[Figure]:
    """Our figures that are scored: of one incident, and not standing on words alone that are in neither score."""
    return [f for f in ours if f.scope not in BEYOND and (
        any(_overlaps(f, g, shift) for g in gold) or not any(_overlaps(f, n, shift) for n in neutral))]


def _matched(ours: Sequence[Figure], gold: Sequence[Label], shift: int) -> list[tuple[Figure, Label]]:
    """Right figures, each label and each of ours once; of several that overlap the one with the right speaker."""
    pairs = sorted((not same_speaker(a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(gold)
                   if _is_figure(a, b, shift))
    used: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in used and j not in used.values():
            used[i] = j
    return [(ours[i], gold[j]) for i, j in used.items()]


def same_speaker(ours: Figure, theirs: Label) -> bool:
    told = [name for name in (theirs["speaker"], theirs.get("speaker_named")) if name]
    parts = (part for speaker in ours.speakers for part in (speaker.person, speaker.office, speaker.organisation))
    said = [name for name in (ours.speaker, *parts) if name]
    if not told or not said:
        return not told and not said
    return bool(heads(told) & heads(said))


def heads(names: Iterable[str]) -> set[str]:
    """The head word of each part between commas: "the director of the Observatory, Rami Varela" -> director, varela."""
    found = set()
    for name in names:
        for part in name.split(","):
            words = _WORD.findall(fold(_TAIL.sub("", part.replace("'s", ""))))
            if words:
                found.add(words[-1])
    return found


def _figure_errors(
    one: Read, ours: Sequence[Figure], gold: Sequence[Label], matched: Sequence[tuple[Figure, Label]]
) -> Iterator[str]:
    hit = {id(a) for a, _ in matched}, {id(b) for _, b in matched}
    for a, b in matched:
        if not same_speaker(a, b):
            yield f"speaker {one.label['id']} {a.words}: {a.speaker} for {b['speaker']}"
    for figure in ours:
        if id(figure) not in hit[0]:
            yield f"extra   {one.label['id']} {figure.words} {figure.effect} {figure.low}-{figure.high} ({figure.scope})"
    for label in gold:
        if id(label) not in hit[1]:
            yield f"missing {one.label['id']} {label['effect']} {label['low']}-{label['high']} at {label['start']}"


BENCHES = {
    "syria-grouping": Bench("syria-grouping", GOLD, "incidents told as news", run_grouping),
    "syria-figures": Bench("syria-figures", GOLD, "figures", run_figures),
}
