"""The parts of the page that are read: differences, the whole definition, findings, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from regelwerk.artifacts.comparison import Comparison
from regelwerk.artifacts.comparison.word_diff import Piece
from regelwerk.artifacts.review.chapters import Chapter, Entry
from regelwerk.artifacts.review.redline import Line, Passage
from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.diagnostics import Diagnostic
from regelwerk.model.version import Signature, StageVerdict

Words = Mapping[str, str]

_FORMS = {
    "old": (Markup('<del><span class="spoken">{}: </span>{}</del>'), "deleted"),
    "new": (Markup('<ins><span class="spoken">{}: </span>{}</ins>'), "inserted"),
}


def changes_section(comparison: Comparison, words: Words) -> Markup:
    """What changed, in plain words, part by part."""
    parts = [_paragraph("summary", comparison.summary)]
    for part, told in groupby(comparison.told, key=lambda one: one.part):
        sentences = _joined(
            Markup("<li>{}{}{}</li>\n").format(
                _capital(one.subject), one.joint, _pieces(_opened(one.subject, one.words), words)
            )
            for one in told
        )
        parts.append(Markup("<h3>{}</h3>\n<ul>\n{}</ul>\n").format(part, sentences))
    if comparison.note:
        parts.append(_paragraph("hint", comparison.note))
    return _joined(parts)


def redline_section(passages: Sequence[Passage], words: Words) -> Markup:
    """The chapters in which a text differs, with what went and what came."""
    if not passages:
        return _paragraph("", words["redline_none"])
    return _joined(
        (_paragraph("hint", words["redline_hint"]), *(_passage(one, words) for one in passages))
    )


def whole_section(chapters: Iterable[Chapter]) -> Markup:
    """The definition from beginning to end, as it is to be approved."""
    return _joined(
        Markup('<section class="card chapter{}">\n<h3>{}{}</h3>\n{}</section>\n').format(
            " step" if chapter.number else "",
            _number(chapter.number),
            chapter.title,
            _joined(_entry(entry) for entry in chapter.entries),
        )
        for chapter in chapters
    )


def findings_section(findings: Sequence[Diagnostic], words: Words) -> Markup:
    """What the tool found, each with its code, its place and what to do."""
    if not findings:
        return _paragraph("", words["findings_none"])
    rows = _joined(
        Markup(
            '<li class="finding {severity}"><strong>{kind}</strong> {message}'
            ' <span class="hint">({code}, {file}:{line})</span>{hint}</li>\n'
        ).format(
            severity=one.severity.value,
            kind=words[f"severity.{one.severity.value}"],
            message=one.message,
            code=one.code,
            file=one.file,
            line=one.line,
            hint=Markup('<br><span class="hint">{}</span>').format(one.hint) if one.hint else "",
        )
        for one in findings
    )
    return Markup('<ul class="findings">\n{}</ul>\n').format(rows)


def signed_section(stages: Sequence[StageVerdict], look: Lookup, words: Words) -> Markup:
    """A row for each signature that counts and for each that is still missing."""
    rows = [row for stage in stages for row in _stage_rows(stage, look, words)]
    heads = ("stage", "role", "name", "signed_on", "how", "comment")
    labels = {**look.speech.labels, **words, "comment": look.speech.labels["remarks"]}
    head = _joined(Markup('<th scope="col">{}</th>').format(labels[key]) for key in heads)
    body = _joined(
        Markup("<tr>{}</tr>\n").format(
            _joined(
                Markup('<td data-label="{}">{}</td>').format(labels[key], cell)
                for key, cell in zip(heads, row, strict=True)
            )
        )
        for row in rows
    )
    return Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n").format(
        head, body
    )


def _stage_rows(stage: StageVerdict, look: Lookup, words: Words) -> Iterable[tuple[str, ...]]:
    title = look.context.names.stages.get(stage.id, stage.title)
    role = look.role(stage.role) if stage.role else words["anybody"]
    for one in stage.signatures:
        how = look.speech.say(f"method.{one.method}")
        yield (
            title,
            _role(one, role, look),
            look.person(one.by),
            _day(one, look),
            how,
            one.comment or "",
        )
    if not stage.complete:
        signed = str(len(stage.signatures))
        missing = words["open_of"].format(signed=signed, needed=stage.needed)
        yield (title, role, words["open"] if stage.needed == 1 else missing, "", "", "")


def _role(signature: Signature, role: str, look: Lookup) -> str:
    title = look.role(signature.role) if signature.role else role
    return look.speech.say("deputy", role=title) if signature.deputy else title


def _day(signature: Signature, look: Lookup) -> str:
    return look.day(signature.moment) if signature.moment is not None else signature.at


def _passage(passage: Passage, words: Words) -> Markup:
    mark = "" if passage.kind == "changed" else words[f"passage.{passage.kind}"]
    return Markup(
        '<section class="card passage {kind}">\n<h3>{number}{title}{mark}</h3>\n{lines}</section>\n'
    ).format(
        kind=passage.kind,
        number=_number(passage.number),
        title=_pieces(passage.title, words),
        mark=Markup(' <span class="mark">{}</span>').format(mark) if mark else "",
        lines=_joined(_line(line, words) for line in passage.lines),
    )


def _line(line: Line, words: Words) -> Markup:
    long = any("\n" in piece.text for piece in line.pieces)
    return _text(line.label, _pieces(line.pieces, words), long=long)


def _entry(entry: Entry) -> Markup:
    if entry.html:
        text = Markup(entry.html)  # noqa: S704 made by view.markdown, which escapes all text
        label = _label(entry.label)
        return Markup('<div class="markdown">{}{}</div>\n').format(label, text)
    return _text(entry.label, entry.text, long="\n" in entry.text)


def _text(label: str, text: str, *, long: bool) -> Markup:
    """A text behind its label; one of several lines begins below it."""
    form = Markup('<p class="text{}">{}{}</p>\n')
    return form.format(" lines" if long else "", _label(label), text)


def _label(label: str) -> Markup:
    return Markup('<span class="label">{}:</span> ').format(label) if label else Markup("")


def _pieces(pieces: Iterable[Piece], words: Words) -> Markup:
    """What went and came as such, also for those who listen; the text itself stays as it is."""
    return _joined(_piece(piece, words) for piece in pieces)


def _piece(piece: Piece, words: Words) -> Markup:
    if piece.kind == "kept":
        return Markup("{}").format(piece.text)
    form, word = _FORMS[piece.kind]
    return form.format(words[word], piece.text)


def _opened(subject: str, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Where a sentence has no subject, its first word has the capital."""
    if subject or not pieces:
        return pieces
    first = pieces[0]
    return (Piece(first.kind, _capital(first.text)), *pieces[1:])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number(number: str) -> Markup:
    return Markup('<span class="number">{}</span> ').format(number) if number else Markup("")


def _paragraph(kind: str, text: str) -> Markup:
    opening = Markup('<p class="{}">').format(kind) if kind else Markup("<p>")
    return Markup("{}{}</p>\n").format(opening, text)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
