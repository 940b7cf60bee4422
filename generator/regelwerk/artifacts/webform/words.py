"""The words of the checklist in the browser."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.model.translations import Translations, in_language

WORDS: Mapping[str, str] = {
    # the page
    "after": "The steps after this depend on what is decided here.",
    "branch_hint": "All branches are done, in any order.",
    "called_case_file": "Case number",
    "called_case_reference": "or where the case is found, in words",
    "choose": "Choose an answer",
    "clear": "Clear the answer",
    "evidence_file": "File, seen from the record",
    "evidence_reference": "or where it is found, in words",
    "instructions": "What to do",
    "intro": (
        "One form for one case. Fill in each step when it is done. What you enter stays on this "
        "device until you download the record and hand it in."
    ),
    "no_script": (
        "Scripts are switched off in this browser. The form can be printed and filled in by hand; "
        "to save what is entered, scripts are needed."
    ),
    "optional": "optional",
    "other_people": "Somebody else: the person's id; several with commas",
    "outcome": "How the called process ended",
    "role_hint": "Only where the person holds several",
    "round": "Round {n}",
    # actions
    "again": "Do this step once more",
    "again_all": "Do all branches once more",
    "check": "Check and download the record",
    "delete": "Delete the draft on this device",
    "drafts": "Cases on this device",
    "file": "Case on this device",
    "finish": "Hand in",
    "finish_hint": (
        "An open case can be handed in too; it then holds the steps that have been done so far."
    ),
    "load": "Load a file",
    "new": "New case",
    "open_draft": "Open {case}",
    "save": "Save to a file",
    "take_out": "Take this step out of the record",
    "save_hint": (
        "A saved file can be loaded on another device, at any point, to go on with the case there."
    ),
    "unnamed": "case without a number",
    # what happened
    "said.blank": "Nothing has been entered yet, so there is nothing to save.",
    "said.deleted": "The draft is deleted from this device.",
    "said.downloaded": "The record {file} is downloaded. The draft stays on this device.",
    "said.draft": "A draft of {case} is kept on this device.",
    "said.elsewhere": (
        "This case was changed in another window of this browser. Load the page again before you "
        "go on."
    ),
    "said.full": "This browser keeps no drafts. Save to a file before you close the page.",
    "said.loaded": "{file} is loaded.",
    "said.new": "A new case; nothing is entered.",
    "said.restored": "The draft of {case} is restored.",
    "said.saved": "{file} is saved.",
    "ask.delete": "Delete the draft of {case} from this device? What is in no file is lost.",
    "ask.replace": (
        "There is a draft of {case} on this device. Replace it by what the file {file} holds?"
    ),
    "file.digest": ("It was filled in by another wording of version {version}. Check every step."),
    "file.foreign": "The file belongs to the process {process}, this form to {own}.",
    "file.large": "The file is too large for a record.",
    "file.unreadable": "The file cannot be read: {reason}",
    "file.version": "The file belongs to version {version}, this form to version {own}.",
    "file.no_record": "The file holds no record of a case.",
    "file.list": "The file holds several cases; load one at a time.",
    "kept": (
        "The file also holds what this form does not show: {what}. It stays in the record as it is."
    ),
    "kept_steps": "Also in the file, apart from the way that the decisions lead",
    # problems
    "problems.one": "1 thing is missing or wrong",
    "problems.other": "{n} things are missing or wrong",
    "problems_hint": "Save to a file to go on later; the record itself needs these first.",
    "at_step": "Step {number}: {text}",
    "at_round": "Step {number}, round {n}: {text}",
    "missing": "{label} is missing",
    "missing.answer": "{label}: an answer is missing",
    "missing.evidence": "{label}: a file or a reference is missing",
    "wrong.both": "{label}: either a file or a reference, not both",
    "wrong.date": "{label} is not a complete date",
    "wrong.number": "{label} is not a number such as 1234.5, without thousands separators",
    "wrong.other": "{label}: {reason}",
    "skipped": "{title} is not filled in, though a later step is",
    "same_person": "{label}: {person} has also done step {other}, which four eyes forbid",
    "end.reached": "By what is decided, the process ends: {event}",
    "end.wrong": "{label}: by what is decided, the case ended otherwise ({event})",
    "end.open": "{label}: the steps filled in do not lead to an end yet",
    "draft.record": "DRAFT: made by a definition that nobody has approved.",
}


def webform_words(language: str, translations: Translations | None = None) -> dict[str, str]:
    """The words in a language; English where it or a word is missing."""
    return in_language("webform", WORDS, translations or {}, language)
