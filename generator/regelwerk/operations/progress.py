"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]


def silent(_done: int, _of: int, _label: str) -> None:
    """Progress that nobody watches."""
