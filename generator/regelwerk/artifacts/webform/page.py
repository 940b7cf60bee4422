"""The page round the form: one file, nothing loaded, nothing sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.lone_page import lone_page
from regelwerk.errors import RenderError

_BODY = Markup(
    """<header class="head{draft_class}">
{stamp}<p class="organization">{organization}</p>
<h1>{heading}</h1>
<p>{definition}{number}</p>
<p class="statement">{statement}</p>
</header>
<main>
<noscript><p class="card notice">{no_script}</p></noscript>
<p class="intro">{intro}</p>
<section class="card problems" id="problems" tabindex="-1" hidden aria-labelledby="problems-title">
<h2 id="problems-title"></h2><p>{problems_hint}</p><ul id="problem-list"></ul></section>
<form method="dialog" id="form" autocomplete="off" novalidate>
<section class="card tools" hidden data-script aria-labelledby="tools-title">
<h2 id="tools-title">{file}</h2>
<p class="buttons"><button type="button" id="new">{new}</button>
<button type="button" id="load">{load}</button>
<button type="button" id="save">{save}</button>
<button type="button" id="delete" class="danger" hidden>{delete}</button></p>
<p class="hint">{save_hint}</p>
<p id="said" class="said" role="status"></p>
<input type="file" id="file" accept=".yaml,.yml,.json" hidden aria-label="{load}">
<div id="drafts" hidden><h3>{drafts}</h3><ul id="draft-list"></ul></div>
</section>
{case}
<h2>{steps_title}</h2>
<div id="steps">{steps}</div>
<p id="waiting" class="waiting" hidden>{after}</p>
<div id="kept" hidden><h2>{kept_steps}</h2><div id="kept-steps"></div></div>
{further}
{result}
<section class="card tools" hidden data-script aria-labelledby="finish-title">
<h2 id="finish-title">{finish}</h2><p class="hint">{finish_hint}</p>
<p class="buttons"><button type="button" id="check" class="main">{check}</button></p>
<p id="done" class="said" role="status"></p></section>
</form>
</main>
<footer class="foot"><p>{digest}</p></footer>
"""
)


def page(
    *,
    language: str,
    words: Mapping[str, str],
    status: Mapping[str, Any],
    head: Mapping[str, str],
    style: str,
    script: str,
    data: Mapping[str, Any],
    case: Markup,
    steps: Markup,
    further: Markup,
    result: Markup,
) -> str:
    """The whole page; its policy allows this one script and this one style, and no request."""
    if "</style" in style.lower() or "<!--" in style:
        raise RenderError("the style sheet of the checklist holds `</style` or `<!--`")
    stamp = str(status["stamp"])
    style += _running(" · ".join(filter(None, (head["organization"], head["definition"], stamp))))
    title = f"{stamp}: {head['definition']}" if stamp else head["title"]
    body = _BODY.format(
        **{key: words[key] for key in _WORDS},
        draft_class=Markup(" draft") if data["draft"] else "",
        stamp=Markup('<p class="stamp">{}</p>\n').format(stamp) if stamp else "",
        organization=head["organization"],
        heading=head["title"],
        definition=head["definition"],
        number=f" · {head['number']}" if head["number"] else "",
        statement=status["text"],
        steps_title=words["steps"],
        case=case,
        steps=steps,
        further=_further(words, further),
        result=result,
        digest=head["digest"],
    )
    return lone_page(
        language=language,
        title=title,
        head=Markup('<meta name="regelwerk" content="{}">\n').format(head["marks"]),
        style=style,
        body=body,
        script=script,
        data=data,
    )


_WORDS = (
    *("after", "check", "delete", "drafts", "file", "finish", "finish_hint", "intro", "kept_steps"),
    *("load", "new", "no_script", "problems_hint", "save", "save_hint"),
)


def _further(words: Mapping[str, str], further: Markup) -> Markup:
    """Rows for a form on paper; the script makes its own when they are needed."""
    if not further:
        return Markup("")
    return Markup('<div id="further"><h2>{}</h2>{}</div>').format(words["further"], further)


def _running(text: str) -> str:
    """What stands on every printed page; in a CSS string every sign can be written as a number."""
    safe = "".join(
        char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in text
    )
    number = 'counter(page)"/"counter(pages)'
    rule = f'@page{{@top-right{{content:"{safe}"}}@bottom-right{{content:{number}}}}}'
    return f"@media print{{{rule}}}\n"
