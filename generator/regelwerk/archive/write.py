"""Write an archive that says nothing of the machine, the day or the order in which it was made."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

_DATE = (1980, 1, 1, 0, 0, 0)


def write_archive(target: IO[bytes], files: Mapping[str, bytes | Path]) -> None:
    """The files as a zip archive: sorted by name, one fixed date, nothing but their content.

    Content is given as bytes, or as the path of a file that holds it. `target` can be sought in.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=False) as archive:
        for name in sorted(files):
            content = files[name]
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry._compresslevel = 6  # type: ignore[attr-defined]  # noqa: SLF001 no other way
            if isinstance(content, bytes):
                with archive.open(entry, "w") as part:
                    part.write(content)
            else:
                with content.open("rb") as source, archive.open(entry, "w") as part:
                    shutil.copyfileobj(source, part, 1 << 20)
            entry.external_attr = 0
