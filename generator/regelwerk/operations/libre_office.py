"""LibreOffice Writer as a program that lays Word files out: run alone, stopped in time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from regelwerk.errors import RegelwerkError

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_INSTALL = (
    "install LibreOffice Writer 7.4 or newer with the fonts Carlito and Liberation (Debian and "
    "Ubuntu: apt install libreoffice-writer fonts-crosextra-carlito fonts-liberation; elsewhere: "
    "https://www.libreoffice.org/download), or build without --pdf"
)

# PDF/A-2b (ISO 19005-2), tagged, with the headings as an outline.
_FILTER = (
    "pdf:writer_pdf_Export:{"
    '"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"}}'
)

# Files a run, and seconds: to start, and for each file.
_TOGETHER = 25
_START, _EACH = 60, 20


def find_office() -> Path | None:
    """The program, on the path or where it is usually installed."""
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def to_pdf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Lay Word files out as PDF/A-2b; a file that cannot be laid out is missing in the result.

    RegelwerkError where LibreOffice is not there, does not start or does not come to an end.
    """
    office = find_office()
    if office is None:
        raise RegelwerkError("LibreOffice, which makes the PDF, was not found", _INSTALL)
    made: dict[str, bytes] = {}
    names = iter(files)
    while chunk := list(islice(names, _TOGETHER)):
        with tempfile.TemporaryDirectory(prefix="regelwerk-") as folder:
            made.update(_converted(office, {name: files[name] for name in chunk}, Path(folder)))
    return made


def _converted(
    office: Path, files: Mapping[str, bytes], folder: Path
) -> Iterator[tuple[str, bytes]]:
    """One run in a profile of its own: runs that share one quietly make nothing."""
    paths = {name: folder / f"{number:04}.docx" for number, name in enumerate(files)}
    for name, path in paths.items():
        path.write_bytes(files[name])
    command = [
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--convert-to", _FILTER),
        *("--outdir", str(folder / "pdf")),
        *map(str, paths.values()),
    ]
    _run(command, _START + _EACH * len(files), folder)
    for name, path in paths.items():
        pdf = folder / "pdf" / f"{path.stem}.pdf"
        if pdf.is_file() and pdf.stat().st_size:
            yield name, pdf.read_bytes()


def _run(command: list[str], seconds: int, folder: Path) -> None:
    """Run to the end, or stop it with all that it has started."""
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    try:
        process = subprocess.Popen(  # noqa: S603  (the program was found, the names are ours)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=sys.platform != "win32",
        )
    except OSError as error:
        raise RegelwerkError(f"LibreOffice does not start: {error.strerror}", _INSTALL) from error
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise RegelwerkError(
            f"LibreOffice was not done after {seconds} seconds and was stopped",
            "try again; if it stays so, open the Word file in LibreOffice and see what it says",
        ) from error
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
