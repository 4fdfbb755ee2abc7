"""Other spellings of a group's name: another transliteration, no hyphens, capitals. Rules of the bench's own.

They are written from how newsrooms differ (BBC, AFP, Reuters, the UN), not from what the product folds together.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

HYPHENS = re.compile(r"\s*[-‐-―]\s*")
# a name is transliterated when it has an article or a word of these beginnings; English words in it stay as they are
ARTICLE = re.compile(r"\b(al|el|ul|ud|as|ash|an|ad|at|az|ar|e|i|wal|wa)\b[-' ]", re.IGNORECASE)
FOREIGN = re.compile(
    r"(abd|abu|adl|ahl|ahrar|ans[aho]|aqsa|asbat|ashaer|ayyaf|azzam|balaka|bayt|bekaa|bukhari|dawa|dawl|dzh|fat[ae]?h|"
    r"faylaq|gidar|hadi|hamas|hamza|haqqani|harak|hark|hay.?[ae]t|hez|hisb|hiz|houthi|hurras|islamiy|jab[ah]|ja[iy]sh|"
    r"jam[aei]|jema|jem|jhangvi|jih|jond|jund|kata|kavkaz|khal|khat|khil|khor|khur|kurd|lashk|liwa|moham|moj|moul|mour|"
    r"muham|muhaj|muj|murab|musl|muta|naqsh|nour|nur|nus|qa.?[ei]d|qaw|qayr|ramad|rash|riya|rij|sali|saraya|saya|selek|"
    r"shab|shar|shuh|suf|sunn|surya|tahr|tal[ei]ban|tanz|tari|tawh|tayy|tehr|thuw|toiba|usama|wila|zenki)", re.IGNORECASE)
LETTERS = (                       # (what is written, what another desk writes)
    (r"\bal(?=[- ])", "el"), (r"\bAl(?=[- ])", "El"), (r"\bal[- ](?=[Ss]h)", "ash-"), (r"\bul(?=[- ])", "al"),
    (r"-e-", "-i-"), (r"(?<=[a-z])-i-", "-e-"), (r"['’‘`ʻ]", ""), (r"[āáà]", "a"), (r"[ūú]", "u"), (r"[īí]", "i"),
    (r"q(?=[aeiouy])", "k"), (r"Q(?=[aeiouy])", "K"), (r"[ae]ei", "ai"), (r"aa", "a"), (r"ee", "i"), (r"oo", "u"),
    (r"ou", "u"), (r"iyy?ah?\b", "ia"), (r"ah\b", "a"), (r"ay(?=[a-z])", "ai"), (r"(?<=[a-z])aida\b", "aeda"),
    (r"dh", "d"), (r"(?<=[btzhkjmlr])e(?=[bzhdrklyj])", "i"), (r"(?<=[hkbtj])i(?=[zhbdklsr])", "e"), (r"v", "w"),
    (r"sh(?=[aeiou])", "ch"), (r"Sh(?=[aeiou])", "Ch"), (r"([bdlmnrstyz])\1", r"\1"),
    (r"(?<=[bdfgklmnrst])u(?=[bdfgklmnrst])", "o"), (r"(?<![Dd])j(?=[aeiu])", "dj"), (r"J(?=[aeiu])", "Dj"),
)
RULES = tuple((re.compile(written), into) for written, into in LETTERS)
MOST_CHANGES = 2                  # kinds of change in one name: a desk that changes everything writes another name


def spellings(name: str, turn: int) -> Iterator[tuple[str, str]]:
    """(kind, `name` in another spelling) for each kind that changes it. turn: which letters differ, so that names differ
    in different ways; the same turn gives the same spelling.

    >>> dict(spellings("Jaish-e-Nasr", 0))["no hyphens"]
    'Jaish e Nasr'
    """
    for kind, other in (("transliteration", transliterated(name, turn)), ("no hyphens", HYPHENS.sub(" ", name)),
                        ("capitals", name.upper())):
        if other != name:
            yield kind, other


def transliterated(name: str, turn: int) -> str:
    """`name` with up to MOST_CHANGES kinds of letters written as another desk does; as it is where it is no such name."""
    if not (ARTICLE.search(name) or FOREIGN.search(name)):
        return name
    changed, changes = name, 0
    for written, into in random.Random(turn).sample(RULES, len(RULES)):
        other = "".join(_word(word, written, into) for word in re.split(r"(\s+)", changed))
        if other != changed:
            changed, changes = other, changes + 1
        if changes == MOST_CHANGES:
            break
    return changed


def _word(word: str, written: re.Pattern[str], into: str) -> str:
    """The word with the rule applied, where it is no English one and no abbreviation."""
    foreign = FOREIGN.search(word) or re.fullmatch(ARTICLE.pattern + r".*", word + " ", re.IGNORECASE)
    return written.sub(into, word) if foreign and not word.isupper() else word
