"""How names are made comparable: case, accents, hyphens and apostrophes folded away; which names may stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

DROPPED = str.maketrans("", "", "'’‘`´ʻʼʿʾ\".“”")  # "Sana'a" = "Sanaa", "U.S." = "US"
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})
NOT_WORD = re.compile(r"[^\w]+|_+")
ARABIC = frozenset([
    "AE", "BH", "DJ", "DZ", "EG", "ER", "IL", "IQ", "IR", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD",
    "SO", "SS", "SY", "TD", "TN", "YE",
])  # fmt: skip
ARTICLES = frozenset(["al", "el", "ad", "ar", "as", "at", "az", "an", "ash", "adh", "ath"])
UNIT_NOUNS = frozenset([
    "province", "region", "state", "district", "governorate", "county", "department", "oblast", "prefecture", "raion",
    "rayon", "cercle", "commune", "municipality", "woreda", "zone", "canton", "parish", "arrondissement", "division",
    "township", "territory", "subdistrict", "regency", "wilaya", "city", "kommune", "okrug",
])  # fmt: skip
UNIT_NOUNS_BEFORE = frozenset([
    "cercle", "commune", "departement", "departamento", "department", "provincia", "province", "provincie", "region",
    "estado", "state", "municipio", "district", "distrito", "muhafazat", "wilayat", "wilaya", "oblast", "arrondissement",
    "circonscription", "territoire", "canton", "concelho", "kabupaten", "kota", "nomos", "powiat", "okres", "landkreis",
    "kreis", "rayon", "raion",
])  # fmt: skip
OF = frozenset(["de", "del", "du", "des", "da", "do", "of"])


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """`name` in lower case, without accents and apostrophes, its words (hyphens part them) with one space between.

    >>> fold("Deir ez-Zor"), fold("Mocímboa da Praia"), fold("U.S.")
    ('deir ez zor', 'mocimboa da praia', 'us')
    """
    plain = name.translate(DROPPED)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(LETTERS))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return NOT_WORD.sub(" ", plain.lower()).strip()


def key_variants(key: str, country: str | None) -> Iterator[str]:
    """Other ways to write a folded Arabic name with its article: "al hol" -> "el hol" and, for longer names, without it."""
    first, _, rest = key.partition(" ")
    if country in ARABIC and first in ARTICLES and len(rest) > 3:
        yield f"al {rest}"
        yield f"el {rest}"
        if " " not in rest and len(rest) > 4:
            yield rest


def usable(name: str) -> bool:
    """Whether an alternate name may stand in English text: Latin letters, capitalised, no airport code."""
    return (
        len(name) > 3
        and name[0].isupper()
        and name[0].isascii()
        and not name.isupper()
        and name.isprintable()
        and (name.isascii() or max(name) < "ɐ" or fold(name).isascii())
    )


def bare(unit: str) -> str:
    """A unit's name without its place noun: "Gao Region" -> "Gao", "Cercle de Douentza" -> "Douentza"."""
    words = unit.split("[")[0].split(",")[0].replace("Local Government Area", "district").split()
    while len(words) > 1 and words[-1].lower().strip("'s") in UNIT_NOUNS:
        words.pop()
    if len(words) > 1 and fold(words[0]) in UNIT_NOUNS_BEFORE:
        rest = words[1:]
        if len(rest) > 1 and rest[0].lower() in OF:
            return " ".join(rest[1:])
        return rest[0].partition("'")[2] if rest[0][:2].lower() in ("d'", "l'") and len(rest) == 1 else " ".join(rest)
    return " ".join(words)
