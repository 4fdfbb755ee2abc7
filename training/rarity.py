"""Makes src/dateline/data/rarity.tsv.gz: in how many incidents' reports each word stands.

    python -m training.rarity                # from the train parts in ../shared/bench; seconds, always the same result

Counts over MUC-4, WikiEvents, GVC, ECB+ and FA-KES (train parts), the reports on one incident counted once. A word is as
common as in the set where it is most common: "barrel" tells no incident of one war from another, though few wars know it.
Names of countries, peoples and armed groups that the sets hardly know are common for the same reason: in their own war every
report has them.
Words are stems as `dateline.reconcile.words` makes them. Words of one incident alone are left out: no victim's name ships,
and no text. The first line holds the number of incidents.

Of FA-KES the reports that reader b labelled (bench/gold/syria.jsonl) are left out, so that the bench can be looked at
without them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.extract.groups import country_words
from dateline.extract.register import load_register
from dateline.reconcile.words import stem, tokens
from dateline.where.place import one_list

BENCH = Path("../shared/bench")
LABELS = Path("bench/gold/syria.jsonl")
OUT = Path("src/dateline/data/rarity.tsv.gz")
IN_GROUPS = 2                     # incidents in whose reports a word must stand
FEWEST = 100                      # incidents of a set: of fewer its share of a word says little
HARDLY = 5                        # incidents: a name of fewer is of a war that is not in the sets
OF_A_WAR = 0.15                   # of incidents: the share of a name which a whole war's reports have

Text = tuple[str, str, str]       # (set, incident, text)


def texts() -> Iterator[Text]:
    """The train parts."""
    for row in _rows("muc4"):
        yield "muc4", row["doc_id"], row["text"]
    for row in _rows("wikievents"):
        yield "wikievents", row["id"], " ".join(row["tokens"])
    for row in _rows("gvc"):
        yield "gvc", row["incident_id"], f"{row['title'] or ''}\n{row['text']}"
    for row in _rows("ecbplus"):
        yield "ecbplus", f"{row['topic']}/{row['subtopic']}", " ".join(row["tokens"])
    labels = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    held_out = {label["id"] for label in labels if label["reader"] == "b"}
    for row in _rows("fakes"):
        if row["id"] not in held_out:
            yield "fakes", f"{row['date']}/{row['location']}", f"{row['title'] or ''}\n{row['text']}"


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(BENCH / name / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def names() -> set[str]:
    """Stems in the names of countries, peoples and armed groups; those that people bear too are left out."""
    groups = load_register().groups.values()
    given = [*country_words(), *(name for group in groups for name in (group.name, *(alias.name for alias in group.aliases)))]
    lists = one_list("person_names.toml")
    borne = {stem(word) for of in ("first", "family") for words in lists[of].values() for word in words.split()}
    return {stem(word) for name in given for word in tokens(name)} - borne


def table(given: Iterable[Text], known: Collection[str] = ()) -> str:
    """The number of incidents on the first line, then a word and its incidents a line, in the order of letters.

    known: stems of a war's names; where the sets hardly have them they are as common as OF_A_WAR.
    """
    words: dict[tuple[str, str], set[str]] = defaultdict(set)
    for of, incident, text in given:
        words[of, incident] |= {stem(word) for word in tokens(text) if not word.isdigit()}
    sizes = Counter(of for of, _ in words)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (of, _), told in words.items():
        for word in told:
            counts[word][of] += 1
    everything = len(words)

    def common(word: str) -> int:
        shares = [(count - 1) / sizes[of] for of, count in counts[word].items() if sizes[of] >= FEWEST]
        shares += [OF_A_WAR] if word in known and counts[word].total() < HARDLY else []
        return max([counts[word].total(), *(round(share * everything) for share in shares)])

    held = {word for word, count in counts.items() if count.total() >= IN_GROUPS}.union(known)
    lines = [f"{word}\t{common(word)}" for word in sorted(held)]
    return "\n".join([str(everything), *lines]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    # packed without a date, so that the same texts give the same file
    given.out.write_bytes(gzip.compress(table(texts(), names()).encode("utf-8"), 9, mtime=0))
    print(f"{given.out}: {given.out.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
