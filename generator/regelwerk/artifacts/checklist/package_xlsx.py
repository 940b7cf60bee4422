"""A workbook as bytes: the same for the same content, with what it was made from."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook

from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.properties import set_application, set_core, set_custom
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.context import BuildContext


def finished(book: Workbook, context: BuildContext, case: str) -> bytes:
    """Save, and replace what the library writes of its own: dates, names, the order of parts."""
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        package = Package({entry.filename: archive.read(entry) for entry in archive.infolist()})
    view = process_view(context)
    title = speech(context.names.language).say("checklist.title", process=view["title"])
    set_core(
        package,
        title=title,
        subject=view["number"],
        author=view["organization"],
        status=view["status"]["short"],
        version=view["version"],
        language=view["language"],
    )
    set_custom(
        package,
        {
            "Organization": view["organization"],
            "Process": view["id"],
            "ProcessTitle": view["title"],
            "DocumentNumber": view["number"],
            "Version": view["version"],
            "Status": view["status"]["short"],
            "Digest": f"sha256:{view['digest']}" if view["digest"] else "",
            "Case": case,
        },
    )
    set_application(package, organization=view["organization"])
    return package.to_bytes()
