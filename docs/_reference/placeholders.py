"""The page of what templates may use, from the sample with which templates are tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from _reference.markdown import MADE, cell, table
from regelwerk.artifacts.checklist.render import sample_checklist_view
from regelwerk.artifacts.email.names import KNOWN
from regelwerk.artifacts.office.sandbox import FILTERS

TEXT_KEYS = {"raw", "plain", "html", "blocks"}
INTRODUCTION = (
    "What can be filled into `document/process.docx` and `checklist/checklist.docx`. A dot leads "
    "into a group; `[…]` stands for one item of a list, over which a template loops: "
    "`{% for step in all_steps %}{{ step.title }}{% endfor %}`. A text in Markdown has four "
    "forms: `purpose.raw` as written, `purpose.plain` without marks, `purpose.html`, and "
    "`purpose.blocks`, which `{{p purpose.blocks | blocks }}` turns into paragraphs, lists and "
    "tables. What is not there is empty, so `{% if subtitle %}` asks whether there is any. The "
    "example values come from a made-up process."
)
INSERTS = (
    'Besides, `{{p "picture" | insert }}` in the document puts in the picture of the process, '
    '`{{p "figures" | insert }}` the key figures where a build is asked for them, '
    '`{{p "contents" | insert }}` its table of contents, `{{p "logo" | insert }}` the logo, and '
    '`{{p "form" | insert }}` in the checklist the fields to fill in.'
)
EMAILS = (
    "What can be filled into `email/<name>.md`: the names below, any field of the step that sends "
    'the mail (`fields.date`, `fields["first-name"]`), and any field of another step '
    '(`steps["make-appointment"].fields["contact"]`). `record.by` are the names of those who did '
    "the step; `record.option` is the answer that was chosen there, in its label's words, at a "
    'step that decides; in a condition it is its id: `{% if record.option == "interested" %}`.'
)


def placeholders_page() -> str:
    """Every name with an example of its value."""
    view = sample_checklist_view()
    form = {"checklist": view.pop("checklist")}
    words = view.pop("words")
    view["all_steps"] = []
    rows = [(f"`{name}`", *what) for name, what in names(view)]
    more = [(f"`{name}`", *what) for name, what in names(form)]
    filters = ", ".join(f"`{name}`" for name in sorted(FILTERS))
    captions = ((f"`words.{key}`", text) for key, text in sorted(words.items()))
    parts = [
        MADE,
        "# Placeholders",
        "## In Word templates",
        INTRODUCTION,
        table(("Name", "Kind", "Example"), rows),
        "Only in the checklist:",
        table(("Name", "Kind", "Example"), more),
        f"Filters: {filters}.",
        INSERTS,
        "### Captions",
        "Words of the generator itself, in the language of the document:",
        table(("Name", "In English"), captions),
        "## In e-mails",
        cell(EMAILS),
        "\n".join(f"- `{'.'.join(name)}`" for name in KNOWN),
    ]
    return "\n\n".join(parts) + "\n"


def names(value: Any, name: str = "") -> Iterator[tuple[str, tuple[str, str]]]:  # noqa: ANN401
    """Every name below a value, with its kind and an example."""
    if isinstance(value, Mapping) and value.keys() >= TEXT_KEYS:
        yield name, ("Markdown text", "")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from names(item, f"{name}.{key}" if name else key)
    elif name == "all_steps":
        yield name, ("list: all of `steps` in reading order, those in branches too", "")
    elif name.endswith("].steps"):
        yield name, ("list: as `steps`", "")
    elif isinstance(value, list):
        richest = max(value, key=_size, default="")
        if isinstance(richest, Mapping) and not richest.keys() >= TEXT_KEYS:
            yield name, ("list", "")
            yield from names(_merged(value), f"{name}[…]")
        else:
            kind = "list of texts" if isinstance(richest, str) else "list of Markdown texts"
            yield name, (kind, _example(richest))
    else:
        yield name, ("yes or no" if isinstance(value, bool) else "text", _example(value))


def _merged(items: list[Any]) -> dict[str, Any]:
    """One item with the keys of all; each value the one that says most."""
    merged: dict[str, Any] = {}
    for item in items:
        for key, value in item.items():
            if key not in merged or _size(value) > _size(merged[key]):
                merged[key] = value
    return merged


def _size(value: object) -> int:
    return len(str(value)) if value else 0


def _example(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    return text if len(text) <= 60 else f"{text[:60]}…"
