"""The extractor behind an address: a model that a server gives by OpenAI's protocol, held to what the report says.

It is off unless the settings choose it. The words of reports that tell violence are sent to the server; nothing else is, and
nothing of its answers comes into the record but kinds, and places of the report's own words.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dateline.errors import ExtractError, SettingsError
from dateline.extract import NOTHING, VERSION, Extraction, Failed
from dateline.extract.document import Document
from dateline.extract.endpoint_answer import Unreadable, read_answer
from dateline.extract.endpoint_drafts import Asked, accounts_told
from dateline.extract.endpoint_http import NoAnswer, Server
from dateline.extract.endpoint_prompt import answer_schema, messages_of, pieces_of
from dateline.extract.register import load_register
from dateline.read.article import one_line
from dateline.read.network import is_name_at_home, is_public, literal_address
from dateline.records import Report
from dateline.records.account import given_by
from dateline.settings import Settings
from dateline.where.gazetteer import load_gazetteer

log = logging.getLogger("dateline.extract")

WAITING = 4                       # reports a connection that are read together: none waits for the batch's slowest


@dataclass(frozen=True)
class Endpoint:
    """Reads with the model of `server`, and with our own parts; groups_file: as the setting of that name."""

    server: Server
    groups_file: str = ""

    @property
    def origin(self) -> str:
        """Who read what it gives, as records may say it."""
        return f"endpoint:{self.server.model}"

    @property
    def version(self) -> str:
        return f"{self.origin} {VERSION}"

    @property
    def at_once(self) -> int:
        return WAITING * self.server.connections

    def __call__(self, reports: Iterable[Report], /) -> Iterator[tuple[Report, Extraction | Failed]]:
        from dateline.extract.pipeline import documents

        waiting: deque[tuple[Report, Callable[[], Extraction | Failed]]] = deque()
        try:
            for report, document in documents(reports):
                waiting.append((report, self._begun(report, document)))
                if len(waiting) > self.server.connections:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            self.server.close()

    def _begun(self, report: Report, document: Document | Failed | None) -> Callable[[], Extraction | Failed]:
        """What gives the outcome of a report, and waits for it where the server is asked."""
        if not isinstance(document, Document):
            return lambda: document or NOTHING
        asked = _in_thread(lambda: self._ask(report.text))
        return lambda: self._outcome(document, asked)

    def _ask(self, text: str) -> list[Asked]:
        found = []
        for piece in pieces_of(text):
            content = self.server.ask(messages_of(text[piece.start:piece.end]), answer_schema())
            try:
                found.append(Asked(piece, read_answer(content)))
            except Unreadable as wrong:
                raise NoAnswer(f"gave an answer that {wrong}", "use another model, or one held to a schema") from None
        return found

    def _outcome(self, document: Document, asked: Future[list[Asked]]) -> Extraction | Failed:
        report = document.report
        try:
            answers = asked.result()
            register = load_register(Path(self.groups_file) if self.groups_file else None)
            accounts, refused = accounts_told(document, answers, register, load_gazetteer())
            self._tell(report, refused)
            if not accounts and any(one.answer.given for one in answers):
                raise NoAnswer(f"gave an answer of which nothing stands: {_counted(refused)}", "use another model")
        except NoAnswer as failure:
            told = f"the model's server at {self.server.host} {failure.what}"
            return Failed(ExtractError(report.id, report.source, told, todo=f"{failure.todo}, and run again"))
        except Exception as error:  # whatever a hostile answer breaks, the run goes on
            return Failed(ExtractError(report.id, report.source, f"{type(error).__name__}: {one_line(error)}"))
        return Extraction(tuple(given_by(one, self.origin) for one in accounts), tuple(document.group_statements))

    def _tell(self, report: Report, refused: Counter[str]) -> None:
        if refused:
            log.warning("source=%s report=%s: of the answer of %s was refused: %s", one_line(report.source), report.id,
                        self.server.model, _counted(refused))


def endpoint_of(settings: Settings) -> Endpoint:
    """The endpoint that the settings name.

    Raises SettingsError where nothing may be sent, or the address, its scheme or the model is no good.
    """
    if settings.offline:
        raise SettingsError("DATELINE_EXTRACTOR='endpoint' sends the texts of reports to a server, and offline is set: set "
                            "DATELINE_EXTRACTOR=built-in, or leave out --offline and DATELINE_OFFLINE")
    if not settings.llm_model.strip():
        raise SettingsError("DATELINE_EXTRACTOR='endpoint' needs DATELINE_LLM_MODEL, the name of a model that the server has")
    address, at_home = _address(settings.llm_url)
    if settings.llm_key != settings.llm_key.strip():
        raise SettingsError("DATELINE_LLM_KEY begins or ends with a space: give the key alone")
    proxy = "" if at_home else settings.proxy
    if proxy and address.startswith("http:"):
        raise SettingsError("DATELINE_LLM_URL: over a proxy only with https, because reports could be read on the way")
    server = Server(address, settings.llm_model, settings.llm_key, settings.llm_timeout_s, settings.llm_connections, proxy,
                    settings.user_agent)
    return Endpoint(server, settings.groups_file)


def _address(given: str) -> tuple[str, bool]:
    """The address of chat completions under the one given, and whether it is one of this machine or a private network."""
    wrong = SettingsError("DATELINE_EXTRACTOR='endpoint' needs DATELINE_LLM_URL, such as http://localhost:11434/v1: an http or "
                          "https address without a name, a password, ? or #")
    try:
        parts = urlsplit(given)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or "?" in given or "#" in given or " " in given:
        raise wrong
    literal = literal_address(host)
    at_home = is_name_at_home(host) if literal is None else not is_public(literal)
    base = given.rstrip("/").removesuffix("/chat/completions")
    return f"{base}/chat/completions", at_home


def _next(waiting: deque[tuple[Report, Callable[[], Extraction | Failed]]]) -> tuple[Report, Extraction | Failed]:
    report, outcome = waiting.popleft()
    return report, outcome()


def _in_thread(work: Callable[[], list[Asked]]) -> Future[list[Asked]]:
    """`work`, begun in a thread for which a program that ends does not wait."""
    future: Future[list[Asked]] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="dateline-endpoint", daemon=True).start()
    return future


def _counted(refused: Counter[str]) -> str:
    """ "figure told twice (2)", the most frequent first."""
    return ", ".join(f"{why} ({number})" for why, number in refused.most_common())
