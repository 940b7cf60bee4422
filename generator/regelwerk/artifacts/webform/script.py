"""The bundled script, and data for it that cannot leave its element."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

_SIGNS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@cache
def bundle() -> str:
    """The script of the form; built from `generator/webform/`, see its README."""
    return (files(__package__) / "assets" / "webform.js").read_text(encoding="utf-8")


def embedded(data: object) -> str:
    """JSON for a `script` element: no `</script>`, no `<!--`, whatever the texts are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SIGNS)


def source_hash(text: str) -> str:
    """How a Content Security Policy names an inline script or style (CSP 3, 8.4)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
