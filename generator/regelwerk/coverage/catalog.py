"""Every requirement of which a machine can see something; all others are for people to judge."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.coverage import document_looks, process_looks
from regelwerk.coverage.observed import Observed

_ISO_9001_2015: Mapping[str, Observed] = {
    "4.4.1 a": Observed("inputs.asked", process_looks.inputs_and_outputs),
    "4.4.1 b": Observed(
        "sequence.asked",
        process_looks.sequence_and_interaction,
    ),
    "4.4.1 c": Observed("criteria.asked", process_looks.criteria),
    "4.4.1 d": Observed("resources.asked", process_looks.resources),
    "4.4.1 e": Observed("responsibilities.asked", process_looks.responsibilities),
    "4.4.1 f": Observed("risks.asked", process_looks.risks),
    "4.4.1 g": Observed("evaluation.asked", process_looks.evaluation),
    "4.4.1 h": Observed("improvement.asked", process_looks.improvement),
    "7.5.2 a": Observed("identification.asked", document_looks.identification),
    "7.5.2 b": Observed("medium.asked", document_looks.form_and_medium),
    "7.5.2 c": Observed("approval.asked", document_looks.approval),
    "7.5.3.1 a": Observed("availability.asked", document_looks.availability),
    "7.5.3.1 b": Observed("protection.asked", document_looks.protection),
    "7.5.3.2": Observed("outside.asked", document_looks.from_outside),
    "7.5.3.2 a": Observed("distribution.asked", document_looks.distribution),
    "7.5.3.2 b": Observed("storage.asked", document_looks.storage),
    "7.5.3.2 c": Observed("changes.asked", document_looks.changes),
    "7.5.3.2 d": Observed("retention.asked", document_looks.retention),
}

OBSERVED: Mapping[str, Mapping[str, Observed]] = {"ISO 9001:2015": _ISO_9001_2015}
"""By standard and clause."""
