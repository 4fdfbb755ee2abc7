"""Finding a person's name in running text and in addresses, however it is capitalised, accented, broken or hyphenated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from dateline.reconcile.words import word_set

BLANK = "\u2588"                  # as many as the name has letters, so that offsets into the report stay true
SHORTEST_PART = 3                 # letters of a name's word that is looked for where it stands alone
SHORTEST_PIECE = 4                # of a word within a hyphenated one, and of one of a name without capitals
PARTICLES = word_set("abd abdul abdel abu al bin bint ibn umm da de del der di dos du el la las le los of ter und van von y")
# What the mention of a person holds beside the name: titles, kin, trades, days. "Mrs" alone is nobody's name.
NOT_NAMES = word_set("""
a an and the his her their its my our this that who whose with of in on at by for from to new old young late former one two three
mr mrs ms miss dr prof professor rev sir lady lord sheikh sheik mullah maulana imam father sister brother mother son daughter wife
husband uncle aunt cousin child children boy girl baby toddler infant teen teenager youth man men woman women male female people
person persons victim victims witness suspect suspects survivor resident neighbor neighbour friend student teacher farmer driver
worker nurse doctor journalist soldier soldiers police officer officers sheriff deputy sergeant sgt lieutenant lt captain capt
corporal cpl private pvt major colonel col general gen commander chief president minister governor mayor judge prosecutor attorney
lawyer spokesman spokeswoman official officials authorities investigators photo photos video image year years day days month week
january february march july september october november december monday tuesday wednesday thursday friday saturday sunday jan feb
sept oct nov dec hospital school university college church mosque county city department street road news
""")
MONTHS = frozenset({"april", "may", "june", "august"})         # names too; a day of the month stands beside the month
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\s_.,+'-]{0,3}"     # between the words of a name: a space, a line's end, what an address has there, or nothing
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02bb\u02be\u02bf`\u00b4"), "'")


def name_in(mention: str) -> str | None:
    """The name in the mention of a person ("48-year-old Selda Oarewyn", "Mrs Oarewyn"); None where it holds none.

    In a mention without any capital ("selda oarewyn", "سلدى") every word that is not of NOT_NAMES belongs to the name.
    """
    words = mention.split()
    has_capitals = any(word[:1].isupper() for word in words)

    def belongs(word: str) -> bool:
        letters = "".join(_WORD.findall(word))
        if not letters or any(c.isdigit() for c in letters) or fold(letters) in NOT_NAMES:
            return False
        return not has_capitals or not word[:1].islower() or fold(_WORD.findall(word)[0]) in PARTICLES

    while words and not belongs(words[0]):
        del words[0]
    while words and not belongs(words[-1]):
        del words[-1]
    return " ".join(words) if any(fold(word) not in PARTICLES for word in words) else None


def fold(text: str) -> str:
    return "".join(char for char, _ in _folded(text))


class Blanker:
    """Blanks `names` in text, and leaves `kept` names alone that share a word with them: "Port Verity", for Ana Verity."""

    def __init__(self, names: Iterable[str], kept: Iterable[str] = ()) -> None:
        private = sorted({name for name in names if _WORD.search(fold(name))}, key=len, reverse=True)
        self._small: set[str] = set()         # parts that are written small in the name itself
        parts: set[str] = set()
        for name in private:
            parts |= self._parts(name)
        full = [_anywhere(name) for name in private if len(_WORD.findall(fold(name))) > 1]
        self._full = _any_of(full)
        public = sorted({name for name in kept if len(_WORD.findall(fold(name))) > 1}, key=len, reverse=True)
        alone = [_anywhere(name) for name in public if not (self._full and self._full.search(fold(name)))]
        either = [f"(?P<{kind}>{'|'.join(found)})" for kind, found in (
            ("full", full), ("kept", alone), ("part", sorted(map(_anywhere, parts), key=len, reverse=True))) if found]
        self._all = _any_of(either)

    def _parts(self, name: str) -> set[str]:
        """The words of `name` that are looked for where they stand alone; the whole of a name of one word."""
        words, small = name.split(), not any(c.isupper() for c in name)
        if len(words) == 1:
            self._small |= {fold(name)} if small else set()
        parts = {fold(words[0])} if len(words) == 1 else set()
        for word in words:
            pieces = _WORD.findall(word)
            for piece in [word, *(pieces if len(pieces) > 1 else ())]:
                folded, caseless = fold(piece), piece.upper() == piece.lower()
                least = 2 if caseless else SHORTEST_PIECE if small or piece is not word else SHORTEST_PART
                is_one = small or caseless or not piece.islower()
                if is_one and len(folded) >= least and folded not in NOT_NAMES | PARTICLES:
                    parts.add(folded)
                    self._small |= {folded} if small else set()
        return parts

    def blank(self, text: str, *, parts: bool = True) -> str:
        """`text`, as long as it was, with the names blanked. parts: also single words of them."""
        pattern = self._all if parts else self._full
        return self._blank(text, pattern, any_case=False) if pattern else text

    def blank_address(self, address: str) -> str:
        """A path or URL with the names blanked, in small letters and percent-encoded too."""
        if self._all is None:
            return address
        spelled = unquote(address)
        blanked = self._blank(spelled, self._all, any_case=True)
        return address if blanked == spelled else blanked

    def _blank(self, text: str, pattern: re.Pattern[str], *, any_case: bool) -> str:
        folded, places = _folded_whole(text)
        if pattern.search(folded) is None:
            return text
        chars = list(text)
        for found in pattern.finditer(folded):
            start, end = places[found.start()], places[found.end() - 1] + 1
            if found.lastgroup == "kept" or (found.lastgroup == "part" and not self._is_name(text, start, end, any_case)):
                continue
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            chars[start:end] = [char if char.isspace() else BLANK for char in text[start:end]]
        return "".join(chars)

    def _is_name(self, text: str, start: int, end: int, any_case: bool) -> bool:
        """Whether a word of a name is one here too: "Rose" is and "rose" is not, "May" is and "May 5" is not."""
        word, before, after = text[start:end], text[max(start - 9, 0):start], text[end:end + 9]
        if fold(word) in MONTHS and (re.match(r"\.?\s+\d", after) or re.search(r"\d\s+$", before)):
            return False
        return any_case or not word.islower() or fold(word) in self._small


def _folded_whole(text: str) -> tuple[str, Sequence[int]]:
    """`text` folded, and for each letter of it the place in `text` that it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded = list(_folded(text))
    return "".join(char for char, _ in folded), [place for _, place in folded]


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """Small letters without accents and format characters, each with the place in `text` that it comes from."""
    for place, char in enumerate(text):
        if char.isascii():
            yield char.lower(), place
            continue
        for part in unicodedata.normalize("NFKD", char.translate(_DASHES).translate(_QUOTES)).casefold():
            if not unicodedata.combining(part) and unicodedata.category(part) != "Cf":
                yield part, place


def _anywhere(name: str) -> str:
    """A pattern for a folded name. Scripts without capitals also join words: no gap is asked for around them."""
    words = _WORD.findall(fold(name))
    pattern = _BETWEEN.join(map(re.escape, words))
    return pattern if any(c.upper() == c.lower() and c.isalpha() for c in name) else rf"(?<![^\W_]){pattern}(?![^\W_])"


def _any_of(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None
