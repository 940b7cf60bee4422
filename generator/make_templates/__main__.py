"""Write both house templates, and bring the catalogues of words up to date."""

from pathlib import Path

from make_templates.checklist import checklist_template
from make_templates.document import document_template
from make_templates.words import TEMPLATE, words_in, words_template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def main() -> None:
    """Write the templates below `templates/`."""
    for name, content in (
        ("document/process.docx", document_template()),
        ("checklist/checklist.docx", checklist_template()),
    ):
        (TEMPLATES / name).parent.mkdir(parents=True, exist_ok=True)
        (TEMPLATES / name).write_bytes(content)
    words = TEMPLATES / "words"
    (words / TEMPLATE).write_bytes(words_template())
    for path in sorted(words.glob("*.po")):
        path.write_bytes(words_in(path.stem, path.read_bytes()))


if __name__ == "__main__":
    main()
