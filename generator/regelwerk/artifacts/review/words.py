"""The words of the review page."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.model.translations import Translations, in_language

WORDS: Mapping[str, str] = {
    # the page
    "title": "Review: {process}, version {version}",
    "lead": (
        "Read what changes and what the process says. If it is right and it is your turn, sign "
        "at the end of this page. Nothing leaves this device unless you send it."
    ),
    "against": "Compared with version {version}, the latest approved before it.",
    "first": "There is no earlier version here to compare with: everything in it is new.",
    "planned": "To be in force from",
    "not_planned": "not set",
    "contents": "On this page",
    "changes": "What changes",
    "redline": "The changes in the text",
    "redline_hint": (
        "Chapters in which a word differs; what goes is struck through, what comes is underlined."
    ),
    "redline_none": "No text differs.",
    "passage.added": "new",
    "passage.removed": "removed",
    "passage.changed": "changed",
    "inserted": "inserted",
    "deleted": "deleted",
    "whole": "The whole process",
    "success": "a successful end",
    "findings": "What the tool finds",
    "findings_none": "Nothing is wrong with this version.",
    "severity.error": "Error",
    "severity.warning": "Warning",
    "severity.info": "Note",
    "signed": "Who has signed",
    "signed_on": "Signed on",
    "open": "open",
    "open_of": "open: {signed} of {needed} signed",
    "anybody": "anybody",
    # what the change asks of the version's number
    "number.editorial": "Only the wording changes, which asks for a minor number",
    "number.minor": "The change asks for a minor number",
    "number.major": (
        "Steps, ends, the flow or who is responsible change, which asks for a major number"
    ),
    "number.fits": "{why}; {version} after {before} is one.",
    "number.raised.major": "{why}; {version} after {before} is a major one. You decide.",
    "number.raised.minor": "{why}; {version} after {before} is a minor one. You decide.",
    # signing
    "sign": "Sign",
    "no_script": (
        "Scripts are switched off in this browser. The page can be read and printed; to sign on "
        "it, scripts are needed."
    ),
    "nobody": "Nobody can sign this version now.",
    "turn": "To be signed now: {stage}.",
    "turn_role": "To be signed now: {stage}, by somebody who holds the role {role}.",
    "obstacle.signed": "All stages are signed.",
    "obstacle.faults": "Its approvals.yaml is missing or has faults.",
    "obstacle.changed": "It is not what was frozen: its digest is another.",
    "obstacle.withdrawn": "It is withdrawn.",
    "obstacle.past": (
        "The day from which it was to be in force is past; it is frozen under a higher number "
        "with a later day."
    ),
    "no_candidate": "Nobody in people.yaml may sign this stage today.",
    "no_crypto": (
        "This browser cannot sign: it lacks Ed25519 signatures (Web Cryptography). Chromium, "
        "Chrome and Edge have them from version 137 on. Open this file in one of these, or sign "
        "with regelwerk versions sign."
    ),
    "no_store": (
        "This browser does not let this page keep a key: private windows and some settings "
        "forbid it for files that are opened from a folder. Open the file in a normal window of "
        "Chromium, Chrome or Edge, or sign with regelwerk versions sign."
    ),
    "key": "1. Your key on this device",
    "key_none": "There is no key on this device yet. You make one once; it signs later too.",
    "key_hint": (
        "The key stays in this browser on this device and cannot be copied out of it, not even by "
        "you. Clear the browser's data and it is gone: then make a new one and send that in."
    ),
    "key_make": "Make a key",
    "key_line": "Public key",
    "key_fingerprint": "Fingerprint",
    "key_send": (
        "Send this line to your quality manager, who enters it in people.yaml. They will ask you "
        "for the fingerprint, face to face or on the telephone."
    ),
    "key_save": "Download the public key",
    "key_delete": "Delete the key from this device",
    "key_delete_sure": "Delete it for good? Nothing can be signed with it any more.",
    "key_delete_yes": "Yes, delete it",
    "key_delete_no": "No, keep it",
    "key_made": "The key is made.",
    "key_deleted": "The key is deleted.",
    "key_enrolled": "This is a key of {name}.",
    "key_unknown": (
        "This key was not in people.yaml when this page was made. You can sign with it; the "
        "signature is accepted once the key is entered there as good on the day of signing."
    ),
    "key_other": "This key is not one of {name}'s: it is that of {owner}.",
    "act": "2. What you sign",
    "who": "Who are you?",
    "choose": "Choose",
    "stage_label": "Stage",
    "role_label": "In the role",
    "deputy": "{role} (deputy)",
    "comment": "Comment (optional; it is signed with the rest)",
    "comment_wrong": (
        "The comment holds a character that cannot be kept, such as a control character, or is "
        "longer than 20,000 characters."
    ),
    "who_missing": "Choose who you are.",
    "show": "Show what is signed",
    "statement": "3. Exactly this is signed",
    "statement_hint": "One line of text, signed as SSHSIG with the namespace {namespace}:",
    "line": "The line that is signed",
    "sign_button": "Sign exactly this",
    "done": "4. Signed",
    "done_hint": (
        "Download the signature and send the file to your quality manager, who adds it with the "
        "command below. It says nothing but what stands above."
    ),
    "save": "Download the signature",
    "file_text": "The file's content, should the download be blocked",
    "command": "Command",
    "failed": "Signing failed: {reason}",
    "digest": "Made from {process}, version {version}, {digest}",
}


def review_words(language: str, translations: Translations | None = None) -> dict[str, str]:
    """The page's words in a language; where a word or the language is missing, the English one."""
    return in_language("review", WORDS, translations or {}, language)
