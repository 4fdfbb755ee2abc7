"""Accounts made up for the benches of MUC-4: what a case does not care about is filled in."""

from __future__ import annotations

from typing import Any

from dateline.records import Account, Actor, AsOf, Figure, Span, Target, Weapon, When, Where, span_of

NOWHERE = Where(None, None, None, None, None, None, None, None, None, None, None, (), ())
NO_DAY = When(None, None, False, None, None, (), None, "unknown", None, None, ())


def said(words: str, text: str | None) -> tuple[Span, ...]:
    """Where `words` first stand in `text`; nowhere where there is no text."""
    if text is None:
        return ()
    start = text.index(words)
    return (span_of(text, start, start + len(words)),)


def an_actor(role: str, words: str, text: str | None = None, **given: Any) -> Actor:
    fields: dict[str, Any] = {"id": "a1", "person": None, "organisation": None, "group": None, "type": None, "country": None,
                              "certainty": "stated", "evidence": said(words, text)}
    return Actor(role=role, text=words, **(fields | given))  # type: ignore[arg-type]


def a_target(words: str, text: str | None = None, **given: Any) -> Target:
    fields: dict[str, Any] = {"type": None, "number": None, "effect": None, "evidence": said(words, text)}
    return Target(words, **(fields | given))


def a_weapon(words: str, kind: str | None = None) -> Weapon:
    return Weapon(words, kind, ())


def a_figure(effect: str, number: int | None, **given: Any) -> Figure:
    fields: dict[str, Any] = {"id": "f1", "effect": effect, "who": None, "of": None, "side": "unknown", "low": number,
                              "high": number, "value": number, "modifier": "exact", "words": str(number),
                              "scope": "incident", "part_of": None,
                              "includes_attackers": None, "standing": "stands", "supersedes": (), "speaker": None, "speakers": (),
                              "as_of": AsOf(None, None), "evidence": ()}
    return Figure(**(fields | given))


def an_account(text: str | None = None, **given: Any) -> Account:
    """text: the one sentence that tells it."""
    fields: dict[str, Any] = dict.fromkeys(
        ("acts", "actors", "targets", "weapons", "affected", "figures", "responsibility", "occurrence", "sensitive"), ())
    fields |= {"id": "A1", "report": "R1", "kind": "attack", "status": "happened", "told_as": "news", "nature": "political",
               "headline": "", "when": NO_DAY, "where": NOWHERE, "evidence": said(text, text) if text else ()}
    return Account(**(fields | given))
