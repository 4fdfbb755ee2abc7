"""Every setting: name, default and sentence in one table. The environment gives another value: DATELINE_<NAME>."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from dateline.errors import SettingsError

NATURES = ("political", "crime", "accident", "unknown")
ALL_NATURES = "all"
TOLL_RULES = ("reliable", "lowest", "latest", "majority")
ATTRIBUTION_RULES = ("stated or claimed", "suspected too", "never on one enemy's word")
SMTP_SECURITY = ("starttls", "tls", "none")
EXTRACTORS = ("built-in", "endpoint")
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


def _setting(default: Any, sentence: str, *, least: float = 0, most: float = math.inf, one_of: tuple[str, ...] = (),
             some_of: tuple[str, ...] = (), file: bool = False, header: bool = False, secret: bool = False) -> Any:
    """One row. least, most: of a number. one_of, some_of: the words it may have. file: must be there. header: goes into a
    request or a mail. secret: is shown nowhere."""
    return field(default=default, repr=not secret, metadata={"sentence": sentence, "least": least, "most": most, "one_of": one_of,
                                            "some_of": some_of, "file": file, "header": header, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, each with its default and what it means."""

    record: str = _setting("dateline.db", "The record: the path of a file (SQLite), or postgresql://USER@HOST/DATABASE")
    offline: bool = _setting(False, "Never fetch anything over the network")
    fetch_timeout_s: float = _setting(20.0, "Longest wait for a server's answer, in seconds", least=0.1)
    fetch_max_bytes: int = _setting(20_000_000, "Largest page or feed that is fetched, in bytes, unpacked", least=1)
    fetch_max_redirects: int = _setting(5, "Most redirects that are followed for one address")
    fetch_delay_s: float = _setting(1.0, "Pause between two requests to one host, in seconds")
    fetch_private: bool = _setting(False, "Allow addresses of private, loopback and link-local networks")
    fetch_robots: bool = _setting(True, "Obey robots.txt")
    user_agent: str = _setting("dateline", "User agent sent with each request", header=True)
    proxy: str = _setting("", "Address of an HTTP proxy; empty for none", header=True)
    watch_least_minutes: float = _setting(5.0, "Least minutes between two askings of a watched feed", least=0.1)
    watch_most_minutes: float = _setting(120.0, "Most minutes between two askings of a watched feed that answers", least=0.1)
    operator: str = _setting("", "Address that mails about watched feeds go to; empty: none is sent", header=True)
    max_text_chars: int = _setting(200_000, "Longest article that is read, in characters; longer ones are left out and said so",
                                   least=1)
    extractor: str = _setting("built-in", "What reads reports: our own rules, or a model at an address to which their texts are "
                              "sent", one_of=EXTRACTORS)
    llm_url: str = _setting("", "Address of a server that speaks OpenAI's protocol: http://localhost:11434/v1", header=True)
    llm_model: str = _setting("", "Model that it is asked for", header=True)
    llm_key: str = _setting("", "Key that it asks for; empty: none", header=True, secret=True)
    llm_timeout_s: float = _setting(120.0, "Longest wait for one of its answers, in seconds", least=0.1, most=3600)
    llm_connections: int = _setting(2, "Connections to it at a time", least=1, most=32)
    jobs: int = _setting(1, "Processes that read reports at a time", least=1, most=256)
    nature: str = _setting("political,unknown", "Natures that lists show, with commas between, or all", some_of=NATURES)
    toll_rule: str = _setting("reliable", "Rule that computes tolls", one_of=TOLL_RULES)
    user: str = _setting("", "Who decides, as histories name it; empty for the login name")
    attribution_rule: str = _setting("stated or claimed", "Rule that says who did it", one_of=ATTRIBUTION_RULES)
    groups_file: str = _setting("", "A TOML file of armed groups that are added to the packaged register, or replace groups of "
                                "the same id", file=True)
    sources_file: str = _setting("", "A TOML file of sources and speakers that are added to the packaged register, or replace "
                                 "sources of the same id; empty: sources.toml in the data folder")
    handling: str = _setting("", "Handling mark that pages and exports carry, such as TLP:GREEN; empty for none")
    licence: str = _setting("", "Licence that every export names, such as CC BY 4.0")
    desk_host: str = _setting("127.0.0.1", "Address that the desk is bound to")
    desk_port: int = _setting(8471, "Port that the desk is bound to; 0 for any that is free")
    desk_workers: int = _setting(1, "Processes that answer for the desk", least=1, most=64)
    desk_names_of_host: str = _setting("", "Further names by which browsers may call the desk, with commas between")
    desk_cors: str = _setting("", "Origins whose pages may read the desk's API, with commas between: https://example.org")
    desk_report_text: bool = _setting(False, "Let the API give the texts of reports, not only what was read from them")
    desk_boundaries: str = _setting("", "A PMTiles or GeoJSON file of boundaries that the desk's map shows", file=True)
    double_coded_share: float = _setting(0.1, "Share of incidents that two people code, each without the other's coding", most=1)
    session_hours: float = _setting(12.0, "Hours without use after which one has to sign in again", least=0.1, most=168)
    sign_in_failures: int = _setting(5, "Failures to sign in under one name that lock it out for a while", least=1)
    sign_in_minutes: float = _setting(15.0, "Minutes for which failures to sign in are counted", least=1)
    public_url: str = _setting("", "Address under which readers reach this desk, for the links in mails: https://desk.example.org",
                               header=True)
    brief_by_schedule: bool = _setting(True, "Let dateline serve compose and send briefings when their hour comes")
    brief_late_days: int = _setting(14, "Days before an issue's own whose reports it still tells when they come late")
    alert_wait_minutes: float = _setting(2.0, "Minutes for which an alert waits for further reports of the same incident")
    alert_update_minutes: float = _setting(30.0, "Least minutes between two mails of one alert on one incident")
    sign_up_per_hour: int = _setting(10, "Most sign-ups an hour from one network", least=1)
    unconfirmed_days: float = _setting(7.0, "Days after which an address that was not confirmed is deleted", least=1)
    mail_from: str = _setting("", "Address that mails come from: briefing@example.org; empty: no mail is sent", header=True)
    mail_from_name: str = _setting("dateline", "Name that mails come from")
    mail_reply_to: str = _setting("", "Address that answers go to; empty: the one that mails come from", header=True)
    mail_bounces_to: str = _setting("", "Address that returned mails go to, with +TOKEN put before its @; empty: mail_from",
                                    header=True)
    smtp_host: str = _setting("127.0.0.1", "Server that takes mails")
    smtp_port: int = _setting(587, "Its port", least=1, most=65535)
    smtp_security: str = _setting("starttls", "How the connection is made safe", one_of=SMTP_SECURITY)
    smtp_ca_file: str = _setting("", "A PEM file of the authorities that its certificate is checked against; empty: those of the "
                                 "system", file=True)
    smtp_user: str = _setting("", "Name to sign in with at that server; empty: none")
    smtp_password: str = _setting("", "Its password", secret=True)
    smtp_timeout_s: float = _setting(60.0, "Longest wait for that server's answer, in seconds", least=0.1)
    mail_connections: int = _setting(2, "Connections to that server at a time", least=1, most=20)
    mail_per_minute: int = _setting(0, "Most mails a minute to addresses of one host; 0: as many as there are")
    mail_give_up_hours: float = _setting(48.0, "Hours after which a mail that was put off is given up", least=0.1)
    mail_lease_s: float = _setting(300.0, "Seconds after which the mails in the hands of a sender that does not stir are taken "
                                   "from it", least=1)
    dkim_domain: str = _setting("", "Domain that mails are signed for (DKIM); empty: they are not", header=True)
    dkim_selector: str = _setting("dateline", "Selector of the key's record in the name service", header=True)
    dkim_key_file: str = _setting("", "The private key, a PEM file", file=True)


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The defaults, replaced by what `environ` gives under DATELINE_<NAME>.

    Raises SettingsError for a value that its setting cannot have.
    """
    given: dict[str, Any] = {}
    for setting in fields(Settings):
        name = f"DATELINE_{setting.name.upper()}"
        raw = environ.get(name)
        if raw is not None:
            given[setting.name] = _value(setting, name, raw)
    return replace(Settings(), **given)


def _value(setting: Field[Any], name: str, raw: str) -> str | int | float | bool:
    default: object = setting.default
    if isinstance(default, bool):         # before int, which a bool is too
        return _yes_or_no(name, raw)
    if isinstance(default, int):
        return _number(int, setting.metadata, name, raw)
    if isinstance(default, float):
        return _number(float, setting.metadata, name, raw)
    return _words(setting.metadata, name, raw)


def _yes_or_no(name: str, raw: str) -> bool:
    if raw.strip().lower() in YES | NO:
        return raw.strip().lower() in YES
    raise SettingsError(f"{name}={raw!r}: neither yes nor no; write 1 or 0")


def _number(kind: type[int] | type[float], allowed: Mapping[str, Any], name: str, raw: str) -> int | float:
    try:
        value = kind(raw)
    except ValueError:
        wanted = "a whole number" if kind is int else "a number"
        raise SettingsError(f"{name}={raw!r}: not {wanted}; see docs/settings.md") from None
    least, most = allowed["least"], allowed["most"]
    if not math.isfinite(value) or not least <= value <= most:
        wanted = f"from {least:g} to {most:g}" if math.isfinite(most) else f"of {least:g} or more"
        raise SettingsError(f"{name}={raw!r}: must be a number {wanted}")
    return value


def _words(allowed: Mapping[str, Any], name: str, raw: str) -> str:
    one_of, some_of = allowed["one_of"], allowed["some_of"]
    if one_of and raw not in one_of:
        raise SettingsError(f"{name}={raw!r}: must be one of {', '.join(one_of)}")
    if some_of:
        check_natures(name, raw)
    if allowed["header"] and not (raw.isascii() and raw.isprintable()):
        shown = name if allowed["secret"] else f"{name}={raw!r}"
        raise SettingsError(f"{shown}: may hold plain ASCII characters only")
    if allowed["file"] and raw and not Path(raw).is_file():
        raise SettingsError(f"{name}={raw!r}: there is no such file")
    return raw


def login_name() -> str:
    """The login name of whoever runs this; "unknown" where the process has none."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def check_natures(name: str, given: str) -> tuple[str, ...]:
    """The natures in "political,unknown"; none for "all". Raises SettingsError for a word that is none; `name`: who gave it."""
    if given.strip() == ALL_NATURES:
        return ()
    natures = tuple(word.strip() for word in given.split(",") if word.strip())
    if not natures or not set(natures) <= set(NATURES):
        raise SettingsError(f"{name} {given!r}: must be some of {', '.join(NATURES)}, or {ALL_NATURES}")
    return natures
