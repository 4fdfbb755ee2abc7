"""Numbers that count nobody: dates, times, ages, money, measures, names of weapons and roads, sections, scores."""

from __future__ import annotations

import re
from bisect import bisect_right

from dateline.numbers import DASHES, HYPHENS, TENS, UNITS, Token, lower_at, word_set

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s{{0,2}}(?:-|\u2013|,|and|to|or)\s{{0,2}}{_DAY}){{0,3}}"
_CURRENCY = (
    r"(?:dollars?|euros?|pounds?|afghanis?|rupees?|rials?|dinars?|shekels?|lira|liras|francs?|shillings?|naira|roubles?"
    r"|rubles?|hryvnias?|pesos?|yen|yuan|cents?|birr|usd|eur|gbp|cfa)\b"
)
_AMOUNT = r"[0-9][0-9,.]{0,20}"

# Each pattern is linear: no repeat holds another that can match the same characters.
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in (
    rf"\b{_DAYS}(?:\s{{1,2}}of)?\s{{1,2}}{MONTH}(?!\s+(?:have|be|not)\b)(?:,?\s{{1,2}}(?:[0-9]{{4}}\b|[0-9]{{2}}\b(?!\s*[a-z])))?",
    rf"\b{MONTH}\s{{1,2}}{_DAYS}\b(?:,?\s{{1,2}}(?:19|20)[0-9]{{2}}\b)?",
    rf"\b{MONTH},?\s{{1,2}}(?:of\s)?(?:1[5-9]|20)[0-9]{{2}}\b",
    r"\b[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}\b",                                # 2018-01-27, 27/1/2018
    r"\b[0-9]{1,4}/[0-9]{1,4}\b",                                                   # 9/11, 24/7, 2017/18
    r"\b[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?\s?(?:[ap]\.?m\b|hours|hrs|gmt|local)", # 9.30 am
    r"\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b",
    r"\b[0-9]{1,2}\s?(?:[ap]\.m|[ap]m\b|o['\u2019]clock)",
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s(?:[ap]\.m|[ap]m\b|o['\u2019]clock)",
    r"\b(?:[01][0-9]|2[0-4])[0-5][0-9]\s?(?:hours|hrs|h\b|gmt|utc|z\b|local|ist\b)",
    r"\bat\s(?:about\s|around\s)?(?:[01][0-9]|2[0-3])[0-5][0-9]\b(?!\s[a-z]+s\b)",
    rf"(?:[$\u20ac\u00a3\u00a5\u20b9]|\b(?:usd|eur|gbp|rs\.?|us\$)\s?)\s?{_AMOUNT}(?:\s(?:thousand|million|billion|lakh|crore|m|bn))?",
    rf"\b{_AMOUNT}\s?%",
    r"\b[0-9]{3}-[0-9]{3,4}-[0-9]{4}\b|\([0-9]{2,4}\)\s?[0-9]{3,4}[- ][0-9]{3,4}\b",         # 555-123-4567
    r"\+[0-9][0-9 -]{7,18}[0-9]",                                                   # +93 70 123 4567
    r"[(\[][0-9]{1,3}[)\]]",                                                        # (24), [3], thirteen (13)
    r"\b(?:image|photo|picture|slide)\s[0-9]{1,3}\s(?:of\s/\s|of\s|/\s?)[0-9]{1,3}\b",  # Image 1 of 6: a gallery's counter
    r"^[ \t]{0,8}[0-9]{1,3}[.)](?=\s)",                                             # a numbered paragraph
    r"\b(?:articles?|sections?|chapters?|resolutions?|flight|highway|route|paragraph|clause|no\.|number)\s[0-9]{1,5}\b(?:\sand\s[0-9]{1,5}\b)?(?!,[0-9])",
    r"(?-i:\b(?:Road|Area|Type|Mark|Mk|Unit|Block|Phase|Page|Room|Gate|Terminal|Channel|No|Zone|Sector|Bus|Line|Level"
    r"|Category|Class|Case|Order|Law|Decree|Checkpoint|Camp|Exhibit|Annex|Figure|Table|Form|Part|Vol\.?|Grade|Division"
    r"|Battalion|Brigade|AK|RPG|M|T|F|S|Su|MiG|Mi|BM|BTR|BMP|Tu|UH|AH|MQ)\s[0-9]{1,4}\b(?!,[0-9]))",
    r"(?-i:\b[0-9]{1,3}\s(?:Brigade|Division|Corps|Squadron|Regiment|Battalion)\b)",
    r"(?-i:\b[0-9]{1,5}\s[A-Z][a-z]{1,20}\s(?:Street|Road|Avenue|Boulevard)\b)",
    r",\s(?:also|both|now|then|aged?)\s[0-9]{1,3}(?=\s?[,.;)])",                      # "Orla Venn, also 18,"
    r"\b[1-9]0['\u2019]s\b",                                                          # "in his 20's"
    r"\bone\s[0-9]{1,2},?\sand\s(?:the\s)?(?:other|another)\s[0-9]{1,2}\b",          # "two men, one 17 and the other 21"
    r"\b[0-9]{1,2}\s?-\s?0\b",                                                      # a score
))
_ADDRESS = re.compile(r"\S+")

_MEASURES = word_set(
    "km kms kilometre kilometres kilometer kilometers mile miles mi metre metres meter meters m yard yards yd "
    "feet foot ft inch inches cm centimetre centimetres centimeter centimeters mm millimetre millimetres "
    "millimeter millimeters calibre caliber hectare hectares acre acres ton tons tonne tonnes kg kgs kilo kilos "
    "kilogram kilograms kilogramme kilogrammes gram grams lb lbs litre litres liter liters gallon gallons barrel "
    "barrels degree degrees mph kph knots volts watts megawatts mw gb mb second seconds minute minutes min mins "
    "hour hours hr hrs day days night nights week weeks weekend weekends fortnight month months year years yrs "
    "decade decades century centuries morning mornings afternoon evening evenings summer winter percent pc "
    "percentage times gmt utc o'clock hours' days' weeks' months' years' day's week's month's year's hour's"
)
_CURRENCY_WORD = re.compile(_CURRENCY)
_BEFORE_MEASURE = word_set(
    "more other consecutive straight long whole full square cubic nautical metric further additional past last "
    "calendar of different separate successive short statute"
)
_FRACTIONS = word_set(
    "half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh eighth eighths "
    "ninth tenth tenths"
)
_HYPHENED_PEOPLE = frozenset(("strong", "member", "man", "person", "plus", "odd", "people"))
_AGE_BEFORE = frozenset(("aged", "age", "ages"))
_AGE_FILLERS = frozenset(("of", "about", "around", "only", "between", "from", "just", "was", "is"))
_YOUNG_OR_OLD = frozenset(("children", "minors", "boys", "girls", "those", "anyone", "kids", "men", "women", "youths"))
_YEAR_BEFORE = word_set(
    "in since during until till by before after from of the early late mid through throughout year spring summer "
    "autumn fall winter election elections"
)
_TIME_PREPOSITIONS = word_set("in since during until till by before after from early late")
_PART_AFTER = frozenset(("including", "mostly", "among", "most", "some", "all"))   # "in Port Verity, 13, including ..."
_ONE_BEFORE = word_set("the this that which another every each any no some former latter last first next")
_ONE_AFTER = word_set(
    "of another can could should must would might may cannot time hand thing point side such day who reason way "
    "by 's after step eye word"
)
_COUNTED_AFTER = word_set(
    "people killed wounded injured dead displaced men women children police troops civilians were have had others "
    "personnel and more or of"
)


def excluded_spans(text: str) -> list[tuple[int, int]]:
    """Stretches of `text` whose numbers count nobody, sorted and apart: dates, times, money, labels, addresses."""
    found = [match.span() for pattern in _PATTERNS for match in pattern.finditer(text)]
    for match in _ADDRESS.finditer(text):
        chunk = match.group()
        if "://" in chunk or "@" in chunk or chunk.startswith("www."):
            found.append(match.span())
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def covers(spans: list[tuple[int, int]], position: int) -> bool:
    """Whether one of the sorted `spans` holds the character at `position`."""
    index = bisect_right(spans, (position, float("inf"))) - 1
    return index >= 0 and spans[index][0] <= position < spans[index][1]


def is_part_of_a_name(text: str, tokens: list[Token], first: int, end: int) -> bool:
    """Whether tokens[first:end] belong to a longer word or name: "AK-47", "9mm", "17-year-old", "Air Force One"."""
    start, stop = tokens[first].start, tokens[end - 1].end
    return _is_glued_before(text, start) or _is_glued_after(text, tokens, end, stop) or _is_capitalised_name(
        text, tokens, first, start, stop)


def _is_glued_before(text: str, start: int) -> bool:
    before, before_that = text[start - 1: start], text[start - 2: start - 1] if start > 1 else ""
    if before in HYPHENS:
        return before_that.isalnum()
    if before == ".":
        return before_that.isdigit() or before_that.isspace()      # "3.5", ".50"
    if before in {"'", "\u2019"}:
        return not before_that.isspace()                            # a quotation may open before a number
    return before.isalnum() or before in {"_", "#"}


def _is_glued_after(text: str, tokens: list[Token], end: int, stop: int) -> bool:
    if text[stop: stop + 1].isalnum() or text[stop: stop + 1] in {"_", "/"}:
        return True
    if lower_at(tokens, end) not in HYPHENS or tokens[end].start != stop:
        return False
    # "20-strong" counts people, "17-year-old" and "82-mm" do not
    return text[stop + 1: stop + 2].isalpha() and lower_at(tokens, end + 1) not in _HYPHENED_PEOPLE


def _is_capitalised_name(text: str, tokens: list[Token], first: int, start: int, stop: int) -> bool:
    """Whether a spelled number ends a name: it and the word before are capitalised, and begin no sentence."""
    if first < 2 or tokens[first].kind != "word" or not tokens[first].title or text[start:stop].isupper():
        return False
    before = tokens[first - 1]
    return before.kind == "word" and before.title and before.end == start - 1 and tokens[first - 2].kind == "word"


def is_measure(tokens: list[Token], end: int) -> bool:
    """Whether the number before tokens[end] measures: "15 kilometres", "two more weeks", "three and a half years"."""
    index = end
    next_three = [lower_at(tokens, index + step) for step in range(3)]
    if next_three == ["and", "a", "half"] or next_three[:2] == ["per", "cent"]:
        return True
    if next_three[0] in _FRACTIONS or (next_three[0] in HYPHENS and next_three[1] in _FRACTIONS):
        return True
    for _ in range(3):
        word = lower_at(tokens, index)
        if word in _MEASURES or _CURRENCY_WORD.fullmatch(word):
            return True
        if word not in _BEFORE_MEASURE:
            return False
        index += 1
    return False


def is_age(tokens: list[Token], first: int, end: int, value: int) -> bool:
    """Whether the number is an age: "aged 24", "Salim Dar, 24, said", "children under 15"."""
    if value > 120:
        return False
    index = first - 1
    for _ in range(3):
        word = lower_at(tokens, index)
        if word in _AGE_BEFORE:
            return True
        if word not in _AGE_FILLERS:
            break
        index -= 1
    before = lower_at(tokens, first - 1)
    if before in {"under", "over", "below", "above"} and lower_at(tokens, first - 2) in _YOUNG_OR_OLD:
        return True
    apposed = before == "," and end - first == 1 and tokens[first].kind == "digits" and first >= 2
    if not apposed or tokens[first - 2].kind != "word" or lower_at(tokens, end) not in {",", ".", ";", ")"}:
        return False
    if lower_at(tokens, end) == "," and lower_at(tokens, end + 1) in _PART_AFTER:
        return False
    return tokens[first - 2].title or lower_at(tokens, end) == ","


def is_year(tokens: list[Token], first: int, end: int, value: int, modified: bool) -> bool:
    """Whether bare digits are a year: 1800-2099 without a comma, unless people follow and no "in" goes before."""
    token = tokens[first]
    if token.kind != "digits" or end - first != 1 or token.end - token.start != 4 or not 1800 <= value <= 2099:
        return False
    following, before = lower_at(tokens, end), lower_at(tokens, first - 1)
    counted = following in _COUNTED_AFTER - {"and", "or", "of", "more", "have", "had", "were"} or (
        following.endswith("s") and following.isalpha() and following not in {"was", "is", "has", "as", "'s"})
    return not counted or (not modified and before in _YEAR_BEFORE)


def follows_a_time_preposition(tokens: list[Token], index: int) -> bool:
    """Whether tokens[index] comes after "since", "in", ...: "since at least 2014" tells a year."""
    return lower_at(tokens, index - 1) in _TIME_PREPOSITIONS


def is_pronoun_one(tokens: list[Token], first: int) -> bool:
    """Whether "one" at tokens[first] counts nothing: "one of", "one another", "the one", "one can"."""
    before = lower_at(tokens, first - 1)
    following = lower_at(tokens, first + 1)
    return before in _ONE_BEFORE or following in _ONE_AFTER or (before == "by" and lower_at(tokens, first - 2) == "one")


def continues_a_list_of_ages(tokens: list[Token], last_age_end: int, first: int) -> bool:
    """Whether only ",", "and", "or", "to", "-" stand between an age and tokens[first]: "aged 10, 12 and 14"."""
    between = [token.lower for token in tokens[last_age_end:first]]
    return 0 < len(between) <= 2 and all(word in {",", "and", "or", "to", *DASHES} for word in between) and (
        tokens[first].kind == "digits" or tokens[first].lower in UNITS or tokens[first].lower in TENS)
