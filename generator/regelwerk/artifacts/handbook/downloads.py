"""The built artifacts of a version as downloads, with their SHA-256."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec

from regelwerk.artifacts.email.words import email_speech, say
from regelwerk.artifacts.handbook.shelf import Edition
from regelwerk.artifacts.view.speech import words_of

WEBFORM = "checklist.html"
"""The checklist in the browser: a page by itself, so that the site's scripts never touch it."""

_KNOWN = {
    "document.docx": "download_document",
    "document.pdf": "download_document_pdf",
    "checklist.docx": "download_checklist",
    "checklist.pdf": "download_checklist_pdf",
    "checklist.xlsx": "download_workbook",
    WEBFORM: "download_webform",
    "process.svg": "download_svg",
    "process.png": "download_png",
    "process.bpmn": "download_bpmn",
}
_MAIL_FOLDER, _MAIL_SUFFIX, _COPY_SUFFIX = "emails/", ".eml", ".html"


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """A file to take away: `name` is what it was built as, `path` where it lies in the handbook."""

    name: str
    path: str
    label: str
    sha256: str
    content: bytes


def downloads_of(edition: Edition, files: Mapping[str, bytes]) -> Iterator[Download]:
    """Every artifact of the edition: documents first, then e-mails, then pictures."""
    prefix = edition.folder + "/"
    names = [path.removeprefix(prefix) for path in files if path.startswith(prefix)]
    for name in sorted(names, key=_rank):
        content = files[prefix + name]
        yield Download(
            name=name,
            path=f"downloads/{prefix}{_file_name(edition, name)}",
            label=_label(edition, name),
            sha256=sha256(content).hexdigest(),
            content=content,
        )


def mail_name(template: str) -> str:
    """Under which name the e-mail of a template was built."""
    return f"{_MAIL_FOLDER}{template}{_MAIL_SUFFIX}"


def copy_name(template: str) -> str:
    """Under which name the page to copy the e-mail from was built."""
    return f"{_MAIL_FOLDER}{template}{_COPY_SUFFIX}"


def _rank(name: str) -> tuple[int, str]:
    known = list(_KNOWN)
    if name in known[:5]:
        return known.index(name), name
    return (3, name) if name.startswith(_MAIL_FOLDER) else (4, name)


def _file_name(edition: Edition, name: str) -> str:
    """A name that still says what the file is when it lies among others: `sales-1.3-document.docx`.

    A draft's says so.
    """
    mark = "-DRAFT" if edition.draft else ""
    last = name.rsplit("/", 1)[-1]
    return f"{edition.id}-{edition.process.version}{mark}-{last}"


def _label(edition: Edition, name: str) -> str:
    if name in _KNOWN:
        return edition.words[_KNOWN[name]]
    if name.startswith(_MAIL_FOLDER) and name.endswith(_MAIL_SUFFIX):
        template = name.removeprefix(_MAIL_FOLDER).removesuffix(_MAIL_SUFFIX)
        return f"{edition.words['download_email']}: {words_of(template)}"
    if name.startswith(_MAIL_FOLDER) and name.endswith(_COPY_SUFFIX):
        template = name.removeprefix(_MAIL_FOLDER).removesuffix(_COPY_SUFFIX)
        names = edition.context.names
        speech = email_speech(names.language, names.translations)
        return say(speech, "page.download", title=words_of(template))
    return name
