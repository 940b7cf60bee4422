"""The checklist of a case as a fillable Word form."""

from regelwerk.artifacts.checklist.form import Form, FormField, FormStep, form_of
from regelwerk.artifacts.checklist.render import render_checklist, sample_checklist_view

__all__ = [
    "Form",
    "FormField",
    "FormStep",
    "form_of",
    "render_checklist",
    "sample_checklist_view",
]
