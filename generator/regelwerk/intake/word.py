"""Read the controls of a Word form (ECMA-376-1, 17.5.2), as Word and other programs save them.

A control is found by its tag. LibreOffice 7.4 drops tags, moves the beginning of the bookmark into
the control, and wraps paragraphs in further controls; so the bookmark is the second way.
"""

from __future__ import annotations

from lxml import etree

from regelwerk.intake.filled import Control, Filled
from regelwerk.intake.note import IntakeError, Note
from regelwerk.intake.parts import Parts, attribute, child, custom_properties, local, open_parts

_MARK = "f_"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "‑", "softHyphen": "\u00ad"}
# Deleted and moved text is not there; instructions of fields and second copies never were.
_SKIPPED = frozenset(
    ["del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "sdtPr", "rPr", "pPr"]
)
_LEFT = 400  # characters of a bookmark without a control: more is told to nobody
_ON = frozenset(["1", "true", "on"])


def read_word(content: bytes) -> Filled:
    """The controls of a .docx file; an IntakeError where it is none."""
    parts = open_parts(content)
    name = parts.target("officeDocument")
    root = parts.xml(name)
    body = child(root, "body")
    if body is None or local(root) != "document":  # type: ignore[arg-type]
        raise IntakeError(Note(word="foreign", message="the file is not a Word document"))
    walk = _Walk()
    walk.inside(body)
    macros = Note(word="macros", message="the file holds macros; they are ignored")
    return Filled(
        kind="docx",
        properties=custom_properties(parts),
        controls=tuple(walk.controls),
        left=walk.left(),
        visible="".join(walk.visible),
        sure_of_marks=_program(parts).startswith("Microsoft "),
        notes=(macros,) if parts.has_macros else (),
    )


def _program(parts: Parts) -> str:
    """What saved the file last (ECMA-376-1, 22.2.2.2): `Microsoft Office Word`."""
    application = child(parts.xml(parts.target("extended-properties")), "Application")
    return (application.text or "") if application is not None else ""


class _Open:
    """A control while its content is being read."""

    def __init__(self, properties: etree._Element | None, around: str) -> None:
        self.properties = properties
        self.bookmark = around
        self.text: list[str] = []
        self.held: set[str] = set()


class _Walk:
    """Goes through a document in reading order and knows which controls and bookmarks are open."""

    def __init__(self) -> None:
        self.controls: list[Control] = []
        self.visible: list[str] = []
        self._used: set[str] = set()
        self._stack: list[_Open] = []
        # All text in reading order, and for each bookmark from where to where in it (-1: the end).
        self._said: list[str] = []
        self._marks: dict[str, list[tuple[int, int]]] = {}
        # Bookmarks that are open: by id their key, depth and beginning; by depth their ids.
        self._open: dict[str, tuple[str, int, int]] = {}
        self._deep: dict[int, dict[str, None]] = {}

    def left(self) -> dict[str, str]:
        """The beginning of the text at each bookmark that no control goes with."""
        for id_ in list(self._open):
            self._end(id_)
        return {key: self._text(key) for key in self._marks if key not in self._used}

    def inside(self, element: etree._Element) -> None:
        """Read everything below an element."""
        paragraphs = 0
        for one in element:
            name = local(one)
            if name in _SKIPPED or name == "":
                continue
            if name == "p":
                if paragraphs:
                    self._say("\n", seen=False)
                paragraphs += 1
            self._read(one, name)

    def _read(self, one: etree._Element, name: str) -> None:
        if name == "t":
            self._say(one.text or "")
        elif name in _BREAKS:
            self._say(_BREAKS[name])
        elif name == "bookmarkStart":
            self._begin(attribute(one, "id") or "", attribute(one, "name") or "")
        elif name == "bookmarkEnd":
            self._end(attribute(one, "id") or "")
        elif name == "sdt":
            self._control(one)
        elif name == "tr" and child(child(one, "trPr"), "del") is not None:
            return
        else:
            self.inside(one)
            if name in ("p", "tc"):
                self.visible.append("\n")

    def _say(self, text: str, *, seen: bool = True) -> None:
        if seen:
            self.visible.append(text)
        for control in self._stack:
            control.text.append(text)
        if text:
            self._said.append(text)

    def _begin(self, id_: str, name: str) -> None:
        key = name.removeprefix(_MARK)
        if not key or key == name:
            return
        self._end(id_)
        depth = len(self._stack)
        self._marks.setdefault(key, [])
        self._open[id_] = (key, depth, len(self._said))
        self._deep.setdefault(depth, {})[id_] = None
        if self._stack and not self._stack[-1].bookmark and not self._stack[-1].text:
            self._stack[-1].bookmark = key

    def _end(self, id_: str) -> None:
        key, depth, start = self._open.pop(id_, ("", 0, 0))
        if key:
            del self._deep[depth][id_]
            self._marks[key].append((start, len(self._said)))

    def _text(self, key: str) -> str:
        pieces: list[str] = []
        length = 0
        for start, end in self._marks[key]:
            for place in range(start, end):
                pieces.append(self._said[place])
                length += len(pieces[-1])
                if length > _LEFT:
                    return "".join(pieces)
        return "".join(pieces)

    def _control(self, element: etree._Element) -> None:
        around = next(reversed(self._deep.get(len(self._stack), {})), None)
        mark = self._open[around][0] if around is not None else ""
        opened = _Open(child(element, "sdtPr"), mark)
        self._stack.append(opened)
        content = child(element, "sdtContent")
        if content is not None:
            self.inside(content)
        self._stack.pop()
        if opened.bookmark in opened.held:
            opened.bookmark = ""
        if self._stack:
            self._stack[-1].held |= {opened.bookmark, *opened.held}
        found = _control_of(opened)
        if found is not None:
            self.controls.append(found)
            self._used.add(found.bookmark)


def _control_of(opened: _Open) -> Control | None:
    properties = opened.properties
    tag = attribute(child(properties, "tag"), "val") or ""
    title = attribute(child(properties, "alias"), "val") or ""
    box = child(properties, "checkbox")
    date = child(properties, "date")
    if not tag and not opened.bookmark and (opened.held or box is None):
        # Wrappers that LibreOffice adds, page numbers, tables of contents: nobody fills them in.
        return None
    full = attribute(date, "fullDate") or ""
    named = tag or opened.bookmark
    return Control(
        place=f"control `{named}`" if named else f"control “{title}”",
        tag=tag,
        bookmark=opened.bookmark,
        title=title,
        text="".join(opened.text),
        marked=(attribute(child(properties, "showingPlcHdr"), "val") or "1") in _ON
        and child(properties, "showingPlcHdr") is not None,
        checked=_checked(box),
        day=full[:10] or None,
    )


def _checked(box: etree._Element | None) -> bool | None:
    if box is None:
        return None
    return (attribute(child(box, "checked"), "val") or "0").lower() in _ON
