"""How names are made comparable: case, accents, hyphens and apostrophes folded away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DROPPED = str.maketrans("", "", "'’‘`´ʻʼʿʾ\".“”")  # "Sana'a" = "Sanaa", "U.S." = "US"
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})
NOT_WORD = re.compile(r"[^\w]+|_+")


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
