"""The smallest PMTiles archive (version 3) with one vector tile: a line across the world, as a user's boundaries."""

from __future__ import annotations

import json
import struct

NONE, VECTOR = 1, 1               # codes of PMTiles: no compression, Mapbox vector tiles


def archive() -> bytes:
    tile = _tile()
    # one entry: tile id 0, run length 1, its length, its offset + 1
    root = b"".join(map(_varint, (1, 0, 1, len(tile), 1)))
    told = json.dumps({"vector_layers": [{"id": "bounds", "fields": {}}]}).encode()
    root_at = 127
    told_at = root_at + len(root)
    tile_at = told_at + len(told)
    head = b"PMTiles\x03" + struct.pack("<11Q", root_at, len(root), told_at, len(told), tile_at, 0, tile_at, len(tile), 1, 1, 1)
    world = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)           # 1e-7 degrees
    head += struct.pack("<6B4iB2i", 1, NONE, NONE, VECTOR, 0, 0, *world, 0, 0, 0)
    return head + root + told + tile


def _tile() -> bytes:
    line = b"".join(map(_varint, (9, _signed(0), _signed(1500), 10, _signed(4096), _signed(600))))
    feature = _field(3, 0, _varint(2)) + _field(4, 2, line)
    layer = _field(15, 0, _varint(2)) + _field(1, 2, b"bounds") + _field(2, 2, feature) + _field(5, 0, _varint(4096))
    return _field(3, 2, layer)


def _field(number: int, wire: int, content: bytes) -> bytes:
    return _varint(number << 3 | wire) + (_varint(len(content)) if wire == 2 else b"") + content


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def _signed(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1
