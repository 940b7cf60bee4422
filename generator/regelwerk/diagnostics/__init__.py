"""What the tool says: one finding type, collected, placed and with a hint."""

from regelwerk.diagnostics.catalog import CODES, Code, Severity
from regelwerk.diagnostics.finding import Diagnostic, Path, Problem, path_text, summary
from regelwerk.diagnostics.suggest import did_you_mean

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "Path",
    "Problem",
    "Severity",
    "did_you_mean",
    "path_text",
    "summary",
]
