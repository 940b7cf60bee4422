"""A page to copy an e-mail from, for whoever's mail program opens no drafts: one file, offline."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from markupsafe import Markup

from regelwerk.artifacts.email.message import Draft, eml
from regelwerk.artifacts.email.sending import mailto, recipients_text, txt
from regelwerk.artifacts.email.words import say
from regelwerk.artifacts.lone_page import lone_page
from regelwerk.artifacts.view.speech import words_of

# Larger files would make the page slow; they lie beside it.
_MOST_INSIDE = 1024 * 1024


def copy_page(name: str, draft: Draft, file: str = "") -> bytes:
    """The page of the template `name`; `file` is what downloads are called, without suffix."""
    speech, copy = draft.copy.speech, draft.copy
    words = {key: escape(say(speech, f"page.{key}")) for key in _WORDS}
    script, style = _asset("copy_page.js"), _asset("copy_page.css")
    title = say(speech, "page.title", title=words_of(name))
    lines = [
        _line("to", words["to"], recipients_text(draft.to, copy.to), words),
        _line("cc", words["cc"], recipients_text(draft.cc, copy.cc), words),
        _line("subject", words["subject"], draft.subject, words),
    ]
    attached = [file_.name for file_ in draft.attachments]
    attached += [f"[{label}]" for label in copy.attachments]
    if attached:
        listed = "".join(f"<li>{escape(one)}</li>" for one in attached)
        lines.append(f"<section><h2>{words['attach']}</h2><ul>{listed}</ul></section>")
    said = escape(say(speech, "page.said"))
    body = f"""<header><h1>{escape(title)}</h1>
<p>{words["intro"]}</p></header>
<main>
<noscript><p class="hint">{words["no_script"]}</p></noscript>
{"".join(lines)}
<section aria-labelledby="text-title"><div class="bar"><h2 id="text-title">{words["text"]}</h2>
<p class="buttons" data-script hidden>{_button("text", words["copy_text"])}
{_button("plain", words["copy_plain"])}</p></div>
<div class="copied" id="text">
{copy.html}</div>
<pre id="plain" hidden>{escape(copy.text)}</pre></section>
<section aria-labelledby="files-title"><h2 id="files-title">{words["files"]}</h2>
<ul>{"".join(_downloads(draft, file or name, words))}</ul></section>
<p id="said" role="status" data-said="{said}" data-failed="{words["failed"]}"></p>
</main>
"""
    return lone_page(
        language=speech.language,
        title=title,
        style=style,
        body=Markup(body),  # noqa: S704 every text in it is escaped above
        script=script,
        styled=True,  # how the cells of a table stand
    ).encode()


_WORDS = (
    *("intro", "no_script", "to", "cc", "subject", "attach", "text", "copy", "copy_text"),
    *("copy_plain", "files", "failed", "eml", "txt", "ics", "mailto"),
)


def _line(key: str, label: str, text: str, words: dict[str, str]) -> str:
    """A line to be copied, where there is one."""
    if not text:
        return ""
    button = _button(key, words["copy"], f' aria-describedby="{key}-title"')
    return (
        f'<section aria-labelledby="{key}-title"><div class="bar"><h2 id="{key}-title">{label}</h2>'
        f'<p class="buttons" data-script hidden>{button}</p></div>\n'
        f'<p class="copied" id="{key}">{escape(text)}</p></section>\n'
    )


def _button(key: str, label: str, more: str = "") -> str:
    return f'<button type="button" data-copy="{key}"{more}>{label}</button>'


def _downloads(draft: Draft, name: str, words: dict[str, str]) -> Iterator[str]:
    made = [
        (f"{name}.eml", "message/rfc822", eml(draft), words["eml"]),
        (f"{name}.txt", "text/plain;charset=utf-8", txt(draft), words["txt"]),
    ]
    if draft.calendar is not None:
        made.append((f"{name}.ics", "text/calendar", draft.calendar.content, words["ics"]))
    for file, type_, content, label in made:
        if len(content) > _MOST_INSIDE:
            yield f"<li>{label}: {escape(file)}</li>"
        else:
            address = f"data:{type_};base64,{b64encode(content).decode('ascii')}"
            yield f'<li><a download="{escape(file)}" href="{address}">{label}</a></li>'
    link = mailto(draft)
    if link is not None:
        yield f'<li><a href="{escape(link)}">{words["mailto"]}</a></li>'


def _asset(name: str) -> str:
    return files("regelwerk.artifacts.email").joinpath("assets", name).read_text("utf-8")
