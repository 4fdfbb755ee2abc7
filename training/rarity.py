"""Makes src/dateline/data/rarity.tsv.gz: in how many incidents' reports each word stands.

    python -m training.rarity                # from the train parts in ../shared/bench; seconds, always the same result

Counts over MUC-4, WikiEvents, GVC and ECB+ (train parts), the reports on one incident counted once. Words are stems as
`dateline.reconcile.words` makes them. Words of one incident alone are left out: no victim's name ships, and no text.
The first line holds the number of incidents.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.reconcile.words import stem, tokens

BENCH = Path("../shared/bench")
OUT = Path("src/dateline/data/rarity.tsv.gz")
IN_GROUPS = 2                     # incidents in whose reports a word must stand


def texts() -> Iterator[tuple[str, str]]:
    """(incident, text) of the train parts."""
    for row in _rows("muc4"):
        yield "m" + row["doc_id"], row["text"]
    for row in _rows("wikievents"):
        yield "w" + row["id"], " ".join(row["tokens"])
    for row in _rows("gvc"):
        yield "g" + row["incident_id"], f"{row['title'] or ''}\n{row['text']}"
    for row in _rows("ecbplus"):
        yield f"e{row['topic']}/{row['subtopic']}", " ".join(row["tokens"])


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(BENCH / name / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def table(given: Iterable[tuple[str, str]]) -> str:
    """The number of incidents on the first line, then a word and its incidents a line, in the order of letters."""
    words: dict[str, set[str]] = defaultdict(set)
    for group, text in given:
        words[group] |= {stem(word) for word in tokens(text) if not word.isdigit()}
    counts = Counter(word for known in words.values() for word in known)
    lines = [f"{word}\t{count}" for word, count in sorted(counts.items()) if count >= IN_GROUPS]
    return "\n".join([str(len(words)), *lines]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    # packed without a date, so that the same texts give the same file
    given.out.write_bytes(gzip.compress(table(texts()).encode("utf-8"), 9, mtime=0))
    print(f"{given.out}: {given.out.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
