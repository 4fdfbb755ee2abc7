"""What is known of a word before any case is learnt: English words, places, armed groups, names of persons."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.extract.people_names import person_words
from dateline.where.place import one_list

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.where.gazetteer import Gazetteer

LARGE = 100_000                   # inhabitants of a city; the names of smaller ones are less often met than words alike
COUNTRIES_ONLY = 10**12           # inhabitants that no city has
LONGEST_NAME = 8                  # words of an armed group's name
ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"),
           ("ly", ""), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("ness", ""), ("est", ""))
PREFIXES = ("un", "re", "anti", "non", "counter", "over", "mis", "out", "multi", "inter", "para", "pre", "post", "semi", "sub")


@cache
def _fold_other(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.lower() or word


def fold_word(word: str) -> str:
    """`word` in small letters without accents."""
    return word.lower() if word.isascii() else _fold_other(word)


@dataclass(frozen=True)
class Knowledge:
    """Sets of folded words. spelled: names of armed groups of several words, folded -> as they are written."""

    verbs: frozenset[str]         # with adjectives and adverbs: words that are no names by themselves
    nouns: frozenset[str]         # names among them: "amman"
    regions: frozenset[str]       # of names of countries and provinces
    cities: frozenset[str]
    peoples: frozenset[str]       # "afghan"
    group_words: Mapping[str, str]    # "U": an abbreviation, "C": written with a capital, "l": small
    person_words: Mapping[str, str]   # "f": a first name, "l": a family name
    spelled: Mapping[str, Sequence[str]] = field(repr=False)
    beginnings: frozenset[str] = field(repr=False)

    def english(self, word: str) -> str:
        """ "v": English, and no noun alone; "n": a noun, or a name that the dictionary has among them; "-": not English."""
        if word in self.verbs:
            return "v"
        for ending, instead in ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2 and word[: -len(ending)] + instead in self.verbs:
                return "i"
        if word in self.nouns:
            return "n"
        if word[-1:] == "s" and (word[:-1] in self.nouns or word[:-2] in self.nouns):
            return "s"
        for prefix in PREFIXES:
            rest = word[len(prefix):] if word.startswith(prefix) else ""
            if len(rest) > 3 and (rest in self.verbs or rest in self.nouns):
                return "p"
        return "-"

    def places(self, word: str) -> str:
        if word in self.peoples or (word[-1:] == "s" and word[:-1] in self.peoples):
            return "4"
        return "3" if word in self.regions else "2" if word in self.cities else "0"

    def groups(self, word: str) -> str:
        return self.group_words.get(word, "0")

    def persons(self, word: str) -> str:
        return self.person_words.get(word, "0")

    def is_name(self, word: str) -> bool:
        """Whether only lists of names have the word."""
        return (word in self.cities or word in self.regions or word in self.group_words or word in self.person_words) and (
            word not in self.verbs)

    def in_full(self, words: Sequence[str]) -> dict[int, int]:
        """Index -> case of the words of armed groups' names of two words and more."""
        found: dict[int, int] = {}
        for i in [i for i, word in enumerate(words) if word in self.beginnings]:
            for count in range(min(LONGEST_NAME, len(words) - i), 1, -1):
                spelled = self.spelled.get(" ".join(words[i:i + count]))
                if spelled is not None:
                    found |= {i + k: _case(w) for k, w in enumerate(spelled)}
                    break
        return found


def _case(word: str) -> int:
    return 0 if word == word.lower() else 2 if word == word.upper() and len(word) > 1 else 1


def knowledge_of(register: Register, gazetteer: Gazetteer) -> Knowledge:
    """What the packaged lists, the register and the gazetteer know. Takes about a second."""
    from dateline.extract.nlp import pipeline
    from dateline.extract.truecase_tokens import WORD

    nlp = pipeline()
    verbs, nouns = _dictionary(nlp)
    group_words: dict[str, str] = {}
    spelled: dict[str, list[str]] = {}
    for names in register.names.values():
        for name in names:
            if name.called:
                continue  # common words, that are mostly no names
            words = WORD.findall(name.text)
            for w in words:
                case = "U" if w.isupper() and 1 < len(w) <= 6 and name.exact else "C" if w[0].isupper() else "l"
                group_words.setdefault(fold_word(w), case)
            if len(words) > 1 and not name.members and name.text.upper() != name.text:
                spelled.setdefault(" ".join(map(fold_word, words)), words)
    regions, places = gazetteer.words_of_known(COUNTRIES_ONLY), gazetteer.words_of_known(LARGE)
    demonyms = one_list("demonyms.toml")["demonyms"]
    peoples = frozenset(fold_word(word) for words in demonyms.values() for word in words if " " not in word)
    return Knowledge(verbs, nouns, frozenset(regions), frozenset(places - regions), peoples, group_words, person_words(), spelled,
                     frozenset(key.split(" ")[0] for key in spelled))


def _dictionary(nlp: Any) -> tuple[frozenset[str], frozenset[str]]:
    lookups = nlp.get_pipe("lemmatizer").lookups
    index, exceptions = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    verbs = set(nlp.Defaults.stop_words)
    for part in ("verb", "adj", "adv"):
        verbs.update(index.get(part, ()))
        verbs.update(exceptions.get(part, ()))
    nouns = set(index.get("noun", ())) | set(exceptions.get("noun", ()))
    return frozenset(verbs), frozenset(nouns - verbs)
