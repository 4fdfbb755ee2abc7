"""dateline source: what the register knows of one outlet, agency or speaker."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.common import JsonOption, console, print_json, settings_with

NAME = "source"
SHORT = "Show what is known of a source or speaker."
HELP = "Show an outlet, agency or speaker of the register: kind, country, scale, side, how reliable a person finds it."
EXAMPLE = 'dateline source "SOHR"'


def command(
    name: Annotated[str, typer.Argument(help="A source, by any of its names.", metavar="NAME")],
    json: JsonOption = False,
) -> None:
    from dateline.errors import SettingsError
    from dateline.publish.sources import print_source
    from dateline.queries import sources_in_force

    found = sources_in_force(settings_with()).get(name)
    if found is None:
        raise SettingsError(f"{name!r}: no source is called so; dateline sources lists them, dateline sources set adds one")
    if json:
        print_json(found)
    else:
        print_source(console(), found)
