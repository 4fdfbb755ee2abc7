"""A model's answer: JSON of a small shape of our own, held to it strictly. What it says of a report is not looked at here.

The whole is refused where it is no JSON object of ours; one account or one figure where the rest is sound.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from dateline.records.account import Effect, Role, Status, ToldAs
from dateline.records.kinds import KINDS

MOST_ACCOUNTS = 60                # of one answer: a report of more than that is a list, and the answer a model gone astray
LONGEST_QUOTE = 300               # characters; of a sentence
LONGEST_SENTENCE = 1500
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)                 # what some servers put before the answer
_FENCE = re.compile(r"\A```(?:json)?[ \t]*\r?\n(.*?)\r?\n?```\Z", re.DOTALL | re.IGNORECASE)

Quote = Annotated[str, Meta(min_length=1, max_length=LONGEST_QUOTE)]
Sentence = Annotated[str, Meta(min_length=1, max_length=LONGEST_SENTENCE)]
Several = Annotated[list[Any], Meta(max_length=30)]            # each is looked at by itself


class Unreadable(Exception):
    """The answer as a whole is refused; the message says why."""


class ToldFigure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """words: whom, with their number; fate: the words that say what became of them."""

    words: Quote
    effect: Effect
    fate: Quote
    speaker: Quote | None = None


class ToldActor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: Role
    words: Quote


class _Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account as it came, its parts not looked at yet."""

    kind: str
    status: Status
    told_as: ToldAs
    sentences: Annotated[list[Sentence], Meta(min_length=1, max_length=12)]
    act: Quote | None = None
    when: Quote | None = None
    where: Quote | None = None
    actors: Several = []
    targets: Several = []
    weapons: Several = []
    figures: Several = []
    private_names: Several = []


@dataclass(frozen=True, slots=True)
class ToldAccount:
    """An account as a model tells it: all its strings but kind, status and told_as are quotes, where they stand is not known."""

    kind: str
    status: Status
    told_as: ToldAs
    sentences: tuple[str, ...]    # that tell it
    act: str | None               # the words of the act
    when: str | None
    where: str | None
    actors: tuple[ToldActor, ...]
    targets: tuple[str, ...]      # things attacked
    weapons: tuple[str, ...]
    figures: tuple[ToldFigure, ...]
    private_names: tuple[str, ...]       # of victims, witnesses and private persons


@dataclass(frozen=True, slots=True)
class Answer:
    """given: accounts that the answer held, refused ones too; refused: why what was refused was, and how often."""

    accounts: tuple[ToldAccount, ...]
    given: int
    refused: Counter[str]


def read_answer(content: str) -> Answer:
    """What a model's message says. Raises Unreadable where it is no JSON object with a list of accounts and nothing else."""
    whole = read_json(_bare(content))
    if not isinstance(whole, dict) or whole.keys() != {"accounts"} or not isinstance(whole["accounts"], list):
        raise Unreadable('is JSON, but no object with a list "accounts" and nothing else')
    if len(whole["accounts"]) > MOST_ACCOUNTS:
        raise Unreadable(f"has {len(whole['accounts']):,} accounts, more than {MOST_ACCOUNTS}")
    refused: Counter[str] = Counter()
    accounts = [told for one in whole["accounts"] if (told := _account(one, refused)) is not None]
    return Answer(tuple(accounts), len(whole["accounts"]), refused)


def read_json(text: str | bytes) -> Any:
    """The value of `text`, strictly: an object in which a name stands twice becomes a value of no JSON type.

    Raises Unreadable for what is no JSON: also NaN, raw control characters in a string, nesting without end.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except RecursionError:
        raise Unreadable("is nested too deeply") from None
    except ValueError:                # also bytes that are no UTF-8, and numbers of thousands of digits
        raise Unreadable("is not JSON") from None


class _Twice:
    """An object in which a name stands twice: which of the two is meant, nobody can say."""


def _object(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Twice()


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _bare(content: str) -> str:
    """The message without thoughts before the answer and the fence of a code block around it."""
    bare = _THOUGHT.sub("", content, count=1).strip()
    fenced = _FENCE.match(bare)
    return fenced[1] if fenced else bare


T = TypeVar("T")


def _account(raw: Any, refused: Counter[str]) -> ToldAccount | None:
    given = _of_form(raw, _Given, "account", refused)
    if given is None:
        return None
    if given.kind not in KINDS:
        refused["account of an unknown kind"] += 1
        return None

    def each(several: list[Any], kind: Any, name: str) -> tuple[Any, ...]:
        return tuple(one for raw in several if (one := _of_form(raw, kind, name, refused)) is not None)

    return ToldAccount(
        given.kind, given.status, given.told_as, tuple(given.sentences), given.act, given.when, given.where,
        each(given.actors, ToldActor, "actor"), each(given.targets, Quote, "target"), each(given.weapons, Quote, "weapon"),
        each(given.figures, ToldFigure, "figure"), each(given.private_names, Quote, "name"))


def _of_form(raw: Any, kind: type[T], name: str, refused: Counter[str]) -> T | None:
    try:
        return msgspec.convert(raw, kind, strict=True)
    except (msgspec.ValidationError, RecursionError, TypeError):
        refused[f"{name} of another form"] += 1
        return None
