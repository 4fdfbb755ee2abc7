"""How many letters of a text are capitals, counted without a look at each where they are ASCII: most are."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

_UPPER, _LOWER = ascii_uppercase.encode(), ascii_lowercase.encode()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Letters(NamedTuple):
    """Counts of characters."""

    upper: int
    lower: int
    all: int                      # those too that are neither, as in Arabic


def letters_of(text: str) -> Letters:
    """
    >>> letters_of("ÉLAN in Ürümqi, 3 km عن")
    Letters(upper=5, lower=9, all=16)
    """
    plain = text.encode("ascii", "ignore")
    upper, lower = (len(plain) - len(plain.translate(None, those)) for those in (_UPPER, _LOWER))
    if len(plain) == len(text):
        return Letters(upper, lower, upper + lower)
    others = _NOT_ASCII.findall(text)
    return Letters(upper + sum(map(str.isupper, others)), lower + sum(map(str.islower, others)),
                   upper + lower + sum(map(str.isalpha, others)))
