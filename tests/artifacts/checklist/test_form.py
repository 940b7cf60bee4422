"""The field model: what a definition asks of a case."""

from __future__ import annotations

import re

from regelwerk.artifacts.checklist import FormField, form_of
from regelwerk.artifacts.checklist.rounds import rows_for
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.view.sample import sample_context
from word_support import contexts

CONTRACT = "tests/examples/contract"


def by_label(fields: tuple[FormField, ...], label: str) -> FormField:
    return next(field for field in fields if field.label == label)


def test_keys_are_unique_short_and_fit_a_bookmark() -> None:
    for folder, process in ((".", "sales"), (CONTRACT, "complaints")):
        for context in contexts(folder, process).values():
            keys = [field.key for field in form_of(context).all_fields()]
            assert len(keys) == len(set(keys))
            assert all(re.fullmatch(r"[a-z0-9_]{1,30}", key) for key in keys)


def test_keys_depend_on_the_definition_alone() -> None:
    one, two = (form_of(contexts(".", "sales")["draft"]) for _ in range(2))
    assert one == two


def test_a_step_asks_for_everything_it_records() -> None:
    form = form_of(contexts(".", "sales")["draft"])
    step = form.steps[5]
    assert step.title == "Make decision about the sales opportunity"
    assert [choice.value for choice in step.option.choices] == [
        "interested",
        "not-interested",
        "unclear",
    ]
    assert step.option.choices[0].way == "Go on with step 7, Qualify contact"
    assert step.option.path == ("option",)
    assert [output.path for output in step.outputs] == [("outputs", "decision-note")]
    assert [check.path[0] for check in step.checks] == ["checks"]
    assert step.by.required
    assert step.completed.kind == "date"
    assert step.four_eyes


def test_typed_fields_keep_type_unit_and_options() -> None:
    form = form_of(contexts(".", "sales")["draft"])
    fields = form.all_fields()
    origin = by_label(fields, "Where the contact came from")
    assert origin.kind == "choice"
    assert len(origin.choices) == 5
    assert by_label(fields, "Hours spent on this case").unit == "h"
    consent = by_label(fields, "The contact person agrees to be handed over")
    assert [choice.value for choice in consent.choices] == ["yes", "no"]


def test_a_role_may_be_any_that_the_responsible_one_includes() -> None:
    form = form_of(contexts(CONTRACT, "complaints")["draft"])
    roles = {step.number: [c.label for c in step.role.choices] for step in form.steps}
    assert roles["5"] == ["Management", "Managing Director"]
    assert roles["1"] == ["Service"]


def test_loops_and_repeatable_steps_get_further_rounds() -> None:
    form = form_of(contexts(".", "sales")["draft"])
    assert [(step.number, step.round) for step in form.further] == [
        ("5", 2),
        ("6", 2),
        ("5", 3),
        ("6", 3),
    ]
    sample = form_of(sample_context())
    assert all(step.round == 1 for step in sample.steps)
    assert {step.number for step in sample.further} >= {"1", "4"}


def test_a_process_without_loops_has_no_further_rounds() -> None:
    assert form_of(contexts(".", "sales")["1.3"]).further == ()


def test_the_case_names_its_inputs_and_the_result_its_ends() -> None:
    form = form_of(contexts(".", "sales")["1.3"])
    assert [field.label for field in form.case] == [
        *("Case", "Subject", "Started on"),
        *("Customer request", "Customer technical requirements"),
    ]
    end = next(field for field in form.result if field.path == ("end",))
    assert [choice.value for choice in end.choices] == ["inquiry-received", "transferred"]


def test_a_called_process_asks_for_its_case() -> None:
    form = form_of(contexts(".", "sales")["draft"])
    assert [step.number for step in form.steps if step.called_case is not None] == ["7"]


def test_who_may_do_a_step_is_suggested() -> None:
    form = form_of(contexts(".", "sales")["1.3"])
    assert [choice.label for choice in form.steps[0].by.choices] == [
        "Anna Beispiel",
        "Bernd Muster",
        "Clara Probe",
    ]


def test_a_cancelled_case_says_when_by_whom_and_why() -> None:
    form = form_of(contexts(".", "sales")["1.3"])
    paths = [field.path for field in form.result]
    assert paths[-3:] == [("cancelled", "on"), ("cancelled", "by"), ("cancelled", "reason")]


def test_what_was_done_already_has_a_row_for_each_time() -> None:
    form = form_of(contexts(".", "sales")["1.3"], {"prepare": 4})
    assert [(step.id, step.round) for step in form.further] == [
        ("prepare", number) for number in (2, 3, 4)
    ]


def test_a_form_of_a_case_has_a_row_to_go_on_with_where_one_may_go_on() -> None:
    sample = lookup(sample_context())
    repeatable = next(step.id for step in sample.process.work_steps() if step.repeatable)
    assert rows_for(sample, {repeatable: 4}) == {repeatable: 5}
    sales = lookup(contexts(".", "sales")["draft"])
    done = {"prepare": 1, "assess": 2, "decide": 3}
    assert rows_for(sales, done) == {"prepare": 1, "assess": 3, "decide": 3}
    # More often than the process allows is shown all the same.
    assert rows_for(sales, {"prepare": 2, "assess": 5}) == {"prepare": 2, "assess": 5}
