"""Words and marks by which statements about groups are read: nouns for groups, doubt, wishes, denials; and where a line ends."""

from __future__ import annotations

import re
from typing import Any

GROUP_NOUNS = frozenset({
    "group", "organisation", "organization", "movement", "militia", "faction", "outfit", "network", "insurgency",
})
MEMBER_NOUNS = GROUP_NOUNS | frozenset({
    "fighter", "militant", "rebel", "insurgent", "force", "gunman", "jihadist", "jihadi", "member", "man", "cell",
    "leadership", "affiliate", "branch", "commander", "guerrilla", "terrorist", "extremist",
})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
IN_NAME = frozenset({"compound", "nmod", "amod", "poss", "appos", "nounmod"})
MEMBER_PREPOSITIONS = frozenset({"of", "from"})
UNREAL_HEADS = frozenset({
    "want", "seek", "plan", "try", "attempt", "hope", "threaten", "vow", "intend", "aim", "fail", "struggle", "refuse",
    "promise", "wish", "need", "order", "urge", "call", "pledge", "fear", "warn", "demand", "able", "unable", "strive",
    "prepare", "expect", "set", "look",
})
DENIALS = frozenset({"deny", "reject", "dismiss", "refute", "doubt"})
HEDGING_HEADS = frozenset({
    "believe", "think", "say", "assess", "estimate", "report", "suspect", "appear", "seem", "know", "claim", "allege",
    "accuse", "reckon", "presume",
})
HEDGES = re.compile(
    r"\b(?:reportedly|allegedly|alleged|supposedly|purportedly|purported|apparently|possibly|probably|perhaps|"
    r"presumably|suspected|(?:un|not )confirmed|rumou?red|thought to|believed to|said to|assessed to|estimated to|"
    r"reported to|known to|appears? to|seems? to|claims? to|accused of|likely)\b", re.I)
CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest"})
UNREAL_MODALS = frozenset({"may", "might", "could", "would", "should", "will", "can", "must"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without"})
_FILLED = re.compile(r"(?m)^(?P<words>[^\n]{40,100}[^\n.!?:\"”])\n(?=[ \t]*\S)|(?<=[^\n.!?:\"”])\n(?=[ \t]*[a-z])")
LIST_JOINT = re.compile(r"(?:\s+(?:fighters|militants|rebels|forces))?\s*(?:,\s+(?:and\s+)?|\s(?:and|or|as well as)\s+)"
                        r"(?:the\s+)?", re.I)
ARTICLES = re.compile(r"(?:(?:the|both|its|their)\s+){1,2}(?:so-called\s+)?", re.I)
BACKED = frozenset({"backed", "linked", "aligned", "based", "affiliated", "supported"})   # "the Iran-backed group"
GROUP_ADJECTIVES = frozenset({
    "terrorist", "terror", "militant", "armed", "jihadist", "jihadi", "islamist", "extremist", "insurgent", "rebel",
    "hardline", "separatist", "guerrilla", "same", "radical", "sunni", "shia", "shiite", "banned", "outlawed",
})


def matched_text(written: str, parsed: str) -> str:
    """The text that rules are matched on, character by character that of the report: as it was parsed (what stands in
    capitals throughout was re-cased), and with a space where a line was only filled. A line ends for good where it is
    short or ends a sentence, so that headlines and lists stay apart."""
    text = parsed if len(parsed) == len(written) else written
    return _FILLED.sub(lambda line: (line.group("words") or "") + " ", text)


def ends_sentence(sentence: str) -> bool:
    """Whether a sentence ends there: by a mark, or by the end of a line or paragraph."""
    return re.search(r"(?:[.!?:][\"”’')\]]*|[\"”]|--?)\s*$|\n\s*$", sentence) is not None


def is_passive(verb: Any) -> bool:
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl", "amod", "conj", "relcl") and not any(
        child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
