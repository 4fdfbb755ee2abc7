"""Lets a stage's package be called as the verb it is named for: `dateline.extract(report)`, `dateline.read(source)`.

The stages are packages (`dateline.extract.times`) and verbs of the library (`dateline.extract(report)`) under one name.
Importing a submodule puts the package into its parent's namespace, so a function of that name would be lost there
as soon as anything imported a part of the stage; the package itself is made callable instead.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


def callable_as(package: str, function: Callable[..., Any]) -> None:
    """Make the imported `package` callable: a call of it is a call of `function`."""

    class Stage(ModuleType):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            return function(*args, **kwargs)

    sys.modules[package].__class__ = Stage
