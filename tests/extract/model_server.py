"""A stand-in for a model's server: it speaks the protocol over a real connection, and answers as a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ModelServer:
    """answers: in the order of the requests, the last for all that follow. asked: the requests' bodies; headers: theirs."""

    address: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def text_asked(self, number: int = -1) -> str:
        return text_in(self.asked[number])


def text_in(asked: dict[str, Any]) -> str:
    """The report's words as the server was given them."""
    return "\n".join(asked["messages"][1]["content"].split("\n")[1:-1])


@contextmanager
def a_model_server(*answers: Answer) -> Iterator[ModelServer]:
    held = ModelServer(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.asked = body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with held.lock:
                held.asked.append(body)
                held.headers.append(dict(self.headers))
                held.paths.append(self.path)
                answer = held.answers[min(len(held.asked), len(held.answers)) - 1]
            try:
                answer(self)
            except OSError:            # who asked has gone
                self.close_connection = True

        def do_GET(self) -> None:
            with held.lock:
                held.paths.append(self.path)
            sent(500, b"")(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    held.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()


def sent(status: int, body: bytes, **headers: str) -> Answer:
    """A reply as it stands; names of headers with _ for -."""

    def answer(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        told = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        for name, value in (told | {name.replace("_", "-"): value for name, value in headers.items()}).items():
            to.send_header(name, value)
        to.end_headers()
        to.wfile.write(body)

    return answer


def by_text(choose: Callable[[str], Answer]) -> Answer:
    """What `choose` answers to the report's words: several reports may be asked about at the same time."""
    return lambda to: choose(text_in(to.asked))(to)             # type: ignore[attr-defined]


def message(content: str | None, finish_reason: str = "stop", **more: Any) -> Answer:
    """A message of the model's, in the protocol."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **more}, "finish_reason": finish_reason}
    told = {"id": "chat-1", "object": "chat.completion", "created": 1700000000, "model": "small", "choices": [choice],
            "usage": {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}}
    return sent(200, json.dumps(told).encode())


def accounts(*told: dict[str, Any]) -> Answer:
    """A message with these accounts, as the schema asks for it."""
    return message(json.dumps({"accounts": list(told)}))


def error(status: int, words: str, **headers: str) -> Answer:
    return sent(status, json.dumps({"error": {"message": words, "type": "some_error"}}).encode(), **headers)


def an_account(*sentences: str, **given: Any) -> dict[str, Any]:
    """An account in the answer's shape; `given` replaces any field."""
    return {"kind": "attack", "status": "happened", "told_as": "news", "sentences": list(sentences), "act": None, "when": None,
            "where": None, "actors": [], "targets": [], "weapons": [], "figures": [], "private_names": [], **given}


def a_figure(words: str, fate: str, effect: str = "killed", speaker: str | None = None) -> dict[str, Any]:
    return {"words": words, "effect": effect, "fate": fate, "speaker": speaker}
