"""A field as HTML: labelled, unanswered, and marked for the script with what it records."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from regelwerk.model.form import FormField, distinct_labels

_NONE = Markup("")
_LONG_LIST = 12


class ControlWriter:
    """Writes fields with the words of one language.

    Every field is an element with `data-field` (its key, which ids and names repeat), `data-kind`,
    `data-path` (where its value belongs) and `data-label`.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def write(self, field: FormField) -> Markup:
        """The field by its own kind."""
        if field.kind == "boxes":
            return self._radios(field)
        return self._single(field, self._control(field))

    def people(self, field: FormField) -> Markup:
        """Those who may do the step to tick, and a line for anybody else."""
        key = field.key
        shown = distinct_labels(field.choices)
        if len(shown) > _LONG_LIST:
            options = Markup("").join(
                Markup('<option value="{}">{}</option>').format(value, label)
                for label, value in shown
            )
            picked = Markup(
                '<select multiple size="6" name="{}" id="f-{}-1" aria-label="{}">{}</select>'
            ).format(key, key, field.label, options)
        else:
            picked = self._ticks(field, "checkbox")
        number = len(shown) + 1 if len(shown) <= _LONG_LIST else 2
        other = Markup(
            '<div class="part"><label for="f-{key}-{n}">{label}</label>'
            '<input type="text" id="f-{key}-{n}" data-part="other" autocomplete="off" '
            'autocapitalize="off" spellcheck="false"></div>'
        ).format(key=key, n=number, label=self._words["other_people"])
        return self._group(field, "people", picked + other)

    def evidence(self, field: FormField, *, prefix: str = "evidence", file: bool = True) -> Markup:
        """A file or a reference; of a called case (`prefix`) its number or a reference."""
        called = prefix == "called_case"
        first = ("case" if called else "file", f"{prefix}_file")
        parts = [*([first] if file else []), ("reference", f"{prefix}_reference")]
        written = Markup("").join(
            Markup(
                '<div class="part"><label for="f-{key}-{n}">{label}</label>'
                '<input type="text" id="f-{key}-{n}" data-part="{part}" autocomplete="off"></div>'
            ).format(key=field.key, n=number, label=self._words[word], part=part)
            for number, (part, word) in enumerate(parts, 1)
        )
        kind = "called" if called else "evidence"
        return self._group(field, kind, Markup('<div class="parts">{}</div>').format(written))

    def _control(self, field: FormField) -> Markup:
        attributes = Markup('id="f-{}" name="{}"').format(field.key, field.key)
        if field.help:
            attributes += Markup(' aria-describedby="h-{}"').format(field.key)
        if field.kind == "date":
            return Markup('<input type="date" max="9999-12-31" {}>').format(attributes)
        if field.kind == "choice":
            options = Markup("").join(
                Markup('<option value="{}">{}</option>').format(value, label)
                for label, value in distinct_labels(field.choices)
            )
            return Markup('<select {}><option value="">{}</option>{}</select>').format(
                attributes, self._words["choose"], options
            )
        if field.kind == "number":
            control = Markup('<input type="text" inputmode="decimal" autocomplete="off" {}>')
            unit = Markup('<span class="unit">{}</span>').format(field.unit) if field.unit else ""
            return Markup('<span class="with-unit">{}{}</span>').format(
                control.format(attributes), unit
            )
        if len(field.path) == 1 and field.path[0] in ("case", "subject"):
            return Markup('<input type="text" autocomplete="off" {}>').format(attributes)
        return Markup('<textarea rows="1" {}></textarea>').format(attributes)

    def _single(self, field: FormField, control: Markup) -> Markup:
        label = field.label
        if field.kind == "number" and field.unit:
            name = Markup('{} <span class="only-heard">({})</span>').format(label, field.unit)
        else:
            name = Markup("{}").format(label)
        return Markup(
            '<div class="field" {marks}><label for="f-{key}">{label}{optional}</label>'
            "{help}{control}</div>"
        ).format(
            marks=_marks(field, field.kind),
            key=field.key,
            label=name,
            optional=self._optional(field),
            help=_help(field),
            control=control,
        )

    def _radios(self, field: FormField) -> Markup:
        clear = Markup(
            '<button type="button" class="quiet" data-clear hidden>{}'
            '<span class="only-heard">: {}</span></button>'
        ).format(self._words["clear"], field.label)
        return self._group(field, "boxes", self._ticks(field, "radio") + clear)

    def _ticks(self, field: FormField, kind: str) -> Markup:
        ways = {choice.value: choice.way for choice in field.choices}
        lines = Markup("").join(
            Markup(
                '<label class="tick" for="f-{key}-{n}"><input type="{kind}" name="{key}" '
                'id="f-{key}-{n}" value="{value}"><span>{label}{way}</span></label>'
            ).format(
                key=field.key,
                n=number,
                kind=kind,
                value=value,
                label=label,
                way=Markup('<span class="way">: {}</span>').format(ways[value])
                if ways[value]
                else _NONE,
            )
            for number, (label, value) in enumerate(distinct_labels(field.choices), 1)
        )
        listed = Markup(" listed") if any(ways.values()) else _NONE
        return Markup('<div class="ticks{}">{}</div>').format(listed, lines) if lines else _NONE

    def _group(self, field: FormField, kind: str, content: Markup) -> Markup:
        role = Markup(' role="radiogroup"') if kind == "boxes" else _NONE
        described = Markup(' aria-describedby="h-{}"').format(field.key) if field.help else _NONE
        return Markup(
            '<fieldset class="field group"{role}{described} {marks}>'
            "<legend>{label}{optional}</legend>{help}{content}</fieldset>"
        ).format(
            role=role,
            described=described,
            marks=_marks(field, kind),
            label=field.label,
            optional=self._optional(field),
            help=_help(field),
            content=content,
        )

    def _optional(self, field: FormField) -> Markup:
        if field.required:
            return _NONE
        return Markup(' <span class="optional">({})</span>').format(self._words["optional"])


def _marks(field: FormField, kind: str) -> Markup:
    return Markup('data-field="{}" data-kind="{}" data-path="{}" data-label="{}"{}{}').format(
        field.key,
        kind,
        json.dumps(field.path, ensure_ascii=False),
        field.label,
        Markup(" data-required") if field.required else _NONE,
        Markup(' data-help="h-{}"').format(field.key) if field.help else _NONE,
    )


def _help(field: FormField) -> Markup:
    if not field.help:
        return _NONE
    return Markup('<p class="help" id="h-{}">{}</p>').format(field.key, field.help)
