"""Allies, enemies, parents and splits where the other side need be no known group: a country, an army, a coalition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_lexis import is_passive
from dateline.extract.statement_rules import NEGATED, Finding, hedge_in
from dateline.records.group import Attribute

# "fights" may be one clash; who is told to be at it ("has been fighting", "the coalition fighting X") is an enemy
FIGHTING = frozenset({"fight", "battle", "combat", "oppose"})
WAGING = frozenset({"launch", "wage", "declare", "lead", "start", "begin", "join", "continue", "conduct", "escalate",
                    "pursue", "fight", "win", "lose", "step", "intensify"})
WANTED_GONE = frozenset({"defeat", "destroy", "eliminate", "degrade", "crush"})    # "a coalition to defeat X": what is wanted
RIVAL_GROUPS = re.compile(r"[^.;\n]{0,110}?\brival\s+(?P<party>(?:[\w-]+\s+){1,2}(?:groups?|factions?|organi[sz]ations?|"
                          r"militias?))\b", re.I)
HOSTILE_TO = re.compile(r"[^.;,\n]{0,30}?\bhostile to\s+(?:the\s+)?(?P<party>[A-Z]\w*(?:\s+[A-Z]\w*){0,2})")
ARE_ENEMIES = re.compile(r"\s+(?:and\s+(?:the\s+)?(?P<party>(?:[\w-]+\s+){1,3}?))?(?:are|were|"
                         r"remain)\s+(?:\w+\s+)?(?:enemies|rivals|foes)\b", re.I)
AND_BEFORE = re.compile(r"(?P<party>(?:[A-Z][\w-]*\s+)?[\w-]+)\s+and\s+(?:the\s+)?$")
WARS = frozenset({"war", "fight", "battle", "struggle", "campaign"})     # "the army's war on X"
ENEMY_BEFORE = re.compile(r"\b(?:its|their|his|her|common|main|principal|principle|chief|main|"
                          r"sworn)\s+(?:[\w-]+\s+)?(?:enemy|rival|foe|"
                          r"opponent),?\s+(?:the\s+)?$", re.I)
ENEMY_AFTER = re.compile(r",\s+(?:its|their|his)\s+(?:[\w-]+\s+)?(?:enemy|rival|foe)\b", re.I)
SUPPORTING = frozenset({"support", "back", "arm", "supply", "fund", "finance", "aid", "sponsor", "equip", "bankroll"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "punct", "npadvmod", "case"})
WEAK = frozenset({"main", "key", "only", "biggest", "effective", "strong", "strongest", "-", ","})
# common nouns that can be a side of a war; names of any kind can
ACTORS = frozenset({
    "coalition", "alliance", "army", "force", "troop", "government", "regime", "state", "authority", "administration", "military",
    "police", "soldier", "fighter", "rebel", "militia", "militiaman", "insurgent", "guerrilla", "militant", "opposition", "group",
    "faction", "tribe", "tribesman", "clan", "leadership", "leader", "president", "country", "power", "navy", "brigade",
    "battalion", "movement", "party", "cartel", "kurd", "villager", "resident", "jihadist", "islamist", "partner", "ally", "unit",
    "trafficker", "mercenary", "peacekeeper", "officer", "commander", "warlord", "patrol", "organization", "organisation",
    "element", "republic", "kingdom", "separatist", "loyalist", "paramilitary",
})
_NAME = r"(?:(?:[A-Z]\.){2,}|(?!(?:The|An?)\b)[A-Z]\w+(?:\s*-\s*[A-Z]\w+)?(?:\s+[A-Z]\w+){0,2})"
BACKED_BEFORE = re.compile(
    rf"(?P<party>{_NAME}|[a-z]{{2}}-[A-Z]\w+)\s*[-–]\s*(?P<how>backed|supported|allied|aligned|armed|trained|linked|funded|"
    rf"sponsored)[\s-]+(?:(?:\w+[\s-]+){{0,3}})?$")
BACKED_AFTER = re.compile(
    r"(?:\s*[(\[][^)\]\n]{1,40}[)\]])?\s*,?\s+(?:[^.;\n]{0,90}?\b(?:and|which|that|is|was|are|were|been|alliance|militia|"
    r"force)\s+)?"
    r"(?:backed|supported|armed|supplied|funded|financed|equipped|trained)\s+by\s+(?:the\s+)?", re.I)
LISTED_PARTY = re.compile(rf"(?P<party>{_NAME}(?:-led\s+(?:\w+\s+)?(?:coalition|alliance|forces))?|(?:\w+\s+){{0,2}}"
                          r"(?:government|army|military|coalition|regime))")
AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+)(?:the\s+)?")
ACCUSED = re.compile(r"\baccus\w+\s+(?P<whom>[^.;\n]{3,80}?)\s+of\s+(?:funding|arming|backing|supporting|financing|sponsoring)\b"
                     r"[^.;\n]{0,80}$", re.I)
WITH_X = re.compile(r"\b(?:allied (?:itself )?with|cooperat\w+ with|linked to|links to|ties to|alongside|pact with|"
                    r"alliance with)\s+(?:the\s+)?$", re.I)
CUT_TIES = re.compile(
    r"\b(?:br(?:oke|oken|eaking|eaks?)|sever(?:ed|ing|s)?|cut(?:ting|s)?|renounc\w+|split|splitting|ended)\s+"
    r"(?:(?:off|away|its|their|all|formal|official|organi[sz]ational|ties|links|relations|status|allegiance|as)\s+){0,5}"
    r"(?:(?:with|to|from)\s+)?(?:the\s+)?$", re.I)
SPLINTER = re.compile(
    r"(?:[\"”]?\s*,?\s*(?:(?:which|that)\s+)?(?:is|was|might be|may be|are)?\s+)(?:an?|the)\s+(?:\w+\s+){0,2}?"
    r"(?:splinter|breakaway)(?:\s+(?:group|faction|wing))?\s+(?:of|"
    r"from)\s+(?:the\s+)?(?P<name>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,4})",
)
# (attribute, which of the two is what it is told of, words between the two names)
BETWEEN: tuple[tuple[Attribute, int, re.Pattern[str]], ...] = (
    ("split", 1, re.compile(r"(?:['’]?s?)?\s+(?:breakaway|splinter)(?:\s+(?:group|faction))?,?\s+(?:the\s+)?$", re.I)),
    ("parent", 1, re.compile(r",?\s+(?:which\s+|that\s+)?(?:(?:is|was|are|mainly|largely|mostly|now|"
                             r"also)\s+){0,3}(?:dominated by|"
                             r"(?:comprised|composed|made up) (?:mainly |mostly |largely )?of|led by|spearheaded by|includes?|"
                             r"including)\s+(?:the\s+)?(?:(?:group|members of|formerly|former|known as|"
                             r"powerful)\s+(?:the\s+)?){0,4}$",
                             re.I)),
    ("parent", 1, re.compile(r",?\s+(?:which\s+is\s+)?(?:an?|the)\s+(?:\w+\s+){0,3}(?:alliance|coalition|umbrella|grouping)\s+"
                             r"(?:of|that)\b[^.;\n]{0,80}?\binclud(?:ing|es)\s+(?:the\s+)?(?:former\s+)?$", re.I)),
    ("parent", 0, re.compile(r"\s*[-–]\s*(?:dominated|led)(?:\s+(?:and\s+)?[\w.-]+){0,3}[\s-]+$", re.I)),
    ("parent", 0, re.compile(r"[\"”]?\s*,?\s*[\"”]?\s+(?:(?:which|that|who|is|was|are|the|an?|"
                             r"so-called)\s+){0,3}(?:[\w-]+\s+){0,3}?"
                             r"(?:wing|arm|branch|affiliate|component|front|member|front group|part|group)\s+(?:of|in|under)\s+"
                             r"(?:the\s+)?(?:[\"“])?$", re.I)),
    ("parent", 0, re.compile(r"\s*,?\s+one of the\s+(?:\w+\s+){1,3}(?:groups|factions|parties)\s+(?:that|which)\s+"
                             r"(?:compose|make up|form)\s+(?:the\s+)?$", re.I)),
    ("parent", 0, re.compile(r"[^.;\n]{0,60}\bunder the (?:flag|banner|umbrella|command) of\s+(?:the\s+)?$", re.I)),
    ("parent", 0, re.compile(r"(?:\s+(?:brigades?|battalions?|group|militia|faction))?,?\s+(?:(?:which|that)\s+)?"
                             r"(?:(?:is|are|was|were)\s+)?affiliated\s+(?:to|with)\s+(?:the\s+)?$", re.I)),
)
FORMER = re.compile(r"\bformer(?:ly)?\s+(?:the\s+)?$", re.I)
MADE_UP_OF = re.compile(r"\s+(?:\w+\s+){0,3}(?:is|are|was)\s+(?:made up|composed|comprised)\s+of\s+", re.I)


def party_findings(reading: Reading) -> Iterator[Finding]:
    for ref in reading.refs:
        low_words = reading.text[slice(*reading.line_of(ref))].lower()
        if ref.named:
            yield from _backers(reading, ref)
            yield from _splits(reading, ref)
            yield from _enemies(reading, ref)
            if "rival" in low_words or "enem" in low_words or "hostile" in low_words or "foes" in low_words:
                yield from _told_enemies(reading, ref)
    for first, second in zip(reading.refs, reading.refs[1:], strict=False):
        if first.named and second.named and first.group != second.group:
            yield from _between(reading, first, second)
    for ref in reading.refs:
        if ref.named and (cue := MADE_UP_OF.match(reading.text, ref.end)):
            for part in reading.refs_between(cue.end(), reading.line_of(ref)[1]):
                if part.named and part.group != ref.group:
                    yield told_of(reading, part, "parent", (ref.start, ref.end), ref.start, part.end)
    yield from _fights(reading)


def told_of(reading: Reading, ref: GroupRef, attribute: Attribute, party: tuple[int, int], start: int, end: int) -> Finding:
    """A tie to the words at `party`: the known group that they name, or the words."""
    others = [r for r in reading.refs_between(party[0] - 60, party[1]) if r.named and r.start < party[1] and party[0] < r.end]
    other = others[0] if others else None
    value = {"group": other.id if other else None, "name": other.name if other else reading.written(*party),
             "hedge": hedge_in(reading.text, start, end)}
    return Finding(ref, attribute, value, start, end)


def _backers(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"Arden-backed X", "X, backed by Arden", "accuses Arden of arming X", "alongside X"."""
    text, (low, high) = reading.text, reading.line_of(ref)
    before = BACKED_BEFORE.search(text, max(low, ref.start - 70), ref.start)
    if before and not any(before.end("how") < r.start < ref.start for r in reading.refs_between(before.end(), ref.start)):
        yield told_of(reading, ref, "ally", before.span("party"), before.start(), ref.end)
    after = BACKED_AFTER.match(text, ref.end, min(high, ref.end + 200))
    if after and not NEGATED.search(text, ref.end, after.end()) and not any(
            r.named and r.group != ref.group for r in reading.refs_between(ref.end, after.end())):
        at = after.end()
        for _ in range(3):
            party = LISTED_PARTY.match(text, at, high)
            if party is None:
                break
            yield told_of(reading, ref, "ally", party.span("party"), ref.start, party.end())
            joint = AND.match(text, party.end(), high)
            if joint is None:
                break
            at = joint.end()
    accused = ACCUSED.search(text, max(low, ref.start - 200), ref.start)
    for place in reading.places_between(*accused.span("whom")) if accused else ():
        if not place.adjective:
            yield told_of(reading, ref, "ally", (place.start, place.end), place.start, ref.end)
    cue = WITH_X.search(text, max(low, ref.start - 60), ref.start)
    named = [r for r in reading.refs_between(low, cue.start()) if r.named and r.group != ref.group] if cue else []
    if cue and named and not CUT_TIES.search(text, max(low, ref.start - 90), ref.start) and (
            not NEGATED.search(text, named[-1].end, cue.start())):
        yield told_of(reading, named[-1], "ally", (ref.start, ref.end), named[-1].start, ref.end)


def _splits(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """Who left `ref`, or whom `ref` left: "after breaking ties with X", "X is a splinter group of the Old Party"."""
    text, (low, high) = reading.text, reading.line_of(ref)
    left = [r for r in reading.refs_between(low, ref.start) if r.named and r.group != ref.group]
    cue = CUT_TIES.search(text, max(low, ref.start - 90), ref.start)
    if cue and left and not NEGATED.search(text, left[-1].end, cue.start()):
        yield told_of(reading, left[-1], "split", (ref.start, ref.end), left[-1].start, ref.end)
    own = SPLINTER.match(text, ref.end, high)
    if own and reading.ref_at(own.start("name")) is None:
        yield told_of(reading, ref, "split", own.span("name"), ref.start, own.end())


def _between(reading: Reading, first: GroupRef, second: GroupRef) -> Iterator[Finding]:
    if second.start - first.end > 170:
        return
    gap = reading.text[first.end:second.start].removeprefix(")").removeprefix("]")
    if re.search(r"[.;]\s|\n", gap) or NEGATED.search(gap):
        return
    for attribute, about, words in BETWEEN:
        if words.match(gap):
            ref, other = (second, first) if about else (first, second)
            yield told_of(reading, ref, attribute, (other.start, other.end), first.start, second.end)
            return


def _fights(reading: Reading) -> Iterator[Finding]:
    """Who fights whom and who supports whom, by verbs; one side is a known group."""
    for sentence in reading.sentences:
        for verb in sentence:
            lemma = verb.lemma_.lower()
            if lemma in WARS and verb.pos_ == "NOUN":
                yield from _wars(reading, verb)
            if lemma in WANTED_GONE and verb.tag_ in ("VB", "VBG") and reading.reality_of(verb) != "negated":
                yield from _sides(reading, verb, "rival")
            if verb.pos_ not in ("VERB", "NOUN", "ADJ") or lemma not in FIGHTING | SUPPORTING or is_passive(verb):
                continue
            if reading.reality_of(verb) == "negated":
                continue
            # "fought" tells one battle; "has been fighting", "fighting X", "fights" tell how it stands
            if lemma in FIGHTING and verb.tag_ not in ("VBG", "VBZ", "VBP") and verb.dep_ != "xcomp" and (
                    reading.reality_of(verb) != "unreal"):
                continue
            if lemma in SUPPORTING and reading.reality_of(verb) == "unreal" and verb.dep_ != "advcl":
                continue
            yield from _sides(reading, verb, "rival" if lemma in FIGHTING else "ally")


def _wars(reading: Reading, war: Any) -> Iterator[Finding]:
    """"the army's war on X", "the coalition, which launched an air war against X"; nobody is told where the one at war is not."""
    target = next((t for c in war.children if c.dep_ == "prep" and c.lower_ in ("on", "against", "with")
                   for t in c.children if t.dep_ == "pobj"), None)
    if target is None:
        return
    owner = next((c for c in war.children if c.dep_ == "poss"), None)
    governor = reading.sits_in(war)
    waged = governor is not None and governor.lemma_.lower() in WAGING
    if owner is None and waged and reading.reality_of(governor) in ("stated", "hedged"):
        owner = _doer(governor)
    if owner is not None:
        yield from _tie(reading, owner, target, "rival", war)


def _told_enemies(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"rival rebel groups", "hostile to Ardenia", "Ardenia and X are enemies"."""
    text, (low, high) = reading.text, reading.line_of(ref)
    are = ARE_ENEMIES.match(text, ref.end, high)
    before = AND_BEFORE.search(text, max(low, ref.start - 40), ref.start) if are and not are.group("party") else None
    for found in (RIVAL_GROUPS.match(text, ref.end, high), HOSTILE_TO.match(text, ref.end, high),
                  are if are and are.group("party") else before):
        if found is not None and not NEGATED.search(text, *found.span()):
            party = found.start("party"), found.start("party") + len(found.group("party").rstrip())
            yield told_of(reading, ref, "rival", party, min(ref.start, party[0]), max(ref.end, found.end()))


def _enemies(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"resolved to fight X, its newfound enemy": the enemy of who is the subject of the sentence."""
    text, (low, high) = reading.text, reading.line_of(ref)
    if not (ENEMY_BEFORE.search(text, max(low, ref.start - 50), ref.start) or ENEMY_AFTER.match(text, ref.end, high)):
        return
    span = reading.doc.char_span(ref.start, ref.end, alignment_mode="expand")
    governor = reading.sits_in(span.root) if span is not None else None
    does = _doer(governor) if governor is not None else None
    if does is not None and reading.ref_of(does) != ref:
        yield from _tie(reading, does, span.root, "rival", governor)


def _sides(reading: Reading, verb: Any, attribute: Attribute) -> Iterator[Finding]:
    does, undergoes = _doer(verb), _target(verb, attribute)
    if does is None or undergoes is None:
        return
    yield from _tie(reading, does, undergoes, attribute, verb)


def _tie(reading: Reading, does: Any, undergoes: Any, attribute: Attribute, verb: Any) -> Iterator[Finding]:
    """What `does` and `undergoes` are to each other, told of the one that is a known group; the first of two."""
    if does.dep_ == "attr" and _phrase(does) is None:      # "X has been the main force fighting Y"
        does = next((c for c in does.head.children if c.dep_ == "nsubj"), does)
    for one, other in ((does, undergoes), (undergoes, does)):
        ref = _ref_in(reading, one)
        party = _phrase(other)
        if ref is None or party is None:
            continue
        other_ref = _ref_in(reading, other)
        if other_ref is not None and other_ref.group == ref.group:
            return
        start, end = min(ref.start, party[0], verb.idx), max(ref.end, party[1])
        yield told_of(reading, ref, attribute, (other_ref.start, other_ref.end) if other_ref else party, start, end)
        return


def _doer(verb: Any) -> Any | None:
    """The noun that does what `verb` says, past relative pronouns and participles; None: not told."""
    before = _noun_before(verb)
    if before is not None:
        return before
    for _ in range(4):
        for child in verb.children:
            if child.dep_ == "nsubj":
                return verb.head if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else child
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _noun_before(verb: Any) -> Any | None:
    """The noun that a participle follows at once, brackets aside: "to support the Front (ALF) fighting X"."""
    if verb.tag_ != "VBG" or any(c.dep_ in ("nsubj", "aux") for c in verb.children):
        return None
    token = verb
    for _ in range(6):
        if token.i == verb.sent.start:
            return None
        token = token.nbor(-1)
        if token.text in ("(", ")") or token.nbor(1).text == ")":
            continue
        return token if token.pos_ in ("NOUN", "PROPN") else None
    return None


def _target(verb: Any, attribute: Attribute) -> Any | None:
    for child in verb.children:
        if child.dep_ == "dobj":
            return child
        if child.dep_ == "xcomp" and attribute == "rival":       # "fighting to free the town from X"
            of = next((c for c in child.children if c.dep_ == "prep" and c.lower_ == "from"), None)
            if of is not None:
                return next((c for c in of.children if c.dep_ == "pobj"), None)
        if child.dep_ == "prep" and child.lower_ in ("against", "with") and attribute == "rival":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if verb.dep_ == "relcl" and any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in verb.children):
        return verb.head                  # "a tribe that it has been fighting"
    return None


def _ref_in(reading: Reading, noun: Any) -> GroupRef | None:
    """The group that `noun` is, whose people it is, or that it names as one of several ("groups such as X")."""
    if ref := reading.ref_of(noun) or reading.stands_for(noun):
        return ref
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("including", "as", "like"):
            for named in child.children:
                if ref := reading.ref_of(named) or reading.stands_for(named):
                    return ref
    return None


def _phrase(noun: Any) -> tuple[int, int] | None:
    """Where `noun` stands with the words that qualify it, articles left out; None for what names nobody."""
    if noun.lemma_.lower() == "force" and all(c.lower_ in WEAK for c in noun.children if c.dep_ in MODIFIERS):
        return None                       # "the main force": whose, the sentence says elsewhere
    if noun.pos_ != "PROPN" and (noun.pos_ != "NOUN" or noun.lemma_.lower() not in ACTORS):
        return None
    first = noun
    while first.i > noun.sent.start and (before := first.nbor(-1)).dep_ in MODIFIERS and before.head.i >= first.i and (
            before.pos_ not in ("PRON", "DET")) and before.text not in ",;:.()[]\"":
        first = before
    return first.idx, noun.idx + len(noun)
