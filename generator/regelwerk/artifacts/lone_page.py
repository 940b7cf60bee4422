"""A page that is one file: it loads nothing, sends nothing, and runs no script but its own.

Forms, reviews, e-mails to copy from and audit packs are opened from a folder or an e-mail, so the
page itself has to say what it may do (Content Security Policy, level 3).
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from markupsafe import Markup

_SIGNS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_PAGE = Markup(
    """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
{head}<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
{body}{scripts}</body>
</html>
"""
)
_NOTHING = Markup("")
_DATA = Markup('<script type="application/json" id="data">{}</script>\n')
_SCRIPT = Markup("<script>{}</script>\n")


def lone_page(
    *,
    language: str,
    title: str,
    style: str,
    body: Markup,
    head: Markup = _NOTHING,
    script: str = "",
    data: object = None,
    styled: bool = False,
) -> str:
    """The whole page. `style` and `script` are our own; a caller refuses what could end them.

    `data` is what the script reads, as JSON in the element `data`. `styled` allows the `style`
    attributes that some markup needs.
    """
    scripts = _DATA.format(Markup(embedded(data))) if data is not None else _NOTHING  # noqa: S704 no sign of HTML is left in it
    if script:
        scripts += _SCRIPT.format(Markup(script))  # noqa: S704 our own script
    return _PAGE.format(
        language=language,
        policy="; ".join(_policy(style, script, styled=styled)),
        head=head,
        title=title,
        style=Markup(style),  # noqa: S704 our own style sheet
        body=body,
        scripts=scripts,
    )


def embedded(data: object) -> str:
    """JSON for a `script` element: no `</script>`, no `<!--`, whatever the texts are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SIGNS)


def _policy(style: str, script: str, *, styled: bool) -> Iterator[str]:
    yield "default-src 'none'"
    if script:
        yield f"script-src {_named(script)}"
    yield f"style-src {_named(style)}"
    if styled:
        yield "style-src-attr 'unsafe-inline'"
    yield "img-src data:"
    yield "base-uri 'none'"
    yield "form-action 'none'"
    yield "require-trusted-types-for 'script'"
    yield "trusted-types 'none'"


def _named(text: str) -> str:
    """How a policy names an inline script or style (8.4)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
