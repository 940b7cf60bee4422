"""Every rule there is. A rule's docstring says what it asks for, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from regelwerk.checks import (
    clauses,
    document_conflict,
    document_names,
    document_numbers,
    duplicate_ids,
    end_names,
    flow_decisions,
    flow_documents,
    flow_due,
    flow_four_eyes,
    flow_jumps,
    flow_loops,
    flow_reach,
    folder_names,
    kpi_names,
    material_names,
    person_names,
    required,
    role_cycle,
    role_names,
    rule_names,
    step_names,
    unused,
)
from regelwerk.checks.graph import Graph
from regelwerk.diagnostics import Problem
from regelwerk.model.project import Definition, Project

DefinitionRule = Callable[[Project, Definition], Iterator[Problem]]
FlowRule = Callable[[Project, Graph], Iterator[Problem]]
ProjectRule = Callable[[Project], Iterator[Problem]]

# Of one definition, as far as it could be read.
DEFINITION_RULES: tuple[DefinitionRule, ...] = (
    role_names.undefined_role,
    rule_names.undefined_approval,
    step_names.undefined_step,
    end_names.undefined_end,
    document_names.undefined_document,
    document_names.undefined_party,
    material_names.undefined_resource,
    material_names.undefined_email,
    material_names.undefined_process,
    material_names.undefined_register,
    kpi_names.undefined_in_kpi,
    clauses.unknown_clause,
    duplicate_ids.duplicate_id,
    unused.unused_document,
    flow_decisions.single_option,
    flow_decisions.same_target,
    flow_four_eyes.same_step,
)

# Of one definition's flow, as soon as its ways and documents could be read as they are meant.
FLOW_RULES: tuple[FlowRule, ...] = (
    flow_jumps.jump_across_parallel,
    flow_reach.unreachable_step,
    flow_reach.no_path_to_end,
    flow_reach.unused_end,
    flow_loops.loop_without_exit,
    flow_documents.input_not_produced,
    flow_documents.output_not_produced,
    flow_four_eyes.only_one_person,
    flow_due.due_after_later_step,
)

# Of the project as a whole; these name the file of each finding.
PROJECT_RULES: tuple[ProjectRule, ...] = (
    role_names.undefined_role_elsewhere,
    role_cycle.role_cycle,
    rule_names.undefined_stage,
    duplicate_ids.duplicate_stage,
    flow_four_eyes.same_stage,
    clauses.unknown_excluded_clause,
    unused.unused_role,
    person_names.undefined_person,
    required.missing_key,
    required.missing_change,
    folder_names.id_folder_mismatch,
    document_numbers.duplicate_document_number,
    document_conflict.document_conflict,
)
