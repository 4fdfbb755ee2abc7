"""How a command's --help looks."""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperCommand


class Command(TyperCommand):
    """A command whose help names an argument by its word, SOURCE..., where typer has "{SOURCE}..." and "<list[str]>"."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["[OPTIONS]", *(word for word, _ in self._arguments())]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        options = [param.get_help_record(ctx) for param in self.get_params(ctx) if not isinstance(param, TyperArgument)]
        for title, rows in (("Arguments", self._arguments()), ("Options", options)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl([row for row in rows if row is not None])

    def _arguments(self) -> list[tuple[str, str]]:
        return [(param.display_name_raw + ("..." if param.nargs != 1 else ""), param.help or "")
                for param in self.params if isinstance(param, TyperArgument)]
