"""The few words that only e-mails need, by language; the rest are those of every artifact."""

from __future__ import annotations

from collections.abc import Mapping

DEFAULT_LANGUAGE = "en"

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subject": "{stamp} – {subject}",
        "banner": "{stamp}: {process}, version {version}. {statement}",
        "only_if": "Only if {condition}:",
        "otherwise": "Otherwise:",
        "given": "“{label}” is filled in",
        "not": "not ({condition})",
        "and": "{left} and {right}",
        "or": "{left} or {right}",
        "equal": "“{left}” is “{right}”",
        "different": "“{left}” is not “{right}”",
        "to": "To: {list}",
        "cc": "Copy to: {list}",
        "attachments": "Attach: {list}",
        "artifact.document": "the process as a document",
        "artifact.checklist": "the checklist of the process",
        "artifact.picture": "the picture of the process",
        "record.case": "Case number",
        "record.subject": "Subject of the case",
        "record.started": "Start of the case",
        "record.by": "Name of the sender",
        "step.title": "Title of the step",
        "step.responsible": "Role of the sender",
    },
    "de": {
        "subject": "{stamp} – {subject}",
        "banner": "{stamp}: {process}, Version {version}. {statement}",
        "only_if": "Nur wenn {condition}:",
        "otherwise": "Sonst:",
        "given": "„{label}“ ausgefüllt ist",
        "not": "nicht ({condition})",
        "and": "{left} und {right}",
        "or": "{left} oder {right}",
        "equal": "„{left}“ „{right}“ ist",
        "different": "„{left}“ nicht „{right}“ ist",
        "to": "An: {list}",
        "cc": "Kopie an: {list}",
        "attachments": "Anlagen: {list}",
        "artifact.document": "der Prozess als Dokument",
        "artifact.checklist": "die Checkliste des Prozesses",
        "artifact.picture": "das Bild des Prozesses",
        "record.case": "Fallnummer",
        "record.subject": "Gegenstand des Falls",
        "record.started": "Beginn des Falls",
        "record.by": "Name des Absenders",
        "step.title": "Titel des Schritts",
        "step.responsible": "Rolle des Absenders",
    },
}


def say(language: str, key: str, /, **values: str) -> str:
    """The phrase in the language (`de`, `de-AT`), else in English, with its gaps filled."""
    primary = language.replace("_", "-").split("-")[0].lower()
    return PHRASES.get(primary, PHRASES[DEFAULT_LANGUAGE])[key].format(**values)
