"""Every kind of artifact that is made for one version of a process."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from regelwerk.model.context import Artifact, BuildContext, TemplateSource

Render = Callable[[BuildContext, TemplateSource], Iterable[Artifact]]


class Kind(msgspec.Struct, frozen=True):
    """A kind of artifact: its name for `--only`, the template areas it reads, and its renderer."""

    name: str
    areas: tuple[str, ...]
    render: Render


def _document(context: BuildContext, templates: TemplateSource) -> Iterable[Artifact]:
    from regelwerk.artifacts.document.render import render_document

    yield render_document(context, templates)


def _checklist(context: BuildContext, templates: TemplateSource) -> Iterable[Artifact]:
    from regelwerk.artifacts.checklist.render import render_checklist

    yield render_checklist(context, templates)


def _workbook(context: BuildContext, _templates: TemplateSource) -> Iterable[Artifact]:
    from regelwerk.artifacts.checklist.workbook import render_workbook

    yield render_workbook(context)


def _emails(context: BuildContext, templates: TemplateSource) -> Iterable[Artifact]:
    from regelwerk.artifacts.email.render import render_emails

    yield from render_emails(context, templates)


def _picture(context: BuildContext, _templates: TemplateSource) -> Iterable[Artifact]:
    from regelwerk.artifacts.picture.png import png
    from regelwerk.artifacts.picture.svg import svg
    from regelwerk.artifacts.view.chart import chart_of

    chart = chart_of(context)
    yield Artifact("process.svg", svg(chart).encode())
    yield Artifact("process.png", png(chart))


KINDS: tuple[Kind, ...] = (
    Kind("document", ("document",), _document),
    Kind("checklist", ("checklist", "document"), _checklist),
    Kind("workbook", (), _workbook),
    Kind("emails", ("email",), _emails),
    Kind("picture", (), _picture),
)
