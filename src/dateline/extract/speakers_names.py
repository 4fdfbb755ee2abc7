"""A speaker's words to a Speaker: the person, the office, the organisation, the kind, and the side of the conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.extract.document import Document
from dateline.extract.speakers_again import body_again
from dateline.extract.speakers_lists import SpeakerLists
from dateline.records import Speaker

Token = Any
STATE_KINDS = frozenset(("official", "police", "military"))
OF = frozenset(("of", "for", "at", "with", "from", "in"))
WITHIN = frozenset(("of", "for"))  # within a body's name
ABOUT = frozenset(("on", "about", "against", "by", "anti", "-"))
LONGEST_NAME = 4                  # tokens of a person's name, without honorifics
GROUP_WORDS = frozenset(("group", "militants", "insurgents", "rebels", "movement", "organisation", "organization"))
PARTICLES = frozenset(("-", "al", "bin", "ibn", "de", "la", "von", "van", "abu", "ben", "el", "du"))
PRONOUNS = {"he": "person", "she": "person", "it": "thing", "they": "any"}


@dataclass(frozen=True, slots=True)
class _Parts:
    person: str | None
    office: str | None
    organisation: str | None


class SpeakerNames:
    """What the names in a report stand for as it is read from its start: "he", "the spokesman", "Majroh" look back."""

    def __init__(self, document: Document, lists: SpeakerLists) -> None:
        self.document, self.lists = document, lists
        self.doc = document.spacy
        self.text = document.report.text
        self.heard: list[Speaker] = []
        self._full_names: dict[str, list[tuple[int, str]]] | None = None

    def speaker(self, start: int, end: int, cue: str = "say") -> Speaker | None:
        """The speaker named by tokens [start, end), None for a pronoun that stands for nobody yet named.

        cue: lemma of the verb of speech.
        """
        start = self._after_determiner(start, end)
        tokens = [token for token in self.doc[start:end] if not token.is_space]
        if not tokens:
            return None
        if len(tokens) == 1 and tokens[0].lower_ in PRONOUNS:
            return self._last(PRONOUNS[tokens[0].lower_])
        named = self._named(tokens)
        again = body_again(tokens, cue, self.heard, self.lists) or self._again(tokens, named)
        if again is None:
            again = self._same_person(named)
        self._remember(again or named)
        return again or named

    def _after_determiner(self, start: int, end: int) -> int:
        if end - start > 1 and self.doc[start].lower_ in {"the", "a", "an"}:
            return start + 1
        return start

    def _remember(self, speaker: Speaker) -> None:
        self.heard.append(speaker)

    def _last(self, wanted: str) -> Speaker | None:
        for speaker in reversed(self.heard):
            person = speaker.person is not None or (speaker.office is not None and not speaker.office.endswith("s"))
            if wanted == "any" or person == (wanted == "person"):
                return speaker
        return None

    def _again(self, tokens: Sequence[Token], named: Speaker) -> Speaker | None:
        """Who "spokesman", "report" or "group" alone was called before; "group" also the armed group last named."""
        head = tokens[-1].lower_
        named_so = tokens[0].pos_ == "PROPN" and tokens[0].text[:1].isupper() and not tokens[0].is_sent_start
        if len(tokens) > 1 or head not in self.lists.again or named_so:
            return None
        for speaker in reversed(self.heard):
            if head in speaker.text.lower().split() and speaker.text.lower() != head:
                return speaker
        if head in GROUP_WORDS:
            before = [mention for mention in self.document.groups_meant() if mention.end <= tokens[0].idx]
            if before:
                return Speaker(before[-1].text, None, None, before[-1].text, "armed group", before[-1].group)
        return None

    def _same_person(self, named: Speaker) -> Speaker | None:
        """A bare surname has the office and side that its bearer was introduced with; its words stay as written."""
        if named.person is None or named.office is not None or named.organisation is not None:
            return None
        for speaker in reversed(self.heard):
            if speaker.person == named.person and (speaker.office or speaker.organisation):
                return replace(speaker, text=named.text)
        return None

    def _named(self, tokens: Sequence[Token]) -> Speaker:
        first, last = tokens[0], tokens[-1]
        start, end = first.idx, last.idx + len(last.text)
        text = " ".join(self.text[start:end].split())
        parts = self._parts(tokens)
        group = self._group(start, end)
        kind = "armed group" if group else self.lists.kind_of(text)
        place = self._country(start, end)
        if kind == "other" and parts.person is None and place and len(tokens) <= 2:
            kind = "official"                                   # "Moscow said": a capital speaks for its state
        party = group or (f"state:{place}" if place and kind in STATE_KINDS else None)
        return Speaker(text, parts.person, parts.office, parts.organisation, kind, party)

    def _group(self, start: int, end: int) -> str | None:
        for mention in self.document.groups_meant():
            if start <= mention.start and mention.end <= end:
                before = self.text[max(start, mention.start - 12):mention.start].lower().replace("-", " - ").split()
                if not before or (before[-1] not in ABOUT and before[-2:-1] != ["against"]):
                    return mention.group
        return None

    def _country(self, start: int, end: int) -> str | None:
        """The country of the first place or demonym among the speaker's words."""
        return next((mention.where.country for mention in self.document.places
                     if start <= mention.start and mention.end <= end and mention.where.country), None)

    # ---- person, office, organisation ----

    def _parts(self, tokens: Sequence[Token]) -> _Parts:
        """What the words before the first comma or preposition say, completed by what follows it."""
        cuts = (n for n, token in enumerate(tokens) if n and (token.text in {",", "("} or token.lower_ in OF))
        cut = next(cuts, len(tokens))
        head, tail = tokens[:cut], tokens[cut:]
        first = self._head_parts(head)
        if not tail:
            return first
        if tail[0].lower_ in OF:
            body, rest = self._until_comma(tail[1:])
            if not first.office and not first.person and any(self._is_office(token) for token in body):
                return self._of_a_body(head, tail[0], body)
            body, named = self._name_apart(body) if first.office and not first.person else (body, None)
            if not first.office and first.organisation and tail[0].lower_ in WITHIN and body and body[-1].text[:1].isupper():
                organisation = self._words(self._bare([*head, tail[0], *body]))      # "Observatory for Human Rights"
            else:
                organisation = self._words(self._bare(body)) if first.office or not first.organisation else first.organisation
            after = self._head_parts(rest) if rest else _Parts(None, None, None)
            return _Parts(first.person or named or after.person, first.office or after.office, organisation)
        body = tail[1:] if tail[0].text == "," else ()
        second = self._parts(body) if body and len(body) < len(tokens) else _Parts(None, None, None)
        return _Parts(first.person or second.person, first.office or second.office,
                      first.organisation or second.organisation)

    def _of_a_body(self, head: Sequence[Token], of: Token, body: Sequence[Token]) -> _Parts:
        """ "Arden Observatory for Human Rights chief Rami Varela": the office stands after the whole name of its body"""
        office = next(n for n, token in enumerate(body) if self._is_office(token))
        after = self._head_parts(body[office:])
        return _Parts(after.person, after.office, self._words(self._bare([*head, of, *body[:office]])))

    def _name_apart(self, body: Sequence[Token]) -> tuple[Sequence[Token], str | None]:
        """ "Arden Observatory for Human Rights Rami Varela", "Port Verity Rami Varela": the body, and its officer's name"""
        places = {place.end for place in self.document.places}
        ends = [n + 1 for n, token in enumerate(body) if token.lower_ in self.lists.organisations
                or token.idx + len(token.text) in places]
        last = ends[-1] if ends else len(body)
        rest = body[last:]
        person = self._person(rest) if rest and rest[0].text[:1].isupper() else None
        return (body[:last], person) if person is not None and " " in person else (body, None)

    def _until_comma(self, tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
        cut = next((n for n, token in enumerate(tokens) if token.text in {",", "("}), len(tokens))
        return tokens[:cut], tokens[cut + 1:]

    def _head_parts(self, tokens: Sequence[Token]) -> _Parts:
        offices = [n for n, token in enumerate(tokens) if self._is_office(token)]
        if offices:
            office = offices[-1]
            before, after = self._bare(tokens[:office]), [t for t in tokens[office + 1:] if not t.is_punct]
            if after and after[0].text in {"'s", "\u2019s"} and self._is_organisation(after[1:]):
                return _Parts(None, None, self._words(self._bare(tokens)))          # "the governor's office"
            person = self._person(after)
            titled = tokens[office].lower_ in self.lists.titles and before and before[-1].text[:1].isupper()
            called = self._words([*before, tokens[office]]) if titled else tokens[office].text
            if tokens[office].lower_ not in self.lists.offices:
                called = None                                   # "officials": many people hold no one office
            if (before and before[-1].lower_ in {"the", "a", "an"}) or (not after and tokens[office].text.islower()):
                bearer = self._before_office(before)
                if bearer is not None:
                    return _Parts(bearer, called, None)         # "Rami Varela director of ...", "Rami Varela the commander"
            organisation = None if titled or not self._is_organisation(before) else self._words(before)
            return _Parts(person, called, organisation)
        words = [token for token in tokens if not token.is_punct or token.text in {"-", "'", "&"}]
        if self._is_organisation(words):
            return _Parts(None, None, self._words(self._bare(words)))
        person = self._person(words)
        if person is not None:
            return _Parts(person, None, None)
        return _Parts(None, None, self._words(words) if words and words[-1].text[:1].isupper() else None)

    def _before_office(self, tokens: Sequence[Token]) -> str | None:
        """The full name of a person that stands before an office with no comma between."""
        named = [token for token in tokens if token.lower_ not in {"the", "a", "an"}]
        person = None if not named or self._is_organisation(named) else self._person(named)
        return person if person is not None and " " in person else None

    def _is_office(self, token: Token) -> bool:
        lower = token.lower_
        return lower in self.lists.offices or (lower.endswith("s") and lower[:-1] in self.lists.offices)

    def _is_organisation(self, tokens: Sequence[Token]) -> bool:
        if not tokens:
            return False
        words = {token.lower_ for token in tokens} | {token.lemma_.lower() for token in tokens}
        told = self.lists.kind_of(self._words(tokens) or "")
        known = bool(words & self.lists.organisations) or told in {"agency", "monitor"}
        acronym = any(token.text.isupper() and len(token.text) > 1 for token in tokens)
        led = tokens[0].i > 0 and tokens[0].nbor(-1).lower_ == "the" and tokens[-1].text[:1].isupper()
        starts, ends = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
        grouped = self._group(starts, ends) is not None
        placed = any(starts <= m.start and m.end <= ends and not m.adjective for m in self.document.places)
        several_names = sum(token.text[:1].isupper() for token in tokens) >= 2
        return known or grouped or led or (acronym and not several_names) or (placed and not several_names)

    def _bare(self, tokens: Sequence[Token]) -> list[Token]:
        """Without "a senior", "the local": words that name no organisation."""
        kept = [token for token in tokens if not token.is_punct or token.text in {"-", "'", "&"}]
        while kept and (kept[0].lower_ in self.lists.qualifiers or kept[0].lower_.endswith("-based")):
            kept = kept[1:]
        based = next((n for n, token in enumerate(kept[:4]) if token.lower_ == "based"), None)
        return kept[based + 1:] if based is not None and based + 1 < len(kept) else kept

    def _person(self, tokens: Sequence[Token]) -> str | None:
        """The person's full name: honorifics off, and a bare surname completed from where the report gives it whole."""
        names = [token for token in tokens if not self._is_honorific(token)]
        if not names or not names[-1].text[:1].isupper():
            return None
        if not all(token.text[:1].isupper() or token.lower_ in PARTICLES for token in names):
            return None
        if len(names) == 1 and names[0].text.isupper():
            return None                                         # an acronym
        if len(names) > LONGEST_NAME + 2 or any(token.is_digit for token in names):
            return None
        name = self._words(names)
        if len(names) == 1 and name is not None:
            return self._completed(name, names[0].idx)
        return name

    def _is_honorific(self, token: Token) -> bool:
        return token.lower_.rstrip(".") in self.lists.honorifics or token.text == "."

    def _completed(self, surname: str, position: int) -> str:
        """"Mockaitis" to "Tom Mockaitis": the nearest full name before it, else the first after."""
        if self._full_names is None:
            self._full_names = self._read_full_names()
        known = self._full_names.get(surname, [])
        before = [name for at, name in known if at < position]
        return before[-1] if before else known[0][1] if known else surname

    def _read_full_names(self) -> dict[str, list[tuple[int, str]]]:
        """Every run of two to four capitalised words that is no organisation, by its last word."""
        found: dict[str, list[tuple[int, str]]] = {}
        run: list[Token] = []
        for token in [*self.doc, None]:
            if token is not None and token.pos_ == "PROPN" and token.text[:1].isupper() and token.is_alpha:
                run.append(token)
                continue
            names = [t for t in run if not self._is_honorific(t) and not self._is_office(t)]
            whole = len(run) - len(names) == 0 or all(t not in names for t in run[:len(run) - len(names)])
            if 2 <= len(names) <= LONGEST_NAME and whole and not {t.lower_ for t in names} & self.lists.organisations:
                found.setdefault(names[-1].text, []).append((names[0].idx, self._words(names) or ""))
            run = []
        return found

    def _words(self, tokens: Sequence[Token]) -> str | None:
        if not tokens:
            return None
        return " ".join(self.text[tokens[0].idx:tokens[-1].idx + len(tokens[-1].text)].split()) or None
