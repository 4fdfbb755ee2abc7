"""An archive made up for the archive job: python -m bench.made_archive FOLDER --pages 2000 --files 2 --seed 8

WARC files of pages in ten languages: 5 % tell incidents (made_reports.py), 20 % repeat another page whole, cut or with a line
more, and about 3 % of the records are broken, are no page, or are no answer at all; the last file is cut in its last record. Each
page depends on the seed and its number alone. Everything that the pages tell is invented.
"""

from __future__ import annotations

import argparse
import random
import sys
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import escape
from pathlib import Path

from bench.made_reports import a_text, cities

INCIDENTS, COPIES, BROKEN, NO_PAGES = 0.05, 0.20, 0.015, 0.015     # shares of the records
ENGLISH = 0.4                     # of the pages that tell no incident; the rest is in nine other languages
FIRST_DAY, DAYS = date(2021, 1, 1), 365
SENTENCES = Path(__file__).with_suffix(".toml")
_CUT_BYTES = 400


@dataclass(frozen=True, slots=True)
class Page:
    """paragraphs: of its article; the first of an English one begins with a dateline."""

    number: int
    day: date
    language: str
    paragraphs: tuple[str, ...]
    copy_of: int | None = None    # number of the page that it repeats


@dataclass(frozen=True, slots=True)
class Archive:
    """`pages` records in `files` WARC files."""

    pages: int
    files: int
    seed: int

    def page(self, number: int) -> Page:
        rng = random.Random(f"{self.seed}-{number}")
        day = FIRST_DAY + timedelta(days=min(DAYS - 1, number * DAYS // self.pages))
        if number and rng.random() < COPIES:
            return self._copy(number, day, rng)
        if rng.random() < INCIDENTS / (1 - COPIES):
            return Page(number, day, "en", self._english(number, day, quiet=False))
        if rng.random() < ENGLISH:
            return Page(number, day, "en", self._english(number, day, quiet=True))
        language = rng.choice(sorted(_sentences()))
        return Page(number, day, language, tuple(_foreign(language, rng) for _ in range(rng.randint(3, 6))))

    def _english(self, number: int, day: date, *, quiet: bool) -> tuple[str, ...]:
        text = a_text(random.Random(f"{self.seed}-{number}-text"), quiet=quiet)
        head, _, body = text.partition(" - ")
        city = head.partition(",")[0]
        return tuple(f"{city}, {day:%B} {day.day}, {day.year} (Made News) - {body}".split("\n\n"))

    def _copy(self, number: int, day: date, rng: random.Random) -> Page:
        """Of a page of the last weeks, so that some are in the same file and some in the one before."""
        of = self.page(rng.randrange(max(0, number - max(40, self.pages // 12)), number))
        kind = rng.random()
        told = of.paragraphs
        if kind < 0.3 and len(told) > 3:
            told = told[: max(3, len(told) * 2 // 3)]
        elif kind < 0.5:
            told = (*told, "Readers may write to the editor of this page about what they have read here today.")
        return Page(number, day, of.language, told, of.number if of.copy_of is None else of.copy_of)

    def write(self, folder: Path) -> list[Path]:
        """Write the files into the new folder."""
        folder.mkdir(parents=True)
        paths = [folder / f"made-{number:03}.warc.gz" for number in range(self.files)]
        for number, path in enumerate(paths):
            with path.open("wb") as file:
                for record in self._records(number):
                    file.write(packed(record))
        raw = paths[-1].read_bytes()
        paths[-1].write_bytes(raw[:-_CUT_BYTES])
        return paths

    def _records(self, file: int) -> Iterator[bytes]:
        for number in range(file * self.pages // self.files, (file + 1) * self.pages // self.files):
            rng = random.Random(f"{self.seed}-{number}-record")
            fate, address, day = rng.random(), f"https://made-{rng.randrange(40)}.example/{number}", self.page(number).day
            if fate < BROKEN:
                yield rng.choice((_broken_packing, _no_article, _binary))(address, day)
            elif fate < BROKEN + NO_PAGES:
                yield rng.choice((_not_found, _image, _request))(address, day)
            else:
                yield response(address, day, html_of(self.page(number), address))


def html_of(page: Page, address: str) -> bytes:
    """A page of news with menus around it."""
    title = " ".join(page.paragraphs[0].partition(" - ")[2].split()[:9]) or " ".join(page.paragraphs[0].split()[:9])
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in page.paragraphs)
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in ("home", "world", "local", "sport", "weather"))
    return f"""<!doctype html><html lang="{page.language}"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta property="article:published_time" content="{page.day}T08:00:00Z"><link rel="canonical" href="{address}"></head>
<body><nav><ul>{menu}</ul></nav><main><article><h1>{escape(title)}</h1>
{body}
</article></main><footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>""".encode()


def response(address: str, day: date, body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8",
             more: str = "") -> bytes:
    """A record of an answer."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return warc("response", address, day, "application/http; msgtype=response", answer)


def warc(kind: str, address: str, day: date, content: str, block: bytes) -> bytes:
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {day}T09:00:00Z\r\n"
            f"WARC-Record-ID: <urn:made:{address.rpartition('/')[2]}:{kind}>\r\nContent-Type: {content}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def packed(record: bytes) -> bytes:
    """A gzip member, without the time at which it was packed."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(record) + packer.flush()


def _broken_packing(address: str, day: date) -> bytes:
    return response(address, day, b"\x1f\x8b\x08\x00 no gzip at all", more="Content-Encoding: gzip\r\n")


def _no_article(address: str, day: date) -> bytes:
    menu = b"<ul><li><a href='/a'>Home</a></li><li><a href='/b'>Sport</a></li></ul>"
    return response(address, day, b"<html><body>" + menu + b"</body></html>")


def _binary(address: str, day: date) -> bytes:
    return response(address, day, b"\x89PNG\r\n\x1a\n" + bytes(200))


def _not_found(address: str, day: date) -> bytes:
    return response(address, day, b"<html><body><p>Nothing here.</p></body></html>", status="404 Not Found")


def _image(address: str, day: date) -> bytes:
    return response(address, day, b"\x89PNG\r\n\x1a\n" + bytes(200), kind="image/png")


def _request(address: str, day: date) -> bytes:
    return warc("request", address, day, "application/http; msgtype=request", b"GET / HTTP/1.1\r\nHost: made.example\r\n\r\n")


def _foreign(language: str, rng: random.Random) -> str:
    """A paragraph of three sentences."""
    chosen = rng.sample(_sentences()[language], 3)
    return " ".join(one.replace("[n]", str(rng.randint(2, 400))).replace("[city]", rng.choice(cities())) for one in chosen)


@cache
def _sentences() -> dict[str, list[str]]:
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.made_archive", description="Make an archive up.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--files", type=int, default=2)
    parser.add_argument("--seed", type=int, default=8)
    given = parser.parse_args()
    print("\n".join(map(str, Archive(given.pages, given.files, given.seed).write(given.folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
