"""Bad input, through the whole job: one clear line each, the rest of the run goes on, and nothing kept is lost."""

from __future__ import annotations

import gzip
import http.server
import io
import json
import os
import threading

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.read import network
from whole_job import dateline, incidents

HEAD = "PORT VERITY, March 12, 2024 (Hawk Wire) - "
KABUL = HEAD + "Shelling hit Kabul on Tuesday, killing at least 12 people and wounding 30, the mayor said.\n"
GAO = HEAD + "Gunmen shot dead four soldiers in Gao on Monday, the army said, and fled north on motorcycles.\n"
NO_ARTICLE = b"<html><head><title>Menu</title></head><body><nav><a href='/a'>Home</a> <a href='/b'>World</a></nav></body></html>"


def an_archive(pages: int) -> bytes:
    """A WARC of `pages` pages, each of another incident."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for number in range(1, pages + 1):
        body = f"<html><body><article><p>{GAO}</p><p>It was raid number {number} there, said elders.</p></article></body></html>"
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(f"http://post.example/{number}", "response",
                                                      payload=io.BytesIO(body.encode()), http_headers=headers))
    return out.getvalue()


BAD = [                           # name, bytes, what the line says: what, where in it, what to do
    ("empty.txt", b"", ["empty: there is nothing to read"]),
    ("noise.txt", bytes(range(256)) * 20, ["binary, not text", "give its text"]),
    ("printed.pdf", b"%PDF-1.7\n...", ["binary (a PDF)", "give its text"]),
    ("two-bytes-unmarked.txt", KABUL.encode("utf-16-le"), ["binary, not text", "give its text"]),
    ("menu.html", NO_ARTICLE, ["this page holds no article", "give the address of one article"]),
    ("lines.jsonl", json.dumps({"text": GAO}).encode() + b'\n{"text": oops}\n', ["line 2", "not JSON", "mend or remove it"]),
    ("null.json", b'{"text": null}', ["line 1", "no text under 'text'", "--map text=NAME"]),
    ("digits.json", b'{"text": "x", "n": ' + b"9" * 5000 + b"}", ["line 1", "not JSON", "mend or remove it"]),
    ("deep.json", b'{"a": ' * 100_000 + b"1" + b"}" * 100_000, ["nested too deeply"]),
    ("cut.warc", an_archive(3)[:-200], ["record 3", "the 2 records before it were read", "copy the file again"]),
    ("cut.gz", gzip.compress(KABUL.encode())[:-6], ["the gzip is cut", "copy the file again"]),
    ("twice.gz", gzip.compress(gzip.compress(KABUL.encode())), ["gzip within gzip", "unpack it once"]),
    ("50-mb.txt", KABUL.encode() * 450_000, ["longer than 200,000 characters", "DATELINE_MAX_TEXT_CHARS"]),
    ("invisible.txt", "\u200b\u200d\u2060".encode() * 40, ["no article"]),
    ("map.xml", b'<?xml version="1.0"?><urlset></urlset>', ["neither a page nor a feed"]),
]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "reports"
    made.mkdir()
    (made / "0-good.txt").write_text(KABUL)
    return made


@pytest.fixture
def record(tmp_path):
    return tmp_path / "d.db"


@pytest.mark.parametrize(("name", "raw", "said"), [pytest.param(*bad, id=bad[0]) for bad in BAD])
def test_bad_input_is_one_line_and_the_rest_is_kept(folder, record, name, raw, said):
    assert dateline("run", folder, "--record", record).code == 0
    [kept] = incidents(record)
    (folder / name).write_bytes(raw)
    (folder / "z-good.txt").write_text(GAO)
    answer = dateline("run", folder, "--record", record, "--offline")
    assert answer.code == 3
    [line] = answer.left_out
    assert f"{folder / name}" in line
    assert all(words in line for words in said), line
    assert "1 source or record left out" in answer.err
    held = incidents(record)
    assert kept in held               # nothing that was kept is lost
    assert any("Gao" in incident["headline"] for incident in held)


def test_a_folder_of_nothing_but_bad_input_and_one_good_report(folder, record):
    for name, raw, _ in BAD:
        (folder / name).write_bytes(raw)
    os.symlink(folder / "gone", folder / "dangling")
    os.mkfifo(folder / "pipe")
    answer = dateline("run", folder, "--record", record)
    assert answer.code == 3
    named = [next(name for name in [*(name for name, _, _ in BAD), "dangling", "pipe"] if f"/{name}: " in line)
             for line in answer.left_out]
    assert sorted(named) == sorted([*(name for name, _, _ in BAD), "dangling", "pipe"])
    again = dateline("run", folder, "--record", record)
    assert (again.code, again.left_out) == (3, answer.left_out)     # told until it is mended
    assert "nothing has changed" in again.err


def test_what_is_mended_is_read_by_the_same_command(folder, record):
    (folder / "lines.jsonl").write_text('{"text": oops}\n')
    assert dateline("run", folder, "--record", record).code == 3
    (folder / "lines.jsonl").write_text(json.dumps({"text": GAO}))
    answer = dateline("run", folder, "--record", record)
    assert (answer.code, answer.left_out) == (0, [])
    assert len(incidents(record)) == 2


@pytest.fixture
def site(monkeypatch):
    """A site on this machine, which stands for one on the internet; every other private address stays barred."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            goes_to = {"/to-cloud": "http://169.254.169.254/latest/meta-data/", "/moved": "/report.txt",
                       "/to-neighbour": f"http://127.0.0.2:{self.server.server_port}/report.txt", "/circle": "/circle"}
            if self.path in goes_to:
                self.send_response(302)
                self.send_header("Location", goes_to[self.path])
                self.end_headers()
            elif self.path == "/report.txt":
                self.send_response(200)
                self.send_header("Content-Type", "text/plain")
                self.end_headers()
                self.wfile.write(KABUL.encode())
            else:
                self.send_error(404)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    is_public = network.is_public
    monkeypatch.setattr(network, "is_public", lambda address: str(address) == "127.0.0.1" or is_public(address))
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


QUICK = {"DATELINE_FETCH_DELAY_S": "0", "DATELINE_FETCH_TIMEOUT_S": "3"}


@pytest.mark.parametrize(("path", "said"), [
    pytest.param("/feed.xml", ["the server answered 404 (not found)", "check the address"], id="feed-that-is-not-there"),
    pytest.param("/to-cloud", ["169.254.169.254 is an address of a private network"], id="redirect-to-a-cloud's-secrets"),
    pytest.param("/to-neighbour", ["127.0.0.2 is an address of a private network"], id="redirect-to-a-private-address"),
    pytest.param("/circle", ["redirects in a circle"], id="redirect-to-itself"),
])
def test_a_bad_address_is_one_line_and_the_rest_is_kept(folder, record, site, path, said):
    at, seen = site
    answer = dateline("run", at + path, folder, "--record", record, settings=QUICK)
    assert answer.code == 3
    [line] = answer.left_out
    assert at + path in line
    assert all(words in line for words in said), line
    assert "/report.txt" not in seen
    assert len(incidents(record)) == 1


def test_a_redirect_within_the_internet_is_followed(record, site):
    at, _ = site
    answer = dateline("run", f"{at}/moved", "--record", record, settings=QUICK)
    assert (answer.code, answer.left_out) == (0, [])
    assert len(incidents(record)) == 1


def test_a_file_whose_name_is_no_utf_8_is_read_once_like_any_other(tmp_path):
    record = tmp_path / "r.db"
    for name in (b"caf\xe9.txt", b"caf\xe8.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
            file.write(KABUL if name == b"caf\xe9.txt" else GAO)
    source = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt"))
    other = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe8.txt"))
    assert dateline("run", source, other, "--record", str(record)).code == 0
    assert "0 new, 2 held before" in dateline("run", source, other, "--record", str(record)).err
