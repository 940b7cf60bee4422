"""The checklist of a case as a fillable Word form and as a workbook.

`form` makes the field model of it; `render` and `workbook` load what writes the files, and are
asked for by themselves.
"""

from regelwerk.artifacts.checklist.form import Form, FormField, FormStep, form_of

__all__ = ["Form", "FormField", "FormStep", "form_of"]
