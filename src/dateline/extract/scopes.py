"""Words that tell what a count covers: one incident, many, a whole war, or those who died later."""

from __future__ import annotations

import re

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_WAR = "war|conflict|insurgency|uprising|crisis|unrest"
_TOOK = "killed|claimed|cost|left|taken|displaced|uprooted|forced|seen|driven"
_SINCE = rf"since (?:the |early |late |mid-?)*(?:(?:19|20)\d\d|{_MONTHS})"
_LATELY = (r"in the (?:past|last) (?:day|24 hours|\d+ hours|\w+ days)|so far this (?:year|month)|this year alone|over the years|"
           r"(?:in|over|during) the (?:past|last|previous) (?:\w+ )?(?:years?|months?|decades?|weeks)|"
           r"in recent (?:years|months|weeks)")
_THIS_YEAR = r"(?:shot|killed|wounded|injured|died)(?: \w+){0,3} this year|at this (?:time|point) last year"
_CUMULATIVE = re.compile(
    rf"\b(?:{_SINCE}|since (?:the |early |late |mid-?)*\w+ (?:began|started|erupted|broke out)|{_LATELY}|"
    r"(?:\w+-year|civil|decades?-long) (?:war|conflict|insurgency)|"
    r"(?:war|conflict|insurgency|uprising) (?:has|that has|that began|which began|which has|began))\b", re.I)
_OF_A_WAR = re.compile(
    rf"\b(?:{_SINCE}|since (?:[\w'\u2019]+ ){{1,8}}(?:began|started|erupted|broke out)|"
    rf"since (?:then|the (?:beginning|start|outbreak|onset) of)|{_LATELY}|{_THIS_YEAR}|"
    r"in (?:more|less) than \w+ (?:years?|months?)|"
    rf"(?:in|during|of|from) (?:[\w'\u2019-]+ ){{0,3}}(?:{_WAR})|"
    rf"(?:{_WAR}|violence) (?:\w+,? ){{0,8}}has (?:since )?(?:\w+ ){{0,2}}(?:{_TOOK})|has since (?:{_TOOK})|"
    r"(?:\w+-year|decades?-long) (?:war|conflict|insurgency)|millions)\b", re.I)
_INCREMENT = re.compile(r"\b(?:more (?:people |bodies |victims )?(?:died|have died|had died|succumbed)|further deaths?)\b", re.I)

# What one operation against one place is made of. "Air strikes on the town" are one incident, "shootings" as many as there were.
_SALVOES = frozenset(("", "air/drone strike", "shelling/artillery/missile attack", "armed clash", "chemical weapon",
                      "suicide bomb", "remote explosive/landmine/ied"))
_PLACES = "areas|parts|places|towns|villages|cities|districts|provinces|regions|countries"
_APART = re.compile(
    r"\b(?:separate|unrelated|various|different|successive|daily|(?:series|string|wave|spate) of|"
    r"in and (?:around|near|outside)|across|throughout|nationwide|around the country|between \w+day and \w+day|"
    rf"(?:other|two|three|four|five|six|several|many) (?:{_PLACES}))\b", re.I)


def is_told_apart(kind: str, words: str) -> bool:
    """Whether several acts of `kind` that are told together ("raids", "clashes") were several incidents, by the `words` around.

    Fire comes in salvoes: raids, shells and clashes of one place and day are one incident until the words part them.
    """
    return kind not in _SALVOES or _APART.search(words) is not None


def is_cumulative(words: str) -> bool:
    """ "since 2011", "so far this year", "the civil war has": a sentence that tells of many incidents over a time."""
    return _CUMULATIVE.search(words) is not None


def counts_a_war(words: str) -> bool:
    """Whether the words right around a count make it one of many incidents: "since protests against the president erupted".

    Of a whole sentence this would ask too much: "12 were killed on Friday in the town, a stronghold in the conflict".
    """
    return _OF_A_WAR.search(words) is not None


def is_increment(words: str) -> bool:
    """ "two more died": added to a count that was given before."""
    return _INCREMENT.search(words) is not None
