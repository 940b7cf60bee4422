"""Write both house templates."""

from pathlib import Path

from make_templates.checklist import checklist_template
from make_templates.document import document_template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def main() -> None:
    """Write the templates below `templates/`."""
    for name, content in (
        ("document/process.docx", document_template()),
        ("checklist/checklist.docx", checklist_template()),
    ):
        (TEMPLATES / name).parent.mkdir(parents=True, exist_ok=True)
        (TEMPLATES / name).write_bytes(content)


if __name__ == "__main__":
    main()
