"""Words that tell what a count covers: one incident, many, a whole war, or those who died later."""

from __future__ import annotations

import re

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_CUMULATIVE = re.compile(
    rf"\b(?:since (?:the |early |late |mid-?)*(?:(?:19|20)\d\d|{_MONTHS}|\w+ (?:began|started|erupted|broke out))|"
    r"in the (?:past|last) (?:day|24 hours|\d+ hours|\w+ days)|so far this (?:year|month)|this year alone|over the years|"
    r"(?:in|over|during) the (?:past|last|previous) (?:\w+ )?(?:years?|months?|decades?|weeks)|"
    r"in recent (?:years|months|weeks)|(?:\w+-year|civil|decades?-long) (?:war|conflict|insurgency)|"
    r"(?:war|conflict|insurgency|uprising) (?:has|that has|that began|which began|which has|began))\b", re.I)
_INCREMENT = re.compile(r"\b(?:more (?:people |bodies |victims )?(?:died|have died|had died|succumbed)|further deaths?)\b", re.I)


def is_cumulative(words: str) -> bool:
    """ "since 2011", "so far this year", "the civil war has": the count is of many incidents over a time."""
    return _CUMULATIVE.search(words) is not None


def is_increment(words: str) -> bool:
    """ "two more died": added to a count that was given before."""
    return _INCREMENT.search(words) is not None
