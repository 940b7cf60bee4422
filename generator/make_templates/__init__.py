"""Makes the house templates; not part of what is installed.

`python -m make_templates` in `generator/` writes `templates/document/process.docx` and
`templates/checklist/checklist.docx` anew. Changes made to them in Word are lost then, so change
either the scripts or, in a project of one's own, the file.
"""
