"""What a Word template can do beyond Jinja: write Markdown blocks, links and ready-made pieces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from regelwerk.artifacts.office.blocks import BlockWriter, text_run
from regelwerk.artifacts.office.links import bookmark, internal_link
from regelwerk.artifacts.office.numbering import Numbering
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.xml import escaped

Insert = Callable[[str], str]


class Office:
    """The document being written: its package, its lists, and what is inserted ready-made.

    `inserts` are named pieces of WordprocessingML, made when a template asks for them by
    `{{p "picture" | insert }}`, for the part of which they are given the name. `part` is the name
    of the part that is being filled in.
    """

    def __init__(self, package: Package, width: int, inserts: Mapping[str, Insert]) -> None:
        self.package = package
        self.numbering = Numbering(package)
        self.width = width
        self.inserts = inserts
        self.part = ""

    def blocks(self, blocks: Sequence[dict[str, Any]], style: str) -> str:
        """Markdown blocks as paragraphs and tables."""
        writer = BlockWriter(self._link, self.numbering.ordered, self.numbering.bullets, self.width)
        return writer.write(blocks, style)

    def _link(self, address: str) -> str:
        return self.package.relate(self.part, "hyperlink", address, "External")


@pass_context
def _blocks(context: Context, value: Sequence[dict[str, Any]], style: str = "BodyText") -> Markup:
    """`{{p purpose.blocks | blocks }}`: Markdown as paragraphs in a style of the template."""
    office: Office = context["_office"]
    return Markup(office.blocks(value, style))  # noqa: S704  (made of escaped text)


@pass_context
def _insert(context: Context, name: str) -> Markup:
    """`{{p "picture" | insert }}`: something that is made for the document, such as its picture."""
    office: Office = context["_office"]
    make = office.inserts.get(name)
    return Markup(make(office.part) if make is not None else "")  # noqa: S704  (made of escaped text)


def _link(text: str, anchor: str, style: str = "StepLink") -> Markup:
    """`{{r option.sentence | link(option.anchor) }}`: a text that leads to a place in it."""
    properties = f'<w:rStyle w:val="{escaped(style)}"/>' if anchor else ""
    run = text_run(text, properties)
    return Markup(internal_link(run, anchor))  # noqa: S704  (made of escaped text)


def _bookmark(anchor: str) -> Markup:
    """`{{r step.anchor | bookmark }}`: the place that links with this anchor lead to."""
    return Markup(bookmark(anchor))  # noqa: S704  (made of escaped text)


OFFICE_FILTERS: Mapping[str, Callable[..., Markup]] = {
    "blocks": _blocks,
    "bookmark": _bookmark,
    "insert": _insert,
    "link": _link,
}
