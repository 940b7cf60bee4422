"""The handbook's own words, beside those of the reader's view."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.model.translations import Translations, in_language

WORDS: Mapping[str, str] = {
    "all_processes": "All processes at a glance",
    "as_member": "As a member of",
    "called_by": "Is called by",
    "calls_process": "Calls",
    "clause_coverage": "Clauses of standards",
    "controlled_documents": "Process documents",
    "digest": "Digest of the definition",
    "documented_information": "Documented information",
    "documents_handed": "What",
    "documents_page": "Documents and forms",
    "download": "Download",
    "download_checklist": "Checklist (Word)",
    "download_checklist_pdf": "Checklist (PDF)",
    "download_workbook": "Checklist (Excel)",
    "download_webform": "Checklist (to fill in in the browser)",
    "download_document": "Controlled document (Word)",
    "download_document_pdf": "Controlled document (PDF)",
    "download_email": "E-mail",
    "download_bpmn": "Process model (BPMN 2.0)",
    "download_png": "Picture (PNG)",
    "download_svg": "Picture (SVG)",
    "downloads": "Downloads",
    "draft": "DRAFT",
    "drafts": "Drafts",
    "drafts_intro": "Definitions that nobody has approved. Do not work by them.",
    "excluded": "Does not apply",
    "fill_in": "Fill in the checklist",
    "glossary": "Glossary",
    "handbook": "Handbook",
    "hands_over": "Hands over to",
    "holds_in": "Holds in",
    "how_related": "How",
    "in_drafts": "In drafts only, not in force",
    "in_force_here": "The version in force",
    "includes": "Includes",
    "map_core": "Core processes",
    "map_management": "Management processes",
    "map_other": "Further processes",
    "map_support": "Support processes",
    "meaning": "Meaning",
    "next_draft": "The next version is being written",
    "no_clauses": "No version in force names a clause.",
    "no_documents": "No version in force names documents.",
    "no_terms": "No terms are explained.",
    "none_in_force": "No version is in force",
    "nothing_in_force": "No version in force names this role.",
    "organization_wide": "Everywhere",
    "part": "Part",
    "period": "Evaluated",
    "processes": "Processes",
    "processes_intro": "Every process, with the version in force.",
    "reason": "Reason",
    "receives": "Receives from",
    "register": "Documents kept elsewhere",
    "related": "Related processes",
    "roles_intro": "What each role has to do, across all processes.",
    "roles_page": "Roles",
    "see_process": "Process",
    "takes_part": "Takes part in",
    "term": "Term",
    "used_in": "Used in",
    "version_in_force": "Version in force",
    "what_must_i_do": "What this role has to do",
}


def handbook_words(language: str, translations: Translations | None = None) -> dict[str, str]:
    """The handbook's words in a language; English where it or a word is missing."""
    return in_language("handbook", WORDS, translations or {}, language)
