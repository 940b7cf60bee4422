"""Every kind of artifact that a build makes: those of the artifacts room, and exchange files.

The picture is one kind in three formats; its BPMN comes from another room (see ADR 6). The form in
the browser is checked by the schema of the version's records, which the records room makes.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from regelwerk.artifacts.catalog import KINDS as _ARTIFACTS
from regelwerk.artifacts.catalog import Kind
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

BPMN_FILE = "process.bpmn"


def _webform(context: BuildContext, templates: TemplateSource) -> Iterable[Artifact]:
    from regelwerk.artifacts.webform.render import render_webform
    from regelwerk.project.schemas import SchemaSet
    from regelwerk.records.schema import record_schema

    # The packaged schema: a form must not write what the generator itself would refuse.
    base = SchemaSet(None).schema("record")
    process = context.definition.process
    version = context.definition.version or process.version
    yield render_webform(context, templates, record_schema(process, version, base))


def _with_bpmn(kind: Kind) -> Kind:
    def render(context: BuildContext, templates: TemplateSource) -> Iterable[Artifact]:
        from regelwerk.exchange.bpmn.write import write
        from regelwerk.operations.diagram import diagram_of

        yield from kind.render(context, templates)
        yield Artifact(BPMN_FILE, write(diagram_of(context)))

    return msgspec.structs.replace(kind, render=render)


_WEBFORM = Kind("webform", ("checklist",), _webform)


def _all() -> Iterable[Kind]:
    for kind in _ARTIFACTS:
        yield _with_bpmn(kind) if kind.name == "picture" else kind
        if kind.name == "checklist":
            yield _WEBFORM


KINDS: tuple[Kind, ...] = tuple(_all())
