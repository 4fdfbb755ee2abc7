"""Find the words of a report that name an armed group of the register. The longest name wins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from dateline.extract.document import Document, GroupMention
from dateline.extract.group_context import PEOPLE, called_a_group, choose, is_a_tie
from dateline.extract.group_spelling import forms_of, joined, key_of, spoken_word, word_key
from dateline.extract.register import Name, Register, load_register
from dateline.letters import letters_of
from dateline.where.names import fold
from dateline.where.place import one_list

__all__ = ["Register", "find_groups", "load_register"]

WORD = re.compile(r"[^\W_]+(?:[.'’`][^\W_]+)*")
GAP = re.compile(r"[ \t\n\r.,:&/()'’`‐-―-]{0,6}")  # what may stand between two words of one name
CLOSED = re.compile(r"[^()]*\)")  # a bracket that opened before the name: "(IS) group" names IS
SENTENCE_END = re.compile(r"[.,]\s|:\s*\n")
LONGEST_NAME = 24  # words, linking ones too
BESIDE = re.compile(r",?\s{0,2}[\[(]?\s?[\"“”']?")
SHORT = re.compile(r"\s{0,2}\(\s?[\"“']?([A-Z][A-Za-z0-9]{0,7}(?:[-/][A-Za-z0-9]{1,4})?)[\"”']?\s?[),;]")
UPPER_TEXT = 0.7  # share of capitals from which on the case of letters says nothing; a heading alone stays below
SAMPLE = 1500  # characters
LOWER_TEXT = 0.002  # share of capitals up to which a text is taken as written in small letters throughout


class _Word(NamedTuple):  # a tuple: a report has thousands
    start: int
    end: int
    key: str


class _Case(NamedTuple):
    """How a text is written: its share of capitals, and the same text re-cased; "": it was not."""

    capitals: float
    recased: str


def find_groups(document: Document, register: Register) -> None:
    """Add a GroupMention to `document.groups` for each name of an armed group, in the order of the text."""
    text = document.report.text
    words = _words(text)
    capitals = share_of_capitals(text)
    recased = document.spacy.text if capitals >= UPPER_TEXT and document.spacy is not None else ""
    case = _Case(capitals, recased if len(recased) == len(text) else "")
    found = list(_matches(text, words, [text[word.start : word.end] for word in words], register, case))
    sure = all(len(names) == 1 and names[0].plain for _, _, names in found)
    countries = Counter() if sure else _countries(document, words)
    named = Counter(names[0].group for _, _, names in found if len(names) == 1 and names[0].plain)
    day = document.report.written.latest
    mentions = []
    defined: dict[str, str] = {}
    for place, (first, last, names) in enumerate(found):
        start, end = words[first].start, _end(text, words[last])
        written = text[start:end]
        told = False
        if len(names) > 1 and place + 1 < len(found) and BESIDE.fullmatch(text, end, words[found[place + 1][0]].start):
            beside = {name.group for name in found[place + 1][2]}  # "People's Liberation Army (EPL)": which of them it is
            names = tuple(name for name in names if name.group in beside) or names
            told = len(names) == 1
        group = defined.get(written)
        name = next((n for n in names if n.group == group), None)
        if group is None:
            # in a text of capitals, "CARTEL PLAN" calls no group
            context = not all(n.plain or (n.exact and capitals >= UPPER_TEXT) for n in names)
            context = told or (context and called_a_group(text, start, end))
            name = choose(names, countries, named, day, context=context)
        if group is None and name is None:
            continue
        following = words[last + 1] if last + 1 < len(words) else None
        members = (name is not None and name.members) or (
            following is not None and following.key in PEOPLE and following.start - end <= 2
        )
        mentions.append(GroupMention(start, end, written, group or (name.group if name else ""), members))
        short = SHORT.match(text, end)
        if short and _stands_for(short[1], written):
            defined[short[1]] = mentions[-1].group
    taken = sorted((m.start, m.end) for m in mentions)
    for written, group in defined.items():
        mentions += [m for m in _occurrences(text, written, group) if not _overlaps(m, taken)]
    mentions = [replace(m, country=register.only_country(m.group), tie=is_a_tie(text, m.start, m.end)) for m in mentions]
    document.groups.extend(sorted(mentions, key=lambda m: m.start))


def names_a_group(text: str, register: Register) -> bool:
    """Whether a name of the register's groups seems to stand in the text, before any parse.

    What may be a people or a common word is none; a name that needs its country counts without it.
    """
    words = list(WORD.finditer(text))
    written = [word.group() for word in words]
    found = _matches(text, _FewWords(words), written, register, _Case(share_of_capitals(text), ""))
    return any(not name.called for _, _, names in found for name in names)


def _words(text: str) -> list[_Word]:
    return [_word(m) for m in WORD.finditer(text)]


def _word(m: re.Match[str]) -> _Word:
    return _Word(m.start(), m.end(), word_key(m.group()))


class _FewWords(Sequence[_Word]):
    """The same, each made when it is asked for: of a text that names no group few are."""

    def __init__(self, found: list[re.Match[str]]) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, at: Any) -> Any:
        return _word(self._found[at])


def _matches(
    text: str, words: Sequence[_Word], written: list[str], register: Register, case: _Case
) -> Iterator[tuple[int, int, tuple[Name, ...]]]:
    """(first word, last word, names) of every longest name, none overlapping another."""
    after = 0
    for at, begins in enumerate(map(register.begins.__getitem__, written)):
        if begins is None or at < after:
            continue
        longest = None
        if begins.alone or (begins.plain and at + 1 < len(written) and register.goes_on(written[at], written[at + 1])):
            longest = _longest(text, words, at, register, case)
        if begins.by_sound:
            spoken = _as_spoken(text, words, at, register)
            if spoken is not None and (longest is None or spoken[0] > longest[0]):
                longest = spoken
        if longest is not None:
            yield at, *longest
            after = longest[0] + 1


def _longest(
    text: str, words: Sequence[_Word], at: int, register: Register, case: _Case
) -> tuple[int, tuple[Name, ...]] | None:
    """(last word, names) of the longest name that begins at word `at`."""
    best, head = None, ""
    start = words[at].start
    for last in range(at, len(words)):
        word = words[last]
        if last > at and not _joined(text, words[last - 1].end, word.start):
            break
        for form in forms_of(word.key):
            names = register.names.get(head + form)
            if not names:
                continue
            written = text[start : word.end]
            recased = case.recased[start : word.end]
            fitting = {name.group: name for name in reversed(names) if _case_fits(name, written, case.capitals, recased)}
            if fitting and not CLOSED.match(written):
                best = last, tuple(reversed(fitting.values()))
                break
        head += word.key
        if head not in register.beginnings:
            break
        head += " "
    return best


def _as_spoken(text: str, words: Sequence[_Word], at: int, register: Register) -> tuple[int, tuple[Name, ...]] | None:
    """(last word, names) of the longest name that sounds so, written in another way and with capitals."""
    best, sounds = None, ""
    told: list[tuple[str, str]] = []
    small = set()  # words without a capital must stand in the name as they are
    for last in range(at, min(at + LONGEST_NAME, len(words))):
        word = words[last]
        if last > at and not _joined(text, words[last - 1].end, word.start):
            break
        sound = spoken_word(word.key)
        if not sound:
            continue
        if not text[word.start].isupper():
            small.add(word.key)
        told.append((word.key, sound))
        names = register.spoken.get(joined(told), ())
        fitting = tuple(name for name in names if small <= set(key_of(name.text).split(" ")))
        if fitting and not CLOSED.match(text[words[at].start : word.end]):
            best = last, fitting
        sounds += sound
        if sounds not in register.spoken_beginnings:
            break
        sounds += " "
    return best


def _joined(text: str, start: int, end: int) -> bool:
    """Whether [start, end), between two words, leaves them words of one name: no full stop, no new sentence."""
    gap = text[start : end + 1]
    return len(gap) < 9 and GAP.fullmatch(gap, 0, len(gap) - 1) is not None and not SENTENCE_END.search(gap)


def _case_fits(name: Name, written: str, capitals: float, recased: str = "") -> bool:
    """An abbreviation must have its capitals, a name one of them, where the text tells capitals from small letters."""
    letters = re.sub(r"[^A-Za-z0-9]", "", name.text)
    if capitals >= UPPER_TEXT:
        # "IS", "AA" and "LET" are words there; "ELN" is none, and re-casing kept its capitals
        return len(letters) > 3 or not name.exact or re.sub(r"[^A-Za-z0-9]", "", recased) == letters
    if capitals <= LOWER_TEXT:
        return len(letters) > 3 and (not name.exact or not name.needs)
    if name.exact:
        plain = re.sub(r"['’]s$", "", written)
        shown = re.sub(r"[^A-Za-z0-9]", "", plain)
        # "LEJ" for LeJ needs its country, because in capitals some are words
        return shown == letters or plain == name.text + "s" or (bool(name.needs) and shown == letters.upper())
    if name.text.upper() == name.text.lower():
        return True  # a script without capitals
    return name.text.islower() or any(part[:1].isupper() for part in re.split(r"[\s\-‐-―]+", written))


def _countries(document: Document, words: list[_Word]) -> Counter[str]:
    """How often each country, or its people, is named."""
    index = country_words()
    votes: Counter[str] = Counter()
    for at, word in enumerate(words):
        pair = f"{word.key} {words[at + 1].key}" if at + 1 < len(words) else ""
        for key in (pair, *forms_of(word.key)):
            if key in index:
                votes[index[key]] += 1
                break
    if document.report.dateline is not None and document.report.dateline.place:
        for part in re.split(r"[,\[\]()]", document.report.dateline.place):
            if fold(part) in index:
                votes[index[fold(part)]] += 1
    return votes


@cache
def country_words() -> dict[str, str]:
    """Folded names of countries and their peoples -> alpha-2."""
    import pycountry

    index = {}
    for country in pycountry.countries:
        index[fold(country.name.split(",")[0])] = country.alpha_2
    places, demonyms = one_list("places.toml"), one_list("demonyms.toml")
    for code, names in (*places["country_names"].items(), *demonyms["demonyms"].items()):
        for name in names:
            index[fold(name)] = code
    for short in ("us", "car"):  # also the pronoun, also the vehicle
        index.pop(short, None)
    return index


def _stands_for(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in their order, its first letter first: "(AFB)", not "(AFP)"."""
    letters = iter(fold(long).replace(" ", ""))
    wanted = fold(short).replace(" ", "")
    return sum(c.isupper() for c in short) >= 2 and len(wanted) < len(long) and all(c in letters for c in wanted)


def _occurrences(text: str, written: str, group: str) -> Iterator[GroupMention]:
    for match in re.finditer(rf"(?<![\w-]){re.escape(written)}(?![\w-])", text):
        following = WORD.match(text, match.end() + 1)
        yield GroupMention(
            match.start(), match.end(), written, group, following is not None and following[0].lower() in PEOPLE
        )


def _overlaps(mention: GroupMention, taken: list[tuple[int, int]]) -> bool:
    """Whether one of `taken`, sorted and apart from each other, shares a character with the mention."""
    at = bisect_left(taken, (mention.end, 0))
    return at > 0 and taken[at - 1][1] > mention.start


def _end(text: str, word: _Word) -> int:
    """The end of a name without the genitive: "Taliban's" names the Taliban."""
    return word.end - 2 if text[word.end - 2 : word.end] in ("'s", "’s") else word.end


def share_of_capitals(text: str) -> float:
    """Share of capitals among the letters of the text's beginning: it is written alike throughout."""
    upper, lower, _ = letters_of(text[:SAMPLE])
    return upper / (upper + lower) if upper + lower else 0.0
