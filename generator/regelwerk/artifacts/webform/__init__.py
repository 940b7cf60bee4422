"""The checklist of a case as a page that is filled in in the browser."""

from regelwerk.artifacts.webform.render import render_webform

__all__ = ["render_webform"]
