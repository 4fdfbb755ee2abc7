"""What the desk's page about the data shows, packaged: `python -m tools.package_about` after bench/RESULTS.md, NOTICE or
docs/safety.md changed. A test compares. `python -m bench NAME --write` does it of itself.

The figures of the bench are taken from bench/RESULTS.md as they stand there; only those of FIGURES are shown, with words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from tools import checksums

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/RESULTS.md"
OUT = ROOT / "src/dateline/data/about"
COPIED = {"NOTICE": "notice.txt", "docs/safety.md": "safety.md"}
# bench -> figure -> what it measures, in words that a reader of the desk knows
FIGURES: dict[str, dict[str, str]] = {
    "datelines": {"all": "Place, day and agency at the head of a report, all three right"},
    "muc4-when-where": {"date": "Day of an incident, told in news of Latin America (half points for near misses)",
                        "location": "Place of an incident, in the same news"},
    "muc4-roles": {"f1": "Perpetrators, targets, victims and weapons named in the same news (F1)"},
    "gva-tolls": {"killed_exact": "Dead of a shooting, from its reports, exactly right",
                  "injured_exact": "Injured of a shooting, exactly right"},
    "gva-grouping": {"b3_f1": "Which reports tell of the same shooting (B-cubed F1)"},
    "syria-grouping": {"b3_f1": "Which reports tell of the same incident, war in Syria (B-cubed F1)"},
    "syria-figures": {"figure_f1": "Figures with effect, bounds and speaker, war in Syria (F1)",
                      "speaker_right": "Of the right figures that name a speaker, those with the right one"},
    "conflict-places": {"within_50km": "Points given to places as conflict reports write them, within 50 km",
                        "resolved": "Such places that are given a point at all"},
    "group-statements": {"f1": "What sentences state of armed groups (F1)"},
}
_ROW = re.compile(r"^\| `([^`]+)` \| ([-\d.]+)", re.M)
_SECTION = re.compile(r"^## (\S+)\n\n(.*?)\n(.*?)(?=^## |\Z)", re.M | re.S)


def scores_of(page: str) -> list[dict[str, object]]:
    """Name of the bench, its data, what is measured, and the figure, of each of FIGURES that the page has."""
    found: list[dict[str, object]] = []
    for name, data, body in _SECTION.findall(page):
        values: Mapping[str, str] = dict(_ROW.findall(body))
        found += [{"bench": name, "data": data.partition(", ")[2] or data, "words": words, "value": float(values[figure])}
                  for figure, words in FIGURES.get(name, {}).items() if figure in values]
    return found


def packaged() -> dict[str, str]:
    """Name of a packaged file -> its text."""
    page = RESULTS.read_text(encoding="utf-8")
    copied = {to: (ROOT / path).read_text(encoding="utf-8") for path, to in COPIED.items()}
    return {"scores.json": json.dumps(scores_of(page), ensure_ascii=False, indent=1) + "\n", **copied}


def main() -> None:
    """Write the packaged files, and their checksums."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in packaged().items():
        (OUT / name).write_text(text, encoding="utf-8")
    checksums.main()


if __name__ == "__main__":
    main()
