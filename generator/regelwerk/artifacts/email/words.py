"""The few words that only e-mails need, in English; the rest are those of every artifact."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from regelwerk.artifacts.view.speech import Speech, speech
from regelwerk.model.translations import ENGLISH, Translations, in_language

WORDS: Mapping[str, str] = {
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
    "attached": "Attached: {list}",
    "subject_line": "Subject: {subject}",
    "answer.yes": "yes",
    "answer.no": "no",
    "artifact.document": "the process as a document",
    "artifact.checklist": "the checklist of the process",
    "artifact.picture": "the picture of the process",
    "page.title": "E-mail: {title}",
    "page.download": "E-mail to copy from: {title}",
    "page.intro": "Copy each part into a new e-mail, or open the draft below.",
    "page.no_script": "Scripts are switched off: select the texts and copy them.",
    "page.to": "To",
    "page.cc": "Copy to",
    "page.subject": "Subject",
    "page.attach": "To be attached",
    "page.text": "Text",
    "page.copy": "Copy",
    "page.copy_text": "Copy",
    "page.copy_plain": "Copy without formatting",
    "page.files": "Or take the draft with you",
    "page.eml": "Draft for the mail program (.eml)",
    "page.txt": "Text (.txt)",
    "page.ics": "Meeting for the calendar (.ics)",
    "page.mailto": "Begin the e-mail in the mail program, without formatting",
    "page.said": "copied",
    "page.failed": "The browser does not let the page copy: select the text and copy it.",
    "record.case": "Case number",
    "record.subject": "Subject of the case",
    "record.started": "Start of the case",
    "record.by": "Name of the sender",
    "record.option": "What was decided",
    "step.title": "Title of the step",
    "step.responsible": "Role of the sender",
}


def email_speech(language: str, translations: Translations | None = None) -> Speech:
    """The speech of a language (`de`, `de-AT`) that also has the words of e-mails."""
    plain = speech(language, translations)
    words = in_language("email", WORDS, translations or {}, language)
    own = {f"email.{key}": text for key, text in words.items()}
    return msgspec.structs.replace(plain, phrases={**plain.phrases, **own})


# For what is only tried, and where no other is known.
ENGLISH_SPEECH = email_speech(ENGLISH)


def say(speech: Speech, key: str, /, **values: str) -> str:
    """A phrase of e-mails with its gaps filled."""
    return speech.say(f"email.{key}", **values)
