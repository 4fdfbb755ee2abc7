"""What reports newly say of an armed group, who says so, and as of when: "A UN report puts the Vale Front at 1,500 to 2,200"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from dateline.publish.brief.sentences_lead import long_day
from dateline.publish.brief.sentences_speakers import Names, capital, group_name, listed, short, small, unnamed, with_article
from dateline.publish.names import BLANK
from dateline.publish.words import statement_words
from dateline.reconcile.words import fold
from dateline.records import GroupStatement
from dateline.records.briefing import Line

_AREA: Final = {"presence": "is present in", "control": "controls", "influence": "has influence in", "loss": "lost"}
_TIES: Final = {"ally": "an ally", "rival": "a rival", "parent": "a part", "split": "a group that split from"}


def statement_heading(statements: Sequence[GroupStatement], names: Names) -> str:
    """What is newly said of one group: "Vale Front: leader, strength"."""
    first = statements[0]
    known = names(first.group) if first.group else None
    told = dict.fromkeys(_ATTRIBUTES.get(one.attribute, one.attribute) for one in statements)
    return f"{capital(known or short(first.name, 60))}: {', '.join(told)}"


_ATTRIBUTES: Final = {
    "area": "where it is", "parent": "what it is part of", "split": "a split", "ally": "an ally", "rival": "a rival"}


def statement_line(statement: GroupStatement, speakers: tuple[str, ...], outlets: tuple[str, ...], names: Names,
                   written: date | None) -> Line:
    """One statement as a sentence. speakers: all who make it, as written; (): the reports themselves. written: the day of the
    report, so that a statement of another day says of which it is."""
    group = group_name(statement.group, names, statement.name)
    own = fold(group).removeprefix("the ")
    said = [with_article(small(short(unnamed(one)))) for one in speakers if BLANK not in one and own not in fold(one)]
    says_itself = bool(speakers) and not said and any(own in fold(one) for one in speakers)
    who = group if says_itself else listed(said) if said else listed(outlets) if outlets else "a report"
    verb = "said" if said or says_itself else "reported"
    of = "it" if says_itself else group
    return Line(capital(f"{_sentence(statement, of, who, verb, names)}{_as_of(statement, written)}."), outlets)


def _sentence(statement: GroupStatement, group: str, who: str, verb: str, names: Names) -> str:
    value, words = statement.value, short(statement_words(statement))
    named = _other(value, names)
    match statement.attribute:
        case "strength":
            count = strength_words(value)
            if not count:
                return f"{who} {verb} of the strength of {group}: {words}"
            of = "itself" if group == "it" else group
            return f"{who} gave {of} {count}" if count.startswith("at least") else f"{who} put {of} at {count}"
        case "leader" | "commander":
            return f"{who} named {words} as {statement.attribute} of {group}"
        case "ally" | "rival" if named:
            return f"{who} called {named} {_TIES[statement.attribute]} of {group}"
        case "parent" if named:
            return f"{who} called {group} a part of {named}"
        case "split" if named:
            return f"{who} {verb} that {group} split from {named}"
        case "area":
            return f"{who} {verb} that {group} {_AREA.get(str(value.get('sense')), 'is in')} {_place(value) or words}"
        case _:
            return f"{who} {verb} on the {statement.attribute} of {group}: “{words}”"


def strength_words(value: Mapping[str, Any]) -> str:
    """ "1,500 to 2,200 fighters", "at least 300 men"; made from the bounds, with no end closed that is open."""
    low, high, modifier = value.get("low"), value.get("high"), value.get("modifier")
    unit = short(str(value.get("unit") or "fighters"), 40)
    if low is None and high is None:
        return short(str(value.get("words") or ""), 60)
    if high is None:
        said = value.get("value")
        is_more = modifier == "more_than" and isinstance(said, int) and low == said + 1
        return f"more than {said:,} {unit}" if is_more else f"at least {low:,} {unit}"
    if low is None:
        return f"{'nearly' if modifier == 'nearly' else 'up to'} {high:,} {unit}"
    if low != high:
        return f"{low:,} to {high:,} {unit}"
    return f"{'about ' if modifier == 'about' else ''}{low:,} {unit}"


def _other(value: Mapping[str, Any], names: Names) -> str:
    group, name = value.get("group"), str(value.get("name") or "")
    return group_name(str(group) if group else None, names, name) if group or name else ""


def _place(value: Mapping[str, Any]) -> str:
    return short(str(value.get("text") or value.get("name") or ""), 60)


def _as_of(statement: GroupStatement, written: date | None) -> str:
    told = (statement.as_of.latest or statement.as_of.earliest or "")[:10]
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return f", as of {told}" if told and told.replace("-", "").isdigit() else ""
    return f", as of {long_day(day)}" if day != written or statement.attribute == "strength" else ""
