"""Every setting: name, default and sentence in one table. The environment gives another value: DATELINE_<NAME>."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_type_hints

from dateline.errors import SettingsError


def _setting(default: Any, sentence: str) -> Any:
    return field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, each with its default and what it means."""

    record: str = _setting("dateline.db", "Path of the record (an SQLite file)")
    offline: bool = _setting(False, "Never fetch anything over the network")
    fetch_timeout_s: float = _setting(20.0, "Longest wait for a server's answer, in seconds")
    fetch_max_bytes: int = _setting(20_000_000, "Largest page or feed that is fetched, in bytes, unpacked")
    fetch_max_redirects: int = _setting(5, "Most redirects that are followed for one address")
    fetch_delay_s: float = _setting(1.0, "Pause between two requests to one host, in seconds")
    fetch_private: bool = _setting(False, "Allow addresses of private, loopback and link-local networks")
    fetch_robots: bool = _setting(True, "Obey robots.txt")
    user_agent: str = _setting("dateline", "User agent sent with each request")
    proxy: str = _setting("", "Address of an HTTP proxy; empty for none")
    max_text_chars: int = _setting(200_000, "Longest article that is read, in characters; longer ones are left out and said so")
    nature: str = _setting("political,unknown", "Natures that lists show, with commas between: political, crime, accident, unknown")
    toll_rule: str = _setting("reliable", "Rule that computes tolls: reliable, lowest, latest, majority")
    groups_file: str = _setting("", "A TOML file of armed groups that are added to the packaged register, or replace groups of the same id")
    log_level: str = _setting("warning", "What is logged to stderr: debug, info, warning or error")


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The defaults, replaced by what `environ` gives under DATELINE_<NAME>.

    Raises SettingsError for a value of the wrong type.
    """
    types = get_type_hints(Settings)
    given = {}
    for setting in fields(Settings):
        raw = environ.get(f"DATELINE_{setting.name.upper()}")
        if raw is not None:
            given[setting.name] = _parse(setting.name, raw, types[setting.name])
    return Settings(**given)


def _parse(name: str, raw: str, kind: type) -> str | int | float | bool:
    if kind is bool:
        if raw.lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.lower() in {"0", "false", "no", "off", ""}:
            return False
        raise SettingsError(f"DATELINE_{name.upper()}={raw!r}: neither yes nor no; write 1 or 0")
    try:
        value: str | int | float = kind(raw)
    except ValueError:
        raise SettingsError(f"DATELINE_{name.upper()}={raw!r}: not a number ({kind.__name__}); see docs/settings.md") from None
    return value
