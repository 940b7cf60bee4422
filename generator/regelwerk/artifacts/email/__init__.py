"""E-mails that people send: templates read and checked, drafts written as `.eml`."""
