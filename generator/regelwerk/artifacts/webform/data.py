"""What the page brings along for its script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.artifacts.webform.flow import flow_data


def form_data(look: Lookup, words: Mapping[str, str]) -> dict[str, Any]:
    """The definition's identity, its flow and steps, and words; JSON, without the schema."""
    process = look.process
    return {
        "process": process.id,
        "version": look.context.definition.version or process.version,
        "digest": look.context.verdict.digest or "",
        "draft": look.context.working,
        "flow": flow_data(look),
        "steps": {
            step.id: {
                "title": step.title,
                "number": look.numbers[step.id],
                "optional": step.optional,
                "repeatable": step.repeatable,
                "within": [container for container, _ in look.flow.enclosing[step.id]],
                "four_eyes": list(step.not_same_person_as),
            }
            for step in process.all_steps()
        },
        "ends": {end.id: end.event for end in process.ends.values()},
        "people": {id_: look.person(id_) for id_ in look.context.project.people},
        "words": dict(words),
    }
