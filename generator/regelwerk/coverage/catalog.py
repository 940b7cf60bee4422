"""Every requirement of which a machine can see something; all others are for people to judge."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.coverage import document_looks, process_looks
from regelwerk.coverage.observed import Observed

_ISO_9001_2015: Mapping[str, Observed] = {
    "4.4.1 a": Observed("Inputs and outputs are named", process_looks.inputs_and_outputs),
    "4.4.1 b": Observed(
        "Steps have an order, and other processes are named",
        process_looks.sequence_and_interaction,
    ),
    "4.4.1 c": Observed("Key figures have targets", process_looks.criteria),
    "4.4.1 d": Observed("Resources are named", process_looks.resources),
    "4.4.1 e": Observed("Roles are assigned", process_looks.responsibilities),
    "4.4.1 f": Observed("Risks and opportunities have actions", process_looks.risks),
    "4.4.1 g": Observed("Key figures have values", process_looks.evaluation),
    "4.4.1 h": Observed("The process has been changed before", process_looks.improvement),
    "7.5.2 a": Observed("The document can be identified", document_looks.identification),
    "7.5.2 b": Observed("Language and medium", document_looks.form_and_medium),
    "7.5.2 c": Observed("It is approved, and its review is not overdue", document_looks.approval),
    "7.5.3.1 a": Observed("A version is in force", document_looks.availability),
    "7.5.3.1 b": Observed("The text is the one that was signed", document_looks.protection),
    "7.5.3.2": Observed("Documents from outside have an edition", document_looks.from_outside),
    "7.5.3.2 a": Observed("It is classified", document_looks.distribution),
    "7.5.3.2 b": Observed("How it is stored", document_looks.storage),
    "7.5.3.2 c": Observed("Versions say what changed", document_looks.changes),
    "7.5.3.2 d": Observed("Documents have a retention", document_looks.retention),
}

OBSERVED: Mapping[str, Mapping[str, Observed]] = {"ISO 9001:2015": _ISO_9001_2015}
"""By standard and clause."""
