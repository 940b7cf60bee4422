"""How to say that something on a page is wrong: a mail or an issue with page and version in it."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal

_MAIL = re.compile(r"[^\s@<>:/?&]+@[^\s@<>:/?&]+")
_GAP = re.compile(r"\{(title|page|version|text)\}")


def feedback_link(
    where: str, *, title: str, page: str, version: str, words: dict[str, str]
) -> Markup:
    """A link to an e-mail address, or to a web address with `{title}`, `{page}`, `{version}` and
    `{text}` filled in; nothing where there is neither.
    """
    about = f"{title} {version}".strip()
    lines = [f"{words['page']}: {title} ({page})"]
    if version:
        lines.append(f"{words['version']}: {version}")
    text = "\r\n".join([*lines, "", f"{words['feedback_what']}:", ""])
    subject = words["feedback_subject"].format(page=about)
    if _MAIL.fullmatch(where):
        address = f"mailto:{quote(where, safe='@')}?subject={quote(subject)}&body={quote(text)}"
    elif where.lower().startswith(("https://", "http://")):
        values = {"title": subject, "page": page, "version": version, "text": text}
        address = _GAP.sub(lambda gap: quote(values[gap[1]], safe=""), where)
    else:
        return Markup("")
    return Markup('<a href="{}">{}</a>').format(literal(address), literal(words["feedback_link"]))
