"""A light server that takes every mail and notes it: python -m bench.mail_sink FILE

Prints the port of loopback that it listens on, then takes mails until it is killed. One line a mail is in FILE, with recipient,
Message-ID and seconds, before the sender is told that it was taken.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from pathlib import Path
from typing import BinaryIO

_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.MULTILINE)
_TO = re.compile(rb"TO:<([^>]*)>", re.IGNORECASE)
LARGEST_LINE = 1 << 16


async def serve(path: Path) -> None:
    with path.open("ab", buffering=0) as notes:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await _talk(reader, writer, notes)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass              # its sender was killed
            finally:
                writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=LARGEST_LINE)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, notes: BinaryIO) -> None:
    writer.write(b"220 sink\r\n")
    to = b""
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            writer.write(b"250-sink\r\n250 SIZE 10000000\r\n")
        elif verb == b"RCPT":
            found = _TO.search(line)
            to = found[1] if found else b""
            writer.write(b"250 Ok\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            message = await _message(reader)
            found = _ID.search(message)
            notes.write(b"%s %s %.6f\n" % (to, found[1] if found else b"?", time.time()))
            writer.write(b"250 taken\r\n")
        elif verb == b"QUIT":
            writer.write(b"221 Bye\r\n")
            return
        else:
            writer.write(b"250 Ok\r\n")
        await writer.drain()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Raises IncompleteReadError where it does not end: such a mail was not taken."""
    lines = []
    while (line := await reader.readline()) != b".\r\n":
        if not line.endswith(b"\n"):
            raise asyncio.IncompleteReadError(line, None)
        lines.append(line)
    return b"".join(lines)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
