"""The bundled script of the form."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def bundle() -> str:
    """The script of the form; built from `generator/webform/`, see its README."""
    return (files(__package__) / "assets" / "webform.js").read_text(encoding="utf-8")
