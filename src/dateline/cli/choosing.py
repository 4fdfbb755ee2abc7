"""Options by which several commands choose incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

SinceOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="May have begun on this day or later.",
                                                      metavar="YYYY-MM-DD", show_default=False)]
UntilOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="May have begun on this day or before.",
                                                      metavar="YYYY-MM-DD", show_default=False)]
SurelyOption = Annotated[bool, typer.Option("--surely", help="Only what must fall in the span, not what may.")]
CountryOption = Annotated[str | None, typer.Option(help="ISO 3166 alpha-2 code or name of a country.", metavar="COUNTRY",
                                                   show_default=False)]
GroupOption = Annotated[str | None, typer.Option(help="An armed group, by any of its names.", metavar="NAME", show_default=False)]
KindOption = Annotated[str | None, typer.Option(help="An incident kind, as in docs/record.md.", metavar="KIND",
                                                show_default=False)]
TextOption = Annotated[str | None, typer.Option(help="Words that stand in one of its reports.", metavar="WORDS",
                                                show_default=False)]
UnplacedOption = Annotated[bool, typer.Option("--unplaced", help="Only those that have no point on a map.")]
