"""Asking a server that speaks OpenAI's chat protocol: POST .../chat/completions. Plain HTTP, with an end to every wait.

The server is one that the user named, but what it sends may be anything: answers are bounded in size and time, redirects are not
followed, and its messages are cut short and cleaned before they are shown.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import httpcore
import httpx

from dateline.errors import ReadError
from dateline.extract.endpoint_answer import Unreadable, read_json
from dateline.read.article import one_line
from dateline.read.fetch import REDIRECTS, read_body
from dateline.read.network import CheckedBackend, CheckedTransport, PrivateAddress, Resolve, is_public, resolve

MOST_BYTES = 2_000_000            # of an answer: some hundred times what the longest report is worth
MOST_ERROR_BYTES = 64_000
PAUSES_S = (1.0, 5.0)             # before the second and the third try
LONGEST_PAUSE_S = 60.0            # that a server may ask for
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 529})        # statuses after which it is asked again
NOT_LIKED = frozenset({400, 415, 422, 500, 501})       # with which servers refuse a part of the request that they do not know
GIVE_UP_AFTER = 5                 # failures of the server, one after the other
GIVEN_UP_S = 60.0                 # for which nothing is asked then
_ABOUT_LENGTH = ("context", "too long", "too large", "maximum length")
_WORDS_OF_FORMAT = ("response_format", "json_schema", "json_object", "schema", "grammar", "structured", "guided")


class NoAnswer(Exception):
    """what: what is wrong; todo: the next step. of_server: whatever was asked. lasting: asking again soon is no use."""

    def __init__(self, what: str, todo: str, *, of_server: bool = False, lasting: bool = False) -> None:
        super().__init__(what)
        self.what, self.todo, self.of_server, self.lasting = what, todo, of_server or lasting, lasting


@dataclass(frozen=True, slots=True)
class Form:
    """How the answer's shape is asked for, as far as the server is known to like it."""

    shape: Literal["json_schema", "json_object", "words"] = "json_schema"
    temperature: bool = True      # some models take none


@dataclass(frozen=True, slots=True)
class Reply:
    """header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One connection at a time, with an end to all its waits."""

    backend: CheckedBackend
    transport: CheckedTransport


@dataclass
class Server:
    """A server and what is known of it; threads may ask it at the same time. clock, sleep, resolve: for tests."""

    address: str                  # of its chat completions
    model: str
    key: str = field(repr=False)
    timeout_s: float
    connections: int
    proxy: str = ""
    user_agent: str = "dateline"
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    resolve: Resolve = resolve

    def __post_init__(self) -> None:
        self._lines: queue.LifoQueue[Line | None] = queue.LifoQueue()      # None: one that is opened when it is needed
        for _ in range(self.connections):
            self._lines.put(None)
        self._lock = threading.Lock()
        self._form = Form()
        self._failures, self._closed_until = 0, 0.0
        self._last: NoAnswer | None = None

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """The content of the server's message, whatever it is. Raises NoAnswer where there is none."""
        with self._lock:
            if self._last is not None and self.clock() < self._closed_until:
                raise NoAnswer(f"not asked, because of what went wrong before: {self._last.what}", self._last.todo)
        try:
            with self._line() as line:
                content = self._ask(line, messages, schema)
        except NoAnswer as failure:
            self._note(failure)
            raise
        self._note(None)
        return content

    def close(self) -> None:
        """End the connections that nobody uses now."""
        idle = []
        with suppress(queue.Empty):
            while True:
                idle.append(self._lines.get_nowait())
        for line in idle:
            if line is not None:
                line.transport.close()
            self._lines.put(None)

    def _note(self, failure: NoAnswer | None) -> None:
        """After failures of the server itself nothing is asked for a while: a run of a thousand reports waits for few of them."""
        with self._lock:
            if failure is None or not failure.of_server:
                self._failures, self._last = 0, None
                return
            self._failures += 1
            if failure.lasting or self._failures >= GIVE_UP_AFTER:
                self._last, self._closed_until = failure, self.clock() + GIVEN_UP_S

    @contextmanager
    def _line(self) -> Iterator[Line]:
        held = self._lines.get()
        try:
            if held is None:
                # without TLS the words of reports go to this machine or a private network alone
                allow = (lambda address: not is_public(address)) if self.address.startswith("http:") and not self.proxy else None
                backend = CheckedBackend(allow, self.resolve, self.clock)
                held = Line(backend, CheckedTransport(backend, self.proxy))
            yield held
        finally:
            self._lines.put(held)

    def _ask(self, line: Line, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        form, tries = self._form, 0
        while True:
            try:
                reply = self._post(line, _request(self.model, messages, schema, form))
            except _Unreached as unreached:
                if tries == len(PAUSES_S):
                    raise self._failed(unreached.what, "check that it runs, and DATELINE_LLM_URL") from None
                self.sleep(PAUSES_S[tries])
                tries += 1
                continue
            if reply.status == 200:
                self._form = form
                return content_of(reply)
            told = self._message(reply)
            weaker = weaker_form(form, reply.status, told)
            if weaker is not None:
                form = weaker
            elif reply.status in PASSING and tries < len(PAUSES_S):
                self.sleep(self._pause(reply, tries))
                tries += 1
            else:
                raise self._refused(reply, told)

    def _post(self, line: Line, body: bytes) -> Reply:
        headers = {"User-Agent": self.user_agent, "Content-Type": "application/json", "Accept": "application/json",
                   "Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        line.backend.deadline = self.clock() + self.timeout_s
        waits = httpx.Timeout(self.timeout_s).as_dict()
        try:                          # without httpx.Client, which keeps cookies
            response = line.transport.handle_request(httpx.Request(
                "POST", self.address, headers=headers, content=body, extensions={"timeout": waits}))
            try:
                most = MOST_BYTES if response.status_code == 200 else MOST_ERROR_BYTES
                read = b"" if response.status_code in REDIRECTS else read_body(response, most, self.host)
                return Reply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, read)
            except ReadError as error:
                if response.status_code != 200:       # what it says of its error is not worth more
                    return Reply(response.status_code, {}, b"")
                raise NoAnswer(f"sent an answer that is {error.what.partition(';')[0]}", "use another model or server") from None
            finally:
                response.close()
        except PrivateAddress:
            raise NoAnswer("is on the public internet, and without https the reports would be open to whoever is on the way",
                           "give an https address in DATELINE_LLM_URL", lasting=True) from None
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise self._failed(f"did not end its answer within {self.timeout_s:g} s",
                               "set DATELINE_LLM_TIMEOUT_S higher, or use a faster model") from None
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError) as error:
            raise _Unreached(f"cannot be reached ({one_line(error, 100) or type(error).__name__})") from None

    @property
    def host(self) -> str:
        parts = urlsplit(self.address)
        return one_line(parts.netloc, 100)

    def _failed(self, what: str, todo: str) -> NoAnswer:
        return NoAnswer(what, todo, of_server=True)

    def _pause(self, reply: Reply, tries: int) -> float:
        asked = _retry_after_s(reply.headers.get("retry-after", ""))
        if asked is not None and asked > LONGEST_PAUSE_S:
            raise NoAnswer(f"answered {reply.status} and asks to wait {asked:,.0f} s", "run again after that", lasting=True)
        return PAUSES_S[tries] if asked is None else asked

    def _message(self, reply: Reply) -> str:
        """What the server says of an error, on one line, without the key: a server may send back what it was sent."""
        try:
            told = json.loads(reply.body)
        except (ValueError, RecursionError):
            return ""
        for name in ("error", "message", "detail"):
            if isinstance(told, dict) and name in told:
                told = told[name]
        words = one_line(told if isinstance(told, str) else json.dumps(told), 2000)
        return words.replace(self.key, "***") if self.key else words

    def _refused(self, reply: Reply, told: str) -> NoAnswer:
        status = reply.status
        words = f"answered {status}" + (f" ({one_line(told, 200)})" if told else "")
        if status in REDIRECTS:
            return NoAnswer(f"answered {status}, a redirect, which is not followed",
                            "give the address to which it leads in DATELINE_LLM_URL, if that is meant", lasting=True)
        if status in (401, 403):
            return NoAnswer(words, "set DATELINE_LLM_KEY", lasting=True)
        if status in (404, 405):
            return NoAnswer(words, "check DATELINE_LLM_URL and DATELINE_LLM_MODEL", lasting=True)
        if status in PASSING or status >= 500:
            return self._failed(words, "try again later")
        return NoAnswer(words, "see the log of the server")


class _Unreached(Exception):
    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def weaker_form(form: Form, status: int, told: str) -> Form | None:
    """How to ask after a refusal that speaks of the form; None: it does not, or there is nothing left to leave out."""
    said = told.lower()
    if status not in NOT_LIKED or any(words in said for words in _ABOUT_LENGTH):
        return None
    if form.temperature and "temperature" in said:
        return replace(form, temperature=False)
    if form.shape == "words" or (status == 500 and not any(word in said for word in _WORDS_OF_FORMAT)):
        return None
    return replace(form, shape="json_object" if form.shape == "json_schema" else "words")


def content_of(reply: Reply) -> str:
    """The words of the message in a reply with status 200. Raises NoAnswer where it is no whole message."""
    if "html" in reply.headers.get("content-type", "").lower() or reply.body.lstrip()[:1] == b"<":
        raise NoAnswer("answered with a page, not with JSON", "check DATELINE_LLM_URL: it often ends with /v1", lasting=True)
    try:
        told = read_json(reply.body)
    except Unreadable as wrong:
        raise NoAnswer(f"sent an answer that {wrong}", "check that DATELINE_LLM_URL is an OpenAI-compatible server") from None
    choices = told.get("choices") if isinstance(told, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise NoAnswer("sent an answer without a message", "check that DATELINE_LLM_URL is an OpenAI-compatible server")
    if choice.get("finish_reason") == "length":
        raise NoAnswer("cut its answer off at its longest", "let the server's context and answers be longer")
    if choice.get("finish_reason") == "content_filter" or message.get("refusal"):
        raise NoAnswer("refused to answer", "use another model or server for reports on violence")
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        raise NoAnswer("sent an empty message", "use another model")
    return content


def _request(model: str, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], form: Form) -> bytes:
    asked: dict[str, Any] = {"model": model, "messages": list(messages), "stream": False}
    if form.temperature:
        asked["temperature"] = 0
    if form.shape == "json_schema":
        asked["response_format"] = {"type": "json_schema", "json_schema": {"name": "accounts", "strict": True, "schema": schema}}
    elif form.shape == "json_object":
        asked["response_format"] = {"type": "json_object"}
    return json.dumps(asked, ensure_ascii=True).encode("ascii")


def _retry_after_s(words: str) -> float | None:
    """The seconds that a Retry-After header says, from now on; None: it says none."""
    words = words.strip()
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        at = parsedate_to_datetime(words)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max((at - datetime.now(UTC)).total_seconds(), 0.0)
