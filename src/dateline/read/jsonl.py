"""JSON and JSON Lines: one article an object, in our names or in another tool's (`--map text=body`)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.errors import ReadError
from dateline.read.article import Article, clean_text, fetched_now, host_of, one_line, parse_time, said
from dateline.read.decode import CHUNK, decode
from dateline.read.page import html_to_text
from dateline.records import Fetched

FIELDS = ("text", "title", "url", "published", "outlet", "byline")
BYTES_A_CHAR = 8                  # of JSON a character of text, at most: "\uXXXX" is 6, and the other fields need room
OTHER_FIELDS = 256 * 1024         # bytes
_MARKUP = re.compile(r"</(?:p|div)>|<br\s?/?>", re.IGNORECASE)
_STRUCTURE = re.compile(rb'["\\{}\[\]]')

Read = Callable[[int], bytes]     # at most so many bytes; b"" at the end


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one JSON value and where it stands: "line 3" or "item 3". raw None: longer than the limit."""

    where: str
    number: int
    raw: bytes | None


def check_names(names: Mapping[str, str]) -> None:
    """Raises ReadError when `names` maps a name that is none of ours, or to nothing."""
    for ours, theirs in names.items():
        if ours not in FIELDS or not theirs:
            raise ReadError(f"--map {one_line(ours)}={one_line(theirs)}", "no such field",
                            todo=f"use one of {', '.join(FIELDS)}, and after = the name in the JSON")


def articles_from_json(
    read: Read, head: bytes, *, source: str, max_text_chars: int, names: Mapping[str, str], arrived: datetime | None = None,
) -> Iterator[Article | ReadError]:
    """Each object of a JSON Lines file, a JSON array or a single object as an Article, or as what is wrong with it.

    read: the whole stream, `head` (its first bytes) included. names: our name -> the name there ("content.body").
    arrived: the time of fetching, instead of the time now.
    """
    most = max_text_chars * BYTES_A_CHAR + OTHER_FIELDS
    pieces = lines(read, most) if is_lines(head) else items(read, most)
    empty = True
    try:
        for piece in pieces:
            empty = False
            try:
                yield _article(piece, source, most, names, arrived)
            except ReadError as problem:
                yield problem
    except ReadError as cut:      # the stream itself ends early: say from where on nothing was read
        yield cut
        return
    if empty:
        yield ReadError(source, "this JSON holds no objects: there is nothing to read")


def _article(piece: Piece, source: str, most: int, names: Mapping[str, str], arrived: datetime | None) -> Article:
    if piece.raw is None:
        raise ReadError(source, f"longer than {most:,} bytes; it is left out", where=piece.where,
                        todo="set DATELINE_MAX_TEXT_CHARS to read it")
    fetched = fetched_now(piece.raw)
    return article_of(_parse(piece, source), source=source, number=piece.number, where=piece.where, names=names,
                      fetched=replace(fetched, at=arrived) if arrived else fetched)


def article_of(held: Mapping[str, object], *, source: str, number: int, where: str, names: Mapping[str, str],
               fetched: Fetched) -> Article:
    """The article that the fields of an object make. number, where: which one it is of its source ("line 3").

    Raises ReadError where it has no text.
    """
    found = {field: look_up(held, names.get(field, field)) for field in FIELDS}
    words = found["text"]
    text = clean_text(words) if isinstance(words, str) else ""
    if _MARKUP.search(text):
        text = html_to_text(text)
    if not text:
        name = names.get("text", "text")
        what = f"no text under {one_line(name)!r}" if words in (None, "") else f"{one_line(name)!r} holds no text"
        raise ReadError(source, what, where=where, todo="name the field that holds it: --map text=NAME")
    address = said(found["url"], 2000)
    return Article(
        address or f"{source}#{number}", fetched, text, said(found["title"]),
        said(found["outlet"]) or host_of(address), said(found["byline"]), parse_time(found["published"]),
    )


def _parse(piece: Piece, source: str) -> dict[str, object]:
    assert piece.raw is not None
    try:
        held = json.loads(decode(piece.raw, source=source, where=piece.where), strict=False)
    except RecursionError:
        raise ReadError(source, "JSON nested too deeply", where=piece.where) from None
    except ValueError as error:
        at = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) and error.lineno == 1 else ""
        why = one_line(getattr(error, "msg", "a number of thousands of digits"))   # Python's own words name its settings
        raise ReadError(source, f"not JSON: {why.removesuffix(' at')}{at}", where=piece.where, todo="mend or remove it") from None
    if not isinstance(held, dict):
        raise ReadError(source, f"a JSON {_JSON_NAMES.get(type(held), 'value')} where an object was expected",
                        where=piece.where)
    return held


_JSON_NAMES: dict[type, str] = {list: "array", str: "string", int: "number", float: "number", bool: "true or false",
                                type(None): "null"}


def look_up(held: object, name: str) -> object:
    """What `held` has under `name`: a key, or keys (and list positions) with dots between; None where it has none."""
    if isinstance(held, Mapping) and name in held:
        return held[name]
    for key in name.split("."):
        if isinstance(held, Mapping):
            held = held.get(key)
        elif isinstance(held, list) and key.isascii() and key.isdigit() and len(key) < 9 and int(key) < len(held):
            held = held[int(key)]
        else:
            return None
    return held


def is_lines(head: bytes) -> bool:
    """Whether a JSON stream that begins with `head` has one object a line, rather than one value over many lines."""
    first, *rest = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()] or [b""]
    if not first.lstrip().startswith(b"{"):
        return False
    if not rest:
        return True               # a single object on one line, or a line longer than the head
    try:
        json.loads(first)
        return True
    except (ValueError, RecursionError):
        return rest[0].lstrip().startswith(b"{")   # the first line is malformed, the next is an object of its own


def lines(read: Read, most: int) -> Iterator[Piece]:
    """Each line that is not blank; of one longer than `most` bytes only the number, without ever holding it."""
    held, number, overlong = b"", 1, False
    chunks = iter(lambda: read(CHUNK), b"")
    while True:
        try:
            chunk = next(chunks, b"")
        except ReadError as cut:
            raise ReadError(cut.source, cut.what, where=f"line {number}", todo=cut.todo) from None
        *whole, rest = (held + chunk).split(b"\n") if b"\n" in chunk else [held + chunk]
        for line in whole if chunk else [held]:
            if overlong or len(line) > most:
                yield Piece(f"line {number}", number, None)
            elif line.strip(b" \t\r\xef\xbb\xbf"):
                yield Piece(f"line {number}", number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            number, overlong = number + 1, False
        if not chunk:
            return
        overlong, held = (True, b"") if overlong or len(rest) > most else (False, rest)


def items(read: Read, most: int) -> Iterator[Piece]:
    """Each object of a JSON array or of several objects in a row, found by its brackets and held one at a time."""
    found = _Brackets(most)
    while chunk := read(CHUNK):
        yield from found.feed(chunk)
    yield from found.end()


class _Brackets:
    """Splits a stream of JSON into its outermost objects, whatever their length, holding one at a time."""

    def __init__(self, most: int) -> None:
        self._most, self._number, self._depth = most, 0, 0
        self._in_string = self._escaped = self._overlong = False
        self._held = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        begun = 0                 # where the object at hand, or what stands between two, begins in this chunk
        position = 1 if self._escaped else 0
        self._escaped = False
        while match := _STRUCTURE.search(chunk, position):
            mark, position = match[0], match.end()
            if mark == b"\\":
                if self._in_string:
                    self._escaped = position >= len(chunk)
                    position += 1
            elif mark == b'"':
                self._in_string = not self._in_string and self._depth > 0
            elif self._in_string:
                continue
            elif mark in b"{[":
                if self._depth == 0:
                    yield from self._stray(chunk[begun:match.start()])
                    begun = match.start() if mark == b"{" else position
                self._depth += mark == b"{" or self._depth > 0   # the array around the objects has no depth
            elif self._depth > 0:
                self._depth -= 1
                if self._depth == 0:
                    self._hold(chunk[begun:position])
                    begun = position
                    yield self._take()
            else:
                yield from self._stray(chunk[begun:match.start()])
                begun = position
        if self._depth > 0:
            self._hold(chunk[begun:])
        else:
            yield from self._stray(chunk[begun:])

    def _stray(self, between: bytes) -> Iterator[Piece]:
        """What stands between two objects and is more than a comma: the parser will say what is wrong with it."""
        if between.strip(b", \t\r\n\xef\xbb\xbf"):
            self._hold(between)
            yield self._take()

    def end(self) -> Iterator[Piece]:
        if self._depth > 0:       # cut in the middle: the parser will say where
            yield self._take()

    def _hold(self, part: bytes) -> None:
        self._overlong = self._overlong or len(self._held) + len(part) > self._most
        if self._overlong:
            self._held.clear()
        else:
            self._held += part

    def _take(self) -> Piece:
        self._number += 1
        piece = Piece(f"item {self._number}", self._number, None if self._overlong else bytes(self._held))
        self._held.clear()
        self._overlong = False
        return piece
