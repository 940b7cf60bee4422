"""What people get: document, checklist, e-mails, handbook pages and the picture."""
