"""What is taken from an archive that nobody vouches for, and what is refused."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.hostile_zips import (
    bomb,
    contradicting,
    encrypted,
    honest,
    in_between,
    link,
    lying_about_size,
    overlapping,
    zipped,
)
from regelwerk.archive.read import OFFICE, Limits, open_archive
from regelwerk.archive.refused import ArchiveRefusedError

LIMITS = Limits(entries=10, entry=30_000_000, total=40_000_000)


def everything(content: bytes, *, tight: bool = True) -> dict[str, bytes]:
    archive = open_archive(io.BytesIO(content), LIMITS, tight=tight)
    return {name: archive.read(name) for name in archive.names}


def test_what_was_written_is_read_and_written_alike_again() -> None:
    files = {"a.txt": b"alpha", "b/c.txt": b"gamma", "ü 漢字 & <x>".replace("<x>", "x"): b""}
    assert everything(honest(files)) == files
    assert honest(files) == honest(dict(reversed(files.items())))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zipped(("../up.txt", b"")), "leads out"),
        (zipped(("a/../../up.txt", b"")), "leads out"),
        (zipped(("/etc/passwd", b"")), "leads out"),
        (zipped(("C:/x.txt", b"")), "leads out"),
        (zipped(("a\\..\\b.txt", b"")), "leads out"),
        (zipped(("a.txt", b"1"), ("a.txt", b"2")), "twice"),
        (zipped(("a.txt", b"1"), ("A.TXT", b"2")), "twice"),
        (zipped(("ﬀ.txt", b"1"), ("ff.txt", b"2")), "twice"),
        (zipped(("é.txt", b"1"), ("e\u0301.txt", b"2")), "twice"),
        (zipped(("a", b"1"), ("a/b", b"2")), "twice, or as file and folder"),
        (zipped(("a/b", b"1"), ("a", b"2")), "twice, or as file and folder"),
        (zipped(("dir/NUL.txt", b"")), "device"),
        (zipped(("com¹.log", b"")), "device"),
        (zipped(("a. ", b"")), "Windows"),
        (zipped(("a:stream", b"")), "leads out|Windows"),
        (zipped(("a/", b"")), "empty part|folder"),
        (zipped(("a//b", b"")), "empty part"),
        (zipped(("a\nb", b"")), "control"),
        (link(), "link"),
        (encrypted(), "encrypted"),
        (bomb(), "too large"),
        (overlapping(), "overlaps"),
        (contradicting(), "two ways"),
        (in_between(), "hidden"),
        (honest() + b"tail", "appended"),
        (b"MZ head" + honest(), "hidden"),
        (honest({f"{n}": b"" for n in range(11)}), "too many"),
        (b"", "no zip"),
        (b"PK\x05\x06" + b"\0" * 17, "no zip"),
    ],
)
def test_tricks_are_refused(content: bytes, why: str) -> None:
    with pytest.raises(ArchiveRefusedError, match=why):
        everything(content)


def test_more_than_is_said_is_never_unpacked() -> None:
    with pytest.raises(ArchiveRefusedError, match=r"unpacked|larger"):
        everything(lying_about_size())


def test_archives_of_other_tools_are_read_where_that_is_allowed() -> None:
    class Pipe(io.BytesIO):
        """Cannot be sought in, so that sizes come behind the content."""

        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    target = Pipe()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        archive.writestr("folder/a.txt", b"alpha" * 1000)
    assert everything(target.getvalue(), tight=False) == {"folder/a.txt": b"alpha" * 1000}


@pytest.mark.parametrize("tight", [True, False])
def test_a_file_without_a_name_is_refused(tight: bool) -> None:
    """What zipfile makes of a name that begins with NUL; it crashes on it later."""
    content = honest({"a.txt": b"alpha"}).replace(b"a.txt", b"\0.txt")
    with pytest.raises(ArchiveRefusedError, match="without a name"):
        everything(content, tight=tight)


@given(st.data())
def test_no_damage_crashes_or_gives_other_content(data: st.DataObject) -> None:
    """Any bytes changed anywhere: refused, or every file as it was."""
    files = {"a.txt": b"alpha" * 40, "b/c.txt": b"gamma", "b/d.txt": b""}
    content = bytearray(honest(files))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    for tight in (True, False):
        try:
            found = everything(bytes(content), tight=tight)
        except ArchiveRefusedError:
            continue
        for name in set(found) & set(files):
            assert found[name] == files[name]


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        with contextlib.suppress(ArchiveRefusedError):
            open_archive(io.BytesIO(start + content), OFFICE)


@pytest.mark.parametrize("tail", [b"x", b"%PDF-1.7 approved %%EOF", b"\0" * 70_000])
def test_what_is_appended_to_an_archive_is_refused(tail: bytes) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    open_archive(io.BytesIO(target.getvalue()), OFFICE)
    with pytest.raises(ArchiveRefusedError):
        open_archive(io.BytesIO(target.getvalue() + tail), OFFICE)


@pytest.mark.parametrize("tight", [True, False])
def test_a_comment_of_an_archive_is_refused(tight: bool) -> None:
    """It is the end of the file, where a page or a PDF could begin."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", b"alpha")
        archive.comment = b"<script>approved</script>"
    with pytest.raises(ArchiveRefusedError, match="comment"):
        everything(target.getvalue(), tight=tight)
